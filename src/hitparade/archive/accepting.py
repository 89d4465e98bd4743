"""Printed records become lines: each is accepted or rejected, and what was cleaned is noted.

Nothing is repaired. Cells are read once for each distinct text, whole columns at a time.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as arrow

from hitparade.archive.formats import cells
from hitparade.archive.formats.printed import AWARD_FIELDS, FIELDS, Broken, Printed
from hitparade.archive.series import AWARDS_SCHEMA, SCHEMA
from hitparade.catalog.text import clean
from hitparade.problems import Problem

REJECTED, NOTE = "rejected", "note"
_LONGEST = 500
_A_DAY = "a day such as 2016-10-08"
_A_NUMBER = "a whole number"
Read = Callable[[str], Any]
pc: Any = arrow
"""Arrow's functions; its stubs know fewer kinds of columns than it takes."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem, the number of its record (0 for the whole file) and the record as it was received."""

    record: int
    problem: Problem
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The lines of one file, and what there is to say of its records."""

    lines: pa.Table
    complaints: tuple[Complaint, ...]
    received: int
    rejected: int
    simulated: bool


def accept(printed: Printed, name: str, dates: str, *, awards: bool = False) -> Accepted:
    """Return the lines of one file; ``dates`` says how it writes days, empty to find out."""
    return _Desk(printed, name, dates, awards=awards).accepted()


class _Desk:
    """One file on the desk: its columns are read one by one, and rows fall out where a cell cannot be read."""

    def __init__(self, printed: Printed, name: str, dates: str, *, awards: bool) -> None:
        self.printed, self.name, self.dates, self.awards = printed, name, dates, awards
        self.size = len(printed.records)
        self.out: dict[int, Problem] = {}
        self.notes: list[tuple[int, Problem]] = []

    def accepted(self) -> Accepted:
        columns = self._awards() if self.awards else self._lines()
        schema = AWARDS_SCHEMA if self.awards else SCHEMA
        columns["place"] = self._places()
        columns["record"] = self.printed.records
        table = pa.table([columns[name] for name in schema.names], schema=schema)
        if self.out:
            kept = pa.array([row not in self.out for row in range(self.size)], pa.bool_())
            table = table.filter(kept)
        broken = len(self.printed.broken)
        return Accepted(
            table, tuple(self._complaints()), self.size + broken, len(self.out) + broken, self.printed.simulated
        )

    def _lines(self) -> "dict[str, pa.Array[Any]]":
        style = self._style("issue")
        columns = {
            "issue": self._needed("issue", lambda text: cells.day(text, style), pa.date32(), "not-a-day", _A_DAY),
            "position": self._needed("position", _small, pa.int32(), "not-whole", _A_NUMBER),
            **self._texts("title", "title"),
            **self._texts("credit", "credit"),
        }
        for field, kind in (("last", pa.int32()), ("peak", pa.int32()), ("weeks", pa.int32()), ("points", pa.int64())):
            read = cells.whole if field == "points" else _small
            columns[field] = self._wanted(field, read, kind, _A_NUMBER)
        return columns

    def _awards(self) -> "dict[str, pa.Array[Any]]":
        given, released = self._style("date"), self._style("released")
        return {
            "date": self._needed("date", lambda text: cells.day(text, given), pa.date32(), "not-a-day", _A_DAY),
            **self._texts("title", "title"),
            **self._texts("credit", "artist"),
            "level": self._needed("level", str.strip, pa.string(), "empty", "a level such as Gold"),
            "released": self._wanted("released", lambda text: cells.day(text, released), pa.date32(), _A_DAY),
        }

    def _column(self, field: str) -> "pa.Array[Any]":
        column = self.printed.columns.get(field)
        return pa.nulls(self.size, pa.string()) if column is None else column

    def _style(self, field: str) -> str:
        if self.dates:
            return self.dates
        texts = (text for text in self._column(field).unique().to_pylist() if text)
        style, shows = cells.style_of(texts, self.name)
        if style:
            order = "the day" if style == cells.DAY_FIRST else "the month"
            found = Problem(self.name, NOTE, "order-of-days", shows, f"days are read with {order} first")
            self.notes.append((-1, found))
        return style

    def _needed(self, field: str, read: Read, kind: pa.DataType, wrong: str, allowed: str) -> "pa.Array[Any]":
        """Return a column without which a row is no line."""
        column = self._column(field)
        values = _read(column, read, kind)
        for row in _rows(pc.is_null(values)):
            found = column[row].as_py() or ""
            self._reject(row, f"{field}-{wrong if found.strip() else 'missing'}", found, allowed)
        return values

    def _wanted(self, field: str, read: Read, kind: pa.DataType, allowed: str) -> "pa.Array[Any]":
        """Return a column that may be empty; what cannot be read in it is noted and left empty."""
        column = self._column(field)
        values = _read(column, read, kind)
        if values.null_count > column.null_count:
            for row in _rows(pc.and_(pc.is_null(values), pc.is_valid(column))):
                found = column[row].as_py()
                if not cells.is_nothing(found):
                    self._note(row, f"{field}-not-read", found, f"{allowed}, or a sign for nothing; it is left empty")
        return values

    def _texts(self, field: str, name: str) -> "dict[str, pa.Array[Any]]":
        """Return a column of text, cleaned, and what was printed where that differs."""
        column = self._column(field)
        coded = column.dictionary_encode()
        printed: list[Any] = coded.dictionary.to_pylist()
        cleaned = [clean(text) for text in printed]
        rows = _rows_of(coded, [n for n, each in enumerate(cleaned) if each.notes])
        for row, n in rows:
            self._note(row, f"{field}-cleaned", printed[n], f"{'; '.join(cleaned[n].notes)}: {cleaned[n].text}")
        for row, n in _rows_of(coded, [n for n, each in enumerate(cleaned) if len(each.text) > _LONGEST]):
            said = f"{len(cleaned[n].text):,} characters: {cleaned[n].text[:60]} ..."
            self._note(row, f"{field}-long", said, f"at most {_LONGEST} characters; it is kept whole")
        texts = pa.array([each.text for each in cleaned], pa.string()).take(coded.indices).fill_null("")
        self._empty(field, texts)
        differs = [text if each.text != text else None for text, each in zip(printed, cleaned, strict=True)]
        return {name: texts, f"printed_{name}": pa.array(differs, pa.string()).take(coded.indices)}

    def _empty(self, field: str, texts: "pa.Array[Any]") -> None:
        for row in _rows(pc.equal(texts, "")):
            if field == "title":
                self._reject(row, "title-missing", "", "a title")
            else:
                self._note(row, f"{field}-missing", "", "the artist as printed; the line is kept without")

    def _places(self) -> "pa.Array[Any]":
        if self.printed.places is not None:
            return self.printed.places
        numbers = self.printed.records.cast(pa.string())
        joined: pa.Array[Any] = pc.binary_join_element_wise(f"{self.name} {self.printed.word} ", numbers, "")
        return joined

    def _reject(self, row: int, reason: str, found: str, allowed: str) -> None:
        self.out.setdefault(row, Problem(self._place(row), REJECTED, reason, found, allowed))

    def _note(self, row: int, reason: str, found: str, allowed: str) -> None:
        self.notes.append((row, Problem(self._place(row), NOTE, reason, found, allowed)))

    def _place(self, row: int) -> str:
        if self.printed.places is not None:
            return str(self.printed.places[row])
        return f"{self.name} {self.printed.word} {self.printed.records[row].as_py()}"

    def _complaints(self) -> Iterator[Complaint]:
        """Give the complaints by record; of a rejected row only why it is, with all that it held."""
        about = [Complaint(0, note) for note in self.printed.notes]
        about += [Complaint(0, problem) for row, problem in self.notes if row < 0]
        rows = [
            Complaint(self.printed.records[row].as_py(), problem)
            for row, problem in self.notes
            if row >= 0 and row not in self.out
        ]
        rows += [
            Complaint(self.printed.records[row].as_py(), problem, self._raw(row)) for row, problem in self.out.items()
        ]
        rows += [Complaint(each.record, self._breakage(each), each.raw) for each in self.printed.broken]
        yield from about
        yield from sorted(rows, key=lambda each: (each.record, each.problem.reason))

    def _breakage(self, each: Broken) -> Problem:
        place = each.place or f"{self.name} {self.printed.word} {each.record}"
        return Problem(place, REJECTED, each.reason, each.found, each.allowed)

    def _raw(self, row: int) -> str:
        names: Mapping[str, pa.Array[Any]] = self.printed.columns
        order = AWARD_FIELDS if self.awards else FIELDS
        said = {name: names[name][row].as_py() for name in order if name in names}
        return json.dumps(said, ensure_ascii=False)


def _small(text: str) -> int | None:
    value = cells.whole(text)
    return value if value is not None and value < 2**31 else None


def _read(column: "pa.Array[Any]", read: Read, kind: pa.DataType) -> "pa.Array[Any]":
    """Return the column read cell by cell, each distinct text once; null where it cannot be read."""
    coded = column.dictionary_encode()
    texts: list[Any] = coded.dictionary.to_pylist()
    values = [read(text) if text.strip() else None for text in texts]
    return pa.array(values, kind).take(coded.indices)


def _rows(mask: "pa.Array[Any]") -> list[int]:
    return [] if not pc.any(mask).as_py() else pc.indices_nonzero(mask).to_pylist()


def _rows_of(coded: "pa.DictionaryArray[Any, Any]", wanted: list[int]) -> list[tuple[int, int]]:
    """Return the rows that hold one of the ``wanted`` codes, with the code."""
    if not wanted:
        return []
    rows = _rows(pc.is_in(coded.indices, pa.array(wanted, coded.indices.type)))
    return [(row, coded.indices[row].as_py()) for row in rows]
