"""Charts over many issues: which span a label such as ``2016`` means under a book, and what is added up there."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hitparade.errors import NotInForceError, UsageError
from hitparade.rulebook.book import Book, DatedValue, Series
from hitparade.rulebook.calendar import issues
from hitparade.rulebook.rules import IssueDates, Value

ACCUMULATIONS = {"year_end": 12, "half_year": 6, "decade": 120, "all_time": 0}
"""The blocks of charts over many issues, with the months that each spans."""
ALL_TIME = "all-time"
_LABELS = {
    "year_end": re.compile(r"^(\d{4})$"),
    "half_year": re.compile(r"^(\d{4})-([12])$"),
    "decade": re.compile(r"^(\d{3}0)s$"),
    "all_time": re.compile(rf"^{ALL_TIME}$"),
}
_REACH = timedelta(60)
"""More than any label lies from its tracking days."""
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Terms:
    """What is added up, and how equal totals are ordered; the words are those of the book's layout."""

    method: str
    weeks: str
    songs: str
    table: tuple[int, ...]
    inverse_of: int | None
    eras: tuple[tuple[date, int], ...]
    runs: str
    size: int | None
    ties: tuple[str, ...]
    shared: str

    def era(self, issue_date: date) -> int:
        """Return what the points of an issue are multiplied by."""
        return next((factor for since, factor in reversed(self.eras) if since <= issue_date), 1)


@dataclass(frozen=True, slots=True)
class Span:
    """A span of issues under the terms in force for it; ``by`` says which date of an issue falls into it."""

    block: str
    label: str
    first: date
    last: date
    by: str
    terms: Terms
    rule: Value

    def holds(self, issue: IssueDates) -> bool:
        """Return whether an issue belongs to the span."""
        days = {"tracking_start": issue.window.first_day, "tracking_end": issue.window.last_day}
        return self.first <= days.get(self.by, issue.issue_date) <= self.last


def block_of(label: str) -> str:
    """Return the block of a book that a label belongs to.

    Raises:
        UsageError: it is no label.
    """
    for block, pattern in _LABELS.items():
        if pattern.match(label):
            return block
    raise UsageError(f'{label}: not a span; write a year "2016", a half "2016-1", a decade "2010s" or "{ALL_TIME}"')


def span_of(book: Book, label: str, newest: date) -> Span:
    """Return what a label means under ``book``; ``newest`` is where a chart of all time ends.

    The terms are the newest that are in force by the last issue of the span that they themselves describe.

    Raises:
        NotInForceError: the book has no such chart, or not for that span.
    """
    block = block_of(label)
    series = book.series.get(block)
    if series is None:
        known = ", ".join(each for each in ACCUMULATIONS if each in book.series) or "none"
        raise NotInForceError(f"{book.id} has no block [{block}]; charts over many issues that it has: {known}")
    for dated in reversed(series.values):
        if dated.value is not None and (span := _span(book, series, dated, label, newest)):
            return span
    first = series.values[0].since
    raise NotInForceError(f"{book.id}: [{block}] is not in force for {label}; its first value is of {first}")


def issues_in(book: Book, span: Span) -> list[IssueDates]:
    """Return the issues of a span in order."""
    return [issue for issue in issues(book, span.first - _REACH, span.last + _REACH) if span.holds(issue)]


def _span(book: Book, series: Series, dated: DatedValue, label: str, newest: date) -> Span | None:
    value: dict[str, Any] = dated.value
    first, last = _days(book, series.key, value, label, newest)
    span = Span(series.key, label, first, last, value["by"], _terms(value), series.printed(dated))
    within = issues_in(book, span)
    if not within:
        return None
    held = series.at(within[-1])
    # Where the new terms end a year earlier, the old ones, no longer in force at its end, hold for it all the same.
    return span if held and held.value is not None and dated.since <= held.since else None


def _days(book: Book, block: str, value: dict[str, Any], label: str, newest: date) -> tuple[date, date]:
    if label in value["exact"]:
        first, last = value["exact"][label]
        return date.fromisoformat(first), date.fromisoformat(last)
    if block == "all_time":
        return book.life[0].begins, newest
    said = _LABELS[block].match(label)
    year = int(said[1]) - (value["begins_in"] == "previous") if said else 0
    half = int(said[2]) - 1 if said and block == "half_year" else 0
    months = ACCUMULATIONS[block]
    first = _moved(year, value["begins"], months * half)
    return first, _moved(year, value["begins"], months * (half + 1)) - timedelta(1)


def _moved(year: int, begins: str, months: int) -> date:
    """Return the day so many months after a month and day of a year; a day that is not there is the last one."""
    month, day = map(int, begins.split("-"))
    years, at = divmod(month - 1 + months, _YEAR)
    return date(year + years, at + 1, min(day, calendar.monthrange(year + years, at + 1)[1]))


def _terms(value: dict[str, Any]) -> Terms:
    return Terms(
        method=value["method"],
        weeks=value["weeks"],
        songs=value["songs"],
        table=tuple(value["table"]),
        inverse_of=value.get("inverse_of"),
        eras=tuple(sorted((date.fromisoformat(since), factor) for since, factor in value["eras"].items())),
        runs=value["runs"],
        size=value.get("size"),
        ties=tuple(dict.fromkeys((*value["ties"], "id"))),
        shared=value["shared"],
    )
