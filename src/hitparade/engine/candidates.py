"""Window sums: what every recording has in one window, as columns of whole numbers."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from hitparade.counting import PLAIN, Amount
from hitparade.engine.duck import Duck, file_list, literal
from hitparade.engine.pieces import pieces

Column = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class WindowSums:
    """The sums of one window: ``recordings`` ascending, and beside them amount and audience by measure.

    ``quantity`` is what the measure is counted by: quantity, audience or revenue; ``estimated`` the part of it that
    was not reported. ``priced`` are the pieces with a price in the currency asked for, ``paid`` the money they brought.
    """

    recordings: Column
    quantity: Mapping[str, Column]
    audience: Mapping[str, Column]
    channels: Column
    estimated: Mapping[str, Column] = field(default_factory=dict)
    priced: Mapping[str, Column] = field(default_factory=dict)
    paid: Mapping[str, Column] = field(default_factory=dict)

    def places(self, recordings: Column) -> tuple[Column, "np.ndarray[Any, np.dtype[np.bool_]]"]:
        """Return the line of each of ``recordings``, and whether it has one."""
        if not len(self.recordings):
            return np.zeros(len(recordings), np.int64), np.zeros(len(recordings), np.bool_)
        lines = np.minimum(np.searchsorted(self.recordings, recordings), len(self.recordings) - 1)
        return lines, self.recordings[lines] == recordings


class Weight(NamedTuple):
    """The weight of a channel, in one slot or (None) in all."""

    channel: str
    slot: datetime | None
    factor: int


class Donor(NamedTuple):
    """A slot of a place that stands in for the missing ``slot`` of the same channel and measure."""

    place: int
    channel: str
    measure: str
    donor: datetime
    slot: datetime


@dataclass(frozen=True, slots=True)
class Summing:
    """What the sums of one window are made of.

    Attributes:
        files: the totals of its days.
        measures: those that count.
        starts, ends: the span of its slots; only for a window of one span.
        spans: else the slots that count of each measure.
        panel: the weights of the channels that count, or None for every channel at weight 1.
        paneled: the measures that the panel is for, or None for all.
        amounts: what is added up of a measure, where it is not the quantity.
        net: whether what came back is taken away.
        donors: the slots that stand in for missing ones.
        donor_files: the totals of their days, by the place that a donor names.
        prices: the currency in which a measure's money is added up, where prices are asked for.
    """

    files: tuple[Path, ...]
    measures: tuple[str, ...]
    starts: datetime
    ends: datetime
    spans: tuple[tuple[str, datetime], ...] | None = None
    panel: tuple[Weight, ...] | None = None
    paneled: frozenset[str] | None = None
    amounts: tuple[tuple[str, Amount], ...] = ()
    net: bool = False
    donors: tuple[Donor, ...] = ()
    donor_files: tuple[tuple[Path, ...], ...] = ()
    prices: tuple[tuple[str, str], ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing can come out."""
        unheard = self.panel is not None and not self.panel and self.paneled is None
        return not self.measures or unheard or not (self.files or any(self.donor_files))


def window_sums(engine: Duck, asked: Summing) -> WindowSums:
    """Return the sums of what counts in a window; with a panel only its channels, each at its weight."""
    if asked.nothing:
        none = np.zeros(0, np.int64)
        by_measure, prices = dict.fromkeys(asked.measures, none), dict.fromkeys(dict(asked.prices), none)
        return WindowSums(none, by_measure, by_measure, none, {}, prices, prices)
    with ExitStack() as handed:
        for name, table in _tables(asked).items():
            handed.enter_context(engine.table(name, table))
        bound = {"starts": asked.starts, "ends": asked.ends} if asked.spans is None else None
        return _columns(engine.arrow(_statement(asked), bound), asked)


def _tables(asked: Summing) -> dict[str, pa.Table]:
    instant, made = pa.timestamp("us"), {}
    if asked.panel is not None:
        made["panel"] = _table(Weight._fields, (pa.string(), instant, pa.int64()), asked.panel)
    if asked.spans is not None:
        made["spans"] = _table(("measure", "slot"), (pa.string(), instant), asked.spans)
    if asked.donors:
        made["donors"] = _table(Donor._fields, (pa.int64(), pa.string(), pa.string(), instant, instant), asked.donors)
    return made


