"""Importing: files that hold published issues become an import of a series, or say in one sentence why not.

Files are written aside, synced and moved; the row in the database is the commit.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as arrow
import pyarrow.parquet as pq
from sqlalchemy import Connection, Engine, func, select, update

from hitparade import database as db
from hitparade import storage
from hitparade.archive import recognise, series
from hitparade.archive.accepting import REJECTED, Accepted, Complaint, accept
from hitparade.archive.formats import sealed_edition
from hitparade.archive.formats.printed import Printed, Wish
from hitparade.archive.formats.source import Source, sources
from hitparade.archive.series import AWARDS, ImportInfo
from hitparade.digest import digest_of
from hitparade.errors import ArchiveError, OverlapError, UsageError
from hitparade.intake.commit import aside
from hitparade.problems import Problem
from hitparade.storage import HousePaths, sync_file, sync_folder, writer_lock

_T, _S = db.archive_imports, db.archive_series
REMOVED = "removed"
"""Stands as the successor of an import that was taken out of force."""
Advance = Callable[..., None]
pc: Any = arrow
"""Arrow's functions; its stubs know fewer kinds of columns than it takes."""


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a series; empty where nobody said it."""

    id: str
    title: str = ""
    publisher: str = ""
    territory: str = ""
    size: int | None = None
    source: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """How to import: format and mapping where somebody named them, and what is to happen."""

    format: str = ""
    wish: Wish = field(default_factory=Wish)
    dry_run: bool = False
    replaces: str = ""
    keep: bool = True


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """Problems of one kind: how many, and the first of them."""

    severity: str
    reason: str
    count: int
    first: Problem


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an import: ``status`` is imported, would be imported, or already here."""

    series: str
    status: str
    id: str
    name: str
    kind: str
    format: str
    mapping: str
    files: int
    received: int
    accepted: int
    rejected: int
    notes: int
    issues: int
    first_issue: date | None
    last_issue: date | None
    simulated: bool
    replaces: str = ""
    problems: tuple[ProblemKind, ...] = ()
    why: str = ""
    lost: int = 0
    """Issues (of awards, days) of the import that is replaced which these files do not hold."""


@dataclass(frozen=True, slots=True)
class _Made:
    """An import before it is written."""

    id: str
    digest: str
    name: str
    kind: str
    format: str
    files: tuple[Source, ...]
    table: pa.Table
    complaints: tuple[Complaint, ...]
    received: int
    rejected: int
    simulated: bool

    @property
    def issues(self) -> "pa.Array[Any]":
        found: pa.Array[Any] = pc.unique(self.table.column("date" if self.kind == AWARDS else "issue").drop_null())
        return found

    @property
    def notes(self) -> int:
        return len(self.complaints) - self.rejected


def import_(
    paths: HousePaths,
    database: Engine,
    about: About,
    files: Iterable[str | Path],
    options: Options,
    at: datetime,
    advance: Advance | None = None,
) -> Imported:
    """Import files as a part of a series, all or none, and return what became of them.

    Raises:
        ArchiveError: a file cannot be read as a published chart.
        OverlapError: an import in force has one of the issues, and is not replaced.
    """
    named = [str(file) for file in files]
    made = _make(about, named, options, advance)
    here = series.imports(database, about.id, every=True)
    known = next((each for each in here if each.id == made.id and not each.replaced_by), None)
    if known is not None:
        return _known(paths, database, about, made, options, here)
    lost = _lost(paths, about, made, options.replaces, here)
    if options.dry_run:
        _check(paths, database, about, made, options)
        return _receipt(made, options, "would be imported", about, lost=lost)
    _commit(paths, database, about, made, options, at)
    return _receipt(made, options, "imported", about, lost=lost)


def _known(
    paths: HousePaths, database: Engine, about: About, made: _Made, options: Options, here: tuple[ImportInfo, ...]
) -> Imported:
    """Return what becomes of bytes that are in force already: only what is said of the series may be new."""
    other = next((each.id for each in here if each.id == options.replaces and not each.replaced_by), made.id)
    if other != made.id:
        raise UsageError(
            f"--replaces {other}: {made.name} is in force already, as {made.id}; "
            f"`hitparade archive remove {other}` takes the other one out of force"
        )
    why, options = "the same bytes were imported before", replace(options, replaces="")
    held = series.find(database, about.id)
    if held is None or all(getattr(held, name) == value for name, value in _about(about, made).items()):
        return _receipt(made, options, "already here", about, why=f"{why}; nothing was changed")
    if options.dry_run:
        return _receipt(made, options, "already here", about, why=f"{why}; what is said of the series would be changed")
    with writer_lock(paths), db.writing(database) as connection:
        connection.execute(update(_S).where(_S.c.id == about.id).values(**_about(about, made)))
    return _receipt(made, options, "already here", about, why=f"{why}; what is said of the series was changed")


