"""A compiled issue together with everything it was compiled from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hitparade.chart import CandidateSet, Chart, ChartState, Upstream
from hitparade.compile.decision import Decision
from hitparade.compile.history import rename
from hitparade.rulebook.rules import Rules


@dataclass(slots=True, frozen=True)
class Compiled:
    """One issue, with its inputs; the chart follows from the other fields alone.

    Attributes:
        rules: the rules in force.
        decisions: those that hold for the issue, in order.
        state_in: what the chart remembered before.
        candidates: the candidate lines, with what proves that no other song matters.
        chart: the issue.
        state_out: what the chart remembers after it.
        simulated: whether any of its data comes from a simulated market.
        notes: sentences about the inputs (days that nobody reported), printed on the chart as they are.
        renamed: song keys of ``state_in`` and decisions that identity has changed since, and what they are now.
        upstream: the charts that the book reads, by id, as they were read.
    """

    rules: Rules
    decisions: tuple[Decision, ...]
    state_in: ChartState
    candidates: CandidateSet
    chart: Chart
    state_out: ChartState
    simulated: bool = False
    notes: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    upstream: Mapping[str, Upstream] = field(default_factory=dict)

    @property
    def k(self) -> int:
        """How many of the largest songs of each measure were asked for."""
        return self.candidates.k

    def as_read(self, digest: str) -> Upstream:
        """Return the issue as other charts read it, under the digest of its edition or draft."""
        known = rename(self.state_in, self.renamed)[0].songs
        before = {entry.song: known[entry.song] for entry in self.chart.entries if entry.song in known}
        return Upstream(self.chart, self.state_out, digest, before)
