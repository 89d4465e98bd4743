"""Nomination: a song that nobody has nominated is not ranked.

Whoever enters songs for the chart logs it as a decision that admits the song by this rule, for the issues that it
says. With ``once`` (default) a song that has been on the chart stays nominated.

Rule E9 of the methodologies: ARIA ranks products that labels nominate [AU8].
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hitparade.compile.context import Context
from hitparade.compile.line import Line

stage = "mark"
raises_points = False
holds_below = True


class Facts(NamedTuple):
    """The decision that nominates the song and its reason, empty without one; whether it has been on the chart."""

    ruling: str
    why: str
    known: bool


def apply(lines: Sequence[Line], context: Context) -> None:
    """Take off every song that no decision nominates."""
    rulings = (each for each in context.decisions if each.action == "admit" and each.rule == "nomination")
    nominated = {each.song: each for each in rulings}
    for line in lines:
        song = line.candidate.song
        if song in context.exempt:
            continue
        ruling = nominated.get(song)
        known = line.state is not None and bool(context.params.get("once", True))
        facts = Facts(ruling.id if ruling else "", ruling.why if ruling else "", known)
        if ruling or known:
            line.stays("nomination", facts)
        else:
            line.goes("nomination", facts)


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: no position is read."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return who nominated the song."""
    if facts.ruling:
        return f"nominated by decision {facts.ruling}: {facts.why}"
    return "nominated earlier, as it has been on the chart" if facts.known else "nobody has nominated it"
