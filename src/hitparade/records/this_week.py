"""This week in a chart's history: the number ones, debuts and peaks of the same week in other years."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hitparade.errors import ArchiveError
from hitparade.records.mirror import Mirror

_ISSUES = "select issue, source from issues where series = $series and issue in (select unnest($days)) order by issue"
_USUAL = "select coalesce(mode(issue - previous), 7) from issues where series = $series"
_LINES = """
select e.issue, e.position, r.title, r.credit, e.weeks, e.last, e.peak_weeks, r.peak, r.peak_issue
from entries e join runs r on r.series = e.series and r.song = e.song
where e.series = $series and e.issue in (select unnest($days))
    and (e.position = 1 or e.weeks = 1 or (r.peak_issue = e.issue and e.position = r.peak))
order by e.issue, e.position, r.title, r.credit
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of an issue of the week: ``weeks`` on chart and at its position so far, ``peak`` in all its run."""

    position: int
    title: str
    credit: str
    weeks: int
    last: int | None
    peak_weeks: int
    peak: int
    peak_issue: date


@dataclass(frozen=True, slots=True)
class PastIssue:
    """The issue of that week in one year.

    Attributes:
        ones: number one, or several that share it.
        debuts: songs on their first issue held, the highest first; none where the archive begins with this issue.
        peaks: songs whose best position of all came first on this issue.
    """

    issue: date
    years_ago: int
    source: str
    ones: tuple[Moment, ...]
    debuts: tuple[Moment, ...]
    peaks: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class ThisWeek:
    """That week in all years before the day, the latest first."""

    series: str
    title: str
    simulated: bool
    source: str
    day: date
    issues: tuple[PastIssue, ...]


def this_week(mirror: Mirror, series: str, day: date) -> ThisWeek:
    """Return the issues of earlier years that are dated nearest to the month and day of ``day``.

    Nearest is within half a step of the calendar, the earlier of two; 29 February is the 28th in other years.

    Raises:
        ArchiveError: none is held.
    """
    about = mirror.series[series]
    step = min(int(mirror.rows(_USUAL, {"series": series})[0][0]), 366)
    chosen = {issue: year for year, issue in _chosen(mirror, series, day, step)}
    if not chosen:
        raise ArchiveError(f"{series}: no issue of the week of {day:%-d %B} before {day.year} is held here")
    values = {"series": series, "days": sorted(chosen)}
    lines: dict[date, list[Moment]] = {issue: [] for issue in chosen}
    for issue, *line in mirror.rows(_LINES, values):
        lines[issue].append(Moment(*line))
    found = [
        _past(issue, day.year - chosen[issue], source, lines[issue], begins=issue == about.first_issue)
        for issue, source in mirror.rows(_ISSUES, values)
    ]
    return ThisWeek(series, about.title, about.simulated, about.source, day, tuple(reversed(found)))


def _past(issue: date, ago: int, source: str, lines: list[Moment], *, begins: bool) -> PastIssue:
    ones = tuple(line for line in lines if line.position == 1)
    debuts = () if begins else tuple(line for line in lines if line.weeks == 1)
    peaks = tuple(line for line in lines if line.peak_issue == issue and line.position == line.peak)
    return PastIssue(issue, ago, source, ones, debuts, peaks)


def _chosen(mirror: Mirror, series: str, day: date, step: int) -> Iterator[tuple[int, date]]:
    """Give for each year before that of ``day`` the issue nearest to that day of the year."""
    days = mirror.issue_dates(series)
    for year in range(days[0].year, day.year):
        wanted = _same_day(day, year)
        at = bisect_right(days, wanted)
        near = min(days[max(at - 1, 0) : at + 1], key=lambda issue: (abs(issue - wanted), issue))
        if abs(near - wanted) * 2 <= timedelta(days=step):
            yield year, near


def _same_day(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
