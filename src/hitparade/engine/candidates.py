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
from hitparade.engine.totals_days import instant, sought

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


def window_sums(engine: Duck, *windows: Summing) -> list[WindowSums]:
    """Return the sums of what counts in windows that are alike; with a panel only its channels, each at its weight."""
    if windows[0].nothing:
        return [_nothing(asked) for asked in windows]
    with ExitStack() as handed:
        for name, table in _tables(windows).items():
            handed.enter_context(engine.table(name, table))
        made = engine.arrow(_statement(windows))
    if len(windows) == 1:
        return [_columns(made, windows[0])]
    numbers = np.searchsorted(made.column("w").to_numpy(), np.arange(len(windows) + 1))
    ends = list(map(int, numbers))
    return [_columns(made.slice(n, end - n), asked) for asked, n, end in zip(windows, ends, ends[1:], strict=False)]


def alike(one: Summing, later: Summing) -> bool:
    """Return whether two windows can be summed in one statement: they lie apart and count the same."""
    if one.donors or later.donors or one.nothing or later.nothing:
        return False
    return _shared(one) == _shared(later) and (one.spans is not None or one.ends <= later.starts)


def _shared(asked: Summing) -> tuple[object, ...]:
    panel: object = asked.panel
    if asked.panel is not None and _by_slot(asked):
        panel = "by slot"
    plain = asked.spans is None
    return plain, asked.measures, panel, asked.paneled, asked.amounts, asked.net, asked.prices


def _by_slot(asked: Summing) -> bool:
    return any(weight.slot for weight in asked.panel or ())


def _nothing(asked: Summing) -> WindowSums:
    none = np.zeros(0, np.int64)
    by_measure, prices = dict.fromkeys(asked.measures, none), dict.fromkeys(dict(asked.prices), none)
    return WindowSums(none, by_measure, by_measure, none, {}, prices, prices)


def _tables(windows: Sequence[Summing]) -> dict[str, pa.Table]:
    instant, made, first = pa.timestamp("us"), {}, windows[0]
    if first.panel is not None:
        told = enumerate(windows if _by_slot(first) else windows[:1])
        weights = [(number, *weight) for number, asked in told for weight in asked.panel or ()]
        made["panel"] = _table(("w", *Weight._fields), (pa.int64(), pa.string(), instant, pa.int64()), weights)
    if first.spans is not None:
        spans = [(number, *span) for number, asked in enumerate(windows) for span in asked.spans or ()]
        made["spans"] = _table(("w", "measure", "slot"), (pa.int64(), pa.string(), instant), spans)
    if first.donors:
        made["donors"] = _table(Donor._fields, (pa.int64(), pa.string(), pa.string(), instant, instant), first.donors)
    return made


def _table(names: Sequence[str], types: Sequence[pa.DataType], rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return pa.table({name: pa.array(values, kind) for name, kind, values in zip(names, types, columns, strict=True)})


def _statement(windows: Sequence[Summing]) -> str:
    piece, asked, several = pieces("candidates"), windows[0], len(windows) > 1
    amounts = dict(asked.amounts)
    revenue = bool(asked.prices) or any(amount.of == "revenue" for amount in amounts.values())
    factor = _factor(asked)
    sign = "case when t.why_out = 'returned' then -1 else 1 end *" if asked.net else ""
    return piece["window_sums"].format(
        w="w," if several else "",
        number=f"{_number(windows)} as w," if several else "",
        told=_told(windows),
        also=(", t.currency" if revenue else "") + (", t.estimated" if asked.donors else ""),
        sign=sign,
        revenue=f", {sign} t.revenue {factor} as revenue" if revenue else "",
        measures=", ".join(literal(measure) for measure in asked.measures),
        sums=", ".join(_sums(asked, amounts)),
        counting="'', 'returned'" if asked.net else "''",
        within=_within(windows) if asked.spans is None else "true",
        join_spans="" if asked.spans is None else "join spans as s on s.measure = t.measure and s.slot = t.slot",
        times_factor=factor,
        **_panel(asked),
    )


def _number(windows: Sequence[Summing]) -> str:
    if windows[0].spans is not None:
        return "s.w"
    return sought([f"t.slot >= {instant(asked.starts)}" for asked in windows], str)


def _within(windows: Sequence[Summing]) -> str:
    """Return the condition that a slot lies in a window; where one ends and the next begins is no gap."""
    starts, ends = {asked.starts for asked in windows}, {asked.ends for asked in windows}
    spans = zip(sorted(starts - ends), sorted(ends - starts), strict=True)
    found = (f"(t.slot >= {instant(first)} and t.slot < {instant(last)})" for first, last in spans)
    return f"({' or '.join(found)})"


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


def _told(windows: Sequence[Summing]) -> str:
    piece, asked = pieces("candidates"), windows[0]
    if not asked.donors:
        files = dict.fromkeys(file for each in windows for file in each.files)
        return piece["reported"].format(files=file_list(list(files)))
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
    if _by_slot(asked):
        same += " and p.slot = t.slot" + (" and p.w = s.w" if asked.spans is not None else "")
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
