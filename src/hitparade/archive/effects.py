"""What publishing would change: later published issues, folded again from their own sealed inputs.

Nothing sealed is touched. The only inputs that differ are what the issue before hands on and the decisions of
today.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from hitparade.chart import Chart, ChartState
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.compile.refold import refold

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
        again = refold(issue, state=state, decisions=decisions)
        after = again.compiled.chart
        if again.doubt or replace(after, left_out=()) != replace(issue.chart, left_out=()):
            yield Change(issue.chart.issue_date, issue.chart, after, again.doubt)
        state = again.compiled.state_out
