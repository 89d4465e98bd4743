"""The rule kinds, one module each, under the names that books call them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hitparade.chart import Upstream
from hitparade.compile.context import Kind
from hitparade.compile.decision import Decision
from hitparade.compile.rules import (
    accelerated,
    album_cap,
    artist_cap,
    average_price,
    chart_age,
    credited,
    distribution,
    duration,
    elsewhere,
    growth,
    inherits,
    markers,
    nomination,
    recurrent,
    release_age,
    repertoire,
    rerank,
)
from hitparade.rulebook.rules import Rules

KINDS: Mapping[str, Kind] = {
    "accelerated": accelerated,
    "album_cap": album_cap,
    "artist_cap": artist_cap,
    "average_price": average_price,
    "chart_age": chart_age,
    "credited": credited,
    "distribution": distribution,
    "duration": duration,
    "elsewhere": elsewhere,
    "growth": growth,
    "inherits": inherits,
    "markers": markers,
    "nomination": nomination,
    "recurrent": recurrent,
    "release_age": release_age,
    "repertoire": repertoire,
    "rerank": rerank,
}

_CLOSED: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Upstream]], frozenset[str] | None]] = {
    "inherits": inherits.closed,
    "rerank": rerank.closed,
}


def closed(
    params: Mapping[str, Mapping[str, Any]], upstream: Mapping[str, Upstream], decisions: Sequence[Decision]
) -> frozenset[str] | None:
    """Return the only songs that steps in force let on the chart, taken from other charts, or None without such.

    A song that a decision exempts from such a step is among them.
    """
    found = [
        only | {each.song for each in decisions if each.action == "exempt" and each.rule == name}
        for name, held in params.items()
        if name in _CLOSED and (only := _CLOSED[name](held, upstream)) is not None
    ]
    return frozenset.intersection(*found) if found else None


def as_needed(
    params: Mapping[str, Mapping[str, Any]], upstream: Mapping[str, Upstream]
) -> Mapping[str, Upstream]:  # fmt: skip
    """Return the charts that are read, without what they remembered before their issue where no step asks for it."""
    asks = inherits.takes_before(params.get("inherits", {}))
    return {chart: read if chart == asks else replace(read, before=None) for chart, read in upstream.items()}


def unknown_before(params: Mapping[str, Mapping[str, Any]], upstream: Mapping[str, Upstream]) -> bool:
    """Return whether a step asks what a chart remembered before its issue, and that is not at hand."""
    asked = upstream.get(inherits.takes_before(params.get("inherits", {})))
    return asked is not None and asked.before is None


def floor(rules: Rules) -> int:
    """Return the points of this window without which no song can be ranked, on a chart that points do not order.

    All songs that have as many must be candidates then. It is 0 where points order the chart.
    """
    held = rules.params.get("growth") if "growth" in rules.steps else None
    return growth.floor(held, rules.points_per_unit) if held else 0
