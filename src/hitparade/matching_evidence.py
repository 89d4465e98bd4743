"""Everything in a house that matching can go by: what charts print and what senders deliver, song by song."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pyarrow.parquet as pq

from hitparade.catalog.decisions import Decisions
from hitparade.catalog.groups import Links, decided, key_of
from hitparade.catalog.matching_scores import Spelled
from hitparade.catalog.songs import print_key
from hitparade.catalog.traits import traits

if TYPE_CHECKING:
    from hitparade.house import House

_PRINTS = """
    select e.title, e.credit, s.key, list_sort(list(distinct e.series)), count(*), min(e.issue)
    from entries e join songs s using (song) group by e.title, e.credit, s.key
"""
_ANSWERED = frozenset({"accept", "new", "move", "split", "merge"})


class Seen(NamedTuple):
    """A title and credit that charts print, or that a sender delivers, with all that is known of it there.

    ``name`` is its print key, and ``song`` what the charts, or the ledger, take it for so far.
    """

    name: str
    song: tuple[str, str]
    title: str
    credit: str
    rows: int
    isrc: str = ""
    released: date | None = None
    seconds: int = 0
    first: date | None = None
    charts: tuple[str, ...] = ()


def seen(house: "House") -> list[Seen]:
    """Return all that charts print and all that senders deliver with a title."""
    return [*_printed(house), *_delivered(house)]


def _printed(house: "House") -> Iterator[Seen]:
    rows = house.records.mirror.rows(_PRINTS)
    songs = Counter(print_key(row[0], row[1]) for row in rows)
    for title, credit, song, charts, lines, first in rows:
        own = print_key(title, credit)
        # A print that is two songs in two times goes by the names of those.
        name = own if songs[own] == 1 else song
        yield Seen(name, ("charts", song), title, credit, lines, first=first, charts=tuple(charts))


def _delivered(house: "House") -> Iterator[Seen]:
    force, rows = house.ledger.force, Counter[int]()
    for delivered in force.deliveries:
        file = force.paths.deliveries / delivered.id / "spellings.parquet"
        said = pq.read_table(file, columns=["spelling", "rows"], partitioning=None).to_pydict()
        rows.update(dict(zip(said["spelling"], said["rows"], strict=True)))
    for one in house.ledger.identity.table.to_batches():
        for row in one.to_pylist():
            if row["said_title"]:
                length = traits(row["traits"]).get("seconds", "") if row["traits"] else ""
                yield Seen(
                    row["own_key"], ("ledger", row["key"]), row["said_title"], row["said_artist"],
                    rows[row["spelling"]], row["isrc"], row["released"], int(length) if length.isdecimal() else 0,
                )  # fmt: skip


class Songs:
    """The songs of a house as matching asks about them."""

    def __init__(self, found: Sequence[Seen], decisions: Decisions) -> None:
        self._decisions = decisions
        links = Links()
        links.mark((each.name, each.song) for each in found)
        # Charts and ledger each follow the log for what they have; here they are together, so it is followed once more.
        groups = decided(links.groups(), decisions)
        self._home = {name: key_of(group) for group in groups for name in group}
        self._by_song: dict[str, list[Seen]] = {}
        for each in found:
            self._by_song.setdefault(self._home[each.name], []).append(each)
        self.rows = {key: sum(each.rows for each in group) for key, group in self._by_song.items()}

    @cached_property
    def spelled(self) -> list[Spelled]:
        """Every song in each of its spellings; what is known of the song is known of all of them."""
        return [spelled for key in sorted(self._by_song) for spelled in self._spelled(key)]

    def _spelled(self, key: str) -> Iterator[Spelled]:
        group = self._by_song[key]
        isrcs = tuple(sorted({each.isrc for each in group if each.isrc}))
        released = min((each.released for each in group if each.released), default=None)
        seconds = min((each.seconds for each in group if each.seconds), default=0)
        first = min((each.first for each in group if each.first), default=None)
        charts = frozenset(chart for each in group for chart in each.charts)
        words = Counter[tuple[str, str]]()
        for each in group:
            words[each.title, each.credit] += each.rows
        for (title, credit), rows in sorted(words.items()):
            yield Spelled(key, title, credit, isrcs, released, seconds, rows, first, charts)

    @property
    def asking(self) -> Iterator[Spelled]:
        """The usual spelling of each song that nobody has said of what it is."""
        settled = {name for each in self._decisions.songs if each.action in _ANSWERED for name in each.names}
        usual: dict[str, Spelled] = {}
        for each in self.spelled:
            known = usual.setdefault(each.key, each)
            if each.rows > known.rows:
                usual[each.key] = each
        return (each for each in usual.values() if self.name(each) not in settled)

    def name(self, spelled: Spelled) -> str:
        """Return the name by which the log knows a spelling."""
        own = print_key(spelled.title, spelled.credit)
        return own if self._home.get(own) == spelled.key else spelled.key

    def may(self, spelled: Spelled, song: Spelled) -> bool:
        """Return whether a spelling may mean a song: one that is larger, and that nobody told apart from it.

        Songs of one print are told apart by its chart: two songs of one title by one artist, years apart.
        """
        one, two = spelled.key, song.key
        larger = (-self.rows[two], two) < (-self.rows[one], one)
        apart = (one, two) in self._apart or (two, one) in self._apart
        return larger and not apart and self._prints[one].isdisjoint(self._prints[two])

    @cached_property
    def _prints(self) -> dict[str, frozenset[str]]:
        return {
            key: frozenset(print_key(each.title, each.credit) for each in group)
            for key, group in self._by_song.items()
        }  # fmt: skip

    @cached_property
    def _apart(self) -> frozenset[tuple[str, str]]:
        return frozenset((self._home.get(one, one), self._home.get(two, two)) for one, two in self._decisions.rejected)


def songs(house: "House", decisions: Decisions) -> Songs:
    """Return the songs of a house."""
    return Songs(seen(house), decisions)
