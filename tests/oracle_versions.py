"""Versions of published issues once more, slow and obvious: what is shown, what feeds the next one, what follows.

It imports nothing of hitparade. A desk publishes the issues of one chart in order and corrects them, as the chart's
policy says. How one issue is compiled is given: ``compile_one(rows, number, memory, last_issue)`` returns an issue
as the oracle tells it, and changes ``memory``.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = dict[str, Any]
CompileOne = Callable[[list[Row], int, dict[str, Row], date | None], Row]


class RefusedError(Exception):
    """What the desk may not do."""


@dataclass
class Version:
    """One edition: what it was counted from, what it says, what is remembered after it, and which one fed it."""

    number: int
    rows: list[Row]
    issue: Row
    memory: dict[str, Row]
    runs: dict[str, tuple[tuple[int, int], ...]]
    fed_by: int | None
    internal: bool = False
    withdrawn: bool = False


class Desk:
    """The editions of a chart: each issue's versions in order."""

    def __init__(self, weeks: list[tuple[date, date]], policies: list[str], compile_one: CompileOne) -> None:
        self.weeks, self.policies, self.compile_one = weeks, policies, compile_one
        self.rows: list[Row] = []
        self.versions: list[list[Version]] = []

    def shown(self, number: int) -> Version | None:
        """Return the version that the public sees: the newest that is not internal, unless it was withdrawn."""
        seen = [each for each in self.versions[number] if not each.internal]
        return seen[-1] if seen and not seen[-1].withdrawn else None

    def basis(self, number: int) -> Version:
        """Return the version that the next issue rests on: the newest, whether it is shown or not."""
        return self.versions[number][-1]

    def receive(self, rows: list[Row]) -> None:
        """Take in rows; nothing that is published changes by that."""
        self.rows = [*self.rows, *rows]

    def publish(self) -> None:
        """Bring out the next issue, counted from all rows that have come in."""
        self.versions.append([])
        self.versions[-1].append(self.again(len(self.versions) - 1, self.rows))

    def correct(self, number: int, *, internal: bool = False) -> None:
        """Bring out the next version of an issue; later ones follow if the policy says so and this one is shown."""
        if self.policies[number] == "freeze" and not self.basis(number).withdrawn:
            raise RefusedError
        made = self.again(number, self.rows)
        made.internal = internal
        self.versions[number].append(made)
        later = range(number + 1, len(self.versions))
        for each in [] if internal else later:
            if {self.policies[each - 1], self.policies[each]} != {"replace_and_propagate"}:
                return
            old = self.basis(each)
            follows = self.again(each, old.rows, made)
            follows.internal = old.internal
            if (follows.issue, follows.memory, follows.runs) != (old.issue, old.memory, old.runs):
                self.versions[each].append(follows)
            made = self.basis(each)

    def withdraw(self, number: int) -> None:
        """Take back what is shown of an issue."""
        self.basis(number).withdrawn = True

    def again(self, number: int, rows: list[Row], before: Version | None = None) -> Version:
        """Return an issue, counted from rows, as it follows from the version that the issue before it has now."""
        before = before or (self.basis(number - 1) if number else None)
        memory = deepcopy(before.memory) if before else {}
        issue = self.compile_one(rows, number, memory, self.weeks[number - 1][1] if number else None)
        runs = dict(before.runs) if before else {}
        for position, key, *_ in issue["entries"]:
            runs[key] = (*runs.get(key, ()), (number, position))
        count = len(self.versions[number]) + 1
        return Version(count, list(rows), issue, memory, runs, before.number if before else None)
