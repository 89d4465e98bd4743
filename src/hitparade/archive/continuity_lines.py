"""The printed lines of a series in issue order, as plain columns that lint and continuity walk through."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pyarrow as pa

from hitparade.catalog.decisions import NO_DECISIONS, Decisions
from hitparade.catalog.songs import Print, print_key, songs_of

_ORDER = ("issue", "position", "record")
_NUMBERS = ("last", "peak", "weeks")


@dataclass(frozen=True)
class Lines:
    """Columns of equal length, one cell for each printed line, in the order of issue, position and text.

    Attributes:
        issues: every issue once, in order; ``at`` says by number on which of them a line stands.
        key: print key of the line.
        song: the song of the line by its text alone, so by print key and song mark; a number.
        last, peak, weeks: as published; None where a cell is empty, and a last week of 0 is empty.
    """

    issues: tuple[date, ...]
    at: list[int]
    position: list[int]
    title: list[str]
    credit: list[str]
    key: list[str]
    song: list[int]
    last: list[int | None]
    peak: list[int | None]
    weeks: list[int | None]
    place: list[str]
    source: list[str]

    def __len__(self) -> int:
        return len(self.at)

    @cached_property
    def spans(self) -> tuple[range, ...]:
        """By number of issue, its lines."""
        starts = [0] * (len(self.issues) + 1)
        for number in self.at:
            starts[number + 1] += 1
        for number in range(len(self.issues)):
            starts[number + 1] += starts[number]
        return tuple(range(*starts[number : number + 2]) for number in range(len(self.issues)))

    @cached_property
    def columns(self) -> frozenset[str]:
        """Those of last, peak and weeks that the publisher printed at all."""
        return frozenset(name for name in _NUMBERS if any(cell is not None for cell in getattr(self, name)))

    def print(self, line: int) -> str:
        """Return title and credit of a line as one text."""
        return f"{self.title[line]} - {self.credit[line]}" if self.credit[line] else self.title[line]


def lines_of(table: pa.Table, decisions: Decisions = NO_DECISIONS, issues: tuple[date, ...] = ()) -> Lines:
    """Return a table of printed lines (see ``archive.series``) as columns; ``issues`` may be more than it has."""
    rows = _sorted(table)
    days = rows["issue"].combine_chunks().dictionary_encode()
    held: list[date] = _plain(days.dictionary)
    issues = issues or tuple(held)
    order = {day: number for number, day in enumerate(issues)}
    numbers = [order[day] for day in held]
    titles, credits_ = _texts(rows, "title"), _texts(rows, "credit")
    counted: dict[tuple[str, str], int] = {}
    for words in zip(titles, credits_, strict=True):
        counted[words] = counted.get(words, 0) + 1
    keys = {words: print_key(*words) for words in counted}
    songs = songs_of((Print(*words, lines) for words, lines in counted.items()), decisions)
    number = {name: place for place, song in enumerate(songs.songs) for name in song.names}
    told = [keys[words] for words in zip(titles, credits_, strict=True)]
    return Lines(
        issues, [numbers[each] for each in _plain(days.indices)], _plain(rows["position"]), titles, credits_, told,
        [number[key] for key in told], [cell or None for cell in _cells(rows, "last")],
        _cells(rows, "peak"), _cells(rows, "weeks"), _texts(rows, "place"), _texts(rows, "source"),
    )  # fmt: skip


def _sorted(table: pa.Table) -> pa.Table:
    if "record" not in table.column_names:
        table = table.append_column("record", pa.array(range(1, table.num_rows + 1), pa.int64()))
    return table.sort_by([(name, "ascending") for name in _ORDER])


def _plain(column: Any) -> list[Any]:  # noqa: ANN401 - any Arrow array
    return column.to_pylist()  # type: ignore[no-any-return]


def _cells(rows: pa.Table, name: str) -> list[int | None]:
    return _plain(rows[name]) if name in rows.column_names else [None] * rows.num_rows


def _texts(rows: pa.Table, name: str) -> list[str]:
    return [text or "" for text in _plain(rows[name])] if name in rows.column_names else [""] * rows.num_rows
