"""A book whose rules stand still: those of one day, for all issues."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from hitparade.rulebook.book import Book, DatedValue, Series
from hitparade.rulebook.calendar import issue_until
from hitparade.rulebook.rules import IssueDates
from hitparade.rulebook.spans import ACCUMULATIONS

_MOVES = {
    *("week", "component_week", "skipped", "holidays", "outage", "quorum", "label", "names", "publishers"),
    *("restatement", "series_break", *ACCUMULATIONS),
}
"""What stays as the book has it: when issues are, what they are called, and what is done with them later."""
_ROWS = {
    *("hours", "territories", "panel", "dayparts", "events", "returns", "price_floor", "bulk", "imputation"),
    "products",
    *("minimum_play", "cap_per_consumer", "repeats", "channel_zones"),
}
"""What decides which rows count, and so changes sums."""


def fixed(book: Book, day: date, *, rows: bool = True) -> Book:
    """Return ``book`` with the rules of its newest issue dated up to ``day`` for all issues.

    Without ``rows`` those that decide which rows count stay as they are, so that sums that were sealed still serve.

    Raises:
        NotInForceError: the chart's life begins later.
    """
    issue = issue_until(book, day)
    stay = _MOVES if rows else _MOVES | _ROWS
    series = {key: held for key, each in book.series.items() if (held := _stopped(key, each, issue, stay))}
    return replace(book, series=series)


def row_changes(book: Book, day: date, issues: Sequence[IssueDates]) -> tuple[str, ...]:
    """Return the keys of rules on rows that say otherwise on ``day`` than for one of ``issues``."""
    then = issue_until(book, day)
    rows = {key: series for key, series in book.series.items() if _block(key) in _ROWS}
    return tuple(key for key, series in rows.items() if any(_value(series, i) != _value(series, then) for i in issues))


def _value(series: Series, issue: IssueDates) -> object:
    held = series.at(issue)
    return held.value if held else None


def _block(key: str) -> str:
    return key.partition(".")[0]


def _stopped(key: str, series: Series, issue: IssueDates, stay: Collection[str]) -> Series | None:
    if _block(key) in stay:
        return series
    held = series.at(issue)
    return replace(series, values=(_always(held),)) if held else None


def _always(held: DatedValue) -> DatedValue:
    return replace(held, since=date.min, what_if=True)


def with_value(book: Book, key: str, issue: IssueDates, value: object) -> Book:
    """Return ``book`` with another value of a key for the issues that have the one in force for ``issue``."""
    series = book.series[key]
    held = series.at(issue)
    values = tuple(replace(each, value=value, what_if=True) if each is held else each for each in series.values)
    return replace(book, series={**book.series, key: replace(series, values=values)})
