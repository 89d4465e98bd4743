"""The history columns of a series: what was true of each song as of each issue, worked out in one walk over its lines.

From the same walk come the small tables that records read instead of all lines: spells, who sang what, and where the
published columns differ.

Lines come sorted by song, issue and position. Everything is whole numbers on whole columns; window functions give the
same and sort the lines once for every level of them, which takes twice as long (``benchmarks/records.py``).
"""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as arrow

HISTORY = ("last", "peak", "peak_issue", "peak_weeks", "weeks", "spell", "spell_weeks")
_FAR = 1 << 32
"""More than any position: songs are set so far apart that the best of one is never the best of the next."""

pc: Any = arrow
"""Arrow's functions; its stubs know fewer kinds of columns than it takes."""
Whole = np.ndarray[Any, np.dtype[np.int64]]
Truth = np.ndarray[Any, np.dtype[np.bool_]]


class Told(NamedTuple):
    """Entries with their history: all, one for each song and issue (its better line), and the lines beside those."""

    entries: pa.Table
    best: pa.Table
    twice: pa.Table


def told(lines: pa.Table) -> Told:
    """Return lines, sorted by song, ordinal and position, with their history columns.

    Two prints of one song on one issue stay two lines; what is derived is the song's, by its better position.
    """
    if not lines.num_rows:
        return Told(*[_joined(lines, {name: pa.array([], kind) for name, kind in _KINDS.items()})] * 3)
    song, ordinal = (lines.column(name).to_numpy() for name in ("song", "ordinal"))
    first = np.ones(lines.num_rows, np.bool_)
    first[1:] = (song[1:] != song[:-1]) | (ordinal[1:] != ordinal[:-1])
    if first.all():
        entries = _joined(lines, _history(lines))
        return Told(entries, entries, entries.slice(0, 0))
    kept = lines.filter(pa.array(first))
    history = _history(kept)
    at = pa.array(np.cumsum(first) - 1, pa.int64())
    entries = _joined(lines, {name: column.take(at) for name, column in history.items()})
    return Told(entries, _joined(kept, history), entries.filter(pa.array(~first)))


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


def spells(best: pa.Table) -> pa.Table:
    """Return the unbroken spells of songs: from when to when, how long, and how long the song was away before."""
    first = np.flatnonzero(best.column("spell_weeks").to_numpy() == 1)
    last = np.append(first[1:], best.num_rows)[: len(first)] - 1
    song, ordinal, spell = (best.column(name).to_numpy() for name in ("song", "ordinal", "spell"))
    issue = _dates(best.column("issue"))
    before = np.maximum(first - 1, 0)
    opens = spell[first] == 1
    columns = {
        "song": pa.array(song[first], pa.int64()),
        "spell": _numbers(spell[first]),
        "first_issue": pa.array(issue[first], pa.date32()),
        "last_issue": pa.array(issue[last], pa.date32()),
        "weeks": _numbers(ordinal[last] - ordinal[first] + 1),
        "left_issue": pa.array(issue[before], pa.date32(), mask=opens),
        "issues_out": _numbers(ordinal[first] - ordinal[before] - 1, opens),
    }
    return pa.table(columns)


def sung(entries: pa.Table) -> pa.Table:
    """Return songs with their credits, once for each line that follows one of another song or credit."""
    song, credit = (entries.column(name).to_numpy() for name in ("song", "credit_id"))
    changes = np.ones(len(song), np.bool_)
    changes[1:] = (song[1:] != song[:-1]) | (credit[1:] != credit[:-1])
    return entries.select(["song", "credit_id", "issue"]).filter(pa.array(changes))


def unlike(best: pa.Table) -> pa.Table:
    """Return the lines whose published weeks or peak are not what the issues show, each with the song's next issue."""
    differ = np.zeros(best.num_rows, np.bool_)
    for printed, derived in (("printed_weeks", "weeks"), ("printed_peak", "peak")):
        column = best.column(printed)
        if column.null_count < best.num_rows:
            differ |= pc.fill_null(pc.not_equal(column, best.column(derived)), fill_value=False).to_numpy()
    at = np.flatnonzero(differ)
    song = best.column("song").to_numpy()
    after = np.minimum(at + 1, max(best.num_rows - 1, 0))
    ends = (song[after] != song[at]) | (after == at)
    next_issue = pa.array(_dates(best.column("issue"))[after], pa.date32(), mask=ends)
    return best.select(_UNLIKE).take(pa.array(at, pa.int64())).append_column("next_issue", next_issue)


_UNLIKE = ("song", "title", "issue", "weeks", "printed_weeks", "peak", "printed_peak")


def _dates(column: "pa.ChunkedArray[Any]") -> "np.ndarray[Any, np.dtype[np.int32]]":
    return column.cast(pa.int32()).to_numpy()


def _since(begins: Truth) -> Whole:
    """Return for each row the last row up to it on which something begins."""
    return np.maximum.accumulate(np.where(begins, np.arange(len(begins)), 0))


def _numbers(values: Whole, nothing: Truth | None = None) -> "pa.Array[Any]":
    return pa.array(values.astype(np.int32), pa.int32(), mask=nothing)
