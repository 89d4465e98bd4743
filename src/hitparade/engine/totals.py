"""Totals of one territory and day: a statement put together from fixed pieces, run and digested.

Pieces that a day does not need are left out: a day that is the partition's own and is not cut reads no
instants, a profile without a cap reads no consumers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.digest import digest_columns
from hitparade.engine.duck import Duck, file_list, literal
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


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What one territory's day needs: its slots, the row files of its partitions, the row rules by measure.

    Attributes:
        minimum: for each measure, the least milliseconds of a play that counts.
        cap: for each measure, the most of one consumer, channel and recording that count on the day.
        once: whether a row that repeats channel, instant, consumer and recording is left out.
    """

    day: date
    slots: tuple[Slot, ...]
    files: tuple[Path, ...]
    minimum: Mapping[str, int] = field(default_factory=dict)
    cap: Mapping[str, int] = field(default_factory=dict)
    once: bool = False

    @property
    def cut(self) -> bool:
        """Whether the day has more than one slot."""
        return len(self.slots) > 1

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


def statement(plan: DayPlan, *, currencies: bool) -> str:
    """Return the SQL for ``plan``; it reads row files and a table ``identity`` (spelling, recording)."""
    piece, rows = pieces("totals"), "told_once" if plan.once else "placed"
    steps = [_placed(plan), *([piece["told_once"]] if plan.once else [])]
    steps += (
        _capped(plan, rows, in_turn=plan.cut or currencies)
        if plan.cap
        else [piece["lines"].format(rows=rows)]
    )
    return "with " + ",\n".join(steps) + "\n" + piece["out"].format(day=_date(plan.day))


def sum_day(engine: Duck, identity: pa.Table, plan: DayPlan) -> pa.Table:
    """Return the totals of one territory's day in key order, equal for equal rows at any thread count."""
    currencies = bool(plan.cap) and _has_currency(engine, plan)
    with engine.table("identity", identity):
        return engine.arrow(statement(plan, currencies=currencies)).cast(SCHEMA).combine_chunks()


def content_digest(table: pa.Table) -> str:
    """Return the digest of a totals table, whatever chunks or encodings hold it."""
    return digest_columns(part for name in SCHEMA.names for part in _canonical(name, table.column(name)))


def file_digest(file: Path) -> str:
    """Return the content digest of a file of totals."""
    return content_digest(pq.read_table(file, schema=SCHEMA))


def _canonical(name: str, column: "pa.ChunkedArray[Any]") -> list[tuple[str, bytes]]:
    """Return a column as little-endian numbers; text as its lengths in bytes and then its bytes."""
    if pa.types.is_string(column.type):
        texts = [_text(chunk) for chunk in column.chunks]
        return [
            (f"{name}.lengths", b"".join(lengths for lengths, _ in texts)),
            (name, b"".join(data for _, data in texts)),
        ]
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    return [(name, column.cast(pa.int64()).to_numpy().astype("<i8").tobytes())]


def _text(chunk: "pa.Array[Any]") -> tuple[bytes, bytes]:
    """Return the lengths and the bytes of a text array, wherever it lies in its buffers."""
    _, offsets, data = chunk.buffers()
    if not len(chunk) or offsets is None:
        return b"", b""
    ends = np.frombuffer(memoryview(offsets), dtype="<i4")[chunk.offset : chunk.offset + len(chunk) + 1]
    held = b"" if data is None else memoryview(data)[int(ends[0]) : int(ends[-1])].tobytes()
    return np.diff(ends).astype("<i8").tobytes(), held


def _placed(plan: DayPlan) -> str:
    return pieces("totals")["placed"].format(
        slot=_slot(plan),
        why=_why(plan),
        consumer="r.consumer" if plan.cap or plan.once else "null",
        instant='r."at"' if plan.once else "null",
        source=f"read_parquet({file_list(plan.files)})",
        within="true" if plan.whole_partition else _within(plan),
    )


def _within(plan: DayPlan) -> str:
    starts, ends = _instant(plan.slots[0].starts), _instant(plan.slots[-1].ends)
    return f'(r."at" >= {starts} and r."at" < {ends}) or (r."at" is null and r.day = {_date(plan.day)})'


def _slot(plan: DayPlan) -> str:
    """Return the slot of a row; a row without an instant stands in the first, where it does not count."""
    first, *later = (_instant(slot.starts) for slot in plan.slots)
    whens = "".join(f' when r."at" >= {starts} then {starts}' for starts in reversed(later))
    return f"case{whens} else {first} end" if whens else first


def _why(plan: DayPlan) -> str:
    whens = """ when r."at" is null then 'day_not_cut'""" if plan.cut else ""
    for measure, least in sorted(plan.minimum.items()):
        whens += f" when r.measure = {literal(measure)} and r.ms_played < {int(least)} then 'short_play'"
    return f"case{whens} else '' end" if whens else "''"


def _capped(plan: DayPlan, rows: str, *, in_turn: bool) -> list[str]:
    piece = pieces("totals")
    measures = ", ".join(literal(measure) for measure in sorted(plan.cap))
    whens = " ".join(
        f"when {literal(measure)} then {int(most)}" for measure, most in sorted(plan.cap.items())
    )
    groups = piece["groups"].format(
        rows=rows, measures=measures, own_keys="slot, currency," if in_turn else ""
    )
    cut = piece["cut_in_turn" if in_turn else "cut_at_once"]
    return [groups, cut.format(slot=_slot(plan), cap=f"(case measure {whens} end)"), piece["lines_capped"]]


def _has_currency(engine: Duck, plan: DayPlan) -> bool:
    """Return whether any row names a currency; the column is almost free to read where it is empty."""
    sql = f"select 1 from read_parquet({file_list(plan.files)}) where currency <> '' limit 1"
    return bool(engine.rows(sql))


def _instant(moment: datetime) -> str:
    return f"timestamp '{moment:%Y-%m-%d %H:%M:%S}'"


def _date(day: date) -> str:
    return f"date '{day}'"
