"""Which print or song a person means by a name: among what charts printed and what senders delivered."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from hitparade.catalog.decisions import span_of
from hitparade.catalog.folding import fold
from hitparade.catalog.groups import ISRC_KEY, Links
from hitparade.catalog.songs import print_key
from hitparade.catalog.spelling import normal_isrc, text_id
from hitparade.errors import AmbiguousError, CatalogError

if TYPE_CHECKING:
    from hitparade.house import House

LISTED = 20
"""How many answers to one name an error lists."""
_PRINTS = "select e.title, e.credit, s.key, count(*) from entries e join songs s using (song) group by all"
_DATED = """
select e.series, e.issue, e.position, e.title, e.credit, s.key from entries e join songs s using (song)
where (e.title, e.credit) in (select unnest($titles::varchar[]), unnest($credits::varchar[]))
"""
_CALLED = "select s.title, s.credit, s.key, count(*) from entries e join songs s using (song) group by all"


class Known(NamedTuple):
    """A print that the house knows, the key of its song, and on how many lines of charts it stands.

    ``called`` is the print key of its words where that is not its name: of a name that somebody gave the song and that
    nobody printed, and of a print that is several songs in time.
    """

    name: str
    song: str
    title: str
    credit: str
    lines: int = 0
    isrc: str = ""
    called: str = ""

    def __str__(self) -> str:
        """Return it as a list shows it: its words, where they are found, and its key."""
        words = f"{self.title or self.isrc} - {self.credit}" if self.credit else self.title or self.isrc
        noun = "line" if self.lines == 1 else "lines"
        where = f"{self.lines:,} {noun} on charts" if self.lines else "in the ledger"
        return f"{words} ({where})   {self.name}"

    @property
    def order(self) -> tuple[int, str, str, str]:
        """What sorts it: most lines first."""
        return -self.lines, self.name, self.title, self.credit


@dataclass(frozen=True)
class Names:
    """The prints of a house, those of charts read once."""

    house: "House" = field(repr=False)

    @cached_property
    def printed(self) -> tuple[Known, ...]:
        """Every print of a chart, our own and imported ones, and what renamed songs are called."""
        mirror = self.house.records.mirror
        found = list(
            self._parted(
                [Known(print_key(row[0], row[1]), row[2], row[0], row[1], row[3]) for row in mirror.rows(_PRINTS)]
            )
        )
        known = {(each.called or each.name, each.song) for each in found}
        for title, credit, song, lines in mirror.rows(_CALLED):
            if ((called := print_key(title, credit)), song) not in known:
                found.append(Known(song, song, title, credit, lines, called=called))
        return tuple(found)

    def _parted(self, found: Sequence[Known]) -> Iterator[Known]:
        """Give prints; one that is several songs in time, by decisions or a chart's columns, once for each of them."""
        mirror, decided = self.house.records.mirror, self.house.catalog.decisions
        parted = {(name, *line[:4]): line for name, lines in mirror.heard.parted.items() for line in lines}
        several = decided.spans.keys() | {print_key(line.title, line.credit) for line in parted.values()}
        yield from (each for each in found if each.name not in several)
        if not several:
            return
        words = sorted({(each.title, each.credit) for each in found if each.name in several})
        known = {each.name for each in found} | decided.named
        counted: Counter[Known] = Counter()
        for *line, song in mirror.rows(_DATED, {"titles": [w[0] for w in words], "credits": [w[1] for w in words]}):
            issue, title, credit = line[1], line[3], line[4]
            key = print_key(title, credit)
            span, apart = decided.span_at(key, issue), parted.get(tuple(line))
            name = apart.named(known, span) if apart else span or key
            counted[Known(name, song, title, credit, called="" if name == key else key)] += 1
        yield from (each._replace(lines=lines) for each, lines in counted.items())

    def song(self, text: str) -> Known:
        """Return the print by which one song answers to ``text``: the one with most lines.

        Raises:
            AmbiguousError: several songs answer to it; all are listed.
            CatalogError: none does.
        """
        return _one(text, _by_song(self.known(text)))

    def print(self, text: str) -> Known:
        """Return the one print that ``text`` means, which may be one of several of a song.

        Raises:
            AmbiguousError: several prints answer to it; all are listed.
            CatalogError: none does.
        """
        by_name: dict[str, list[Known]] = {}
        for each in self.known(text):
            by_name.setdefault(each.name, []).append(each)
        return _one(text, list(by_name.values()))

    def known(self, text: str) -> list[Known]:
        """Return the prints that answer best: by key, title and credit, title, ISRC, or else by all words."""
        wanted = text.strip()
        if (spanned := span_of(wanted)) and all(each.name != wanted for each in self.printed):
            return [each._replace(name=wanted) for each in self.known(spanned.key)]
        pool = [*self.printed, *self._delivered(wanted)]
        if wanted.startswith(ISRC_KEY) and all(each.name != wanted for each in pool):
            # What carries an ISRC can be spoken of apart from what only has the same title and artist.
            isrc = normal_isrc(wanted.removeprefix(ISRC_KEY))
            return [each._replace(name=f"{ISRC_KEY}{isrc}") for each in pool if each.isrc == isrc]
        return next((found for level in _levels(wanted) if (found := list(filter(level, pool)))), [])

    def _delivered(self, text: str) -> Iterable[Known]:
        from hitparade.ledger import search  # noqa: PLC0415 - opens the ledger

        for own_key, key, title, artist, isrc in search.prints(self.house.ledger.identity, text):
            yield Known(own_key, key, title, artist, 0, isrc)


def _levels(text: str) -> Iterable[Callable[[Known], bool]]:
    folded, words, isrc = fold(text), set(fold(text).split()), normal_isrc(text.removeprefix(ISRC_KEY))
    yield lambda each: text == each.name
    yield lambda each: text in {each.song, str(text_id(each.song))}
    yield (
        lambda each: (
            bool(folded) and folded in {_said(each).replace(" / ", " ", 1), fold(f"{each.credit} {each.title}")}
        )
    )
    yield lambda each: bool(folded) and _said(each).startswith(f"{folded} / ")
    yield lambda each: bool(isrc) and each.isrc == isrc
    yield lambda each: bool(words) and words <= set(_said(each).split())


def _said(each: Known) -> str:
    return each.called or each.name


def _one(text: str, found: Sequence[Sequence[Known]]) -> Known:
    if not found:
        raise CatalogError(f"no song answers to {text!r}, neither on a chart nor in the ledger")
    best = sorted((min(group, key=lambda each: each.order) for group in found), key=lambda each: each.order)
    if len(best) > 1:
        more = f"\n  and {len(best) - LISTED} more" if len(best) > LISTED else ""
        listed = "".join(f"\n  {each}" for each in best[:LISTED])
        raise AmbiguousError(
            f"{text!r} may be any of {len(best)}; name one by its key, which ends its line:{listed}{more}"
        )
    return best[0]


def _by_song(found: Iterable[Known]) -> list[list[Known]]:
    """Return prints by song: together when a song of charts or a recording of the ledger holds both."""
    by_name: dict[str, list[Known]] = {}
    for each in found:
        by_name.setdefault(each.name, []).append(each)
    links = Links()
    links.mark((name, (bool(each.lines), each.song)) for name, group in by_name.items() for each in group)
    return [[each for name in group for each in by_name[name]] for group in links.groups()]
