"""Rows of channels whose days are those of their own zone: their instants moved to where the book's zone has that time.

No engine localises time. It is handed by how much the instants of a channel are moved from when to when, and everything
that is said in instants (slots, weeks, hours, what is struck) then holds of the channel's own clock.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import pyarrow as pa

from hitparade.weeks import shifts

SHIFTED = '(select * replace ("at" + to_seconds(coalesce(moved, 0)) as "at") from ({rows}))'
_ROWS = """select x.*, x."at" as told_at, z.moved from {files} as x
    left join shifts as z on z.channel = x.channel and x."at" >= z.starts and x."at" < z.ends"""


def moved(files: str, zones: Mapping[str, str]) -> str:
    """Return the source of rows: files as they are, or with the instants of some channels moved."""
    return SHIFTED.format(rows=_ROWS.format(files=files)) if zones else files


def table(zone: str, zones: Mapping[str, str], days: Iterable[date]) -> pa.Table:
    """Return by how many seconds instants of each channel are moved, from when to when, over some UTC days."""
    days = sorted(set(days))
    spans = {own: [span for day in days for span in shifts(zone, own, day)] for own in set(zones.values())}
    rows = [(channel, *span) for channel, own in sorted(zones.items()) for span in spans[own]]
    instant = pa.timestamp("us")
    names, kinds = ("channel", "starts", "ends", "moved"), (pa.string(), instant, instant, pa.int64())
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return pa.table({n: pa.array(v, k) for n, k, v in zip(names, kinds, columns, strict=True)})
