"""Looking at what was received: deliveries and their problems."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine as Database
from sqlalchemy import select

from hitparade.database import deliveries
from hitparade.engine.duck import Duck, file_list, literal
from hitparade.errors import UsageError
from hitparade.storage import HousePaths

_D = deliveries.c


@dataclass(frozen=True, slots=True)
class Delivery:
    """One received file, as the house knows it; the fields are those of the database's table."""

    id: str
    name: str
    format: str
    mapping: str
    supplier: str
    territory: str
    part: str
    first_day: str | None
    last_day: str | None
    territories: tuple[str, ...]
    channels: tuple[str, ...]
    measures: tuple[str, ...]
    received: int
    accepted: int
    rejected: int
    notes: int
    quantity: int
    simulated: bool
    replaced_by: str | None
    received_at: str


def received(database: Database, *, every: bool = False) -> tuple[Delivery, ...]:
    """Return the deliveries in force, or with ``every`` the replaced ones too, in the order of receipt."""
    wanted = select(deliveries).order_by(_D.serial)
    if not every:
        wanted = wanted.where(_D.replaced_by.is_(None))
    with database.connect() as connection:
        rows = connection.execute(wanted).mappings().all()
    lists = ("territories", "channels", "measures")
    plain = [name for name in Delivery.__dataclass_fields__ if name not in (*lists, "simulated")]
    return tuple(
        Delivery(
            **{name: row[name] for name in plain}
            | {name: tuple(json.loads(row[name])) for name in lists}
            | {"simulated": bool(row["simulated"])}
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem of a delivery, with the whole rejected row as received (empty for notes)."""

    delivery: str
    place: str
    severity: str
    reason: str
    found: str
    allowed: str
    raw: str


def problems(paths: HousePaths, database: Database, duck: Duck, delivery: str | None) -> tuple[Complaint, ...]:
    """Return the problems of a delivery, or of all that are in force, in the order of the files."""
    files = _files(paths, database, delivery)
    return tuple(Complaint(*row) for row in duck.rows(_wanted(files))) if files else ()


def export(paths: HousePaths, database: Database, duck: Duck, delivery: str | None, target: Path) -> int:
    """Write the problems to a CSV or Parquet file and return how many there are.

    Raises:
        UsageError: the file's name ends in neither .csv nor .parquet, or its folder is not there.
    """
    kinds = {".csv": "(format csv, header)", ".parquet": "(format parquet, compression zstd)"}
    if target.suffix not in kinds:
        raise UsageError(f"--export {target}: the name ends in {target.suffix!r}; allowed are .csv and .parquet")
    if not target.absolute().parent.is_dir():
        raise UsageError(f"--export {target}: there is no folder {target.parent} to write it into")
    files = _files(paths, database, delivery)
    wanted = _wanted(files) if files else _NOTHING
    duck.run(f"copy ({wanted}) to {literal(target)} {kinds[target.suffix]}")
    return int(duck.rows(f"select count(*) from ({wanted})")[0][0])


_NOTHING = (
    "select '' as delivery, '' as place, '' as severity, '' as reason, '' as found, '' as allowed, '' as raw limit 0"
)


def _files(paths: HousePaths, database: Database, delivery: str | None) -> Sequence[tuple[str, Path]]:
    wanted = select(_D.id).order_by(_D.serial)
    wanted = wanted.where(_D.id == delivery) if delivery else wanted.where(_D.replaced_by.is_(None))
    with database.connect() as connection:
        ids = connection.scalars(wanted).all()
    if delivery and not ids:
        raise UsageError(f"{delivery}: there is no such delivery; `hitparade deliveries --all` lists them")
    return [(id_, paths.deliveries / id_ / "problems.parquet") for id_ in ids]


def _wanted(files: Sequence[tuple[str, Path]]) -> str:
    order = " ".join(f"when {literal(id_)} then {n}" for n, (id_, _) in enumerate(files))
    return (
        "select delivery, place, severity, reason, found, allowed, raw from (select *, "
        "parse_path(filename)[-2] as delivery from "
        f"read_parquet({file_list([file for _, file in files])}, filename=true)) "
        f"order by case delivery {order} end, ordinal"
    )
