"""Traits: what a sender says of a song besides its name, such as its album, how long it lasts, or its language.

In a file they are one text, ``album=Nine Track Mind; seconds=217; lang=en; exclusive``: names of small letters, digits
and ``_``, each alone or with a value behind ``=``, and ``;`` between them. Rules ask for them by name; which names a
chart knows is agreed with its senders.
"""

from collections.abc import Iterable, Mapping

TRAITS_RULE = "names with or without =value, separated by ;, such as album=Nine Track Mind; seconds=217; exclusive"
PATTERN = r"(\s*[a-z][a-z0-9_]*\s*(=[^;=]*)?(;|$))*\s*"
"""A regular expression of traits that can be read."""


def traits(text: str) -> dict[str, str]:
    """Return the traits in a text by name, in the order of their names; one without a value has an empty one.

    Of several values the shortest is taken, of equally long ones the first, so that of whole numbers it is the
    smallest, and of what two senders say the same comes out in any order.
    """
    said = (part.partition("=") for part in text.split(";") if part.strip())
    pairs = sorted(((name.strip(), " ".join(value.split())) for name, _, value in said), key=_order, reverse=True)
    return dict(sorted(dict(pairs).items()))


def _order(pair: tuple[str, str]) -> tuple[str, int, str]:
    return pair[0], len(pair[1]), pair[1]


def written(said: Mapping[str, str]) -> str:
    """Return traits as one text, each name once, sorted."""
    return ";".join(f"{name}={value}" if value else name for name, value in sorted(said.items()))


def merged(texts: Iterable[str]) -> str:
    """Return what several texts say together, as one."""
    return written(traits(";".join(text for text in texts if text)))
