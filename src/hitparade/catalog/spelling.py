"""A spelling is the sender's own words for a recording; its number derives from those words alone."""

import hashlib
from typing import NamedTuple

SEPARATOR = "\x1f"
"""Stands between ISRC, title and artist; the readers refuse it inside them."""

SPELLING_SQL = "(md5_number_lower(isrc || chr(31) || title || chr(31) || artist) >> 1)::bigint"
"""The number of a spelling over columns ``isrc``, ``title`` and ``artist``, equal to :func:`spelling_id`."""


class Spelling(NamedTuple):
    """The sender's words: a normalised ISRC, a title and an artist, each possibly empty."""

    isrc: str
    title: str
    artist: str


def text_id(text: str) -> int:
    """Return the 63-bit number of any text, as an engine computes it from MD5."""
    seal = hashlib.md5(text.encode(), usedforsecurity=False).digest()
    return int.from_bytes(seal[8:], "little") >> 1


def spelling_id(isrc: str, title: str, artist: str) -> int:
    """Return the number of a spelling."""
    return text_id(SEPARATOR.join((isrc, title, artist)))


def normal_isrc(text: str) -> str:
    """Return an ISRC in upper case without hyphens and blanks."""
    return text.replace("-", "").replace(" ", "").upper()
