"""Order and places: ties as the book declares them, and shared positions."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from hitparade.compile.line import Line
from hitparade.errors import CompileError

_NOWHERE = 1 << 62

Key = Callable[[Line, Mapping[str, int]], Any]


def _gain(line: Line, weights: Mapping[str, int]) -> int:
    before = (line.candidate.sums.get(measure, ())[1:2] for measure in weights)
    last = sum(window[0] * weight for window, weight in zip(before, weights.values(), strict=True) if window)
    return last - line.base


KEYS: dict[str, Key] = {
    "units": lambda line, _: -line.points,
    "points": lambda line, _: -line.points,
    "previous_position": lambda line, _: line.previous or _NOWHERE,
    "gain": _gain,
    "peak": lambda line, _: line.state.peak if line.state else _NOWHERE,
    "weeks_on_chart": lambda line, _: line.state.weeks_on_chart if line.state else 0,
    "title": lambda line, _: (line.candidate.title.casefold(), line.candidate.title),
    "id": lambda line, _: line.candidate.song,
}
"""What ties may be broken by: the better previous position, the larger gain in points over the window before
(it needs a look-back of one), the better peak, the fewer weeks, the alphabet, and at last the song's key."""


def order(lines: list[Line], ties: Sequence[str], weights: Mapping[str, int]) -> None:
    """Put lines in the order of the chart, once and for all: no rule changes what a line is ordered by."""
    unknown = [name for name in ties if name not in KEYS]
    if unknown:
        raise CompileError(f"ties are broken by {unknown[0]!r}; allowed: {', '.join(sorted(KEYS))}")
    keys = [KEYS[name] for name in ties if name not in {"units", "points", "id"}]
    for line in lines:
        line.key = (line.ahead, -line.points, *[key(line, weights) for key in keys], line.candidate.song)
    lines.sort(key=_key)


def _key(line: Line) -> tuple[Any, ...]:
    return line.key


def places(lines: Iterable[Line], shared: str) -> Iterator[tuple[Line, int]]:
    """Return each line with its place among those still in; one that is off gets the place it would have had.

    ``lines`` are in order. A line that a rule takes off while this runs no longer counts for the lines below
    it.
    """
    ahead, groups, place, tied = 0, 0, 0, None
    for line in lines:
        same = shared != "no" and line.key[:-1] == tied
        here = place if same else (groups if shared == "dense" else ahead) + 1
        yield line, here
        if line.offs:
            continue
        ahead += 1
        if not same:
            groups, place, tied = groups + 1, here, line.key[:-1]
