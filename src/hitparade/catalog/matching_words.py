"""How alike two rows of words are, and why what differs may be more than a slip of typing.

Scores are whole numbers up to 1000. What is compared is read already, by :mod:`hitparade.catalog.matching_reading`.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from hitparade.catalog.matching_reading import sound

FULL = 1000
EACH = 750
"""What title and artist must each reach in a certain match."""
ALIKE, TOLD = 750, 550
ONE_LETTER = "another word, if by one slip,"

Known = Callable[[str], bool]
"""Says of a word whether other songs have it too, in titles or in names; such a word is no slip of another."""


class Part(NamedTuple):
    """How alike a part of two spellings is: what is equal, what speaks against it, and what it costs the whole."""

    score: int
    equal: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    less: int = 0


def likeness(one: str, other: str) -> int:
    """Return how alike two texts are: 1000 less the share of letters that differ; a swap counts once."""
    longest = max(len(one), len(other))
    return FULL - FULL * OSA.distance(one, other) // longest if longest else FULL


def in_one(words: Sequence[str]) -> str:
    """Return words in one."""
    return "".join(words)


_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}


def numbers(words: Sequence[str]) -> list[str]:
    """Return the numbers among words, Roman ones as ours, in order."""
    return sorted(_ROMAN.get(word, word) for word in words if word.isdecimal() or word in _ROMAN)


def compared(one: Sequence[str], two: Sequence[str], known: Known, what: str, *, foreign: bool) -> Part:
    """Return how alike two rows of words are; a space more or less is no difference."""
    bare, other = in_one(one), in_one(two)
    if bare == other:
        return Part(FULL, (what,))
    score = likeness(bare, other)
    if foreign:
        by_sound = likeness(sound(bare), sound(other))
        if by_sound >= EACH and by_sound >= score:
            return Part(by_sound - 10, (f"{what} by sound",), _unlike_sounds(one, two, by_sound))
    if sorted(one) == sorted(two) or _usual(one) == _usual(two):
        return Part(FULL - 10, (f"words of the {what}",))
    score = max(score, likeness(in_one(sorted(one)), in_one(sorted(two))))
    # Nobody is asked about what is so unlike, so that nobody needs to know why.
    return Part(score, (), _word_doubts(one, two, known, what) if score >= TOLD else (f"another {what}",))


_USUAL = {"n": "and", "u": "you", "ur": "your", "pt": "part", "em": "them", "til": "till", "thru": "through"}


def _usual(words: Sequence[str]) -> str:
    """Return words in one without what is spelled now so, now so: "Goin'", "'n'", a "the" in front."""
    told = words[1:] if words[0] == "the" and len(words) > 1 else words
    return "".join(
        word[:-1] if word.endswith("ing") and len(word) > len("king") else _USUAL.get(word, word) for word in told
    )


def _unlike_sounds(one: Sequence[str], two: Sequence[str], by_sound: int) -> tuple[str, ...]:
    if by_sound >= 900 or len(in_one(one)) >= 10 or len(in_one(two)) >= 10:  # noqa: PLR2004 - one sound in ten
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
    one, two = in_one(here), in_one(there)
    return ([one], [two]) if here and there and OSA.distance(one, two, score_cutoff=1) <= 1 else None


def _word_doubt(word: str, near: str, known: Known, what: str) -> str:
    near_enough = slip(word, near)
    if known(word):
        return f"{ONE_LETTER if near_enough else 'another word'} in the {what}: {word}, {near}"
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