def _lost(paths: HousePaths, about: About, made: _Made, replaces: str, here: tuple[ImportInfo, ...]) -> int:
    """Return how many issues of an import in force are no longer held once these files take its place."""
    if replaces not in {each.id for each in here if not each.replaced_by}:
        return 0
    awards = made.kind == AWARDS
    file, column = (series.AWARD_LINES, "date") if awards else (series.LINES, "issue")
    place = paths.archives / about.id / replaces / file
    if not place.is_file():  # an import of another kind, which is refused with a better sentence
        return 0
    theirs = pc.unique(pq.read_table(place, columns=[column]).column(column).combine_chunks().drop_null())
    return len(theirs) - int(pc.sum(pc.is_in(theirs, made.issues)).as_py() or 0)


def _make(about: About, named: list[str], options: Options, advance: Advance | None) -> _Made:
    found, replaced = sealed_edition.newest(sources(named))
    read = []
    for source in found:
        read.append(recognise.read(source, options.wish, options.format, about.kind))
        if advance:
            advance(1, source.name)
    format_, kind = _one(found, [each[:2] for each in read])
    accepted = [_accept(each, printed, options, kind) for each, (_, _, printed) in zip(found, read, strict=True)]
    if kind != AWARDS:
        _refuse_twice(found, accepted)
    table, complaints = _together(accepted, kind)
    digests = [each.digest for each in found]
    years = sorted(set(pc.unique(table.column("issue")).to_pylist())) if kind == series.YEAR_END else []
    id_ = digest_of([digests, format_, [options.wish.digest, kind, years], about.id])[:12]
    name = named[0] if len(named) == 1 else f"{named[0]} and {len(named) - 1} more"
    return _Made(
        f"a-{id_}", digest_of(digests), Path(name).name, kind, format_, found, table,
        (*(Complaint(0, _left_out(each)) for each in replaced), *complaints),
        sum(each.received for each in accepted), sum(each.rejected for each in accepted),
        any(each.simulated for each in accepted),
    )  # fmt: skip


def _left_out(source: Source) -> Problem:
    return Problem(
        source.name, "note", "edition-replaced", source.name, "the last edition of an issue; it alone is read"
    )


def _accept(source: Source, printed: Printed, options: Options, kind: str) -> Accepted:
    return accept(printed, source.name, options.wish.dates, awards=kind == AWARDS)


def _one(found: tuple[Source, ...], read: list[tuple[str, str]]) -> tuple[str, str]:
    """Return the one layout and kind of all files."""
    for source, each in zip(found, read, strict=True):
        if each != read[0]:
            one, other = " of kind ".join(read[0]), " of kind ".join(each)
            raise ArchiveError(
                f"{source.name} is {other} and {found[0].name} is {one}; allowed is one layout in an import"
            )
    return read[0]


def _refuse_twice(found: tuple[Source, ...], accepted: list[Accepted]) -> None:
    """Refuse two files of one import that hold the same place of the same issue, as a file and its copy do."""
    if len(found) == 1:
        return
    held: dict[date, list[tuple[Source, set[int]]]] = {}
    for source, each in zip(found, accepted, strict=True):
        table = each.lines.select(["issue", "position"]).group_by("issue").aggregate([("position", "list")])
        for row in table.to_pylist():
            places = set(row["position_list"])
            for other, theirs in held.setdefault(row["issue"], []):
                if both := places & theirs:
                    raise OverlapError(
                        f"{other.name} and {source.name} both hold number {min(both)} of the issue {row['issue']}; "
                        "an import takes one of them"
                    )
            held[row["issue"]].append((source, places))


def _together(accepted: list[Accepted], kind: str) -> tuple[pa.Table, tuple[Complaint, ...]]:
    """Return the lines of all files in their order, and all complaints; records are numbered through."""
    tables, complaints, before = [], [], 0
    for each in accepted:
        numbers = pc.add(each.lines.column("record"), before)
        place = each.lines.schema.get_field_index("record")
        tables.append(each.lines.set_column(place, "record", numbers))
        complaints += [replace(one, record=one.record + before if one.record else 0) for one in each.complaints]
        before += each.received
    keys = ("date", "artist", "title", "level", "record") if kind == AWARDS else ("issue", "position", "record")
    table = pa.concat_tables(tables).sort_by([(key, "ascending") for key in keys]).combine_chunks()
    return table, tuple(complaints)


