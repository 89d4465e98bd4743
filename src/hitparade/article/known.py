"""What a check may rest on: dated facts, books and dossiers.

What ships is enough for a folder that is no house. A house adds its own books. Its published editions come in
as ``own`` facts of :func:`resting_on` once records reads them; those of a simulated market are marked, and
marked facts never confirm a claim.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hitparade.article import dossier
from hitparade.article.dossier import Dossier
from hitparade.catalog.folding import fold
from hitparade.errors import BookError
from hitparade.records import facts
from hitparade.records.facts import ChartFacts
from hitparade.rulebook.book import Book
from hitparade.rulebook.books import shipped as shipped_books
from hitparade.rulebook.register import Register, Registered, shipped_register


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a check rests on."""

    facts: tuple[ChartFacts, ...] = ()
    books: tuple[Book, ...] = ()
    dossiers: tuple[Dossier, ...] = ()
    register: Register = field(default_factory=lambda: Register(()))

    @property
    def evidence(self) -> tuple[ChartFacts, ...]:
        """The facts that may confirm or contradict: those of a simulated market may not."""
        return tuple(one for one in self.facts if not one.simulated)

    def facts_of_chart(self, name: str) -> ChartFacts | None:
        """Return the facts of the chart that an article calls ``name``, or None."""
        return next((one for one in self.evidence if fold(name) in map(fold, one.names)), None)

    def book_of_chart(self, name: str) -> Book | None:
        """Return the one book that knows the chart under this name, or None when none or several do."""
        found = [book for book in self.books if fold(name) in map(fold, book.names)]
        return found[0] if len(found) == 1 else None

    def registered(self, name: str, year: int | None = None) -> tuple[Registered, ...]:
        """Return the charts without a book that the register knows by this name; one, as a rule, or none."""
        return () if self.book_of_chart(name) else self.register.called(name, year)


def resting_on(books: Mapping[str, Book] | None = None, own: Iterable[ChartFacts] = ()) -> Known:
    """Return what ships, with other ``books`` when given, and a house's ``own`` facts first."""
    shelf = shipped_books() if books is None else books
    return Known((*own, *facts.shipped()), tuple(_readable(shelf)), dossier.shipped(), shipped_register())


def _readable(shelf: Mapping[str, Book]) -> Iterator[Book]:
    # A broken book of somebody's house is no reason to leave an article unread; `hitparade check` names it.
    for name in sorted(shelf):
        try:
            yield shelf[name]
        except BookError:
            continue
