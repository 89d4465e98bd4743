"""What the doctor looks at, place by place: rows without files, files without rows, leftovers of a crash."""

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Engine, Table, delete, select

from hitparade import database as db
from hitparade.archive import checkup_archives, index, seal, years
from hitparade.archive import drafts as kept
from hitparade.archive.edition import WITHDRAWAL, folder_of, read
from hitparade.archive.finding import Finding
from hitparade.archive.index import EditionRow
from hitparade.digest import digest_file
from hitparade.errors import ArchiveError
from hitparade.storage import HousePaths

_OF_PROCESS = re.compile(r"^duckdb_temp_(\d+)_|[-.](\d+)(?:\.part)?$")
_DELIVERY_FILES = ("spellings.parquet", "cells.parquet", "problems.parquet")


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _orphans(what: str, places: Iterable[Path], known: set[Path], root: Path) -> Iterator[Finding]:
    for place in sorted(set(places) - known):
        yield Finding(f"{place.relative_to(root)}: {what} without a row", partial(_remove, place))


def _rows(database: Engine, table: Table) -> list[dict[str, Any]]:
    with database.connect() as connection:
        return [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]


def _drop(database: Engine, table: Table, *where: ColumnElement[bool]) -> None:
    with db.writing(database) as transaction:
        transaction.execute(delete(table).where(*where))


def deliveries(paths: HousePaths, database: Engine, *, deep: bool) -> Iterator[Finding]:
    """Return what is wrong with deliveries: their words, rows and originals."""
    rows = _rows(database, db.deliveries)
    ids = {row["id"] for row in rows}
    folders = {paths.deliveries / name for name in ids}
    yield from _orphans("a delivery", _inside(paths.deliveries), folders, paths.root)
    digests = {row["digest"] for row in rows} | checkup_archives.originals(database)
    originals = {paths.originals / digest for digest in digests}
    yield from _orphans("a received file", _inside(paths.originals), originals, paths.root)
    files = set(paths.rows.glob("territory=*/day=*/*"))
    known = {file for file in files if file.suffix == ".parquet" and file.stem in ids}
    yield from _orphans("rows of a delivery", files, known, paths.root)
    for row in rows:
        yield from _delivery(paths, row, {file for file in known if file.stem == row["id"]}, deep=deep)


def _delivery(paths: HousePaths, row: dict[str, Any], files: set[Path], *, deep: bool) -> Iterator[Finding]:
    name, folder = f"delivery {row['id']} ({row['name']})", paths.deliveries / row["id"]
    for each in _DELIVERY_FILES:
        if not (folder / each).is_file():
            yield Finding(f"{name}: {(folder / each).relative_to(paths.root)} is missing")
    for place in sorted(_partitions(folder / "cells.parquet", paths.rows, row["id"]) - files):
        yield Finding(f"{name}: {place.relative_to(paths.root)} is missing")
    if row["original"] is None:
        return
    original = paths.originals / row["original"]
    if not original.is_file():
        yield Finding(f"{name}: its received file {original.relative_to(paths.root)} is missing")
    elif deep and digest_file(original) != row["digest"]:
        yield Finding(f"{name}: its received file {original.relative_to(paths.root)} is not the one that was received")


def _partitions(cells: Path, rows: Path, delivery: str) -> set[Path]:
    """Return the row files that a delivery's cells speak of."""
    if not cells.is_file():
        return set()
    import pyarrow.parquet as pq  # noqa: PLC0415 - only the doctor pays for it

    said = pq.read_table(cells, columns=["territory", "day"]).to_pylist()
    return {rows / f"territory={each['territory']}" / f"day={each['day']}" / f"{delivery}.parquet" for each in said}


def archives(paths: HousePaths, database: Engine, *, deep: bool) -> Iterator[Finding]:
    """Return what is wrong with imported archives."""
    known = checkup_archives.folders(paths, database)
    yield from _orphans("an import", paths.archives.glob("*/*"), known, paths.root)
    yield from (Finding(sentence) for sentence in checkup_archives.broken(paths, database, deep=deep))


def totals(paths: HousePaths, database: Engine, *, content_of: Callable[[Path], str] | None) -> Iterator[Finding]:
    """Return what is wrong with totals; all of it can be built again, so nothing is ever lost here."""
    table, known = db.totals_days, set()
    for row in _rows(database, table):
        place = paths.totals / row["totals_set"] / row["territory"] / f"{row['day']}-{row['content'][:16]}.parquet"
        known.add(place)
        wrong = "is missing" if not place.is_file() else ""
        if not wrong and content_of is not None:
            wrong = _altered(place, row["content"], content_of)
        if wrong:
            key = [table.c[name] == row[name] for name in ("totals_set", "territory", "day")]
            sentence = f"{place.relative_to(paths.root)}: {wrong}; these totals will be built again"
            yield Finding(sentence, partial(_forget, database, table, key, place))
    yield from _orphans("totals", paths.totals.glob("*/*/*"), known, paths.root)


