# ruff: noqa: PLR2004 - the proportions of the invented market stand where they are used
"""People who stream at stream-a, event by event: habits, skips, superfans, and a few who cheat."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import numpy.typing as npt

from hitparade.simulate.dice import Ints, allot, dice, skewed
from hitparade.simulate.plan import AD_FUNDED, PREMIUM, STREAM_A, Crowd, Plan
from hitparade.simulate.roles import Role
from hitparade.simulate.rows import UNIX, Rows
from hitparade.simulate.territories import Territory, by_hour
from hitparade.weeks import utc

CHEATING_DAYS = 42
_WEEKDAYS = (96, 97, 98, 100, 108, 106, 95)
_SKIPS = 14
_FARM_PLAYS = 9
_SECOND = 1_000_000


def day_factor(day: date) -> int:
    """Return how much people listen on a day, 100 being usual."""
    return _WEEKDAYS[day.weekday()]


def microseconds(moment: datetime) -> int:
    """Return a naive UTC instant as microseconds since 1970."""
    return int(moment.replace(tzinfo=UTC).timestamp()) * _SECOND


def in_period(instants: Ints, plan: Plan, place: Territory) -> npt.NDArray[np.bool_]:
    """Return which instants fall into the civil days of the market's period in a territory."""
    midnight = datetime.min.time()
    begins = microseconds(utc(plan.first, midnight, place.zone))
    ends = microseconds(utc(plan.last + timedelta(1), midnight, place.zone))
    return (instants >= begins) & (instants < ends)


def instants(chance: np.random.Generator, hours: Ints, day: date, number: int) -> Ints:
    """Return ``number`` instants of a UTC day, spread as the 24 ``hours`` say."""
    edges = np.cumsum(hours)
    hour = np.searchsorted(edges, chance.integers(0, edges[-1], number), side="right")
    start = microseconds(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - naive UTC, as everywhere
    return start + (hour * 3600 + chance.integers(0, 3600, number)) * _SECOND + chance.integers(0, 1000, number) * 1000


def _habits(crowd: Crowd, song: Ints, chance: np.random.Generator) -> Ints:
    """Return who plays each of the songs: some people play much, and a song has fans who return to it."""
    usual = skewed(chance, crowd.people, len(song))
    fan = (song * 7919 + skewed(chance, max(3, crowd.people // 40), len(song))) % crowd.people
    return np.where(chance.integers(0, 100, len(song)) < 35, fan, usual)


def _superfans(plan: Plan, code: str, day: int, strength: Ints) -> tuple[Ints, Ints]:
    """Return (song, consumer) of people who play one song eight to thirty times a day for a week or two."""
    people = plan.crowds[code].people
    chance = dice(plan.seed, "superfans", code)
    number = people // 10
    who, begins, lasts = (
        chance.integers(0, people, number),
        chance.integers(0, 90, number),
        chance.integers(5, 16, number),
    )
    taste, often = chance.integers(0, 1 << 20, number), chance.integers(8, 31, number)
    on = np.flatnonzero((day - begins) % 90 < lasts)
    edges = np.cumsum(strength) >> 8
    song = np.searchsorted(edges, taste[on] * edges[-1] >> 20, side="right")
    return np.repeat(song, often[on]), np.repeat(who[on], often[on])


def _cheats(plan: Plan, code: str, day: date) -> tuple[Ints, Ints]:
    """Return (song, consumer) of the bots, and of the farm that never listens to the end."""
    if code != plan.home or not 0 <= (plan.last - day).days < CHEATING_DAYS:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    crowd, roles = plan.crowds[code], plan.songs.roles
    busy = dice(plan.seed, "bots", code, day.toordinal()).integers(170, 231, crowd.bots)
    bots = np.repeat(crowd.people + np.arange(crowd.bots), busy)
    farm = np.repeat(crowd.people + crowd.bots + np.arange(crowd.farm), _FARM_PLAYS)
    song = np.repeat((roles[Role.BOTS][0], roles[Role.SKIPPED][0]), (len(bots), len(farm)))
    return song, np.concatenate((bots, farm))


def _pays(crowd: Crowd, who: Ints) -> npt.NDArray[np.bool_]:
    """Return who has a paid account: three of five people, no bot, the whole farm."""
    return np.where(who < crowd.people, who % 5 < 3, who >= crowd.people + crowd.bots)


def _played(chance: np.random.Generator, seconds: Ints, skips: npt.NDArray[np.bool_]) -> Ints:
    """Return the milliseconds played: most of the song, or less than thirty seconds of it."""
    heard = seconds * 10 * chance.integers(55, 101, len(seconds))
    short = chance.integers(1_000, 30_000, len(seconds))
    return np.where(skips | (chance.integers(0, 100, len(seconds)) < _SKIPS), short, heard)


def streams(plan: Plan, place: Territory, day: date) -> Rows:
    """Return the events of one UTC day that fall into the market's civil days."""
    code, crowd, words = place.code, plan.crowds[place.code], plan.words
    chance = dice(plan.seed, "listening", code, day.toordinal())
    strength = plan.lives.streams(code, day)
    number = crowd.plays * day_factor(day) // 100
    usual = np.repeat(np.arange(len(strength)), allot(strength, number, day.toordinal() * 7919 * 7919))
    fans_song, fans = _superfans(plan, code, day.toordinal(), strength)
    cheats_song, cheats = _cheats(plan, code, day)
    song = np.concatenate((usual, fans_song, cheats_song))
    who = np.concatenate((_habits(crowd, usual, chance), fans, cheats))
    at = instants(chance, by_hour(place.zone, day), day, len(song))
    played = _played(chance, plan.songs.seconds[song], who >= crowd.people + crowd.bots)
    order = np.argsort(at, kind="stable")
    order = order[in_period(at[order], plan, place)]
    song, who = song[order], who[order]
    measures = np.where(_pays(crowd, who), words.code("measure", PREMIUM), words.code("measure", AD_FUNDED))
    return {
        "at": at[order],
        "territory": np.full(len(song), words.code("territory", code)),
        "channel": np.full(len(song), words.code("channel", STREAM_A)),
        "measure": measures,
        "isrc": words.by_song["isrc", "plain"][song],
        "title": words.by_song["title", "plain"][song],
        "artist": words.by_song["artist", "plain"][song],
        "quantity": np.ones(len(song), np.int64),
        "ms_played": played[order],
        "consumer": plan.consumers[code][who],
        "released": plan.songs.released[song] - UNIX,
    }
