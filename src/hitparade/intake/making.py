"""One file is read, and the files of its delivery are written aside, where a crash leaves nothing but scratch."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from queue import Queue

import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.catalog.folding import fold
from hitparade.catalog.spelling import SPELLING_SQL
from hitparade.catalog.traits import merged
from hitparade.engine.duck import Duck
from hitparade.engine.reading import (
    Check,
    Counts,
    ParseReject,
    Reading,
    Source,
    Staged,
    count,
    plain_errors,
    row_rejects,
    stage,
    territories,
)
from hitparade.engine.reading_files import (
    Extent,
    Part,
    extent,
    number_spellings,
    problem_rows,
    spelling_batches,
    split,
    write_cells,
    write_problems,
    write_rows,
)
from hitparade.errors import IntakeError
from hitparade.intake.codes import TERRITORY_RULE, is_territory
from hitparade.intake.layout import Layout
from hitparade.intake.notes import findings
from hitparade.problems import Problem

Tell = Callable[[str], None]

FEW = 5
"""So many rejected rows are shown on a receipt; all of them are in problems."""

_AT_ONCE = 2
"""Days that are written at once; each has the engine's threads, and its memory is a part of the engine's."""
_LARGEST_SUM = 2**63 - 1
_REJECTS = "intake_row_rejects"
_FOLDED = pa.schema([pa.field(name, kind) for name, kind in (
    ("spelling", pa.int64()), ("isrc", pa.string()), ("title", pa.string()), ("artist", pa.string()),
     ("folded_title", pa.string()), ("folded_artist", pa.string()), ("released", pa.date32()),
     ("rows", pa.int64()), ("quantity", pa.int64()), ("traits", pa.string()),
)])  # fmt: skip
_OTHERS = pa.schema([pa.field(name, kind) for name, kind in (
    ("part", pa.int64()), ("number", pa.int64()),
     ("place", pa.string()), ("severity", pa.string()), ("reason", pa.string()), ("found", pa.string()),
     ("allowed", pa.string()), ("raw", pa.string()),
)])  # fmt: skip
_PARSE_REASONS = {
    "MISSING COLUMNS": "fields-missing",
    "TOO MANY COLUMNS": "fields-too-many",
    "UNQUOTED VALUE": "quote-broken",
    "INVALID ENCODING": "not-utf-8",
    "LINE SIZE OVER MAXIMUM": "line-too-long",
}


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a file.

    Attributes:
        received, accepted, rejected, quantity: its counts.
        extent: what its accepted rows span.
        refusals: the first rejected rows.
        notes: its findings.
        places: (territory, day) of each rows file, which lies at ``rows/<territory>/<day>.parquet``.
    """

    received: int
    accepted: int
    rejected: int
    quantity: int
    extent: Extent
    refusals: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    places: tuple[tuple[str, str], ...]


def make(duck: Duck, layout: Layout, file: Path, name: str, folder: Path, tell: Tell) -> Made:
    """Return what was made of ``file``, and leave ``rows/`` and ``about/`` in ``folder``.

    Raises:
        IntakeError: not one row could be read, or the engine cannot read the file at all.
    """
    source = Source(file, layout.columns, layout.kinds, layout.delimiter, layout.skip)
    reading = Reading(source, layout.cells, layout.checks, layout.prepared)
    about = folder / "about"
    about.mkdir(parents=True)
    with plain_errors(name):
        tell("reading")
        reading, staged = _staged(duck, reading, folder / "staged")
        unparsed = staged.unparsed
        counts = count(duck, staged)
        _check_counts(duck, reading, name, counts, unparsed)
        tell("numbering songs")
        number_spellings(duck, staged, SPELLING_SQL)
        _write_spellings(duck, about / "spellings.parquet")
        tell("sorting by territory and day")
        places = _write_rows(duck, staged, folder, tell)
        write_cells(duck, staged, about / "cells.parquet")
        notes = findings(duck, layout, name, staged)
        if counts.rejected:
            row_rejects(duck, reading, _REJECTS, parallel=not unparsed)
        others = _others(name, unparsed, notes, len(layout.columns))
        write_problems(duck, name, _REJECTS if counts.rejected else None, others, about / "problems.parquet")
        refusals = _first_refusals(duck, about / "problems.parquet")
        return Made(
            counts.accepted + counts.rejected + len(unparsed), counts.accepted, counts.rejected + len(unparsed),
            counts.quantity, extent(duck, about / "cells.parquet"), refusals, notes, places,
        )  # fmt: skip


def _staged(duck: Duck, reading: Reading, folder: Path) -> tuple[Reading, Staged]:
    """Stage the rows; where a territory is none, stage them again with a check against just those codes.

    Codes are compared once each instead of once a row, because nearly every file holds good ones only.
    """
    staged = stage(duck, reading, folder)
    strange = sorted(code for code in territories(duck, staged) if not is_territory(code))
    if strange:
        listed = ", ".join(f"'{code}'" for code in strange)
        check = Check("territory-unknown", f"territory in ({listed})", "territory", TERRITORY_RULE)
        reading = replace(reading, checks=(*reading.checks, check))
        staged = stage(duck, reading, folder)
    return reading, staged


