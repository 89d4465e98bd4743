# ruff: noqa: PLR2004 - the proportions of the invented market stand where they are used
"""The songs of a market: names, identifiers, release days and how much people like them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from hitparade.simulate import names
from hitparade.simulate.dice import Ints, dice, skewed
from hitparade.simulate.parts import parts
from hitparade.simulate.roles import ROLES, SEASONAL, THE_SONG, Role

HALF_LIVES = (12, 18, 26, 38, 56, 84)
"""Days in which a song loses half of its listeners after its best day."""


@dataclass(frozen=True, slots=True)
class Songs:
    """All songs of a market, one index in every sequence; days are ordinals of :class:`datetime.date`."""

    title: tuple[str, ...]
    credit: tuple[str, ...]
    lead: tuple[str, ...]
    isrc: tuple[str, ...]
    released: Ints
    rise: Ints
    half_life: Ints
    appeal: Mapping[str, Ints]
    starts: Mapping[str, Ints]
    premium: Ints
    sells: Ints
    seconds: Ints
    roles: Mapping[Role, tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.title)


def _fridays(days: Ints) -> Ints:
    return days - (days - date(2016, 1, 1).toordinal()) % 7


def _release_days(chance: np.random.Generator, number: int, first: date, last: date) -> Ints:
    kind = chance.integers(0, 100, number)
    fresh = chance.integers(first.toordinal() - 110, last.toordinal() + 1, number)
    recent = chance.integers(first.toordinal() - 500, first.toordinal() - 110, number)
    old = chance.integers(first.toordinal() - 9000, first.toordinal() - 500, number)
    return np.where(kind < 62, fresh, np.where(kind < 84, recent, old))


def _credits(chance: np.random.Generator, known: list[str], number: int) -> tuple[list[str], list[str]]:
    lead = skewed(chance, len(known), number)
    guest = (lead + 1 + chance.integers(0, len(known) - 1, number)) % len(known)
    how = chance.integers(0, 100, number)
    joins = [" featuring " if n < 15 else " & " if n < 20 else "" for n in how]
    leads = [known[n] for n in lead]
    return leads, [a + join + known[b] if join else a for a, join, b in zip(leads, joins, guest, strict=True)]


def _cast(title: list[str], lead: list[str], credit: list[str], spare: list[str]) -> dict[Role, tuple[int, ...]]:
    """Give the first songs to the parts, each to an artist of its own; return which have which part."""
    cast: dict[Role, tuple[int, ...]] = {}
    place = 0
    for role, number in ROLES.items():
        cast[role] = tuple(range(place, place + number))
        place += number
    lead[:place] = credit[:place] = spare[-place:]
    for album in (Role.ALBUM, Role.SECOND_ALBUM):
        star, *_, guest = (lead[n] for n in cast[album])
        for n in cast[album]:
            lead[n] = credit[n] = star
        credit[cast[album][2]] = f"{star} featuring {guest}"
    one, other = cast[Role.SAME_TITLE]
    title[other] = title[one]
    title[0], lead[0], credit[0] = THE_SONG.title, THE_SONG.lead, THE_SONG.credit
    return cast


def build(seed: int, number: int, first: date, last: date, territories: tuple[str, ...]) -> Songs:
    """Return the songs of a market; those that play a role in its stories come first."""
    chance = dice(seed, "songs")
    title = names.titles(chance, number)
    known = names.artists(chance, sum(ROLES.values()) + max(40, number * 9 // 20))
    lead, credit = _credits(chance, known[: -sum(ROLES.values())], number)
    cast = _cast(title, lead, credit, known)
    released = _release_days(chance, number, first, last)
    for role, n, knots in parts(first, last):
        released[cast[role][n]] = knots[0][0] - (3003 if role in SEASONAL else 0)
    released = _fridays(released)
    order = np.argsort(chance.integers(0, 1 << 40, number), kind="stable")
    liking = 24_000_000 // (order + 26)
    liking[: sum(ROLES.values())] //= 20  # once its part is played a song must not return by its own strength
    coded = chance.integers(0, 100, number) >= 2
    coded[: sum(ROLES.values())] = True
    years = [date.fromordinal(int(day)).year % 100 for day in released]
    return Songs(
        title=tuple(title),
        credit=tuple(credit),
        lead=tuple(lead),
        isrc=tuple(
            f"QZSIM{year:02}{n + 1:05}" if said else "" for n, (year, said) in enumerate(zip(years, coded, strict=True))
        ),
        released=released,
        rise=chance.integers(0, 7, number) * 7,
        half_life=chance.integers(0, len(HALF_LIVES), number),
        appeal={code: liking * dice(seed, "taste", code).integers(400, 1600, number) // 1000 for code in territories},
        starts={code: released + _lag(seed, code, number) for code in territories},
        premium=chance.integers(520, 680, number),
        sells=chance.integers(40, 180, number),
        seconds=chance.integers(150, 265, number),
        roles=cast,
    )


def _lag(seed: int, code: str, number: int) -> Ints:
    chance = dice(seed, "lag", code)
    later = chance.integers(0, 100, number) < 12
    later[: sum(ROLES.values())] = False
    return np.where(later, chance.integers(1, 5, number) * 7, 0)
