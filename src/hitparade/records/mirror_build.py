"""Making a mirror: of each series only when its evidence or the songs of its prints changed, of the rest never.

Files are named by the digest of what they were made from, written in ``scratch`` and renamed. ``mirror.json`` names the
files that are the mirror; the files of the mirror before it stay until the next, for those who still read them.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock
from sqlalchemy import Engine

from hitparade.archive import series as archives
from hitparade.archive.series import SeriesInfo
from hitparade.catalog import log, who
from hitparade.digest import canonical, digest_of
from hitparade.engine.duck import Duck, literal
from hitparade.records import mirror_own, mirror_parted, mirror_sql
from hitparade.records.mirror_catalog import (
    Catalog,
    Printed,
    catalog,
    credit_tables,
    names_table,
    printed,
    prints_table,
    songs_table,
)
from hitparade.records.mirror_keys import Evidence, code_digest, read_json, who_folders
from hitparade.records.mirror_life import spells, sung, told, unlike
from hitparade.records.mirror_parted import Parted
from hitparade.records.mirror_series import series_table
from hitparade.storage import HousePaths, sync_folder, write_whole

MANIFEST = "mirror.json"
PARTS = ("entries", "runs", "issues", "tops", "twice", "spells", "sung", "unlike")
"""What is made of each series: its lines, and what of them is small and often asked."""
CATALOG = ("series", "songs", "names", "credits", "artists")
ROWS_A_GROUP = 10_240
_ROWS_A_PAGE = 8_192
WRITTEN = f"(format parquet, compression zstd, parquet_version v2, row_group_size {ROWS_A_GROUP})"
_LINE = ("issue", "position", "title", "credit", "last", "peak", "weeks", "points", "place", "source")

AT_ONCE = 2
"""Series made at the same time: one is often too small to keep every core busy."""

LINES_AT_ONCE = 1_000_000
"""Lines of a series that are sorted in memory at once."""

Told = dict[str, Any]
T = TypeVar("T")
Advance = Callable[..., None]


@dataclass(frozen=True)
class Heard:
    """What all series of a mirror print, and what their columns say: all that songs follow from but decisions.

    Attributes:
        prints: by series.
        pairs: print keys that are one song by the columns of a chart.
        parted: by series, the lines that are not of the song of their print.
    """

    prints: Mapping[str, list[Printed]]
    pairs: Sequence[mirror_parted.Pair]
    parted: Mapping[str, list[Parted]]

    @property
    def every_print(self) -> list[Printed]:
        """The prints of all series, one series after another."""
        return [each for name in self.prints for each in self.prints[name]]


def hear(files: Mapping[str, Mapping[str, Path]]) -> Heard:
    """Return what the files of each series say."""
    return Heard(
        {name: _prints(parts["prints"]) for name, parts in files.items()},
        [pair for parts in files.values() if "joined" in parts for pair in mirror_parted.pairs(parts["joined"])],
        {name: mirror_parted.lines(parts["parted"]) for name, parts in files.items() if "parted" in parts},
    )


@dataclass(frozen=True)
class Making:
    """What it takes to make a mirror."""

    paths: HousePaths
    database: Engine
    evidence: Evidence
    duck: Duck
    before: Told

    def file(self, series: str, part: str, key: str) -> Path:
        """Return the place of a part of a series that was made from what ``key`` is the digest of."""
        return self.paths.mirror / f"series={series}" / f"{part}-{key[:12]}.parquet"

    @contextmanager
    def writing(self, place: Path) -> Iterator[Path]:
        """Give a place in scratch whose file takes ``place`` at the end."""
        self.paths.scratch.mkdir(parents=True, exist_ok=True)
        beside = self.paths.scratch / f"mirror-{place.parent.name}-{place.stem}-{os.getpid()}"
        yield beside
        place.parent.mkdir(parents=True, exist_ok=True)
        beside.replace(place)
        sync_folder(place.parent)

    def write(self, table: pa.Table, place: Path) -> None:
        """Write a table to its place unless it is there."""
        if not place.is_file():
            with self.writing(place) as beside:
                pq.write_table(table, beside, compression="zstd", row_group_size=_ROWS_A_PAGE)


def make(paths: HousePaths, database: Engine, evidence: Evidence, duck: Duck, advance: Advance | None = None) -> Told:
    """Bring the mirror up to ``evidence`` and return what ``mirror.json`` says then; one process at a time."""
    paths.mirror.mkdir(parents=True, exist_ok=True)
    with FileLock(paths.mirror / ".lock"):
        before = read_json(paths.mirror / MANIFEST)
        if before.get("key") == evidence.key and whole(paths, before):
            return before
        told = _made(Making(paths, database, evidence, duck, before), advance)
        write_whole(paths.mirror / MANIFEST, canonical(told))
        _forget(paths, before, told)
    return told


def whole(paths: HousePaths, told: Told) -> bool:
    """Return whether every file that a manifest names is there."""
    return all((paths.mirror / name).is_file() for name in _files(told))


def _files(told: Told) -> set[str]:
    return {name for files in (told.get("catalog", {}), *told.get("series", {}).values()) for name in files.values()}


def _forget(paths: HousePaths, before: Told, told: Told) -> None:
    """Remove the files that neither this mirror nor the one before it is made of."""
    kept = {paths.mirror / name for name in _files(before) | _files(told)}
    for file in paths.mirror.rglob("*.parquet"):
        if file not in kept:
            file.unlink(missing_ok=True)
    for folder in paths.mirror.iterdir():
        if folder.is_dir() and not any(folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)


def _made(making: Making, advance: Advance | None) -> Told:
    held = {each.id: each for each in archives.held(making.database)}
    given = {name: _given(making, held.get(name), name) for name in making.evidence.series}
    heard = hear(given)
    prints, parted, lines = heard.prints, heard.parted, log.lines(making.database)
    found = catalog(
        heard.every_print,
        who.load_all(who_folders(making.paths)),
        log.in_force(lines),
        heard.pairs,
        log.ever_joined(lines),
    )

    def parts(name: str, duck: Duck) -> dict[str, Path]:
        songs = prints_table(found, prints[name]), mirror_parted.table(parted.get(name, ()), found.songs)
        return _parts(replace(making, duck=duck), name, given[name], *songs)

    works = [partial(parts, name) for name in given]
    series = {}
    for (name, files), made in zip(given.items(), side_by_side(making.duck, works), strict=True):
        series[name] = {**files, **made}
        if advance:
            advance(1, name)
    every_line = [line for each in parted.values() for line in each]
    tables = _catalog(making, held, series, found, heard.every_print, every_line)
    named = {name: _relative(making.paths, files) for name, files in series.items()}
    return {"key": making.evidence.key, "series": named, "catalog": _relative(making.paths, tables)}


def _relative(paths: HousePaths, files: Mapping[str, Path]) -> dict[str, str]:
    return {part: file.relative_to(paths.mirror).as_posix() for part, file in files.items()}


def _given(making: Making, info: SeriesInfo | None, name: str) -> dict[str, Path]:
    """Return the files that hold a series' own lines and its prints, made where they are missing."""
    own_key, imported = making.evidence.own.get(name, ""), making.evidence.imported.get(name, "")
    files: dict[str, Path] = {}
    if own_key:
        files["own"] = making.file(name, "own", own_key)
        if not files["own"].is_file():
            said = making.before.get("series", {}).get(name, {}).get("own")
            earlier = making.paths.mirror / said if said else None
            making.write(mirror_own.lines(making.paths, making.database, name, earlier), files["own"])
    if imported:
        key = digest_of([imported, code_digest()])
        files["joined"], files["parted"] = (making.file(name, part, key) for part in ("joined", "parted"))
        printed = partial(archives.lines, making.paths, making.database, name)
        mirror_parted.write(printed, (files["joined"], files["parted"]), making.writing)
    files["prints"] = making.file(name, "prints", digest_of([own_key, imported]))
    if not files["prints"].is_file():
        with _lines(making, info, files.get("own")), making.writing(files["prints"]) as beside:
            making.duck.run(f"copy ({mirror_sql.PRINTS}) to {literal(beside)} {WRITTEN}")
    return files


