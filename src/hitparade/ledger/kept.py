"""Tables that can always be made again, kept as a file while the same deliveries are in force."""

import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.storage import write_whole

LAYOUT = 8
"""Rises when a kept table would hold other columns, or other values from the same deliveries."""


def kept(folder: Path, name: str, digest: str, make: Callable[[], pa.Table]) -> pa.Table:
    """Return the table kept below ``folder``, or make it, keep it and drop the one it replaces."""
    file = folder / f"{name}-{LAYOUT}-{digest[:16]}.parquet"
    try:
        return pq.ParquetFile(file).read()
    except (FileNotFoundError, pa.ArrowInvalid):  # another process dropped it, or somebody altered it
        table = make()
    write_whole(file, parquet(table))
    for old in folder.glob(f"{name}-*.parquet"):
        if old != file:
            old.unlink(missing_ok=True)
    return table


def parquet(table: pa.Table) -> bytes:
    """Return ``table`` as the bytes of a Parquet file."""
    held = io.BytesIO()
    pq.write_table(table, held, compression="zstd", data_page_version="2.0")
    return held.getvalue()
