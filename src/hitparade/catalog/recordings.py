"""Which spellings are one recording: equal ISRC, or equal title and artist once folded, transitively.

What comes out derives from the spellings alone: any order of them gives the same recordings and keys.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from hitparade.catalog.spelling import text_id
from hitparade.catalog.traits import merged, traits

ISRC_KEY = "isrc:"
"""Begins the key of a recording that no sender gave a title."""


class SeenSpelling(NamedTuple):
    """A spelling with what the deliveries in force say of it.

    ``released`` is the earliest release date that a sender stated, ``rows`` the accepted rows that use it,
    ``traits`` what senders say of the song besides.
    """

    spelling: int
    isrc: str
    title: str
    artist: str
    folded_title: str
    folded_artist: str
    released: date | None
    rows: int
    traits: str = ""

    @property
    def key(self) -> str:
        """The song key that this spelling alone would give."""
        return f"{self.folded_title} / {self.folded_artist}" if self.title else f"{ISRC_KEY}{self.isrc}"


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording as its senders name it.

    Attributes:
        id: the number of its key, as ``text_id`` gives it.
        key: the smallest folded ``title / artist`` of its spellings, or ``isrc:`` and its smallest ISRC.
        title, credit: the spelling with most accepted rows; of equals the one that sorts first.
        isrcs: every ISRC of its spellings, sorted.
        released: the earliest release date that a sender stated, or None.
        traits: what senders say of it besides, by name.
    """

    id: int
    key: str
    title: str
    credit: str
    isrcs: tuple[str, ...]
    released: date | None
    traits: Mapping[str, str] = field(default_factory=dict)


def identify(spellings: Iterable[SeenSpelling]) -> tuple[Mapping[int, int], tuple[Recording, ...]]:
    """Return the recording number of every spelling, and the recordings in the order of their keys."""
    seen = sorted(spellings, key=lambda spelling: spelling.spelling)
    groups: dict[int, list[SeenSpelling]] = defaultdict(list)
    for spelling, root in zip(seen, _roots(seen), strict=True):
        groups[root].append(spelling)
    made = sorted(((_recording(group), group) for group in groups.values()), key=lambda pair: pair[0].key)
    numbers = {spelling.spelling: recording.id for recording, group in made for spelling in group}
    return numbers, tuple(recording for recording, _ in made)


def _roots(seen: Sequence[SeenSpelling]) -> list[int]:
    parent = list(range(len(seen)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    first: dict[object, int] = {}
    for node, spelling in enumerate(seen):
        for mark in _marks(spelling):
            one, other = root(first.setdefault(mark, node)), root(node)
            # The smaller place wins, so that a root is the first spelling of its group whatever joined it.
            parent[max(one, other)] = min(one, other)
    return [root(node) for node in range(len(seen))]


def _marks(spelling: SeenSpelling) -> list[object]:
    """Return what makes a spelling one with others: its ISRC and its folded words, where it has them."""
    marks: list[object] = []
    if spelling.isrc:
        marks.append(spelling.isrc)
    if spelling.title:
        marks.append((spelling.folded_title, spelling.folded_artist))
    return marks


def _recording(group: Sequence[SeenSpelling]) -> Recording:
    if len(group) == 1:
        return _alone(group[0])
    titled = [spelling for spelling in group if spelling.title]
    key = min(spelling.key for spelling in titled or group)
    isrcs = sorted({spelling.isrc for spelling in group if spelling.isrc})
    title, credit = _words(titled) if titled else (min(isrcs, default=""), "")
    released = min((spelling.released for spelling in group if spelling.released), default=None)
    said = traits(merged(spelling.traits for spelling in group))
    return Recording(text_id(key), key, title, credit, tuple(isrcs), released, said)


def _alone(only: SeenSpelling) -> Recording:
    """Return what a group of one says, which most groups are, in a fraction of the time."""
    title, credit = (only.title, only.artist) if only.title else (only.isrc, "")
    isrcs = (only.isrc,) if only.isrc else ()
    said = traits(only.traits) if only.traits else {}
    return Recording(text_id(only.key), only.key, title, credit, isrcs, only.released, said)


def _words(titled: Sequence[SeenSpelling]) -> tuple[str, str]:
    """Return title and credit of the spelling with most rows; of equals the one that sorts first."""
    most = min(titled, key=lambda spelling: (-spelling.rows, spelling.title, spelling.artist, spelling.isrc))
    return most.title, most.artist
