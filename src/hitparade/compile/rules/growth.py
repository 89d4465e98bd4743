"""Growth: the chart is ordered by what songs gained over the window before, not by what they have.

The points of a line become its points in this window less those in the window before, both at this issue's weights; a
song that gained nothing leaves, whatever decisions say. ``least`` asks for so many units in this window, and ``new``
being false for any in the one before. Who has been too high elsewhere, who is too old and how many an artist may have
is said by other steps. Growth is a difference: a share of growth would have no bound for songs that hardly anybody
plays.

Rule M9 of the methodologies: the NZ Hot 40 since 2018-07-06, the UK Trending chart [N3, S16].
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hitparade.compile.context import Context
from hitparade.compile.line import Line
from hitparade.compile.trend import points_of
from hitparade.compile.words import plural

stage = "weigh"
raises_points = False
holds_below = True


class Facts(NamedTuple):
    """What was looked at: the points of this window and the one before, how many are needed, and what is wrong."""

    now: int
    before: int
    least: int
    why: str


def apply(lines: Sequence[Line], context: Context) -> None:
    """Put the gain of each line in the place of its points, and take off those that gained nothing."""
    least = int(context.params.get("least", 0)) * context.points_per_unit
    new = bool(context.params.get("new", True))
    for line in lines:
        before = points_of(line.candidate.sums, context.weights, 1)
        facts = Facts(line.base, before, least, _why(line.base, before, least, new=new))
        line.points = min(line.points, max(0, line.base - before))
        if facts.why == "fell" or (facts.why and line.candidate.song not in context.exempt):
            line.goes("growth", facts)
        else:
            line.stays("growth", facts)


def _why(now: int, before: int, least: int, *, new: bool) -> str:
    """Return what keeps the line off, or nothing."""
    if now <= before:
        return "fell"
    if now < least:
        return "small"
    return "" if before or new else "new"


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 1: the window before is what a song is compared with."""
    return 1


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: no position is read."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return what the song gained."""
    gained = f"{plural(facts.now, 'point')} after {facts.before:,}"
    return {
        "": f"{gained}: gained {facts.now - facts.before:,}",
        "fell": f"{gained}: gained nothing",
        "small": f"{plural(facts.now, 'point')}; {facts.least:,} are the least",
        "new": f"{plural(facts.now, 'point')} after none; a new song has nothing to grow from",
    }[facts.why]
