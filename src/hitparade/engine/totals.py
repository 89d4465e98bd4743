"""Totals of one territory and some of its days: a statement put together from fixed pieces, run and decoded.

Pieces and columns that the days do not need are left out: a day that is the partition's own and is not cut
reads no instants, a profile without a cap reads no consumers, plays without revenue sum none. Planning a statement
takes longer than running it over a small day, so small days share one; each comes out as if it had been alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.engine.duck import Duck, file_list, literal
from hitparade.engine.pieces import pieces
from hitparade.engine.totals_days import instant, number_of_day, runs
from hitparade.engine.totals_days import slot as slot_of_day
from hitparade.engine.zones import moved, table
from hitparade.weeks import Slot

COLUMNS: dict[str, pa.DataType] = {
    "slot": pa.timestamp("us"),
    "day": pa.date32(),
    "channel": pa.string(),
    "measure": pa.string(),
    "recording": pa.int64(),
    "currency": pa.string(),
    "why_out": pa.string(),
    "rows": pa.int64(),
    "quantity": pa.int64(),
    "audience": pa.int64(),
    "revenue": pa.int64(),
}
SCHEMA = pa.schema(COLUMNS)

WHY_OUT = (
    "", "bulk", "day_not_cut", "not_lead", "other_event", "over_cap", "repeat", "returned", "short_play", "struck",
    "too_many_titles", "under_price",
)  # fmt: skip
"""Why a row is out, sorted; the statement says the place in this list."""


SOLD, RETURNED = "sold", "returned"
"""Events of a row: a plain sale, also where nothing is said, and a piece that came back."""
_PRODUCT = ("titles", "tracks", "lead_track")
"""What a row may say of the product that was sold."""
_SALES = ("product", "event", *_PRODUCT)
"""Columns only of files that have something in them."""
_FAR = 2
"""More days than the clocks of two zones lie apart."""
_AFTER = 9_999
"""The slot of the rows of a later day that are read because they belong to the same week."""


class Kind(NamedTuple):
    """A channel and measure of a day, with the row limits that hold for it, or None.

    ``minimum`` is the least milliseconds of a play that counts; ``cap`` the most of one consumer and
    recording that count on the day, and with ``bulk`` of one product too, of which ``void`` or more count for
    nothing; ``weekly`` adds up the week. ``event`` counts beside plain sales. A piece sold below ``floor`` minor units
    of ``floor_currency`` does not count, nor one of a product of more than ``titles`` or ``tracks``; with ``lead`` one
    of several titles counts only for its lead track. ``grid`` has a bit for each slot of the day that begins at a cut
    for this measure, ``cut_days`` one for each weekday (Monday first) that is cut for it.
    """

    channel: str
    measure: str
    minimum: int | None = None
    cap: int | None = None
    void: int | None = None
    bulk: int = 0
    weekly: int = 0
    event: str | None = None
    floor: int | None = None
    floor_currency: str | None = None
    titles: int | None = None
    tracks: int | None = None
    lead: int = 0
    grid: int = -1
    cut_days: int = 0


class Week(NamedTuple):
    """A week over which a customer's pieces are added up: its instants, and the civil day on which it begins."""

    starts: datetime
    ends: datetime
    first_day: date


