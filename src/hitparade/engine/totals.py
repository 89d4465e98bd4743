"""Totals of one territory and day: a statement put together from fixed pieces, run and decoded.

Pieces and columns that a day does not need are left out: a day that is the partition's own and is not cut
reads no instants, a profile without a cap reads no consumers, plays without revenue sum none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.engine.duck import Duck, file_list
from hitparade.engine.pieces import pieces
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

WHY_OUT = ("", "day_not_cut", "over_cap", "repeat", "short_play")
"""Why a row is out, sorted; the statement says the place in this list."""


class Kind(NamedTuple):
    """A channel and measure of a day, with the row limits that hold for it, or None.

    ``minimum`` is the least milliseconds of a play that counts; ``cap`` the most of one consumer and
    recording that count on the day.
    """

    channel: str
    measure: str
    minimum: int | None = None
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What one territory's day needs: its slots, the row files of its partitions, its kinds in order.

    ``once`` leaves out rows that repeat channel, instant, consumer and recording.
    """

    day: date
    slots: tuple[Slot, ...]
    files: tuple[Path, ...]
    kinds: tuple[Kind, ...]
    once: bool = False

    @property
    def cut(self) -> bool:
        """Whether the day has more than one slot."""
        return len(self.slots) > 1

    @property
    def capped(self) -> bool:
        """Whether any cap holds."""
        return any(kind.cap is not None for kind in self.kinds)

    @property
    def whole_partition(self) -> bool:
        """Whether every row of its partition belongs to the day, which then is the UTC day itself."""
        midnight = datetime.combine(self.day, time())
        return not self.cut and self.slots[0][1:3] == (midnight, midnight + timedelta(1))


def partitions(day: date, slots: Sequence[Slot]) -> tuple[date, ...]:
    """Return the partition days whose files can hold rows of a civil day: its UTC dates and its own name."""
    first, last = slots[0].starts.date(), (slots[-1].ends - timedelta(microseconds=1)).date()
    days = {first + timedelta(n) for n in range((last - first).days + 1)}
    return tuple(sorted(days | {day}))


def sum_day(engine: Duck, identity: pa.Table, plan: DayPlan) -> pa.Table:
    """Return the totals of one territory's day in key order, equal for equal rows at any thread count."""
    places = range(len(plan.kinds))
    fields = dict(zip(Kind._fields, zip(*plan.kinds, strict=True), strict=True)) if plan.kinds else {}
    numbers = {name: pa.array(fields.get(name, ()), pa.int64()) for name in ("minimum", "cap")}
    texts = {name: pa.array(fields.get(name, ()), pa.string()) for name in ("channel", "measure")}
    kinds = pa.table({"kind": pa.array(places, pa.int32()), **texts, **numbers})
    with engine.table("identity", identity), engine.table("kinds", kinds):
        coded = engine.arrow(statement(plan, used(plan.files)))
    return _decoded(coded.combine_chunks(), plan, kinds)


def used(files: Sequence[Path]) -> frozenset[str]:
    """Return which of currency, audience and revenue any row names; the files' own statistics say it."""
    wanted, found = {"currency", "audience", "revenue"}, set()
    for file in files:
        held = pq.read_metadata(file)
        for group in (held.row_group(n) for n in range(held.num_row_groups)):
            for column in (group.column(n) for n in range(group.num_columns)):
                said = column.statistics
                empty = said is not None and said.null_count == column.num_values
                if column.path_in_schema in wanted and not empty:
                    found.add(column.path_in_schema)
    return frozenset(found)


def statement(plan: DayPlan, names: frozenset[str]) -> str:
    """Return the SQL for ``plan``, with the columns of ``names`` that its rows use."""
    piece, said = pieces("totals"), _words(plan, names)
    steps = ["placed", *(["told_once"] if plan.once else [])]
    if plan.capped:
        steps += ["groups", "cut_in_turn" if said["own_keys"] else "cut_at_once", "lines_capped"]
    else:
        steps.append("lines")
    return "with " + ",\n".join(piece[step].format(**said) for step in steps) + "\n" + piece["out"].format(**said)


