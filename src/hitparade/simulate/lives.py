"""How strong each song is on a day: rise, best days, decay, moods, and the parts that are steered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from hitparade.simulate.dice import Ints, dice
from hitparade.simulate.parts import Knots, heard, parts
from hitparade.simulate.roles import Role
from hitparade.simulate.songs import HALF_LIVES, Songs

_FULL = 1 << 20
_LONGEST = 2000
RADIO_LAG = 14
"""Days by which stations follow what people stream."""


def _decays() -> Ints:
    table = np.empty((len(HALF_LIVES), _LONGEST + 1), np.int64)
    for row, days in enumerate(HALF_LIVES):
        kept = round(10**9 * 0.5 ** (1 / days))
        left = _FULL << 10
        for age in range(_LONGEST + 1):
            table[row, age] = left >> 10
            left = left * kept // 10**9
    return table


def _place(knots: Knots, day: int) -> int | None:
    """Return a thousand times the position that ``knots`` give for ``day``, or None outside of them."""
    for (start, place), (end, after) in pairwise(knots):
        if start <= day <= end:
            return 1000 * place + 1000 * (after - place) * (day - start) // (end - start)
    return None


@dataclass(frozen=True, slots=True)
class Lives:
    """The lives of a market's songs in all its territories."""

    seed: int
    songs: Songs
    streamed: tuple[tuple[int, Knots], ...]
    heard: Mapping[int, Knots]
    decays: Ints

    def _own(self, territory: str, day: int) -> Ints:
        songs = self.songs
        age = day - songs.starts[territory]
        risen = 400 + 600 * np.clip(age, 0, songs.rise) // np.maximum(songs.rise, 1)
        left = self.decays[songs.half_life, np.clip(age - songs.rise, 0, _LONGEST)]
        liking = songs.appeal[territory]
        mood = dice(self.seed, "mood", territory, day // 7).integers(930, 1071, len(songs))
        strength = (liking * risen * ((left * mood) // 1000) >> 20) + liking * 6
        return np.where(age < 0, 0, strength)

    def _steer(self, strength: Ints, places: list[tuple[int, int]]) -> Ints:
        for _, song in places:
            strength[song] = 0
        ladder = np.sort(strength)[::-1]
        for above, (place, song) in enumerate(sorted(places)):
            rung, part = divmod(max(0, place - 1000 * (above + 1)), 1000)
            rung = min(rung, len(ladder) - 2)
            strength[song] = ladder[rung] + (ladder[rung + 1] - ladder[rung]) * part // 1000
        return strength

    def streams(self, territory: str, day: date) -> Ints:
        """Return the strength of every song among what people stream and buy; nought before it is out."""
        today = day.toordinal()
        found = [(place, song) for song, knots in self.streamed if (place := _place(knots, today)) is not None]
        return self._steer(self._own(territory, today), found)

    def plays(self, territory: str, day: date) -> Ints:
        """Return the strength of every song with the music editors of stations."""
        today = day.toordinal()
        then = today - RADIO_LAG
        found = {song: place for song, knots in self.streamed if (place := _place(knots, then)) is not None}
        found |= {song: place for song, knots in self.heard.items() if (place := _place(knots, today)) is not None}
        strength = self._steer(self._own(territory, then), [(place, song) for song, place in found.items()])
        for role in (Role.BOTS, Role.SKIPPED):
            strength[list(self.songs.roles[role])] = 0
        return strength


def build(seed: int, songs: Songs, first: date, last: date) -> Lives:
    """Return the lives of ``songs`` in a market from ``first`` to ``last``."""
    streamed = tuple((songs.roles[role][n], knots) for role, n, knots in parts(first, last))
    return Lives(seed, songs, streamed, {songs.roles[Role.THE_SONG][0]: heard()}, _decays())
