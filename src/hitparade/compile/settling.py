"""From candidates to a settled outcome: points, order, decisions, and the book's steps in their order.

A line's fate rests on itself and the lines above it, so only the best lines are looked at, as many as the
issue needs, and those of the last issue wherever they stand. The result is that of looking at every line.
"""

from collections.abc import Iterable, Sequence

from hitparade.chart import Candidate, CandidateSet, ChartState
from hitparade.compile.context import Context
from hitparade.compile.decision import Decision
from hitparade.compile.line import Line
from hitparade.compile.outcome import NEXT_BELOW, Outcome, deepest, settle
from hitparade.compile.ranking import order, places
from hitparade.compile.rules import KINDS
from hitparade.errors import CompileError
from hitparade.rulebook.rules import Rules

Pointed = tuple[int, Candidate]


def settled(
    candidates: CandidateSet,
    state: ChartState,
    decisions: Sequence[Decision],
    rules: Rules,
    *,
    whole: bool = False,
) -> Outcome:
    """Return what becomes of the lines once decisions and rules have looked at them.

    ``whole`` looks at every line, for whoever asks about one far below.

    Raises:
        CompileError: the rules name an unknown step or tie.
    """
    found = pointed(candidates.candidates, rules)
    last = {key for key, song in state.songs.items() if song.last_issue == state.issue_date}
    reach = len(found) if whole else 2 * (deepest(rules, state) + NEXT_BELOW)
    while True:
        best = _down_to(found, reach)
        tail = [each for each in found[best:] if each[1].song in last]
        lines = _lines([*found[:best], *tail], state, rules)
        _exclude(lines, decisions)
        _apply(lines, decisions, rules)
        outcome = settle(lines, rules, deepest(rules, state), complete=best == len(found))
        if outcome.depth < best or best == len(found):
            return outcome
        reach *= 4


def pointed(candidates: Iterable[Candidate], rules: Rules) -> list[Pointed]:
    """Return the songs that have points, with them, most points first."""
    weights = tuple(rules.weights.items())
    found = []
    for candidate in candidates:
        points, sums = 0, candidate.sums
        for measure, weight in weights:
            if measure in sums:
                points += sums[measure][0] * weight
        if points > 0:
            found.append((points, candidate))
    found.sort(key=_most)
    return found


def _most(each: Pointed) -> int:
    return -each[0]


def _down_to(found: Sequence[Pointed], reach: int) -> int:
    """Return how many lines the first ``reach`` are, with all that are tied with the last of them."""
    while 0 < reach < len(found) and found[reach][0] == found[reach - 1][0]:
        reach += 1
    return min(reach, len(found))


def _lines(found: Iterable[Pointed], state: ChartState, rules: Rules) -> list[Line]:
    """Return the lines of these songs in the order of the chart."""
    lines = []
    for points, candidate in found:
        before = state.songs.get(candidate.song)
        previous = before.last_position if before and before.last_issue == state.issue_date else 0
        lines.append(Line(candidate, points, before, previous))
    order(lines, rules.ties, rules.weights)
    for line, place in places(lines, rules.shared):
        line.would_be = place
    return lines


def _exclude(lines: Iterable[Line], decisions: Sequence[Decision]) -> None:
    off = {each.song: each for each in reversed(decisions) if each.action == "exclude"}
    for line in lines if off else ():
        if ruling := off.get(line.candidate.song):
            line.goes("decision", f"excluded by decision {ruling.id}: {ruling.why}")


def _apply(lines: Sequence[Line], decisions: Sequence[Decision], rules: Rules) -> None:
    """Let each step that has parameters in force go through the lines that no decision has excluded."""
    looked_at = [line for line in lines if not line.offs]
    for name in rules.steps:
        if name not in KINDS:
            allowed = ", ".join(sorted(KINDS))
            raise CompileError(f"{rules.chart}: step {name!r} is not known; allowed: {allowed}")
        if name not in rules.params:
            continue
        exempt = {each.song: each for each in decisions if each.action == "exempt" and each.rule == name}
        for line in looked_at if exempt else ():
            if ruling := exempt.get(line.candidate.song):
                line.stays("decision", f"exempt from {name} by decision {ruling.id}: {ruling.why}")
        KINDS[name].apply(looked_at, _context(rules, name, frozenset(exempt)))


def _context(rules: Rules, name: str, exempt: frozenset[str]) -> Context:
    issue = rules.issue
    return Context(rules.params[name], issue.issue_date, issue.window.first_day, rules.size, rules.shared, exempt)
