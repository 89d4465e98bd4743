"""Where the songs that play a part stand, and when.

A part is a line of (day, position) knots. Between knots a song is steered to that position among what people
stream; before the first and after the last it lives like every other song.
"""

from collections.abc import Iterator
from datetime import date

from hitparade.simulate.roles import Role

Knots = tuple[tuple[int, int], ...]
Part = tuple[Role, int, Knots]
"""A role, which of its songs, and the knots."""

_STREAMED = (
    "2016-01-29 29  2016-02-05 24  2016-02-12 17  2016-02-19 23  2016-02-26 36  2016-03-04 62  2016-03-18 95 "
    "2016-05-19 110 2016-05-24 60  2016-05-27 36  2016-06-03 27  2016-06-10 19  2016-06-17 13  2016-06-24 9 "
    "2016-07-15 7   2016-10-07 6   2016-12-30 60  2017-06-30 200"
)
_HEARD = (
    "2016-01-29 150 2016-05-10 110 2016-05-24 60  2016-06-03 42  2016-06-10 30  2016-06-17 21  2016-06-24 14 "
    "2016-07-15 9   2016-10-07 5   2017-01-31 60  2017-06-30 200"
)


def _dated(said: str) -> Knots:
    words = said.split()
    return tuple(
        (date.fromisoformat(day).toordinal(), int(place)) for day, place in zip(words[::2], words[1::2], strict=True)
    )


def _from(start: int, *knots: tuple[int, int]) -> Knots:
    return tuple((start + days, place) for days, place in knots)


def late_day(first: date, last: date) -> date:
    """Return the day that stream-b delivers late: the Wednesday of the last chart week but two."""
    thursday = last.toordinal() - (last.weekday() - 3) % 7
    return date.fromordinal(max(first.toordinal(), thursday - 15))


def _friday(first: date, last: date, percent: int) -> int:
    """Return the last Friday before so much of the period has passed."""
    day = first.toordinal() + (last - first).days * percent // 100
    return day - (day - date(2016, 1, 1).toordinal()) % 7


def _disputed(end: int) -> Iterator[Part]:
    """Give the songs that cheats push and the one that comes late, all near the foot of the chart."""
    for role, place in ((Role.BOTS, 31), (Role.SKIPPED, 33), (Role.BULK, 38), (Role.SURGE, 26)):
        yield role, 0, _from(end, (-75, 200), (-56, place + 12), (-42, place), (30, place + 2))


def _albums(first: date, last: date) -> Iterator[Part]:
    """Give the songs of two artists who have more on the chart at once than an artist's cap lets through."""
    out, second = _friday(first, last, 42), _friday(first, last, 76)
    for n, place in enumerate((2, 5, 9, 13, 17, 22, 27, 33)):
        yield (
            Role.ALBUM,
            n,
            _from(out, (0, place), (7, place + 3), (42, place * 2 + 22), (90, place * 3 + 120)),
        )
    for n, place in enumerate((3, 8, 12, 16, 20)):
        yield (
            Role.SECOND_ALBUM,
            n,
            _from(second, (0, place), (28, place + 3), (60, place + 12), (120, 200 + place)),
        )


def _returns(first: date, last: date) -> Iterator[Part]:
    """Give the songs that leave in January and come back with a film."""
    for n, percent in enumerate((30, 40, 52, 63, 74, 84)):
        low, film = 90 + 5 * n, _friday(first, last, percent)
        leaving = _from(first.toordinal(), (-30, 14 + 3 * n), (14, 24 + 3 * n), (35, low))
        back = _from(film, (-3, low + 40), (1, 14 + 2 * n), (10, 18 + 3 * n), (35, low), (90, 250))
        yield Role.RETURNS, n, tuple(knot for knot in leaving if knot[0] < film - 3) + back


def _seasons(first: date, last: date) -> Iterator[Part]:
    for year in range(first.year, last.year + 2):
        new_year, valentine = date(year, 1, 1).toordinal(), date(year, 2, 14).toordinal()
        for n, best in enumerate((3, 8, 14)):
            yield (
                Role.CHRISTMAS,
                n,
                _from(new_year, (-45, 180), (-8, best), (0, 2 * best), (6, 110), (20, 400)),
            )
        yield Role.VALENTINE, 0, _from(valentine, (-14, 200), (-1, 18), (2, 30), (10, 300))


def parts(first: date, last: date) -> Iterator[Part]:
    """Give all that is steered in a market from ``first`` to ``last``."""
    end = last.toordinal()
    yield Role.THE_SONG, 0, _dated(_STREAMED)
    yield from _disputed(end)
    yield from _albums(first, last)
    yield from _returns(first, last)
    yield from _seasons(first, last)
    for n, place in enumerate((23, 29)):
        yield Role.SAME_TITLE, n, _from(end, (-80, 220), (-40, place + 25), (-21, place), (30, place + 6))


def heard() -> Knots:
    """Return where stations play the song of the acceptance case; others follow streams by two weeks."""
    return _dated(_HEARD)
