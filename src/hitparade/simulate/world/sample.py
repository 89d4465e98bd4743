# ruff: noqa: PLR2004 - the proportions of the invented market stand where they are used
"""The sample of single plays: people with habits, plays cut short, and fans beyond any cap."""

from datetime import date, time

import numpy as np

from hitparade.simulate.dice import dice
from hitparade.simulate.listeners import microseconds
from hitparade.simulate.rows import UNIX, Rows, picked
from hitparade.simulate.world.places import Place
from hitparade.simulate.world.plan import BY_PLAY, ON_DEMAND_AD, ON_DEMAND_PREMIUM, World
from hitparade.weeks import utc

_PLAYS = 2
_FAN_PLAYS = 14
_SHORT = 12
_LONGEST_DAY = 23 * 3600
"""No play in the last hour, so that the shortest civil day holds all of them."""


def plays(world: World, place: Place, day: date) -> Rows:
    """Return the single plays of one civil day: two a person, and one person who plays one song again and again."""
    chance, words = dice(world.seed, "plays", place.code, day.toordinal()), world.words
    people = world.consumers[place.code]
    edges = np.cumsum(world.lives.streams(place.code, day) >> 6)
    number = len(people) * _PLAYS + _FAN_PLAYS
    song = np.searchsorted(edges, chance.integers(0, max(1, edges[-1]), number), side="right")
    who = chance.integers(0, len(people), number)
    song[-_FAN_PLAYS:], who[-_FAN_PLAYS:] = song[-1], who[-1]
    begins = microseconds(utc(day, time(), world.territory(place).zone))
    heard = world.songs.seconds[song] * 10 * chance.integers(55, 101, number)
    short = chance.integers(0, 100, number) < _SHORT
    paid, free = words.code("measure", ON_DEMAND_PREMIUM), words.code("measure", ON_DEMAND_AD)
    rows = {
        "at": begins + chance.integers(0, _LONGEST_DAY, number) * 1_000_000,
        "territory": np.full(number, words.code("territory", place.code)),
        "channel": np.full(number, words.code("channel", BY_PLAY)),
        "measure": np.where(who % 5 < 3, paid, free),
        "isrc": words.by_song["isrc", "plain"][song],
        "title": words.by_song["title", "plain"][song],
        "artist": words.by_song["artist", "plain"][song],
        "quantity": np.ones(number, np.int64),
        "ms_played": np.where(short, chance.integers(1_000, 30_000, number), heard),
        "consumer": people[who],
        "released": world.songs.released[song] - UNIX,
    }
    return picked(rows, np.argsort(rows["at"], kind="stable"))
