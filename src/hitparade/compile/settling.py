"""From candidates to a settled outcome: points, order, decisions, and the book's steps in their order.

A line's fate rests on itself and the lines above it, so only the best lines are looked at, as many as the
issue needs, and those of the last issue or with a decision wherever they stand. The result is that of looking at
every line: what weighs points may lower them, never raise them, so a line not looked at has at most its base points.
Where points do not order the chart, every line that has enough of them to be ranked is looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from hitparade.chart import Candidate, CandidateSet, ChartState, Upstream
from hitparade.compile.context import Context
from hitparade.compile.decision import WITHHELD, Decision
from hitparade.compile.history import after
from hitparade.compile.line import Line
from hitparade.compile.outcome import NEXT_BELOW, Outcome, deepest, settle
from hitparade.compile.ranking import order, places
from hitparade.compile.repeating import repeated
from hitparade.compile.rules import KINDS, closed, floor
from hitparade.compile.trend import points_of
from hitparade.errors import CompileError
from hitparade.rulebook.rules import Rules

Pointed = tuple[int, Candidate]


@dataclass(slots=True, frozen=True)
class _Given:
    """What all steps of one issue are given."""

    candidates: CandidateSet
    state: ChartState
    decisions: Sequence[Decision]
    rules: Rules
    upstream: Mapping[str, Upstream]


def settled(
    candidates: CandidateSet,
    state: ChartState,
    decisions: Sequence[Decision],
    rules: Rules,
    *,
    upstream: Mapping[str, Upstream] | None = None,
    whole: bool = False,
) -> Outcome:
    """Return what becomes of the lines once decisions and rules have looked at them.

    ``whole`` looks at every line, for whoever asks about one far below.

    Raises:
        CompileError: the rules name an unknown step or tie.
    """
    given = _Given(candidates, state, decisions, rules, upstream or {})
    if rules.repeats:
        return repeated(candidates, state, rules)
    only = closed(rules.params, given.upstream, decisions)
    found = [each for each in pointed(candidates.candidates, rules) if only is None or each[1].song in only]
    always = set(state.standing)
    always.update(each.song for each in decisions)
    least = floor(rules)
    if whole or only is not None:
        reach = len(found)
    else:
        reach = sum(points >= least for points, _ in found) if least else 2 * (deepest(rules, state) + NEXT_BELOW)
    while True:
        best = _down_to(found, reach)
        tail = [each for each in found[best:] if each[1].song in always]
        lines = _ordered([*found[:best], *tail], given)
        _apply([line for line in lines if not line.offs], "mark", given)
        outcome = settle(lines, rules, deepest(rules, state), complete=bool(least) or best == len(found))
        if least:
            return replace(_remembered(outcome, given), depth_points=least)
        if best == len(found) or (outcome.depth < len(lines) and lines[outcome.depth - 1].points > found[best][0]):
            return _remembered(outcome, given)
        reach *= 4


def _remembered(outcome: Outcome, given: _Given) -> Outcome:
    """Return the outcome with markers, and with what the chart remembers of each line on it."""
    for line, place in outcome.placed:
        line.place = place
    _apply([line for line, _ in outcome.placed], "after", given)
    issue_date, number = given.rules.issue.issue_date, given.state.next_number
    return replace(outcome, states=[after(line, place, issue_date, number) for line, place in outcome.placed])


def pointed(candidates: Iterable[Candidate], rules: Rules) -> list[Pointed]:
    """Return the songs that have points, with them, most points first."""
    weights = tuple(rules.weights.items())
    found = []
    for candidate in candidates:
        points, sums = 0, candidate.sums
        try:
            for measure, weight in weights:
                points += sums[measure][0] * weight
        except LookupError:  # made by hand; the ledger gives every measure, and asking first costs a third
            points = points_of(sums, rules.weights, 0)
        if points > 0:
            found.append((points, candidate))
    found.sort(key=itemgetter(0), reverse=True)
    return found


def _down_to(found: Sequence[Pointed], reach: int) -> int:
    """Return how many lines the first ``reach`` are, with all that are tied with the last of them."""
    while 0 < reach < len(found) and found[reach][0] == found[reach - 1][0]:
        reach += 1
    return min(reach, len(found))


def _ordered(found: Iterable[Pointed], given: _Given) -> list[Line]:
    """Return the lines of these songs, weighed, in the order of the chart; some are off already."""
    lines, state, rules = [], given.state, given.rules
    for points, candidate in found:
        before = state.songs.get(candidate.song)
        previous = before.last_position if before and before.last_issue == state.issue_date else 0
        lines.append(Line(candidate, points, before, previous))
    _exclude(lines, given.decisions)
    _withhold(lines, given.decisions)
    _apply([line for line in lines if not line.offs], "weigh", given)
    order(lines, rules.ties, rules.weights)
    for line, place in places(lines, rules.shared):
        line.would_be = place
    return lines


def _exclude(lines: Iterable[Line], decisions: Sequence[Decision]) -> None:
    off = {each.song: each for each in reversed(decisions) if each.action == "exclude"}
    for line in lines if off else ():
        if ruling := off.get(line.candidate.song):
            line.goes("decision", f"excluded by decision {ruling.id}: {ruling.why}")


def _withhold(lines: Iterable[Line], decisions: Sequence[Decision]) -> None:
    """Mark the lines whose names are not printed; they keep their places and their history (8.8b)."""
    said = {each.song: each for each in reversed(decisions) if each.action == "withhold"}
    for line in lines if said else ():
        if ruling := said.get(line.candidate.song):
            line.stays("decision", f"name withheld by decision {ruling.id}: {ruling.why}")
            line.sign(WITHHELD)


def _apply(looked_at: Sequence[Line], stage: str, given: _Given) -> None:
    """Let each step of a stage that has parameters in force go through lines, those that are off included."""
    rules, decisions = given.rules, given.decisions
    for name in rules.steps:
        if name not in KINDS:
            allowed = ", ".join(sorted(KINDS))
            raise CompileError(f"{rules.chart}: step {name!r} is not known; allowed: {allowed}")
        if name not in rules.params or KINDS[name].stage != stage:
            continue
        exempt = {each.song: each for each in decisions if each.action == "exempt" and each.rule == name}
        for line in looked_at if exempt else ():
            if ruling := exempt.get(line.candidate.song):
                line.stays("decision", f"exempt from {name} by decision {ruling.id}: {ruling.why}")
        KINDS[name].apply(looked_at, _context(given, name, frozenset(exempt)))


def _context(given: _Given, name: str, exempt: frozenset[str]) -> Context:
    rules, window = given.rules, given.rules.issue.window
    return Context(
        params=rules.params[name],
        issue_date=rules.issue.issue_date,
        tracking_start=window.first_day,
        size=rules.size,
        shared=rules.shared,
        exempt=exempt,
        previous_issue=given.state.issue_date,
        window_days=(window.last_day - window.first_day).days + 1,
        weights=rules.weights,
        points_per_unit=rules.points_per_unit,
        market=given.candidates.market,
        upstream=given.upstream,
        decisions=given.decisions,
    )
