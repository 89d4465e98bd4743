"""How matching reads a title and a credit: plain Latin words, with versions, guests and noise told apart.

This is a coarser reading than the one that decides what is printed: other scripts are spelled in Latin letters,
marketing ("Official Video", "[HD]", "- Single") is set aside, and every joined name is parted, because two readings
are only ever compared with each other.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from anyascii import anyascii

from hitparade.catalog.version_words import WORDS as VERSION_WORDS

NOISE = frozenset((
    "official", "video", "videoclip", "clip", "music", "audio", "lyric", "lyrics", "visualizer", "visualiser", "hd",
    "hq", "uhd", "4k", "1080p", "720p", "explicit", "clean", "single", "ep", "album", "lp", "mono", "stereo",
    "bonus", "track", "radio", "edit", "original", "version", "full", "premiere", "mv", "pv", "m", "v", "cd", "cdm",
    "maxi", "vinyl", "digital", "main", "out", "now", "free", "download", "promo", "teaser", "with", "on", "screen",
))  # fmt: skip
"""Words that say how a song is sold or shown, and not which song it is."""

_GUESTS = r"(?:featuring|feat|ft|duet with|f/)(?![a-z0-9])\.?"
_BRACKET = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]?")
_BEHIND = re.compile(r"\s+(?:-+|\||//|~)\s*|\s*(?:-+|\||//|~)\s+")
_INLINE_GUESTS = re.compile(rf"[\s(\[{{]+{_GUESTS}\s*")
_LEADING_GUESTS = re.compile(rf"\s*(?:{_GUESTS}|with\b|w/)\s*")
_JOIN = re.compile(
    r"\s*[,;+&/]\s*|\s+w/\s*|\s+(?:and|with|vs|x|presents|pres|con|y|und|et|meets|starring|introducing)\b\.?\s+"
)
_LABEL_CODE = re.compile(r"(?:[a-z][a-z .&'-]* )?(?=[a-z0-9 -]*\d)[a-z]{1,6}[ -]?\d{2,8}(?:-\d{1,4})?|[0-9]{4,8}")
_WORD = re.compile(r"[a-z0-9]+")
_DROPPED = re.compile(r"['`.]")
_DOLLAR = re.compile(r"\$(?=[a-z])|(?<=[a-z])\$")
_CALL = re.compile(r"(?<=[a-z])!(?=[a-z])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_THE = frozenset((
    "the", "th", "te", "he", "teh", "hte", "thee", "tthe", "thhe", "rhe", "yhe", "tge", "thw", "thr",
))  # fmt: skip
_OTHER_SCRIPTS = (("\u0250", "\u1e00"), ("\u2e80", "\ua720"), ("\uac00", "\ufb00"))
_FILLERS = frozenset({"version", "the", "edit"})


class Form(NamedTuple):
    """A spelling as matching compares it.

    Attributes:
        title: the words of the title, without what stands in brackets behind it.
        more: words of such brackets that are neither versions, guests nor noise ("Escape (The Pina Colada Song)").
        versions: the words that make it another recording, sorted, each once.
        names: who is credited, lead first, each as words; guests named in the title come last.
        leads: how many of ``names`` stand before any "featuring".
        foreign: whether it was written in another script than Latin.
    """

    title: tuple[str, ...]
    more: tuple[str, ...]
    versions: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    leads: int
    foreign: bool


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in plain Latin letters and digits, in order."""
    return tuple(_WORD.findall(_DROPPED.sub("", plain(text))))


def plain(text: str) -> str:
    """Return a text in small ASCII letters, other scripts spelled in Latin ones, "$" and "!" in a word as letters."""
    said = text.lower()
    if not said.isascii():
        # Greek writes one sound with these two letters.
        said = anyascii(said.replace("\u03bf\u03c5", "ou").replace("\u03bf\u03cd", "ou")).lower()
    if "$" in said or "!" in said:
        said = _DOLLAR.sub("s", _CALL.sub("i", said))
    return said


@lru_cache(maxsize=1 << 14)
def read(title: str, credit: str) -> Form:
    """Return how matching reads a title and a credit."""
    said, more, versions, guests = _title(plain(title))
    leads, featured = _credit(plain(credit))
    names = dict.fromkeys([*leads, *featured, *guests])
    foreign = not (title.isascii() and credit.isascii()) and (_foreign(title) or _foreign(credit))
    return Form(said, more, versions, tuple(names), len(leads), foreign)


