"""Entries at once: how many lines of one issue each artist has, counted over all lines in one sort of whole numbers.

A group-by over every artist and issue of a deep chart holds millions of groups to show ten; sorting one number for each
line takes a fifth of the time (``benchmarks/records.py``).
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from hitparade.records.query import Asked, Row, Views, over, run

_LINES = "select credit_id, ordinal from entries"
_PARTS = "select distinct credit_id, artist from {credits} order by credit_id, artist"
_ISSUES = "select issue from issues order by ordinal"
_NARROW = 1 << 31

Whole = np.ndarray[Any, np.dtype[Any]]


class Crowds(NamedTuple):
    """The most entries at once: artist, entries and issue, and how many such pairs there are.

    Attributes:
        same: by number of entries, how many pairs have so many.
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
    found, counts, same = _counted(keys, most)
    places = _first(found, counts, len(days), len(artists), most)
    rows = tuple((int(artists[who]), count, days[when]) for count, when, who in places)
    return Crowds(rows, sum(same.values()), same)


def _counted(keys: Whole, most: int) -> tuple[Whole, Whole, dict[int, int]]:
    """Return sorted keys, each once, with how often they stand there, and how many stand so often.

    Keys that stand there once are the many, and left out where there are enough of the others.
    """
    again = keys[1:] == keys[:-1]
    begins, ends = again.copy(), again.copy()
    begins[1:] &= ~again[:-1]
    ends[:-1] &= ~again[1:]
    at = np.flatnonzero(begins)
    counts = np.flatnonzero(ends) - at + 2
    same = {count: size for count, size in enumerate(np.bincount(counts).tolist()) if size}
    alone = len(keys) - int(np.count_nonzero(again)) - len(at)
    if len(at) < most:
        single = np.ones(len(keys), np.bool_)
        single[1:] &= ~again
        single[:-1] &= ~again
        at, counts = np.append(at, np.flatnonzero(single)), np.append(counts, np.ones(alone, np.int64))
    return keys[at].astype(np.int64), counts, {**same, **({1: alone} if alone else {})}


def _first(keys: Whole, counts: Whole, issues: int, artists: int, most: int) -> Iterator[tuple[int, int, int]]:
    """Yield count, issue and artist of the first ``most`` by count, then by issue and artist."""
    cells = issues * artists
    ranks = keys % issues * artists + keys // issues - counts * cells
    for rank in np.sort(np.partition(ranks, most)[:most] if len(ranks) > most else ranks).tolist():
        count, place = -(rank // cells), rank % cells
        yield count, place // artists, place % artists


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
        keys = np.repeat((artist[first[place[has]] + nth] * issues - 1).astype(size), lengths[has])
        keys += ordinal if has.all() else ordinal[np.repeat(has, lengths)]
        found.append(keys)
    return found[0] if len(found) == 1 else np.concatenate(found) if found else np.zeros(0, size)
