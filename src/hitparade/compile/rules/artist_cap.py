"""Artist cap: of one lead artist only the best few songs are ranked, and the chart is refilled from below.

The best ``entries`` lines of each lead artist that are still in when this step runs stay; his others leave.
The lead artist is the credit before its featuring join (`` featuring ``, `` feat. ``, `` ft. ``), folded;
whoever is featured is not capped for it. A credit of several leads ("A & B", "A with B", "A, B") is a lead
of its own, because a name may hold such a word; telling them apart needs a catalog of artists.

Rule E7 of the methodologies: the UK chart has three songs per lead artist since 2017-07-07, features exempt,
the best three chosen each week [S4, S5].
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from hitparade.catalog.folding import fold
from hitparade.compile.context import Context
from hitparade.compile.line import Line

raises_points = False
holds_below = False

_JOINS = (" featuring ", " feat ", " ft ")


class Facts(NamedTuple):
    """What was counted: the lead artist, which of his songs this is, and how many may stay."""

    lead: str
    nth: int
    entries: int


@lru_cache(maxsize=1 << 16)
def lead(credit: str) -> str:
    """Return the folded name before the first featuring join of a credit."""
    folded = fold(credit)
    ends = [at for join in _JOINS if (at := folded.find(join)) > 0]
    return folded[: min(ends)] if ends else folded


def apply(lines: Sequence[Line], context: Context) -> None:
    """Take off the songs of a lead artist beyond his best few that are still in."""
    entries = int(context.params["entries"])
    seen: dict[str, int] = {}
    for line in lines:
        if line.offs or line.candidate.song in context.exempt:
            continue
        name = lead(line.candidate.credit)
        seen[name] = nth = seen.get(name, 0) + 1
        if nth > entries:
            line.goes("artist_cap", Facts(name, nth, entries))
        else:
            line.stays("artist_cap", Facts(name, nth, entries))


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: only lines above the one in question are counted."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return which song of its lead artist this is, and how many are allowed."""
    if facts.nth > facts.entries:
        best = f"the best {facts.entries} count" if facts.entries > 1 else "only the best counts"
        return f"song {facts.nth} of the lead artist {facts.lead!r}; {best}"
    return f"song {facts.nth} of {facts.entries} that the lead artist {facts.lead!r} may have"
