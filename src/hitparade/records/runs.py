"""A song's run on one chart: its lines, the spells that they make, and the run as one string.

Absence is counted in issues that are held. An issue that is not held says nothing, so a song on the issues before
and after it was not away; how many are missing is told from the usual step of the calendar.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class RunLine:
    """One issue of a run, everything as of that issue.

    Attributes:
        ordinal: the issue's number among those held.
        last: the position one issue before, or None.
        movement: ``new``, ``re``, ``=`` or the places gained or lost, such as ``+3``.
        spell: number of the unbroken spell.
        also: positions of the song's other prints on the same issue; the better one is ``position``.
        printed_last, printed_peak, printed_weeks: what the chart itself prints, or None.
        source, place: the edition or import that the line comes from, and where it stands in it.
    """

    issue: date
    ordinal: int
    position: int
    last: int | None
    movement: str
    peak: int
    peak_issue: date
    peak_weeks: int
    weeks: int
    spell: int
    title: str
    credit: str
    also: tuple[int, ...]
    printed_last: int | None
    printed_peak: int | None
    printed_weeks: int | None
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is held of a series' calendar.

    Attributes:
        gaps: issues before and after a step over issues that are not held, and how many those are.
        short: issues that hold fewer lines than the issues around them.
    """

    gaps: tuple[tuple[date, date, int], ...] = ()
    short: tuple[date, ...] = ()

    def not_held(self, after: date, before: date) -> int:
        """Return how many issues are not held between two that are."""
        return sum(missing for first, last, missing in self.gaps if first >= after and last <= before)

    def short_between(self, after: date, before: date) -> int:
        """Return how many issues between two hold fewer lines than they should."""
        return bisect_left(self.short, before) - bisect_right(self.short, after)


@dataclass(frozen=True, slots=True)
class Break:
    """What lies between two lines of a run that do not follow one another.

    Attributes:
        after, before: the issues of the lines on both sides.
        out: issues held without the song.
        not_held: issues that are not held.
        short: issues without the song that hold fewer lines than they should, so that it may have been there.
    """

    after: date
    before: date
    out: int
    not_held: int
    short: int

    def __str__(self) -> str:
        """Return it as the run string shows it."""
        said = [f"{_issues(self.out)} out"] if self.out else []
        said += [f"{_issues(self.not_held)} not held"] if self.not_held else []
        said += [f"{self.short} of them short of lines"] if self.short else []
        return f"({', '.join(said)})"


def _issues(count: int) -> str:
    return "1 issue" if count == 1 else f"{count} issues"


def breaks(lines: Sequence[RunLine], calendar: Calendar) -> tuple[Break, ...]:
    """Return where a run is interrupted, in order."""
    return tuple(_breaks(lines, calendar))


def _breaks(lines: Sequence[RunLine], calendar: Calendar) -> Iterator[Break]:
    for one, other in pairwise(lines):
        out = other.ordinal - one.ordinal - 1
        missing = calendar.not_held(one.issue, other.issue) if calendar.gaps else 0
        if out or missing:
            short = calendar.short_between(one.issue, other.issue) if out else 0
            yield Break(one.issue, other.issue, out, missing, short)


def run_string(lines: Sequence[RunLine], calendar: Calendar = Calendar()) -> str:
    """Return a run in one line: ``78 - (18 issues out) - RE 86-61-49``."""
    between = {each.before: each for each in breaks(lines, calendar)}
    said = ""
    for line in lines:
        broken = between.get(line.issue)
        if broken:
            said += f" - {broken} - {'RE ' if broken.out else ''}{line.position}"
        else:
            said += f"{'-' if said else ''}{line.position}"
    return said


def re_entries(lines: Sequence[RunLine]) -> tuple[RunLine, ...]:
    """Return the lines on which a run begins again."""
    return tuple(other for one, other in pairwise(lines) if other.spell > one.spell)


def movement(position: int, last: int | None, weeks: int) -> str:
    """Return how a line moved: ``new``, ``re``, ``=``, ``+3`` (three places up) or ``-2``."""
    if last is None:
        return "new" if weeks == 1 else "re"
    return "=" if position == last else f"{last - position:+d}"