def _altered(place: Path, content: str, content_of: Callable[[Path], str]) -> str:
    try:
        return "" if content_of(place) == content else "does not hold what it held"
    except Exception as error:  # noqa: BLE001 - an engine's own complaint about altered bytes
        return f"cannot be read ({str(error).splitlines()[0]})"


def _forget(database: Engine, table: Table, key: list[ColumnElement[bool]], place: Path) -> None:
    _drop(database, table, *key)
    _remove(place)


def drafts(paths: HousePaths, database: Engine) -> Iterator[Finding]:
    """Return what is wrong with drafts; all of them can be compiled again."""
    table, known = db.drafts, set()
    for row in kept.drafts(database):
        place = kept.place_of(paths, row.chart, row.issue_date)
        known.add(place)
        if kept.read(paths, database, row.chart, row.issue_date) is None:
            key = [table.c.chart == row.chart, table.c.issue_date == row.issue_date.isoformat()]
            sentence = f"{place.relative_to(paths.root)}: missing or not as it was; the issue can be compiled again"
            yield Finding(sentence, partial(_forget, database, table, key, place))
    yield from _orphans("a draft", paths.drafts.glob("*/*"), known, paths.root)


def editions(paths: HousePaths, database: Engine, *, deep: bool) -> Iterator[Finding]:
    """Return what is wrong with editions; one that is missing or altered can only come back from a copy."""
    rows = index.editions(database)
    known = {folder_of(paths.editions, row.chart, row.issue_date, row.number): row for row in rows}
    yield from _orphans("an edition", paths.editions.glob("*/*/*"), set(known), paths.root)
    for folder, row in known.items():
        missing = [name for name in seal.FILES if not (folder / name).is_file()]
        yield from (Finding(f"{row.name}: {(folder / name).relative_to(paths.root)} is missing") for name in missing)
        yield from _withdrawal(paths, folder, row)
        if deep and not missing:
            yield from (Finding(sentence) for sentence in _broken(folder, row))


def year_ends(paths: HousePaths, database: Engine, *, deep: bool) -> Iterator[Finding]:
    """Return what is wrong with published year-ends; what is missing or altered can only come back from a copy."""
    known = {years.place_of(paths, row): row for row in years.rows(database)}
    yield from _orphans("a year-end", paths.year_ends.glob("*/*/*"), set(known), paths.root)
    for folder, row in known.items():
        missing = [name for name in years.FILES if not (folder / name).is_file()]
        yield from (Finding(f"{row.name}: {(folder / name).relative_to(paths.root)} is missing") for name in missing)
        if deep and not missing:
            yield from (Finding(sentence) for sentence in years.breaks(folder, row))


def _withdrawal(paths: HousePaths, folder: Path, row: EditionRow) -> Iterator[Finding]:
    place = folder / WITHDRAWAL
    if row.withdrawn_at and not place.is_file():
        yield Finding(f"{row.name}: {place.relative_to(paths.root)} is missing")
    if place.exists() and not row.withdrawn_at:
        yield Finding(f"{place.relative_to(paths.root)}: a withdrawal without a row", partial(_remove, place))


def _broken(folder: Path, row: EditionRow) -> Iterator[str]:
    yield from seal.breaks(folder, _elsewhere)
    try:
        yield from seal.row_breaks(read(folder), row)
    except ArchiveError:
        return


def _elsewhere(_chart: str, _issue_date: date, _number: int) -> None:
    """Leave links to ``verify``, which looks every edition up."""


def scratch(paths: HousePaths) -> Iterator[Finding]:
    """Return what nobody is writing any more: files under construction of processes that are gone."""
    places = [*_inside(paths.scratch), *_parts(paths)]
    for place in sorted(places):
        if not _alive(place.name):
            yield Finding(
                f"{place.relative_to(paths.root)}: left over from a process that is gone",
                partial(_remove, place),
            )


def _parts(paths: HousePaths) -> Iterator[Path]:
    """Return half-written files beside their places."""
    yield from paths.root.glob(".*.part")
    yield from paths.books.rglob(".*.part")
    yield from paths.totals.glob(".*.part")
    yield from paths.editions.glob("*/*/*/.*.part")


def _alive(name: str) -> bool:
    """Return whether the process that ``name`` names runs; without one, nobody claims the file."""
    match = _OF_PROCESS.search(name)
    if not match or os.name != "posix":
        return match is not None
    try:
        os.kill(int(match[1] or match[2]), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
