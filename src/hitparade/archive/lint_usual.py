"""What is usual at each place of a sequence: the value that stood long before or stands long after."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby


def usual(values: Sequence[int], long: int) -> list[frozenset[int]]:
    """Return for each place the values that are usual there.

    A value that repeats ``long`` times without a break is usual in that stretch, and on the way to the next. Where
    no value repeats so, the most frequent one is usual everywhere, of equals the smallest.
    """
    stretches: list[tuple[int, int, int]] = []
    place = 0
    for value, group in groupby(values):
        length = len(list(group))
        if length >= long:
            stretches.append((place, place + length, value))
        place += length
    if not stretches:
        counted = Counter(values)
        return [frozenset({min(counted, key=lambda value: (-counted[value], value))})] * len(values) if values else []
    found: list[frozenset[int]] = []
    before = stretches[0][2]
    for first, last, value in stretches:
        found += [frozenset({before, value})] * (first - len(found))
        found += [frozenset({value})] * (last - first)
        before = value
    return found + [frozenset({before})] * (len(values) - len(found))
