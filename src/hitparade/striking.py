"""Taking rows out of a chart's count for a house: a song is found by its name, a consumer by the house's salt."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hitparade import lookup
from hitparade.archive import desk, strikes
from hitparade.archive.strikes import Struck
from hitparade.counting import Strike
from hitparade.errors import UsageError

if TYPE_CHECKING:
    from hitparade.house import House

_DIGITS = 16


def strike(
    house: "House", chart: str, first_day: date, last_day: date, *, why: str, by: str,
    song: str = "", channel: str = "", measure: str = "", consumer: str = "", delivery: str = "",
) -> Struck:  # fmt: skip
    """Log that rows do not count on a chart, and return it as logged.

    Raises:
        UsageError: it names no rows, or a delivery that is not here.
    """
    book = house.book(chart)
    if delivery and delivery not in {each.id for each in house.deliveries()}:
        raise UsageError(f"--delivery {delivery!r}: no such delivery is here; `hitparade deliveries` lists them")
    said = Strike("", first_day, last_day, "", channel, measure, hidden(house, consumer), delivery, why)
    if song:
        known = desk.known_issue(house.paths, house.database, book.id, first_day)
        said = replace(said, song=lookup.song(house, known, song))
    return strikes.enter(house.paths, house.database, strikes.made(book.id, said, by=by, at=house.clock()))


def hidden(house: "House", consumer: str) -> str:
    """Return a sender's name of a consumer as rows have it: a digest with the house's salt."""
    if not consumer:
        return ""
    text = f"{house.config.consumer_salt}{consumer}".encode()
    return hashlib.md5(text, usedforsecurity=False).hexdigest()[:_DIGITS]


def lift(house: "House", id_: str, *, why: str, by: str) -> Struck:
    """Let rows count again, and return the strike as logged."""
    return strikes.lift(house.paths, house.database, id_, why=why, by=by, at=house.clock())
