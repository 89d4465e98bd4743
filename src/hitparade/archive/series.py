"""What the house holds of charts that were published elsewhere: the series, and their printed lines.

An import is in force until another takes its place; a series is what its imports in force say together. No two of
them hold the same issue, so every line stands once.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Engine, Row, select

from hitparade import database as db
from hitparade.errors import ArchiveError
from hitparade.storage import HousePaths

CHART, YEAR_END, AWARDS = "chart", "year-end", "awards"
KINDS = (CHART, YEAR_END, AWARDS)
LINES, AWARD_LINES, PROBLEMS = "lines.parquet", "awards.parquet", "problems.parquet"


def _schema(columns: dict[str, pa.DataType]) -> pa.Schema:
    return pa.schema(columns)


SCHEMA = _schema(
    {
        "issue": pa.date32(),
        "position": pa.int32(),
        "title": pa.string(),
        "credit": pa.string(),
        "printed_title": pa.string(),
        "printed_credit": pa.string(),
        "last": pa.int32(),
        "peak": pa.int32(),
        "weeks": pa.int32(),
        "points": pa.int64(),
        "place": pa.string(),
        "record": pa.int64(),
    }
)
"""The columns of printed lines, one row for each accepted line, in the order of issue, position and record."""

AWARDS_SCHEMA = _schema(
    {
        "title": pa.string(),
        "artist": pa.string(),
        "level": pa.string(),
        "date": pa.date32(),
        "released": pa.date32(),
        "printed_title": pa.string(),
        "printed_artist": pa.string(),
        "place": pa.string(),
        "record": pa.int64(),
    }
)
"""The columns of a list of awards, in the order of date, artist, title, level and record."""

PROBLEMS_SCHEMA = _schema(
    {
        "ordinal": pa.int64(),
        "place": pa.string(),
        "severity": pa.string(),
        "reason": pa.string(),
        "found": pa.string(),
        "allowed": pa.string(),
        "raw": pa.string(),
        "record": pa.int64(),
    }
)
"""The columns of the problems of an import: rejected records with all that they held, and notes."""

_SOURCE = pa.field("source", pa.string())


@dataclass(frozen=True, slots=True)
class ImportInfo:
    """One import of a series; ``replaced_by`` is empty while it is in force."""

    id: str
    serial: int
    series: str
    name: str
    digest: str
    format: str
    mapping: str
    received: int
    accepted: int
    rejected: int
    notes: int
    first_issue: date | None
    last_issue: date | None
    simulated: bool
    originals: tuple[str, ...]
    replaced_by: str
    imported_at: str


@dataclass(frozen=True, slots=True)
class SeriesInfo:
    """A chart, a year-end list or a list of awards that was published elsewhere, with its imports in force.

    Attributes:
        size: how many lines an issue should have, or None when nobody said.
        source: where it comes from, as the importer said.
        imports: those in force, in the order of import.
    """

    id: str
    title: str
    publisher: str
    territory: str
    kind: str
    size: int | None
    source: str
    imports: tuple[ImportInfo, ...]

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return sum(each.accepted for each in self.imports)

    @property
    def first_issue(self) -> date | None:
        """The first issue, or day of an award."""
        return min((each.first_issue for each in self.imports if each.first_issue), default=None)

    @property
    def last_issue(self) -> date | None:
        """The last issue, or day of an award."""
        return max((each.last_issue for each in self.imports if each.last_issue), default=None)

    @property
    def simulated(self) -> bool:
        """Whether anything of it comes from a simulated market."""
        return any(each.simulated for each in self.imports)


def imports(database: Engine, series: str | None = None, *, every: bool = False) -> tuple[ImportInfo, ...]:
    """Return the imports in force of a series or of all, or the replaced ones too, in the order of import."""
    table = db.archive_imports
    asked = select(table).order_by(table.c.serial)
    if series is not None:
        asked = asked.where(table.c.series == series)
    if not every:
        asked = asked.where(table.c.replaced_by.is_(None))
    with database.connect() as connection:
        return tuple(map(_import, connection.execute(asked)))


def held(database: Engine) -> tuple[SeriesInfo, ...]:
    """Return the series with an import in force, by id."""
    table = db.archive_series
    with database.connect() as connection:
        rows = connection.execute(select(table).order_by(table.c.id)).all()
    in_force = imports(database)
    found = (_series(row, (each for each in in_force if each.series == row.id)) for row in rows)
    return tuple(series for series in found if series.imports)


def find(database: Engine, series: str) -> SeriesInfo | None:
    """Return the series of that id with an import in force, or None."""
    return next((each for each in held(database) if each.id == series), None)


def lines(paths: HousePaths, database: Engine, series: str) -> pa.Table:
    """Return the printed lines in force of a series by issue, position and record; ``source`` is the import's id."""
    return _read(paths, database, series, LINES, SCHEMA, ("issue", "position", "source", "record"))


def awards(paths: HousePaths, database: Engine, series: str) -> pa.Table:
    """Return the awards in force of a series by date, artist, title and level; ``source`` is the import's id."""
    order = ("date", "artist", "title", "level", "source", "record")
    return _read(paths, database, series, AWARD_LINES, AWARDS_SCHEMA, order)


@dataclass(frozen=True, slots=True)
class SeriesProblem:
    """One problem of an import: a rejected record with all that it held, or a note."""

    source: str
    record: int
    place: str
    severity: str
    reason: str
    found: str
    allowed: str
    raw: str


def problems(paths: HousePaths, database: Engine, series: str) -> tuple[SeriesProblem, ...]:
    """Return the problems of the imports in force of a series, in the order of import and record."""
    found = []
    for each in imports(database, series):
        table = _table(paths.archives / series / each.id / PROBLEMS).drop_columns("ordinal")
        found += [SeriesProblem(source=each.id, **row) for row in table.to_pylist()]
    return tuple(found)


def _read(
    paths: HousePaths, database: Engine, series: str, name: str, schema: pa.Schema, order: tuple[str, ...]
) -> pa.Table:
    parts = []
    for each in imports(database, series):
        file = paths.archives / series / each.id / name
        if file.exists():
            parts.append(_with_source(_table(file), each.id))
    whole = pa.concat_tables(parts) if parts else schema.append(_SOURCE).empty_table()
    if len(parts) > 1:
        whole = whole.sort_by([(column, "ascending") for column in order])
    return whole


def _table(file: Path) -> pa.Table:
    try:
        return pq.read_table(file, partitioning=None)
    except (pa.ArrowException, OSError) as error:
        raise ArchiveError(f"{file}: the lines of this import cannot be read; `hitparade doctor` checks it") from error


def _with_source(table: pa.Table, name: str) -> pa.Table:
    return table.append_column(_SOURCE, pa.repeat(pa.scalar(name), table.num_rows))


def _series(row: Row[tuple[object, ...]], held_by: Iterable[ImportInfo]) -> SeriesInfo:
    return SeriesInfo(
        row.id, row.title, row.publisher, row.territory, row.kind, row.size, row.source, tuple(held_by)
    )  # fmt: skip


def _import(row: Row[tuple[object, ...]]) -> ImportInfo:
    said = dict(row._mapping)  # noqa: SLF001 - the public way to name columns
    said["first_issue"], said["last_issue"] = _day(row.first_issue), _day(row.last_issue)
    said["simulated"] = bool(row.simulated)
    said["originals"] = tuple(json.loads(row.originals))
    said["replaced_by"] = row.replaced_by or ""
    return ImportInfo(**said)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
