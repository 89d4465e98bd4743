"""What services and shops report of a day: for each song, channel and measure one sum."""

from datetime import date

import numpy as np

from hitparade.simulate.dice import Ints, allot, dice
from hitparade.simulate.listeners import day_factor
from hitparade.simulate.rows import UNIX, Rows, joined
from hitparade.simulate.world.places import Place
from hitparade.simulate.world.plan import (
    DOWNLOAD,
    ON_DEMAND_AD,
    PHYSICAL,
    SERVICES,
    VIDEO_AD,
    Service,
    World,
    price_codes,
)

_EXCLUSIVE, _EVERYTHING = 41, "stream-a"
"""One song of forty-one is at stream-a alone."""
_NO_VIDEO = 3


def _leanings(world: World, song: Ints, service: Service) -> Ints:
    """Return how much each song is bought or played in this way, a thousand being usual."""
    songs = world.songs
    if service.measure == PHYSICAL:
        return np.where(song % 4 == 0, songs.sells[song] * 10, 0)
    if service.measure == DOWNLOAD:
        return songs.sells[song] * 10
    tier = 1600 - songs.premium[song] if service.measure in (ON_DEMAND_AD, VIDEO_AD) else songs.premium[song] + 400
    return np.where(song % 10 == _NO_VIDEO, 0, tier) if service.channel.startswith("video") else tier


def _sums(world: World, place: Place, day: date, service: Service, liking: Ints) -> Ints:
    """Return what a service counts of each song on a day; the chance belongs to territory, day, channel, measure."""
    chance = dice(world.seed, "day", place.code, day.toordinal(), service.channel, service.measure)
    liking = liking * chance.integers(960, 1041, len(liking)) // 1000
    total = service.each_million * place.people * day_factor(day) // 100
    return allot(liking, total, int(chance.integers(0, 1 << 40)))


def daily(world: World, place: Place, day: date) -> Rows:
    """Return the rows of one civil day of a territory: what was streamed, watched, bought."""
    strength = world.lives.streams(place.code, day)
    usual = world.scale.reported * place.depth // 100
    best = np.argsort(-strength, kind="stable")[: usual + usual // 2]
    best = best[strength[best] > 0]
    elsewhere = best % _EXCLUSIVE < _EXCLUSIVE - 1
    parts, prices = [], price_codes(world, place)
    for service in SERVICES:
        if service.only not in {"", place.code}:
            continue
        liking = strength[best] * _leanings(world, best, service) // 1000
        sums = _sums(world, place, day, service, liking if service.channel == _EVERYTHING else liking * elsewhere)
        listed = np.argsort(-sums, kind="stable")[: max(8, usual * service.depth // 100)]
        listed = np.sort(listed[sums[listed] > 0])
        parts.append(_reported(world, place, day, best[listed], sums[listed], service, prices))
    return joined(parts)


def _reported(world: World, place: Place, day: date, song: Ints, sums: Ints, service: Service, prices: Ints) -> Rows:
    words, spelling = world.words, "upper" if service.channel == "shop-b" else "plain"
    rows = {
        "day": np.full(len(song), day.toordinal() - UNIX),
        "territory": np.full(len(song), words.code("territory", place.code)),
        "channel": np.full(len(song), words.code("channel", service.channel)),
        "measure": np.full(len(song), words.code("measure", service.measure)),
        "isrc": words.by_song["isrc", "plain"][song],
        "title": words.by_song["title", spelling][song],
        "artist": words.by_song["artist", spelling][song],
        "quantity": sums,
        "released": world.songs.released[song] - UNIX,
    }
    if service.measure in (DOWNLOAD, PHYSICAL):
        rows["price"] = prices[song]
        rows["currency"] = np.full(len(song), words.code("currency", world.territory(place).currency))
    return rows
