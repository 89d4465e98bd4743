"""Who report a day in sums: stream-b by song and tier, shops by song, and a customer who buys in bulk."""

from datetime import date

import numpy as np

from hitparade.simulate.dice import Ints, allot, dice
from hitparade.simulate.listeners import CHEATING_DAYS, day_factor
from hitparade.simulate.parts import late_day
from hitparade.simulate.plan import AD_FUNDED, DOWNLOAD, PREMIUM, SHOPS, STREAM_B, Plan
from hitparade.simulate.roles import THE_SONG, Role
from hitparade.simulate.rows import UNIX, Rows, joined
from hitparade.simulate.territories import Territory

_B_TIMES = 20
_B_LEAST = 4


def _daily(
    plan: Plan,
    place: Territory,
    day: date,
    song: Ints,
    quantity: Ints,
    channel: str,
    spellings: tuple[str, str],
) -> Rows:
    words, (code, text) = plan.words, spellings
    return {
        "day": np.full(len(song), day.toordinal() - UNIX),
        "territory": np.full(len(song), words.code("territory", place.code)),
        "channel": np.full(len(song), words.code("channel", channel)),
        "isrc": words.by_song["isrc", code][song],
        "title": words.by_song["title", text][song],
        "artist": words.by_song["artist", text][song],
        "quantity": quantity,
        "released": plan.songs.released[song] - UNIX,
    }


def stream_b(plan: Plan, place: Territory, day: date) -> Rows:
    """Return what stream-b reports of one civil day: plays of each song, paid and ad-funded apart."""
    strength = plan.lives.streams(place.code, day)
    number = plan.crowds[place.code].plays * _B_TIMES * day_factor(day) // 100
    plays = allot(strength, number, day.toordinal() * 104_729 * 7919)
    paid = plays * plan.songs.premium // 1000
    if place.code == plan.home and day == late_day(plan.first, plan.last):
        paid[plan.songs.roles[Role.SURGE][0]] += number * 3 // 100
    parts = []
    for measure, quantity in ((PREMIUM, paid), (AD_FUNDED, plays - plays * plan.songs.premium // 1000)):
        song = np.flatnonzero(quantity >= _B_LEAST)
        rows = _daily(plan, place, day, song, quantity[song], STREAM_B, ("plain", "plain"))
        parts.append({**rows, "measure": np.full(len(song), plan.words.code("measure", measure))})
    return joined(parts)


def _bulk(plan: Plan, place: Territory, day: date) -> Ints:
    """Return how many copies of each song one customer buys: of one song, on Tuesdays near the end."""
    copies = np.zeros(len(plan.songs), np.int64)
    tuesday = 1
    if place.code == plan.home and day.weekday() == tuesday and (plan.last - day).days < CHEATING_DAYS:
        copies[plan.songs.roles[Role.BULK][0]] = max(5, plan.crowds[place.code].plays * 6 // 1000)
    return copies


def sales(plan: Plan, place: Territory, day: date) -> Rows:
    """Return the downloads of one civil day, shop by shop."""
    strength = plan.lives.streams(place.code, day) * plan.songs.sells // 100
    number = max(8, plan.crowds[place.code].plays * 75 // 1000 * day_factor(day) // 100)
    phase = int(dice(plan.seed, "shops", place.code, day.toordinal()).integers(0, 1 << 40))
    parts = []
    for shop, share, spellings in zip(SHOPS, (60, 40), (("plain", "plain"), ("hyphens", "upper")), strict=True):
        copies = allot(strength, number * share // 100, phase + 7919 * share)
        song = np.flatnonzero(copies)
        parts.append(_priced(plan, place, day, _daily(plan, place, day, song, copies[song], shop, spellings), song))
    copies = _bulk(plan, place, day)
    song = np.flatnonzero(copies)
    bulk = _priced(plan, place, day, _daily(plan, place, day, song, copies[song], SHOPS[0], ("plain", "plain")), song)
    parts.append({**bulk, "consumer": np.full(len(song), plan.consumers[place.code][0])})
    return joined(parts)


def _priced(plan: Plan, place: Territory, day: date, rows: Rows, song: Ints) -> Rows:
    words = plan.words
    price = words.all("price", place.prices)[song % len(place.prices)]
    single = day >= THE_SONG.single
    stated = np.where(
        (song == plan.songs.roles[Role.THE_SONG][0]) & single,
        THE_SONG.single.toordinal() - UNIX,
        rows["released"],
    )
    return {
        **rows,
        "measure": np.full(len(song), words.code("measure", DOWNLOAD)),
        "price": price,
        "currency": np.full(len(song), words.code("currency", place.currency)),
        "released": stated,
    }
