"""What-if: a small TOML of other rules laid over a book, its values marked as such.

The layout is the book's own, with two words more: ``off`` names blocks that are switched off for the whole
life, and ``every`` sets parameters in each dated value of a block::

    off = ["artist_cap"]
    [week]
    every = { zone = "America/New_York" }
    [units."on_demand.premium"]
    values.2016-04-01 = { value = 150 }
    [decisions]
    off = ["withhold"]

Under ``decisions`` stand ids of decisions, or actions for all decisions of a kind, that are left out. Tables under
``charts.ID`` say the same of charts that the chart asked for reads; :class:`Part` names one of them.
"""

import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hitparade.errors import BookError
from hitparade.rulebook.book import MEASURED, Book, measured_key
from hitparade.rulebook.complaints import Complaint, unknown
from hitparade.rulebook.fields import shown
from hitparade.rulebook.load import make, read_toml
from hitparade.rulebook.model import BLOCKS, SWITCHED

CHARTS = "charts"
"""The word for other charts in a what-if."""
_DECISIONS = "decisions"
_PLAIN = ("steps", "off", _DECISIONS, CHARTS)
_ALLOWED = ("every", "values")


@dataclass(frozen=True, slots=True)
class Part:
    """What a what-if file says of a chart that the chart asked for reads."""

    file: Path
    chart: str


WhatIf = Path | Part
"""A what-if file for the chart that is asked for, or its part for a chart that this one reads."""


def overlay(book: Book, what_if: WhatIf) -> Book:
    """Return ``book`` with a what-if laid over it; of a case, its table ``what_if`` is taken.

    Raises:
        BookError: with one line for each mistake of the what-if.
    """
    if isinstance(what_if, Path):
        return overlaid(book, _said(what_if), str(what_if))
    said = parts(what_if.file).get(what_if.chart, {})
    return overlaid(book, said, f"{what_if.file}, {CHARTS}.{what_if.chart}")


def parts(file: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return what a what-if says of other charts, by chart id.

    Raises:
        BookError: the file cannot be read, or says something else there than tables.
    """
    said = _said(file).get(CHARTS, {})
    tables = list(said.values()) if isinstance(said, dict) else [said]
    strange = [each for each in tables if not isinstance(each, dict)]
    if strange:
        allowed = "a table of rules for each chart, such as [charts.us-radio-songs.size]"
        raise BookError(str(Complaint(str(file), CHARTS, f"found {shown(strange[0])}", allowed)))
    inner = next((name for name, table in said.items() if CHARTS in table), None)
    if inner is not None:
        place = f"{CHARTS}.{inner}"
        raise BookError(str(Complaint(str(file), place, f"found {CHARTS}", f"[{CHARTS}.ID] at the beginning only")))
    return dict(said)


def _said(path: Path) -> Mapping[str, Any]:
    said, complaints = read_toml(path)
    if said is None:
        raise BookError("\n".join(map(str, complaints)))
    found: Mapping[str, Any] = said.get("what_if", said)
    return found


def overlaid(book: Book, said: Mapping[str, Any], where: str) -> Book:
    """Return ``book`` with the tables of a what-if laid over it; ``where`` names the what-if in messages."""
    base = tomllib.loads(Path(book.where).read_text("utf-8"))
    changes = _Changes(base, where)
    changes.take(said)
    if changes.complaints:
        raise BookError("\n".join(map(str, changes.complaints)))
    made, complaints = make(base, where, frozenset(changes.touched), Path(book.where).parent)
    if made is None or complaints:
        raise BookError("\n".join(map(str, complaints)))
    # Whoever lays another what-if over this book, or names it, means the file of the book.
    return replace(made, where=book.where, unruled=frozenset(changes.unruled))


class _Changes:
    """One laying-over: the tables being changed, what was touched, and what was wrong."""

    def __init__(self, base: dict[str, Any], where: str) -> None:
        self.base, self.where = base, where
        self.touched: set[tuple[str, str]] = set()
        self.unruled: list[str] = []
        self.complaints: list[Complaint] = []

    def take(self, said: Mapping[str, Any]) -> None:
        """Change the tables as the what-if says."""
        for word, value in said.items():
            if word == "steps":
                self.base[word] = value
            elif word == _DECISIONS:
                self._unrule(value)
            elif word in BLOCKS and isinstance(value, dict):
                self._block(word, value)
            elif word in BLOCKS:
                self._refuse(word, f"found {shown(value)}", "a table")
            elif word not in _PLAIN:
                self._refuse("", *unknown(word, (*_PLAIN, *BLOCKS)))
        for block in _names(said.get("off", [])):
            self._switch_off(block)

    def _block(self, word: str, said: Mapping[str, Any]) -> None:
        if word in MEASURED:
            held = self.base.setdefault(word, {})
            for measure, table in said.items():
                self._dated(measured_key(word, measure), held.setdefault(measure, {}), table)
        else:
            self._dated(word, self.base.setdefault(word, {}), said)

    def _dated(self, key: str, held: dict[str, Any], said: Any) -> None:  # noqa: ANN401 - whatever stands there
        values = held.setdefault("values", {})
        strange = [word for word in said if word not in _ALLOWED] if isinstance(said, dict) else [said]
        if strange:
            self._refuse(key, f"found {shown(strange[0])}", "every = {...} or values.DATE = {...}")
            return
        for word in (word for word, table in said.items() if not isinstance(table, dict)):
            self._refuse(f"{key}, {word}", f"found {shown(said[word])}", "a table")
            return
        if "every" in said and not values:
            allowed = "values.DATE = {...} for a block that the book lacks"
            self._refuse(f"{key}, every", "the book has no value to change", allowed)
        for day, table in list(values.items()) if "every" in said else ():
            self._put(key, values, day, {**_uncited(table), **said["every"]})
        for day, table in said.get("values", {}).items():
            self._put(key, values, day, table)

    def _put(self, key: str, values: dict[str, Any], day: str, table: Any) -> None:  # noqa: ANN401 - as above
        values[day] = self._mine(table) if isinstance(table, dict) else table
        self.touched.add((key, day))

    def _mine(self, table: Mapping[str, Any]) -> dict[str, Any]:
        return {"source": f"what-if {Path(self.where).name}", **deepcopy(dict(table))}

    def _unrule(self, said: Any) -> None:  # noqa: ANN401 - whatever stands there
        named = said.get("off") if isinstance(said, dict) and set(said) == {"off"} else None
        if not isinstance(named, list) or not named or not all(isinstance(each, str) for each in named):
            allowed = 'off = ["withhold"], a list of actions or of ids of decisions'
            self._refuse(_DECISIONS, f"found {shown(said)}", allowed)
            return
        self.unruled += named

    def _switch_off(self, block: str) -> None:
        held = self.base.get(block)
        if block not in SWITCHED or held is None:
            here = [each for each in SWITCHED if each in self.base]
            self._refuse(
                "off",
                f'found "{block}"',
                f"blocks of this book that can be switched off: {', '.join(here) or 'none'}",
            )
            return
        for key, table in _tables(block, held):
            for day in table["values"]:
                self._put(key, table["values"], day, {"off": True})

    def _refuse(self, key: str, found: str, allowed: str) -> None:
        self.complaints.append(Complaint(self.where, key, found, allowed))


def _uncited(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in {"source", "between", "confidence"}}


def _names(said: Any) -> list[str]:  # noqa: ANN401 - whatever stands there
    return [str(each) for each in said] if isinstance(said, list) else [str(said)]


def _tables(block: str, held: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if block in MEASURED:
        yield from ((measured_key(block, measure), table) for measure, table in held.items())
    else:
        yield block, held
