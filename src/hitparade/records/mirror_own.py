"""The lines of a chart's own editions in force, kept as one file a chart, so that a new edition adds only itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Engine

from hitparade.archive import edition as editions
from hitparade.archive import index
from hitparade.archive.index import EditionRow
from hitparade.records.mirror_columns import columns
from hitparade.storage import HousePaths

SCHEMA = columns(
    issue=pa.date32(),
    position=pa.int32(),
    title=pa.string(),
    credit=pa.string(),
    own_key=pa.string(),
    last=pa.int32(),
    peak=pa.int32(),
    weeks=pa.int32(),
    points=pa.int64(),
    place=pa.string(),
    source=pa.string(),
    edition=pa.string(),
    simulated=pa.bool_(),
)
"""Lines as the mirror reads them; ``own_key`` is the song's key in the edition. An edition without lines has one
row whose position is null."""


def lines(paths: HousePaths, database: Engine, chart: str, before: Path | None) -> pa.Table:
    """Return the lines of a chart's shown editions by issue and position; ``before`` holds those read earlier."""
    rows = {_name(row): row for row in index.public(database, chart)}
    known = (
        pq.read_table(before, partitioning=None) if before is not None and before.is_file() else SCHEMA.empty_table()
    )
    seen = set(known.column("edition").unique().to_pylist())
    kept = known.filter(pa.compute.is_in(known.column("edition"), pa.array(sorted(rows), pa.string())))
    new = [line for name, row in rows.items() if name not in seen for line in _lines(paths, row, name)]
    whole = pa.concat_tables([kept, pa.Table.from_pylist(new, SCHEMA)])
    return whole.sort_by([("issue", "ascending"), ("position", "ascending")]).combine_chunks()


def _name(row: EditionRow) -> str:
    return f"{row.issue_date} ed{row.number} {row.digest}"


def _lines(paths: HousePaths, row: EditionRow, name: str) -> Iterator[dict[str, Any]]:
    folder = editions.folder_of(paths.editions, row.chart, row.issue_date, row.number)
    said = editions.read(folder).said
    place = (folder / editions.EDITION).relative_to(paths.root)
    rest = {
        "issue": row.issue_date,
        "edition": name,
        "source": f"ed{row.number} {row.digest[:8]}",
        "simulated": bool(said["simulated"]),
    }
    entries: list[dict[str, Any]] = said["body"]["entries"] or [{}]
    for entry in entries:
        yield {**_line(entry), **rest, "place": f"{place} position {entry['position']}" if entry else str(place)}


def _line(entry: dict[str, Any]) -> dict[str, Any]:
    if not entry:
        return {"position": None, "title": "", "credit": "", "own_key": ""}
    return {
        "position": entry["position"],
        "title": entry["title"],
        "credit": entry["credit"],
        "own_key": entry["song"],
        "last": entry["previous_position"],
        "peak": entry["peak"],
        "weeks": entry["weeks_on_chart"],
        "points": entry["points"],
    }
