"""Totals of one territory and some of its days: a statement run, and what it says decoded.

Planning a statement takes longer than running it over a small day, so small days share one; each comes out as if
it had been alone.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.engine.duck import Duck
from hitparade.engine.totals_plan import Kind, Plan
from hitparade.engine.totals_words import SALES, WHY_OUT, statement
from hitparade.engine.zones import table

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

_FAR = 2
"""More days than the clocks of two zones lie apart."""


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
    wanted, found = {"currency", "audience", "revenue", *SALES}, set()
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
