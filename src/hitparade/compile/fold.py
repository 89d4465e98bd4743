"""One step of a chart's life: candidates, state, decisions and rules in; the issue and the next state out.

The order is fixed: points; songs without points fall away; decisions exclude; the book's steps in their declared
order, first those that weigh, then, on ordered lines, those that mark; places; size; those that follow places;
history. Nothing is fetched and no clock is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hitparade.chart import CandidateSet, Chart, ChartState, Upstream
from hitparade.compile.decision import Decision, ruled
from hitparade.compile.history import going_on, memory, rename
from hitparade.compile.issue import issue
from hitparade.compile.outcome import Outcome
from hitparade.compile.settling import pointed, settled
from hitparade.errors import CompileError
from hitparade.rulebook.rules import Rules


@dataclass(slots=True, frozen=True)
class Step:
    """The issue, what the chart remembers after it, and how deep it read.

    The issue is proven when every song that is not among the candidates has fewer than ``depth_points``.
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
    upstream: Mapping[str, Upstream] | None = None,
) -> Step:
    """Return the issue that follows from these inputs, and the chart's next state.

    Args:
        candidates: the songs that could matter, with their sums.
        state: what the chart remembers.
        decisions: rulings; those that hold for another issue are passed over.
        rules: the rules in force.
        simulated: whether any of the data is simulated.
        notes: sentences about the inputs, printed on the chart.
        renamed: song keys of ``state`` and decisions that identity has changed since, and what they are now.
        upstream: the charts that the book reads, by id.

    Raises:
        CompileError: the state is not older than the issue, or the rules name something unknown.
    """
    issue_date = rules.issue.issue_date
    if state.issue_date and state.issue_date >= issue_date:
        raise CompileError(f"{rules.chart}: issue {issue_date} does not come after {state.issue_date}")
    state, merged = rename(state, renamed or {})
    held = ruled(decisions, issue_date, renamed or {})
    outcome = settled(candidates, state, held, rules, upstream=upstream)
    begun = (state.source,) if state.source else ()
    said = (*begun, *notes, *merged, *_unheard(candidates, held, rules))
    chart = issue(outcome, state, rules, simulated=simulated, notes=said)
    return Step(chart, _next(state, outcome, rules, held), outcome.depth_points)


def _unheard(candidates: CandidateSet, decisions: Sequence[Decision], rules: Rules) -> list[str]:
    """Return a note for each decision on a song that has no points, because it changes nothing."""
    heard = {candidate.song for _, candidate in pointed(candidates.candidates, rules)} if decisions else set()
    unheard = [each for each in decisions if each.song not in heard]
    return [f"decision {each.id} is on {each.song}, which has no points here" for each in unheard]


def _next(state: ChartState, outcome: Outcome, rules: Rules, decisions: Sequence[Decision]) -> ChartState:
    """Return the state after the issue."""
    songs = dict(state.songs)
    for line in outcome.recurrent:
        if line.state and not line.inherited and line.state.recurrent_since is None:
            songs[line.candidate.song] = replace(line.state, recurrent_since=rules.issue.issue_date)
    ruled = {each.song for each in decisions}
    for index, line in enumerate(outcome.lines):
        known = songs.get(line.candidate.song) if line.memory else None
        if known and (index < outcome.last or line.previous or known.song in ruled):
            songs[known.song] = replace(known, memory=memory(line))
    songs.update((made.song, made) for made in outcome.states)
    return ChartState(rules.issue.issue_date, songs, state.next_number, going_on(state, outcome.states))
