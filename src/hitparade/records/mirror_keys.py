"""What a mirror rests on, told apart by digests: cheap to ask, and different whenever anything it reads is."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from hitparade import database as db
from hitparade.digest import digest_of
from hitparade.storage import HousePaths

ROOMS = (
    ("hitparade.catalog", ""),
    ("hitparade.records", "mirror"),
    ("hitparade.archive", "continuity"),
    ("hitparade.archive", "series"),
)
"""Packages, and how the names of those modules begin whose code shapes a mirror."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is to mirror.

    Attributes:
        key: digest of all of it; equal keys mean an equal mirror.
        imported, own: by series, a digest of what was imported, and of which editions there are.
        catalog: digest of the catalog's log and the files of who is who.
    """

    key: str
    imported: dict[str, str]
    own: dict[str, str]
    catalog: str

    @property
    def series(self) -> tuple[str, ...]:
        """All series, in order."""
        return tuple(sorted({*self.imported, *self.own}))


def evidence(paths: HousePaths, database: Engine) -> Evidence:
    """Return what there is to mirror now."""
    with database.connect() as connection:
        imported, own, log = _imported(connection), _own(connection), _log(connection)
    who = [hashlib.sha256(file.read_bytes()).hexdigest() for file in who_files(paths)]
    catalog = digest_of([code_digest(), log, who])
    return Evidence(digest_of([imported, own, catalog]), imported, own, catalog)


def stamp(paths: HousePaths) -> tuple[tuple[str, int, int], ...]:
    """Return name, size and time of change of every file that evidence is read from; asked in no time."""
    database = (paths.database, paths.database.with_name(f"{paths.database.name}-wal"))
    return tuple(each for file in (*database, *who_files(paths)) for each in _told(file))


def _told(file: Path) -> Iterator[tuple[str, int, int]]:
    with suppress(FileNotFoundError):
        told = file.stat()
        yield str(file), told.st_size, told.st_mtime_ns


def _imported(connection: Connection) -> dict[str, str]:
    table = db.archive_imports
    ask = select(table.c.series, table.c.id).where(table.c.replaced_by.is_(None)).order_by(table.c.serial)
    said = {row.id: tuple(row) for row in connection.execute(select(db.archive_series)) if row.kind != "awards"}
    held: dict[str, list[str]] = {}
    for series, name in connection.execute(ask):
        held.setdefault(series, []).append(name)
    return {name: digest_of([said[name], held[name]]) for name in sorted(held) if name in said}


def _own(connection: Connection) -> dict[str, str]:
    """Return a digest for each chart with editions; rows are only ever added, or marked as withdrawn."""
    each = db.editions.c
    told = (
        *(func.count(), func.count(each.withdrawn_at), func.max(each.published_at), func.max(each.withdrawn_at)),
        *(func.min(each.digest), func.max(each.digest)),
    )
    rows = connection.execute(select(each.chart, *told).group_by(each.chart).order_by(each.chart))
    return {chart: digest_of(said) for chart, *said in rows}


def _log(connection: Connection) -> list[Any]:
    each = db.catalog_log.c
    return list(connection.execute(select(func.count(), func.max(each.serial), func.max(each.id))).one())


def who_folders(paths: HousePaths) -> tuple[Path, ...]:
    """Return the folders of who-is-who files: the one that ships, and the house's own."""
    shipped = Path(str(files("hitparade") / "books" / "who"))
    return tuple(folder for folder in (shipped, paths.books / "who") if folder.is_dir())


def who_files(paths: HousePaths) -> tuple[Path, ...]:
    """Return the who-is-who files in order."""
    return tuple(file for folder in who_folders(paths) for file in sorted(folder.glob("*.toml")))


@cache
def code_digest() -> str:
    """Return a digest of the code that reads names and makes mirrors, so that a new version makes a new mirror."""
    seal = hashlib.sha256()
    for package, begins in ROOMS:
        for file in sorted(_modules(files(package).iterdir(), begins), key=lambda file: file.name):
            seal.update(file.read_bytes())
    return seal.hexdigest()


def _modules(found: Iterable[Traversable], begins: str) -> list[Traversable]:
    return [file for file in found if file.name.startswith(begins) and file.name.endswith(".py")]


def read_json(place: Path) -> dict[str, Any]:
    """Return the JSON object in a file; empty when there is none that can be read."""
    try:
        said = json.loads(place.read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
