"""Parquet files: one row a printed line, columns by mapping or by common names."""

from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.archive.formats.printed import Printed
from hitparade.errors import ArchiveError


def columns(data: bytes, name: str) -> tuple[str, ...]:
    """Return the names of a file's columns."""
    return tuple(_schema(data, name).names)


def _schema(data: bytes, name: str) -> pa.Schema:
    try:
        return pq.read_schema(pa.BufferReader(data))
    except (pa.ArrowException, OSError) as error:
        raise ArchiveError(f"{name}: the Parquet file cannot be read: {str(error).splitlines()[0]}") from error


def read(data: bytes, name: str, fields: dict[str, str]) -> Printed:
    """Return the records of a Parquet file; ``fields`` says which column holds what."""
    schema = _schema(data, name)
    try:
        table = pq.read_table(pa.BufferReader(data), columns=list(dict.fromkeys(fields.values())))
        texts = {field: _text(table.column(column)) for field, column in fields.items()}
    except (pa.ArrowException, OSError) as error:
        raise ArchiveError(f"{name}: the Parquet file cannot be read: {str(error).splitlines()[0]}") from error
    simulated = (schema.metadata or {}).get(b"hitparade.simulated") == b"true"
    return Printed(texts, pa.array(range(1, table.num_rows + 1), pa.int64()), simulated=simulated)


def _text(column: "pa.ChunkedArray[Any]") -> "pa.Array[Any]":
    whole = column.combine_chunks()
    if pa.types.is_dictionary(whole.type):
        whole = whole.cast(whole.type.value_type)
    return whole.cast(pa.string())