def _check(paths: HousePaths, database: Engine, about: About, made: _Made, options: Options) -> None:
    """Refuse what overlaps an import in force, and a replacement of nothing."""
    if not made.table.num_rows:
        raise ArchiveError(f"{made.name}: none of its {made.received} rows can be read{_first(made)}")
    in_force = series.imports(database, about.id)
    if options.replaces and options.replaces not in {each.id for each in in_force}:
        known = ", ".join(each.id for each in in_force) or "none"
        raise UsageError(f"--replaces {options.replaces}: not an import in force of {about.id}; those are {known}")
    _check_kind(database, about, made)
    for each in in_force:
        if each.id != options.replaces:
            _check_overlap(paths, each, made)


def _first(made: _Made) -> str:
    if not made.complaints:
        return ""
    one = made.complaints[0].problem
    return f"; the first: {one.place}, {one.reason}: found {one.found!r}; allowed: {one.allowed}"


def _check_kind(database: Engine, about: About, made: _Made) -> None:
    known = series.find(database, about.id)
    if known is not None and known.kind != made.kind:
        raise ArchiveError(
            f"{made.name}: it is of kind {made.kind}, and series {about.id} is of kind {known.kind}; "
            "import it under another id"
        )


def _check_overlap(paths: HousePaths, other: ImportInfo, made: _Made) -> None:
    if made.kind == AWARDS:
        shared = _shared_awards(paths, other, made)
    else:
        theirs = pq.read_table(paths.archives / other.series / other.id / series.LINES, columns=["issue"])
        both = pc.is_in(made.issues, pc.unique(theirs.column("issue").combine_chunks()))
        shared = [f"issue {day}" for day in sorted(map(str, made.issues.filter(both).to_pylist()))]
    if shared:
        more = f" and {len(shared) - 1} more" if len(shared) > 1 else ""
        raise OverlapError(
            f"{made.name} and import {other.id} ({other.name}) both hold {shared[0]}{more} of {other.series}; "
            f"--replaces {other.id} puts {made.name} in its place"
        )


def _shared_awards(paths: HousePaths, other: ImportInfo, made: _Made) -> list[str]:
    columns = ["title", "artist", "level", "date"]
    theirs = pq.read_table(paths.archives / other.series / other.id / series.AWARD_LINES, columns=columns)
    known = {tuple(row.values()) for row in theirs.to_pylist()}
    ours = {tuple(row.values()) for row in made.table.select(columns).to_pylist()}
    return [f"{title} by {artist}, {level} of {day}" for title, artist, level, day in sorted(known & ours)]


def _commit(paths: HousePaths, database: Engine, about: About, made: _Made, options: Options, at: datetime) -> None:
    with aside(paths, "archive") as folder:
        moves = _write(paths, folder, about, made, keep=options.keep)
        storage.commit_point("archive:written")
        with writer_lock(paths):
            _check(paths, database, about, made, options)
            with _moved(moves), db.writing(database) as connection:
                _rows(connection, about, made, options, at)
            storage.commit_point("archive:committed")


def _write(paths: HousePaths, folder: Path, about: About, made: _Made, *, keep: bool) -> tuple[tuple[Path, Path], ...]:
    """Write the files of an import aside, and return where each of them belongs."""
    home = paths.archives / about.id / made.id
    lines = series.AWARD_LINES if made.kind == AWARDS else series.LINES
    pq.write_table(made.table, folder / lines, compression="zstd", version="2.6")
    pq.write_table(_problems(made.complaints), folder / series.PROBLEMS, compression="zstd", version="2.6")
    moves = [(folder / name, home / name) for name in (lines, series.PROBLEMS)]
    if keep:
        for number, source in enumerate(made.files):
            copy, place = folder / f"original-{number}", paths.originals / _original(source)
            if not place.exists():
                copy.write_bytes(source.file.read_bytes())
                moves.append((copy, place))
    for file, _ in moves:
        sync_file(file)
    return tuple(moves)


def _original(source: Source) -> str:
    return f"{source.digest}/{source.name.rsplit('/', 1)[-1]}"


