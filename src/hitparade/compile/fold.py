"""One step of a chart's life: candidates, state, decisions and rules in; the issue and the next state out.

The order is fixed: points; songs without points fall away; decisions exclude; the book's steps in their
declared order; places; size; history. Nothing is fetched and no clock is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hitparade.chart import Candidate, CandidateSet, Chart, ChartState
from hitparade.compile.context import Context
from hitparade.compile.decision import Decision
from hitparade.compile.history import rename
from hitparade.compile.issue import issue
from hitparade.compile.line import Line
from hitparade.compile.outcome import Outcome, settle
from hitparade.compile.ranking import order, places
from hitparade.compile.rules import KINDS
from hitparade.errors import CompileError
from hitparade.rulebook.rules import Rules


@dataclass(slots=True, frozen=True)
class Step:
    """The issue, what the chart remembers after it, and how deep it read.

    The issue is proven when every song that is not among the candidates has fewer points than
    ``depth_points``.
    """

    chart: Chart
    state: ChartState
    depth_points: int


def step(
    candidates: CandidateSet,
    state: ChartState,
    decisions: Sequence[Decision],
    rules: Rules,
    simulated: bool = False,  # noqa: FBT001, FBT002 - as agreed between rooms
    *,
    notes: Sequence[str] = (),
    renamed: Mapping[str, str] | None = None,
) -> Step:
    """Return the issue that follows from these inputs, and the chart's next state.

    Args:
        candidates: the songs that could matter, with their sums.
        state: what the chart remembers.
        decisions: rulings; those that hold for another issue are passed over.
        rules: the rules in force.
        simulated: whether any of the data is simulated.
        notes: sentences about the inputs, printed on the chart.
        renamed: song keys of ``state`` that identity has changed since, and what they are now.

    Raises:
        CompileError: the state is not older than the issue, or the rules name something unknown.
    """
    if state.issue_date and state.issue_date >= rules.issue.issue_date:
        raise CompileError(
            f"{rules.chart}: issue {rules.issue.issue_date} does not come after {state.issue_date}"
        )
    state, merged = rename(state, renamed or {})
    held = tuple(sorted(each for each in decisions if each.holds(rules.issue.issue_date)))
    outcome = settled(candidates, state, held, rules)
    said = (*notes, *merged, *_unheard(outcome.lines, held))
    chart = issue(outcome, state, rules, simulated=simulated, notes=said)
    return Step(chart, _next(state, outcome, rules), outcome.depth_points)


def settled(
    candidates: CandidateSet, state: ChartState, decisions: Sequence[Decision], rules: Rules
) -> Outcome:
    """Return what becomes of every line, once decisions and rules have looked at it."""
    lines = ranked(candidates.candidates, state, rules)
    _exclude(lines, decisions)
    _apply(lines, decisions, rules)
    return settle(lines, rules)


def ranked(candidates: Iterable[Candidate], state: ChartState, rules: Rules) -> list[Line]:
    """Return the lines of all songs with points, in the order of the chart."""
    lines = []
    weights = tuple(rules.weights.items())
    known, last = state.songs, state.issue_date
    for candidate in candidates:
        points = 0
        for measure, weight in weights:
            window = candidate.sums.get(measure)
            if window:
                points += window[0] * weight
        if points > 0:
            before = known.get(candidate.song)
            previous = before.last_position if before and before.last_issue == last else 0
            lines.append(Line(candidate, points, before, previous))
    order(lines, rules.ties, rules.weights)
    for line, place in places(lines, rules.shared):
        line.would_be = place
    return lines


def _exclude(lines: Iterable[Line], decisions: Iterable[Decision]) -> None:
    off = {each.song: each for each in reversed(list(decisions)) if each.action == "exclude"}
    for line in lines if off else ():
        if ruling := off.get(line.candidate.song):
            line.goes("decision", f"excluded by decision {ruling.id}: {ruling.why}")


def _apply(lines: Sequence[Line], decisions: Sequence[Decision], rules: Rules) -> None:
    """Let each step that has parameters in force go through the lines that no decision has excluded."""
    looked_at = [line for line in lines if not line.offs]
    for name in rules.steps:
        if name not in KINDS:
            raise CompileError(
                f"{rules.chart}: step {name!r} is not known; allowed: {', '.join(sorted(KINDS))}"
            )
        if name not in rules.params:
            continue
        exempt = {each.song: each for each in decisions if each.action == "exempt" and each.rule == name}
        for line in looked_at if exempt else ():
            if ruling := exempt.get(line.candidate.song):
                line.stays("decision", f"exempt from {name} by decision {ruling.id}: {ruling.why}")
        KINDS[name].apply(looked_at, _context(rules, name, frozenset(exempt)))


def _context(rules: Rules, name: str, exempt: frozenset[str]) -> Context:
    return Context(
        rules.params[name],
        rules.issue.issue_date,
        rules.issue.window.first_day,
        rules.size,
        rules.shared,
        exempt,
    )


def _unheard(lines: Iterable[Line], decisions: Iterable[Decision]) -> list[str]:
    """Return a note for each decision on a song that has no points, because it changes nothing."""
    seen = {line.candidate.song for line in lines} if decisions else set()
    return [
        f"decision {each.id} is on {each.song}, which has no points here"
        for each in decisions
        if each.song not in seen
    ]


def _next(state: ChartState, outcome: Outcome, rules: Rules) -> ChartState:
    """Return the state after the issue."""
    issue_date = rules.issue.issue_date
    songs = dict(state.songs)
    for line in outcome.recurrent:
        if line.state and line.state.recurrent_since is None:
            songs[line.candidate.song] = replace(line.state, recurrent_since=issue_date)
    songs.update((made.song, made) for made in outcome.states)
    return ChartState(issue_date, songs)