Names = tuple[tuple[str, ...], ...]


def _foreign(text: str) -> bool:
    # U+0250 begins what is not Latin with marks; U+1E00 to U+1EFF, U+2000 to U+20CF and the like are Latin or signs.
    return any(
        "\u0250" <= sign < "\u1e00" or "\u2e80" <= sign < "\ua720" or "\uac00" <= sign < "\ufb00" for sign in text
    )


def _title(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], Names]:
    parts: list[str] = []
    if "(" in text or "[" in text or "{" in text:
        # A bracket at the very beginning belongs to the title: "(I Can't Get No) Satisfaction".
        text = _BRACKET.sub(lambda at: parts.append(at[1]) or " " if at.start() else at[1], text)  # type: ignore[func-returns-value]
    guests: Names = ()
    if "f" in text and (at := _INLINE_GUESTS.search(text)):
        guests = _names(text[at.end() :])
        text = text[: at.start()]
    text, *behind = _BEHIND.split(text)
    said = _unnoised(_split(text))
    more: list[str] = []
    versions: set[str] = set()
    for place, part in enumerate((*behind, *parts)):
        if named := _LEADING_GUESTS.match(part):
            guests += _names(part[named.end() :])
            continue
        found = _rejoined(_split(part))
        if _is_noise(found, part):
            continue
        if not VERSION_WORDS.isdisjoint(found):
            versions.update(found)
        elif place < len(behind):
            said += found
        else:
            more += found
    # A title without letters and digits ("!!!") is a word of its own.
    said, more = (said, more) if said else (tuple(more) or (text.strip(),), [])
    return said, tuple(more), tuple(sorted(versions - _FILLERS)), guests


def _split(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_DROPPED.sub("", text)))


def _rejoined(found: tuple[str, ...]) -> tuple[str, ...]:
    """Return words with those put together that make a version word in two: "re-recorded", "mash up"."""
    at = next((at for at, pair in enumerate(pairwise(found)) if "".join(pair) in VERSION_WORDS), None)
    return found if at is None else (*found[:at], found[at] + found[at + 1], *found[at + 2 :])


def _is_noise(found: tuple[str, ...], part: str) -> bool:
    if not found or ({*found} <= NOISE):
        return True
    return _LABEL_CODE.fullmatch(part.strip()) is not None and not _YEAR.fullmatch(part.strip())


def _unnoised(found: tuple[str, ...]) -> tuple[str, ...]:
    """Return a title without a tail of noise that begins with "official" and has no sign before it."""
    if "official" in found[1:]:
        at = found.index("official", 1)
        if {*found[at:]} <= NOISE:
            return found[:at]
    return found


def _credit(text: str) -> tuple[Names, Names]:
    leads, *featured = _INLINE_GUESTS.split(text)
    return _names(leads), tuple(name for part in featured for name in _names(part))


def _names(text: str) -> Names:
    found = (_split(name) or ((name.strip(),) if name.strip(" ()[]{}") else ()) for name in _JOIN.split(text))
    return tuple(name[1:] if name[0] in _THE and len(name) > 1 else name for name in found if name)


_SOUNDS = re.compile(
    r"shch|sch|tch|dzh|kh|zh|dj|sh|ch|ts|tz|ph|th|gh|ck|qu|ou|oo|ee|ye|yo|yi|iy|ij|ai|ei|ey|oi|oy|mp|nt|[qxwyjcbhl]"
)
_SOUND_OF = {
    "shch": "s", "sch": "s", "tch": "c", "dzh": "z", "kh": "k", "zh": "z", "dj": "z", "sh": "s", "ch": "c", "ts": "c",
    "tz": "c", "ph": "f", "th": "t", "gh": "g", "ck": "k", "qu": "kv", "ou": "u", "oo": "u", "ee": "i", "ye": "e",
    "yo": "o", "yi": "i", "iy": "i", "ij": "i", "ai": "e", "ei": "i", "ey": "i", "oi": "i", "oy": "i", "mp": "b",
    "nt": "d",
    "q": "k", "x": "ks", "w": "v", "y": "i", "j": "z", "c": "k", "b": "v", "h": "", "l": "r",
}  # fmt: skip
_DOUBLES = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def sound(text: str) -> str:
    """Return roughly how Latin letters sound, so that ways to spell another script in them meet."""
    return _DOUBLES.sub(r"\1", _SOUNDS.sub(lambda at: _SOUND_OF[at[0]], text))
