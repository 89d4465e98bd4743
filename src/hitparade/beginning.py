"""Where a chart begins: with nothing, or with what an archive remembers, as somebody said with ``archive open``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as arrow

from hitparade.archive import index, openings, series
from hitparade.archive.openings import Opening
from hitparade.catalog import log
from hitparade.catalog.folding import fold
from hitparade.catalog.songs import Print
from hitparade.chart import ChartState
from hitparade.compile.words import plural
from hitparade.errors import ArchiveError, UsageError

if TYPE_CHECKING:
    from hitparade.house import House
    from hitparade.rulebook.book import Book

pc: Any = arrow
"""Arrow's functions; its stubs know fewer kinds of columns than it takes."""
_NEXT = timedelta(14)
"""Issues further apart have others between them, when no book says which."""
_JOINERS = r" (feat|ft|featuring|with|duet|x|vs) .*$"


@dataclass(frozen=True, slots=True)
class Begun:
    """An opening, and how to read the state that it means."""

    house: "House"
    opening: Opening

    @property
    def issue(self) -> date:
        """The last issue of the archive; compiling goes on after it."""
        if self.opening.issue is None:  # pragma: no cover - only a line that takes an opening back has none
            raise ArchiveError(f"{self.opening.chart}: its opening names no issue")
        return self.opening.issue

    @property
    def simulated(self) -> bool:
        """Whether the archive comes from a simulated market."""
        known = series.find(self.house.database, self.opening.series)
        return known is not None and known.simulated

    def state(self, first: date) -> ChartState:
        """Return what the chart remembers when it goes on with issue ``first``."""
        from hitparade.archive.opening_state import opened  # noqa: PLC0415 - only who compiles the first issue pays

        house, name = self.house, self.opening.series
        table = series.lines(house.paths, house.database, name)
        made = opened(table, self.issue, _ledger(house, table), log.decisions(house.database))
        missing = self._missing(first)
        state = made.state if self._from_the_start(table) else replace(made.state, number=0)
        told = self._told(made.state, made.partly, missing)
        return replace(state, issue_date=None if missing else state.issue_date, source=told)

    def _missing(self, first: date) -> str:
        """Return which issues lie between the archive and the first issue, in words; empty where none does."""
        between = self.house.issues(self.opening.chart, self.issue + timedelta(1), first - timedelta(1))
        if between:
            span = f"{between[0].issue_date} to {between[-1].issue_date}"
            return f"{plural(len(between), 'issue')} from {span} held by nobody"
        return "" if first - self.issue <= _NEXT else f"the issues between {self.issue} and {first} held by nobody"

    def _from_the_start(self, table: pa.Table) -> bool:
        """Return whether the archive begins with the chart's first issue, so that its issues can be counted."""
        life = self.house.book(self.opening.chart).life
        return bool(pc.min(table.column("issue")).as_py() <= life[0].begins)

    def _told(self, state: ChartState, partly: int, missing: str) -> str:
        held = series.imports(self.house.database, self.opening.series)
        names = ", ".join(f"{each.id} {each.name}" for each in held)
        start = f"goes on from the archive {self.opening.series} ({names}) after its issue {self.issue}, with "
        said = [start + f"{plural(len(state.songs), 'song')}; what rules noted of them before is not known"]
        if partly:
            said.append(
                f"of {plural(partly, 'song')} not every issue is held, so their first issue, and when and how long "
                "they stood at their peak, are not known; peak and weeks are those that the publisher printed"
            )
        if missing:
            said.append(f"{missing}: last week is not known, and weeks in them are not counted")
        return "; ".join(said)


def begun(house: "House", chart: str) -> Begun | None:
    """Return the opening of a chart, or None where it begins with nothing."""
    said = openings.in_force(house.database, chart)
    return Begun(house, said) if said else None


def open_(house: "House", chart: str, name: str | None, issue: date | None, *, why: str, by: str) -> Opening:
    """Log that a chart goes on from an archive, its own if no other is named, after an issue of it, and return that.

    Raises:
        ArchiveError: the archive has no such issue, or the chart has published editions already.
    """
    book = house.book(chart)
    known = house.archives.find(name or book.id)
    if known.kind != series.CHART:
        raise UsageError(f"{known.id} is of kind {known.kind}; a chart goes on from an archive of kind chart")
    _refuse_published(house, book)
    days = pc.unique(series.lines(house.paths, house.database, known.id).column("issue")).to_pylist()
    day = issue or max(days)
    if day not in days:
        near = min(days, key=lambda each: (abs(each - day), each))
        raise ArchiveError(f"{known.id} {day}: the archive has no such issue; the nearest is {near}")
    return openings.enter(house.database, book.id, known.id, day, why=why, by=by, at=house.clock())


def take_back(house: "House", chart: str, *, why: str, by: str) -> Opening:
    """Log that a chart begins with nothing again, and return that."""
    book = house.book(chart)
    if openings.in_force(house.database, book.id) is None:
        raise UsageError(f"{book.id}: it goes on from no archive, so there is nothing to take back")
    _refuse_published(house, book)
    return openings.enter(house.database, book.id, "", None, why=why, by=by, at=house.clock())


def _refuse_published(house: "House", book: "Book") -> None:
    out = index.chain(house.database, book.id)
    if out:
        raise ArchiveError(
            f"{book.id}: {len(out)} issues are published, the first is {out[0].issue_date}; what a chart goes on from "
            "can be said only before its first edition"
        )


def _ledger(house: "House", table: pa.Table) -> Sequence[tuple[str, Print]]:
    """Return the ledger's songs whose titles are among those of an archive, as their senders print them.

    Only titles are compared, without featured names, so that a ledger of millions is not read name by name.
    """
    names = house.ledger.identity.table.select(["own_key", "key", "said_title", "said_artist"])
    if not names.num_rows:
        return ()
    printed: list[Any] = table.column("title").unique().to_pylist()
    titles = pa.array(sorted(set(map(fold, printed))), pa.string())
    bare = pc.replace_substring_regex(names.column("own_key"), r" / .*$", "")
    ours = pc.unique(pc.replace_substring_regex(titles, _JOINERS, ""))
    found = names.filter(pc.is_in(pc.replace_substring_regex(bare, _JOINERS, ""), ours)).to_pylist()
    return [(row["key"], Print(row["said_title"], row["said_artist"])) for row in found if row["said_title"]]
