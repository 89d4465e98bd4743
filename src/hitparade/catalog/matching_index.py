"""Where to look for a spelling among very many known songs: an index that never looks at more than a few.

Every known spelling is filed under pairs of its words (one of the title with one of the artist, two of the title),
under its words alone and under title and artist written in one; a heading under which too many stand is no help and
is left out. A spelling is looked up under its rarest headings first, until a fixed number of songs was seen. A word
that no known song has is also looked up as the words that it may be a slip of, and as those that sound alike.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np
from rapidfuzz.distance import OSA

from hitparade.catalog.matching_reading import Form, read, sound
from hitparade.catalog.matching_scores import Spelled
from hitparade.catalog.matching_words import Known

CROWDED = 128
"""A heading with more known spellings than this is left out."""
SEEN = 256
"""How many known spellings are looked at for one spelling, those under the rarest headings first."""
KEPT = 8
"""How many of them are weighed, those that share most."""

_MOST_WORDS = 10
_MOST_NEAR = 4
_SHORTEST, _LONGEST = 3, 14
_PAIR, _TITLE_PAIR, _TITLE_WORD, _NAME_WORD, _ISRC = range(5)

_WORTH, _SUMMED, _PLACED = 6, 14, 28
"""Bits of a heading's worth, of a sum of worths, and of the place of a known spelling, of which there are fewer."""
_SIZED, _ASKED = 34, 42
"""Where the size of a heading and the place of who asks begin; 34 bits number the headings, 8 a size up to 128."""

Ints = np.ndarray[Any, np.dtype[np.int64]]


class _Words:
    """The words of one side of all known spellings, numbered in the order in which they came."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self._songs: list[int] = []
        self._last: list[str] = []

    def add(self, word: str, key: str) -> int:
        """Return the number of a word that the song of that key has; the keys come in order."""
        number = self.number.setdefault(word, len(self._songs))
        if number == len(self._songs):
            self._songs.append(0)
            self._last.append("")
        if self._last[number] != key:
            self._songs[number] += 1
            self._last[number] = key
        return number

    def songs(self, word: str) -> int:
        """Return how many songs have a word."""
        number = self.number.get(word)
        return 0 if number is None else self._songs[number]

    def near(self, rows: Sequence[Sequence[str]]) -> "_Rows":
        """Return for each row of words the numbers of known words that they may stand for: themselves if known."""
        unknown = sorted({word for row in rows for word in row if word not in self.number})
        meant = self._slips_of(unknown)
        found = _Rows()
        for row in rows:
            numbers: dict[int, None] = {}
            for word in row:
                number = self.number.get(word)
                numbers.update(dict.fromkeys(meant.get(word, ()) if number is None else (number,)))
            found.add(list(numbers))
        return found

    def _slips_of(self, words: Sequence[str]) -> dict[str, list[int]]:
        """Return by unknown word the known ones that it may be a slip of, and those that sound alike."""
        found: dict[str, list[int]] = {}
        marked = [(mark, place) for place, word in enumerate(words) for mark in _slip_marks(word)]
        for place, number in self._under(self._slips, marked):
            if OSA.distance(words[place], self._list[number], score_cutoff=1) <= 1:
                found.setdefault(words[place], []).append(number)
        sounds = [(_mark(sound(word)), place) for place, word in enumerate(words)]
        for place, number in self._under(self._sounds, sounds):
            found.setdefault(words[place], []).append(number)
        return {word: list(dict.fromkeys(numbers))[:_MOST_NEAR] for word, numbers in found.items()}

    @staticmethod
    def _under(filed: tuple[Any, Any], marked: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the places of marks with the numbers that stand under them, in order, each once."""
        if not marked:
            return []
        marks, places = np.array(marked, np.int64).T
        firsts, lasts = (np.searchsorted(filed[0], marks.astype(np.uint32), side) for side in ("left", "right"))
        sizes = lasts - firsts
        numbers = filed[1][np.repeat(firsts, sizes) + _counted(sizes)].astype(np.int64)
        packed = np.unique(np.repeat(places, sizes) << 32 | numbers)
        return list(zip((packed >> 32).tolist(), (packed & 0xFFFFFFFF).tolist(), strict=True))

    @cached_property
    def _list(self) -> list[str]:
        return list(self.number)

    @cached_property
    def _slips(self) -> tuple[Any, Any]:
        return _filed((mark, number) for word, number in self.number.items() for mark in _slip_marks(word))

    @cached_property
    def _sounds(self) -> tuple[Any, Any]:
        return _filed((_mark(sound(word)), number) for word, number in self.number.items())


