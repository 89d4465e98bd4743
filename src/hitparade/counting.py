"""What is counted and when, beyond the quantities of one window: values that a rulebook hands to the ledger.

All of it is plain and frozen, so that it is sealed with an edition; measures stand by their full names.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from hitparade.weeks import WEEKDAYS, Window

WORLD = "GLOBAL"
"""In a set: every territory. As a territory of rows: what a sender added up over the whole world."""
OTHER = "other"
"""The daypart of all hours that no named daypart holds."""
SALES = ("download", "physical")
"""Uses in which products are sold."""
_HOUR = 60
_DAY = 24 * _HOUR
_DAYS = "|".join(WEEKDAYS)
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_HOURS = re.compile(rf"^({_DAYS})(?:-({_DAYS}))? ({_CLOCK})-({_CLOCK}|24:00)$")


@dataclass(slots=True, frozen=True)
class Hours:
    """A stretch of the civil week: weekdays from ``first`` to ``last`` (Monday 0), from minute to minute of the day."""

    first: int
    last: int
    begins: int
    ends: int

    @classmethod
    def parse(cls, text: str) -> "Hours":
        """Return the stretch named by ``monday-friday 07:00-19:00``; ``ValueError`` when it is not of that form."""
        match = _HOURS.match(text)
        if not match:
            raise ValueError(f"{text!r} is not of the form 'monday-friday 07:00-19:00'")
        first, begins, ends = WEEKDAYS.index(match[1]), _minute(match[3]), _minute(match[4])
        last = WEEKDAYS.index(match[2]) if match[2] else first
        if ends <= begins:
            raise ValueError(f"{text!r} ends before it begins")
        return cls(first, last, begins, ends)

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The weekdays it lies on; from Saturday to Monday are three."""
        count = (self.last - self.first) % len(WEEKDAYS) + 1
        return tuple((self.first + n) % len(WEEKDAYS) for n in range(count))

    def holds(self, weekday: int, minute: int) -> bool:
        """Return whether a minute of a weekday lies within."""
        return weekday in self.weekdays and self.begins <= minute < self.ends

    @property
    def cuts(self) -> frozenset[tuple[int, str]]:
        """Where days must be cut for it: (weekday, "HH:MM"), midnight left out."""
        edges = [edge for edge in (self.begins, self.ends) if 0 < edge < _DAY]
        return frozenset((weekday, _clock(edge)) for weekday in self.weekdays for edge in edges)


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * _HOUR + int(minute)


def _clock(minute: int) -> str:
    return f"{minute // _HOUR:02}:{minute % _HOUR:02}"


@dataclass(slots=True, frozen=True)
class Territories:
    """A set of territories: those in ``of`` without those in ``minus``; a country stands for its subdivisions too.

    ``GLOBAL`` in ``of`` is every territory. Rows that a sender added up over the whole world are never in a set,
    because nothing can be taken away from them.
    """

    of: tuple[str, ...]
    minus: tuple[str, ...] = ()

    def holds(self, code: str) -> bool:
        """Return whether rows of a territory count."""
        return code != WORLD and _within(code, self.of) and not _within(code, self.minus)

    def __str__(self) -> str:
        without = f" without {', '.join(self.minus)}" if self.minus else ""
        return f"{', '.join(self.of)}{without}"


def _within(code: str, codes: Iterable[str]) -> bool:
    return any(each in {WORLD, code, code.partition("-")[0]} for each in codes)


@dataclass(slots=True, frozen=True)
class Amount:
    """What is added up of a measure.

    Attributes:
        of: ``quantity``, ``audience``, or ``revenue`` in minor units of ``currency``.
        round_to: each song's sum of a window is rounded to multiples of this; 1 leaves it as it is.
        rounding: ``down`` or ``half_up``.
    """

    of: str = "quantity"
    currency: str = ""
    round_to: int = 1
    rounding: str = "down"


PLAIN = Amount()


