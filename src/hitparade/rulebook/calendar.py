"""The issues of a chart: which days each one tracks, and the date printed on it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hitparade.errors import NotInForceError
from hitparade.rulebook.book import Book
from hitparade.rulebook.rules import IssueDates
from hitparade.rulebook.skips import MARGIN, without_skipped
from hitparade.weeks import WEEKDAYS, WeekStart, Window, utc

_MOMENT = timedelta(microseconds=1)
_REACH = timedelta(370)
_SATURDAY = 5
_LEFT = 21
"""More days than a date moves back from holidays."""
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_YEAR, _LONGEST = 12, 31


class Era(NamedTuple):
    """The windows of one value of ``week``: the first one's day, and the era of the next value, if any.

    A window lasts ``days``, or ``months`` of the calendar from ``anchor`` on, where it then begins on the weekday
    ``aligned`` on or before its date.
    """

    first: date
    starts: WeekStart
    zone: str
    days: int
    following: "Era | None"
    months: int = 0
    anchor: date = date.min
    aligned: int | None = None

    @property
    def begins(self) -> datetime:
        """The instant at which the first window begins."""
        return utc(self.first, self.starts.at, self.zone)

    def start(self, number: int) -> date:
        """Return the first day of the window of that number, from 0."""
        if not self.months:
            return self.first + timedelta(self.days * number)
        return _aligned(_later(self.anchor, self.months * number), self.aligned)

    def number(self, day: date) -> int:
        """Return the number of the last window that begins on or before ``day``, or 0."""
        days = (day - self.first).days // (self.months * _LONGEST if self.months else self.days)
        number = max(0, days)
        while self.months and self.start(number + 1) <= day:
            number += 1
        return number

    def is_last(self, number: int) -> bool:
        """Return whether the window of that number runs into the next era."""
        return self.following is not None and self.start(number + 1) >= self.following.first


def eras(book: Book) -> tuple[Era, ...]:
    """Return the eras of a book's tracking windows in order."""
    made: list[Era] = []
    for dated in reversed(book.series["week"].values):
        era = _era(dated.since, dated.value, made[-1] if made else None)
        if not made or era.first < made[-1].first:
            made.append(era)
    return tuple(reversed(made))


def _era(since: date, said: Mapping[str, Any], following: Era | None) -> Era:
    if said.get("every", "days") == "days":
        starts = WeekStart.parse(said["starts"])
        first = since + timedelta((starts.weekday - since.weekday()) % 7)
        return Era(first, starts, said["zone"], said["days"], following)
    day, clock = said["starts"].split()
    months = _MONTHS[said["every"]]
    aligned = WEEKDAYS.index(said["aligned"]) if "aligned" in said else None
    month, _, of_month = day.rpartition("-")
    anchor = date(since.year - 1, int(month or since.month), int(of_month))
    while _aligned(anchor, aligned) < since:
        anchor = _later(anchor, months)
    first = _aligned(anchor, aligned)
    starts = WeekStart(first.weekday(), time.fromisoformat(clock))
    return Era(first, starts, said["zone"], months * _LONGEST, following, months, anchor, aligned)


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, _YEAR)
    return day.replace(day.year + years, month + 1)


def _aligned(day: date, weekday: int | None) -> date:
    return day if weekday is None else day - timedelta((day.weekday() - weekday) % 7)


def issues(book: Book, first: date, last: date) -> list[IssueDates]:
    """Return the issues dated from ``first`` to ``last``, both included, in order; none outside its life."""
    return [issue for issue in _between(book, first, last) if first <= issue.issue_date <= last]


def issue_on(book: Book, issue_date: date) -> IssueDates:
    """Return the issue of that very date.

    Raises:
        NotInForceError: the chart does not live then, or its issues carry other dates, which are named.
    """
    if not book.lives_on(issue_date):
        raise NotInForceError(
            f"{book.id} has no issue of {issue_date}: {book.title} lives {book.lifetime} (issue dates)"
        )
    if not book.covers(issue_date):
        raise NotInForceError(f"{book.id} has no issue of {issue_date}: {_uncovered(book)}")
    for issue in issues(book, issue_date, issue_date):
        return issue
    near = issues(book, issue_date - _REACH, issue_date + _REACH)
    before = [str(issue.issue_date) for issue in near if issue.issue_date < issue_date][-1:]
    after = [str(issue.issue_date) for issue in near if issue.issue_date > issue_date][:1]
    raise NotInForceError(
        f"{book.id} has no issue of {issue_date}; the nearest are {' and '.join(before + after) or 'none'}"
    )