def _words(plan: DayPlan, names: frozenset[str]) -> dict[str, str]:
    """Return what the pieces leave open."""
    slot, currency = ["slot"] * plan.cut, ["currency"] * ("currency" in names)
    own, order = [*slot, *currency], [*slot, "kind", "recording", *currency, "why"]
    values = [name for name in ("audience", "revenue") if name in names]
    # Audience and revenue have no exact share: they stay with what counts, if anything of the group does.
    share = "case when q_in <> 0 or q = 0 then {} else {} end"
    return {
        "source": f"read_parquet({file_list(plan.files)})",
        "slot": _slot(plan),
        "why": _why(plan),
        "within": "true" if plan.whole_partition else _within(plan),
        "rows": "told_once" if plan.once else "placed",
        "own_keys": "".join(f"{key}, " for key in own),
        "turn": ", ".join(own),
        "order": ", ".join(order),
        "sums": "".join(f", sum({name}) as {name}" for name in values),
        "values": "".join(f", {name}" for name in values),
        "sums_in": "".join(f", sum({share.format(name, 0)}) as {name}" for name in values),
        "sums_over": "".join(f", sum({share.format(0, name)}) as {name}_over" for name in values),
        "values_over": "".join(f", {name}_over" for name in values),
        "values_out": "".join(f", cast({name} as bigint) as {name}" for name in values),
        **{why or "counted": str(place) for place, why in enumerate(WHY_OUT)},
    }


def _decoded(coded: pa.Table, plan: DayPlan, kinds: pa.Table) -> pa.Table:
    """Return the lines with words in place of numbers, and the columns that the rows did not use."""
    lines, kind = coded.num_rows, coded.column("kind")
    starts = pa.array([slot.starts for slot in plan.slots], COLUMNS["slot"])
    there = {name: coded.column(name) for name in coded.column_names}
    first = pa.repeat(pa.scalar(0, pa.int32()), lines)
    columns = {
        **{name: pa.repeat(pa.scalar(0, pa.int64()), lines) for name in ("audience", "revenue")},
        "currency": pa.repeat(pa.scalar("", pa.string()), lines),
        **there,
        "slot": starts.take(there.get("slot", first)),
        "day": pa.repeat(pa.scalar(plan.day, pa.date32()), lines),
        "channel": kinds.column("channel").take(kind),
        "measure": kinds.column("measure").take(kind),
        "why_out": pa.array(WHY_OUT, pa.string()).take(there["why"]),
    }
    return pa.table([columns[name] for name in SCHEMA.names], SCHEMA.names).cast(SCHEMA).combine_chunks()


def _within(plan: DayPlan) -> str:
    starts, ends = _instant(plan.slots[0].starts), _instant(plan.slots[-1].ends)
    return f"""(r."at" >= {starts} and r."at" < {ends}) or (r."at" is null and r.day = date '{plan.day}')"""


def _slot(plan: DayPlan) -> str:
    """Return the number of a row's slot; a row without an instant stands, uncounted, in the first."""
    later = list(enumerate(plan.slots))[:0:-1]
    whens = "".join(f' when r."at" >= {_instant(slot.starts)} then {number}' for number, slot in later)
    return f"case{whens} else 0 end" if whens else "0"


def _why(plan: DayPlan) -> str:
    whens = f""" when r."at" is null then {WHY_OUT.index("day_not_cut")}""" if plan.cut else ""
    if any(kind.minimum is not None for kind in plan.kinds):
        whens += f" when r.ms_played < k.minimum then {WHY_OUT.index('short_play')}"
    return f"case{whens} else {WHY_OUT.index('')} end" if whens else "0"


def _instant(moment: datetime) -> str:
    return f"timestamp '{moment:%Y-%m-%d %H:%M:%S}'"
