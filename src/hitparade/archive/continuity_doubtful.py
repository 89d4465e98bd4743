"""The lines that continuity has to walk through: those of songs whose printed weeks do not simply count on.

Nearly all songs of a chart come once, with a first week, and count on to their last. They are left out here by whole
columns, for a walk in Python through millions of lines takes minutes.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hitparade.archive.continuity_runs import LONG, counts_spells
from hitparade.catalog.songs import Print, songs_of

_Numbers = npt.NDArray[np.int64]
_NO_WEEKS = -1


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The lines to walk through, all issues of the series, and whether its weeks begin again at every return."""

    lines: pa.Table
    issues: tuple[date, ...]
    per_spell: bool


def doubtful(table: pa.Table) -> Doubtful | None:
    """Return the lines of a series whose weeks leave something open; None when there are none."""
    if "weeks" not in table.column_names or table["weeks"].null_count == table.num_rows:
        return None
    days = table["issue"].combine_chunks().dictionary_encode()
    issues: list[date] = _any(days.dictionary).to_pylist()
    order = np.argsort(np.array([day.toordinal() for day in issues], dtype=np.int64), kind="stable")
    rank = np.empty(len(issues), dtype=np.int64)
    rank[order] = np.arange(len(issues))
    at, song = rank[_numbers(days.indices)], _songs(table)
    weeks = _numbers(_any(table["weeks"]).fill_null(_NO_WEEKS))
    rows = np.lexsort((_numbers(table["position"]), at, song))
    wanted, per_spell = _wanted(song[rows], at[rows], weeks[rows])
    if not wanted.size:
        return None
    kept = table if wanted[0] < 0 else table.filter(pa.array(np.isin(song, wanted)))
    return Doubtful(kept, tuple(issues[place] for place in order), per_spell)


def _wanted(song: _Numbers, at: _Numbers, weeks: _Numbers) -> tuple[_Numbers, bool]:
    """Return the songs whose weeks do not count on, or -1 for all, of lines by song and issue."""
    follows = np.concatenate(([False], song[1:] == song[:-1]))
    before = np.concatenate(([0], weeks[:-1]))
    away = np.concatenate(([0], at[1:] - at[:-1]))
    told = weeks != _NO_WEEKS
    short = follows & told & (away > 1) & (away <= LONG)
    per_spell = counts_spells(int((short & (weeks == before + 1)).sum()), int((short & (weeks == 1)).sum()))
    if bool((~follows & told & (weeks > 1) & (at > 0)).any()):
        return np.array([-1], dtype=np.int64), per_spell  # it may go on with any song
    return np.unique(song[follows & ((weeks != before + 1) | (away == 0))]), per_spell


def _songs(table: pa.Table) -> _Numbers:
    """Return by line the number of its song by its text alone."""
    title, credit = (
        _any(table[name]).fill_null("").combine_chunks().dictionary_encode() for name in ("title", "credit")
    )
    size = max(len(credit.dictionary), 1)
    pairs, where = np.unique(_numbers(title.indices) * size + _numbers(credit.indices), return_inverse=True)
    titles, credits_ = _any(title.dictionary).to_pylist(), _any(credit.dictionary).to_pylist()
    prints = [Print(titles[pair // size], credits_[pair % size]) for pair in pairs.tolist()]
    number = {name: place for place, song in enumerate(songs_of(prints).songs) for name in song.names}
    return np.array([number[each.key] for each in prints], dtype=np.int64)[where]


def _numbers(column: Any) -> _Numbers:  # noqa: ANN401 - any Arrow array
    return np.asarray(column.to_numpy(), dtype=np.int64)


def _any(value: Any) -> Any:  # noqa: ANN401 - Arrow says too little of what a dictionary is
    return value
