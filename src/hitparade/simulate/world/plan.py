# ruff: noqa: PLR2004 - the proportions of the invented market stand where they are used
"""What the world is made of before its first row: sizes, songs with a home, services, stations, texts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np

from hitparade.simulate import lives, rows, songs
from hitparade.simulate.dice import Ints, dice
from hitparade.simulate.roles import ROLES
from hitparade.simulate.territories import Territory, territory
from hitparade.simulate.world.places import FORMATS, Place, stations

ON_DEMAND_PREMIUM, ON_DEMAND_AD = "on_demand.premium", "on_demand.ad_funded"
PROGRAMMED, VIDEO_PREMIUM, VIDEO_AD = "programmed", "video.premium", "video.ad_funded"
DOWNLOAD, PHYSICAL, DETECTION = "download", "physical", "detection"
ON_DEMAND, VIEW = "on_demand", "view"
BY_PLAY = "stream-e"
"""The small service that reports play by play."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the world is.

    Attributes:
        songs: in the catalogue.
        reported: songs that a large service reports each day, where depth is 100.
        stations: hundredths of the usual number of stations.
        listed: songs on a station's playlist.
        people: whose plays are reported one by one, in each territory.
    """

    name: str
    songs: int
    reported: int
    stations: int
    listed: int
    people: int


SCALES = {
    "small": Scale("small", 80, 30, 34, 12, 6),
    "demo": Scale("demo", 2_500, 150, 100, 40, 30),
    "large": Scale("large", 12_000, 600, 250, 80, 400),
}


@dataclass(frozen=True, slots=True)
class World:
    """A world before its first row."""

    seed: int
    first: date
    last: date
    scale: Scale
    places: tuple[Place, ...]
    songs: songs.Songs
    lives: lives.Lives
    formats: Ints
    stations: Mapping[str, Mapping[str, str]]
    words: rows.Words
    consumers: Mapping[str, Ints]

    def territory(self, place: Place) -> Territory:
        """Return zone, money and hours of a territory."""
        return territory(place.code)


class Service(NamedTuple):
    """What one channel reports of one measure each day.

    ``each_million`` is a day's quantity for a million people; ``depth`` how many hundredths of the usual number of
    songs it reports; ``only`` the territory in which alone it is, or nothing.
    """

    channel: str
    measure: str
    each_million: int
    depth: int
    only: str = ""


SERVICES = (
    Service("stream-a", ON_DEMAND_PREMIUM, 52_000, 100),
    Service("stream-a", ON_DEMAND_AD, 38_000, 100),
    Service("stream-b", ON_DEMAND_PREMIUM, 24_000, 80),
    Service("stream-c", ON_DEMAND_AD, 9_000, 50),
    Service("stream-d", ON_DEMAND, 20_000, 60, "NL"),
    Service("radio-c", PROGRAMMED, 12_000, 50),
    Service("video-a", VIDEO_AD, 30_000, 80),
    Service("video-b", VIDEO_PREMIUM, 4_000, 40),
    Service("social-a", VIEW, 90_000, 40, "NL"),
    Service("shop-a", DOWNLOAD, 900, 70),
    Service("shop-b", DOWNLOAD, 400, 40),
    Service("store-a", PHYSICAL, 30, 20),
)
"""In order; stream-d does not tell its tiers, and social-a counts what people watch in passing."""


def _with_homes(known: songs.Songs, seed: int, codes: tuple[str, ...]) -> songs.Songs:
    """Return the songs, four of ten much more popular in one country than elsewhere."""
    chance = dice(seed, "homes")
    home = chance.integers(0, len(codes), len(known))
    local = chance.integers(0, 100, len(known)) < 40
    local[: sum(ROLES.values())] = False
    liked = {
        code: np.where(local, np.where(home == n, known.appeal[code] * 2, known.appeal[code] // 12), known.appeal[code])
        for n, code in enumerate(codes)
    }
    return replace(known, appeal=liked)


def _prices(place: Territory) -> tuple[str, ...]:
    """Return the prices of a territory: its three usual ones, and one below every floor for promotions."""
    return (*place.prices, "40" if "." not in place.prices[0] else "0.25")


def price_codes(world: World, place: Place) -> Ints:
    """Return for each song the code of its price: one song of thirty is given away nearly for nothing."""
    codes = world.words.all("price", _prices(world.territory(place)))
    number = np.arange(len(world.songs))
    return np.where(number % 30 == 29, codes[3], codes[number % 3])


def build(seed: int, first: date, last: date, places: tuple[Place, ...], scale: Scale) -> World:
    """Return the world whose civil days are ``first`` to ``last``."""
    codes = tuple(place.code for place in places)
    known = _with_homes(songs.build(seed, scale.songs, first, last, codes), seed, codes)
    on_air = {place.code: stations(place, scale.stations) for place in places}
    zones = [territory(code) for code in codes]
    people = {code: [f"{code.lower()}-{n:05}" for n in range(scale.people)] for code in codes}
    said = {
        "territory": codes,
        "channel": [
            *(each.channel for each in SERVICES),
            BY_PLAY,
            *(name for each in on_air.values() for name in each),
        ],
        "measure": [DETECTION, *(each.measure for each in SERVICES)],
        "currency": [zone.currency for zone in zones],
        "price": [price for zone in zones for price in _prices(zone)],
        "consumer": [name for each in people.values() for name in each],
    }
    words = rows.words(known, said)
    consumers = {code: words.all("consumer", each) for code, each in people.items()}
    formats = dice(seed, "formats").integers(0, 2 * len(FORMATS), len(known)) // 2
    alive = lives.build(seed, known, first, last)
    return World(seed, first, last, scale, places, known, alive, formats, on_air, words, consumers)