class Struck(NamedTuple):
    """Rows that do not count by a decision: of some instants or days, and of what else is named; nothing fits all."""

    starts: datetime
    ends: datetime
    first_day: date
    last_day: date
    spellings: tuple[int, ...] | None = None
    channel: str = ""
    measure: str = ""
    consumer: str = ""
    delivery: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What some days of a territory need: their slots, the row files of their partitions, their kinds in order.

    ``once`` leaves out rows that repeat channel, instant, consumer and recording. ``weeks`` are those that a day
    lies in, where a limit holds for a week; then it is one day, and ``files`` are those of all days of its weeks.
    ``struck`` are rows that decisions take out. ``zones`` are those of channels whose days are not of ``zone``.
    Several days are cut alike for all of their kinds, or each like the others.
    """

    days: tuple[date, ...]
    slots: tuple[Slot, ...]
    files: tuple[Path, ...]
    kinds: tuple[Kind, ...]
    once: bool = False
    weeks: tuple[Week, ...] = ()
    struck: tuple[Struck, ...] = ()
    zone: str = "UTC"
    zones: Mapping[str, str] = field(default_factory=dict)

    @property
    def several(self) -> bool:
        """Whether there are several days."""
        return len(self.days) > 1

    @property
    def cut(self) -> bool:
        """Whether a day has more than one slot."""
        return len(self.slots) > len(self.days)

    @property
    def cut_daily(self) -> bool:
        """Whether every day has more than one slot."""
        return not any(slot.whole for slot in self.slots)

    @property
    def capped(self) -> bool:
        """Whether any cap holds."""
        return any(kind.cap is not None for kind in self.kinds)

    @property
    def bulky(self) -> bool:
        """Whether any limit is one of pieces of one product."""
        return any(kind.bulk for kind in self.kinds)

    @property
    def even(self) -> bool:
        """Whether the days are cut alike for all of their kinds."""
        full = sum(1 << number for number in range(1, len(self.slots) - len(self.days) + 1))
        return all(kind.grid & full == full for kind in self.kinds)

    @property
    def whole_partition(self) -> bool:
        """Whether every row of the partitions belongs to the days, which then are UTC days themselves."""
        return not self.cut and not self.weeks and not self.zones and all(_is_utc(slot) for slot in self.slots)


def _is_utc(slot: Slot) -> bool:
    midnight = datetime.combine(slot.day, time())
    return slot[1:3] == (midnight, midnight + timedelta(1))


def partitions(day: date, slots: Sequence[Slot]) -> tuple[date, ...]:
    """Return the partition days whose files can hold rows of a civil day: its UTC dates and its own name."""
    first, last = slots[0].starts.date(), (slots[-1].ends - timedelta(microseconds=1)).date()
    days = {first + timedelta(n) for n in range((last - first).days + 1)}
    return tuple(sorted(days | {day}))


def sum_days(engine: Duck, identity: pa.Table, plan: Plan) -> dict[date, pa.Table]:
    """Return the totals of each day in key order, equal for equal rows at any thread count."""
    places = range(len(plan.kinds))
    columns = zip(*plan.kinds, strict=True) if plan.kinds else ((),) * len(Kind._fields)
    texts = {"channel", "measure", "event", "floor_currency"}
    held = {
        name: pa.array(values, pa.string() if name in texts else pa.int64())
        for name, values in zip(Kind._fields, columns, strict=True)
    }
    kinds = pa.table({"kind": pa.array(places, pa.int32()), **held})
    with ExitStack() as handed:
        for name, held_table in {"identity": identity, "kinds": kinds, **_shifts(plan)}.items():
            handed.enter_context(engine.table(name, held_table))
        coded = engine.arrow(statement(plan, used(plan.files)))
    coded = coded.combine_chunks()
    made = _decoded(coded, plan, kinds)
    if not plan.several:
        return {plan.days[0]: made}
    edges = np.searchsorted(coded.column("d").to_numpy(), range(len(plan.days) + 1)).tolist()
    return {day: made.slice(a, b - a) for day, (a, b) in zip(plan.days, pairwise(edges), strict=True)}


def _shifts(plan: Plan) -> dict[str, pa.Table]:
    """Return the table of moved instants of all days that the files may hold, where there are any."""
    if not plan.zones:
        return {}
    spans = [(slot.starts, slot.ends) for slot in plan.slots] + [(week.starts, week.ends) for week in plan.weeks]
    first, last = min(starts for starts, _ in spans).date(), max(ends for _, ends in spans).date()
    days = (first + timedelta(n) for n in range(-_FAR, (last - first).days + _FAR + 1))
    return {"shifts": table(plan.zone, plan.zones, days)}


def used(files: Sequence[Path]) -> frozenset[str]:
    """Return which columns that may be empty any row names; the files' own statistics say it."""
    wanted, found = {"currency", "audience", "revenue", *_SALES}, set()
    for file in files:
        held = pq.read_metadata(file)
        for group in (held.row_group(n) for n in range(held.num_row_groups)):
            for column in (group.column(n) for n in range(group.num_columns)):
                name = column.path_in_schema
                if name in wanted and name not in found:
                    said = column.statistics
                    if said is None or said.null_count != column.num_values:
                        found.add(name)
    return frozenset(found)


def statement(plan: Plan, names: frozenset[str]) -> str:
    """Return the SQL for ``plan``, with the columns of ``names`` that its rows use."""
    piece, said = pieces("totals"), _words(plan, names)
    steps = ["placed", *(["told_once"] if plan.once else [])]
    if plan.capped:
        steps += ["groups", "cut_in_turn" if said["turn"] else "cut_at_once", "lines_capped"]
    else:
        steps.append("lines")
    return "with " + ",\n".join(piece[step].format(**said) for step in steps) + "\n" + piece["out"].format(**said)


