"""Sets of issues as a few whole numbers: the first and the last of each unbroken stretch, one after another.

An issue is named by its number in the chart's life, so that two runs can be laid over each other.
"""

from collections.abc import Iterable

Issues = tuple[int, ...]

_ELSEWHERE = 1 << 20
"""More issues than any chart has: those of another chart lie so far before a chart's own."""


def with_issue(issues: Issues, number: int) -> Issues:
    """Return the issues and one that comes after all of them."""
    if issues and issues[-1] == number - 1:
        return (*issues[:-1], number)
    return (*issues, number, number)


def how_many(issues: Issues) -> int:
    """Return how many issues there are."""
    return sum(issues[1::2]) - sum(issues[::2]) + len(issues) // 2


def union(several: Iterable[Issues]) -> Issues:
    """Return the issues that are in any of several sets."""
    made: list[int] = []
    for first, last in sorted(stretch for issues in several for stretch in zip(issues[::2], issues[1::2], strict=True)):
        if made and first <= made[-1] + 1:
            made[-1] = max(made[-1], last)
        else:
            made += [first, last]
    return tuple(made)


def elsewhere(issues: Issues) -> Issues:
    """Return the issues of another chart as ones that lie before any of this chart."""
    return tuple(number - _ELSEWHERE for number in issues)
