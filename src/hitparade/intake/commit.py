"""A delivery that was made aside moves into the house; its row in the database makes it true."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select, update

from hitparade import database, storage
from hitparade.storage import HousePaths, sync_all, sync_folder

_T = database.deliveries


@dataclass(frozen=True, slots=True)
class Place:
    """One file that was made, and where it belongs."""

    made: Path
    home: Path


def places(paths: HousePaths, folder: Path, delivery: str, original: tuple[str, str] | None) -> tuple[Place, ...]:
    """Return what was made in ``folder`` and where it belongs; ``original`` is digest and name of a kept file."""
    rows = [
        Place(file, paths.rows / f"territory={file.parent.name}" / f"day={file.stem}" / f"{delivery}.parquet")
        for file in sorted((folder / "rows").glob("*/*.parquet"))
    ]
    about = [Place(file, paths.deliveries / delivery / file.name) for file in sorted((folder / "about").iterdir())]
    kept = [Place(folder / "original", paths.originals.joinpath(*original))] if original else []
    return (*rows, *about, *(place for place in kept if not place.home.exists()))


def sync_made(made: tuple[Place, ...]) -> None:
    """Flush what was made to the disk, and say so to the crash tests."""
    sync_all(place.made for place in made)
    storage.commit_point("receive:written")


@contextmanager
def moved(made: tuple[Place, ...]) -> Iterator[None]:
    """Move files into place; whoever fails before the row is committed leaves no new file behind."""
    new: list[Path] = []
    try:
        for place in made:
            if not place.home.exists():
                new.append(place.home)
            place.home.parent.mkdir(parents=True, exist_ok=True)
            place.made.replace(place.home)
        sync_all(sorted({above for place in made for above in place.home.parents[:2]}), sync_folder)
        storage.commit_point("receive:moved")
        yield
    except BaseException:
        for file in new:
            file.unlink(missing_ok=True)
        _drop_empty({file.parent for file in new})
        raise


def _drop_empty(folders: set[Path]) -> None:
    for folder in sorted(folders):
        for place in (folder, folder.parent):
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()


def write_row(connection: Connection, values: dict[str, Any], replaces: str) -> None:
    """Put the delivery into force in the transaction of ``connection``, and its predecessor out of it."""
    known = connection.scalar(select(_T.c.id).where(_T.c.id == values["id"]))
    if known is None:
        serial = (connection.scalar(select(func.max(_T.c.serial))) or 0) + 1
        connection.execute(_T.insert().values(serial=serial, **values))
    else:
        connection.execute(update(_T).where(_T.c.id == known).values(**values, replaced_by=None))
    if replaces:
        connection.execute(update(_T).where(_T.c.id == replaces).values(replaced_by=values["id"]))


def listed(names: tuple[str, ...]) -> str:
    """Return names as the database keeps lists."""
    return json.dumps(list(names), ensure_ascii=False)


@contextmanager
def aside(paths: HousePaths, name: str) -> Iterator[Path]:
    """Give an empty folder in scratch that is gone afterwards."""
    folder = paths.scratch / f"{name}-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
