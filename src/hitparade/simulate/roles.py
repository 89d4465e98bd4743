"""The parts that some songs play, so that every rule has something to bite: when they stand where.

A part is a line of (day, position) knots. Between knots a song is steered to that position among what people
stream; before the first and after the last it lives like every other song.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Knots = tuple[tuple[int, int], ...]


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
    """A song that exists. Its name and its two release dates are facts of the article; its figures here are invented."""

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

_STREAMED = (
    ("2016-01-29", 29), ("2016-02-05", 24), ("2016-02-12", 17), ("2016-02-19", 23), ("2016-02-26", 36), ("2016-03-04", 62),
    ("2016-03-18", 95), ("2016-05-19", 110), ("2016-05-24", 60), ("2016-05-27", 36), ("2016-06-03", 27), ("2016-06-10", 19),
    ("2016-06-17", 13), ("2016-06-24", 9), ("2016-07-15", 7), ("2016-10-07", 6), ("2016-12-30", 60), ("2017-06-30", 200),
)  # fmt: skip
_HEARD = (
    ("2016-01-29", 150), ("2016-05-10", 110), ("2016-05-24", 60), ("2016-06-03", 42), ("2016-06-10", 30), ("2016-06-17", 21),
    ("2016-06-24", 14), ("2016-07-15", 9), ("2016-10-07", 5), ("2017-01-31", 60), ("2017-06-30", 200),
)  # fmt: skip


def _dated(said: tuple[tuple[str, int], ...]) -> Knots:
    return tuple((date.fromisoformat(day).toordinal(), place) for day, place in said)


def late_day(first: date, last: date) -> date:
    """Return the day that stream-b delivers late: a Wednesday two whole Friday-to-Thursday weeks before the end."""
    thursday = last.toordinal() - (last.weekday() - 3) % 7
    return date.fromordinal(max(first.toordinal(), thursday - 15))


def parts(first: date, last: date) -> Iterator[tuple[Role, int, Knots]]:
    """Give (role, which of its songs, knots) for all that is steered in a market from ``first`` to ``last``."""
    start, end = first.toordinal(), last.toordinal()

    def friday(percent: int) -> int:
        day = start + (end - start) * percent // 100
        return day - (day - date(2016, 1, 1).toordinal()) % 7

    yield Role.THE_SONG, 0, _dated(_STREAMED)
    for role, place in ((Role.BOTS, 31), (Role.SKIPPED, 35), (Role.BULK, 38), (Role.SURGE, 26)):
        yield role, 0, ((end - 75, 200), (end - 56, place + 12), (end - 42, place), (end + 30, place + 4))
    for n, place in enumerate((2, 5, 9, 13, 17, 22, 27, 33)):
        out = friday(42)
        yield Role.ALBUM, n, ((out, place), (out + 7, place + 3), (out + 42, place * 2 + 22), (out + 90, place * 3 + 120))
    for n, place in enumerate((3, 8, 12, 16, 20)):
        out = friday(76)
        yield Role.SECOND_ALBUM, n, ((out, place), (out + 28, place + 3), (out + 60, place + 12), (out + 120, 200 + place))
    for n, back in enumerate((30, 40, 52, 63, 74, 84)):
        low, film = 90 + 5 * n, friday(back)
        yield Role.RETURNS, n, (
            (start - 30, 14 + 3 * n), (start + 14, 24 + 3 * n), (start + 35, low), (film - 3, low + 40), (film + 1, 18 + 4 * n),
            (film + 14, 28 + 4 * n), (film + 35, low), (film + 90, 250),
        )  # fmt: skip
    yield from _seasons(first, last)
    for n, place in enumerate((23, 29)):
        yield Role.SAME_TITLE, n, ((end - 80, 220), (end - 40, place + 25), (end - 21, place), (end + 30, place + 6))


def _seasons(first: date, last: date) -> Iterator[tuple[Role, int, Knots]]:
    for year in range(first.year, last.year + 2):
        new_year, valentine = date(year, 1, 1).toordinal(), date(year, 2, 14).toordinal()
        for n, place in enumerate((6, 15, 28)):
            knots = ((new_year - 45, 180), (new_year - 8, place // 2 + 1), (new_year, place), (new_year + 6, 110), (new_year + 20, 400))
            yield Role.CHRISTMAS, n, knots
        yield Role.VALENTINE, 0, ((valentine - 14, 200), (valentine - 1, 18), (valentine + 2, 30), (valentine + 10, 300))


def heard() -> Knots:
    """Return where stations play the song of the acceptance case; other songs follow their streams by two weeks."""
    return _dated(_HEARD)
