"""What is in force: the question that the front door and the command line ask of a book."""

from datetime import date
from pathlib import Path

from hitparade.rulebook.book import Book
from hitparade.rulebook.calendar import issue_on, issue_until
from hitparade.rulebook.inforce import rules_for
from hitparade.rulebook.rules import Rules
from hitparade.rulebook.whatif import overlay


def rules_on(book: Book, issue_date: date, what_if: Path | None = None) -> Rules:
    """Return the rules for the issue of that very date, with a what-if laid over the book.

    Raises:
        NotInForceError: there is no issue of that date; life and nearest issues are named.
        BookError: the what-if is wrong.
    """
    changed = overlay(book, what_if) if what_if else book
    return rules_for(changed, issue_on(changed, issue_date))


def rules_until(book: Book, day: date, what_if: Path | None = None) -> Rules:
    """Return the rules for the newest issue dated up to ``day``, with a what-if laid over the book.

    Raises:
        NotInForceError: the chart's life begins later.
        BookError: the what-if is wrong.
    """
    changed = overlay(book, what_if) if what_if else book
    return rules_for(changed, issue_until(changed, day))