@contextmanager
def _lines(making: Making, info: SeriesInfo | None, own: Path | None) -> Iterator[None]:
    """Let statements read a series' lines in force as ``given``, and its issues without a line as ``held``."""
    ours = pq.read_table(own, partitioning=None) if own else mirror_own.SCHEMA.empty_table()
    kept = archives.lines(making.paths, making.database, info.id) if info else None
    theirs = kept.select(_LINE) if kept is not None else ours.select(_LINE).slice(0, 0)
    with making.duck.table("ours", ours), making.duck.table("theirs", theirs):
        making.duck.run(mirror_sql.GIVEN)
        making.duck.run(mirror_sql.HELD)
        yield


def _prints(file: Path) -> list[Printed]:
    table = pq.read_table(file, columns=["title", "credit", "own_key", "lines"], partitioning=None)
    return [printed(*row) for row in zip(*(column.to_pylist() for column in table.columns), strict=True)]


def _parts(making: Making, name: str, files: Mapping[str, Path], prints: pa.Table, parted: pa.Table) -> dict[str, Path]:
    """Return the files of a series' parts, made where they are missing."""
    evidence = making.evidence
    rest = [
        evidence.imported.get(name, ""),
        evidence.own.get(name, ""),
        digest_of([_content(prints), _content(parted)]),
    ]
    places = {part: making.file(name, part, digest_of([mirror_sql.DIGEST, code_digest(), *rest])) for part in PARTS}
    if all(place.is_file() for place in places.values()):
        return places
    info = archives.find(making.database, name) if name in evidence.imported else None
    with (
        _lines(making, info, files.get("own")),
        making.duck.table("prints", prints),
        making.duck.table("parted", parted),
    ):
        write_parts(making.duck, {part: partial(making.writing, place) for part, place in places.items()})
    return places


