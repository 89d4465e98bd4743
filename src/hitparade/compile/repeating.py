"""An issue that repeats the one before: its songs at its positions, whatever was consumed since (T6).

Their points are those of the issue's own window, so that nothing is lost; they order nothing. Weeks on the chart are
counted, and no step of the book is asked.
"""

from hitparade.chart import CandidateSet, ChartState
from hitparade.compile.history import after
from hitparade.compile.line import Line
from hitparade.compile.outcome import Outcome
from hitparade.compile.trend import points_of
from hitparade.rulebook.rules import Rules

REPEATED = "repeated"
_PROVEN = 1 << 62
"""More points than any song has: no other song can be on such an issue."""


def repeated(candidates: CandidateSet, state: ChartState, rules: Rules) -> Outcome:
    """Return the songs of the last issue at the positions that they had."""
    known = {each.song: each for each in candidates.candidates}
    last = [song for song in state.standing.values() if song.song in known]
    placed = []
    for song in sorted(last, key=lambda each: (each.last_position, each.song)):
        candidate = known[song.song]
        line = Line(candidate, points_of(candidate.sums, rules.weights, 0), song, song.last_position)
        line.ahead = line.place = line.would_be = song.last_position
        line.key = (line.ahead, candidate.song)
        line.stays(REPEATED, f"as on the issue of {state.issue_date}, which this one repeats")
        placed.append((line, song.last_position))
    lines = [line for line, _ in placed]
    states = [after(line, position, rules.issue.issue_date, state.next_number) for line, position in placed]
    return Outcome(lines, placed, states, (), len(lines), len(lines), _PROVEN)
