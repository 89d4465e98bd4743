"""What a check may rest on: dated facts, books and dossiers.

What ships is enough for a folder that is no house. A house adds its own books, and what its editions and imported
archives show of the article's song and artists (``records.facts_held``). Those of a simulated market are marked, and
marked facts never confirm a claim.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hitparade.article import dossier
from hitparade.article.dossier import Dossier
from hitparade.catalog.folding import fold
from hitparade.errors import BookError
from hitparade.records import facts
from hitparade.records.awards_held import AwardList
from hitparade.records.facts import ChartFacts, Hit
from hitparade.records.facts_held import YearList
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
    lists: tuple[YearList, ...] = ()
    award_lists: tuple[AwardList, ...] = ()

    @property
    def awards(self) -> tuple[AwardList, ...]:
        """The lists of awards that may confirm or contradict."""
        return tuple(one for one in self.award_lists if not one.simulated)

    @property
    def evidence(self) -> tuple[ChartFacts, ...]:
        """The facts that may confirm or contradict: those of a simulated market may not."""
        return tuple(one for one in self.facts if not one.simulated)

    def facts_of_chart(self, name: str, artist: str = "") -> ChartFacts | None:
        """Return the facts of the chart that an article calls ``name``, those first that know the artist; or None."""
        found = [one for one in self.evidence if fold(name) in map(fold, one.names)]
        return next((one for one in found if artist and one.known_to(artist)), next(iter(found), None))

    def song_on(self, chart: str, title: str, artists: Iterable[str]) -> tuple[ChartFacts | None, Hit | None]:
        """Return the first facts of a chart that know the song of these artists, with what they know of it."""
        names = tuple(artists)
        for one in self.evidence:
            if fold(chart) in map(fold, one.names) and (hit := one.of_song(title, names)):
                return one, hit
        return self.facts_of_chart(chart), None

    def book_of_chart(self, name: str) -> Book | None:
        """Return the one book that knows the chart under this name, or None when none or several do."""
        found = [book for book in self.books if fold(name) in map(fold, book.names)]
        return found[0] if len(found) == 1 else None

    def chart_key(self, name: str) -> str:
        """Return one text for all names under which one chart is known here; for another chart the folded name."""
        facts, book, listed = self.facts_of_chart(name), self.book_of_chart(name), self.registered(name)
        known = facts.chart if facts else book.id if book else listed[0].id if len(listed) == 1 else ""
        return known or fold(name)

    def registered(self, name: str, year: int | None = None) -> tuple[Registered, ...]:
        """Return the charts without a book that the register knows by this name; one, as a rule, or none."""
        return () if self.book_of_chart(name) else self.register.called(name, year)


def resting_on(
    books: Mapping[str, Book] | None = None,
    own: Iterable[ChartFacts] = (),
    lists: Iterable[YearList] = (),
    awards: Iterable[AwardList] = (),
) -> Known:
    """Return what ships, with other ``books`` when given, and a house's ``own`` facts, ``lists`` and ``awards``."""
    shelf = shipped_books() if books is None else books
    every = (*own, *facts.shipped())
    return Known(every, readable(shelf), dossier.shipped(), shipped_register(), tuple(lists), tuple(awards))


def readable(shelf: Mapping[str, Book]) -> tuple[Book, ...]:
    """Return the books of a shelf that can be read."""
    return tuple(_readable(shelf))


def _readable(shelf: Mapping[str, Book]) -> Iterator[Book]:
    # A broken book of somebody's house is no reason to leave an article unread; `hitparade check` names it.
    for name in sorted(shelf):
        try:
            yield shelf[name]
        except BookError:
            continue
