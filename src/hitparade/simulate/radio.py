"""Stations: playlists by the week, rotation by the day, hours of the day with their audience."""

from datetime import date, datetime

import numpy as np

from hitparade.simulate.dice import Ints, allot, dice
from hitparade.simulate.listeners import in_period, microseconds
from hitparade.simulate.plan import DETECTION, Plan
from hitparade.simulate.rows import Rows, joined, picked
from hitparade.simulate.territories import Territory, by_hour

PLAYLIST = 60
_DAY = 86_400
_CURLY, _UPPER = 2, 3


def silent_day(plan: Plan) -> tuple[str, date]:
    """Return the station of the last territory whose log of one day is missing, and that day."""
    station = plan.stations[plan.territories[-1].code][_CURLY]
    return station, date.fromordinal(plan.first.toordinal() + (plan.last - plan.first).days * 55 // 100)


def repeated_day(plan: Plan) -> tuple[str, date]:
    """Return the station of the last territory that logged some plays twice, and that day."""
    station = plan.stations[plan.territories[-1].code][1]
    return station, date.fromordinal(plan.first.toordinal() + (plan.last - plan.first).days * 70 // 100)


def week_of(day: date) -> int:
    """Return the number of the Monday-to-Sunday week in which editors set the playlist of ``day``."""
    return (day.toordinal() - 1) // 7


def _rotation(plan: Plan, code: str, week: int, station: int) -> tuple[Ints, Ints]:
    """Return the songs on a station's playlist for a week, most wanted first, and how often each comes."""
    chance = dice(plan.seed, "music editor", code, station)
    taste = chance.integers(250, 1750, len(plan.songs))
    wanted = plan.lives.plays(code, date.fromordinal(week * 7 + 1)) * taste // 1000
    listed = np.argsort(-wanted, kind="stable")[:PLAYLIST]
    listed = listed[wanted[listed] > 0]
    return listed, 12_000 // (np.arange(len(listed)) + 8)


def playlists(plan: Plan, code: str, day: date) -> list[tuple[Ints, Ints]]:
    """Return the rotation of every station of a territory in the week of ``day``."""
    return [_rotation(plan, code, week_of(day), n) for n in range(len(plan.stations[code]))]


def _day_of(plan: Plan, rotation: tuple[Ints, Ints], chance: np.random.Generator) -> tuple[Ints, Ints]:
    """Return (second of the day, song) of every play of a station on a day."""
    number = plan.scale.plays
    songs = np.repeat(rotation[0], allot(rotation[1], number, int(chance.integers(0, 1 << 40))))
    order = np.argsort(chance.integers(0, 1 << 40, len(songs)), kind="stable")
    gap = _DAY // max(1, number)
    return np.arange(len(songs)) * gap + chance.integers(0, max(1, gap - 60), len(songs)), songs[order]


def airplay(plan: Plan, place: Territory, day: date, lists: list[tuple[Ints, Ints]]) -> Rows:
    """Return the detections of one UTC day at every station, within the market's civil days."""
    hearing = by_hour(place.zone, day, heard=True)
    parts = []
    for n, station in enumerate(plan.stations[place.code]):
        chance = dice(plan.seed, "on air", place.code, n, day.toordinal())
        second, song = _day_of(plan, lists[n], chance)
        reach = 4_000 + 2_500 * (n * 7 % 13)
        audience = reach * hearing[second // 3600] * chance.integers(90, 111, len(song)) // 10_000
        spelling = {_CURLY: "curly", _UPPER: "upper"}.get(n, "plain")
        start = microseconds(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - naive UTC, as everywhere
        rows = {
            "at": start + second * 1_000_000,
            "territory": np.full(len(song), plan.words.code("territory", place.code)),
            "channel": np.full(len(song), plan.words.code("channel", station)),
            "measure": np.full(len(song), plan.words.code("measure", DETECTION)),
            "title": plan.words.by_song["title", spelling][song],
            "artist": plan.words.by_song["artist", spelling][song],
            "quantity": np.ones(len(song), np.int64),
            "audience": audience,
        }
        parts.append(_logged(plan, place, station, day, rows))
    return joined(parts)


def _logged(plan: Plan, place: Territory, station: str, day: date, rows: Rows) -> Rows:
    """Return what reaches us of a station's day: nothing once, and three plays twice at another."""
    if place.code == plan.territories[-1].code and (station, day) == silent_day(plan):
        return picked(rows, np.empty(0, np.int64))
    rows = picked(rows, np.flatnonzero(in_period(rows["at"], plan, place)))
    if place.code == plan.territories[-1].code and (station, day) == repeated_day(plan):
        return picked(rows, np.sort(np.append(np.arange(len(rows["at"])), (5, 9, 14))))
    return rows
