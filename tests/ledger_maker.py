"""Makes deliveries from rows in Python, laid out as intake lays them out: a test says what a ledger holds.

deliver(house, [Row("Closer", "The Chainsmokers", day=date(2016, 9, 2), quantity=10)])
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import func, select

from hitparade import database
from hitparade.catalog.folding import fold
from hitparade.catalog.spelling import spelling_id
from hitparade.digest import digest_of
from hitparade.house import House

ROWS = pa.schema(
    [
        ("spelling", pa.int64()),
        ("at", pa.timestamp("us")),
        ("day", pa.date32()),
        ("channel", pa.string()),
        ("measure", pa.string()),
        ("quantity", pa.int64()),
        ("audience", pa.int64()),
        ("ms_played", pa.int64()),
        ("consumer", pa.string()),
        ("revenue", pa.int64()),
        ("currency", pa.string()),
        ("record", pa.int64()),
        ("product", pa.string()),
        ("event", pa.string()),
        ("titles", pa.int64()),
        ("tracks", pa.int64()),
        ("lead_track", pa.bool_()),
    ]
)
SORTED_BY = [
    "spelling",
    "consumer",
    *(name for name in ROWS.names if name not in {"spelling", "consumer", "record"}),
]
SPELLINGS = pa.schema(
    [
        ("spelling", pa.int64()),
        ("isrc", pa.string()),
        ("title", pa.string()),
        ("artist", pa.string()),
        ("folded_title", pa.string()),
        ("folded_artist", pa.string()),
        ("released", pa.date32()),
        ("rows", pa.int64()),
        ("quantity", pa.int64()),
    ]
)
CELLS = pa.schema(
    [
        ("territory", pa.string()),
        ("channel", pa.string()),
        ("measure", pa.string()),
        ("day", pa.date32()),
        ("rows", pa.int64()),
        ("quantity", pa.int64()),
    ]
)


class Row(NamedTuple):
    """One accepted row of a delivery; ``at`` is naive UTC, ``day`` the sender's civil day; one is given."""

    title: str = ""
    artist: str = ""
    isrc: str = ""
    at: datetime | None = None
    day: date | None = None
    channel: str = "radio"
    measure: str = "detection"
    quantity: int = 1
    audience: int | None = None
    ms_played: int | None = None
    consumer: str | None = None
    revenue: int | None = None
    currency: str | None = None
    territory: str = "GB"
    released: date | None = None
    product: str | None = None
    event: str | None = None
    titles: int | None = None
    tracks: int | None = None
    lead_track: bool | None = None

    @property
    def spelling(self) -> int:
        """The number of the row's spelling."""
        return spelling_id(self.isrc, self.title, self.artist)

    @property
    def partition(self) -> date:
        """The day of the partition that holds the row."""
        if self.at is not None:
            return self.at.date()
        assert self.day is not None, "a row has a day or an instant"
        return self.day


def _stored(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name, None) for name in ROWS.names}


def _order(stored: dict[str, Any]) -> tuple[Any, ...]:
    return tuple((stored[key] is None, stored[key] if stored[key] is not None else 0) for key in SORTED_BY)


def _write(path: Path, rows: Sequence[dict[str, Any]], schema: pa.Schema) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), path, compression="zstd")


def _spellings(rows: Sequence[Row]) -> list[dict[str, Any]]:
    by: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by[row.spelling].append(row)
    return [
        {
            "spelling": number,
            "isrc": said[0].isrc,
            "title": said[0].title,
            "artist": said[0].artist,
            "folded_title": fold(said[0].title),
            "folded_artist": fold(said[0].artist),
            "released": min((row.released for row in said if row.released), default=None),
            "rows": len(said),
            "quantity": sum(row.quantity for row in said),
        }
        for number, said in sorted(by.items())
    ]


def _cells(rows: Sequence[Row]) -> list[dict[str, Any]]:
    by: dict[tuple[str, str, str, date], list[int]] = defaultdict(list)
    for row in rows:
        by[row.territory, row.channel, row.measure, row.partition].append(row.quantity)
    return [
        dict(zip(CELLS.names, (*key, len(quantities), sum(quantities)), strict=True))
        for key, quantities in sorted(by.items())
    ]


def deliver(
    house: House,
    rows: Iterable[Row],
    *,
    name: str = "made.csv",
    supplier: str = "test",
    simulated: bool = False,
    replaces: str | None = None,
) -> str:
    """Return the id of a new delivery in force that holds ``rows``; its id derives from rows and name."""
    rows = list(rows)
    stored = [_stored(row) for row in rows]
    digest = digest_of(sorted([name, *map(str, row)] for row in rows))
    delivery = f"d-{digest_of([digest, name, supplier])[:12]}"
    parts: dict[tuple[str, date], list[dict[str, Any]]] = defaultdict(list)
    for row, kept in zip(rows, stored, strict=True):
        parts[row.territory, row.partition].append(kept)
    for (territory, day), part in parts.items():
        folder = house.paths.rows / f"territory={territory}" / f"day={day}"
        _write(folder / f"{delivery}.parquet", sorted(part, key=_order), ROWS)
    folder = house.paths.deliveries / delivery
    _write(folder / "spellings.parquet", _spellings(rows), SPELLINGS)
    _write(folder / "cells.parquet", _cells(rows), CELLS)
    days = sorted(row.partition for row in rows)
    with database.writing(house.database) as transaction:
        table = database.deliveries
        serial = (transaction.scalar(select(func.max(table.c.serial))) or 0) + 1
        transaction.execute(
            table.insert().values(
                id=delivery,
                serial=serial,
                name=name,
                digest=digest,
                bytes=0,
                format="made",
                reader="made 1",
                mapping="",
                supplier=supplier,
                territory="",
                part="",
                scope="",
                first_day=str(days[0]) if days else None,
                last_day=str(days[-1]) if days else None,
                channels=json.dumps(sorted({row.channel for row in rows})),
                measures=json.dumps(sorted({row.measure for row in rows})),
                territories=json.dumps(sorted({row.territory for row in rows})),
                received=len(rows),
                accepted=len(rows),
                rejected=0,
                notes=0,
                quantity=sum(row.quantity for row in rows),
                simulated=int(simulated),
                original=None,
                replaced_by=None,
                received_at="2026-01-02T03:04:05Z",
            )
        )
        if replaces:
            transaction.execute(table.update().where(table.c.id == replaces).values(replaced_by=delivery))
    return delivery
