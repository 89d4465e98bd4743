"""The issues of a chart: which days each one tracks, and the date printed on it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hitparade.errors import NotInForceError
from hitparade.rulebook.book import Book
from hitparade.rulebook.rules import IssueDates
from hitparade.weeks import WeekStart, Window, utc

_MOMENT = timedelta(microseconds=1)
_REACH = timedelta(370)


class Era(NamedTuple):
    """The windows of one value of ``week``: the first one's day, and the era of the next value, if any."""

    first: date
    starts: WeekStart
    zone: str
    days: int
    following: "Era | None"

    @property
    def begins(self) -> datetime:
        """The instant at which the first window begins."""
        return utc(self.first, self.starts.at, self.zone)

    def is_last(self, day: date) -> bool:
        """Return whether the window that begins on ``day`` runs into the next era."""
        return self.following is not None and day + timedelta(self.days) >= self.following.first


def eras(book: Book) -> tuple[Era, ...]:
    """Return the eras of a book's tracking windows in order."""
    made: list[Era] = []
    for dated in reversed(book.series["week"].values):
        starts = WeekStart.parse(dated.value["starts"])
        first = dated.since + timedelta((starts.weekday - dated.since.weekday()) % 7)
        if not made or first < made[-1].first:
            made.append(
                Era(first, starts, dated.value["zone"], dated.value["days"], made[-1] if made else None)
            )
    return tuple(reversed(made))


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


def _between(book: Book, first: date, last: date) -> Iterator[IssueDates]:
    moves = [dated.value["days_after_end"] for dated in book.series["label"].values]
    for era in eras(book):
        earliest = first - timedelta(max(moves) + era.days)
        for window, last_day in _windows(era, earliest, last - timedelta(min(moves))):
            issue = _labelled(book, window, last_day)
            if issue and first <= issue.issue_date <= last and book.covers(issue.issue_date):
                yield issue


def _windows(era: Era, first: date, last: date) -> Iterator[tuple[Window, date]]:
    """Give each window that begins from ``first`` to ``last``, with its last tracking day.

    The last window of an era ends at the very instant at which the next era begins, in whatever zone that is,
    so that no play counts twice or never.
    """
    day = era.first + timedelta(max(0, (first - era.first).days // era.days) * era.days)
    while day <= last and (era.following is None or day < era.following.first):
        after = day + timedelta(era.days)
        ends = utc(after, era.starts.at, era.zone)
        if era.following and era.is_last(day):
            after, ends = era.following.first, era.following.begins
        last_day = (local(ends, era.zone) - _MOMENT).date()
        yield Window(era.zone, day, last_day, utc(day, era.starts.at, era.zone), ends), after - timedelta(1)
        day = day + timedelta(era.days)


def local(instant: datetime, zone: str) -> datetime:
    """Return a naive UTC instant as naive civil time of ``zone``."""
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _labelled(book: Book, window: Window, last_day: date) -> IssueDates | None:
    label = book.series["label"]
    for dated in reversed(label.values):
        issue = IssueDates(last_day + timedelta(dated.value["days_after_end"]), window)
        if dated.since <= (window.first_day if label.dated_by == "tracking_start" else issue.issue_date):
            return issue
    return None
