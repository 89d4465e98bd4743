"""What is known of an archive when its published numbers are judged, and the reasons that this gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from hitparade.archive.continuity_lines import Lines
from hitparade.archive.lint_finding import many
from hitparade.archive.lint_hidden import Missing
from hitparade.archive.lint_places import Hole, Places

UNEXPLAINED = "unexplained"


class Reason(NamedTuple):
    """Why a number differs: a kind, the number of the issue in which the cause lies, and a sentence."""

    kind: str
    issue: int | None
    why: str


class Difference(NamedTuple):
    """A line, a column, the number that the issues held give, and why the published one differs."""

    line: int
    column: str
    derived: int | None
    reason: Reason


@dataclass(frozen=True)
class Known:
    """What dates, positions and songs of an archive say.

    Attributes:
        short: by number of issue, how many lines it lacks while its positions count straight through.
        absent: by issue, positions that no line has.
        missing: by issue, how many issues are missing before it.
        repeated: issues that are copies, with the issue that they copy.
        restarts: lines on which weeks begin again though the run goes on, and what speaks for that.
        hidden: titles that are likely what is missing.
        runs_of: by line, the number of its run.
    """

    lines: Lines
    places: Places
    short: dict[int, int]
    absent: dict[int, tuple[int, ...]]
    missing: dict[int, int]
    repeated: dict[int, int]
    restarts: dict[int, str]
    hidden: dict[Hole, Missing]
    runs_of: Sequence[int]

    @cached_property
    def begins(self) -> bool:
        """Whether the chart itself begins with the first issue held: every line of it is in its first week."""
        return all(self.lines.weeks[line] == 1 for line in self.lines.spans[0])

    def stood(self, line: int) -> int:
        """Return where a line stood by the publisher's numbers."""
        return self.places.stood.get(line, self.lines.position[line])

    def shift_of(self, line: int) -> Reason:
        """Return that a line stood elsewhere, and why."""
        cause = self.places.cause.get(line)
        if cause is None:
            return Reason(UNEXPLAINED, None, "no shifted line explains it")
        day = self.lines.issues[cause.issue]
        if isinstance(cause, Hole):
            return Reason("missing-line", cause.issue, f"a line is missing above it on {day}")
        here = f"{cause.first}" if cause.first == cause.last else f"{cause.first} to {cause.last}"
        lower = "lower" if cause.offset > 0 else "higher"
        return Reason(cause.kind, cause.issue, f"the publisher has {here} of {day} {abs(cause.offset)} {lower}")

    def unseen(self, before: int, after: int, weeks: int) -> Reason | None:
        """Return the missing issues or lines that ``weeks`` may have been spent in, between two issues by number."""
        issues, lost = self.lines.issues, [each for each in range(before + 1, after + 1) if each in self.missing]
        short = [each for each in range(before + 1, after) if each in self.short or each in self.absent]
        number = sum(self.missing[each] for each in lost)
        if lost and weeks <= number + len(short):
            return Reason("gap", lost[0], f"{many(number, 'issue')} missing before {issues[lost[0]]}")
        if short and weeks <= len(short):
            why = f"it is what is missing in {many(len(short), 'short issue')} from {issues[short[0]]} on"
            return Reason("missing-line", short[0], why)
        return None

    def elsewhere(self, line: int) -> Reason:
        """Return what stood where a line without a past says that it stood the issue before."""
        lines, at, last = self.lines, self.lines.at[line], self.lines.last[line]
        weeks = lines.weeks[line]
        there = {self.runs_of[each] for each in lines.spans[at]}
        for other in lines.spans[at - 1]:
            counts = weeks is None or lines.weeks[other] == weeks - 1
            if lines.position[other] == last and counts and self.runs_of[other] not in there:
                why = f"{lines.print(other)} stood at {last} the issue before and left: another text of the same song?"
                return Reason("other-text", at, why)
        return Reason(UNEXPLAINED, at, f"nothing that stood at {last} in the issue before has left")
