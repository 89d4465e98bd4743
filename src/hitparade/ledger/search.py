"""Songs by name among all that the ledger holds, in every spelling that a sender used."""

from functools import reduce
from typing import Any

import pyarrow.compute as pc

from hitparade.catalog.folding import fold
from hitparade.catalog.groups import ISRC_KEY
from hitparade.ledger.identity import Identity


def named(identity: Identity, text: str) -> tuple[str, ...]:
    """Return the keys of the songs that are called ``text``, in order: by key, title, title and artist, or ISRC."""
    table: Any = identity.table
    said, wanted = table.column("own_key"), text.strip()
    folded = fold(wanted)
    if not folded:
        return ()
    flat = pc.replace_substring(said, " / ", " ", max_replacements=1)
    isrc = wanted.removeprefix(ISRC_KEY).upper().replace("-", "")
    exact: Any = ((said, wanted), (flat, folded), (table.column("isrc"), isrc))
    alike = [pc.equal(column, name) for column, name in exact]
    alike.append(pc.starts_with(said, f"{folded} / "))
    return tuple(sorted({key for _, key in _lines(identity, reduce(pc.or_, alike))}))


def with_words(identity: Identity, text: str) -> tuple[str, ...]:
    """Return the keys of the songs whose title and artist have all the words of ``text``, in order."""
    table: Any = identity.table
    words, said = set(fold(text).split()), table.column("own_key")
    if not words:
        return ()
    near = reduce(pc.and_, (pc.match_substring(said, word) for word in sorted(words)))
    return tuple(sorted({key for own, key in _lines(identity, near) if words <= set(own.split())}))


def _lines(identity: Identity, there: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a column of yes and no
    """Return the chosen spellings: the key that each alone would give, and that of its song."""
    found = identity.table.select(["own_key", "key"]).filter(there).to_pydict()
    return list(zip(found["own_key"], found["key"], strict=True))
