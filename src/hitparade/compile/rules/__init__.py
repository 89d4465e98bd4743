"""The rule kinds, one module each, under the names that books call them."""

from collections.abc import Callable, Mapping
from typing import Any

from hitparade.chart import Upstream
from hitparade.compile.context import Kind
from hitparade.compile.rules import (
    accelerated,
    artist_cap,
    chart_age,
    distribution,
    elsewhere,
    inherits,
    nomination,
    recurrent,
    release_age,
    rerank,
)

KINDS: Mapping[str, Kind] = {
    "accelerated": accelerated,
    "artist_cap": artist_cap,
    "chart_age": chart_age,
    "distribution": distribution,
    "elsewhere": elsewhere,
    "inherits": inherits,
    "nomination": nomination,
    "recurrent": recurrent,
    "release_age": release_age,
    "rerank": rerank,
}

_CLOSED: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Upstream]], frozenset[str] | None]] = {
    "inherits": inherits.closed,
    "rerank": rerank.closed,
}


def closed(params: Mapping[str, Mapping[str, Any]], upstream: Mapping[str, Upstream]) -> frozenset[str] | None:
    """Return the only songs that steps in force let on the chart, taken from other charts, or None without such."""
    found = [
        only for name, held in params.items() if name in _CLOSED and (only := _CLOSED[name](held, upstream)) is not None
    ]
    return frozenset.intersection(*found) if found else None
