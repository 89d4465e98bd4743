"""Stations of the world by format: a playlist each week, and each day's plays and audience by song."""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from hitparade.simulate.dice import Ints, allot, dice
from hitparade.simulate.listeners import day_factor
from hitparade.simulate.rows import UNIX, Rows, joined
from hitparade.simulate.world.places import FORMATS, Place
from hitparade.simulate.world.plan import DETECTION, World

_LATE = {"ac": 42, "adult": 14}
_SPINS = {"tv": 160}


class Playlist(NamedTuple):
    """What a station plays in a week: songs, most played first, how often each comes, and who listens to a play."""

    station: str
    songs: Ints
    often: Ints
    spins: int
    audience: int


def playlists(world: World, place: Place, monday: date) -> tuple[Playlist, ...]:
    """Return the playlists of a territory's stations for the week of ``monday``."""
    wanted = {kind: world.lives.plays(place.code, monday - timedelta(_LATE.get(kind, 0))) for kind in place.stations}
    return tuple(
        _playlist(world, place, n, station, wanted[kind] * _suits(world, kind))
        for n, (station, kind) in enumerate(world.stations[place.code].items())
    )


def _suits(world: World, kind: str) -> Ints:
    return np.where(world.formats == FORMATS.index(kind), 4, 1)


def _playlist(world: World, place: Place, n: int, station: str, wanted: Ints) -> Playlist:
    taste = dice(world.seed, "music editor", place.code, n).integers(600, 1400, len(world.songs))
    wanted = wanted * taste // 1000
    songs = np.argsort(-wanted, kind="stable")[: world.scale.listed]
    songs = songs[wanted[songs] > 0]
    audience = place.people * 1_000_000 // (1_500 * max(1, len(world.stations[place.code]))) * (4 + n * 7 % 9) // 4
    kind = world.stations[place.code][station]
    return Playlist(station, songs, 12_000 // (np.arange(len(songs)) + 8), _SPINS.get(kind, 240), max(1, audience))


def airplay(world: World, place: Place, day: date, lists: tuple[Playlist, ...]) -> Rows:
    """Return the detections of one civil day, summed by station and song, each with the people it reached."""
    chance, words = dice(world.seed, "on air", place.code, day.toordinal()), world.words
    parts = []
    for each in lists:
        plays = allot(each.often, each.spins * day_factor(day) // 100, int(chance.integers(0, 1 << 40)))
        on = np.flatnonzero(plays)
        song, plays = each.songs[on], plays[on]
        parts.append(
            {
                "day": np.full(len(song), day.toordinal() - UNIX),
                "territory": np.full(len(song), words.code("territory", place.code)),
                "channel": np.full(len(song), words.code("channel", each.station)),
                "measure": np.full(len(song), words.code("measure", DETECTION)),
                "title": words.by_song["title", "plain"][song],
                "artist": words.by_song["artist", "plain"][song],
                "quantity": plays,
                "audience": plays * each.audience * chance.integers(90, 111, len(song)) // 100,
                "released": world.songs.released[song] - UNIX,
            }
        )
    return joined(parts)
