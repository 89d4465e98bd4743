"""A book whose rules stand still: those of one day, for all issues."""

from dataclasses import replace
from datetime import date

from hitparade.rulebook.book import Book, DatedValue, Series
from hitparade.rulebook.calendar import issue_until
from hitparade.rulebook.rules import IssueDates
from hitparade.rulebook.spans import ACCUMULATIONS

_MOVES = {"week", "label", "names", "publishers", "restatement", *ACCUMULATIONS}
"""What stays as the book has it: when issues are, what they are called, and what is done with them later."""


def fixed(book: Book, day: date) -> Book:
    """Return ``book`` with the rules of its newest issue dated up to ``day`` for all issues.

    Raises:
        NotInForceError: the chart's life begins later.
    """
    issue = issue_until(book, day)
    series = {key: held for key, each in book.series.items() if (held := _stopped(key, each, issue))}
    return replace(book, series=series)


def _stopped(key: str, series: Series, issue: IssueDates) -> Series | None:
    if key in _MOVES:
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