def _words(plan: Plan, names: frozenset[str]) -> dict[str, str]:
    """Return what the pieces leave open."""
    day, slot = ["d"] * plan.several, ["slot"] * (plan.cut or plan.bulky)
    currency = ["currency"] * ("currency" in names)
    own, order = [*day, *slot, *currency], [*day, *slot, "kind", "recording", *currency, "why"]
    values = [name for name in ("audience", "revenue") if name in names]
    # Audience and revenue have no exact share: they stay with what counts, if anything of the group does.
    share = "case when q_in <> 0 or q = 0 then {} else {} end"
    codes = {why or "counted": str(place) for place, why in enumerate(WHY_OUT)}
    return {
        "source": moved(f"read_parquet({file_list(plan.files)}{_by_name(names)}{_file_names(plan)})", plan.zones),
        "instant": "told_at" if plan.zones else '"at"',
        "slot": _slot(plan),
        "day_placed": f"{number_of_day(plan)} as d," if day else "",
        "day_carried": "d, " if day else "",
        "why": _why(plan, names),
        "within": "true" if plan.whole_partition else _within(plan),
        "rows": "told_once" if plan.once else "placed",
        "own_keys": "".join(f"{key}, " for key in own),
        "turn": ", ".join([*slot, *currency]),
        "order": ", ".join(order),
        "sums": "".join(f", sum({name}) as {name}" for name in values),
        "values": "".join(f", {name}" for name in values),
        "sums_in": "".join(f", sum({share.format(name, 0)}) as {name}" for name in values),
        "sums_over": "".join(f", sum({share.format(0, name)}) as {name}_over" for name in values),
        "values_over": "".join(f", {name}_over" for name in values),
        "values_out": "".join(f", cast({name} as bigint) as {name}" for name in values),
        **codes,
        **_bulk(plan, names, codes),
    }


def _by_name(names: frozenset[str]) -> str:
    """Return how files are read: what is said of sales are columns only of files that have any."""
    return ", union_by_name = true" if names & set(_SALES) else ""


def _file_names(plan: Plan) -> str:
    """Return how files are read where a row's delivery, the name of its file, must be known."""
    return ", filename = true" if any(each.delivery for each in plan.struck) else ""


def _bulk(plan: Plan, names: frozenset[str], codes: Mapping[str, str]) -> dict[str, str]:
    """Return the words of limits on pieces of one product; all but the plain cap are empty where there is none."""
    if not plan.bulky:
        words = (
            "bulk_placed",
            "bulk_carried",
            "bulk_order",
            "bulk_keys",
            "bulk_group",
            "over_kept",
            "here",
            "also_here",
        )
        return {**dict.fromkeys(words, ""), "most": "cap"}
    product = "r.product" if "product" in names else "null::varchar"
    counted = f"why = {codes['counted']} and bulk = 1"
    return {
        "bulk_placed": f", k.void, k.bulk, {product} as product, {_week(plan)} as week",
        "bulk_carried": ", void, bulk, product, week",
        "bulk_order": ", product nulls first",
        "bulk_keys": f""", void, case bulk when 1 then {codes["bulk"]} else {codes["over_cap"]} end as over,
    case when {counted} then product end as product, case when {counted} then week end as week""",
        "bulk_group": ", product, week",
        "over_kept": ", over",
        "over_cap": "over",
        "here": f"where slot between 0 and {_AFTER - 1}",
        "also_here": f"and slot between 0 and {_AFTER - 1}",
        "most": "case when q_all >= void then 0 else cap end",
    }


def _decoded(coded: pa.Table, plan: Plan, kinds: pa.Table) -> pa.Table:
    """Return the lines with words in place of numbers, and the columns that the rows did not use."""
    lines, kind = coded.num_rows, coded.column("kind")
    starts = pa.array([slot.starts for slot in plan.slots], COLUMNS["slot"])
    days = pa.array(plan.days, pa.date32())
    there = {name: coded.column(name) for name in coded.column_names}
    first = pa.repeat(pa.scalar(0, pa.int32()), lines)
    columns = {
        **{name: pa.repeat(pa.scalar(0, pa.int64()), lines) for name in ("audience", "revenue")},
        "currency": pa.repeat(pa.scalar("", pa.string()), lines),
        **there,
        "slot": starts.take(there["slot"] if plan.cut else there.get("d", first)),
        "day": days.take(there.get("d", first)),
        "channel": kinds.column("channel").take(kind),
        "measure": kinds.column("measure").take(kind),
        "why_out": pa.array(WHY_OUT, pa.string()).take(there["why"]),
    }
    return pa.table([columns[name] for name in SCHEMA.names], SCHEMA.names).cast(SCHEMA).combine_chunks()