def issue_until(book: Book, day: date) -> IssueDates:
    """Return the newest issue dated up to ``day``.

    Raises:
        NotInForceError: the chart's life begins later.
    """
    ends = [min(day, span.ends or day) for span in book.life if span.begins <= day]
    found = issues(book, max(ends) - _REACH, max(ends)) if ends else []
    if not found:
        why = _uncovered(book) if book.lives_on(day) else f"{book.title} lives {book.lifetime} (issue dates)"
        raise NotInForceError(f"{book.id} has no issue up to {day}: {why}")
    return found[-1]


def _uncovered(book: Book) -> str:
    covered = " and ".join(str(span.first_issue) for span in book.life)
    return f"{book.title} lives {book.lifetime}, but the book says its rules from {covered} on (issue dates)"


def first_issue(book: Book) -> IssueDates | None:
    """Return the first issue of a chart's life, or None when no window of the book falls into it."""
    for span in book.life:
        for issue in _between(book, span.first_issue, span.first_issue + _REACH):
            return issue
    return None


def before(book: Book, issue: IssueDates, count: int) -> tuple[Window, ...]:
    """Return the ``count`` windows before an issue's, newest first, where they follow the calendar's periods.

    Nothing for windows of so many days: those before are of the same civil length.
    """
    era = next((each for each in reversed(eras(book)) if each.first <= issue.window.first_day), None)
    if era is None or not era.months:
        return ()
    number = era.number(issue.window.first_day)
    return tuple(_window(era, number - back) for back in range(1, count + 1))


def _between(book: Book, first: date, last: date) -> Iterator[IssueDates]:
    moves = [dated.value["days_after_end"] for dated in book.series["label"].values]
    moved = timedelta(_LEFT if "holidays" in book.series else 0)
    more = MARGIN if "skipped" in book.series else 1

    def dated() -> Iterator[IssueDates]:
        for era in eras(book):
            earliest = first - timedelta(max(moves) + more * era.days)
            for window, last_day in _windows(era, earliest, last - timedelta(min(moves)) + moved):
                if issue := _labelled(book, window, last_day):
                    yield issue

    for issue in without_skipped(book, dated()):
        if first <= issue.issue_date <= last and book.covers(issue.issue_date):
            yield issue


def _windows(era: Era, first: date, last: date) -> Iterator[tuple[Window, date]]:
    """Give each window that begins from ``first`` to ``last``, with its last tracking day.

    The last window of an era ends at the very instant at which the next era begins, in whatever zone that is,
    so that no play counts twice or never.
    """
    number = era.number(first)
    while (day := era.start(number)) <= last and (era.following is None or day < era.following.first):
        window, after = _window(era, number), era.start(number + 1)
        if era.following and era.is_last(number):
            window, after = _cut(window, era.following.begins), era.following.first
        yield window, after - timedelta(1)
        number += 1


def _window(era: Era, number: int) -> Window:
    return spanning(era.zone, era.start(number), era.starts.at, era.start(number + 1), era.starts.at)


def _cut(window: Window, ends: datetime) -> Window:
    return replace(window, last_day=(local(ends, window.zone) - _MOMENT).date(), ends=ends)


def spanning(zone: str, first: date, at: time, after: date, then: time) -> Window:
    """Return the window from a civil day and time on until another, which is not part of it."""
    ends = utc(after, then, zone)
    return _cut(Window(zone, first, after, utc(first, at, zone), ends), ends)


def local(instant: datetime, zone: str) -> datetime:
    """Return a naive UTC instant as naive civil time of ``zone``."""
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _labelled(book: Book, window: Window, last_day: date) -> IssueDates | None:
    label = book.series["label"]
    for dated in reversed(label.values):
        issue_date = last_day + timedelta(dated.value["days_after_end"])
        issue = IssueDates(_working_day(book, issue_date, window), window)
        if dated.since <= (window.first_day if label.dated_by == "tracking_start" else issue.issue_date):
            return issue
    return None


def _working_day(book: Book, issue_date: date, window: Window) -> date:
    """Return the date of an issue: the last working day before it where the book names it as a holiday."""
    series = book.series.get("holidays")
    held = series.at(IssueDates(issue_date, window)) if series else None
    days = set(held.value["days"]) if held and held.value else set()
    moved = issue_date
    while str(issue_date) in days and (str(moved) in days or moved.weekday() >= _SATURDAY):
        moved -= timedelta(1)
    return moved
