"""The parts that some songs play in a market, so that every rule has something to bite."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """A part in the market's stories."""

    THE_SONG = "the song of the acceptance case"
    BOTS = "streamed by bots hundreds of times a day"
    SKIPPED = "started again and again by one farm, skipped before 30 seconds"
    BULK = "bought in bulk by one customer"
    SURGE = "surges at stream-b on the day that comes late"
    ALBUM = "eight songs of one artist, out on one Friday"
    SECOND_ALBUM = "five songs of one artist, on the chart at once until the end"
    RETURNS = "comes back after a film or an advertisement uses it"
    CHRISTMAS = "seasonal, gone after the first week of January"
    VALENTINE = "seasonal, back for a week in February"
    SAME_TITLE = "shares its title with another artist's song"


ROLES: Mapping[Role, int] = {
    Role.THE_SONG: 1,
    Role.BOTS: 1,
    Role.SKIPPED: 1,
    Role.BULK: 1,
    Role.SURGE: 1,
    Role.ALBUM: 8,
    Role.SECOND_ALBUM: 5,
    Role.RETURNS: 6,
    Role.CHRISTMAS: 3,
    Role.VALENTINE: 1,
    Role.SAME_TITLE: 2,
}
"""How many songs play each part; they are the first songs of a market, in this order."""
SEASONAL = (Role.CHRISTMAS, Role.VALENTINE)
"""Parts of songs that have been out for years."""


@dataclass(frozen=True, slots=True)
class Named:
    """A song that exists: its name and two release dates are facts of the article, its figures invented."""

    title: str
    lead: str
    credit: str
    released: date
    single: date


THE_SONG = Named(
    "We Don't Talk Anymore",
    "Charlie Puth",
    "Charlie Puth featuring Selena Gomez",
    date(2016, 1, 29),
    date(2016, 5, 24),
)
