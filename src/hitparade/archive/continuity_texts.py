"""How alike two prints are when the columns already say that one goes on where the other ended."""

from difflib import SequenceMatcher

from hitparade.catalog.credits import parse
from hitparade.catalog.folding import fold
from hitparade.catalog.titles import parse_title

_NEAR = 0.75
_SMALL = frozenset({"a", "an", "and", "the", "of", "to", "in", "on", "my", "me", "you", "i"})


def likeness(one: tuple[str, str], other: tuple[str, str]) -> str:
    """Return what two prints, each a title and a credit, have in common; empty when that is too little."""
    titles, credits_ = (one[0], other[0]), (one[1], other[1])
    if _sides(titles[0]) & _sides(titles[1]):
        if len(_sides(titles[0]) | _sides(titles[1])) > 1:
            return "the same title on one of its sides"
        return "the same title; the credit differs" if fold(credits_[0]) != fold(credits_[1]) else "the same title"
    if fold(credits_[0]) == fold(credits_[1]):
        return "the same credit; the title differs"
    if _near(*titles):
        return "the same title but for a few letters"
    if _names(credits_[0]) & _names(credits_[1]) and _words(titles[0]) & _words(titles[1]):
        return "a shared name and a shared word of the title"
    return ""


def changed(one: tuple[str, str], other: tuple[str, str]) -> str:
    """Return what changed between two prints of a song: ``spelling``, ``credit``, ``sides``, ``title`` or ``both``."""
    if fold(one[0]) == fold(other[0]):
        return "spelling" if fold(one[1]) == fold(other[1]) else "credit"
    if "/" in one[0] + other[0] and _sides(one[0]) & _sides(other[0]):
        return "sides"
    return "title" if fold(one[1]) == fold(other[1]) else "both"


def _sides(title: str) -> set[str]:
    return {fold(parse_title(side).base) for side in title.split("/") if side.strip()}


def _near(one: str, other: str) -> bool:
    return SequenceMatcher(None, fold(one), fold(other)).ratio() >= _NEAR


def _names(credit: str) -> set[str]:
    return {fold(part.name) for part in parse(credit)}


def _words(title: str) -> set[str]:
    return set(fold(title).split()) - _SMALL
