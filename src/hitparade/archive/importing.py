"""Importing: files that hold published issues become an import of a series, or say in one sentence why not.

Files are written aside, synced and moved; the row in the database is the commit.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Engine, update

from hitparade import database as db
from hitparade import storage
from hitparade.archive import recognise, series
from hitparade.archive.accepting import REJECTED, Accepted, Complaint, accept
from hitparade.archive.formats import sealed_edition
from hitparade.archive.formats.printed import Printed
from hitparade.archive.formats.source import Source, sources
from hitparade.archive.import_commit import enter, moved, series_row, span, write
from hitparade.archive.imported import About, Imported, Made, Options, ProblemKind, pc
from hitparade.archive.series import AWARDS, ImportInfo
from hitparade.digest import digest_of
from hitparade.errors import ArchiveError, OverlapError, UsageError
from hitparade.intake.commit import aside
from hitparade.problems import Problem
from hitparade.storage import HousePaths, writer_lock

_T, _S = db.archive_imports, db.archive_series
REMOVED = "removed"
"""Stands as the successor of an import that was taken out of force."""
Advance = Callable[..., None]


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
    paths: HousePaths, database: Engine, about: About, made: Made, options: Options, here: tuple[ImportInfo, ...]
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
    if held is None or all(getattr(held, name) == value for name, value in series_row(about, made).items()):
        return _receipt(made, options, "already here", about, why=f"{why}; nothing was changed")
    if options.dry_run:
        return _receipt(made, options, "already here", about, why=f"{why}; what is said of the series would be changed")
    with writer_lock(paths), db.writing(database) as connection:
        connection.execute(update(_S).where(_S.c.id == about.id).values(**series_row(about, made)))
    return _receipt(made, options, "already here", about, why=f"{why}; what is said of the series was changed")


def _lost(paths: HousePaths, about: About, made: Made, replaces: str, here: tuple[ImportInfo, ...]) -> int:
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


def _make(about: About, named: list[str], options: Options, advance: Advance | None) -> Made:
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
    return Made(
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


def _check(paths: HousePaths, database: Engine, about: About, made: Made, options: Options) -> None:
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


def _first(made: Made) -> str:
    if not made.complaints:
        return ""
    one = made.complaints[0].problem
    return f"; the first: {one.place}, {one.reason}: found {one.found!r}; allowed: {one.allowed}"


def _check_kind(database: Engine, about: About, made: Made) -> None:
    known = series.find(database, about.id)
    if known is not None and known.kind != made.kind:
        raise ArchiveError(
            f"{made.name}: it is of kind {made.kind}, and series {about.id} is of kind {known.kind}; "
            "import it under another id"
        )


def _check_overlap(paths: HousePaths, other: ImportInfo, made: Made) -> None:
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


def _shared_awards(paths: HousePaths, other: ImportInfo, made: Made) -> list[str]:
    columns = ["title", "artist", "level", "date"]
    theirs = pq.read_table(paths.archives / other.series / other.id / series.AWARD_LINES, columns=columns)
    known = {tuple(row.values()) for row in theirs.to_pylist()}
    ours = {tuple(row.values()) for row in made.table.select(columns).to_pylist()}
    return [f"{title} by {artist}, {level} of {day}" for title, artist, level, day in sorted(known & ours)]


def _commit(paths: HousePaths, database: Engine, about: About, made: Made, options: Options, at: datetime) -> None:
    with aside(paths, "archive") as folder:
        moves = write(paths, folder, about, made, keep=options.keep)
        storage.commit_point("archive:written")
        with writer_lock(paths):
            _check(paths, database, about, made, options)
            with moved(moves), db.writing(database) as connection:
                enter(connection, about, made, options, at)
            storage.commit_point("archive:committed")


def _receipt(made: Made, options: Options, status: str, about: About, why: str = "", lost: int = 0) -> Imported:
    first, last = span(made)
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
