"""Where a ranking is cut: rows that share the last place are shown with it, or counted where they are many."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hitparade.records.query import Ask, Row

if TYPE_CHECKING:
    from hitparade.records.lists import Named

MOST = 10
"""How many rows beyond those asked for are shown because they share the last place."""


def ranked_by(record: "Named", ask: Ask, rows: Sequence[Row]) -> int | None:
    """Return the column that gives the places: the record's own, or a number that the asker orders by; else None."""
    if ask.order:
        column = record.columns.index(ask.order.split(",")[0].strip().removeprefix("-").strip())
        return column if rows and isinstance(rows[0][column], int) else None
    return record.columns.index(record.order.split()[0].strip('",')) if record.ranked else None


def kept(rows: list[Row], top: int, column: int | None) -> int:
    """Return how many of the rows are shown: ``top``, and those after it that share its place unless they are many."""
    if not top or column is None or len(rows) <= top:
        return min(len(rows), top or len(rows))
    shared = sharing(rows, top, column)
    return top + shared if shared <= MOST else top


def sharing(rows: list[Row], top: int, column: int) -> int:
    """Return how many rows after the first ``top`` have the same value as the last of them."""
    value = rows[top - 1][column]
    return next((n for n, row in enumerate(rows[top:]) if row[column] != value), len(rows) - top)


def places(rows: Sequence[Row], column: int | None) -> Iterator[int]:
    """Yield the place of each row; rows with the same value share one (1, 1, 3)."""
    if column is None:
        return
    place, before = 0, object()
    for number, row in enumerate(rows, 1):
        place = place if row[column] == before else number
        before = row[column]
        yield place
