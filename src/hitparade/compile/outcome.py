"""What becomes of the lines once every rule has looked: who is placed, who is next, how deep that reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hitparade.chart import ChartState, SongState
from hitparade.compile.line import Line
from hitparade.compile.ranking import places
from hitparade.compile.rules import KINDS
from hitparade.rulebook.rules import Rules

NEXT_BELOW = 20
"""How many lines below the last position are kept with an issue, so that it can say what nearly entered."""


@dataclass(slots=True, frozen=True)
class Outcome:
    """The lines of one issue, settled.

    Attributes:
        lines: the lines that were looked at, in order.
        placed: the lines on the chart with their positions, in order.
        states: what the chart remembers of each of them, in the same order, once markers are given.
        below: the next lines that no rule keeps off, with the places they would have had.
        last: how many of ``lines`` lie down to the last one on the chart; all when the chart has room left.
        depth: how many of ``lines`` were read; a place deeper than that is not proven.
        depth_points: see :class:`hitparade.compile.fold.Step`.
    """

    lines: Sequence[Line]
    placed: Sequence[tuple[Line, int]]
    states: Sequence[SongState]
    below: Sequence[tuple[Line, int]]
    last: int
    depth: int
    depth_points: int

    @property
    def recurrent(self) -> Iterator[Line]:
        """The lines that the recurrent rule takes off for good."""
        return (line for line in self.lines if line.recurrent)


def deepest(rules: Rules, state: ChartState) -> int:
    """Return the deepest position that the chart, a step or the last issue is about."""
    last = (song.last_position for song in state.standing.values())
    read = (KINDS[name].reads(rules.params[name]) for name in rules.steps if name in rules.params and name in KINDS)
    return max((rules.size, *read, *last))


def settle(lines: Sequence[Line], rules: Rules, deepest_position: int, *, complete: bool) -> Outcome:
    """Return which of the marked lines are on the chart, which are next, and how deep the issue reads.

    A line is on the chart when its place is within the size, so that songs tied at the last position all are.

    Args:
        lines: the marked lines, in order.
        rules: the rules in force.
        deepest_position: see :func:`deepest`.
        complete: whether these are all lines that have points.
    """
    placed: list[tuple[Line, int]] = []
    below: list[tuple[Line, int]] = []
    last, depth, reached = len(lines), len(lines), 0
    for index, (line, place) in enumerate(places(lines, rules.shared)):
        if line.offs:
            continue
        if place <= rules.size:
            placed.append((line, place))
            reached = index + 1
            continue
        last = reached
        if len(below) < NEXT_BELOW:
            below.append((line, place))
        if place > deepest_position and len(below) == NEXT_BELOW:
            depth = index + 1
            break
    ends = complete and depth == len(lines)
    return Outcome(lines, placed, (), below, last, depth, 1 if ends else lines[depth - 1].points)
