"""Who is who in a mirror: which song each print is, and who takes part in each credit."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import pyarrow as pa

from hitparade.catalog import names as learning
from hitparade.catalog.artists import ALIAS, PARSED, Part, artist_id, parts, shown_names
from hitparade.catalog.decisions import NO_DECISIONS, Decisions
from hitparade.catalog.folding import fold
from hitparade.catalog.names import Names
from hitparade.catalog.songs import Evidence, Print, Songs, evidence_of, print_key, songs_of
from hitparade.catalog.spelling import SEPARATOR, text_id
from hitparade.catalog.titles import parse_title
from hitparade.catalog.who import Who
from hitparade.records.mirror_columns import columns

PRINTS = columns(
    title=pa.string(),
    credit=pa.string(),
    own_key=pa.string(),
    first=pa.date32(),
    last=pa.date32(),
    song=pa.int64(),
    credit_id=pa.int64(),
)
SONGS = columns(
    song=pa.int64(),
    key=pa.string(),
    title=pa.string(),
    credit=pa.string(),
)
CREDITS = columns(
    credit_id=pa.int64(),
    credit=pa.string(),
    artist=pa.int64(),
    role=pa.string(),
    place=pa.int32(),
    how=pa.string(),
    printed=pa.string(),
)
ARTISTS = columns(
    artist=pa.int64(),
    key=pa.string(),
    name=pa.string(),
)

NAMES = columns(
    song=pa.int64(),
    name_key=pa.string(),
    base_key=pa.string(),
    credit_key=pa.string(),
)

_MAY_FEATURE = re.compile(r"feat|ft\.?\s|f/|with", re.IGNORECASE)
_NOTED = re.compile(r"[^\w\s']")
"""A title without any of these signs has no version words beside it."""
_EVER = (date(1, 1, 1), date(9999, 12, 31))
_DAY = timedelta(days=1)


class Printed(NamedTuple):
    """A print in a series and its key; ``own_key`` is the song's key in an edition of ours, else empty."""

    title: str
    credit: str
    own_key: str
    lines: int
    key: str


def printed(title: str, credit: str, own_key: str, lines: int) -> Printed:
    """Return a print with its key."""
    return Printed(title, credit, own_key, lines, print_key(title, credit) if title else own_key)


@dataclass(frozen=True)
class Catalog:
    """Songs, and how credits are read."""

    songs: Songs
    names: Names
    who: Who
    decisions: Decisions


def catalog(
    prints: Iterable[Printed], who: Who, decisions: Decisions, continuity: Iterable[tuple[str, str]] = (),
    ever: Decisions = NO_DECISIONS,
) -> Catalog:  # fmt: skip
    """Return the songs that the prints of all series are, and what their credits teach of names."""
    held = list(prints)
    weights: dict[str, int] = {}
    for each in held:
        weights[each.credit] = weights.get(each.credit, 0) + each.lines
    [songs] = printed_songs(held, continuity, (decisions, ever))
    return Catalog(songs, learning.learn(sorted(weights.items()), who.decided), who, decisions)


def printed_songs(
    held: Sequence[Printed], continuity: Iterable[tuple[str, str]], *states: tuple[Decisions, Decisions]
) -> tuple[Songs, ...]:
    """Return the songs that the prints of all series are, by each pair of decisions in force and ever in force.

    What our editions printed as one song is one, unless decisions that were ever in force made it so.
    """
    named = [Print(each.title, each.credit, each.lines, "" if each.title else each.own_key[5:]) for each in held]
    pairs = sorted(continuity)
    seen: dict[frozenset[tuple[str, str]], Evidence] = {}
    found = []
    for decisions, ever in states:
        own = frozenset(_own(held))
        if own and ever.named:
            then = songs_of(named, ever, pairs)
            own = frozenset((one, other) for one, other in own if then.of(one) != then.of(other))
        if own not in seen:
            seen[own] = evidence_of(named, sorted({*pairs, *own}))
        found.append(seen[own].songs(decisions))
    return tuple(found)


def _own(prints: Iterable[Printed]) -> Iterator[tuple[str, str]]:
    """Return pairs of print keys that our own editions print for one song."""
    first: dict[str, str] = {}
    for each in prints:
        if each.own_key:
            key = first.setdefault(each.own_key, each.key)
            if key != each.key:
                yield key, each.key


def prints_table(found: Catalog, prints: Iterable[Printed]) -> pa.Table:
    """Return the song and the credit of each print, from a first to a last day where it is several songs."""
    rows = []
    for each in prints:
        credit = credit_number(each.credit, guests_of(each.title, each.credit))
        for first, last, song in _times(found.songs, each.key):
            rows.append((*each[:3], first, last, song, credit))
    return _table(rows, PRINTS)


