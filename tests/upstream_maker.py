"""Other charts made by hand, for tests of rules that read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from fold_maker import issue, remembered, rules, state, week
from hitparade.chart import ChartState, SongState, Upstream
from hitparade.compile.fold import step


def other(
    songs: Mapping[str, int],
    known: Iterable[SongState] = (),
    chart: str = "other",
    n: int = 0,
    **changes: Any,  # noqa: ANN401 - any field of its rules
) -> dict[str, Upstream]:
    """The issue ``n`` of another chart with those songs and downloads, which knew ``known`` before, by its id."""
    before = state(*known, n=n - 1)
    made = step(week(songs), before, (), rules(n, chart=chart, **changes))
    return {chart: Upstream(made.chart, made.state, "digest", before.songs)}


def only_state(*known: SongState, n: int = 0, chart: str = "other") -> dict[str, Upstream]:
    """Another chart whose issue ``n`` is empty, and which remembers those songs."""
    made = step(week({}), ChartState(), (), rules(n, chart=chart))
    return {chart: Upstream(made.chart, state(*known, n=n), "digest")}


__all__ = ["issue", "only_state", "other", "remembered"]
