"""Growth: the chart is ordered by what songs gained over the window before, not by what they have.

``by`` says how a gain is measured:

- ``points``: the points of a line become its points in this window less those in the window before.
- ``percent``: lines stand by how many times the points of the window before they have, compared exactly; of equal
  growth the song with more points is first. Growth from next to nothing has no bound, so ``least`` is asked for: a
  song with fewer units in this window is not ranked, and an issue is proven as soon as every song with as many is a
  candidate. ``from_nothing`` says what becomes of a song that had nothing: ``excluded``, or ``first``, before all
  that grew from something.

Points are at this issue's weights. A song that gained nothing leaves, whatever decisions say. ``least`` asks for so
many units in this window, and ``new`` being false for any in the one before. Who has been too high elsewhere, who is
too old and how many an artist may have is said by other steps.

Rule M9 of the methodologies: the NZ Hot 40 since 2018-07-06, the UK Trending chart [N3, S16]. No published chart has
been found that says it measures growth in percent; it is for charts of one's own.
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

_EXACT = 256
"""Unequal shares of numbers below 2^128 differ by more than 2^-256, so that so many binary places keep them apart."""
_FIRST = -(1 << 512)
"""Before every share of such numbers."""


class Facts(NamedTuple):
    """What was looked at: the points of this window and the one before, how many are needed, and what is wrong."""

    now: int
    before: int
    least: int
    why: str
    by: str = "points"


def apply(lines: Sequence[Line], context: Context) -> None:
    """Order each line by its gain, and take off those that gained nothing or too little counts of."""
    params = context.params
    by, least = str(params.get("by", "points")), int(params.get("least", 0)) * context.points_per_unit
    new = bool(params.get("new", True)) and params.get("from_nothing") != "excluded"
    for line in lines:
        before = points_of(line.candidate.sums, context.weights, 1)
        facts = Facts(line.base, before, least, _why(line.base, before, least, new=new), by)
        off = facts.why == "fell" or (facts.why and line.candidate.song not in context.exempt)
        if by == "points":
            line.points = min(line.points, max(0, line.base - before))
        elif not off:
            line.ahead = _FIRST if before <= 0 else -((line.base << _EXACT) // before)
        if off:
            line.goes("growth", facts)
        else:
            line.stays("growth", facts)


def _why(now: int, before: int, least: int, *, new: bool) -> str:
    """Return what keeps the line off, or nothing."""
    if now <= before:
        return "fell"
    if now < least:
        return "small"
    return "" if before > 0 or new else "new"


def floor(params: Mapping[str, Any], points_per_unit: int) -> int:
    """Return the points that a song needs to be ranked where points do not order the chart; 0 where they do."""
    return int(params["least"]) * points_per_unit if params.get("by") == "percent" else 0


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
        "": f"{gained}: {_gain(facts)}",
        "fell": f"{gained}: gained nothing",
        "small": f"{plural(facts.now, 'point')}; {facts.least:,} are the least",
        "new": f"{plural(facts.now, 'point')} after none; a new song has nothing to grow from",
    }[facts.why]


def printed(facts: Facts) -> str:
    """Return the growth as it stands beside a line: ``+120`` points, ``+25.0 %``, or that there was nothing before."""
    gain = facts.now - facts.before
    if facts.by == "points":
        return f"{gain:+,}"
    return f"{'+' if gain >= 0 else '-'}{_percent(abs(gain), facts.before)}" if facts.before > 0 else "from nothing"


def _percent(gain: int, before: int) -> str:
    whole, tenth = divmod(1000 * gain // before, 10)
    return f"{whole:,}.{tenth} %"


def _gain(facts: Facts) -> str:
    """Return the gain in the chart's own measure; tenths of a percent are rounded down."""
    gain = facts.now - facts.before
    if facts.by == "points":
        return f"gained {gain:,}"
    if facts.before <= 0:
        return "from nothing, before all that grew from something"
    return f"grew by {_percent(gain, facts.before)}"
