"""The front door: opens a house folder and carries values from room to room.

Each verb here is short: it takes what one room returns and hands it to the next. Rooms are imported when they are
first used, so that looking something up does not pay for compiling.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine as Database

from hitparade import config, database
from hitparade.errors import HouseError, NoHouseError
from hitparade.storage import HousePaths, write_whole, writer_lock

if TYPE_CHECKING:
    from hitparade.engine.duck import Duck

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
