"""Who is who in a mirror: which song each print is, and who takes part in each credit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import pyarrow as pa

from hitparade.catalog import names as learning
from hitparade.catalog.credits import parse
from hitparade.catalog.decisions import Decisions
from hitparade.catalog.folding import fold
from hitparade.catalog.names import Names
from hitparade.catalog.songs import Print, Songs, print_key, songs_of
from hitparade.catalog.spelling import text_id
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

_EVER = (date(1, 1, 1), date(9999, 12, 31))
_DAY = timedelta(days=1)


class Printed(NamedTuple):
    """A print in a series; ``own_key`` is the song's key in an edition of ours, else empty."""

    title: str
    credit: str
    own_key: str
    lines: int

    @property
    def key(self) -> str:
        """Its print key."""
        return print_key(self.title, self.credit) if self.title else self.own_key


@dataclass(frozen=True)
class Catalog:
    """Songs, and how credits are read."""

    songs: Songs
    names: Names
    who: Who
    decisions: Decisions


def catalog(
    prints: Iterable[Printed], who: Who, decisions: Decisions, continuity: Iterable[tuple[str, str]] = ()
) -> Catalog:
    """Return the songs that the prints of all series are, and what their credits teach of names."""
    held = list(prints)
    weights: dict[str, int] = {}
    for each in held:
        weights[each.credit] = weights.get(each.credit, 0) + each.lines
    named = [Print(each.title, each.credit, each.lines, "" if each.title else each.own_key[5:]) for each in held]
    songs = songs_of(named, decisions, sorted({*continuity, *_own(held)}))
    return Catalog(songs, learning.learn(sorted(weights.items()), who.decided), who, decisions)


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
        credit = text_id("credit:" + each.credit)
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


def songs_table(found: Catalog) -> pa.Table:
    """Return every song with its key and its usual print."""
    return _table([(each.id, each.key, each.title, each.credit) for each in found.songs.songs], SONGS)


def credit_tables(found: Catalog, weights: Mapping[str, int]) -> tuple[pa.Table, pa.Table]:
    """Return who takes part in each credit, and the artists, each called by the name that most lines print."""
    rows: list[tuple[object, ...]] = []
    printed: dict[str, dict[str, int]] = {}
    for credit in sorted(weights):
        number = text_id("credit:" + credit)
        for place, part in enumerate(parse(credit, found.names), 1):
            key, how = _artist(found, fold(part.name))
            if how == "parsed":
                seen = printed.setdefault(key, {})
                seen[part.name] = seen.get(part.name, 0) + weights[credit]
            else:
                printed.setdefault(key, {}).setdefault(key, 0)
            rows.append((number, credit, text_id("artist:" + key), part.role, place, how, part.name))
    artists = [(text_id("artist:" + key), key, _called(found, key, seen)) for key, seen in sorted(printed.items())]
    return _table(rows, CREDITS), _table(artists, ARTISTS)


def _artist(found: Catalog, key: str) -> tuple[str, str]:
    alias = found.who.aliases.get(key)
    known = alias.artist if alias else key
    known = found.decisions.aliases.get(known, known)
    return known, "alias" if known != key else "parsed"


def _called(found: Catalog, key: str, seen: Mapping[str, int]) -> str:
    return found.decisions.artist_names.get(key) or min(seen, key=lambda name: (-seen[name], name))


def _table(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    parts = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table([pa.array(column, kind.type) for column, kind in zip(parts, schema, strict=True)], schema=schema)
