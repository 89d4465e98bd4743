"""The lines that a step works on: mutable slots, owned by one run of the fold and never handed out of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hitparade.chart import Candidate, SongState
from hitparade.compile.issues_of import elsewhere
from hitparade.compile.trend import points_of


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
        base: its points before any rule weighed it, of what is not left out.
        ahead: what orders it before points do, smaller first: another chart's position, or a growth below 0; 0 without.
        inherited: whether ``state`` is what another chart remembers, so that the song is new here.
        weights: what its quantities were multiplied by, where that is not what the book says for all songs.
        place: its position on the chart; 0 until places are known, and off it.
        markers: the signs printed beside it.
        memory: what rules noted of the song for the issues to come.
        notes: ``(rule, facts)`` of every rule that looked; sentences are made only of lines that are printed.
    """

    __slots__ = (
        *("ahead", "base", "candidate", "inherited", "key", "markers", "memory", "notes", "offs", "place", "points"),
        *("previous", "recurrent", "state", "weights", "would_be"),
    )

    def __init__(self, candidate: Candidate, points: int, state: SongState | None, previous: int) -> None:
        self.candidate = candidate
        self.points = self.base = points
        self.state = state
        self.previous = previous
        self.key: tuple[Any, ...] = ()
        self.would_be = 0
        self.recurrent = False
        self.offs: tuple[str, ...] = ()
        self.notes: list[tuple[str, Any]] = []
        self.ahead = self.place = 0
        self.inherited = False
        self.weights: Mapping[str, int] | None = None
        self.markers: tuple[str, ...] = ()
        self.memory: dict[str, int] = {}

    def stays(self, rule: str, facts: object) -> None:
        """Note that ``rule`` looked and left the line in."""
        self.notes.append((rule, facts))

    def goes(self, rule: str, facts: object) -> None:
        """Mark that ``rule`` takes the line off."""
        self.offs = (*self.offs, rule)
        self.notes.append((rule, facts))

    def weigh(self, weights: Mapping[str, int]) -> None:
        """Count its points anew at other weights; they never become more."""
        sums, points = self.candidate.sums, 0
        for measure, weight in weights.items():
            if sums.get(measure):
                points += sums[measure][0] * weight
        self.weights, self.points = weights, min(self.points, points)

    def leave_out(self, sums: Mapping[str, tuple[int, ...]], weights: Mapping[str, int]) -> None:
        """Count these sums in place of the song's own, which are no less; ``weights`` are those of all songs."""
        if not sums:
            return
        counted = {**self.candidate.sums, **sums}
        self.candidate = replace(self.candidate, sums=counted)
        self.base, self.points = (
            min(points, points_of(counted, held, 0))
            for points, held in ((self.base, weights), (self.points, self.weights or weights))
        )

    def recall(self, key: str) -> int:
        """Return what a rule noted of the song under ``key``, or 0."""
        return self.memory[key] if key in self.memory else (self.state.memory.get(key, 0) if self.state else 0)

    def remember(self, key: str, value: int) -> None:
        """Note a number for the issues to come, 0 to forget it; keys read ``kind.name``, days as 20170707.

        It is kept when the song is on the chart after this issue, was on the last one, has a decision, or stands
        above the last position: of songs further down not every one is looked at.
        """
        self.memory[key] = value

    def inherit(self, state: SongState) -> None:
        """Let the song, new on this chart, go on with what another chart remembers of it."""
        issues = elsewhere(state.issues)
        self.state, self.inherited = replace(state, memory={}, recurrent_since=None, issues=issues), True

    def sign(self, marker: str) -> None:
        """Give the line a marker."""
        self.markers = (*self.markers, marker)
