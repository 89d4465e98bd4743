"""Reading a delivered file with DuckDB: from its bytes to staged rows, and from those to the ledger's files.

A clean file is read once, in parallel. Only where rows were rejected is it read again, to say which and why.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb

from hitparade.engine.duck import Duck, file_list, literal
from hitparade.engine.reading_cells import trimmed
from hitparade.errors import IntakeError

_CHUNK = 1 << 22
STAGED_PARQUET = "(format parquet, compression snappy, dictionary_size_limit 1"
"""How rows are written that are read once or twice and thrown away: looking words up would cost more than it saves."""
_NO_SUCH_CELL = "hitparade: no cell says this 6f1c0a"
FIELDS = (
    "isrc", "title", "artist", "at", "day", "channel", "measure", "quantity", "audience", "ms_played", "consumer",
    "revenue", "currency", "product", "event", "released", "traits", "titles", "tracks", "lead_track",
)  # fmt: skip
"""The columns of a staged row beside territory, the UTC day and the number of the check that it fails."""


@dataclass(frozen=True, slots=True)
class Source:
    """A plain file to read: UTF-8 text with fields and line feeds, or Parquet.

    Attributes:
        file: where it lies.
        columns: its column names in order; a reading calls them ``c0``, ``c1``, ...
        kinds: their DuckDB types; CELL for every column of a text.
        delimiter: what stands between fields; empty for Parquet.
        skip: physical lines before the first row.
    """

    file: Path
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    delimiter: str = ""
    skip: int = 0


class Check(NamedTuple):
    """A reason to reject a row: SQL over the raw columns and the fields that is true where the row fails."""

    reason: str
    fails: str
    found: str
    allowed: str


class ParseReject(NamedTuple):
    """A record that could not be split into fields, at a physical line."""

    line: int
    kind: str
    fields: int
    raw: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A source, how its cells become fields, and what rejects a row; ``prepared`` is what cells read more than once."""

    source: Source
    cells: dict[str, str]
    checks: tuple[Check, ...]
    prepared: dict[str, str]

    @property
    def constants(self) -> dict[str, str]:
        """The fields that are the same in every row: they are not staged, not sorted by, and cost nothing."""
        varying = re.compile("|".join((r"\b[ct]\d+\b", *(rf"\b{name}\b" for name in self.prepared))))
        return {name: sql for name, sql in self.cells.items() if name in FIELDS and not varying.search(sql)}


@dataclass(frozen=True, slots=True)
class Staged:
    """Rows that could be parsed, typed, in Parquet files of a folder, the rejected ones among them."""

    folder: Path
    constants: dict[str, str]
    unparsed: tuple[ParseReject, ...]

    def relation(self, files: Sequence[Path] = ()) -> str:
        """Return SQL for all staged rows, or for those of some files that were made of them."""
        constants = "".join(f', {sql} as "{name}"' for name, sql in self.constants.items())
        wanted = file_list(files) if files else literal(self.folder / "*.parquet")
        return f"(select *{constants} from read_parquet({wanted}, hive_partitioning=false))"


@contextmanager
def plain_errors(name: str) -> Iterator[None]:
    """Turn what the engine complains about while a user's file is read into one sentence."""
    try:
        yield
    except duckdb.Error as error:
        first = str(error).split("\n", maxsplit=1)[0]
        raise IntakeError(f"{name}: the file cannot be read: {first}") from error
    except RuntimeError as error:  # DuckDB's way to say that somebody pressed Ctrl-C
        if "interrupted" in str(error):
            raise KeyboardInterrupt from error
        raise


def parquet_kinds(duck: Duck, file: Path) -> dict[str, str]:
    """Return the column names of a Parquet file with DuckDB's name of their types."""
    rows = duck.rows(f"describe select * from read_parquet({literal(file)})")
    return {str(row[0]): str(row[1]) for row in rows}


def _relation(source: Source, *, parallel: bool) -> str:
    if not source.delimiter:
        quoted = (name.replace('"', '""') for name in source.columns)
        columns = ", ".join(f'"{name}" as c{n}' for n, name in enumerate(quoted))
        return f"(select {columns} from read_parquet({literal(source.file)}))"
    columns = ", ".join(f"'c{n}': 'varchar'" for n in range(len(source.columns)))
    return (
        f"read_csv({literal(source.file)}, auto_detect=false, header=false, skip={source.skip}, "
        f"delim={literal(source.delimiter)}, quote='\"', escape='\"', new_line='\\n', columns={{{columns}}}, "
        f"nullstr={literal(_NO_SUCH_CELL)}, store_rejects=true, rejects_table='intake_rejects', "
        f"rejects_scan='intake_scans', parallel={'true' if parallel else 'false'})"
    )


