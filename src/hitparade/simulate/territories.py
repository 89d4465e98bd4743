"""The territories a market can have: their zone, money, size and the hours at which people listen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from hitparade.errors import UsageError
from hitparade.simulate.dice import Ints

_LISTENING = (12, 7, 4, 3, 3, 6, 14, 28, 40, 42, 40, 42, 46, 44, 42, 46, 52, 58, 56, 52, 48, 42, 34, 22)
_HEARING = (12, 8, 6, 6, 10, 24, 62, 100, 96, 76, 70, 66, 68, 64, 62, 70, 84, 88, 66, 46, 36, 30, 24, 18)


@dataclass(frozen=True, slots=True)
class Territory:
    """One territory: ``share`` says how many of a hundred consumers of the usual two live there."""

    code: str
    zone: str
    currency: str
    prices: tuple[str, ...]
    share: int


_KNOWN = (
    Territory("GB", "Europe/London", "GBP", ("0.59", "0.79", "0.99"), 60),
    Territory("US", "America/New_York", "USD", ("0.69", "0.99", "1.29"), 40),
    Territory("CA", "America/Toronto", "CAD", ("0.69", "0.99", "1.29"), 15),
    Territory("AU", "Australia/Sydney", "AUD", ("1.19", "1.69", "2.19"), 15),
    Territory("DE", "Europe/Berlin", "EUR", ("0.69", "0.99", "1.29"), 30),
    Territory("FR", "Europe/Paris", "EUR", ("0.69", "0.99", "1.29"), 25),
    Territory("IT", "Europe/Rome", "EUR", ("0.69", "0.99", "1.29"), 20),
    Territory("NO", "Europe/Oslo", "NOK", ("7.00", "9.00", "12.00"), 8),
    Territory("RO", "Europe/Bucharest", "RON", ("2.99", "4.99", "5.99"), 8),
    Territory("NZ", "Pacific/Auckland", "NZD", ("1.79", "2.39", "2.99"), 5),
    Territory("CH", "Europe/Zurich", "CHF", ("1.10", "1.60", "2.20"), 6),
    Territory("NL", "Europe/Amsterdam", "EUR", ("0.69", "0.99", "1.29"), 12),
    Territory("ES", "Europe/Madrid", "EUR", ("0.69", "0.99", "1.29"), 15),
    Territory("SE", "Europe/Stockholm", "SEK", ("7.00", "9.00", "12.00"), 8),
    Territory("BR", "America/Sao_Paulo", "BRL", ("1.99", "2.99", "3.90"), 30),
    Territory("MX", "America/Mexico_City", "MXN", ("9.00", "12.00", "15.00"), 20),
    Territory("JP", "Asia/Tokyo", "JPY", ("150", "200", "250"), 20),
)
TERRITORIES = {each.code: each for each in _KNOWN}


def territory(code: str) -> Territory:
    """Return the territory of that code; an unknown one is refused with those that are known."""
    if code not in TERRITORIES:
        raise UsageError(f"--territories: {code!r} has no simulated market; known: {', '.join(TERRITORIES)}")
    return TERRITORIES[code]


def local_hours(zone: str, day: date) -> list[int]:
    """Return the civil hour in ``zone`` at which each of the 24 hours of a UTC day begins."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return [(start + timedelta(hours=n)).astimezone(ZoneInfo(zone)).hour for n in range(24)]


def by_hour(zone: str, day: date, *, heard: bool = False) -> Ints:
    """Return for each hour of a UTC day how much people listen, or of what share a station is ``heard``."""
    table = _HEARING if heard else _LISTENING
    return np.array([table[hour] for hour in local_hours(zone, day)], np.int64)
