"""Where the totals of one set and territory lie, and how a day's file is put there or replaced."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
from sqlalchemy import Engine as Database
from sqlalchemy import delete, insert, select

from hitparade.database import totals_days, writing
from hitparade.engine.content import content_digest
from hitparade.ledger.kept import parquet
from hitparade.storage import HousePaths, commit_point, write_whole, writer_lock


class DayTotals(NamedTuple):
    """A row of ``totals_days``: what went into a day's file, and what it holds."""

    inputs: str
    content: str
    rows: int


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
        return known.inputs == inputs and self.file(day, known.content).is_file()

    def put(self, day: date, table: pa.Table | None, inputs: str) -> None:
        """Write a day's file, commit the row that makes it true, then remove the file it replaces.

        ``None`` takes the day's totals away: no delivery in force holds rows of it any more.
        """
        content = content_digest(table) if table is not None else ""
        with writer_lock(self.paths):
            before = self.committed([day]).get(day)
            if table is not None:
                write_whole(self.file(day, content), parquet(table))
            commit_point("totals:written")
            self._commit(day, DayTotals(inputs, content, table.num_rows) if table is not None else None)
            commit_point("totals:committed")
            if before is not None and before.content != content:
                self.file(day, before.content).unlink(missing_ok=True)

    def _commit(self, day: date, made: DayTotals | None) -> None:
        key = {"totals_set": self.totals_set, "territory": self.territory, "day": str(day)}
        with writing(self.database) as transaction:
            old = delete(totals_days)
            for column, said in key.items():
                old = old.where(totals_days.c[column] == said)
            transaction.execute(old)
            if made is not None:
                transaction.execute(insert(totals_days).values(**key, **made._asdict()))
