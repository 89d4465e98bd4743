"""Which day and slot a row belongs to, as the words of a statement over one or several days of a territory."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Protocol

from hitparade.weeks import Slot


class Days(Protocol):
    """Days in order, with their slots."""

    @property
    def days(self) -> tuple[date, ...]:
        """The civil days."""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The slots of all days."""

    @property
    def even(self) -> bool:
        """Whether they are cut alike for all kinds."""


def instant(moment: datetime) -> str:
    """Return a UTC instant as SQL."""
    return f"timestamp '{moment:%Y-%m-%d %H:%M:%S}'"


def runs(slots: Sequence[Slot]) -> Iterator[tuple[Slot, Slot]]:
    """Give the first and the last slot of each run of days without a gap."""
    first = last = slots[0]
    for slot in slots[1:]:
        if slot.day - last.day > timedelta(1):
            yield first, last
            first = slot
        last = slot
    yield first, last


def number_of_day(plan: Days) -> str:
    """Return the number of a row's day."""
    return sought([_starts(plan, day) for day in plan.days], str)


def slot(plan: Days) -> str:
    """Return the number of a row's slot among those of all days; a row without an instant stands in its day's first."""
    if len(plan.slots) == len(plan.days):
        return "0"
    numbered = [list(told) for _, told in groupby(enumerate(plan.slots), lambda told: told[1].day)]
    return sought([_starts(plan, day) for day in plan.days], lambda n: _within_day(plan, numbered[n]))


def _starts(plan: Days, day: date) -> str:
    """Return the condition that a row lies in that day or a later one."""
    first = next(slot for slot in plan.slots if slot.day == day)
    return f"""r."at" >= {instant(first.starts)} or (r."at" is null and r.day >= date '{day}')"""


def sought(starts: Sequence[str], said: Callable[[int], str]) -> str:
    """Return a search by halves for the last day that has begun, in a few comparisons however many there are."""

    def between(first: int, end: int) -> str:
        if end - first == 1:
            return said(first)
        middle = (first + end) // 2
        return f"case when {starts[middle]} then {between(middle, end)} else {between(first, middle)} end"

    return between(0, len(starts))


def _within_day(plan: Days, numbered: Sequence[tuple[int, Slot]]) -> str:
    whens, base = "", numbered[0][0]
    for number, each in numbered[:0:-1]:
        cut = "" if plan.even else f"(k.grid & {1 << (number - base)}) <> 0 and "
        whens += f""" when {cut}r."at" >= {instant(each.starts)} then {number}"""
    return f"case{whens} else {base} end" if whens else str(base)
