"""What is read otherwise of published issues when the log says otherwise: last week, peak and weeks of their songs.

The songs before and after come from the function that makes the mirror, and their histories from the walk that writes
it; so what is said before a decision is what the mirror shows after it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, Self

import pyarrow as pa

from hitparade.catalog import log
from hitparade.catalog.decisions import span_of
from hitparade.catalog.log import LogLine
from hitparade.catalog.songs import Songs, print_key
from hitparade.catalog.spelling import text_id
from hitparade.records import mirror_life
from hitparade.records.mirror import Mirror
from hitparade.records.mirror_catalog import printed_songs
from hitparade.records.mirror_parted import Parted

_TOLD = ("last", "peak", "peak_issue", "peak_weeks", "weeks", "spell")
_WORDS = {
    "last": "last week", "peak": "peak", "peak_issue": "peak", "peak_weeks": "weeks at peak", "weeks": "weeks",
    "spell": "spells",
}  # fmt: skip
_LINES = f"""
select series, issue, ordinal, position, title, credit, place, source, song, {", ".join(_TOLD)}
from entries
where song in (select unnest($songs::bigint[]))
    or (title, credit) in (select unnest($titles::varchar[]), unnest($credits::varchar[]))
"""


class Read(NamedTuple):
    """An issue of which something is read otherwise, whether it is one of our own editions, and what differs."""

    chart: str
    issue: date
    own: bool
    why: tuple[str, ...]


class _Line(NamedTuple):
    """A printed line, its song, and what is true of that song as of the issue."""

    series: str
    issue: date
    ordinal: int
    position: int
    title: str
    credit: str
    place: str
    source: str
    song: int
    told: tuple[Any, ...]

    @property
    def print(self) -> tuple[Any, ...]:
        """What no decision changes."""
        return self[:8]


@dataclass(frozen=True)
class Reading:
    """The songs of a mirror before and after a change of the log."""

    mirror: Mirror
    before: Songs
    after: Songs

    @classmethod
    def of(cls, mirror: Mirror, before: Sequence[LogLine], after: Sequence[LogLine]) -> Self:
        """Return the songs of what a mirror holds, as two states of the log have them."""
        heard = mirror.heard
        states = ((log.in_force(lines), log.ever_joined(lines)) for lines in (before, after))
        return cls(mirror, *printed_songs(heard.every_print, heard.pairs, *states))

    @cached_property
    def touched(self) -> frozenset[str]:
        """The names whose song has other names than before, and what spans that come or go are parts of."""
        one, other = ({song.names for song in songs.songs} for songs in (self.before, self.after))
        found = {name for names in one ^ other for name in names}
        return frozenset(found | {songs.around(name) for songs in (self.before, self.after) for name in found})

    def issues(self) -> Iterator[Read]:
        """Give the issues on which something of a song is read otherwise, by chart and date."""
        then = sorted(self._lines(), key=lambda line: line.print)
        now = sorted(self._again(then), key=lambda line: line.print)
        pairs = zip(then, now, strict=True)
        for (chart, issue), each in groupby(pairs, key=lambda pair: (pair[0].series, pair[0].issue)):
            lines = list(each)
            why = tuple(dict.fromkeys(_differences(lines)))
            if why:
                yield Read(chart, issue, lines[0][0].source.startswith("ed"), why)

    def _lines(self) -> Iterator[_Line]:
        """Give the lines whose song may be another, with what the mirror says of them."""
        if not self.touched:
            return
        numbers = {text_id(name) for name in self.touched}
        numbers |= {song.id for name in self.touched if (song := self.before.of(name))}
        heard = self.mirror.heard.every_print
        keys = {said.key if (said := span_of(name)) else name for name in self.touched}
        words = sorted({(each.title, each.credit) for each in heard if each.key in keys})
        values = {
            "songs": sorted(numbers),
            "titles": [each[0] for each in words],
            "credits": [each[1] for each in words],
        }
        for row in self.mirror.rows(_LINES, values):
            yield _Line._make((*row[:9], row[9:]))

    def _again(self, lines: Iterable[_Line]) -> Iterator[_Line]:
        """Give the same lines with their songs after the change, and what is true of those."""
        moved = [line._replace(song=self._song(line)) for line in lines]
        moved.sort(key=attrgetter("series", "song", "ordinal", "position", "title", "credit", "place"))
        for _, each in groupby(moved, key=attrgetter("series")):
            of_series = list(each)
            columns = ("song", "ordinal", "position", "issue")
            held = pa.table({name: [getattr(line, name) for line in of_series] for name in columns})
            told = mirror_life.told(held).entries.select(list(_TOLD))
            rows = zip(*(column.to_pylist() for column in told.columns), strict=True)
            yield from (line._replace(told=row) for line, row in zip(of_series, rows, strict=True))

    def _song(self, line: _Line) -> int:
        parted = self._parted.get((line.series, line.issue, line.position, line.title, line.credit))
        if parted:
            return parted.song(self.after)
        if not line.title:  # what nobody gave a title is of one song, whatever people decide of others
            return line.song
        key = print_key(line.title, line.credit)
        song = self.after.of(key, line.issue)
        return song.id if song else text_id(key)

    @cached_property
    def _parted(self) -> dict[tuple[Any, ...], Parted]:
        heard = self.mirror.heard.parted
        return {(name, *line[:4]): line for name, lines in heard.items() for line in lines}


def _differences(lines: Sequence[tuple[_Line, _Line]]) -> Iterator[str]:
    """Give in words what is read otherwise on an issue."""
    homes: dict[int, set[int]] = defaultdict(set)
    comers: dict[int, set[int]] = defaultdict(set)
    for then, now in lines:
        homes[now.song].add(then.song)
        comers[then.song].add(now.song)
    if any(len(songs) > 1 for songs in homes.values()):
        yield "two lines are one song"
    if any(len(songs) > 1 for songs in comers.values()):
        yield "one song's lines are two"
    for name, was, is_ in ((name, *pair) for at, name in enumerate(_TOLD) for pair in _values(lines, at)):
        if was != is_:
            yield _WORDS[name]


def _values(lines: Sequence[tuple[_Line, _Line]], at: int) -> Iterator[tuple[Any, Any]]:
    return ((then.told[at], now.told[at]) for then, now in lines)
