"""Titles as printed: the base title, words that tell its version, who is featured in it, and its two sides."""

import re
from typing import NamedTuple

from hitparade.catalog.credits import parse
from hitparade.catalog.folding import fold

_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_FEATURED = re.compile(r"\s*(?:featuring|feat\b\.?|ft\b\.?|f/)\s*(.+)", re.IGNORECASE | re.DOTALL)
_VERSION = re.compile(
    r"\b(?:re-?mix(?:ed)?|mix|live|acoustic|sped[ -]up|slowed|re-?master(?:ed)?|re-?record(?:ed|ing)|version|edit"
    r"|instrumental|from)\b",
    re.IGNORECASE,
)


class Title(NamedTuple):
    """A title read: without its notes, its version words folded, featured names as printed, its sides if it has two."""

    base: str
    versions: tuple[str, ...] = ()
    featured: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


def parse_title(title: str) -> Title:
    """Return a printed title as base, version words, featured names and sides."""
    versions: list[str] = []
    featured: list[str] = []

    def note(at: re.Match[str]) -> str:
        if named := _FEATURED.fullmatch(at[1]):
            featured.extend(part.name for part in parse(named[1]))
            return ""
        if _VERSION.search(at[1]) and at.start():
            versions.append(fold(at[1]))
            return ""
        return at[0]

    base = _BRACKET.sub(note, title).strip() or title.strip()
    sides = tuple(side.strip() for side in base.split("/")) if "/" in base else ()
    return Title(base, tuple(versions), tuple(featured), sides if all(len(side) > 3 for side in sides) else ())


def song_mark(title: str, credit: str) -> str:
    """Return the same text for prints of one song that differ only in where and how a featured artist is named."""
    read = parse_title(title)
    names = {fold(part.name) for part in parse(credit)} | {fold(name) for name in read.featured}
    return " / ".join([fold(read.base), *sorted(read.versions), ", ".join(sorted(names))])