def _first_refusals(duck: Duck, problems: Path) -> tuple[Problem, ...]:
    return tuple(Problem(*row) for row in problem_rows(duck, problems, "severity = 'rejected'", FEW))


def _check_counts(duck: Duck, reading: Reading, name: str, counts: Counts, unparsed: Sequence[ParseReject]) -> None:
    if counts.accepted == 0 and not counts.rejected and not unparsed:
        raise IntakeError(f"{name}: the file has a header and no rows")
    if counts.accepted == 0:
        number = counts.rejected + len(unparsed)
        first = _first_reason(duck, reading, name, unparsed)
        raise IntakeError(f"{name}: none of the {number:,} rows can be read; the first: {first}")
    if counts.quantity > _LARGEST_SUM:
        raise IntakeError(f"{name}: the quantities add up to {counts.quantity:,}; at most {_LARGEST_SUM:,} is allowed")


def _first_reason(duck: Duck, reading: Reading, name: str, unparsed: Sequence[ParseReject]) -> str:
    if unparsed:
        problem = _parse_problem(name, unparsed[0], len(reading.source.columns))
        return f"{problem.place}, {problem.reason}, found {problem.found}, allowed {problem.allowed}"
    row_rejects(duck, reading, _REJECTS, parallel=True)
    record, reason, found, allowed = duck.rows(
        f"select record, reason, found, allowed from {_REJECTS} order by record limit 1"
    )[0]
    return f"record {record}, {reason}, found {found!r}, allowed {allowed}"


def _parse_problem(name: str, reject: ParseReject, fields: int) -> Problem:
    reason = _PARSE_REASONS.get(reject.kind, "not-parsable")
    missing, many = reason == "fields-missing", reason == "fields-too-many"
    found = {
        "fields-missing": f"{reject.fields} fields",
        "fields-too-many": f"more than {fields} fields",
        "quote-broken": "a quote that does not end where a field ends",
        "not-utf-8": "bytes that are not UTF-8",
        "line-too-long": "a line of more than 2,000,000 bytes",
    }.get(reason, reject.kind.lower())
    allowed = f"{fields} fields, as in the header" if missing or many else "text in UTF-8, quotes closed and doubled"
    return Problem(f"{name}:line {reject.line}", "rejected", reason, found, allowed)


def _others(name: str, unparsed: Sequence[ParseReject], notes: Sequence[Problem], fields: int) -> pa.Table:
    rows = [(0, reject.line, *_parse_problem(name, reject, fields), reject.raw) for reject in unparsed] + [
        (2, n, *note, "") for n, note in enumerate(notes)
    ]
    return pa.table([list(column) for column in zip(*rows, strict=True)] if rows else [[]] * len(_OTHERS),
                    schema=_OTHERS)  # fmt: skip


def _write_spellings(duck: Duck, target: Path) -> None:
    """Write the spellings with their folded words: each distinct spelling is folded once, here."""
    with pq.ParquetWriter(target, _FOLDED, compression="zstd", version="2.6") as writer:
        for batch in spelling_batches(duck):
            folded = {
                name: [fold(str(text)) for text in batch.column(name).to_pylist()] for name in ("title", "artist")
            }
            traits = [merged([text]) if text else "" for text in batch.column("traits").to_pylist()]
            columns = {
                name: folded[name.removeprefix("folded_")] if name.startswith("folded_") else batch.column(name)
                for name in _FOLDED.names
            }
            writer.write_table(pa.table({**columns, "traits": traits}, schema=_FOLDED))


def _write_rows(duck: Duck, staged: Staged, folder: Path, tell: Tell) -> tuple[tuple[str, str], ...]:
    waiting = split(duck, staged, folder / "split")

    def write(engine: Duck, part: Part) -> None:
        write_rows(engine, staged, part, folder / "rows" / part.territory / f"{part.day}.parquet")

    with _several(duck, write) as at_once:
        for n, (part, _) in enumerate(zip(waiting, at_once(waiting), strict=True), 1):
            tell(f"written {part.territory} {part.day}, {n} of {len(waiting)}")
    return tuple((part.territory, part.day) for part in waiting)


@contextmanager
def _several(duck: Duck, write: Callable[[Duck, Part], None]) -> Iterator[Callable[[Sequence[Part]], Iterator[None]]]:
    """Give a map over days that writes some at once: one of few rows keeps a single core busy, with its statement."""
    engines, threads = Queue[Duck](), ThreadPoolExecutor(_AT_ONCE)
    for _ in range(_AT_ONCE):
        engines.put(duck.beside())

    def written(part: Part) -> None:
        engine = engines.get()
        try:
            write(engine, part)
        finally:
            engines.put(engine)

    try:
        yield partial(threads.map, written)
    finally:
        threads.shutdown(cancel_futures=True)
        for _ in range(_AT_ONCE):
            engines.get().close()