@dataclass(slots=True, frozen=True)
class PanelRow:
    """The weight of a channel in a daypart (empty: in all hours) from one day to another (None: without end)."""

    channel: str
    daypart: str
    weight: int
    first_day: date | None = None
    last_day: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether it is in force on a day."""
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)


class PanelLine(NamedTuple):
    """One line of a panel file: a row, and the format that it is of."""

    row: PanelRow
    format: str


@dataclass(slots=True, frozen=True)
class Bulk:
    """How much of one customer, product and recording counts: up to ``counts``, and nothing from ``void_from`` on.

    ``per`` is ``day`` or ``week``; a week begins on ``weekday`` (Monday 0) at civil time ``at``.
    """

    counts: int
    void_from: int | None = None
    per: str = "week"
    weekday: int = 0
    at: str = "00:00"


@dataclass(slots=True, frozen=True)
class Floor:
    """The least price of one piece in minor units; a sale in another currency or without a price is not touched."""

    value: int
    currency: str


@dataclass(slots=True, frozen=True)
class Products:
    """Of which products a sale counts, by what the sender states of them; of what is not stated, every sale counts.

    Attributes:
        titles: a product of more titles does not count, None for any number; versions of one title are one.
        tracks: a product of more tracks does not.
        lead: whether a product of several titles counts for its lead track alone.
    """

    titles: int | None = None
    tracks: int | None = None
    lead: bool = False


@dataclass(slots=True, frozen=True)
class Strike:
    """Rows that a decision takes out of the count: those of some civil days that fit everything that it names.

    Attributes:
        id: the decision's name; ``why`` its reason.
        first_day, last_day: civil days of the chart's zone, both included.
        song: a song's key; ``channel``, ``measure`` (or a use with ``.*``), ``consumer`` (as stored, a digest) and
            ``delivery``; what is empty fits every row.
    """

    id: str
    first_day: date
    last_day: date
    song: str = ""
    channel: str = ""
    measure: str = ""
    consumer: str = ""
    delivery: str = ""
    why: str = ""

    @property
    def takes(self) -> tuple[str, ...]:
        """What decides which rows are taken out."""
        days = str(self.first_day), str(self.last_day)
        return (*days, self.song, self.channel, self.measure, self.consumer, self.delivery)

    def __str__(self) -> str:
        said = [
            f"of {name} {value}"
            for name in ("song", "channel", "measure", "consumer", "delivery")
            if (value := getattr(self, name))
        ]
        return f"rows {', '.join(said)}, {self.first_day} to {self.last_day}"


@dataclass(slots=True, frozen=True)
class Imputation:
    """A day that a channel missed is taken from the same weekday up to ``weeks`` before; at most ``days`` a window."""

    weeks: int
    days: int


@dataclass(slots=True, frozen=True)
class Outage:
    """The window ends up to ``days`` earlier while less than a share of those expected told of its last day."""

    days: int
    reporters: tuple[int, int]


@dataclass(slots=True, frozen=True)
class Counting:
    """What an issue adds up.

    Attributes:
        territories: the set that counts, or None for the book's territory alone.
        amounts: by measure, where it is not the plain quantity.
        windows: by measure, where it is not the issue's own window.
        hours: by measure, the only hours that count.
        dayparts: by name, the hours of a daypart of the panel.
        net: whether returned pieces are taken away.
        uplift: by measure, the ratio by which it is raised for channels that never report.
        imputation: by measure, how days that were missed are estimated.
        quorum: so many channels must have reported for the issue to be published.
        outage: how the window gives way when its last days were not reported.
        earlier: the windows before, newest first, where they are not of the same civil length.
        nominal: the window as the calendar has it, where an outage made it shorter.
        prices: by measure, the currency in which money is added up beside what counts, for average prices.
    """

    territories: Territories | None = None
    amounts: Mapping[str, Amount] = field(default_factory=dict)
    windows: Mapping[str, Window] = field(default_factory=dict)
    hours: Mapping[str, tuple[Hours, ...]] = field(default_factory=dict)
    dayparts: Mapping[str, tuple[Hours, ...]] = field(default_factory=dict)
    net: bool = False
    uplift: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    imputation: Mapping[str, Imputation] = field(default_factory=dict)
    quorum: int = 0
    outage: Outage | None = None
    earlier: tuple[Window, ...] = ()
    nominal: Window | None = None
    prices: Mapping[str, str] = field(default_factory=dict)


def of_measure(patterns: Mapping[str, object], measure: str) -> str | None:
    """Return the pattern that holds for a measure: its own name, else its use with ``.*``, else None."""
    whole_use = f"{measure.partition('.')[0]}.*"
    return measure if measure in patterns else whole_use if whole_use in patterns else None
