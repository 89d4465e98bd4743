"""Decisions that a what-if leaves out, by their ids or all of an action."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hitparade.archive import decisions
from hitparade.errors import UsageError

if TYPE_CHECKING:
    from hitparade.compile.decision import Decision
    from hitparade.house import House
    from hitparade.rulebook.book import Book


def still_ruled(held: "Iterable[Decision]", book: "Book") -> "tuple[Decision, ...]":
    """Return the decisions that hold under a book over which a what-if may be laid."""
    return tuple(each for each in held if not {each.id, each.action} & book.unruled)


def refuse_unknown(house: "House", book: "Book") -> None:
    """Refuse a what-if that leaves out decisions that nobody took, since it would change nothing.

    Raises:
        UsageError: it does; those of the chart are named.
    """
    known = [each.decision for each in decisions.rulings(house.database, book.id)] if book.unruled else []
    strange = sorted(book.unruled - {word for each in known for word in (each.id, each.action)})
    if strange:
        said = ", ".join(f"{each.id} ({each.action})" for each in known) or "none"
        raise UsageError(f'{book.id}: decisions, off names "{strange[0]}"; decisions of this chart: {said}')
