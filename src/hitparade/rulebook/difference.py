"""What changed in a book between two days, in sentences, each with its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hitparade.rulebook.book import Book, DatedValue, Series
from hitparade.rulebook.calendar import issue_until, issues
from hitparade.rulebook.rules import IssueDates
from hitparade.rulebook.wording import ratio, said

_NOTHING: tuple[object, ...] = (None, [], {}, "")
_REACH = timedelta(800)
"""More than two of the longest windows: the first issue that a value can hold for is within it."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One dated value that took the place of another one.

    Attributes:
        issue_date: the first issue that it holds for.
        tracking_start: the first tracking day of that issue.
        key: where it stands in the book.
        since, dated_by: its day, and the kind of date that this is.
        before, after: the values; None where the rule was, or is, not in force.
        sentence: what changed.
        source, confidence, between: those of the value that came.
    """

    issue_date: date
    tracking_start: date
    key: str
    since: date
    dated_by: str
    before: Any
    after: Any
    sentence: str
    source: str
    confidence: str
    between: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """What changed between two issues of a chart; ``back`` are keys that changed and are as they were again."""

    chart: str
    title: str
    first: IssueDates
    second: IssueDates
    changes: tuple[RuleChange, ...]
    back: tuple[str, ...]


def difference(book: Book, one: date, other: date) -> RuleChanges:
    """Return what changed from the newest issue dated up to one day to that of the other, in order of time.

    Raises:
        NotInForceError: the chart's life begins later than one of the days.
    """
    first, second = (issue_until(book, day) for day in sorted((one, other)))
    found = [change for series in book.series.values() for change in _changes(book, series, first, second)]
    order = {key: n for n, key in enumerate(book.series)}
    found.sort(key=lambda change: (change.issue_date, order[change.key], change.since))
    return RuleChanges(book.id, book.title, first, second, tuple(found), tuple(_back(book, found, first, second)))


def _changes(book: Book, series: Series, first: IssueDates, second: IssueDates) -> Iterator[RuleChange]:
    before, now = series.at(first), series.at(second)
    since = before.since if before else date.min
    for after in (each for each in series.values if now and since < each.since <= now.since):
        issue = _first_issue(book, series, after)
        if issue:
            yield _change(issue, series, before, after)
            before = after


def _change(issue: IssueDates, series: Series, before: DatedValue | None, after: DatedValue) -> RuleChange:
    return RuleChange(
        issue_date=issue.issue_date,
        tracking_start=issue.window.first_day,
        key=series.key,
        since=after.since,
        dated_by=series.dated_by,
        before=before.value if before else None,
        after=after.value,
        sentence=_sentence(series.key, before, after),
        source=after.source,
        confidence=after.confidence,
        between=after.between,
    )


def _first_issue(book: Book, series: Series, value: DatedValue) -> IssueDates | None:
    """Return the first issue that a value holds for; None when another one takes its place before any."""
    around = issues(book, value.since - _REACH, value.since + _REACH)
    return next((issue for issue in around if series.at(issue) is value), None)


def _back(book: Book, found: list[RuleChange], first: IssueDates, second: IssueDates) -> Iterator[str]:
    for key in dict.fromkeys(change.key for change in found):
        then, now = book.series[key].at(first), book.series[key].at(second)
        if (then.value if then else None) == (now.value if now else None):
            yield key


def _sentence(key: str, before: DatedValue | None, after: DatedValue) -> str:
    old, new = before.value if before else None, after.value
    block, _, measure = key.partition(".")
    if old == new and before is not None:
        return f"{key} stays {_value(block, new)}; {_standing(before, after)}."
    if block in _RULES:
        return _measured(block, measure.strip('"'), old, new)
    if new is None:
        return f"{key} ends; it was: {_value(block, old)}."
    if old is None:
        return f"{key} begins: {_value(block, new)}."
    if isinstance(old, dict) and isinstance(new, dict) and block != "units":
        return f"{key} changes: {'; '.join(_fields(old, new))}."
    return f"{key} changes from {_value(block, old)} to {_value(block, new)}."


def _standing(before: DatedValue, after: DatedValue) -> str:
    if before.confidence != after.confidence:
        return f"it was {before.confidence} and is {after.confidence}"
    return "it is stated again" if before.between == after.between else "its range is another"


_RULES = {
    "units": ("{value} {measure} make one unit", "{measure} counts", "{measure} no longer counts"),
    "minimum_play": (
        "a play of {measure} counts from {value} ms on",
        "{measure} has a minimum play",
        "{measure} has no minimum play any more",
    ),
    "cap_per_consumer": (
        "{value} plays a day of {measure} by one consumer count",
        "{measure} is capped per consumer",
        "{measure} is no longer capped per consumer",
    ),
}
"""Blocks with one number for each measure: what it says, and how it begins and ends."""


def _measured(block: str, measure: str, old: Any, new: Any) -> str:  # noqa: ANN401 - values of a book
    rule, begins, ends = (each.replace("{measure}", measure) for each in _RULES[block])
    if new is None:
        return f"{ends}; before, {rule.format(value=_value(block, old))}."
    now = rule.format(value=_value(block, new))
    return f"{begins}: {now}." if old is None else f"{now}, instead of {_value(block, old)}."


def _value(block: str, value: Any) -> str:  # noqa: ANN401 - a value of a book
    if value is None:
        return "off"
    return ratio(value) if block == "units" else said(value)


def _fields(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        word = name.replace("_", " ")
        if was != now and was in _NOTHING:
            yield f"{word} is {_field(name, now)} now"
        elif was != now and now in _NOTHING:
            yield f"{word} {_field(name, was)} is gone"
        elif was != now:
            yield f"{word} {_field(name, was)} becomes {_field(name, now)}"


def _field(name: str, value: Any) -> str:  # noqa: ANN401 - a value of a book
    return said({name: value}).removeprefix(f"{name.replace('_', ' ')} ")
