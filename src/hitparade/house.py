"""The front door: opens a house folder and carries values from room to room.

Each verb here is short: it takes what one room returns and hands it to the next. Rooms are imported when they are
first used, so that looking something up does not pay for compiling.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine as Database

from hitparade import config, database
from hitparade.errors import HouseError, NoHouseError
from hitparade.storage import HousePaths, write_whole, writer_lock

if TYPE_CHECKING:
    from hitparade.engine.duck import Duck
    from hitparade.rulebook.book import Book
    from hitparade.rulebook.books import Shelf
    from hitparade.rulebook.rules import IssueDates, Rules

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present instant; the only place where hitparade looks at a clock."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class House:
    """An open house."""

    paths: HousePaths
    config: config.Config
    database: Database
    clock: Clock = now

    @cached_property
    def engine(self) -> "Duck":
        """The engine that does the sums, opened when first needed."""
        from hitparade.engine.duck import Duck

        return Duck(self.config.threads, self.config.memory_limit, self.paths.scratch)

    def books(self) -> "Shelf":
        """Return the rulebooks by chart id: those that ship, and the house's own before them."""
        from hitparade.rulebook.books import available

        return available(self.paths.books)

    def book(self, name: str) -> "Book":
        """Return the rulebook of that id, or of the chart known by that name; else :class:`BookError`."""
        return self.books().find(name)

    def rules(self, chart: str, issue_date: date | None = None, what_if: Path | None = None) -> "Rules":
        """Return the rules in force for an issue; without a date for the newest issue dated up to today."""
        from hitparade.rulebook import calendar, inforce, whatif

        book = self.book(chart) if what_if is None else whatif.overlay(self.book(chart), Path(what_if))
        issue = calendar.issue_on(book, issue_date) if issue_date else calendar.issue_until(book, self.clock().date())
        return inforce.rules_for(book, issue)

    def issues(self, chart: str, first: date, last: date) -> "list[IssueDates]":
        """Return the issues of a chart dated from ``first`` to ``last`` in order; none outside of its life."""
        from hitparade.rulebook.calendar import issues

        return issues(self.book(chart), first, last)


def new(folder: str | Path, *, name: str | None = None) -> House:
    """Make a house folder and return it open.

    Raises:
        HouseError: the folder exists and is not empty.
    """
    paths = HousePaths(Path(folder))
    if paths.root.exists() and (not paths.root.is_dir() or any(paths.root.iterdir())):
        raise HouseError(f"{paths.root}: this folder is not empty; a new house needs an empty or a new folder")
    for place in (paths.books, paths.rows, paths.totals, paths.editions, paths.scratch):
        place.mkdir(parents=True, exist_ok=True)
    with writer_lock(paths):
        database.create(paths.database).dispose()
        write_whole(paths.config, config.template(name or paths.root.resolve().name).encode())
    return open_house(paths.root)


def open_house(folder: str | Path = ".", *, clock: Clock = now) -> House:
    """Return the house in ``folder``.

    Raises:
        NoHouseError: there is none.
        NewerFormatError: a newer hitparade wrote it.
    """
    paths = HousePaths(Path(folder))
    if not paths.config.is_file() or not paths.database.is_file():
        raise NoHouseError(f"{paths.root.resolve()}: there is no house here; `hitparade new DIR` makes one, -C DIR chooses one")
    engine = database.connect(paths.database)
    database.check_format(engine, paths.database)
    return House(paths, config.read(paths.config), engine, clock)
