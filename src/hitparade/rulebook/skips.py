"""Issues that a chart leaves out, as it does between the years, or that repeat the one before (T6)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hitparade.rulebook.book import Book
from hitparade.rulebook.rules import IssueDates
from hitparade.weeks import Window

MARGIN = 4
"""So many windows before a date are looked at for one that a later issue tracks as well."""


def how_skipped(book: Book, issue: IssueDates) -> str:
    """Return ``skip``, ``together`` or ``repeat`` for an issue that the book names, else nothing."""
    series = book.series.get("skipped")
    held = series.at(issue) if series else None
    named = held is not None and held.value is not None and str(issue.issue_date) in held.value["issues"]
    return str(held.value["how"]) if held and named else ""


def without_skipped(book: Book, found: Iterable[IssueDates]) -> Iterator[IssueDates]:
    """Give the issues that there are; one after an issue counted together with it tracks both windows."""
    waiting: Window | None = None
    for issue in found:
        how = how_skipped(book, issue)
        if how == "together":
            waiting = waiting or issue.window
        elif how != "skip":
            yield replace(issue, window=_joined(waiting, issue.window)) if waiting else issue
            waiting = None


def _joined(first: Window, last: Window) -> Window:
    return replace(last, first_day=first.first_day, starts=first.starts)
