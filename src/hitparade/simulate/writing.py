"""Rows become files: Parquet in the ``entries`` layout, a control file beside each, and content digests."""

from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hitparade.digest import digest_columns, digest_of
from hitparade.simulate.dice import Ints
from hitparade.simulate.rows import EMPTY, TEXTS, Rows, Words, joined, length
from hitparade.storage import write_whole

_FULL_GROUP = 500_000
_TEXT = pa.dictionary(pa.int32(), pa.string())
_TYPES: dict[str, Any] = {
    "day": pa.date32(),
    "at": pa.timestamp("us"),
    "territory": _TEXT,
    "channel": _TEXT,
    "measure": _TEXT,
    "isrc": _TEXT,
    "title": _TEXT,
    "artist": _TEXT,
    "quantity": pa.int64(),
    "ms_played": pa.int64(),
    "audience": pa.int64(),
    "consumer": _TEXT,
    "price": _TEXT,
    "currency": _TEXT,
    "released": pa.date32(),
}
COLUMNS = tuple(_TYPES)
"""The columns of the ``entries`` layout, in the order in which they are written."""


@dataclass(frozen=True, slots=True)
class FileNote:
    """One file that was written: its place below the market's folder, and what its sender says is in it."""

    path: str
    supplier: str
    rows: int
    quantity: int
    digest: str


def compact(codes: Ints, table: tuple[str, ...]) -> tuple[Ints, list[str]]:
    """Return codes into the sorted list of only those texts that occur, and that list."""
    there = np.bincount(codes[codes >= 0], minlength=len(table)) > 0
    numbers = np.append(np.cumsum(there) - 1, EMPTY)
    return numbers[codes], [table[n] for n in np.flatnonzero(there)]


def canonical(column: Ints, texts: list[str] | None = None) -> bytes:
    """Return the one byte form of a column: the texts it points into, then eight bytes a row."""
    return "\x1f".join(texts or ()).encode() + b"\0" + np.ascontiguousarray(column, "<i8").tobytes()


def _array(name: str, column: Ints, texts: list[str] | None) -> Any:  # noqa: ANN401 - an Arrow array of any type
    empty = column < 0 if name != "released" else column == EMPTY
    mask = empty if empty.any() else None
    if texts is not None:
        codes: Any = pa.array(column.astype(np.int32), mask=mask)
        return pa.DictionaryArray.from_arrays(codes, pa.array(texts, pa.string()))
    kind = _TYPES[name]
    return pa.array(column.astype(np.int32) if kind == pa.date32() else column, kind, mask=mask)


@dataclass
class EntriesFile:
    """One Parquet file under construction; rows are given day by day and leave in large groups."""

    path: Path
    words: Words
    seed: int
    supplier: str
    waiting: list[Rows] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    rows: int = 0
    quantity: int = 0
    writer: Any = None

    def __enter__(self) -> Self:
        said: Any = {"hitparade.simulated": "true", "hitparade.seed": str(self.seed)}
        dictionary: Any = [*TEXTS, "day", "released", "quantity"]
        self.writer = pq.ParquetWriter(
            self.path,
            pa.schema(_TYPES.items()),
            compression="zstd",
            compression_level=1,
            use_dictionary=dictionary,
            column_encoding={
                "at": "DELTA_BINARY_PACKED",
                "ms_played": "DELTA_BINARY_PACKED",
                "audience": "DELTA_BINARY_PACKED",
            },
            write_statistics=["at", "day"],
            store_schema=False,
        )
        self.writer.add_key_value_metadata(said)
        return self

    def add(self, rows: Rows) -> None:
        """Take some rows."""
        if length(rows):
            self.waiting.append(rows)
        if sum(map(length, self.waiting)) >= _FULL_GROUP:
            self._flush()

    def _flush(self) -> None:
        rows, size = joined(self.waiting), sum(map(length, self.waiting))
        self.waiting.clear()
        arrays, seals = [], {}
        for name in COLUMNS:
            column, texts = rows.get(name, np.full(size, EMPTY, np.int64)), None
            if name in TEXTS:
                column, texts = compact(column, self.words.tables[name])
            arrays.append(_array(name, column, texts))
            seals[name] = canonical(column, texts)
        self.groups.append(digest_columns(sorted(seals.items())))
        self.rows += size
        self.quantity += int(rows["quantity"].sum())
        self.writer.write_table(pa.Table.from_arrays(arrays, schema=self.writer.schema), row_group_size=max(1, size))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self.waiting:
            self._flush()
        self.writer.close()

    def note(self, folder: Path) -> FileNote:
        """Return what was written; the control file is put beside it."""
        made = FileNote(
            self.path.relative_to(folder).as_posix(),
            self.supplier,
            self.rows,
            self.quantity,
            digest_of(self.groups),
        )
        write_control(self.path, made)
        return made


def write_control(path: Path, note: FileNote, *, quantity: bool = True) -> None:
    """Write the control file of ``path``: who sends it, that it is simulated, and the sender's own sums."""
    lines = [f'supplier = "{note.supplier}"', "simulated = true", "", "[balance]", f"rows = {note.rows}"]
    if quantity:
        lines.append(f"quantity = {note.quantity}")
    write_whole(path.with_name(f"{path.name}.control.toml"), ("\n".join(lines) + "\n").encode())


def digest_of_file(path: Path) -> str:
    """Return the content digest of a written Parquet file, read back: equal to the one in the manifest."""
    source = pq.ParquetFile(path)
    return digest_of([_seal(source.read_row_group(n)) for n in range(source.num_row_groups)])


def _seal(table: pa.Table) -> str:
    seals = {}
    for name in COLUMNS:
        column, texts = table[name].combine_chunks(), None
        if name in TEXTS:
            texts = sorted({text for text in column.unique().to_pylist() if text is not None})
            column = pc.index_in(column, pa.array(texts, pa.string()))
        plain = column.cast(pa.int32()) if column.type == pa.date32() else column
        seals[name] = canonical(plain.cast(pa.int64()).fill_null(EMPTY).to_numpy(zero_copy_only=False), texts)
    return digest_columns(sorted(seals.items()))
