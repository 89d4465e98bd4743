"""Artist cap: of one artist only the best few songs are ranked, and the chart is refilled from below.

The best ``entries`` lines of each artist that are still in when this step runs stay; his others leave. Whom a line
is counted for is said by ``by``:

- ``credit`` (default): the whole credit before its featuring join is one lead artist. "A & B" is a lead of its own,
  because a name may hold such a word; whoever is featured is not capped for it.
- ``lead``: each lead artist of the credit; a line leaves when one of them has his songs already, and a line that
  leaves is counted for none of the others. Names that hold a joining word are listed as ``names``.
- ``any``: each lead and each featured artist.

Rule E7 of the methodologies: the UK chart has three songs per lead artist since 2017-07-07, features exempt,
the best three chosen each week [S4, S5]; the UK Trending chart has two per artist [S16].
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from hitparade.catalog.credits import roles
from hitparade.catalog.folding import fold
from hitparade.compile.context import Context
from hitparade.compile.line import Line

stage = "mark"
raises_points = False
holds_below = False

_JOINS = (" featuring ", " feat ", " ft ")


class Facts(NamedTuple):
    """What was counted: the artist with most songs, which of his songs this is, how many may stay, by whom."""

    lead: str
    nth: int
    entries: int
    by: str = "credit"


@lru_cache(maxsize=1 << 16)
def lead(credit: str) -> str:
    """Return the folded name before the first featuring join of a credit."""
    folded = fold(credit)
    ends = [at for join in _JOINS if (at := folded.find(join)) > 0]
    return folded[: min(ends)] if ends else folded


def apply(lines: Sequence[Line], context: Context) -> None:
    """Take off the songs of an artist beyond his best few that are still in."""
    entries, by = int(context.params["entries"]), str(context.params.get("by", "credit"))
    whole = tuple(context.params.get("names") or ())
    seen: dict[str, int] = {}
    for line in lines:
        if line.offs or line.candidate.song in context.exempt:
            continue
        names = artists(line.candidate.credit, by, whole)
        # Of several artists the first one with most songs is named.
        name = max(names, key=lambda each: seen.get(each, 0))
        nth = seen.get(name, 0) + 1
        if nth > entries:
            seen[name] = nth
            line.goes("artist_cap", Facts(name, nth, entries, by))
        else:
            seen.update((each, seen.get(each, 0) + 1) for each in names)
            line.stays("artist_cap", Facts(name, nth, entries, by))


def artists(credit: str, by: str, whole: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the folded names that a credit is counted for, one at least."""
    if by == "credit":
        return (lead(credit),)
    leads, featured = roles(credit, whole)
    return (leads + featured if by == "any" else leads) or (lead(credit),)


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: only lines above the one in question are counted."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return which song of its artist this is, and how many are allowed."""
    artist = f"the {'artist' if facts.by == 'any' else 'lead artist'} {facts.lead!r}"
    if facts.nth > facts.entries:
        best = f"the best {facts.entries} count" if facts.entries > 1 else "only the best counts"
        return f"song {facts.nth} of {artist}; {best}"
    return f"song {facts.nth} of {facts.entries} that {artist} may have"
