"""Titles as printed: the base title, words that tell its version, who is featured in it, and its two sides."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from hitparade.catalog.credits import parse
from hitparade.catalog.folding import fold
from hitparade.catalog.names import NO_NAMES, Names
from hitparade.catalog.version_words import KINDS

_NOTE = re.compile(r"[(\[{]([^()\[\]{}]{1,200})[)\]}]")
_DASHED = re.compile(r"\s[-\u2013\u2014]\s")
_FEATURED = re.compile(r"\s*(?:featuring|feat\.?|ft\.?|f/|(?:a\s)?duet\swith)(?:\s+|(?<=[./]))(\S.*)", re.IGNORECASE)
_FEATURED_BARE = re.compile(r"\s(?:featuring|feat\.?|ft\.?|f/)(?:\s|(?<=[./]))", re.IGNORECASE)
_WITH = re.compile(r"\s*with\s+(\S.*)", re.IGNORECASE)
_KIND = re.compile("|".join(f"(?P<k{number}>{words})" for number, words in enumerate(kind.phrase for kind in KINDS)))
_QUOTED_FROM = re.compile(
    r"\s*(?:music\s|songs?\s)?from\s?(?:the\s)?(?:[\w ]{1,20}\s)?[\"\u201c\u201d].*", re.IGNORECASE
)
_OPENS_PHRASE = re.compile(r"(?:in|on|to|for|of|my|your|our|i|you|we|he|she|dont|lets|youre|im|the way|a) ")
_NAMELESS = re.compile(
    r"(?:(?:^|\s)(?:a|the|radio|single|album|club|dance|original|extended|main|full|short|long|new|special|official|video"
    r"|vocals?|instrumental|dub|remix|mix|edit|version|street|pop|rock|house|rap|us|uk|usa|spanish|english|french|german"
    r"|acoustic|live|no|intro|outro|clean|explicit|dirty|inch|lp|and|&|\d+\S?))+$",
    re.IGNORECASE,
)
"""Words before "Remix" that are no remixer."""
_FROM = re.compile(r"(?:music |songs? )?from ")
_REMIXER = re.compile(
    r"(.+?)(?:['\u2019]s)? (?:re-?mix|rmx|mix|edit|rework|refix|dub|bootleg|flip)(?: edit)?", re.IGNORECASE
)
_MIN_SIDE = 4
_LONGEST_NOTE = 200


class Title(NamedTuple):
    """A title read.

    Attributes:
        base: the title without the notes that tell its version or its guests.
        versions: those that tell a version, folded, such as "live" or "2011 remaster".
        featured: artists that it names as featured, as printed.
        sides: its two sides or more, where it has them.
        remixers: artists that a version note names as its remixers, as printed.
    """

    base: str
    versions: tuple[str, ...] = ()
    featured: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    remixers: tuple[str, ...] = ()


def parse_title(title: str, names: Names = NO_NAMES) -> Title:
    """Return a printed title as base, version words, featured names and sides.

    ``names`` tells whether the B of "(with B)" is an artist; without it such a note stays in the title.
    """
    if not any(sign in title for sign in "([{/-\u2013\u2014fF"):
        return Title(title.strip() or title)
    read = _Read(names)
    base = _NOTE.sub(read.bracket, title)
    base = read.bare(base)
    base = read.dashed(base).strip()
    if not base:  # a title of nothing but such words is a title
        return Title(title.strip() or title)
    return Title(
        _closed_up(base, title) if read.took else base,
        tuple(read.versions),
        tuple(dict.fromkeys(read.featured)),
        _sides(base),
        tuple(dict.fromkeys(read.remixers)),
    )


def _closed_up(base: str, title: str) -> str:
    """Return a title without the blanks that a note left behind when it was taken out."""
    single = re.sub(r"\s{2,}", " ", base)
    return single if " /" in title else single.replace(" /", "/")


def kind_of(version: str) -> str:
    """Return what a version of a title is: remix, live, remaster and the like, or from, where it names a film."""
    return "from" if _FROM.match(version) else _kind(version)


def _kind(words: str) -> str:
    if _OPENS_PHRASE.match(words) or (words.startswith("the ") and not words.endswith(("mix", "version", "edit"))):
        return ""
    at = _KIND.fullmatch(words)
    return KINDS[int(str(at.lastgroup)[1:])].name if at else ""


def song_mark(title: str, credit: str, names: Names = NO_NAMES) -> str:
    """Return the same text for prints of one song that differ only in where and how a featured artist is named.

    It holds the base title, the version words but those that name a film, and every name of title and credit, sorted.
    ``names`` only tells whether the B of "(with B)" in a title is an artist.
    """
    read = parse_title(title, names)
    said = {fold(part.name) for part in parse(credit)} | {fold(name) for name in read.featured}
    told = sorted(version for version in read.versions if kind_of(version) != "from")
    return " / ".join([fold(read.base), *told, ", ".join(sorted(said))])


class _Read:
    """What the notes of one title say, gathered while they are taken out of it."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.versions: list[str] = []
        self.featured: list[str] = []
        self.remixers: list[str] = []
        self.took = False

    def bracket(self, at: re.Match[str]) -> str:
        """Return nothing in place of a note in brackets that says a version or a guest, else the note itself."""
        return "" if self._take(at[1]) else at[0]

    def bare(self, title: str) -> str:
        """Return a title without the guests that it names behind it without brackets."""
        at = _FEATURED_BARE.search(title)
        if not at or not title[: at.start()].strip() or not title[at.end() :].strip():
            return title
        self._guests(title[at.end() :])
        return title[: at.start()]

    def dashed(self, title: str) -> str:
        """Return a title without the version words that stand behind its last dash."""
        *_, last = [None, *_DASHED.finditer(title)]
        if last and title[: last.start()].strip() and self._take(title[last.end() :]):
            return title[: last.start()]
        return title

    def _take(self, note: str) -> bool:
        if len(note) > _LONGEST_NOTE:
            return False
        guests = _FEATURED.fullmatch(note) or _WITH.fullmatch(note)
        if guests and (guests.re is _FEATURED or self._known(guests[1])):
            self._guests(guests[1])
        elif _QUOTED_FROM.fullmatch(note):
            self.versions.append(fold(note))
        elif kind := _kind(fold(note)):
            self.versions.append(fold(note))
            if kind in {"remix", "edit"}:
                self.remixers.extend(_remixers(note))
        else:
            return False
        self.took = True
        return True

    def _known(self, guests: str) -> bool:
        return all(self.names.free(part.name) for part in parse(guests, self.names))

    def _guests(self, text: str) -> None:
        self.took = True
        self.featured.extend(part.name for part in parse(text.strip(), self.names))


def _remixers(note: str) -> Iterator[str]:
    """Return whom a version note names before "Remix", where it is not just a word such as "Radio"."""
    at = _REMIXER.fullmatch(note.strip())
    name = _NAMELESS.sub("", at[1]).strip() if at else ""
    if name:
        yield from (part.name for part in parse(name))


def _sides(base: str) -> tuple[str, ...]:
    """Return the sides of a title with a slash outside brackets; a slash inside a word or a number parts nothing."""
    if "/" not in base:
        return ()
    sides, depth, start = [], 0, 0
    for place, sign in enumerate(base):
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth = max(0, depth - 1)
        elif sign == "/" and not depth:
            sides.append(base[start:place].strip())
            start = place + 1
    sides.append(base[start:].strip())
    return tuple(sides) if len(sides) > 1 and all(map(_is_side, sides)) and any(map(_is_long, sides)) else ()


def _is_side(side: str) -> bool:
    return sum(map(str.isalpha, side)) > 1


def _is_long(side: str) -> bool:
    return len(side) >= _MIN_SIDE
