"""What the imported lists of awards of a house say of one song, as facts that an article can be held to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hitparade.catalog.folding import fold
from hitparade.catalog.titles import parse_title
from hitparade.records.query import Award, Series, Views

_CODE = 2
"""How many letters a country's code has."""
_METALS = ("silver", "gold", "platin", "diamond")
_TIMES = re.compile(r"\d+")


def height(level: str) -> tuple[int, int]:
    """Return what orders the levels of one programme: the metal, then how many times; a bare "multi" is two."""
    said = level.casefold()
    metal = max((n for n, name in enumerate(_METALS, 1) if name in said), default=0)
    times = _TIMES.search(said)
    return metal, int(times[0]) if times else 1 + ("multi" in said)


def in_order(awards: Iterable[Award]) -> tuple[Award, ...]:
    """Return awards by day; of those of one day, as when a list is caught up, the highest stands last."""
    return tuple(sorted(awards, key=lambda one: (one.given, height(one.level), one.level, one.place)))


@dataclass(frozen=True, slots=True)
class AwardList:
    """The awards of one song on one list, or in a log.

    Attributes:
        territory: where the list is of: as its importer said, else the letters that its id begins with.
        begins, ends: the first and the last award of any song that the list has.
        whole: that a level is not there says something; not so of a log that somebody keeps by hand.
    """

    id: str
    title: str
    territory: str
    begins: date
    ends: date
    simulated: bool
    awards: tuple[Award, ...]
    whole: bool = True


def awards_held(views: Views, title: str, artists: Iterable[str]) -> tuple[AwardList, ...]:
    """Return what every list of awards that is held says of the song of this title by any of these artists."""
    names = tuple(map(fold, artists))
    return tuple(_of_song(views, one, fold(parse_title(title).base), names) for one in views.award_lists())


def _of_song(views: Views, one: Series, title: str, artists: tuple[str, ...]) -> AwardList:
    found = (award for award in views.awards(one.id) if is_of(award, title, artists))
    return AwardList(one.id, one.title, territory_of(one), one.first, one.last, one.simulated, in_order(found))


def is_of(award: Award, title: str, artists: Iterable[str]) -> bool:
    """Return whether an award is of the song of this folded title, without its versions, by any of these artists."""
    return title in (fold(award.title), fold(parse_title(award.title).base)) and any(
        f" {name} " in f" {fold(award.artist)} {fold(award.title)} " for name in artists
    )


def territory_of(one: Series) -> str:
    """Return where a list is of: as its importer said, else the letters that its id begins with."""
    code, dash, _ = one.id.partition("-")
    return one.territory or (code.upper() if dash and len(code) == _CODE else "")
