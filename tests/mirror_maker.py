"""Houses with imported lines, made straight from rows: what the importer stores, without a file to import."""

from collections.abc import Iterable
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq

from hitparade import database as db
from hitparade.archive import series as archives
from hitparade.digest import digest_of
from hitparade.house import House

Line = tuple[str, int, str, str]
"""Issue, position, title and credit."""


def lines_table(lines: Iterable[Line], printed: dict[str, list[int | None]] | None = None) -> pa.Table:
    """Return printed lines as the archive stores them; ``printed`` gives published columns in the same order."""
    rows = list(lines)
    columns = {
        "issue": [date.fromisoformat(line[0]) for line in rows],
        "position": [line[1] for line in rows],
        "title": [line[2] for line in rows],
        "credit": [line[3] for line in rows],
        "place": [f"made.csv record {number}" for number in range(1, len(rows) + 1)],
        "record": list(range(1, len(rows) + 1)),
        **(printed or {}),
    }
    nothing = [None] * len(rows)
    arrays = [pa.array(columns.get(field.name, nothing), field.type) for field in archives.SCHEMA]
    table = pa.table(arrays, schema=archives.SCHEMA)
    return table.sort_by([("issue", "ascending"), ("position", "ascending"), ("record", "ascending")])


def hold(
    house: House, series: str, lines: pa.Table | Iterable[Line], *, kind: str = "chart", title: str = "",
    territory: str = "", publisher: str = "", size: int | None = None, simulated: bool = False,
) -> str:  # fmt: skip
    """Let a house hold these lines as an import of a series that replaces those before it; return its id."""
    table = lines if isinstance(lines, pa.Table) else lines_table(lines)
    number = "a-" + digest_of([series, [[str(cell) for cell in column.to_pylist()] for column in table.columns]])[:12]
    place = house.paths.archives / series / number
    place.mkdir(parents=True)
    pq.write_table(table, place / archives.LINES)
    days = table.column("issue").to_pylist()
    with db.writing(house.database) as transaction:
        count = transaction.execute(db.archive_imports.select()).all()
        transaction.execute(
            db.archive_imports.update().where(db.archive_imports.c.series == series).values(replaced_by=number)
        )
        if all(row.series != series for row in count):
            transaction.execute(
                db.archive_series.insert().values(
                    id=series, title=title or series, publisher=publisher, territory=territory, kind=kind, size=size,
                    source="made for a test",
                )
            )  # fmt: skip
        transaction.execute(
            db.archive_imports.insert().values(
                id=number, serial=len(count) + 1, series=series, name="made.csv", digest=number, format="made",
                mapping="", received=table.num_rows, accepted=table.num_rows, rejected=0, notes=0,
                first_issue=min(days).isoformat(), last_issue=max(days).isoformat(), simulated=int(simulated),
                originals="[]", imported_at="2026-01-02T03:04:05+00:00",
            )
        )  # fmt: skip
    return number
