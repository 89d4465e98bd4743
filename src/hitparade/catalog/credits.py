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
