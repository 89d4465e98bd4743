"""What every part of a check looks at: the article, what is known, and what its lines say of each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from hitparade.article.claims import Article
from hitparade.article.dossier import Dossier
from hitparade.article.inside import Relation, relations
from hitparade.article.known import Known
from hitparade.article.reading import artists_in


@dataclass(frozen=True, slots=True)
class Context:
    """The article under check.

    Attributes:
        artists: its whole credit, which may be the name of a group, and the names in it.
        dossier: the dossier of this very song, or None.
        relations: by claim id, what other lines say of the same thing.
    """

    article: Article
    known: Known
    artists: tuple[str, ...]
    dossier: Dossier | None
    relations: Mapping[str, tuple[Relation, ...]]


def context_of(article: Article, known: Known) -> Context:
    """Return the context of an article."""
    artists = artists_of(article)
    own = next((one for one in known.dossiers if one.is_of(article.name, artists)), None)
    return Context(article, known, artists, own, relations(article, known.chart_key))


def artists_of(article: Article) -> tuple[str, ...]:
    """Return an article's whole credit, which may be the name of a group, and the names in it."""
    box = article.box("Artist")
    return (box.said("said"), *artists_in(box.said("said"))) if box else ()
