"""Who takes part in a printed credit: the lead artists and the featured ones, as folded names.

A credit is text, so this is a reading of it. A name that holds a joining word ("Simon & Garfunkel") is two names
unless the caller says that it is one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from hitparade.catalog.folding import fold
from hitparade.catalog.joins import LEAD, OR, WITH, Cut, Piece, pieces, weak_cuts
from hitparade.catalog.names import LONGEST, NO_NAMES, Names, apart, joined, runs

_FEATURING = re.compile(r"[\s(\[]+(?:featuring|feat\b\.?|ft\b\.?)\s+")
_JOIN = re.compile(r"\s*[,;]\s*(?:&|and\s)?\s*|\s+(?:&|\+|and|with|vs\.?|x)\s+")


class Roles(NamedTuple):
    """The folded names of a credit, each once, in the order in which they are printed."""

    leads: tuple[str, ...]
    featured: tuple[str, ...]


@lru_cache(maxsize=1 << 16)
def roles(credit: str, whole: tuple[str, ...] = ()) -> Roles:
    """Return who leads and who is featured in a credit; a name in ``whole`` is one artist."""
    text = unicodedata.normalize("NFKC", credit).casefold().strip()
    kept = sorted((unicodedata.normalize("NFKC", name).casefold() for name in whole), key=len, reverse=True)
    for number, name in enumerate(kept):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", f"\x00{number}\x00", text)
    leads, *featured = _FEATURING.split(text)
    first = _names([leads], kept)
    return Roles(first, tuple(name for name in _names(featured, kept) if name not in first))


def _names(parts: Iterable[str], kept: list[str]) -> tuple[str, ...]:
    found = (
        re.sub("\x00(\\d+)\x00", lambda at: kept[int(at[1])], name) for part in parts for name in _JOIN.split(part)
    )
    return tuple(dict.fromkeys(fold(name) for name in found if name.strip(" ()[]")))


class Credited(NamedTuple):
    """A name of a credit, its role, and what is printed before it and, for the last, behind it."""

    name: str
    role: str
    join: str = ""
    tail: str = ""


def printed(parts: Iterable[Credited]) -> str:
    """Return a credit as it was printed."""
    return "".join(f"{part.join}{part.name}{part.tail}" for part in parts)


def parse(credit: str, names: Names = NO_NAMES) -> tuple[Credited, ...]:
    """Return who takes part in a printed credit, in order, each with its role and the words before it."""
    found, tail = pieces(credit)
    parts = [part for run in runs(apart(found, names.decided)) for part in _named(run, names)]
    if parts:
        parts[-1] = parts[-1]._replace(tail=tail)
    return tuple(parts)


def _named(run: list[Piece], names: Names) -> Iterator[Credited]:
    at = 0
    while at < len(run):
        size = _length(run, at, names)
        name = joined(run[at : at + size])
        yield from _parted(Credited(name, run[at].role, run[at].join), names)
        at += size


def _length(run: list[Piece], at: int, names: Names) -> int:
    """Return how many of the names from ``at`` on are one artist: the most that are known to be."""
    if not names.whole:
        return 1
    for end in range(min(len(run), at + LONGEST), at + 1, -1):
        if names.one(joined(run[at:end])):
            return end - at
    return 1


def _parted(part: Credited, names: Names) -> Iterator[Credited]:
    """Return a name in two where another language's joining word has known artists on both its sides."""
    cuts = weak_cuts(part.name) if names.known else []
    if not cuts or names.one(part.name):
        yield part
        return
    for cut in cuts:
        left, right = part.name[: cut.start].rstrip(), part.name[cut.end :].lstrip()
        if _are_two(part, left, right, cut, names):
            yield Credited(left, part.role, part.join)
            role = WITH if cut.says == WITH and part.role == LEAD else part.role
            yield from _parted(Credited(right, role, part.name[len(left) : len(part.name) - len(right)]), names)
            return
    yield part


def _are_two(part: Credited, left: str, right: str, cut: Cut, names: Names) -> bool:
    """Return whether a word of another language, or "or", stands between two artists."""
    free = names.free(left), names.free(right) or bool(weak_cuts(right))
    if cut.says != OR:
        return all(free) and not names.free(part.name)
    # "Featuring Lil Wayne Or T.I." is the whole of what follows "Featuring", as if it were an artist of that name: what
    # speaks against it is that its names have more lines alone. "Dead Or Alive" has more than any Dead.
    lines = [names.known[fold(name)] for name in (left, right) if names.free(name)]
    if not any(free) or names.known.get(fold(part.name), 0) >= min(lines, default=1):
        return False
    return all(free) or (part.role != LEAD and " " in left + right)
