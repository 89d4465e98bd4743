"""Days, weeks and slots: the calendar that no engine is ever asked for.

Everything here is plain :mod:`datetime` and :mod:`zoneinfo`. Instants are naive UTC, so that engines see bytes
and never a zone; a civil day belongs to a named zone.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_QUARTERS = 96
"""Quarters of an hour of a day."""
_START = re.compile(r"^(monday|tuesday|wednesday|thursday|friday|saturday|sunday) ([01]\d|2[0-3]):([0-5]\d)$")


class WeekStart(NamedTuple):
    """The weekday (Monday is 0) and civil time at which a tracking week begins."""

    weekday: int
    at: time

    @classmethod
    def parse(cls, text: str) -> "WeekStart":
        """Return the start named by ``"friday 00:00"``; ``ValueError`` when it is not of that form."""
        match = _START.match(text)
        if not match:
            raise ValueError(f"{text!r} is not a weekday and a time such as 'friday 00:00'")
        return cls(WEEKDAYS.index(match[1]), time(int(match[2]), int(match[3])))


def utc(day: date, at: time, zone: str) -> datetime:
    """Return the naive UTC instant of a civil day and time in ``zone`` (the first one when clocks repeat)."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Window:
    """The span whose consumption counts for one issue.

    Attributes:
        zone: the zone its days are civil days of.
        first_day, last_day: the civil days it touches, both included.
        starts, ends: naive UTC instants, the end excluded.
    """

    zone: str
    first_day: date
    last_day: date
    starts: datetime
    ends: datetime

    @property
    def days(self) -> tuple[date, ...]:
        """The civil days that the window touches."""
        return tuple(self.first_day + timedelta(n) for n in range((self.last_day - self.first_day).days + 1))


def window(first_day: date, at: time, zone: str, days: int = 7) -> Window:
    """Return the window of ``days`` civil days that begins on ``first_day`` at civil time ``at``."""
    after = first_day + timedelta(days)
    last = after - timedelta(1) if at == time() else after
    return Window(zone, first_day, last, utc(first_day, at, zone), utc(after, at, zone))


def earlier(span: Window, back: int) -> Window:
    """Return the window that lies ``back`` windows of the same civil length before ``span``."""
    zone = ZoneInfo(span.zone)
    starts, ends = (moment.replace(tzinfo=UTC).astimezone(zone) for moment in (span.starts, span.ends))
    days = (ends.date() - starts.date()).days
    return window(starts.date() - timedelta(days * back), starts.time(), span.zone, days)


class Slot(NamedTuple):
    """A piece of a civil day for which totals are kept: the whole day unless a book cuts it.

    ``starts`` and ``ends`` are naive UTC instants, the end excluded; ``starts`` names the slot.
    """

    day: date
    starts: datetime
    ends: datetime
    whole: bool


@lru_cache(maxsize=16_384)
def slots(day: date, zone: str, cuts: frozenset[tuple[int, str]] = frozenset()) -> tuple[Slot, ...]:
    """Return the slots of one civil day in order; ``cuts`` are (weekday, "HH:MM") at which days are cut."""
    times = sorted({time(), *(time.fromisoformat(at) for weekday, at in cuts if weekday == day.weekday())})
    edges = [*(utc(day, at, zone) for at in times), utc(day + timedelta(1), time(), zone)]
    return tuple(Slot(day, a, b, len(times) == 1) for a, b in pairwise(edges))


class Shift(NamedTuple):
    """Instants, the end excluded, that are moved by so many seconds."""

    starts: datetime
    ends: datetime
    seconds: int


@lru_cache(maxsize=1 << 14)
def shifts(zone: str, own: str, day: date) -> tuple[Shift, ...]:
    """Return by how much the instants of a UTC day are moved so that ``zone`` has the civil time that ``own`` had.

    Clocks change at quarters of an hour, so these are looked at, on days near to a change. A time that ``zone`` skips
    is the one an hour later of the same day; of a time that it has twice it is the first one.
    """
    midnight = datetime.combine(day, time())
    far = [_moved(midnight + timedelta(days), zone, own) for days in (-2, -1, 0, 1, 2, 3)]
    steps = 1 if len(set(far)) == 1 else _QUARTERS
    edges = [midnight + timedelta(1) * step / steps for step in range(steps + 1)]
    found: list[Shift] = []
    for starts, ends in pairwise(edges):
        seconds = _moved(starts, zone, own)
        if found and found[-1].seconds == seconds:
            found[-1] = Shift(found[-1].starts, ends, seconds)
        else:
            found.append(Shift(starts, ends, seconds))
    return tuple(found)


def _moved(instant: datetime, zone: str, own: str) -> int:
    civil = instant.replace(tzinfo=UTC).astimezone(ZoneInfo(own))
    return int((utc(civil.date(), civil.time(), zone) - instant).total_seconds())
