"""What is in force: the questions that the front door and the command line ask of a book."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from hitparade.rulebook.book import Book
from hitparade.rulebook.calendar import issue_on, issue_until
from hitparade.rulebook.inforce import rules_for
from hitparade.rulebook.load import load
from hitparade.rulebook.rules import Rules
from hitparade.rulebook.whatif import Part, WhatIf, overlay


def rules_on(book: Book, issue_date: date, what_if: WhatIf | None = None) -> Rules:
    """Return the rules for the issue of that very date, with a what-if laid over the book.

    Raises:
        NotInForceError: there is no issue of that date; life and nearest issues are named.
        BookError: the what-if is wrong.
    """
    changed = with_what_if(book, what_if)
    return rules_for(changed, issue_on(changed, issue_date))


def rules_until(book: Book, day: date, what_if: WhatIf | None = None) -> Rules:
    """Return the rules for the newest issue dated up to ``day``, with a what-if laid over the book.

    Raises:
        NotInForceError: the chart's life begins later.
        BookError: the what-if is wrong.
    """
    changed = with_what_if(book, what_if)
    return rules_for(changed, issue_until(changed, day))


def with_what_if(book: Book, what_if: str | WhatIf | None) -> Book:
    """Return ``book`` with a what-if laid over it, or as it is; a :class:`BookError` when it is wrong."""
    if what_if is None:
        return book
    laid = Path(what_if) if isinstance(what_if, str) else what_if
    files = Path(book.where), laid.file if isinstance(laid, Part) else laid
    return _changed(Path(book.where), laid, *(path.stat().st_mtime_ns if path.exists() else 0 for path in files))


@lru_cache(maxsize=64)
def _changed(book: Path, what_if: WhatIf, book_changed: int, what_if_changed: int) -> Book:  # noqa: ARG001
    # A what-if over years asks for it at every issue; a file changed on disk is read again.
    return overlay(load(book), what_if)
