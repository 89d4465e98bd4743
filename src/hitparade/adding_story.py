"""Why a song stands where it stands on a chart over many issues: each counted week, and what it added."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hitparade.adding import worked
from hitparade.compile.accumulate import Share, Tally, shares
from hitparade.compile.find import among
from hitparade.compile.years import YearEnd
from hitparade.errors import AmbiguousError, CompileError

if TYPE_CHECKING:
    from hitparade.house import House


@dataclass(frozen=True, slots=True)
class YearStory:
    """One line of a chart over many issues.

    Attributes:
        table: the chart.
        line: the song's line.
        shares: what each counted issue adds, in order.
        from_ledger: whether the total is that of all weeks in the ledger, so that ``shares`` are only a part of it.
        ahead: how much more the line above has; None at the top.
    """

    table: YearEnd
    line: Tally
    shares: tuple[Share, ...]
    from_ledger: bool
    ahead: int | None


def tell(house: "House", chart: str, span: str | None, song: str, what_if: Path | None = None) -> YearStory:
    """Return the story of a song, or of a position, on a chart over many issues.

    Raises:
        AmbiguousError: several of its songs answer to the name; all are listed.
        CompileError: none does.
    """
    table, workings, _ = worked(house, chart, span, what_if)
    at = song.strip().removeprefix("#")
    placed = tuple(line.song for line in table.lines if str(line.position) == at)
    found = placed or among(((line.song, line.title, line.credit) for line in table.lines), song)
    if len(found) != 1:
        head = f"{table.chart} {table.label}"
        if found:
            raise AmbiguousError(f"{head}: {song!r} may be any of: {'; '.join(found)}")
        raise CompileError(f"{head}: no song of its {len(table.lines)} lines answers to {song!r}")
    index = next(n for n, line in enumerate(table.lines) if line.song == found[0])
    line = table.lines[index]
    weeks = shares(workings.parts, workings.terms, line.song, table.per_unit, workings.renamed)
    ahead = table.lines[index - 1].total - line.total if index else None
    return YearStory(table, line, tuple(weeks), workings.sums is not None, ahead)