def side_by_side(duck: Duck, works: Sequence[Callable[[Duck], T]]) -> Iterator[T]:
    """Give what each piece of work returns, in order; several run at once, each with a connection of its own."""

    def alone(work: Callable[[Duck], T]) -> T:
        with closing(duck.beside()) as own:
            return work(own)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(alone, works)


def write_parts(duck: Duck, parts: Mapping[str, Callable[[], AbstractContextManager[Path]]]) -> None:
    """Write the parts of a series from ``given``, ``held``, ``prints`` and ``parted``."""
    duck.run(mirror_sql.ISSUES)
    parted = duck.rows("select count(*) from parted")[0][0]
    song, joined = ("coalesce(q.song, p.song)", mirror_sql.PARTED) if parted else ("p.song", "")
    duck.run(mirror_sql.LINES.format(song=song, parted=joined))
    with ExitStack() as open_:
        _write_histories(duck, {part: open_.enter_context(parts[part]()) for part in HISTORIES})
    with parts["issues"]() as place:
        duck.run(f"copy ({mirror_sql.SERIES_ISSUES}) to {literal(place)} {WRITTEN}")


def _write_histories(duck: Duck, places: Mapping[str, Path]) -> None:
    """Write entries and what follows from them, so many songs at a time that they fit in memory."""
    count = duck.rows("select count(*) from lines")[0][0]
    into: dict[str, pq.ParquetWriter] = {}
    try:
        for where in _shares(-(-count // LINES_AT_ONCE)):
            for part, table in _histories(duck, duck.arrow(mirror_sql.SORTED.format(where=where))).items():
                if part not in into:
                    into[part] = pq.ParquetWriter(places[part], table.schema, compression="zstd")
                into[part].write_table(table, row_group_size=ROWS_A_GROUP)
    finally:
        for writer in into.values():
            writer.close()


HISTORIES = ("entries", "runs", "tops", "twice", "spells", "sung", "unlike")
"""The parts that follow from the lines of songs, and of no others."""


def _histories(duck: Duck, lines: pa.Table) -> dict[str, pa.Table]:
    """Return the parts of some songs from their lines in order."""
    found = told(lines)
    parts = {"entries": found.entries, "twice": found.twice}
    parts |= {"spells": spells(found.best), "unlike": unlike(found.best)}
    with duck.table("entries", found.entries), duck.table("best", found.best), duck.table("sung", sung(found.entries)):
        for part, sql in (("runs", mirror_sql.RUNS), ("tops", mirror_sql.TOPS), ("sung", mirror_sql.SUNG)):
            parts[part] = duck.arrow(sql)
    return parts


def _shares(parts: int) -> Iterator[str]:
    """Give conditions that share all songs out; their numbers lie evenly between 0 and 2^63."""
    if parts < 2:  # noqa: PLR2004 - all at once
        yield ""
        return
    ends = [(1 << 63) * part // parts for part in range(parts + 1)]
    for low, high in pairwise(ends):
        yield f"where song >= {low} and song <= {high - 1}"


def _content(table: pa.Table) -> str:
    """Return the digest of a small table that was made in one piece."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return hashlib.sha256(sink.getvalue()).hexdigest()


def _catalog(
    making: Making, held: Mapping[str, SeriesInfo], series: Mapping[str, Mapping[str, Path]], found: Catalog,
    prints: Sequence[Printed], parted: Sequence[Parted],
) -> dict[str, Path]:  # fmt: skip
    key = making.evidence.key[:12]
    places = {part: making.paths.mirror / f"catalog-{key}" / f"{part}.parquet" for part in CATALOG}
    facts = series_table(making.paths, held, series, making.duck)
    more = list(mirror_parted.unnamed(parted, found.songs))
    names, who_is_who = names_table(found, prints, more), credit_tables(found, prints)
    for part, table in zip(CATALOG, (facts, songs_table(found, more), names, *who_is_who), strict=True):
        making.write(table, places[part])
    return places
