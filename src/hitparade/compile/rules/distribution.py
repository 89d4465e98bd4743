"""Distribution: a song that too few channels reported in this window is not ranked.

A song with at least ``channels`` channels stays. A channel is a shop, service or station that reported the song in a
measure that counts; with a panel only its members are counted.

Rule E5 of the methodologies: SNEP asks for three distributors or platforms [F1], the Swiss chart for two points of
sale [CH4].
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hitparade.compile.context import Context
from hitparade.compile.line import Line
from hitparade.compile.words import plural

stage = "mark"
raises_points = False
holds_below = True


class Facts(NamedTuple):
    """How many channels reported the song, and how many must."""

    found: int
    least: int


def apply(lines: Sequence[Line], context: Context) -> None:
    """Take off every song that fewer channels than the least number reported."""
    least = int(context.params["channels"])
    for line in lines:
        if line.candidate.song in context.exempt:
            continue
        facts = Facts(line.candidate.channels, least)
        if facts.found < least:
            line.goes("distribution", facts)
        else:
            line.stays("distribution", facts)


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: no position is read."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return how many channels reported the song, and how many must."""
    return f"{plural(facts.found, 'channel')} reported it; at least {facts.least} must"
