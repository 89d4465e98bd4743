"""The content digest of totals: equal for equal lines, whatever chunks, encodings or engines hold them."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.digest import digest_columns
from hitparade.engine.totals import SCHEMA


def content_digest(table: pa.Table) -> str:
    """Return the digest of a table of totals."""
    return digest_columns(part for name in SCHEMA.names for part in _canonical(name, table.column(name)))


def file_digest(file: Path) -> str:
    """Return the content digest of a file of totals."""
    return content_digest(pq.ParquetFile(file).read().cast(SCHEMA))


def _canonical(name: str, column: "pa.ChunkedArray[Any]") -> list[tuple[str, bytes]]:
    """Return a column as little-endian numbers; text as its lengths in bytes and then its bytes."""
    if pa.types.is_string(column.type):
        texts = [_text(chunk) for chunk in column.chunks]
        return [
            (f"{name}.lengths", b"".join(lengths for lengths, _ in texts)),
            (name, b"".join(data for _, data in texts)),
        ]
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    return [(name, column.cast(pa.int64()).to_numpy().astype("<i8").tobytes())]


def _text(chunk: "pa.Array[Any]") -> tuple[bytes, bytes]:
    """Return the lengths and the bytes of a text array, wherever it lies in its buffers."""
    _, offsets, data = chunk.buffers()
    if not len(chunk) or offsets is None:
        return b"", b""
    ends = np.frombuffer(memoryview(offsets), dtype="<i4")[chunk.offset : chunk.offset + len(chunk) + 1]
    held = b"" if data is None else memoryview(data)[int(ends[0]) : int(ends[-1])].tobytes()
    return np.diff(ends).astype("<i8").tobytes(), held
