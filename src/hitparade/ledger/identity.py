"""Identity as the ledger uses it: what ``catalog`` decides of all spellings in force.

It is kept as one Parquet file, a cache named by the digest of the deliveries in force; throwing it away
loses nothing.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hitparade.catalog.recordings import ISRC_KEY, Recording, SeenSpelling, identify
from hitparade.catalog.spelling import Spelling, text_id
from hitparade.digest import digest_columns
from hitparade.ledger.force import InForce
from hitparade.storage import write_whole

COLUMNS: dict[str, pa.DataType] = {
    "spelling": pa.int64(),
    "recording": pa.int64(),
    "isrc": pa.string(),
    "said_title": pa.string(),
    "said_artist": pa.string(),
    "own_key": pa.string(),
    "key": pa.string(),
    "title": pa.string(),
    "credit": pa.string(),
    "released": pa.date32(),
}
SCHEMA = pa.schema(COLUMNS)


@dataclass(frozen=True)
class Identity:
    """Who is who among the spellings in force; ``table`` is in the order of recording, then spelling."""

    table: pa.Table
    _known: dict[int, Recording] = field(default_factory=dict, repr=False)
    _digests: dict[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def join(self) -> pa.Table:
        """The two columns that an engine joins rows with: spelling and recording."""
        return self.table.select(["spelling", "recording"])

    @cached_property
    def _numbers(self) -> "np.ndarray[Any, np.dtype[np.int64]]":
        return self.table.column("recording").to_numpy()

    def recordings(self, ids: Iterable[int]) -> dict[int, Recording]:
        """Return the recordings with those numbers; unknown numbers are left out."""
        wanted = list(ids)
        for id_ in wanted:
            if id_ not in self._known and (rows := self._rows(id_)).num_rows:
                self._known[id_] = _recording(rows)
        return {id_: self._known[id_] for id_ in wanted if id_ in self._known}

    def resolve(self, key: str) -> Recording | None:
        """Return the recording that a song key leads to, or None.

        A key that an earlier state holds may no longer be the smallest of its recording; any key that one of
        the recording's spellings would give leads to it.
        """
        id_ = text_id(key)
        if self._rows(id_).num_rows:
            return self.recordings([id_])[id_]
        column, said = ("isrc", key[len(ISRC_KEY) :]) if key.startswith(ISRC_KEY) else ("own_key", key)
        place = pc.index(self.table.column(column), pa.scalar(said)).as_py()
        if place < 0 or not said:
            return None
        id_ = int(self._numbers[place])
        return self.recordings([id_])[id_]

    def spellings(self, recording: int) -> dict[int, Spelling]:
        """Return the spellings of a recording by their numbers."""
        rows = self._rows(recording).select(["spelling", "isrc", "said_title", "said_artist"]).to_pylist()
        return {row["spelling"]: Spelling(row["isrc"], row["said_title"], row["said_artist"]) for row in rows}

    def digest_in(self, force: InForce, delivery: str) -> str:
        """Return the digest of what this identity makes of one delivery's spellings."""
        if delivery not in self._digests:
            file = force.paths.deliveries / delivery / "spellings.parquet"
            spellings = pq.read_table(file, columns=["spelling"]).column("spelling").to_numpy()
            order, numbers = self._by_spelling
            found = numbers[np.searchsorted(order, spellings)].astype("<i8").tobytes()
            self._digests[delivery] = digest_columns([("recording", found)])
        return self._digests[delivery]

    @cached_property
    def _by_spelling(self) -> tuple["np.ndarray[Any, Any]", "np.ndarray[Any, Any]"]:
        spellings = self.table.column("spelling").to_numpy()
        order = np.argsort(spellings)
        return spellings[order], self._numbers[order]

    def _rows(self, recording: int) -> pa.Table:
        first = int(np.searchsorted(self._numbers, recording, "left"))
        last = int(np.searchsorted(self._numbers, recording, "right"))
        return self.table.slice(first, last - first)


def identity_of(force: InForce) -> Identity:
    """Return who is who among the deliveries in force, from the kept file or made and kept."""
    file = force.paths.totals / f"identity-{force.digest[:16]}.parquet"
    if not file.is_file():
        _keep(file, _made(_seen(force)))
    return Identity(pq.read_table(file, schema=SCHEMA).combine_chunks())


def _seen(force: InForce) -> Iterator[SeenSpelling]:
    """Give each spelling in force once: rows added up, the earliest release date kept."""
    merged: dict[int, SeenSpelling] = {}
    for delivered in force.deliveries:
        for spelling in _read(force.paths.deliveries / delivered.id / "spellings.parquet"):
            known = merged.get(spelling.spelling)
            merged[spelling.spelling] = spelling if known is None else _both(known, spelling)
    yield from merged.values()


def _read(file: Path) -> Iterator[SeenSpelling]:
    table = pq.read_table(file, columns=list(SeenSpelling._fields))
    columns = (table.column(name).to_pylist() for name in SeenSpelling._fields)
    return (SeenSpelling(*values) for values in zip(*columns, strict=True))


def _both(one: SeenSpelling, other: SeenSpelling) -> SeenSpelling:
    released = min((day for day in (one.released, other.released) if day), default=None)
    return one._replace(rows=one.rows + other.rows, released=released)


def _made(seen: Iterable[SeenSpelling]) -> pa.Table:
    spellings = list(seen)
    numbers, recordings = identify(spellings)
    by_id: Mapping[int, Recording] = {recording.id: recording for recording in recordings}
    spellings.sort(key=lambda spelling: (numbers[spelling.spelling], spelling.spelling))
    rows = [_row(spelling, by_id[numbers[spelling.spelling]]) for spelling in spellings]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(SCHEMA)
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)


def _row(spelling: SeenSpelling, recording: Recording) -> tuple[object, ...]:
    told = (spelling.spelling, recording.id, spelling.isrc, spelling.title, spelling.artist, spelling.key)
    return (*told, recording.key, recording.title, recording.credit, recording.released)


def _recording(rows: pa.Table) -> Recording:
    first = rows.slice(0, 1).to_pylist()[0]
    isrcs = sorted({isrc for isrc in rows.column("isrc").to_pylist() if isrc})
    return Recording(
        first["recording"], first["key"], first["title"], first["credit"], tuple(isrcs), first["released"]
    )


def _keep(file: Path, table: pa.Table) -> None:
    held = io.BytesIO()
    pq.write_table(table, held, compression="zstd")
    write_whole(file, held.getvalue())
    for old in file.parent.glob("identity-*.parquet"):
        if old != file:
            old.unlink(missing_ok=True)
