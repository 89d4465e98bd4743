"""What an article is held to in a house: books, what ships, and what editions and imported archives show."""

from typing import TYPE_CHECKING

from hitparade.article.claims import Article
from hitparade.article.context import artists_of
from hitparade.article.known import Known, readable, resting_on
from hitparade.certifying_granted import grants_held
from hitparade.records.awards_held import awards_held
from hitparade.records.facts_held import Called, facts_held, year_lists
from hitparade.rulebook.register import shipped_register

if TYPE_CHECKING:
    from hitparade.house import House


def known(house: "House", article: Article) -> Known:
    """Return everything that a check of this article may rest on in a house."""
    shelf = house.books()
    by_id = {book.id: book for book in readable(shelf)}
    register = shipped_register()

    def called(series: str) -> Called:
        if book := by_id.get(series):
            return Called(book.names, min(span.begins for span in book.life))
        return Called(register[series].all_names if series in register else ())

    views, artists = house.records.held, artists_of(article)
    awards = (*awards_held(views, article.name, artists), *grants_held(house, article.name, artists))
    return resting_on(shelf, facts_held(views, artists, called), year_lists(views, artists, called), awards)
