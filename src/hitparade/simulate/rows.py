"""Rows before they are written: whole-number columns, text as codes, and -1 where a cell is empty."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from hitparade.simulate.dice import Ints
from hitparade.simulate.songs import Songs

Rows = Mapping[str, Ints]
"""Columns of equal length by name; a column that is left out is empty in every row."""

TEXTS = ("artist", "channel", "consumer", "currency", "isrc", "measure", "price", "territory", "title")
EMPTY = -1
UNIX = date(1970, 1, 1).toordinal()
"""Days in a column are counted from here, as Parquet counts them."""


def length(rows: Rows) -> int:
    """Return how many rows there are."""
    return len(rows["quantity"])


def joined(parts: Iterable[Rows]) -> Rows:
    """Return the rows of all ``parts``, one after the other."""
    kept = [part for part in parts if length(part)]
    names = sorted({name for part in kept for name in part})
    empty = {length(part): np.full(length(part), EMPTY, np.int64) for part in kept}
    return {name: np.concatenate([part.get(name, empty[length(part)]) for part in kept]) for name in names} or {
        "quantity": np.empty(0, np.int64)
    }


def picked(rows: Rows, which: Ints | np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Rows:
    """Return the rows at the given places, or for which the given marks are true."""
    return {name: column[which] for name, column in rows.items()}


def spelled(text: str, spelling: str) -> str:
    """Return ``text`` as a sender writes it: ``plain``, ``upper``, ``curly`` or ``hyphens``."""
    if spelling == "upper":
        return text.upper()
    if spelling == "curly":
        return text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}").replace(" & ", " and ")
    if spelling == "hyphens" and text:
        return f"{text[:2]}-{text[2:5]}-{text[5:7]}-{text[7:]}"
    return text


@dataclass(frozen=True, slots=True)
class Words:
    """Every text of a market once, sorted, so that the order of codes is the order of texts."""

    tables: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Mapping[str, int]]
    by_song: Mapping[tuple[str, str], Ints]

    def code(self, column: str, text: str) -> int:
        """Return the code of one text."""
        return self.codes[column][text]

    def all(self, column: str, texts: Sequence[str]) -> Ints:
        """Return the codes of several texts."""
        return np.array([self.codes[column][text] for text in texts], np.int64)


def words(songs: Songs, said: Mapping[str, Iterable[str]]) -> Words:
    """Return the texts of a market: what is ``said`` by column, and the songs in every spelling."""
    own = {"title": songs.title, "artist": songs.credit, "isrc": songs.isrc}
    kinds = {
        "title": ("plain", "upper", "curly"),
        "artist": ("plain", "upper", "curly"),
        "isrc": ("plain", "hyphens"),
    }
    written = {
        (column, kind): [spelled(text, kind) for text in own[column]] for column in own for kind in kinds[column]
    }
    tables = {column: tuple(sorted(set(texts))) for column, texts in said.items()}
    for column in own:
        tables[column] = tuple(sorted({text for kind in kinds[column] for text in written[column, kind] if text}))
    codes = {column: {text: n for n, text in enumerate(table)} for column, table in tables.items()}
    by_song = {
        key: np.array([codes[key[0]].get(text, EMPTY) for text in texts], np.int64) for key, texts in written.items()
    }
    return Words(tables, codes, by_song)
