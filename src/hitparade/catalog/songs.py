"""Which prints are one song: by key, by mark, by ISRC, by continuity, and by what people decided.

What comes out derives from the content of prints, pairs and decisions alone; any order of them gives the same songs.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from hitparade.catalog.decisions import NO_DECISIONS, Decisions, Span, span_of
from hitparade.catalog.folding import fold
from hitparade.catalog.groups import ISRC_KEY, Links, decided, key_of, marks, renamer
from hitparade.catalog.spelling import text_id


class Print(NamedTuple):
    """A title and credit as a chart or a sender prints them, on how many lines, and with which ISRC if any."""

    title: str
    credit: str
    lines: int = 1
    isrc: str = ""

    @property
    def key(self) -> str:
        """Its print key."""
        return print_key(self.title, self.credit, self.isrc)


def print_key(title: str, credit: str, isrc: str = "") -> str:
    """Return the key that a print has by itself."""
    return f"{fold(title)} / {fold(credit)}" if title else f"{ISRC_KEY}{isrc}"


@dataclass(frozen=True, slots=True)
class Song:
    """One song.

    Attributes:
        id: the number of its key, as ``text_id`` gives it.
        key: the smallest print key of its names; of a song that is but a time of a print, the name of that span.
        title, credit: the print with most lines, ties by text, one all in capitals only if there is no other; or what
            the last rename says.
        names: its print keys and spans, sorted.
    """

    id: int
    key: str
    title: str
    credit: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Songs:
    """The songs in the order of their keys, and the way to them from a print."""

    songs: tuple[Song, ...]
    by_name: Mapping[str, Song] = field(repr=False)
    _spans: Mapping[str, tuple[tuple[Span, str], ...]] = field(repr=False)

    def of(self, key: str, issue: date | None = None) -> Song | None:
        """Return the song of a print key, on an issue of that date where the print is several songs in time."""
        return self.by_name.get((self.span_at(key, issue) or key) if issue else key)

    def around(self, name: str) -> str:
        """Return the name that lines have where nothing speaks of theirs: of a longer span, or of the print."""
        said = span_of(name)
        if name in self.by_name or said is None:
            return name
        return next((each for span, each in self._spans.get(said.key, ()) if said.within(span)), said.key)

    def span_at(self, key: str, issue: date) -> str:
        """Return the name of the span that decisions part from a print and that an issue lies in, or nothing."""
        return next((name for spanned, name in self._spans.get(key, ()) if spanned.holds(issue)), "")

    @property
    def spans(self) -> Mapping[str, tuple[tuple[Span, Song], ...]]:
        """By print key that decisions part in time: the spans and their songs; the first that holds counts."""
        return {
            key: tuple((spanned, self.by_name[name]) for spanned, name in told) for key, told in self._spans.items()
        }


class _Words(NamedTuple):
    """A title and credit, and on how many lines they are printed so."""

    lines: int
    title: str
    credit: str

    @property
    def order(self) -> tuple[bool, int, str, str]:
        # A chart that prints everything in capitals does not tell how a name is written; any other print does.
        return f"{self.title}{self.credit}".isupper(), -self.lines, self.title, self.credit


@dataclass(frozen=True)
class Evidence:
    """What prints are by themselves, before any decision: on how many lines each stands, its key, and who is one."""

    lines: Mapping[tuple[str, str], int]
    keys: Mapping[tuple[str, str], str]
    groups: Sequence[Sequence[str]]

    def songs(self, decisions: Decisions = NO_DECISIONS) -> Songs:
        """Return the songs that decisions make of it."""
        there = set(self.keys.values())
        spans = {key: told for key, told in decisions.spans.items() if key in there}
        groups = decided(self.groups, decisions, {name for told in spans.values() for _, name in told})
        return _songs(groups, _printed(self.lines, self.keys, spans), decisions, spans)


def evidence_of(prints: Iterable[Print], continuity: Iterable[tuple[str, str]] = ()) -> Evidence:
    """Return what prints are by themselves; for ``continuity`` see :func:`songs_of`."""
    lines: dict[tuple[str, str], int] = defaultdict(int)
    coded: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for title, credit, said, isrc in prints:
        words = (title, credit) if title else ("", isrc)
        lines[words] += said
        if isrc:
            coded[isrc].add(words)
    keys = {words: print_key(*words, words[1]) for words in lines}
    links = Links(keys.values())
    links.mark(marks(keys))
    for together in coded.values():
        links.join(keys[words] for words in together)
    for pair in continuity:
        if all(name in links.places for name in pair):
            links.join(pair)
    return Evidence(lines, keys, links.groups())


def songs_of(
    prints: Iterable[Print],
    decisions: Decisions = NO_DECISIONS,
    continuity: Iterable[tuple[str, str]] = (),
) -> Songs:
    """Return the songs that prints are.

    Args:
        prints: the same title and credit may come several times; its lines add up.
        decisions: what people decided.
        continuity: pairs of print keys that are one song by other evidence, such as a credit that changed from
            one issue to the next while the run went on; a key that no print has is passed over.
    """
    return evidence_of(prints, continuity).songs(decisions)


def _printed(
    lines: Mapping[tuple[str, str], int],
    keys: Mapping[tuple[str, str], str],
    spans: Mapping[str, Iterable[tuple[Span, str]]],
) -> dict[str, _Words]:
    """Return how each name is printed most; a span is printed as its print is."""
    best: dict[str, _Words] = {}
    for words, key in keys.items():
        title, credit = words if words[0] else (words[1], "")
        made = _Words(lines[words], title, credit)
        if key not in best or made.order < best[key].order:
            best[key] = made
    best.update({name: best[key] for key, told in spans.items() for _, name in told})
    return best


def _songs(
    groups: Sequence[Sequence[str]],
    printed: Mapping[str, _Words],
    decisions: Decisions,
    spans: Mapping[str, tuple[tuple[Span, str], ...]],
) -> Songs:
    renamed = renamer(groups, decisions)
    made = []
    for group in groups:
        key = key_of(group)
        most = printed[key] if len(group) == 1 else min((printed[name] for name in group), key=lambda each: each.order)
        made.append(Song(text_id(key), key, *renamed(key, most.title, most.credit), tuple(sorted(group))))
    made.sort(key=lambda song: song.key)
    return Songs(tuple(made), {name: song for song in made for name in song.names}, spans)
