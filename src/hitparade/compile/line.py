"""The lines that a step works on: mutable slots, owned by one run of the fold and never handed out of it."""

from typing import Any

from hitparade.chart import Candidate, SongState


class Line:
    """One candidate on its way through the rules.

    Attributes:
        candidate: the song and its sums.
        points: what orders the chart.
        state: what the chart remembers of the song, or None.
        previous: its position on the issue before, or 0.
        key: what orders lines; smaller is better, and the last part is the song's key.
        would_be: its place before any rule, from 1.
        offs: the rules that take it off, first one first; empty while it is in.
        recurrent: whether the recurrent rule takes away a place that it had or would have had.
        notes: ``(rule, facts)`` of every rule that looked; sentences are made only of lines that are printed.
    """

    __slots__ = ("candidate", "key", "notes", "offs", "points", "previous", "recurrent", "state", "would_be")

    def __init__(self, candidate: Candidate, points: int, state: SongState | None, previous: int) -> None:
        self.candidate = candidate
        self.points = points
        self.state = state
        self.previous = previous
        self.key: tuple[Any, ...] = ()
        self.would_be = 0
        self.recurrent = False
        self.offs: tuple[str, ...] = ()
        self.notes: list[tuple[str, Any]] = []

    def stays(self, rule: str, facts: object) -> None:
        """Note that ``rule`` looked and left the line in."""
        self.notes.append((rule, facts))

    def goes(self, rule: str, facts: object) -> None:
        """Mark that ``rule`` takes the line off."""
        self.offs = (*self.offs, rule)
        self.notes.append((rule, facts))
