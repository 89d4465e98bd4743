"""Songs by name among all that the ledger holds, in every spelling that a sender used."""

from functools import reduce
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from hitparade.catalog.folding import fold
from hitparade.catalog.groups import ISRC_KEY
from hitparade.ledger.identity import Identity


class Delivered(NamedTuple):
    """A spelling: the key that it alone would give, the key of its song, and its words."""

    own_key: str
    key: str
    title: str
    artist: str
    isrc: str


def prints(identity: Identity, text: str) -> tuple[Delivered, ...]:
    """Return the spellings that are called ``text``, else those with all of its words, in order."""
    there = _called(identity, text)
    found = _told(identity, there) if there is not None else ()
    return found or tuple(each for each in _told(identity, _worded(identity, text)) if _holds(each.own_key, text))


def named(identity: Identity, text: str) -> tuple[str, ...]:
    """Return the keys of the songs that are called ``text``, in order: by key, title, title and artist, or ISRC."""
    there = _called(identity, text)
    return () if there is None else tuple(sorted({key for _, key in _lines(identity, there)}))


def _called(identity: Identity, text: str) -> Any:  # noqa: ANN401 - a column of yes and no, or None
    table: Any = identity.table
    said, wanted = table.column("own_key"), text.strip()
    folded = fold(wanted)
    if not folded:
        return None
    flat = pc.replace_substring(said, " / ", " ", max_replacements=1)
    isrc = wanted.removeprefix(ISRC_KEY).upper().replace("-", "")
    exact: Any = ((said, wanted), (flat, folded), (table.column("isrc"), isrc))
    alike = [pc.equal(column, name) for column, name in exact]
    alike.append(pc.starts_with(said, f"{folded} / "))
    return reduce(pc.or_, alike)


def with_words(identity: Identity, text: str) -> tuple[str, ...]:
    """Return the keys of the songs whose title and artist have all the words of ``text``, in order."""
    return tuple(sorted({key for own, key in _lines(identity, _worded(identity, text)) if _holds(own, text)}))


def _worded(identity: Identity, text: str) -> Any:  # noqa: ANN401 - a column of yes and no
    """Return where the letters of every word are, which is more than where the words are."""
    said: Any = identity.table.column("own_key")
    words = sorted(set(fold(text).split()))
    near = (pc.match_substring(said, word) for word in words)
    return reduce(pc.and_, near) if words else pa.array([False] * len(said))


def _holds(own_key: str, text: str) -> bool:
    return set(fold(text).split()) <= set(own_key.split())


def _told(identity: Identity, there: Any) -> tuple[Delivered, ...]:  # noqa: ANN401 - a column of yes and no
    names = ["own_key", "key", "said_title", "said_artist", "isrc"]
    found = identity.table.select(names).filter(there).to_pydict()
    return tuple(sorted({Delivered(*row) for row in zip(*(found[name] for name in names), strict=True)}))


def _lines(identity: Identity, there: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a column of yes and no
    """Return the chosen spellings: the key that each alone would give, and that of its song."""
    found = identity.table.select(["own_key", "key"]).filter(there).to_pydict()
    return list(zip(found["own_key"], found["key"], strict=True))
