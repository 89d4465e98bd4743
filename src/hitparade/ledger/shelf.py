"""Where the totals of one set and territory lie, and how a day's file is put there or replaced."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy import Engine as Database

from hitparade.database import totals_days, writing
from hitparade.engine.content import content_digest
from hitparade.ledger.kept import parquet
from hitparade.storage import HousePaths, commit_point, write_all, writer_lock

_SMALL = 20_000
"""Lines below which a file is packed quickly rather than tightly: there are many such files, and little in each."""


class DayTotals(NamedTuple):
    """A row of ``totals_days``: what went into a day's file (as :class:`~hitparade.ledger.redo.Inputs` says it)."""

    inputs: str
    content: str
    rows: int


class Made(NamedTuple):
    """A day's totals as computed; no table when no delivery in force holds rows of the day any more."""

    day: date
    inputs: str
    table: pa.Table | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The totals of one set and territory; the rows of ``totals_days`` say which files are true."""

    paths: HousePaths
    database: Database
    totals_set: str
    territory: str

    def committed(self, days: Iterable[date]) -> dict[date, DayTotals]:
        """Return what the house database says of each of ``days`` that has totals."""
        table = totals_days.c
        wanted = (
            select(table.day, table.inputs, table.content, table.rows)
            .where(table.totals_set == self.totals_set, table.territory == self.territory)
            .where(table.day.in_([str(day) for day in days]))
            .order_by(table.day)
        )
        with self.database.connect() as connection:
            return {date.fromisoformat(row.day): DayTotals(*row[1:]) for row in connection.execute(wanted)}

    def file(self, day: date, content: str) -> Path:
        """Return where totals with that content digest lie."""
        return self.paths.totals / self.totals_set / self.territory / f"{day}-{content[:16]}.parquet"

    def files(self, days: Iterable[date]) -> dict[date, Path]:
        """Return the file of each of ``days`` that has totals."""
        return {day: self.file(day, known.content) for day, known in self.committed(days).items()}

    def stands(self, day: date, known: DayTotals | None, inputs: str) -> bool:
        """Return whether ``known`` was made from ``inputs`` and its file is there; no inputs, no totals."""
        if known is None or not inputs:
            return known is None and not inputs
        return known.inputs.partition(" ")[0] == inputs and self.file(day, known.content).is_file()

    def put(self, days: Sequence[Made]) -> None:
        """Write the files of some days, commit the rows that make them true, remove what they replace."""
        with writer_lock(self.paths):
            before = self.committed([made.day for made in days])
            rows = self._written(days)
            commit_point("totals:written")
            with writing(self.database) as transaction:
                self._commit(transaction, rows)
            commit_point("totals:committed")
            for day, old in before.items():
                new = rows[day]
                if new is None or new.content != old.content:
                    self.file(day, old.content).unlink(missing_ok=True)

    def _written(self, days: Sequence[Made]) -> dict[date, DayTotals | None]:
        """Write the files of some days and return the rows that are to be true."""
        rows, files = dict[date, DayTotals | None](), dict[Path, pa.Table]()
        for made in days:
            rows[made.day] = None
            if made.table is not None:
                content = content_digest(made.table)
                rows[made.day] = DayTotals(made.inputs, content, made.table.num_rows)
                files[self.file(made.day, content)] = made.table
        write_all((file, _parquet(table)) for file, table in files.items())
        return rows

    def _commit(self, transaction: Connection, rows: Mapping[date, DayTotals | None]) -> None:
        table = totals_days.c
        key = {"totals_set": self.totals_set, "territory": self.territory}
        old = delete(totals_days).where(table.totals_set == self.totals_set, table.territory == self.territory)
        transaction.execute(old.where(table.day.in_([str(day) for day in rows])))
        new = [{**key, "day": str(day), **row._asdict()} for day, row in rows.items() if row is not None]
        if new:
            transaction.execute(insert(totals_days), new)


def _parquet(table: pa.Table) -> bytes:
    """Return a day's totals as the bytes of a Parquet file."""
    if table.num_rows >= _SMALL:
        return parquet(table)
    held = io.BytesIO()
    pq.write_table(table, held, compression="lz4", data_page_version="2.0")
    return held.getvalue()
