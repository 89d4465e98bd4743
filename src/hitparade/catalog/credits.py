"""Who takes part in a printed credit: the lead artists and the featured ones, as folded names.

A credit is text, so this is a reading of it. A name that holds a joining word ("Simon & Garfunkel") is two names
unless the caller says that it is one.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from hitparade.catalog.folding import fold
from hitparade.catalog.names import NO_NAMES, Names

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


LEAD, FEATURED, WITH, REMIXER, PRESENTS = "lead", "featured", "with", "remixer", "presents"
_LONGEST = 8
_JOINED = re.compile(
    r"(?P<featured>\s*[(\[{]\s*(?:featuring|feat\b\.?|ft\b\.?)\s*|\s+(?:featuring|feat\b\.?|ft\b\.?|f/)\s*)"
    r"|(?P<with>\s+(?:(?:a\s+)?duet\s+with|with)\s+)"
    r"|(?P<lead>\s*[,;]\s*(?:(?:&|and)\s+)?|\s+(?:&|\+|and|vs\.?|x|presents)\s+)",
    re.IGNORECASE,
)


class Credited(NamedTuple):
    """A name of a credit, its role, and what is printed before it (``join``) and, for the last, behind it (``tail``)."""

    name: str
    role: str
    join: str = ""
    tail: str = ""


def printed(parts: Iterable[Credited]) -> str:
    """Return a credit as it was printed."""
    return "".join(f"{part.join}{part.name}{part.tail}" for part in parts)


def parse(credit: str, names: Names = NO_NAMES) -> tuple[Credited, ...]:
    """Return who takes part in a printed credit, in order, each with its role and the words before it."""
    body = credit.strip()
    if not body:
        return ()
    head = credit.index(body)
    tail = credit[head + len(body) :]
    if body[-1] in ")]}" and re.search(r"[(\[{]\s*(?:featuring|feat\b\.?|ft\b\.?)\s", body, re.IGNORECASE):
        body, tail = body[:-1], body[-1] + tail
    pieces: list[tuple[str, str, str]] = []
    start, join, role = 0, credit[:head], LEAD
    for at in _JOINED.finditer(body):
        if at.start() == start or at.end() == len(body):
            continue
        pieces.append((join, body[start : at.start()], role))
        start, join = at.end(), at[0]
        role = at.lastgroup if at.lastgroup != LEAD else role
    pieces.append((join, body[start:], role))
    return _grouped(pieces, tail, names)


def _grouped(pieces: list[tuple[str, str, str]], tail: str, names: Names) -> tuple[Credited, ...]:
    parts: list[Credited] = []
    at = 0
    while at < len(pieces):
        join, name, role = pieces[at]
        size = 1
        for end in range(min(len(pieces), at + _LONGEST), at + 1, -1):
            whole = name + "".join(piece[0] + piece[1] for piece in pieces[at + 1 : end])
            if names.one(whole):
                name, size = whole, end - at
                break
        at += size
        parts.append(Credited(name, role or LEAD, join, tail if at == len(pieces) else ""))
    return tuple(parts)
