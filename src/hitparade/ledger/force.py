"""The deliveries in force, and where each of them holds rows."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlalchemy import Engine as Database
from sqlalchemy import select

from hitparade.database import deliveries
from hitparade.digest import digest_of
from hitparade.errors import HouseError
from hitparade.ledger.kept import kept
from hitparade.storage import HousePaths


class Delivered(NamedTuple):
    """A delivery in force: its id, the file's name and digest, and whether it is simulated."""

    id: str
    name: str
    digest: str
    simulated: bool


class Cell(NamedTuple):
    """What one delivery holds of one territory, channel, measure and partition day."""

    territory: str
    channel: str
    measure: str
    day: date
    rows: int
    quantity: int


_COLUMNS: dict[str, pa.DataType] = {
    "delivery": pa.string(),
    "territory": pa.string(),
    "channel": pa.string(),
    "measure": pa.string(),
    "day": pa.date32(),
    "rows": pa.int64(),
    "quantity": pa.int64(),
}
CELLS = pa.schema(_COLUMNS)

Series = Mapping[tuple[str, str], Mapping[date, tuple[int, int]]]
"""By channel and measure, then by day: rows and quantity."""


class Held(NamedTuple):
    """What is held of one territory: the deliveries and the number of rows by partition day, and what was reported."""

    places: Mapping[date, tuple[str, ...]]
    rows: Mapping[date, int]
    series: Series


class _Lazily(Mapping[str, Series]):
    """The series of territories, each made when it is first asked for: an issue asks for one of many."""

    def __init__(self, territories: Iterable[str], made: Callable[[str], Held]) -> None:
        self._territories, self._made = dict.fromkeys(territories), made

    def __getitem__(self, territory: str) -> Series:
        if territory not in self._territories:
            raise KeyError(territory)
        return self._made(territory).series

    def __iter__(self) -> Iterator[str]:
        return iter(self._territories)

    def __len__(self) -> int:
        return len(self._territories)


@dataclass(frozen=True)
class InForce:
    """Every delivery in force at one moment, in the order of their ids."""

    paths: HousePaths
    deliveries: tuple[Delivered, ...]

    @cached_property
    def digest(self) -> str:
        """The digest that names this set of deliveries."""
        return digest_of([delivered.id for delivered in self.deliveries])

    @cached_property
    def cells(self) -> Mapping[str, tuple[Cell, ...]]:
        """The cells of each delivery."""
        table = self._table
        found: dict[str, list[Cell]] = {delivered.id: [] for delivered in self.deliveries}
        for id_, *cell in zip(*(column.to_pylist() for column in table.columns), strict=True):
            found[id_].append(Cell(*cell))
        return {id_: tuple(cells) for id_, cells in found.items()}

    @cached_property
    def _table(self) -> pa.Table:
        return kept(self.paths.totals, "cells", self.digest, self._cells)

    def _cells(self) -> pa.Table:
        tables = [_cells_of(self.paths.deliveries / delivered.id, delivered.id) for delivered in self.deliveries]
        return pa.concat_tables(tables) if tables else CELLS.empty_table()

    @cached_property
    def _of(self) -> Callable[[str], Held]:
        return cache(self._held)

    def _held(self, territory: str) -> Held:
        table = self._table.filter(pc.equal(self._table.column("territory"), pa.scalar(territory)))
        places, rows = defaultdict[date, set[str]](set), defaultdict[date, int](int)
        series = defaultdict[tuple[str, str], dict[date, tuple[int, int]]](dict)
        named = ("delivery", "channel", "measure", "day", "rows", "quantity")
        for id_, *key, day, more, quantity in zip(*(table.column(name).to_pylist() for name in named), strict=True):
            places[day].add(id_)
            rows[day] += more
            days = series[key[0], key[1]]
            before = days.get(day, (0, 0))
            days[day] = (before[0] + more, before[1] + quantity)
        return Held({day: tuple(sorted(ids)) for day, ids in places.items()}, rows, dict(series))

    def holding(self, territory: str, partition_days: Iterable[date]) -> tuple[str, ...]:
        """Return the ids of the deliveries with rows of ``territory`` in those partitions, sorted."""
        return tuple(sorted({id_ for day in partition_days for id_ in self._of(territory).places.get(day, ())}))

    def rows(self, territory: str, partition_days: Iterable[date]) -> int:
        """Return how many rows of ``territory`` lie in those partitions."""
        return sum(self._of(territory).rows.get(day, 0) for day in partition_days)

    def files(
        self, territory: str, partition_days: Iterable[date], wanted: Callable[[str], bool] | None = None
    ) -> tuple[Path, ...]:
        """Return the row files of ``territory`` in those partitions, sorted; of some measures only, if asked.

        Raises:
            HouseError: a file that a delivery's cells name is not there.
        """
        made = [
            self.paths.rows / f"territory={territory}" / f"day={day}" / f"{id_}.parquet"
            for day in sorted(set(partition_days))
            for id_ in self._of(territory).places.get(day, ())
            if wanted is None or any(wanted(cell.measure) for cell in self.cells[id_])
        ]
        for file in made:
            if not file.is_file():
                raise HouseError(f"{file}: this file of the ledger is gone; `hitparade doctor` says what can be done")
        return tuple(made)

    def kinds(self, territory: str, partition_days: Iterable[date]) -> tuple[tuple[str, str], ...]:
        """Return the channels and measures that ``territory`` reported in those partitions, sorted."""
        days = list(partition_days)
        series = self.series.get(territory, {})
        return tuple(sorted(key for key, told in series.items() if any(day in told for day in days)))

    @cached_property
    def series(self) -> Mapping[str, Series]:
        """For each territory, what each channel reported of each measure by partition day."""
        return _Lazily(sorted(map(str, pc.unique(self._table.column("territory")).to_pylist())), self._of)


def in_force(paths: HousePaths, database: Database) -> InForce:
    """Return the deliveries that nothing has replaced."""
    table = deliveries.c
    wanted = select(table.id, table.name, table.digest, table.simulated).where(table.replaced_by.is_(None))
    with database.connect() as connection:
        rows = connection.execute(wanted.order_by(table.id)).all()
    return InForce(paths, tuple(Delivered(row.id, row.name, row.digest, bool(row.simulated)) for row in rows))


def _cells_of(folder: Path, delivery: str) -> pa.Table:
    told = pq.ParquetFile(folder / "cells.parquet").read(list(Cell._fields)).select(list(Cell._fields))
    return told.add_column(0, "delivery", pa.repeat(pa.scalar(delivery), told.num_rows)).cast(CELLS)


def files_using(force: InForce, spellings: Collection[int]) -> list[tuple[date, Path]]:
    """Return partition day and row file of the deliveries that use one of these spellings, in order."""
    wanted, found = pa.array(sorted(spellings), pa.int64()), []
    for delivered in force.deliveries if len(wanted) else ():
        said = pq.ParquetFile(force.paths.deliveries / delivered.id / "spellings.parquet").read(["spelling"])
        if pc.any(pc.is_in(said.column("spelling"), wanted)).as_py():
            places = {(cell.day, cell.territory) for cell in force.cells[delivered.id]}
            found += [
                (day, force.paths.rows / f"territory={territory}" / f"day={day}" / f"{delivered.id}.parquet")
                for day, territory in places
            ]
    return sorted(found)
