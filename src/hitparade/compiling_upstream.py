"""The charts that a chart reads: compiled before it, and taken as they are in force."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from hitparade.archive import publish
from hitparade.archive.index import EditionRow
from hitparade.chart import Upstream
from hitparade.compile.compiled import Compiled
from hitparade.errors import CompileError

if TYPE_CHECKING:
    from hitparade.compiling import Course

Walk = Callable[[str, date], "Course | None"]
"""Compile what is missing of a chart up to a day and return its course; None when it has no issue yet."""


def refuse_cycle(path: tuple[str, ...], chart: str) -> None:
    """Refuse a chart that reads itself, by whatever way round.

    Raises:
        CompileError: it does; the way is named.
    """
    if chart in path:
        way = " reads ".join((*path[path.index(chart) :], chart))
        raise CompileError(f"{way}: a chart cannot wait for itself; take one of them out of its book's upstream")


class UpstreamCharts:
    """What a chart's course reads of other charts; each of them is walked once."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self._courses: dict[str, Course | None] = {}
        self._read: dict[tuple[str, date], Upstream] = {}

    def digests(self, charts: tuple[str, ...], issue_date: date, last: date) -> list[tuple[str, str]]:
        """Return a name for the content of each chart that is read on an issue: what a draft rests on."""
        return [(chart, self._name(*found)) for chart, found in self._found(charts, issue_date, last).items()]

    def of(self, charts: tuple[str, ...], issue_date: date, last: date) -> Mapping[str, Upstream]:
        """Return the charts that are read on an issue, each by its newest issue up to that date."""
        return {chart: self._upstream(*found) for chart, found in self._found(charts, issue_date, last).items()}

    def missing(self, charts: tuple[str, ...], read: Mapping[str, Upstream]) -> tuple[str, ...]:
        """Return a note for each chart that has no issue to read yet."""
        return tuple(f"{chart} has no issue yet, so nothing of it is read" for chart in charts if chart not in read)

    def _found(self, charts: tuple[str, ...], issue_date: date, last: date) -> dict[str, tuple["Course", date]]:
        found = {}
        for chart in charts:
            if chart not in self._courses:
                self._courses[chart] = self.walk(chart, last)
            course = self._courses[chart]
            dates = [issue.issue_date for issue in course.issues if issue.issue_date <= issue_date] if course else []
            if course and dates:
                found[chart] = course, dates[-1]
        return found

    def _name(self, course: "Course", issue_date: date) -> str:
        edition = course.sealed.get(issue_date)
        return edition.digest if edition else course.drafted[issue_date].digest

    def _upstream(self, course: "Course", issue_date: date) -> Upstream:
        key = course.chart, issue_date
        if key not in self._read:
            edition = course.sealed.get(issue_date)
            made = _sealed(course, edition) if edition else course.draft(issue_date)
            self._read[key] = Upstream(made.chart, made.state_out, self._name(course, issue_date))
        return self._read[key]


def _sealed(course: "Course", edition: EditionRow) -> Compiled:
    return publish.edition_at(course.house.paths, edition).compiled
