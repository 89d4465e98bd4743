"""Entries at once: how many lines of one issue each artist has, counted over all lines in one sort of whole numbers.

A group-by over every artist and issue of a deep chart holds millions of groups to show ten; sorting one number for each
line takes a fifth of the time (``benchmarks/records.py``).
"""

from typing import Any, NamedTuple

import numpy as np

from hitparade.records.query import Asked, Row, Views, over, run

_LINES = "select credit_id, ordinal from entries"
_PARTS = "select distinct credit_id, artist from {credits} order by credit_id, artist"
_ISSUES = "select issue from issues order by ordinal"
_NARROW = 1 << 31

Whole = np.ndarray[Any, np.dtype[Any]]


class Crowds(NamedTuple):
    """The most entries at once: artist, entries and issue, how many pairs there are, and how many have as many.

    Attributes:
        same: by number of entries, how many artists have so many on one issue.
    """

    first: tuple[Row, ...]
    pairs: int
    same: dict[int, int]


def crowds(views: Views, asked: Asked, most: int) -> Crowds:
    """Return the first ``most`` artists and issues by entries, then by issue and artist; over all lines of a series."""
    parts = run(views, _PARTS, asked)
    days = [row[0] for row in run(views, _ISSUES, asked)]
    artists, artist = np.unique(np.array([row[1] for row in parts], np.int64), return_inverse=True)
    ids = np.array([row[0] for row in parts], np.int64)
    kinds, first, number = np.unique(ids, return_index=True, return_counts=True)
    lines = views.table(over(views, _LINES, asked.series))
    credit, ordinal = lines.column("credit_id").to_numpy(), lines.column("ordinal").to_numpy()
    keys = _keys(credit, ordinal, (kinds, first, number, artist), len(days), len(artists))
    keys.sort()
    ends = np.append(np.flatnonzero(keys[1:] != keys[:-1]), len(keys) - 1) if len(keys) else keys
    counts = np.diff(ends, prepend=-1)
    at = _highest(counts, most)
    found = zip(keys[ends[at]].tolist(), counts[at].tolist(), strict=True)
    rows = [(int(artists[key // len(days)]), count, days[key % len(days)]) for key, count in found]
    rows.sort(key=lambda row: (-row[1], row[2], row[0]))
    sizes = np.bincount(counts) if len(counts) else counts
    same = {count: size for count, size in enumerate(sizes.tolist()) if size}
    return Crowds(tuple(rows[:most]), len(counts), same)


def _keys(credit: Whole, ordinal: Whole, parts: tuple[Whole, Whole, Whole, Whole], issues: int, artists: int) -> Whole:
    """Return a number for each line and each artist of its credit, which says artist and issue."""
    kinds, first, number, artist = parts
    size = np.int32 if artists * issues < _NARROW else np.int64
    heads = np.append(0, np.flatnonzero(credit[1:] != credit[:-1]) + 1) if len(credit) else np.zeros(0, np.int64)
    lengths = np.diff(np.append(heads, len(credit)))
    place = np.minimum(np.searchsorted(kinds, credit[heads]), max(len(kinds) - 1, 0))
    taking = number[place] * (kinds[place] == credit[heads]) if len(kinds) else np.zeros(len(heads), np.int64)
    found = []
    for nth in range(int(taking.max(initial=0))):
        has = taking > nth
        begins = (artist[first[place[has]] + nth] * issues - 1).astype(size)
        theirs = ordinal if has.all() else ordinal[np.repeat(has, lengths)]
        found.append(np.repeat(begins, lengths[has]) + theirs)
    return np.concatenate(found) if found else np.zeros(0, size)


def _highest(counts: Whole, most: int) -> Whole:
    """Return where the counts are that may be among the first ``most``."""
    at_least = np.cumsum(np.bincount(counts)[::-1])[::-1] if len(counts) else counts
    enough = np.flatnonzero(at_least >= most)
    return np.flatnonzero(counts >= (enough[-1] if len(enough) else 1))