def _within(plan: Plan) -> str:
    today = " or ".join(
        f"""(r."at" >= {instant(first.starts)} and r."at" < {instant(last.ends)})
    or (r."at" is null and r.day between date '{first.day}' and date '{last.day}')"""
        for first, last in runs(plan.slots)
    )
    if not plan.weeks:
        return today
    first, last = plan.weeks[0], plan.weeks[-1]
    by_day = f"r.day >= date '{first.first_day}' and r.day < date '{last.first_day + timedelta(7)}'"
    week = f"""r."at" >= {instant(first.starts)} and r."at" < {instant(last.ends)}"""
    return f"""{today} or (k.weekly = 1 and (({week}) or (r."at" is null and {by_day})))"""


def _week(plan: Plan) -> str:
    """Return the number of a row's week, of the one or two in which the day lies."""
    later = list(enumerate(plan.weeks))[:0:-1]
    whens = ""
    for number, week in later:
        by_day = f"""(r."at" is null and r.day >= date '{week.first_day}')"""
        whens += f""" when r."at" >= {instant(week.starts)} or {by_day} then {number}"""
    return f"case{whens} else 0 end" if whens else "0"


def _slot(plan: Plan) -> str:
    """Return the number of a row's slot; a row without an instant stands, uncounted, in the first."""
    said = slot_of_day(plan)
    if not plan.weeks:
        return said
    day, starts, ends = plan.days[0], instant(plan.slots[0].starts), instant(plan.slots[-1].ends)
    return f"""case when r."at" < {starts} or (r."at" is null and r.day < date '{day}') then -1
      when r."at" >= {ends} or (r."at" is null and r.day > date '{day}') then {_AFTER} else {said} end"""


def _why(plan: Plan, names: frozenset[str]) -> str:
    """Return the number of the first reason why a row does not count."""
    whens = [(_is_struck(each), "struck") for each in plan.struck]
    if plan.cut_daily and plan.even and not plan.weeks:
        whens.append(('r."at" is null', "day_not_cut"))
    elif any(kind.cut_days for kind in plan.kinds):
        cut = "(k.cut_days & (1 << (isodow(r.day) - 1)::integer)) <> 0"
        whens.append((f"""r."at" is null and {cut}""", "day_not_cut"))
    whens += _of_products(plan, names)
    if "event" in names:
        whens.append((f"r.event = '{RETURNED}'", RETURNED))
        whens.append((f"r.event <> '{SOLD}' and r.event is distinct from k.event", "other_event"))
    if any(kind.minimum is not None for kind in plan.kinds):
        whens.append(("r.ms_played < k.minimum", "short_play"))
    if "revenue" in names and any(kind.floor is not None for kind in plan.kinds):
        whens.append(("r.currency = k.floor_currency and r.revenue < k.floor * r.quantity", "under_price"))
    said = "".join(f" when {condition} then {WHY_OUT.index(why)}" for condition, why in whens)
    return f"case{said} else {WHY_OUT.index('')} end" if said else "0"


def _of_products(plan: Plan, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Give the conditions that a row is of a product that does not count; what came back of it never did, either."""
    limits = [name for name in ("titles", "tracks") if name in names and any(getattr(k, name) for k in plan.kinds)]
    if limits:
        yield " or ".join(f"r.{name} > k.{name}" for name in limits), "too_many_titles"
    if "lead_track" in names and any(kind.lead for kind in plan.kinds):
        held = "".join(f"r.{name}, " for name in ("titles", "tracks") if name in names)
        yield f"k.lead = 1 and not r.lead_track and coalesce({held}2) > 1", "not_lead"


def _is_struck(said: Struck) -> str:
    """Return the condition that a row is one of those that a decision takes out."""
    by_day = f"r.day between date '{said.first_day}' and date '{said.last_day}'"
    instants = f"""r."at" >= {instant(said.starts)} and r."at" < {instant(said.ends)}"""
    conditions = [f"""(({instants}) or (r."at" is null and {by_day}))"""]
    if said.spellings is not None:
        conditions.append(f"r.spelling in ({', '.join(map(str, said.spellings)) or 'null'})")
    whole_use = said.measure.removesuffix(".*")
    if whole_use != said.measure:
        conditions.append(f"(r.measure = {literal(whole_use)} or starts_with(r.measure, {literal(whole_use + '.')}))")
    elif said.measure:
        conditions.append(f"r.measure = {literal(said.measure)}")
    conditions += [f"r.{name} = {literal(value)}" for name in ("channel", "consumer") if (value := getattr(said, name))]
    if said.delivery:
        conditions.append(f"ends_with(r.filename, {literal(f'/{said.delivery}.parquet')})")
    return " and ".join(conditions)