def _mark(text: str) -> int:
    return crc32(text.encode())


def _slip_marks(word: str) -> list[int]:
    """Return marks of a word and of what is left of it without each letter; words one slip apart share one."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return []
    return [_mark(word), *(_mark(word[:place] + word[place + 1 :]) for place in range(len(word)))]


def _filed(pairs: Iterable[tuple[int, int]]) -> tuple[Any, Any]:
    """Return marks in order, and the numbers that stand under them."""
    flat = np.fromiter((mark << 32 | number for mark, number in pairs), np.uint64)
    flat.sort()
    return (flat >> np.uint64(32)).astype(np.uint32), flat.astype(np.uint32)


def tokens(form: Form) -> tuple[list[str], list[str]]:
    """Return what a spelling is filed under: words of its title and of its names, and each written in one."""
    title, lead = "".join(form.title), "".join(form.names[0]) if form.names else ""
    names = [word for name in form.names for word in name]
    return [*{title: None, **dict.fromkeys((*form.title, *form.more)[:_MOST_WORDS])}], [
        *{lead: None, **dict.fromkeys(names[:_MOST_WORDS])}
    ]


class Index:
    """Known spellings, filed."""

    def __init__(self, known: Iterable[Spelled]) -> None:
        self.known = sorted(known, key=lambda each: (each.key, each.title, each.credit))
        self._titles, self._names, self._isrcs = _Words(), _Words(), _Words()
        self.bare: list[str] = []
        title_words, name_words, isrcs = _Rows(), _Rows(), _Rows()
        for spelled in self.known:
            form = read.__wrapped__(spelled.title, spelled.credit)
            said, names = tokens(form)
            self.bare.append(said[0])
            title_words.add([self._titles.add(word, spelled.key) for word in said])
            name_words.add([self._names.add(word, spelled.key) for word in names])
            isrcs.add([self._isrcs.add(isrc, spelled.key) for isrc in spelled.isrcs])
        keys, rows = _headings(title_words, name_words, isrcs)
        self._heads, self._firsts, self._sizes, self._rows = _uncrowded(keys, rows)

    def words(self, own: str) -> Known:
        """Return which words other songs than that of the key ``own`` have; among very many some slips are seen too."""
        least = 1 + (len(self.known) >> 16) + (own in self._keys)
        titles, names = self._titles, self._names

        def known(word: str) -> bool:
            return titles.songs(word) >= least or names.songs(word) >= least

        return known

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(each.key for each in self.known)

    def look(self, asking: Sequence[Spelled], forms: Sequence[Form]) -> tuple[Ints, Ints]:
        """Return pairs of places, in ``asking`` and in :attr:`known`, that are worth a look, best first for each."""
        said = [tokens(form) for form in forms]
        title_words, name_words = (
            self._titles.near([row[0] for row in said]),
            self._names.near([row[1] for row in said]),
        )
        isrcs = _Rows()
        for spelled in asking:
            isrcs.add([self._isrcs.number[isrc] for isrc in spelled.isrcs if isrc in self._isrcs.number])
        keys, asked = _headings(title_words, name_words, isrcs)
        return self._best(*self._affordable(keys, asked))

    def _affordable(self, keys: Ints, asked: Ints) -> tuple[Ints, Ints]:
        """Return who asked and under which heading, rarest first, until enough known spellings were seen."""
        heads = np.searchsorted(self._heads, keys)
        heads[heads == len(self._heads)] = 0
        there = self._heads[heads] == keys if len(self._heads) else np.zeros(len(keys), bool)
        heads, asked = heads[there], asked[there]
        # One number each, in the order of who asks, then of size: numbers are sorted many times faster than rows.
        packed = np.sort(asked << _ASKED | self._sizes[heads] << _SIZED | heads)
        heads, asked = packed & _low(_SIZED), packed >> _ASKED
        seen = np.cumsum(self._sizes[heads])
        firsts = np.flatnonzero(np.diff(asked, prepend=-1))
        before = np.repeat(seen[firsts] - self._sizes[heads[firsts]], np.diff(firsts, append=len(asked)))
        enough = seen - before <= SEEN
        return asked[enough], heads[enough]

    def _best(self, asked: Ints, heads: Ints) -> tuple[Ints, Ints]:
        sizes = self._sizes[heads]
        rows = self._rows[np.repeat(self._firsts[heads], sizes) + _counted(sizes)].astype(np.int64)
        # A heading counts the more the fewer stand under it: whole doublings, so that sums are whole numbers.
        worth = np.repeat(40 - np.ceil(np.log2(sizes + 1)).astype(np.int64) * 3, sizes)
        packed = np.sort((np.repeat(asked, sizes) << _PLACED | rows) << _WORTH | worth)
        pairs, worth = packed >> _WORTH, packed & _low(_WORTH)
        firsts = np.flatnonzero(np.diff(pairs, prepend=-1))
        total = np.add.reduceat(worth, firsts) if len(firsts) else worth
        pairs = pairs[firsts]
        who, row = pairs >> _PLACED, pairs & _low(_PLACED)
        packed = np.sort((who << _SUMMED | _low(_SUMMED) - total) << _PLACED | row)
        who, row = packed >> _PLACED + _SUMMED, packed & _low(_PLACED)
        firsts = np.flatnonzero(np.diff(who, prepend=-1))
        near = _counted(np.diff(firsts, append=len(who))) < KEPT
        return who[near], row[near]


def _low(bits: int) -> int:
    return (1 << bits) - 1


class _Rows:
    """Rows of numbers of unequal length."""

    def __init__(self) -> None:
        self._flat = array("i")
        self._sizes = array("i")

    def add(self, numbers: list[int]) -> None:
        self._flat.extend(numbers)
        self._sizes.append(len(numbers))

    def arrays(self) -> tuple[Ints, Ints]:
        return np.array(self._flat, np.int64), np.array(self._sizes, np.int64)


def _counted(sizes: Ints) -> Ints:
    """Return 0, 1, 2 … for each of the sizes, one behind the other."""
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def _headings(titles: _Rows, names: _Rows, isrcs: _Rows) -> tuple[Ints, Ints]:
    """Return the headings of every row of words, and the rows that they belong to."""
    title, of_title = titles.arrays()
    name, of_name = names.arrays()
    found = [
        _pairs(_PAIR, (title, of_title), (name, of_name)),
        _pairs(_TITLE_PAIR, (title, of_title), (title, of_title)),
    ]
    for kind, (words, sizes) in (
        (_TITLE_WORD, (title, of_title)),
        (_NAME_WORD, (name, of_name)),
        (_ISRC, isrcs.arrays()),
    ):
        found.append((kind << 60 | words, np.repeat(np.arange(len(sizes)), sizes)))
    keys, rows = (np.concatenate(column) for column in zip(*found, strict=True))
    return keys, rows


def _pairs(kind: int, one: tuple[Ints, Ints], two: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    (words, sizes), (others, other_sizes) = one, two
    row = np.repeat(np.arange(len(sizes)), sizes * other_sizes)
    place = _counted(sizes * other_sizes)
    width = other_sizes[row]
    left = words[(np.cumsum(sizes) - sizes)[row] + place // width]
    right = others[(np.cumsum(other_sizes) - other_sizes)[row] + place % width]
    if kind == _TITLE_PAIR:
        once = left < right
        left, right, row = left[once], right[once], row[once]
    return kind << 60 | left << 30 | right, row


def _uncrowded(keys: Ints, rows: Ints) -> tuple[Ints, Ints, Ints, Any]:
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order].astype(np.int32)
    firsts = np.flatnonzero(np.diff(keys, prepend=keys[:1] - 1))
    sizes = np.diff(firsts, append=len(keys))
    few = sizes <= CROWDED
    rows = rows[np.repeat(few, sizes)]
    heads, sizes = keys[firsts[few]], sizes[few]
    return heads, np.cumsum(sizes) - sizes, sizes, rows
