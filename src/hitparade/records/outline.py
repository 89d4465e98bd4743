"""What a series holds besides its lines: its issues, where they have holes, and where they come from; read once."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

_ISSUES = "select issue, lines from {issues} order by issue"
_GAPS = """
with steps as (
    select previous, issue, issue - previous as days, mode(issue - previous) over () as usual
    from {issues} where previous is not null
)
select previous, issue from steps where days >= 2 * usual order by issue
"""
_SOURCES = "select distinct source from {issues} where starts_with(source, 'a-') order by source"
_BEGUN = "select song, title from {runs} where first_issue = $first"


class Parts(Protocol):
    """What has parts of series and answers statements over them."""

    def of(self, part: str, series: str) -> str:
        """Return the name under which statements read one part of one series."""
        ...

    def rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a statement, with values bound."""
        ...


@dataclass(frozen=True, slots=True)
class Outline:
    """What a series holds besides its lines.

    Attributes:
        issues: the issues that are held, in order.
        short: issues with fewer lines than the chart has positions, and how many are missing.
        gaps: issues before and after a step of twice the usual one or more.
        imports: the archive imports that issues stand in, sorted.
        begun: songs that are on the first issue held, by number, with their titles.
        unlike: whether any published column is not what the issues show.
    """

    issues: tuple[date, ...]
    short: tuple[tuple[date, int], ...]
    gaps: tuple[tuple[date, date], ...]
    imports: tuple[str, ...]
    begun: Mapping[int, str]
    unlike: bool

    def upto(self, day: date) -> date | None:
        """Return the last issue held up to a day, or None."""
        at = bisect_right(self.issues, day)
        return self.issues[at - 1] if at else None

    def after(self, day: date) -> date | None:
        """Return the first issue held after a day, or None."""
        at = bisect_right(self.issues, day)
        return self.issues[at] if at < len(self.issues) else None

    def before(self, issue: date) -> date | None:
        """Return the issue held before an issue, or None."""
        at = bisect_left(self.issues, issue)
        return self.issues[at - 1] if at else None


def outline(views: Parts, series: str, size: int | None) -> Outline:
    """Return what a series of that size holds besides its lines."""
    issues, runs, unlike = (views.of(part, series) for part in ("issues", "runs", "unlike"))
    lines = views.rows(_ISSUES.format(issues=issues))
    begun = views.rows(_BEGUN.format(runs=runs), {"first": lines[0][0]}) if lines else []
    return Outline(
        tuple(issue for issue, _ in lines),
        tuple((issue, size - count) for issue, count in lines if size and count < size),
        tuple((before, after) for before, after in views.rows(_GAPS.format(issues=issues))),
        tuple(source for (source,) in views.rows(_SOURCES.format(issues=issues))),
        dict(begun),
        bool(views.rows(f"select count(*) from {unlike}")[0][0]),
    )
