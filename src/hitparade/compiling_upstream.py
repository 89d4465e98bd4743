"""The charts that a chart reads: compiled before it, and taken as they are in force.

Where a what-if speaks of one of them, or of a chart that one of them reads, that one is compiled under the what-if as
well, beside its reader and issue by issue, and nothing of it is kept.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from hitparade.archive import drafts, publish
from hitparade.archive.index import EditionRow
from hitparade.chart import Upstream
from hitparade.compile.compiled import Compiled
from hitparade.compiling_all import reads
from hitparade.errors import BookError, CompileError
from hitparade.rulebook.ask import with_what_if
from hitparade.rulebook.complaints import Complaint
from hitparade.rulebook.whatif import CHARTS, Part, WhatIf, parts

if TYPE_CHECKING:
    from hitparade.compiling import Course
    from hitparade.house import House

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


def part_for(house: "House", what_if: WhatIf | None, chart: str) -> Part | None:
    """Return a what-if's part for a chart that is read; None when it touches neither that nor any that it reads."""
    if what_if is None:
        return None
    part = Part(what_if.file if isinstance(what_if, Part) else what_if, chart)
    named = set(parts(part.file))
    return part if named & {chart, *_read_by(house, part, chart)} else None


def refuse_unread(house: "House", chart: str, what_if: WhatIf | None) -> None:
    """Refuse a what-if that speaks of a chart that is not read, since it would change nothing.

    Raises:
        BookError: it does; the charts that are read are named.
    """
    if what_if is None or isinstance(what_if, Part):
        return
    read = _read_by(house, what_if, chart)
    stranger = next((name for name in parts(what_if) if name not in read), None)
    if stranger is not None:
        allowed = f"charts that {chart} reads: {', '.join(sorted(read)) or 'none'}"
        raise BookError(str(Complaint(str(what_if), CHARTS, f'found "{stranger}"', allowed)))


def _read_by(house: "House", what_if: WhatIf, chart: str) -> set[str]:
    """Return the charts that a chart reads at any time under a what-if, and those that they read, and so on."""
    file = what_if.file if isinstance(what_if, Part) else what_if
    found: set[str] = set()
    waiting = list(reads(with_what_if(house.book(chart), what_if)))
    while waiting:
        name = waiting.pop()
        if name not in found and name in house.books():
            found.add(name)
            waiting += reads(with_what_if(house.book(name), Part(file, name)))
    return found


class _Imagined:
    """A chart under a what-if, compiled as far as its reader is; only its newest issue is held."""

    def __init__(self, course: "Course", last: date) -> None:
        self._issues: Iterator[tuple[Compiled, str]] = course.compile((), _quiet, last)
        self._read: Upstream | None = None

    def on(self, issue_date: date) -> Upstream:
        """Return its issue of a date, which lies no earlier than the one that was last asked for."""
        while self._read is None or self._read.chart.issue_date < issue_date:
            made, _ = next(self._issues)
            self._read = made.as_read(drafts.draft_digest(made))
        return self._read


def _quiet(*_: object) -> None:
    """Advance nothing."""


class UpstreamCharts:
    """What a chart's course reads of other charts; each of them is walked once."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self._courses: dict[str, Course | None] = {}
        self._read: dict[tuple[str, date], Upstream] = {}
        self._imagined: dict[str, _Imagined] = {}

    def digests(self, charts: tuple[str, ...], issue_date: date, last: date) -> list[tuple[str, str]]:
        """Return a name for the content of each chart that is read on an issue: what a draft rests on."""
        return [(chart, self._name(*found)) for chart, found in self._found(charts, issue_date, last).items()]

    def of(self, charts: tuple[str, ...], issue_date: date, last: date) -> Mapping[str, Upstream]:
        """Return the charts that are read on an issue, each by its newest issue up to that date."""
        return {chart: self._upstream(*found, last) for chart, found in self._found(charts, issue_date, last).items()}

    def missing(self, charts: tuple[str, ...], read: Mapping[str, Upstream]) -> tuple[str, ...]:
        """Return a note for each chart that has no issue to read yet."""
        return tuple(f"{chart} has no issue yet, so nothing of it is read" for chart in charts if chart not in read)

    def imagined(self, read: Mapping[str, Upstream]) -> tuple[str, ...]:
        """Return a note for each chart read that was compiled under the what-if as well."""
        return tuple(f"{chart}, which it reads, is compiled under the what-if too" for chart in read if self._is(chart))

    def _is(self, chart: str) -> bool:
        course = self._courses.get(chart)
        return course is not None and course.what_if is not None

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

    def _upstream(self, course: "Course", issue_date: date, last: date) -> Upstream:
        if course.what_if:
            if course.chart not in self._imagined:
                self._imagined[course.chart] = _Imagined(course, last)
            return self._imagined[course.chart].on(issue_date)
        key = course.chart, issue_date
        if key not in self._read:
            edition = course.sealed.get(issue_date)
            made = _sealed(course, edition) if edition else course.draft(issue_date)
            self._read[key] = made.as_read(self._name(course, issue_date))
        return self._read[key]


def _sealed(course: "Course", edition: EditionRow) -> Compiled:
    return publish.edition_at(course.house.paths, edition).compiled
