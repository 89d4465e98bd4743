"""Tables that can always be made again, kept as a file while the same deliveries are in force."""

import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.storage import write_whole


def kept(folder: Path, name: str, digest: str, make: Callable[[], pa.Table]) -> pa.Table:
    """Return the table kept as ``<name>-<digest>.parquet``, or make it, keep it and drop what it replaces."""
    file = folder / f"{name}-{digest[:16]}.parquet"
    try:
        return pq.ParquetFile(file).read()
    except FileNotFoundError:
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
