"""What stands in a new delivery's way: the same bytes, the same scope, the same cells."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from hitparade.database import deliveries
from hitparade.engine.duck import Duck
from hitparade.engine.reading_files import Extent, overlapping
from hitparade.errors import OverlapError, UsageError
from hitparade.storage import HousePaths

_D = deliveries.c


@dataclass(frozen=True, slots=True)
class Asked:
    """Who a new delivery is.

    Attributes:
        id, name: its id and its file's name.
        digest, territory, supplier, part: as received.
        reader: the reader's name and version.
        scope: digest of its declared scope, or empty.
        replaces: the delivery that it shall take the place of, or empty.
        again: whether a file that is here shall be read again.
    """

    id: str
    name: str
    digest: str
    territory: str
    supplier: str
    part: str
    reader: str
    scope: str
    replaces: str
    again: bool


def same(connection: Connection, asked: Asked) -> Any | None:  # noqa: ANN401 - a database row
    """Return the delivery of the same bytes, territory, supplier and part, the very same or one in force first."""
    wanted = select(deliveries).where(_D.digest == asked.digest, _D.supplier == asked.supplier, _D.part == asked.part)
    rows = [row for row in connection.execute(wanted.order_by(_D.serial.desc())) if _alike(row, asked)]
    rows.sort(key=lambda row: (row.id != asked.id, row.replaced_by is not None))
    return rows[0] if rows else None


def _alike(row: Any, asked: Asked) -> bool:  # noqa: ANN401 - a database row
    one_format = row.reader.partition("/")[0] == asked.reader.partition("/")[0]
    return bool(row.id == asked.id or (one_format and row.territory == asked.territory and row.scope == asked.scope))


def replaced_by(connection: Connection, asked: Asked) -> str:
    """Return the delivery in force that this one takes the place of, or empty.

    Raises:
        UsageError: ``--replaces`` names none that is in force.
    """
    if asked.replaces:
        row = connection.execute(select(_D.replaced_by).where(_D.id == asked.replaces)).one_or_none()
        if row is None:
            raise UsageError(
                f"--replaces {asked.replaces}: there is no such delivery; `hitparade deliveries` lists them"
            )
        if row.replaced_by not in (None, asked.id):
            raise UsageError(
                f"--replaces {asked.replaces}: this delivery was replaced by {row.replaced_by} already; name that one"
            )
        return asked.replaces
    earlier = same(connection, asked)
    if earlier is not None and earlier.replaced_by is None and earlier.id != asked.id and asked.again:
        return str(earlier.id)
    if not asked.scope:
        return ""
    wanted = select(_D.id).where(_D.scope == asked.scope, _D.replaced_by.is_(None), _D.id != asked.id)
    return str(connection.scalar(wanted.order_by(_D.serial.desc())) or "")


def check_overlap(
    connection: Connection,
    duck: Duck,
    paths: HousePaths,
    asked: Asked,
    extent: Extent,
    cells: Path,
    days: tuple[date, date] | None,
    replaces: str,
) -> None:
    """Refuse a delivery that holds what another one in force holds already.

    Raises:
        OverlapError: the sentence names both, and the first cell that both hold.
    """  # fmt: skip
    first, last = (str(days[0]), str(days[1])) if days else (extent.first_day or "", extent.last_day or "")
    wanted = select(_D.id, _D.name, _D.mapping, _D.first_day, _D.last_day, _D.territories, _D.channels,
                    _D.measures, _D.format).where(
        _D.replaced_by.is_(None), _D.part == asked.part, _D.id.not_in([asked.id, replaces]),
        _D.first_day <= last, _D.last_day >= first,
    )  # fmt: skip
    others = [row for row in connection.execute(wanted.order_by(_D.id)) if _meets(row, extent)]
    for row in others:
        if row.format == "spotify-charts" and row.mapping.endswith("weekly"):
            _refuse(asked, row.id, row.name, f"days {row.first_day} to {row.last_day}, summed up in one week")
    files = {paths.deliveries / row.id / "cells.parquet": row for row in others}
    span = (first, last) if days else None
    found = overlapping(duck, sorted(files), cells, span) if files else []
    if found:
        file, territory, channel, measure, day = found[0]
        row = files[Path(file)]
        _refuse(asked, row.id, row.name, f"territory {territory}, channel {channel}, measure {measure}, day {day}")


def _meets(row: Any, extent: Extent) -> bool:  # noqa: ANN401 - a database row
    def shared(theirs: str, ours: Sequence[str]) -> bool:
        return bool(set(json.loads(theirs)) & set(ours))

    return (
        shared(row.territories, extent.territories)
        and shared(row.channels, extent.channels)
        and shared(row.measures, extent.measures)
    )


def _refuse(asked: Asked, other: str, name: str, what: str) -> None:
    raise OverlapError(
        f"{asked.name}: delivery {other} ({name}) already holds {what}; say --replaces {other} if this file takes its "
        "place, or --part NAME if it is another part of it"
    )
