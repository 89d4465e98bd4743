"""Inherits: a song that has left another chart goes on here with its history.

A song that this chart does not know begins with what the other chart remembers of it: first issue, weeks, peak. It
is new here and gets the marker ``transferred``; from then on its weeks are counted here. With ``years`` or
``months`` only songs whose first issue on the other chart lies further back are taken; the other chart states the
same limit as its ``chart_age``. A song that is on the other chart's issue is not ranked here, but with ``takes =
"all"`` it goes on here as well: the other chart was merged into this one, or this one was split from it. It then
begins with what was remembered before the other chart's issue of the same week, as that week is counted here: an issue
is of the same week when the middle of its tracking days lies in ours. Of a chart that has ended all is taken. With
``only`` no other song is ranked: then the other chart's songs are all that need to be looked at.

Rules M7 and I5 of the methodologies: the New Zealand and the Australian catalogue charts [N1, AU1]; merge and split of
charts (8.8b): the Hungarian stream chart went into the Single Top 40 in 2023 [HU1].
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from hitparade.chart import SongState, Upstream
from hitparade.compile.ages import later, limit
from hitparade.compile.context import Context
from hitparade.compile.line import Line
from hitparade.compile.words import plural

stage = "weigh"
raises_points = False
holds_below = True
MARKER = "transferred"


class Facts(NamedTuple):
    """The other chart and what it says.

    ``goes_on`` with so many weeks since, ``begins`` there in the same week, ``on_it``, ``young`` or ``stranger``.
    """

    chart: str
    verdict: str
    weeks: int = 0
    first: date | None = None


def apply(lines: Sequence[Line], context: Context) -> None:
    """Give songs their history on the other chart, and take off those that are on it."""
    chart, only = str(context.params["chart"]), bool(context.params.get("only"))
    upstream = context.upstream.get(chart)
    on = _on(upstream) if context.params.get("takes", "left") == "left" else frozenset()
    same = _of_the_same_week(upstream, context)
    for line in lines:
        song = line.candidate.song
        if song in context.exempt:
            continue
        known = upstream.state.songs.get(song) if upstream else None
        aged = known is not None and _is_aged(known.first_issue, context)
        if song in on:
            line.goes("inherits", Facts(chart, "on_it"))
        elif known is not None and aged:
            _go_on(line, same.get(song, known), chart)
        elif only:
            line.goes(
                "inherits", Facts(chart, "young" if known else "stranger", 0, known.first_issue if known else None)
            )


def _go_on(line: Line, known: SongState | None, chart: str) -> None:
    """Let a line go on with what was remembered of it, if it was there in an earlier week."""
    if known is None:
        line.stays("inherits", Facts(chart, "begins"))
        return
    if line.state is None:
        line.inherit(known)
        line.sign(MARKER)
    line.stays("inherits", Facts(chart, "goes_on", known.weeks_on_chart, known.first_issue))


def takes_before(params: Mapping[str, Any]) -> str:
    """Return the chart of which it must be known what it remembered before its issue; empty without one."""
    return str(params["chart"]) if params.get("takes") == "all" else ""


def _of_the_same_week(upstream: Upstream | None, context: Context) -> Mapping[str, SongState | None]:
    """Return what was remembered of the songs on the other chart's issue before it, if it is of the same week."""
    if upstream is None or upstream.before is None:
        return {}
    first, days = upstream.chart.tracking_start, (upstream.chart.tracking_end - upstream.chart.tracking_start).days
    since = (first + timedelta(days // 2) - context.tracking_start).days
    if not 0 <= since < context.window_days:
        return {}
    return {entry.song: upstream.before.get(entry.song) for entry in upstream.chart.entries}


def _on(upstream: Upstream | None) -> frozenset[str]:
    return frozenset(entry.song for entry in upstream.chart.entries) if upstream else frozenset()


def _is_aged(first: date | None, context: Context) -> bool:
    months, _ = limit(context.params)
    return not months or (first is not None and later(first, months) < context.issue_date)


def closed(params: Mapping[str, Any], upstream: Mapping[str, Upstream]) -> frozenset[str] | None:
    """Return the only songs that can be on the chart, or None when any can."""
    if not params.get("only"):
        return None
    other = upstream.get(str(params["chart"]))
    return frozenset(other.state.songs) if other else frozenset()


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: no position is read."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return what the other chart says of the song."""
    return {
        "goes_on": f"goes on from {facts.chart}: {plural(facts.weeks, 'week')} there{_since(facts)}",
        "begins": f"begins on {facts.chart} in the same week: there is nothing to go on with",
        "on_it": f"is on {facts.chart}",
        "young": f"has not left {facts.chart} for its age: first on {_first(facts)}",
        "stranger": f"has never been on {facts.chart}",
    }[facts.verdict]


def _since(facts: Facts) -> str:
    return f" since {facts.first}" if facts.first else ""


def _first(facts: Facts) -> str:
    return f"the issue of {facts.first}" if facts.first else "an issue that is not known"
