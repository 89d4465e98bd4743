"""Issues of imported archives as they were printed, looked up as compiled ones are."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as arrow

from hitparade.archive import series
from hitparade.archive.series import AWARDS, YEAR_END, SeriesInfo
from hitparade.errors import ArchiveError, UsageError

if TYPE_CHECKING:
    from hitparade.house import House

pc: Any = arrow
"""Arrow's functions; its stubs know fewer kinds of columns than it takes."""
_COLUMNS = ("position", "last", "peak", "weeks", "title", "credit", "points", "place")
_YEAR = 4


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line as it was printed; None where its archive has nothing, and ``place`` where it stands there."""

    position: int
    last: int | None
    peak: int | None
    weeks: int | None
    title: str
    credit: str
    points: int | None
    place: str

    @property
    def movement(self) -> str:
        """What the printed columns say: ``new``, ``re``, ``=``, ``+3`` or ``-2``; empty where they say nothing."""
        if self.last:
            return f"{self.last - self.position:+d}" if self.last != self.position else "="
        return "" if self.weeks is None else "new" if self.weeks <= 1 else "re"


@dataclass(frozen=True, slots=True)
class ArchivedIssue:
    """One issue of a series that was published elsewhere.

    Attributes:
        source: the import that it stands in; ``file`` is what was imported, ``said`` where that comes from.
        previous, next: the issues before and after it that the archive holds.
    """

    series: str
    title: str
    publisher: str
    territory: str
    kind: str
    issue_date: date
    source: str
    file: str
    said: str
    imported_at: str
    previous: date | None
    next: date | None
    lines: tuple[PrintedLine, ...]
    simulated: bool


def days(house: "House", name: str) -> tuple[date, ...]:
    """Return the issues that the archive of that id holds, in order; none where there is no such archive."""
    return tuple(pc.unique(series.lines(house.paths, house.database, name).column("issue")).to_pylist())


def issue(house: "House", name: str, asked: str | date = "latest") -> ArchivedIssue:
    """Return an issue of the series of that id or title, or of the chart known by that name.

    Raises:
        ArchiveError: the house holds no such archive, or the archive no such issue.
        UsageError: the issue is no date.
    """
    known = house.archives.find(name)
    if known.kind == AWARDS:
        raise ArchiveError(f"{known.id} is a list of awards, which has no issues")
    table = series.lines(house.paths, house.database, known.id)
    held: list[date] = pc.unique(table.column("issue")).to_pylist()
    day = _day(known, asked, held)
    at = held.index(day)
    rows = table.filter(pc.equal(table.column("issue"), pa.scalar(day, pa.date32())))
    return _issue(known, rows, day, (held[at - 1] if at else None, held[at + 1] if at + 1 < len(held) else None))


def _day(known: SeriesInfo, asked: str | date, held: list[date]) -> date:
    if asked == "latest":
        return held[-1]
    day = asked if isinstance(asked, date) else _date(known, asked)
    if day not in held:
        before = [each for each in held if each < day][-1:]
        after = [each for each in held if each > day][:1]
        near = " and ".join(map(str, (*before, *after)))
        raise ArchiveError(
            f"{known.id} {day}: the archive holds no issue of that date; the nearest: {near} (it holds {len(held):,}, "
            f"{held[0]} to {held[-1]})"
        )
    return day


def _date(known: SeriesInfo, asked: str) -> date:
    if known.kind == YEAR_END and asked.isdecimal() and len(asked) == _YEAR:
        return date(int(asked), 12, 31)
    try:
        return date.fromisoformat(asked)
    except ValueError as error:
        raise UsageError(f"{asked!r} is neither an issue date such as 2016-10-08 nor 'latest'") from error


def _issue(known: SeriesInfo, rows: pa.Table, day: date, beside: tuple[date | None, date | None]) -> ArchivedIssue:
    of = next(each for each in known.imports if each.id == rows.column("source")[0].as_py())
    lines = zip(*(rows.column(name).to_pylist() for name in _COLUMNS), strict=True)
    return ArchivedIssue(
        known.id, known.title, known.publisher, known.territory, known.kind, day, of.id, of.name, known.source,
        of.imported_at, *beside, tuple(PrintedLine(*line) for line in lines), of.simulated,
    )  # fmt: skip


def published_year(house: "House", name: str, span: str | None) -> ArchivedIssue | None:
    """Return the published list of a year from an archive of year-end lists, or None where ``name`` is no such.

    Raises:
        ArchiveError: the archive holds no list of that year.
        UsageError: the span is no year.
    """
    held = next(
        (each for each in series.held(house.database) if name.casefold() in {each.id, each.title.casefold()}), None
    )
    if held is None or held.kind != YEAR_END:
        return None
    if span is not None and not (span.isdecimal() and len(span) == _YEAR):
        raise UsageError(
            f"{span!r}: {held.id} holds published lists of whole years; name one such as {held.last_issue:%Y}"
        )
    return issue(house, held.id, span or "latest")
