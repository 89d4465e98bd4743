"""How like a spelling is to a known song: scores of title and artist apart, and every doubt in words.

Scores are whole numbers up to 1000. A score alone never makes a match certain; one doubt sends it to a person.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from hitparade.catalog.matching_reading import VERSIONS, Form, Names, read, sound

FULL = 1000
CERTAIN = 870
"""Least total of a match that needs nobody's eye; title and artist each need :data:`EACH`."""
EACH = 750
BACKED, BACKED_EACH = 820, 660
"""The same where the length or the day of release agrees to a hair."""
MARGIN = 30
"""How far the next best song must be behind."""
DOUBTFUL, DOUBTFUL_TITLE, DOUBTFUL_ARTIST = 740, 680, 600
"""Least total, title and artist that are worth a person's time."""

ISRC, LENGTH, RELEASE = "ISRC", "length", "release"
ANOTHER_VERSION = "another version"
SAME_ISRC_OTHER_WORDS = "the same ISRC under other words"
NO_MARGIN = "another song is as near"
_YEARS, _SECONDS, _SHARE = 2, 10, 10
_SAME_SECONDS, _SAME_DAYS = 3, 60
_ALIKE, _TOLD = 750, 550
_SAME = 990
_ONE_LETTER = "another word, if by one slip,"
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


Known = Callable[[str], bool]
"""Says of a word whether other songs have it too, in titles or in names; such a word is no slip of another."""


class _Part(NamedTuple):
    score: int
    equal: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    less: int = 0


def weigh(spelled: Spelled, other: Spelled, known: Known) -> Evidence:
    """Return the evidence for ``spelled`` being the song that ``other`` is."""
    one, two = read(spelled.title, spelled.credit), read(other.title, other.credit)
    sides = (_sides(spelled), _sides(other)) if "/" in spelled.title + other.title else ((), ())
    title, artist = _titles(one, two, known, sides), _artists(one, two, known)
    facts = _facts(spelled, other, like=title.score >= _ALIKE or artist.score >= _ALIKE)
    doubts = title.doubts + artist.doubts + facts.doubts
    if {LENGTH, RELEASE} <= {*facts.equal}:
        doubts = tuple(doubt for doubt in doubts if not doubt.startswith(_ONE_LETTER))
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


def likeness(one: str, other: str) -> int:
    """Return how alike two texts are: 1000 less the share of letters that differ; a swap counts once."""
    longest = max(len(one), len(other))
    return FULL - FULL * OSA.distance(one, other) // longest if longest else FULL


def _titles(one: Form, two: Form, known: Known, sides: tuple[Sequence[str], Sequence[str]]) -> _Part:
    foreign = one.foreign or two.foreign
    whole, other = (*one.title, *one.more), (*two.title, *two.more)
    part = _compared(whole, other, known, "title", foreign=foreign)
    if part.score < FULL and set(sides[0]) & set(sides[1]):
        part = _Part(900, (), ("one is a side of the other",))
    if part.score < FULL and bool(one.more) != bool(two.more):
        # What stands in brackets is often left out; what is in front of them must then be all the same.
        bare = _compared(one.title, two.title, known, "title", foreign=foreign)
        if bare.score > part.score and not bare.doubts:
            part = bare._replace(equal=("title but for a part in brackets",), less=30)
    versions = _versions(one, two, known)
    if versions:
        # A version word with a slip in it was read as some part in brackets, so that all words are compared together.
        told, others = ((*form.title, *sorted(form.more + form.versions)) for form in (one, two))
        together = _compared(told, others, known, "title and version", foreign=foreign)
        if together.score >= EACH and not together.doubts:
            part, versions = together, ()
    if _numbers(whole) != _numbers(other):
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
    said = (_bare(read(side, "").title) for side in spelled.title.split("/"))
    return tuple(side for side in said if len(side) > 3)  # noqa: PLR2004 - "24/7" has no sides


