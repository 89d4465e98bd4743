"""What the doctor looks at among archives: imports without files, files without imports."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Engine

from hitparade.archive import series
from hitparade.archive.series import AWARD_LINES, LINES, PROBLEMS, ImportInfo
from hitparade.digest import digest_file
from hitparade.storage import HousePaths


def originals(database: Engine) -> set[str]:
    """Return the digests of the originals that imports keep, replaced ones too."""
    return {place.split("/")[0] for each in series.imports(database, every=True) for place in each.originals}


def folders(paths: HousePaths, database: Engine) -> set[Path]:
    """Return the folders of all imports, replaced ones too."""
    return {paths.archives / each.series / each.id for each in series.imports(database, every=True)}


def broken(paths: HousePaths, database: Engine, *, deep: bool) -> Iterator[str]:
    """Give a sentence for each file of an import that is missing or is not what it was."""
    for each in series.imports(database, every=True):
        name, folder = f"import {each.id} ({each.name})", paths.archives / each.series / each.id
        held = [file for file in (folder / LINES, folder / AWARD_LINES) if file.is_file()]
        missing = [] if held else [folder / LINES]
        missing += [] if (folder / PROBLEMS).is_file() else [folder / PROBLEMS]
        missing += [paths.originals / place for place in each.originals if not (paths.originals / place).is_file()]
        yield from (f"{name}: {file.relative_to(paths.root)} is missing" for file in missing)
        if deep:
            yield from _altered(paths, each, held, name)


def _altered(paths: HousePaths, each: ImportInfo, held: list[Path], name: str) -> Iterator[str]:
    for file in held:
        try:
            rows = pq.read_table(file, partitioning=None).num_rows
        except (pa.ArrowException, OSError) as error:
            yield f"{name}: {file.relative_to(paths.root)} cannot be read ({str(error).splitlines()[0]})"
            continue
        if rows != each.accepted:
            yield f"{name}: {file.relative_to(paths.root)} has {rows} lines; {each.accepted} were imported"
    for place in each.originals:
        file = paths.originals / place
        if file.is_file() and digest_file(file) != place.split("/")[0]:
            yield f"{name}: {file.relative_to(paths.root)} is not the file that was imported"
