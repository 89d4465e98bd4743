"""What a rule kind is given, and what it must offer.

A rule goes through all lines in the order of the chart, those that are off already included, and marks them.
Whether it marks a line may rest on the line itself and on the lines above it, never on lines below: that is
why an issue is proven as soon as its deepest line is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

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
    """

    params: Mapping[str, Any]
    issue_date: date
    tracking_start: date
    size: int
    shared: str
    exempt: frozenset[str]


class Kind(Protocol):
    """What each module of this package offers.

    ``raises_points`` says whether it can give a song more points than its sums have. ``holds_below`` says
    whether its mark stands for a song that would not have reached the chart anyway; where it does not, such
    a song is simply too low.
    """

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
