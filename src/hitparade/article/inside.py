"""What the lines of one article say of each other: where two speak of the same thing, do they agree?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from hitparade.article import places
from hitparade.article.claims import CHART_ROWS, Article, Claim
from hitparade.article.reading import artists_in
from hitparade.article.words import spoken
from hitparade.catalog.folding import fold

_CREDITED = (("Writer", ("songwriter", "writer", "lyricist", "composer")), ("Producer", ("producer",)))


@dataclass(frozen=True, slots=True)
class Relation:
    """Two claims about one thing; ``sentence`` is what the second says of it."""

    claim: Claim
    other: Claim
    agrees: bool
    sentence: str


def relations(article: Article, chart: Callable[[str], str] = fold) -> dict[str, tuple[Relation, ...]]:
    """Return, by claim id, what other lines say of the same thing, in the order of lines.

    ``chart`` returns one text for all names of a chart that are known to be the same.
    """
    found: dict[str, list[Relation]] = {}
    for one in _all(article, chart):
        found.setdefault(one.claim.id, []).append(one)
    return {claim: tuple(sorted(each, key=lambda r: (r.other.line, r.other.id))) for claim, each in found.items()}


def _all(article: Article, chart: Callable[[str], str]) -> Iterator[Relation]:
    yield from _titles(article)
    yield from _people(article)
    yield from _release_days(article)
    yield from _texts(article)
    yield from _place_peaks(article)
    yield from _positions(article, chart)
    yield from _results(article)


def _both(one: Claim, other: Claim, agrees: bool, says: str, back: str) -> Iterator[Relation]:  # noqa: FBT001
    yield Relation(one, other, agrees, says)
    yield Relation(other, one, agrees, back)


def _titles(article: Article) -> Iterator[Relation]:
    for title in article.of("title"):
        for name in article.of("name"):
            yield from _both(
                title, name, fold(title.subject).startswith(fold(name.subject)), name.subject, title.subject
            )


def _people(article: Article) -> Iterator[Relation]:
    credits_ = article.of("credit")
    for key, roles in _CREDITED:
        box = article.box(key)
        if box is None or not credits_:
            continue
        boxed = {fold(name): name for name in artists_in(box.said("said"))}
        credited = {fold(c.subject): c for c in credits_ if {*map(str.casefold, c.names("roles"))} & {*roles}}
        for name, claim in credited.items():
            said = f"{claim.subject} is credited as {spoken(claim.names('roles'))}"
            back = f"{key} is {box.said('said')}"
            yield from _both(box, claim, name in boxed, said, back)
        for name in sorted(boxed.keys() - credited.keys()):
            named = next((c for c in credits_ if fold(c.subject) == name), credits_[0])
            yield Relation(
                box,
                named,
                agrees=False,
                sentence=f"the credits do not name {boxed[name]} as {key.casefold()}",
            )


def _release_days(article: Article) -> Iterator[Relation]:
    box, rows = article.box("Released"), [row for row in article.of("release") if row.day("date")]
    told = [claim for claim in article.of("event") if claim.subject == "release"]
    first = min(rows, key=lambda row: (str(row.day("date")), row.line), default=None)
    dated = [claim for claim in (box, *told, first) if claim is not None and claim.day("date")]
    for one, other in combinations(dated, 2):
        yield from _both(one, other, one.day("date") == other.day("date"), str(other.day("date")), str(one.day("date")))


def _texts(article: Article) -> Iterator[Relation]:
    album, label, artist, chronology = (article.box(key) for key in ("Album", "Label", "Artist", "Chronology"))
    for single in article.of("nth_single") if album else ():
        assert album is not None  # noqa: S101 - for the type checker; the loop is empty otherwise
        yield from _both(
            album,
            single,
            fold(album.said("said")) == fold(single.subject),
            single.subject,
            album.said("said"),
        )
    for row in article.of("release"):
        if label and row.said("label"):
            agrees = fold(row.said("label")) in fold(label.said("said")) or fold(label.said("said")) in fold(
                row.said("label")
            )
            yield from _both(label, row, agrees, row.said("label"), label.said("said"))
    if artist and chronology:
        agrees = fold(chronology.said("said")) in fold(artist.said("said"))
        yield from _both(artist, chronology, agrees, f"chronology of {chronology.said('said')}", artist.said("said"))


def _place_peaks(article: Article) -> Iterator[Relation]:
    for claim in article.of("place_peak"):
        own, at = national_rows(article, claim.subject), claim.whole("position")
        readable = [row for row in own if row.whole("position")]
        equal = [row for row in readable if row.whole("position") == at]
        best = min(equal or readable, key=lambda row: (row.whole("position") or 0, row.line), default=None)
        # A country may have many charts: only when all its rows can be read and none agrees do the lines disagree.
        if at and best and (equal or len(readable) == len(own)):
            yield from _both(claim, best, bool(equal), _row(best), claim.text)


def national_rows(article: Article, place: str) -> tuple[Claim, ...]:
    """Return the weekly rows of a place's own charts, without those of one component or format."""
    return tuple(row for row in rows_of(article, place) if places.is_national(row.subject))


def rows_of(article: Article, place: str) -> tuple[Claim, ...]:
    """Return the weekly rows of every chart of the country that a place is, or that a chart is of."""
    country = places.country_of(place)
    rows = [(row, places.country_of(row.subject)) for row in article.of("weekly_peak")] if country else []
    return tuple(row for row, other in rows if country and other and other[0] == country[0])


def _positions(article: Article, chart: Callable[[str], str]) -> Iterator[Relation]:
    rows = [row for row in article.of(*CHART_ROWS) if row.whole("position")]
    same: dict[tuple[object, ...], list[Claim]] = {}
    for row in rows:
        same.setdefault((row.kind, row.whole("year"), chart(row.subject)), []).append(row)
    for one, row in (pair for given in same.values() for pair in combinations(given, 2)):
        yield from _both(one, row, one.whole("position") == row.whole("position"), _row(row), _row(one))
    for peak in article.of("peak"):
        for row in rows:
            if (
                row.kind == "weekly_peak"
                and chart(row.subject) == chart(peak.subject)
                and peak.whole("year") in (None, row.whole("year"))
            ):
                yield from _both(peak, row, row.whole("position") == peak.whole("position"), _row(row), peak.text)


def _row(row: Claim) -> str:
    return f"{row.subject}: {row.whole('position')}"


def _results(article: Article) -> Iterator[Relation]:
    for told in article.of("nomination"):
        for row in article.of("accolade"):
            if same_accolade(told, row) and row.said("result"):
                won = fold(row.said("result")).startswith(("won", "win"))
                yield from _both(told, row, agrees=not won, says=f"Result: {row.said('result')}", back=told.text)


def same_accolade(told: Claim, row: Claim) -> bool:
    """Return whether a sentence and a row are about one nomination: category and year agree."""
    return fold(told.said("category")) == fold(row.said("category")) and told.whole("year") == row.whole("year")
