"""How like a spelling is to a known song: scores of title and artist apart, and every doubt in words.

Scores are whole numbers up to 1000. A score alone never makes a match certain; one doubt sends it to a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from hitparade.catalog.matching_names import DOUBTFUL_ARTIST, artists
from hitparade.catalog.matching_reading import Form, read
from hitparade.catalog.matching_words import (
    ALIKE,
    EACH,
    FULL,
    ONE_LETTER,
    Known,
    Part,
    compared,
    in_one,
    likeness,
    numbers,
)
from hitparade.catalog.version_words import WORDS as VERSION_WORDS

CERTAIN = 870
"""Least total of a match that needs nobody's eye; title and artist each need :data:`EACH`."""
BACKED, BACKED_EACH = 820, 660
"""The same where the length or the day of release agrees to a hair."""
MARGIN = 30
"""How far the next best song must be behind."""
DOUBTFUL, DOUBTFUL_TITLE = 740, 680
"""Least total and title that are worth a person's time; the artist needs :data:`DOUBTFUL_ARTIST`."""

ISRC, LENGTH, RELEASE = "ISRC", "length", "release"
ANOTHER_VERSION = "another version"
SAME_ISRC_OTHER_WORDS = "the same ISRC under other words"
NO_MARGIN = "another song is as near"
_YEARS, _SECONDS, _SHARE = 2, 10, 10
_SAME_SECONDS, _SAME_DAYS = 3, 60
_SAME = 990
_DAYS = 365


class Spelled(NamedTuple):
    """A spelling, or a known song under one of its spellings, with what is known of it besides.

    ``key`` names the song that it is so far; spellings of one song share it. ``rows`` says how much it is used, and
    ``seen`` is the first issue that it is on of the published charts that print it, ``charts``.
    """

    key: str
    title: str
    credit: str
    isrcs: tuple[str, ...] = ()
    released: date | None = None
    seconds: int = 0
    rows: int = 1
    seen: date | None = None
    charts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was compared and what came of it.

    Attributes:
        total, title, artist: scores up to 1000.
        equal: what agrees, in words.
        doubts: what speaks against it, in words; a match with a doubt is never certain.
    """

    total: int
    title: int
    artist: int
    equal: tuple[str, ...]
    doubts: tuple[str, ...]


def weigh(spelled: Spelled, other: Spelled, known: Known) -> Evidence:
    """Return the evidence for ``spelled`` being the song that ``other`` is."""
    one, two = read(spelled.title, spelled.credit), read(other.title, other.credit)
    sides = (_sides(spelled), _sides(other)) if "/" in spelled.title + other.title else ((), ())
    title, artist = _titles(one, two, known, sides), artists(one, two, known)
    facts = _facts(spelled, other, like=title.score >= ALIKE or artist.score >= ALIKE)
    doubts = title.doubts + artist.doubts + facts.doubts
    if {LENGTH, RELEASE} <= {*facts.equal}:
        doubts = tuple(doubt for doubt in doubts if not doubt.startswith(ONE_LETTER))
    if facts.score:
        doubts = facts.doubts
    elif artist.less and (title.score < FULL or title.less):
        doubts += ("a name is missing, and the title is not quite the same",)
    if (years := _years_between(spelled.seen, other.seen)) and min(
        title.score - title.less, artist.score - artist.less
    ) < _SAME:
        doubts += (f"first charted {years} years apart",)
    total = max((title.score + artist.score) // 2 - title.less - artist.less - facts.less, facts.score, 0)
    return Evidence(total, title.score, artist.score, title.equal + artist.equal + facts.equal, doubts)


def _years_between(one: date | None, two: date | None) -> int:
    """Return how many years lie between two days, or 0 when they are few or one is not known."""
    years = abs((one - two).days) // _DAYS if one and two else 0
    return years if years >= _YEARS else 0


def is_certain(evidence: Evidence, margin: int) -> bool:
    """Return whether a match needs nobody's eye."""
    if evidence.doubts or margin < MARGIN:
        return False
    # Of a short title one slip is much; a length or a day that agrees then stands for it.
    backed = LENGTH in evidence.equal or RELEASE in evidence.equal
    least, each = (BACKED, BACKED_EACH) if backed else (CERTAIN, EACH)
    return ISRC in evidence.equal or (evidence.total >= least and min(evidence.title, evidence.artist) >= each)


