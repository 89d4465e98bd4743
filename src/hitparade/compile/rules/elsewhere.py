"""Elsewhere: a song that another chart speaks against is not ranked.

Each of ``charts`` names a chart and when it speaks: the song is ``on`` its issue of the same week (or the newest
before it), was ``ever`` on one, is ``recurrent`` there now, or has ``peaked`` at ``within`` or above. A chart that has
no issue yet says nothing.

Rules M3 and M8 of the methodologies: what is recurrent on the Hot 100 leaves Radio Songs [B1]; a feeder chart such as
Ultratip or the Tipparade is without the songs that have moved up [BE2, NL2]; UK Trending is without former top tens
[S16].
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from hitparade.chart import Upstream
from hitparade.compile.context import Context
from hitparade.compile.line import Line
from hitparade.compile.words import ordinal

stage = "mark"
raises_points = False
holds_below = True


class Facts(NamedTuple):
    """The chart that speaks against the song, and what it says; both empty when none does."""

    chart: str
    says: str


def apply(lines: Sequence[Line], context: Context) -> None:
    """Take off every song that one of the charts speaks against, the first one that does."""
    against = [
        (str(each["chart"]), _speaks(each, upstream))
        for each in context.params["charts"]
        if (upstream := context.upstream.get(str(each["chart"])))
    ]
    for line in lines:
        song = line.candidate.song
        if song in context.exempt:
            continue
        facts = next((Facts(chart, said) for chart, speaks in against if (said := speaks(song))), Facts("", ""))
        if facts.chart:
            line.goes("elsewhere", facts)
        else:
            line.stays("elsewhere", facts)


def _speaks(said: Mapping[str, Any], upstream: Upstream) -> Callable[[str], str]:
    """Return what tells of a song why it may not be here, or an empty text."""
    if said["when"] == "on":
        on = {entry.song: f"is {ordinal(entry.position)} on" for entry in upstream.chart.entries}
        return lambda song: on.get(song, "")
    return partial(_known, upstream, str(said["when"]), int(said.get("within") or 0))


def _known(upstream: Upstream, when: str, within: int, song: str) -> str:
    state = upstream.state.songs.get(song)
    if state is None:
        return ""
    if when == "ever":
        return f"has been, first on the issue of {state.first_issue}, on" if state.first_issue else "has been on"
    if when == "recurrent":
        return f"is recurrent since {state.recurrent_since} on" if state.recurrent_since else ""
    return f"has peaked at {state.peak}, within {within}, on" if state.peak <= within else ""


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: no position of this chart is read."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return what the other chart says against the song."""
    return f"{facts.says} {facts.chart}" if facts.chart else "no other chart that the book names speaks against it"
