"""Rerank: the chart is another one again, without what its own steps take off.

Only songs that are on the other chart's issue are lines, and they keep its order, whatever their points here. The
steps after it filter: by decisions, age, repertoire. A song that is not on the other chart is not ranked, and no
decision can exempt one, as there is no place for it in that order.

Rule E11 of the methodologies: the Adult Contemporary chart of 1961 to 1965 was the Hot 100 without its rock [B18];
domestic lists, and the Greek lists beside the mixed one, are made alike [GR1].
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hitparade.chart import Upstream
from hitparade.compile.context import Context
from hitparade.compile.line import Line
from hitparade.compile.words import ordinal

stage = "weigh"
raises_points = False
holds_below = True


class Facts(NamedTuple):
    """The other chart, and the song's position on it, 0 when it is not on it."""

    chart: str
    position: int


def apply(lines: Sequence[Line], context: Context) -> None:
    """Put the lines in the order of the other chart, and take off what is not on it."""
    chart = str(context.params["chart"])
    upstream = context.upstream.get(chart)
    positions = {entry.song: entry.position for entry in upstream.chart.entries} if upstream else {}
    for line in lines:
        line.ahead = positions.get(line.candidate.song, 0)
        if line.ahead:
            line.stays("rerank", Facts(chart, line.ahead))
        else:
            line.goes("rerank", Facts(chart, 0))


def closed(params: Mapping[str, Any], upstream: Mapping[str, Upstream]) -> frozenset[str]:
    """Return the only songs that can be on the chart."""
    other = upstream.get(str(params["chart"]))
    return frozenset(entry.song for entry in other.chart.entries) if other else frozenset()


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: no position of this chart is read."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - the place is of another chart
    """Return where the song stands on the other chart."""
    return f"{ordinal(facts.position)} on {facts.chart}" if facts.position else f"is not on {facts.chart}"