def is_doubtful(evidence: Evidence) -> bool:
    """Return whether a person should look; another version of a song is simply another recording."""
    if ANOTHER_VERSION in evidence.doubts:
        return False
    near = evidence.title >= DOUBTFUL_TITLE and evidence.artist >= DOUBTFUL_ARTIST
    return evidence.total >= DOUBTFUL and (near or SAME_ISRC_OTHER_WORDS in evidence.doubts)


def _titles(one: Form, two: Form, known: Known, sides: tuple[Sequence[str], Sequence[str]]) -> Part:
    foreign = one.foreign or two.foreign
    whole, other = (*one.title, *one.more), (*two.title, *two.more)
    part = compared(whole, other, known, "title", foreign=foreign)
    if part.score < FULL and set(sides[0]) & set(sides[1]):
        part = Part(900, (), ("one is a side of the other",))
    if part.score < FULL and bool(one.more) != bool(two.more):
        # What stands in brackets is often left out; what is in front of them must then be all the same.
        bare = compared(one.title, two.title, known, "title", foreign=foreign)
        if bare.score > part.score and not bare.doubts:
            part = bare._replace(equal=("title but for a part in brackets",), less=30)
    versions = _versions(one, two, known)
    if versions:
        # A version word with a slip in it was read as some part in brackets, so that all words are compared together.
        told, others = ((*form.title, *sorted(form.more + form.versions)) for form in (one, two))
        together = compared(told, others, known, "title and version", foreign=foreign)
        if together.score >= EACH and not together.doubts:
            part, versions = together, ()
    if numbers(whole) != numbers(other):
        part = part._replace(doubts=(*part.doubts, "another number in the title"), less=part.less + 100)
    return part._replace(doubts=part.doubts + versions, less=part.less + _less(versions))


def _less(versions: tuple[str, ...]) -> int:
    return 250 if ANOTHER_VERSION in versions else 150 * bool(versions)


def _versions(one: Form, two: Form, known: Known) -> tuple[str, ...]:
    if one.versions == two.versions:
        absent = () if one.more and two.more else one.more + two.more
        return ("perhaps another version",) if any(_like_version(word) and not known(word) for word in absent) else ()
    if one.versions and two.versions:
        shared = {*one.versions} & {*two.versions}
        if likeness(" ".join(one.versions), " ".join(two.versions)) >= EACH:
            return ("version words are spelled otherwise",)
        if shared in ({*one.versions}, {*two.versions}):
            return ("one says more of its version than the other",)
    return (ANOTHER_VERSION,)


def _sides(spelled: Spelled) -> tuple[str, ...]:
    """Return the titles of a record that was charted with both of its sides, each written in one."""
    said = (in_one(read(side, "").title) for side in spelled.title.split("/"))
    return tuple(side for side in said if len(side) > 3)  # noqa: PLR2004 - "24/7" has no sides


@lru_cache(maxsize=1 << 12)
def _like_version(word: str) -> bool:
    """Return whether a word in brackets may be a version word with a slip in it."""
    return any(OSA.distance(word, each) <= max(1, len(each) // 3) for each in VERSION_WORDS if len(each) > 2)  # noqa: PLR2004


def _facts(one: Spelled, two: Spelled, *, like: bool) -> Part:
    """Return what identifiers, release days and lengths say; a shared ISRC speaks for itself if some words agree."""
    equal: list[str] = []
    doubts: list[str] = []
    other_isrc = bool(one.isrcs and two.isrcs) and not {*one.isrcs} & {*two.isrcs}
    if {*one.isrcs} & {*two.isrcs}:
        return Part(FULL, (ISRC,), () if like else (SAME_ISRC_OTHER_WORDS,))
    if one.seconds and two.seconds:
        apart = abs(one.seconds - two.seconds)
        if apart > max(_SECONDS, max(one.seconds, two.seconds) // _SHARE):
            doubts.append(f"{apart} seconds longer or shorter")
        elif apart <= _SAME_SECONDS:
            equal.append(LENGTH)
    if one.released and two.released:
        years = abs((one.released - two.released).days) // _DAYS
        if years >= _YEARS and other_isrc:
            doubts.append(f"another ISRC and released {years} years apart")
        elif abs((one.released - two.released).days) <= _SAME_DAYS:
            equal.append(RELEASE)
    less = 150 * len(doubts)
    if both := one.charts & two.charts:
        doubts.append(f"one chart prints both: {', '.join(sorted(both))}")
    less += 10 * other_isrc - 5 * len(equal)
    return Part(0, tuple(equal), tuple(doubts), less)
