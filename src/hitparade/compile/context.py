"""What a rule kind is given, and what it must offer.

A rule goes through all lines in the order of the chart, those that are off already included, and marks them.
Whether it marks a line may rest on the line itself and on the lines above it, never on lines below: that is
why an issue is proven as soon as its deepest line is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from hitparade.chart import Upstream
from hitparade.compile.decision import Decision
from hitparade.compile.line import Line


@dataclass(slots=True, frozen=True)
class Context:
    """What a rule may know besides the lines.

    Attributes:
        params: the rule's parameters in force.
        issue_date: the issue being compiled.
        tracking_start: the first civil day that counts.
        size: how many positions the chart has.
        shared: how positions are shared.
        exempt: songs that a decision keeps the rule from touching.
        previous_issue: the issue before, or None for the first one.
        window_days: how many days the window has.
        weights: for each measure that counts, what a quantity is multiplied by.
        points_per_unit: how many points make one unit.
        market: for each measure the total of all songs, in this window, the one before, and so on.
        upstream: the charts that the book reads, by id; one that has no issue yet is missing.
        decisions: the rulings that hold for the issue, on any rule.
    """

    params: Mapping[str, Any]
    issue_date: date
    tracking_start: date
    size: int
    shared: str
    exempt: frozenset[str]
    previous_issue: date | None = None
    window_days: int = 7
    weights: Mapping[str, int] = field(default_factory=dict)
    points_per_unit: int = 1
    market: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    upstream: Mapping[str, Upstream] = field(default_factory=dict)
    decisions: Sequence[Decision] = ()


class Kind(Protocol):
    """What each module of this package offers.

    ``raises_points`` says whether it can give a song more points than its sums have. ``holds_below`` says
    whether its mark stands for a song that would not have reached the chart anyway; where it does not, such
    a song is simply too low.

    ``stage`` says when it runs: ``weigh`` before lines are put in order, when it may lower the points of a line,
    never raise them, and must look at each line for itself; ``mark`` on the ordered lines; ``after`` on the lines
    of the chart, whose ``place`` is known by then, to give them markers.
    """

    stage: str
    raises_points: bool
    holds_below: bool

    def apply(self, lines: Sequence[Line], context: Context) -> None:
        """Mark the lines."""

    def look_back(self, params: Mapping[str, Any]) -> int:
        """Return how many earlier windows it reads."""

    def reads(self, params: Mapping[str, Any]) -> int:
        """Return the deepest position it reads."""

    def sentence(self, facts: Any, *, proven: bool = True) -> str:  # noqa: ANN401 - each kind has facts of its own
        """Return what it found about one line, as a sentence; a place that is not ``proven`` is not named."""
