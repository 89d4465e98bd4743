"""Small files that are written by hand, and what a house holds of them."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from hitparade.house import House

ENTRIES = "day,territory,channel,measure,isrc,title,artist,quantity"


def write(folder: Path, name: str, *lines: str, ends: str = "\n") -> Path:
    """Return a file of ``lines``."""
    file = folder / name
    file.write_bytes(ends.join((*lines, "")).encode())
    return file


def rows_of(house: House, delivery: str) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return the ledger's rows of a delivery by territory and UTC day."""
    found = {}
    for file in sorted(house.paths.rows.glob(f"*/*/{delivery}.parquet")):
        territory, day = (part.partition("=")[2] for part in file.parts[-3:-1])
        found[territory, day] = pq.ParquetFile(file).read().to_pylist()
    return found


def files_of(house: House, delivery: str) -> dict[str, bytes]:
    """Return every file of a delivery's rows, spellings and cells by its place in the house."""
    files = [*house.paths.rows.glob(f"*/*/{delivery}.parquet"), *(house.paths.deliveries / delivery).iterdir()]
    return {
        "/".join(file.relative_to(house.paths.root).parts).replace(delivery, "ID"): file.read_bytes()
        for file in sorted(files)
        if file.name != "problems.parquet"
    }


def reasons(house: House, delivery: str | None = None) -> list[tuple[str, str, str]]:
    """Return place, reason and what was found of each rejected row."""
    return [(p.place, p.reason, p.found) for p in house.problems(delivery) if p.severity == "rejected"]