def _times(songs: Songs, key: str) -> Iterator[tuple[date, date, int]]:
    spans = songs.spans.get(key)
    if not spans:
        song = songs.of(key)
        yield (*_EVER, song.id if song else text_id(key))
        return
    cuts = {_EVER[0], _EVER[1] + timedelta(0)}
    for span, _ in spans:
        cuts.update(day for day in (span.first, span.last + _DAY if span.last else None) if day)
    for first, after in pairwise(sorted(cuts)):
        last = after if after == _EVER[1] else after - _DAY
        song = songs.of(key, first)
        yield first, last, song.id if song else text_id(key)


def songs_table(found: Catalog, more: Iterable[tuple[int, str, str, str]]) -> pa.Table:
    """Return every song with its key and its usual print, and ``more`` that only a chart's columns know."""
    rows = [(each.id, each.key, each.title, each.credit) for each in found.songs.songs]
    return _table([*rows, *more], SONGS)


def credit_tables(found: Catalog, prints: Iterable[Printed]) -> tuple[pa.Table, pa.Table]:
    """Return who takes part in each credit, and the artists, each called by the name that most lines print."""
    rows: list[tuple[object, ...]] = []
    shown: list[tuple[Part, int]] = []
    for (credit, guests), weight in sorted(_credits(prints).items()):
        number = credit_number(credit, guests)
        for part in _parts(found, credit, guests):
            rows.append((number, credit, part.artist, part.role, part.place, part.how, part.printed))
            shown.append((part, weight))
    names = {**shown_names(shown), **found.decisions.artist_names}
    return _table(rows, CREDITS), _table([(artist_id(key), key, names[key]) for key in sorted(names)], ARTISTS)


def credit_number(credit: str, guests: tuple[str, ...]) -> int:
    """Return the number of a credit; one whose title names guests beside it is a credit of its own."""
    return text_id(SEPARATOR.join(("credit:" + credit, *guests)))


def guests_of(title: str, credit: str) -> tuple[str, ...]:
    """Return the artists that a title names as featured and the credit does not: "Good For You (feat. A$AP Rocky)"."""
    if not _MAY_FEATURE.search(title):
        return ()
    said = f" {fold(credit)} "
    return tuple(name for name in parse_title(title).featured if f" {fold(name)} " not in said)


def _credits(prints: Iterable[Printed]) -> dict[tuple[str, tuple[str, ...]], int]:
    weights: dict[tuple[str, tuple[str, ...]], int] = {}
    for each in prints:
        credit = each.credit, guests_of(each.title, each.credit)
        weights[credit] = weights.get(credit, 0) + each.lines
    return weights


def _parts(found: Catalog, credit: str, guests: tuple[str, ...]) -> Iterator[Part]:
    own = [_followed(found, part) for part in parts(credit, found.names, found.who)]
    yield from own
    for guest in guests:
        for part in parts(guest, found.names, found.who):
            how = "title" if part.how == PARSED else part.how
            yield _followed(found, part._replace(role="featured", place=len(own) + part.place, how=how))


def _followed(found: Catalog, part: Part) -> Part:
    """Return a part with the artist whom the log says that its artist is."""
    key = found.decisions.aliases.get(part.key)
    if key is None:
        return part
    artist = found.who.artists.get(key)
    return part._replace(artist=artist_id(key), key=key, name=artist.name if artist else key, how=ALIAS)


def names_table(found: Catalog, prints: Iterable[Printed], more: Iterable[tuple[int, str, str, str]]) -> pa.Table:
    """Return how each song is called, folded: by its titles with and without version words, each with its credits."""
    rows: set[tuple[int, str, str, str]] = set()
    for each in prints:
        for number in {song for _, _, song in _times(found.songs, each.key)}:
            rows.update(_names(number, each.title, each.credit))
    for number, _, title, credit in more:
        rows.update(_names(number, title, credit))
    renamed = (found.songs.of(name) for said in found.decisions.songs if said.action == "rename" for name in said.names)
    for song in renamed:
        rows.update(_names(song.id, song.title, song.credit) if song else ())
    return _table(sorted(rows, key=lambda row: (row[1], row[3], row[0], row[2])), NAMES)


def _names(number: int, title: str, credit: str) -> Iterator[tuple[int, str, str, str]]:
    said, credited = fold(title), fold(credit)
    base = fold(parse_title(title).base) if _NOTED.search(title) else said
    yield number, said, base, credited
    if base != said:
        yield number, base, base, credited


def _table(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    parts = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table([pa.array(column, kind.type) for column, kind in zip(parts, schema, strict=True)], schema=schema)
