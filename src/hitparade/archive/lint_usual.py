"""What is usual at each place of a sequence: the value that stood long before or stands long after."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple


class _Stretch(NamedTuple):
    """Places from ``first`` to before ``last`` at which a value is usual."""

    first: int
    last: int
    value: int

    @property
    def length(self) -> int:
        return self.last - self.first


def usual(values: Sequence[int], long: int, *, larger: bool = False) -> list[frozenset[int]]:
    """Return for each place the values that are usual there.

    A value that holds for ``long`` places, shorter breaks aside, is usual in that stretch, and on the way to the next.
    Where none holds so long, the most frequent one is usual everywhere, of equals the smallest, or the ``larger``.
    """
    if not values:
        return []
    stretches = [each for each in _closed(_stretches(values)) if each.length >= long]
    if not stretches:
        counted, sign = Counter(values), -1 if larger else 1
        return [frozenset({min(counted, key=lambda value: (-counted[value], sign * value))})] * len(values)
    found: list[frozenset[int]] = []
    before = stretches[0].value
    for each in stretches:
        found += [frozenset({before, each.value})] * (each.first - len(found))
        found += [frozenset({each.value})] * each.length
        before = each.value
    return found + [frozenset({before})] * (len(values) - len(found))


def _stretches(values: Sequence[int]) -> list[_Stretch]:
    found, place = [], 0
    for value, group in groupby(values):
        length = len(list(group))
        found.append(_Stretch(place, place + length, value))
        place += length
    return found


def _closed(found: list[_Stretch]) -> list[_Stretch]:
    """Return stretches with breaks closed, the shortest first: a break is half as long as what stands around it."""
    while True:
        breaks = [
            (found[place].length, place)
            for place in range(1, len(found) - 1)
            if found[place - 1].value == found[place + 1].value
            and 2 * found[place].length <= found[place - 1].length + found[place + 1].length
        ]
        if not breaks:
            return found
        _, place = min(breaks)
        whole = _Stretch(found[place - 1].first, found[place + 1].last, found[place - 1].value)
        found = [*found[: place - 1], whole, *found[place + 2 :]]
