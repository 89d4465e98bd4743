"""Which spellings are one recording, by ISRC, folded words and song mark, transitively, and by what people decided.

What comes out derives from spellings and decisions alone: any order of spellings gives the same recordings and keys.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from hitparade.catalog.decisions import NO_DECISIONS, Decisions
from hitparade.catalog.groups import ISRC_KEY, Links, Renamer, decided, key_of, marks, renamer
from hitparade.catalog.spelling import text_id
from hitparade.catalog.traits import merged, traits


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


def identify(
    spellings: Iterable[SeenSpelling], decisions: Decisions = NO_DECISIONS
) -> tuple[Mapping[int, int], tuple[Recording, ...]]:
    """Return the recording number of every spelling, and the recordings in the order of their keys."""
    seen = sorted(spellings, key=lambda spelling: spelling.spelling)
    by_name: dict[str, list[SeenSpelling]] = defaultdict(list)
    apart = frozenset(name for name in decisions.named if name.startswith(ISRC_KEY))
    for spelling in seen:
        by_name[_name(spelling, apart) if apart else spelling.key].append(spelling)
    groups = decided(_joined(by_name, apart), decisions)
    renamed = renamer(groups, decisions)
    made = []
    for names in groups:
        group = by_name[names[0]] if len(names) == 1 else [each for name in sorted(names) for each in by_name[name]]
        made.append((_recording(group, key_of(names), renamed), group))
    made.sort(key=lambda pair: pair[0].key)
    numbers = {spelling.spelling: recording.id for recording, group in made for spelling in group}
    return numbers, tuple(recording for recording, _ in made)


def _name(spelling: SeenSpelling, apart: frozenset[str]) -> str:
    """Return what decisions call a spelling: its key, or its ISRC where one of them speaks of that ``apart``."""
    coded = f"{ISRC_KEY}{spelling.isrc}"
    return coded if coded in apart else spelling.key


def _joined(by_name: Mapping[str, Sequence[SeenSpelling]], apart: frozenset[str]) -> list[list[str]]:
    links = Links(by_name)
    links.mark((name, each.isrc) for name, group in by_name.items() for each in group if each.isrc)
    keyed = [(name, each.key) for name in sorted(apart & by_name.keys()) for each in by_name[name]]
    links.mark([*keyed, *((key, key) for _, key in keyed if key in by_name)])
    words = {(each.title, each.artist): name for name, group in by_name.items() for each in group if name not in apart}
    links.mark(marks(words))
    return links.groups()


def _recording(group: Sequence[SeenSpelling], key: str, renamed: Renamer) -> Recording:
    if len(group) == 1:
        return _alone(group[0], key, renamed)
    titled = [spelling for spelling in group if spelling.title]
    isrcs = sorted({spelling.isrc for spelling in group if spelling.isrc})
    words = _words(titled) if titled else (min(isrcs, default=""), "")
    released = min((spelling.released for spelling in group if spelling.released), default=None)
    said = traits(merged(spelling.traits for spelling in group))
    return Recording(text_id(key), key, *renamed(key, *words), tuple(isrcs), released, said)


def _alone(only: SeenSpelling, key: str, renamed: Renamer) -> Recording:
    """Return what a group of one says, which most groups are, in a fraction of the time."""
    words = (only.title, only.artist) if only.title else (only.isrc, "")
    isrcs = (only.isrc,) if only.isrc else ()
    said = traits(only.traits) if only.traits else {}
    return Recording(text_id(key), key, *renamed(key, *words), isrcs, only.released, said)


def _words(titled: Sequence[SeenSpelling]) -> tuple[str, str]:
    """Return title and credit of the spelling with most rows; of equals the one that sorts first."""
    most = min(titled, key=lambda spelling: (-spelling.rows, spelling.title, spelling.artist, spelling.isrc))
    return most.title, most.artist