def _table(names: Sequence[str], types: Sequence[pa.DataType], rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return pa.table({name: pa.array(values, kind) for name, kind, values in zip(names, types, columns, strict=True)})


def _statement(asked: Summing) -> str:
    piece, amounts = pieces("candidates"), dict(asked.amounts)
    revenue = bool(asked.prices) or any(amount.of == "revenue" for amount in amounts.values())
    factor = _factor(asked)
    sign = "case when t.why_out = 'returned' then -1 else 1 end *" if asked.net else ""
    return piece["window_sums"].format(
        told=_told(asked),
        also=(", t.currency" if revenue else "") + (", t.estimated" if asked.donors else ""),
        sign=sign,
        revenue=f", {sign} t.revenue {factor} as revenue" if revenue else "",
        measures=", ".join(literal(measure) for measure in asked.measures),
        sums=", ".join(_sums(asked, amounts)),
        counting="'', 'returned'" if asked.net else "''",
        within="t.slot >= $starts and t.slot < $ends" if asked.spans is None else "true",
        join_spans="" if asked.spans is None else "join spans as s on s.measure = t.measure and s.slot = t.slot",
        times_factor=factor,
        **_panel(asked),
    )


def _sums(asked: Summing, amounts: Mapping[str, Amount]) -> list[str]:
    """Return a sum for each measure: its amount, its audience, and what of its amount is estimated."""
    piece, made = pieces("candidates")["sum"], []
    for name in ("amount", "audience", *(("estimated",) if asked.donors else ())):
        for measure in asked.measures:
            amount = amounts.get(measure, PLAIN) if name != "audience" else Amount("audience")
            only = f"and currency = {literal(amount.currency)}" if amount.of == "revenue" else ""
            only += " and estimated" if name == "estimated" else ""
            said = {"measure": literal(measure), "measure_name": measure, "column": amount.of, "name": name}
            made.append(piece.format(only=only, **said))
    for measure, currency in asked.prices:
        for name, column in (("priced", "quantity"), ("paid", "revenue")):
            said = {"measure": literal(measure), "measure_name": measure, "column": column, "name": name}
            made.append(piece.format(only=f"and currency = {literal(currency)}", **said))
    return made


def _told(asked: Summing) -> str:
    piece = pieces("candidates")
    if not asked.donors:
        return piece["reported"].format(files=file_list(asked.files))
    own = [piece["own_rows"].format(files=file_list(asked.files))] if asked.files else []
    donated = [
        piece["donated_rows"].format(place=place, files=file_list(files))
        for place, files in enumerate(asked.donor_files)
        if files
    ]
    return f"({' union all '.join([*own, *donated])})"


def _factor(asked: Summing) -> str:
    if asked.panel is None:
        return ""
    return "* p.factor" if asked.paneled is None else "* coalesce(p.factor, 1)"


def _panel(asked: Summing) -> dict[str, str]:
    if asked.panel is None:
        return {"join_panel": "", "on_panel": ""}
    same = "p.channel = t.channel"
    if any(weight.slot for weight in asked.panel):
        same += " and p.slot = t.slot"
    if asked.paneled is None:
        return {"join_panel": f"join panel as p on {same}", "on_panel": ""}
    listed = ", ".join(literal(measure) for measure in sorted(asked.paneled))
    return {
        "join_panel": f"left join panel as p on {same} and t.measure in ({listed})",
        "on_panel": f"and (p.factor is not null or t.measure not in ({listed}))",
    }


def _columns(table: pa.Table, asked: Summing) -> WindowSums:
    def column(name: str) -> Column:
        return table.column(name).to_numpy()

    def each(name: str) -> dict[str, Column]:
        return {measure: column(f"{name}:{measure}") for measure in asked.measures}

    amounts = each("amount")
    for measure, amount in asked.amounts:
        amounts[measure] = rounded(amounts[measure], amount)
    return WindowSums(
        column("recording"), amounts, each("audience"), column("channels"), each("estimated") if asked.donors else {},
        *({measure: column(f"{name}:{measure}") for measure, _ in asked.prices} for name in ("priced", "paid")),
    )  # fmt: skip


def rounded(sums: Column, amount: Amount) -> Column:
    """Return sums rounded to multiples; as no larger sum becomes the smaller, bounds stay bounds."""
    if amount.round_to == 1:
        return sums
    half = amount.round_to // 2 if amount.rounding == "half_up" else 0
    return (sums + half) // amount.round_to * amount.round_to
