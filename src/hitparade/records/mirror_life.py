"""The history columns of a series: what was true of each song as of each issue, worked out in one walk over its lines.

Lines come sorted by song, issue and position. Everything is whole numbers on whole columns; window functions give the
same and sort the lines once for every level of them, which takes twice as long (``benchmarks/records.py``).
"""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

HISTORY = ("last", "peak", "peak_issue", "peak_weeks", "weeks", "spell", "spell_weeks")
_FAR = 1 << 32
"""More than any position: songs are set so far apart that the best of one is never the best of the next."""

Whole = np.ndarray[Any, np.dtype[np.int64]]
Truth = np.ndarray[Any, np.dtype[np.bool_]]


class Told(NamedTuple):
    """Entries with their history, and the same with one row for each song and issue: its better line."""

    entries: pa.Table
    best: pa.Table


def told(lines: pa.Table) -> Told:
    """Return lines, sorted by song, ordinal and position, with their history columns.

    Two prints of one song on one issue stay two lines; what is derived is the song's, by its better position.
    """
    if not lines.num_rows:
        return Told(*[_joined(lines, {name: pa.array([], kind) for name, kind in _KINDS.items()})] * 2)
    song, ordinal = (lines.column(name).to_numpy() for name in ("song", "ordinal"))
    first = np.ones(lines.num_rows, np.bool_)
    first[1:] = (song[1:] != song[:-1]) | (ordinal[1:] != ordinal[:-1])
    if first.all():
        entries = _joined(lines, _history(lines))
        return Told(entries, entries)
    kept = lines.filter(pa.array(first))
    history = _history(kept)
    at = pa.array(np.cumsum(first) - 1, pa.int64())
    return Told(_joined(lines, {name: column.take(at) for name, column in history.items()}), _joined(kept, history))


def _joined(lines: pa.Table, history: "dict[str, pa.Array[Any]]") -> pa.Table:
    for name in HISTORY:
        lines = lines.append_column(name, history[name])
    return lines


_KINDS: dict[str, pa.DataType] = {name: pa.date32() if name == "peak_issue" else pa.int32() for name in HISTORY}


def _history(lines: pa.Table) -> "dict[str, pa.Array[Any]]":
    """Return the history columns of lines of which no song has two on one issue."""
    song, ordinal, position = (lines.column(name).to_numpy().astype(np.int64) for name in _READ)
    debut = np.ones(len(song), np.bool_)
    debut[1:] = song[1:] != song[:-1]
    follows = ~debut
    follows[1:] &= ordinal[1:] == ordinal[:-1] + 1
    apart = np.cumsum(debut) * _FAR
    peak = np.minimum.accumulate(position - apart) + apart
    higher = debut.copy()
    higher[1:] |= position[1:] < peak[:-1]
    there: Whole = np.cumsum(position == peak)
    opened: Whole = np.cumsum(~follows)
    began, reached, returned = _since(debut), _since(higher), _since(~follows)
    before = np.concatenate([position[:1], position[:-1]])
    row: Whole = np.arange(len(song))
    return {
        "last": _numbers(before, ~follows),
        "peak": _numbers(peak),
        "peak_issue": lines.column("issue").combine_chunks().take(pa.array(reached, pa.int64())),
        "peak_weeks": _numbers(there - there[reached] + 1),
        "weeks": _numbers(row - began + 1),
        "spell": _numbers(opened - opened[began] + 1),
        "spell_weeks": _numbers(row - returned + 1),
    }


_READ = ("song", "ordinal", "position")


def _since(begins: Truth) -> Whole:
    """Return for each row the last row up to it on which something begins."""
    return np.maximum.accumulate(np.where(begins, np.arange(len(begins)), 0))


def _numbers(values: Whole, nothing: Truth | None = None) -> "pa.Array[Any]":
    return pa.array(values.astype(np.int32), pa.int32(), mask=nothing)