def _typed(reading: Reading, *, parallel: bool, numbered: bool = False) -> str:
    """Return SQL in four steps, each over the one before: raw columns, their texts, the fields, the reason.

    What several expressions read is a column of the step before them, so that it is worked out once a row.
    """
    source = reading.source
    prepared = "".join(f', {sql} as "{name}"' for name, sql in reading.prepared.items())
    cells = "".join(f', {sql} as "{name}"' for name, sql in reading.cells.items())
    reasons = " ".join(f"when {check.fails} then {n}" for n, check in enumerate(reading.checks, 1))
    texts = "".join(f", {trimmed(f'c{n}', kind)} as t{n}" for n, kind in enumerate(source.kinds))
    number = ", row_number() over () as record" if numbered else ""
    step = f"select *{number} from {_relation(source, parallel=parallel)}"
    for more in (texts, prepared, cells):
        step = f"select *{more} from ({step})" if more else step
    reason = f"(case {reasons} else 0 end)::utinyint"
    return f'select *, coalesce("at"::date, day) as utc_day, {reason} as reason from ({step})'


def _forget_rejects(duck: Duck) -> None:
    for table in ("intake_rejects", "intake_scans"):
        duck.run(f"drop table if exists {table}")


def stage(duck: Duck, reading: Reading, folder: Path) -> Staged:
    """Return the rows that could be parsed, typed, in ``folder``.

    They are not taken apart by territory and day here: that is done when a number stands for a song's words, which
    is a third cheaper. A file with unparsable records is read again on one thread: only then is it certain where a
    broken quote ends.
    """
    constants = reading.constants
    fields = ", ".join(f'"{name}"' for name in FIELDS if name not in constants)
    found: tuple[ParseReject, ...] = ()
    for parallel in (True, False):
        _forget_rejects(duck)
        duck.run(
            f"copy (select {fields}, reason, territory, utc_day from ({_typed(reading, parallel=parallel)})) "
            f"to {literal(folder)} {STAGED_PARQUET}, per_thread_output, overwrite)"
        )
        found = _parse_rejects(duck, reading.source)
        if not found:
            break
    _forget_rejects(duck)
    return Staged(folder, constants, found)


def _parse_rejects(duck: Duck, source: Source) -> tuple[ParseReject, ...]:
    if not source.delimiter:
        return ()
    rows = duck.rows(
        "select line_byte_position, error_type::varchar, csv_line, column_idx from intake_rejects "
        "qualify row_number() over (partition by line_byte_position order by column_idx, error_type) = 1 "
        "order by line_byte_position"
    )
    starts = [place - 1 + len(raw) - len(raw.lstrip("\n")) for place, _, raw, _ in rows]
    return tuple(
        ParseReject(line, kind, fields, raw.strip("\n"))
        for line, (_, kind, raw, fields) in zip(_lines_at(source.file, starts), rows, strict=True)
    )


def _lines_at(file: Path, starts: Sequence[int]) -> list[int]:
    """Return the physical line at each byte of ``starts``, in order; the engine counts no line within quotes."""
    lines, line, at = [], 1, 0
    with file.open("rb") as stream:
        for start in starts:
            while at < start and (chunk := stream.read(min(_CHUNK, start - at))):
                line += chunk.count(b"\n")
                at += len(chunk)
            lines.append(line)
    return lines


class Counts(NamedTuple):
    """How many staged rows were accepted and rejected, and what the accepted ones add up to."""

    accepted: int
    rejected: int
    quantity: int


def count(duck: Duck, staged: Staged) -> Counts:
    """Return the counts of the staged rows."""
    if not any(staged.folder.glob("*.parquet")):
        return Counts(0, 0, 0)
    accepted, rejected, quantity = duck.rows(
        "select count(*) filter (where reason = 0), count(*) filter (where reason > 0), "
        f"coalesce(sum(quantity) filter (where reason = 0), 0) from {staged.relation()}"
    )[0]
    return Counts(accepted, rejected, int(quantity))


def territories(duck: Duck, staged: Staged) -> set[str]:
    """Return the territories that accepted rows name."""
    if not any(staged.folder.glob("*.parquet")):
        return set()
    return {row[0] for row in duck.rows(f"select distinct territory from {staged.relation()} where reason = 0")}


def row_rejects(duck: Duck, reading: Reading, table: str, *, parallel: bool) -> None:
    """Leave in ``table`` which records failed which check: record, reason, found, allowed, raw."""
    _forget_rejects(duck)
    source = reading.source
    raw = _raw(source)
    found = " ".join(f"when {n} then {check.found}" for n, check in enumerate(reading.checks, 1))
    names = " ".join(f"when {n} then {literal(check.reason)}" for n, check in enumerate(reading.checks, 1))
    allowed = " ".join(f"when {n} then {literal(check.allowed)}" for n, check in enumerate(reading.checks, 1))
    duck.run(
        f"create or replace temp table {table} as select record, case reason {names} end as reason, "
        f"coalesce(case reason {found} end, '') as found, case reason {allowed} end as allowed, {raw} as raw "
        f"from ({_typed(reading, parallel=parallel, numbered=True)}) where reason > 0"
    )
    _forget_rejects(duck)


def _raw(source: Source) -> str:
    delimiter = source.delimiter or ","
    special = " or ".join(f"contains(x, {literal(sign)})" for sign in (delimiter, '"', "\n"))
    cells = ", ".join(f"coalesce(c{n}::varchar, '')" for n in range(len(source.columns)))
    quoted = f"case when {special} then '\"' || replace(x, '\"', '\"\"') || '\"' else x end"
    return f"array_to_string(list_transform([{cells}], lambda x: {quoted}), {literal(delimiter)})"