@lru_cache(maxsize=1 << 12)
def _like_version(word: str) -> bool:
    """Return whether a word in brackets may be a version word with a slip in it."""
    return any(OSA.distance(word, each) <= max(1, len(each) // 3) for each in VERSIONS if len(each) > 2)  # noqa: PLR2004


def _bare(words: Sequence[str]) -> str:
    return "".join(words)


_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}


def _numbers(words: Sequence[str]) -> list[str]:
    return sorted(_ROMAN.get(word, word) for word in words if word.isdecimal() or word in _ROMAN)


def _compared(one: Sequence[str], two: Sequence[str], known: Known, what: str, *, foreign: bool) -> _Part:
    """Return how alike two rows of words are; a space more or less is no difference."""
    bare, other = _bare(one), _bare(two)
    if bare == other:
        return _Part(FULL, (what,))
    score = likeness(bare, other)
    if foreign:
        by_sound = likeness(sound(bare), sound(other))
        if by_sound >= EACH and by_sound >= score:
            return _Part(by_sound - 10, (f"{what} by sound",), _unlike_sounds(one, two, by_sound))
    if sorted(one) == sorted(two) or _usual(one) == _usual(two):
        return _Part(FULL - 10, (f"words of the {what}",))
    score = max(score, likeness(_bare(sorted(one)), _bare(sorted(two))))
    # Nobody is asked about what is so unlike, so that nobody needs to know why.
    return _Part(score, (), _word_doubts(one, two, known, what) if score >= _TOLD else (f"another {what}",))


_USUAL = {"n": "and", "u": "you", "ur": "your", "pt": "part", "em": "them", "til": "till", "thru": "through"}


def _usual(words: Sequence[str]) -> str:
    """Return words in one without what is spelled now so, now so: "Goin'", "'n'", a "the" in front."""
    told = words[1:] if words[0] == "the" and len(words) > 1 else words
    return "".join(
        word[:-1] if word.endswith("ing") and len(word) > len("king") else _USUAL.get(word, word) for word in told
    )


def _unlike_sounds(one: Sequence[str], two: Sequence[str], by_sound: int) -> tuple[str, ...]:
    if by_sound >= 900 or len(_bare(one)) >= 10 or len(_bare(two)) >= 10:  # noqa: PLR2004 - one sound in ten
        return ()
    return ("another script, and not quite the same sound",)


def _word_doubts(one: Sequence[str], two: Sequence[str], known: Known, what: str) -> tuple[str, ...]:
    """Return why the words of one side that the other has not are more than slips of typing."""
    here, there = list(one), []
    for word in two:
        if word in here:
            here.remove(word)
        else:
            there.append(word)
    if len(here) != len(there):
        joined = _joined(here, there)
        if joined is None:
            return (_more_words(here, there, what),)
        here, there = joined
    doubts = []
    for word in here:
        near = min(there, key=lambda each: (OSA.distance(word, each), each))
        there.remove(near)
        if said := _word_doubt(word, near, known, what):
            doubts.append(said)
    return tuple(doubts)


def _more_words(here: list[str], there: list[str], what: str) -> str:
    told = here if len(here) > len(there) else there
    return f"more words in one {what}: {' '.join(told)}"


def _joined(here: list[str], there: list[str]) -> tuple[list[str], list[str]] | None:
    """Return each side's words put together, where that makes the sides meet but for a slip."""
    one, two = _bare(here), _bare(there)
    return ([one], [two]) if here and there and OSA.distance(one, two, score_cutoff=1) <= 1 else None


def _word_doubt(word: str, near: str, known: Known, what: str) -> str:
    near_enough = slip(word, near)
    if known(word):
        return f"{_ONE_LETTER if near_enough else 'another word'} in the {what}: {word}, {near}"
    return "" if near_enough else f"a word of the {what} is spelled otherwise: {word}, {near}"


_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS = {
    frozenset((row[place], other))
    for line, row in enumerate(_ROWS)
    for place in range(len(row))
    for other in (
        *row[place + 1 : place + 2],
        *(_ROWS[line + 1][max(place - 1, 0) : place + 1] if line + 1 < len(_ROWS) else ""),
    )
}
_ENDINGS = frozenset("sdry")
_LONG = 10


def slip(word: str, meant: str) -> bool:
    """Return whether one word is the other but for a slip of typing.

    A slip is two letters swapped, one left out or typed twice, or a key beside the right one; in a long word two. An
    ending more or less ("girl", "girls") is none, nor is a letter from elsewhere on the keys ("grey", "gray").
    """
    distance = OSA.distance(word, meant)
    if word.isdecimal() or meant.isdecimal():
        return word == meant
    if distance > 1:
        return distance == 2 and min(len(word), len(meant)) >= _LONG  # noqa: PLR2004 - two slips
    if len(word) == len(meant):
        wrong = [frozenset(pair) for pair in zip(word, meant, strict=True) if pair[0] != pair[1]]
        return len(wrong) != 1 or wrong[0] in _KEYS
    shorter, longer = sorted((word, meant), key=len)
    return not (longer.startswith(shorter) and longer[-1] in _ENDINGS and longer[-1] != shorter[-1:])


def _artists(one: Form, two: Form, known: Known) -> _Part:
    foreign = one.foreign or two.foreign
    here, there = (tuple(word for name in form.names for word in name) for form in (one, two))
    if not here or not there:
        return _Part(0, (), ("no artist",))
    here, there = _without_join(here, there), _without_join(there, here)
    whole = _compared(here, there, known, "artist", foreign=foreign)
    if whole.score >= FULL - 10 or (len(one.names) == len(two.names) == 1):
        return whole
    by_name = _by_name(one, two, known)
    surer = whole.doubts and not by_name.doubts and by_name.score
    return by_name if surer or by_name.score - by_name.less > whole.score else whole


def _without_join(names: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of names without a "feat" that a slip turned into another word, which the others have not."""
    return tuple(
        word
        for place, word in enumerate(names)
        if not (0 < place < len(names) - 1 and word not in others and OSA.distance(word, "feat", score_cutoff=1) <= 1)
    )


def _by_name(one: Form, two: Form, known: Known) -> _Part:
    """Return how alike two credits are, name for name."""
    foreign = one.foreign or two.foreign
    left, met = list(two.names), []
    for place, name in enumerate(one.names):
        if not left:
            break
        near = max(left, key=lambda each: (likeness(_bare(name), _bare(each)), each))
        part = _part(name, near, known, foreign=foreign)
        if part.score < _ALIKE and _shortened(name, near):
            part = _Part(FULL - 60, (), ("a name is shortened",) if len(one.names) == 1 else ())
        if part.score >= _ALIKE:
            left.remove(near)
            met.append((place, two.names.index(near), name, part))
    absent = [name for name in one.names if name not in {name for _, _, name, _ in met}]
    if not met:
        return _Part(0)
    score = sum(len(_bare(name)) * part.score for _, _, name, part in met)
    score //= sum(len(_bare(name)) for _, _, name, _ in met)
    doubts = tuple(doubt for _, _, _, part in met for doubt in part.doubts)
    if not absent and not left:
        return _Part(score, ("all names",), doubts)
    # Whoever is missing must not be whom the song is by.
    lead = any(place == other == 0 for place, other, _, _ in met)
    if lead and not (absent and left):
        return _Part(score, (f"artist without {_told(absent or left)}",), doubts, less=40)
    share = sum(len(_bare(name)) for _, _, name, _ in met) * 2
    share = score * share // sum(len(_bare(name)) for name in (*one.names, *two.names))
    # Whom the song is by and what it is called may agree while a guest is another: somebody should look.
    share = max(share, DOUBTFUL_ARTIST) if lead else share
    return _Part(share, (), (*doubts, f"other names: {_told((*absent, *left))}"))


def _part(name: Sequence[str], near: Sequence[str], known: Known, *, foreign: bool) -> _Part:
    """Return how alike two names are; the letters of most are too unlike for a closer look."""
    if foreign or likeness(_bare(name), _bare(near)) >= _TOLD or not {*name}.isdisjoint(near):
        return _compared(name, near, known, "artist", foreign=foreign)
    return _Part(0)


def _shortened(name: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether one is the other's last word, with or without initials: "Cabello", "A Benjamin"."""
    shorter, longer = sorted((name, other), key=len)
    if len(shorter) == len(longer):
        return name[-1] == other[-1] and all(
            a[0] == b[0] and 1 in {len(a), len(b)} for a, b in zip(name[:-1], other[:-1], strict=True)
        )
    return shorter[-1] == longer[-1] and len(shorter) == 1


def _told(names: Sequence[tuple[str, ...]] | Names) -> str:
    return ", ".join(" ".join(name) for name in names)


def _facts(one: Spelled, two: Spelled, *, like: bool) -> _Part:
    """Return what identifiers, release days and lengths say; a shared ISRC speaks for itself if some words agree."""
    equal: list[str] = []
    doubts: list[str] = []
    other_isrc = bool(one.isrcs and two.isrcs) and not {*one.isrcs} & {*two.isrcs}
    if {*one.isrcs} & {*two.isrcs}:
        return _Part(FULL, (ISRC,), () if like else (SAME_ISRC_OTHER_WORDS,))
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
    return _Part(0, tuple(equal), tuple(doubts), less)
