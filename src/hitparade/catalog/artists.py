"""Which artists take part in a credit as printed: names read from it, and aliases followed to whom they stand for."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hitparade.catalog.credits import parse
from hitparade.catalog.folding import fold
from hitparade.catalog.names import Names
from hitparade.catalog.spelling import text_id
from hitparade.catalog.who import NOBODY, Who

PARSED, ALIAS = "parsed", "alias"
_BACKED = re.compile(r" (?:and )?(?:his|her|their) | and orch(?:estra)?\b")
_BACKED_AS_PRINTED = re.compile(r"[\s,]+(?:(?:and|&)\s+)?(?:his|her|their)\s|\s+(?:and|&)\s+orch", re.IGNORECASE)
"""What stands between artists and those who back them, who are no artists of their own."""


class Part(NamedTuple):
    """An artist's part in a credit.

    Attributes:
        artist: the number of the artist's key.
        key, name: the artist by folded key, and by the name that is shown.
        role: lead, featured, with, introduced, presents or remixer.
        place: 1 for the first name of the credit.
        how: ``parsed``, or ``alias`` where a who-is-who file says whose name it is.
        printed: the name as printed.
        source: the source of the alias.
    """

    artist: int
    key: str
    name: str
    role: str
    place: int
    how: str
    printed: str
    source: str = ""


def artist_id(key: str) -> int:
    """Return the number of an artist."""
    return text_id(f"artist:{key}")


def credit_id(credit: str) -> int:
    """Return the number of a credit as printed."""
    return text_id(f"credit:{credit}")


def parts(credit: str, names: Names, who: Who = NOBODY) -> tuple[Part, ...]:
    """Return the artists of a credit in order; one without a name has none."""
    return tuple(
        _part(named.name, named.role, place, names, who) for place, named in enumerate(parse(credit, names), 1)
    )


def artist_of(printed: str, names: Names, who: Who = NOBODY) -> tuple[str, str]:
    """Return the key of the artist that a printed name stands for, and the source where a file says so, else nothing.

    "B.B. King And His Orchestra" is B.B. King where credits show him on his own too.
    """
    key, source = who.artist_of(printed)
    if not source and key not in who.artists and _BACKED.search(key):
        return who.artist_of(_without_backing(key, names))
    return key, source


def _part(printed: str, role: str, place: int, names: Names, who: Who) -> Part:
    key, source = artist_of(printed, names, who)
    artist = who.artists.get(key)
    shown = artist.name if artist else printed if key == fold(printed) else _BACKED_AS_PRINTED.split(printed, 1)[0]
    return Part(artist_id(key), key, shown, role, place, ALIAS if source else PARSED, printed, source)


def _without_backing(key: str, names: Names) -> str:
    """Return who stands before "And His Orchestra", where that is an artist of their own, else the key itself."""
    first = _BACKED.split(key, 1)[0]
    return first if names.known.get(first) else key


def shown_names(printed: Iterable[tuple[Part, int]]) -> Mapping[str, str]:
    """Return the name to show for every artist key: the spelling with most lines, ties by text; files come first.

    One chart prints all its names in capitals: such a spelling stands behind every other.
    """
    lines: dict[str, dict[str, int]] = {}
    for part, weight in printed:
        said = lines.setdefault(part.key, {})
        said[part.name] = said.get(part.name, 0) + weight
    return {key: min(said, key=lambda name: (name.isupper(), -said[name], name)) for key, said in sorted(lines.items())}
