"""An import becomes true: its files are synced and moved into place, and the row in the database is the commit."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, func, select, update

from hitparade import database as db
from hitparade import storage
from hitparade.archive import series
from hitparade.archive.accepting import Complaint
from hitparade.archive.formats.source import Source
from hitparade.archive.imported import About, Made, Options, pc
from hitparade.archive.series import AWARDS
from hitparade.storage import HousePaths, sync_file, sync_folder

_T, _S = db.archive_imports, db.archive_series


def write(paths: HousePaths, folder: Path, about: About, made: Made, *, keep: bool) -> tuple[tuple[Path, Path], ...]:
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
def moved(moves: tuple[tuple[Path, Path], ...]) -> Iterator[None]:
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


def enter(connection: Connection, about: About, made: Made, options: Options, at: datetime) -> None:
    """Put the import in force, and what it replaces out of it, in the transaction of ``connection``."""
    said = series_row(about, made)
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


def series_row(about: About, made: Made) -> dict[str, object]:
    """Return what the row of the series says."""
    return {
        "title": about.title or about.id, "publisher": about.publisher, "territory": about.territory,
        "kind": made.kind, "size": about.size, "source": about.source,
    }  # fmt: skip


def _values(about: About, made: Made, options: Options, at: datetime) -> dict[str, object]:
    first, last = span(made)
    originals = [_original(each) for each in made.files] if options.keep else []
    return {
        "id": made.id, "series": about.id, "name": made.name, "digest": made.digest, "format": made.format,
        "mapping": options.wish.name, "received": made.received, "accepted": made.table.num_rows,
        "rejected": made.rejected, "notes": made.notes, "first_issue": first and str(first),
        "last_issue": last and str(last), "simulated": int(made.simulated), "originals": json.dumps(originals),
        "imported_at": at.isoformat(),
    }  # fmt: skip


def span(made: Made) -> tuple[date | None, date | None]:
    """Return the first and the last issue of an import, or day of an award."""
    ends = pc.min_max(made.issues).as_py()
    return ends["min"], ends["max"]
