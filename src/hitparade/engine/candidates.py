"""Window sums: what every recording has in one window, as columns of whole numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from hitparade.engine.duck import Duck, file_list, literal
from hitparade.engine.pieces import pieces
from hitparade.weeks import Window

Column = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class WindowSums:
    """The sums of one window: ``recordings`` ascending, and beside them quantity and audience by measure."""

    recordings: Column
    quantity: Mapping[str, Column]
    audience: Mapping[str, Column]
    channels: Column

    def places(self, recordings: Column) -> tuple[Column, "np.ndarray[Any, np.dtype[np.bool_]]"]:
        """Return the line of each of ``recordings``, and whether it has one."""
        if not len(self.recordings):
            return np.zeros(len(recordings), np.int64), np.zeros(len(recordings), np.bool_)
        lines = np.minimum(np.searchsorted(self.recordings, recordings), len(self.recordings) - 1)
        return lines, self.recordings[lines] == recordings


def window_sums(
    engine: Duck,
    files: Sequence[Path],
    window: Window,
    measures: Sequence[str],
    panel: Mapping[str, int] | None,
) -> WindowSums:
    """Return the sums of what counts in ``window``; with a panel only its channels, each at its weight."""
    if not files or not measures or (panel is not None and not panel):
        nothing = np.zeros(0, np.int64)
        return WindowSums(nothing, dict.fromkeys(measures, nothing), dict.fromkeys(measures, nothing), nothing)
    sql = _statement(files, measures, with_panel=panel is not None)
    bound = {"starts": window.starts, "ends": window.ends}
    if panel is None:
        return _columns(engine.arrow(sql, bound), measures)
    weights = {"channel": pa.array(panel.keys(), pa.string()), "factor": pa.array(panel.values(), pa.int64())}
    with engine.table("panel", pa.table(weights)):
        return _columns(engine.arrow(sql, bound), measures)


def _statement(files: Sequence[Path], measures: Sequence[str], *, with_panel: bool) -> str:
    piece = pieces("candidates")
    sums = [
        piece["sum"].format(measure=literal(measure), measure_name=measure, column=column)
        for column in ("quantity", "audience")
        for measure in measures
    ]
    return piece["window_sums"].format(
        files=file_list(files),
        measures=", ".join(literal(measure) for measure in measures),
        sums=", ".join(sums),
        times_factor="* p.factor" if with_panel else "",
        join_panel="join panel as p on p.channel = t.channel" if with_panel else "",
    )


def _columns(table: pa.Table, measures: Sequence[str]) -> WindowSums:
    def column(name: str) -> Column:
        return table.column(name).to_numpy()

    return WindowSums(
        column("recording"),
        {measure: column(f"quantity:{measure}") for measure in measures},
        {measure: column(f"audience:{measure}") for measure in measures},
        column("channels"),
    )
