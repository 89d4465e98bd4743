"""What the totals of some days of a territory need: slots, row files, and the limits of each channel and measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from hitparade.weeks import Slot


class Kind(NamedTuple):
    """A channel and measure of a day, with the row limits that hold for it, or None.

    ``minimum`` is the least milliseconds of a play that counts; ``cap`` the most of one consumer and
    recording that count on the day, and with ``bulk`` of one product too, of which ``void`` or more count for
    nothing; ``weekly`` adds up the week. ``event`` counts beside plain sales. A piece sold below ``floor`` minor units
    of ``floor_currency`` does not count, nor one of a product of more than ``titles`` or ``tracks``; with ``lead`` one
    of several titles counts only for its lead track. ``grid`` has a bit for each slot of the day that begins at a cut
    for this measure, ``cut_days`` one for each weekday (Monday first) that is cut for it.
    """

    channel: str
    measure: str
    minimum: int | None = None
    cap: int | None = None
    void: int | None = None
    bulk: int = 0
    weekly: int = 0
    event: str | None = None
    floor: int | None = None
    floor_currency: str | None = None
    titles: int | None = None
    tracks: int | None = None
    lead: int = 0
    grid: int = -1
    cut_days: int = 0


class Week(NamedTuple):
    """A week over which a customer's pieces are added up: its instants, and the civil day on which it begins."""

    starts: datetime
    ends: datetime
    first_day: date


class Struck(NamedTuple):
    """Rows that do not count by a decision: of some instants or days, and of what else is named; nothing fits all."""

    starts: datetime
    ends: datetime
    first_day: date
    last_day: date
    spellings: tuple[int, ...] | None = None
    channel: str = ""
    measure: str = ""
    consumer: str = ""
    delivery: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What some days of a territory need: their slots, the row files of their partitions, their kinds in order.

    ``once`` leaves out rows that repeat channel, instant, consumer and recording. ``weeks`` are those that a day
    lies in, where a limit holds for a week; then it is one day, and ``files`` are those of all days of its weeks.
    ``struck`` are rows that decisions take out. ``zones`` are those of channels whose days are not of ``zone``.
    Several days are cut alike for all of their kinds, or each like the others.
    """

    days: tuple[date, ...]
    slots: tuple[Slot, ...]
    files: tuple[Path, ...]
    kinds: tuple[Kind, ...]
    once: bool = False
    weeks: tuple[Week, ...] = ()
    struck: tuple[Struck, ...] = ()
    zone: str = "UTC"
    zones: Mapping[str, str] = field(default_factory=dict)

    @property
    def several(self) -> bool:
        """Whether there are several days."""
        return len(self.days) > 1

    @property
    def cut(self) -> bool:
        """Whether a day has more than one slot."""
        return len(self.slots) > len(self.days)

    @property
    def cut_daily(self) -> bool:
        """Whether every day has more than one slot."""
        return not any(slot.whole for slot in self.slots)

    @property
    def capped(self) -> bool:
        """Whether any cap holds."""
        return any(kind.cap is not None for kind in self.kinds)

    @property
    def bulky(self) -> bool:
        """Whether any limit is one of pieces of one product."""
        return any(kind.bulk for kind in self.kinds)

    @property
    def even(self) -> bool:
        """Whether the days are cut alike for all of their kinds."""
        full = sum(1 << number for number in range(1, len(self.slots) - len(self.days) + 1))
        return all(kind.grid & full == full for kind in self.kinds)

    @property
    def whole_partition(self) -> bool:
        """Whether every row of the partitions belongs to the days, which then are UTC days themselves."""
        return not self.cut and not self.weeks and not self.zones and all(_is_utc(slot) for slot in self.slots)


def _is_utc(slot: Slot) -> bool:
    midnight = datetime.combine(slot.day, time())
    return slot[1:3] == (midnight, midnight + timedelta(1))


def partitions(day: date, slots: Sequence[Slot]) -> tuple[date, ...]:
    """Return the partition days whose files can hold rows of a civil day: its UTC dates and its own name."""
    first, last = slots[0].starts.date(), (slots[-1].ends - timedelta(microseconds=1)).date()
    days = {first + timedelta(n) for n in range((last - first).days + 1)}
    return tuple(sorted(days | {day}))
