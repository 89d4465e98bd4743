"""What a market is made of before its first row: sizes, songs and their lives, crowds, stations, texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from hitparade.simulate import lives, names, rows, songs
from hitparade.simulate.dice import Ints
from hitparade.simulate.territories import Territory

STREAM_A, STREAM_B = "stream-a", "stream-b"
SHOPS = ("shop-a", "shop-b")
PREMIUM, AD_FUNDED, DOWNLOAD, DETECTION = "on_demand.premium", "on_demand.ad_funded", "download", "detection"


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a market is.

    Attributes:
        songs: in the catalogue.
        consumers: who report event by event, over all territories.
        stations: per territory of 60 and 40 shares, that is GB and US.
        plays: of one station a day.
    """

    name: str
    songs: int
    consumers: int
    stations: tuple[int, int]
    plays: int


SCALES = {
    "small": Scale("small", 250, 60, (4, 5), 28),
    "demo": Scale("demo", 900, 1_000, (12, 14), 90),
    "large": Scale("large", 5_000, 25_000, (25, 25), 300),
}


class Crowd(NamedTuple):
    """The consumers of one territory: usual people first, then the accounts of bots, then those of a farm."""

    people: int
    bots: int
    farm: int

    @property
    def plays(self) -> int:
        """How many events of usual people stream-a reports on a usual day."""
        return self.people * 10 // 3


@dataclass(frozen=True, slots=True)
class Plan:
    """A market before its first row."""

    seed: int
    first: date
    last: date
    scale: Scale
    territories: tuple[Territory, ...]
    songs: songs.Songs
    lives: lives.Lives
    crowds: Mapping[str, Crowd]
    stations: Mapping[str, tuple[str, ...]]
    words: rows.Words
    consumers: Mapping[str, Ints]

    @property
    def home(self) -> str:
        """The territory in which the cheats work and one day comes late: the first."""
        return self.territories[0].code


def _crowd(scale: Scale, place: Territory, shares: int) -> Crowd:
    people = max(12, scale.consumers * place.share // shares)
    return Crowd(people, max(1, people // 75), max(2, people // 24))


def _ids(place: Territory, crowd: Crowd) -> list[str]:
    """Return consumer ids; those of cheats look like everybody's."""
    return [f"{place.code.lower()}-{n * 7919 % 10_000_000:07}" for n in range(sum(crowd))]


def build(seed: int, first: date, last: date, territories: tuple[Territory, ...], scale: Scale) -> Plan:
    """Return the plan of a market whose civil days are ``first`` to ``last``."""
    known = songs.build(seed, scale.songs, first, last, tuple(place.code for place in territories))
    shares = sum(place.share for place in territories)
    crowds = {place.code: _crowd(scale, place, shares) for place in territories}
    ids = {place.code: _ids(place, crowds[place.code]) for place in territories}
    stations = {place.code: names.stations(place.code, scale.stations[place.code == "US"]) for place in territories}
    said = {
        "territory": [place.code for place in territories],
        "channel": [STREAM_A, STREAM_B, *SHOPS, *(name for each in stations.values() for name in each)],
        "measure": [PREMIUM, AD_FUNDED, DOWNLOAD, DETECTION],
        "currency": [place.currency for place in territories],
        "price": [price for place in territories for price in place.prices],
        "consumer": [name for each in ids.values() for name in each],
    }
    words = rows.words(known, said)
    consumers = {code: words.all("consumer", each) for code, each in ids.items()}
    alive = lives.build(seed, known, first, last)
    return Plan(seed, first, last, scale, territories, known, alive, crowds, stations, words, consumers)
