"""What publishing would change: later published issues, folded again from their own sealed inputs.

Nothing sealed is touched. The only inputs that differ are what the issue before hands on and the decisions of
today.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hitparade.chart import Chart, ChartState
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.compile.fold import Step, step
from hitparade.compile.proof import bound, named

DecisionsOf = Callable[[date], tuple[Decision, ...]]
"""Give the decisions that hold for an issue today."""


@dataclass(frozen=True, slots=True)
class Change:
    """One published issue that would come out differently.

    Attributes:
        issue_date: the issue.
        before: as it was published.
        after: as it would come out.
        unproved: why that cannot be said for certain from the sealed inputs alone; empty when it can.
    """

    issue_date: date
    before: Chart
    after: Chart
    unproved: str = ""


def effects(state: ChartState, later: Iterable[Compiled], decisions_of: DecisionsOf) -> Iterator[Change]:
    """Return the later published issues that would change if the issue before them left ``state``.

    Args:
        state: what the changed issue would hand on.
        later: the published issues after it, in order, with their sealed inputs.
        decisions_of: today's decisions, which may differ from the sealed ones.
    """
    for issue in later:
        if issue.state_in.issue_date and state.issue_date and issue.state_in.issue_date > state.issue_date:
            return  # an issue between is not published, so this one does not begin with that state
        decisions = decisions_of(issue.chart.issue_date)
        if state == issue.state_in and decisions == issue.decisions:
            state = issue.state_out
            continue
        again = _again(issue, state, decisions)
        doubt = _doubt(issue, again, named(state, decisions, issue.renamed))
        if doubt or replace(again.chart, left_out=()) != replace(issue.chart, left_out=()):
            yield Change(issue.chart.issue_date, issue.chart, again.chart, doubt)
        state = again.state


def _again(issue: Compiled, state: ChartState, decisions: tuple[Decision, ...]) -> Step:
    return step(
        issue.candidates,
        state,
        decisions,
        issue.rules,
        issue.simulated,
        notes=issue.notes,
        renamed=issue.renamed,
    )


def _doubt(issue: Compiled, again: Step, wanted: Sequence[str]) -> str:
    """Return why the sealed candidates do not prove the new issue, or nothing.

    What they leave out might matter now, because the state names other songs.
    """
    most, k = bound(issue.candidates, issue.rules), issue.candidates.k
    if most >= again.depth_points:
        return f"a song that is not among the {k} largest could matter; that needs totals"
    known = {each.song for each in issue.candidates.candidates}
    unknown = [song for song in wanted if song not in known] if most else []
    if unknown:
        return f"the sums of {unknown[0]!r} were not sealed ({len(unknown)} such songs); that needs totals"
    return ""