def _problems(complaints: Iterable[Complaint]) -> pa.Table:
    rows = [
        {"ordinal": n, **each.problem._asdict(), "raw": each.raw, "record": each.record}
        for n, each in enumerate(complaints, 1)
    ]
    return pa.Table.from_pylist(rows, series.PROBLEMS_SCHEMA)


@contextmanager
def _moved(moves: tuple[tuple[Path, Path], ...]) -> Iterator[None]:
    """Move files into place; whoever fails before the row is committed leaves no new file behind."""
    new = [home for _, home in moves if not home.exists()]
    try:
        for file, home in moves:
            home.parent.mkdir(parents=True, exist_ok=True)
            file.replace(home)
        for folder in sorted({above for _, home in moves for above in (home.parent, home.parent.parent)}):
            sync_folder(folder)
        storage.commit_point("archive:moved")
        yield
    except BaseException:
        for home in new:
            home.unlink(missing_ok=True)
        for folder in sorted({home.parent for home in new}):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        raise


def _rows(connection: Connection, about: About, made: _Made, options: Options, at: datetime) -> None:
    """Put the import in force, and what it replaces out of it, in the transaction of ``connection``."""
    said = _about(about, made)
    if connection.scalar(select(_S.c.id).where(_S.c.id == about.id)) is None:
        connection.execute(_S.insert().values(id=about.id, **said))
    else:
        connection.execute(update(_S).where(_S.c.id == about.id).values(**said))
    values = _values(about, made, options, at)
    if connection.scalar(select(_T.c.id).where(_T.c.id == made.id)) is None:
        serial = (connection.scalar(select(func.max(_T.c.serial))) or 0) + 1
        connection.execute(_T.insert().values(serial=serial, **values))
    else:
        connection.execute(update(_T).where(_T.c.id == made.id).values(**values, replaced_by=None))
    if options.replaces:
        connection.execute(update(_T).where(_T.c.id == options.replaces).values(replaced_by=made.id))


def _about(about: About, made: _Made) -> dict[str, object]:
    return {
        "title": about.title or about.id, "publisher": about.publisher, "territory": about.territory,
        "kind": made.kind, "size": about.size, "source": about.source,
    }  # fmt: skip


def _values(about: About, made: _Made, options: Options, at: datetime) -> dict[str, object]:
    first, last = _span(made)
    originals = [_original(each) for each in made.files] if options.keep else []
    return {
        "id": made.id, "series": about.id, "name": made.name, "digest": made.digest, "format": made.format,
        "mapping": options.wish.name, "received": made.received, "accepted": made.table.num_rows,
        "rejected": made.rejected, "notes": made.notes, "first_issue": first and str(first),
        "last_issue": last and str(last), "simulated": int(made.simulated), "originals": json.dumps(originals),
        "imported_at": at.isoformat(),
    }  # fmt: skip


def _span(made: _Made) -> tuple[date | None, date | None]:
    ends = pc.min_max(made.issues).as_py()
    return ends["min"], ends["max"]


def _receipt(made: _Made, options: Options, status: str, about: About, why: str = "", lost: int = 0) -> Imported:
    first, last = _span(made)
    return Imported(
        about.id, status, made.id, made.name, made.kind, made.format, options.wish.name, len(made.files),
        made.received, made.table.num_rows, made.rejected, made.notes, len(made.issues), first, last, made.simulated,
        options.replaces, _kinds(made.complaints), why, lost,
    )  # fmt: skip


def _kinds(complaints: tuple[Complaint, ...]) -> tuple[ProblemKind, ...]:
    """Return the kinds of problems, rejections first, in the order of their first appearance."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for each in complaints:
        found.setdefault((each.problem.severity, each.problem.reason), []).append(each.problem)
    kinds = (ProblemKind(*key, len(held), held[0]) for key, held in found.items())
    return tuple(sorted(kinds, key=lambda kind: kind.severity != REJECTED))


def remove(paths: HousePaths, database: Engine, name: str) -> ImportInfo:
    """Take an import out of force and return it; its files stay, and importing the same bytes puts it back.

    Raises:
        UsageError: no import of that id is in force.
    """
    with writer_lock(paths):
        held = {each.id: each for each in series.imports(database)}
        if name not in held:
            raise UsageError(f"{name}: no such import is in force; `hitparade archive list` lists those that are")
        with db.writing(database) as connection:
            connection.execute(update(_T).where(_T.c.id == name).values(replaced_by=REMOVED))
    return held[name]
