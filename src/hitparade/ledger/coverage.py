"""Coverage: which channels reported what on which days, and which did not though one expects it.

A zero is not "not reported". A channel is expected on every day of a window when it reported that measure on
or before the window's last day and on or after its first: it was there before and after, or within.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple


class Report(NamedTuple):
    """What a channel reported of a measure on one day; nothing at all makes the day missing."""

    channel: str
    measure: str
    day: date
    rows: int = 0
    quantity: int = 0
    territory: str = ""


class Estimate(NamedTuple):
    """A missing day of a channel and measure, and the day that stands in for it."""

    territory: str
    channel: str
    measure: str
    day: date
    donor: date


Spans = Mapping[tuple[str, str], tuple[date, date]]
"""By channel and measure: the first and the last day reported."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was reported for a territory from one day to another, and what is missing.

    Attributes:
        reported: with rows and quantity, in the order of channel, measure, day.
        missing: expected and not reported, in the same order.
        estimated: what stands in for missing days.
        several: whether more than one territory may be reported.
    """

    territory: str
    first_day: date
    last_day: date
    reported: tuple[Report, ...]
    missing: tuple[Report, ...]
    estimated: tuple[Estimate, ...] = ()
    several: bool = False

    @property
    def channels(self) -> frozenset[str]:
        """The channels that reported anything."""
        return frozenset(report.channel for report in self.reported)

    def share(self, day: date) -> tuple[int, int]:
        """Return how many channels reported of a day, and how many were expected to."""
        told = {report.channel for report in self.reported if report.day == day}
        return len(told), len(told | {report.channel for report in self.missing if report.day == day})

    @property
    def missing_days(self) -> tuple[date, ...]:
        """The days on which anything is missing, in order."""
        return tuple(sorted({report.day for report in self.missing}))

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence for each channel and measure with missing days, and what stands in for them."""
        by_series = groupby(self.missing, key=lambda report: (report.territory, report.channel, report.measure))
        return tuple(self._note(*key, [report.day for report in missing]) for key, missing in by_series)

    def _note(self, territory: str, channel: str, measure: str, missing: list[date]) -> str:
        where = f" in {territory}" if self.several else ""
        note = f"{channel} reported no {measure}{where} for {_and(map(str, missing))}"
        donors = [str(each.donor) for each in self.estimated if each[:3] == (territory, channel, measure)]
        return f"{note}; estimated from {_and(donors)}" if donors else note


def coverage(territory: str, first_day: date, last_day: date, told: Iterable[Report], spans: Spans) -> Coverage:
    """Return the coverage of the days from ``first_day`` to ``last_day``, both included.

    ``told`` are the reports of those days, ``spans`` the first and last day of all time on which each channel
    reported each measure, so that a gap can be told from an end.
    """
    known = {(report.channel, report.measure, report.day): report for report in told}
    missing = [
        Report(channel, measure, day, territory=territory)
        for (channel, measure), (first, last) in sorted(spans.items())
        if first <= last_day and last >= first_day
        for day in _span(first_day, last_day)
        if (channel, measure, day) not in known
    ]
    return Coverage(territory, first_day, last_day, tuple(sorted(known.values())), tuple(missing))


def together(parts: Sequence[Coverage], territory: str, days: Sequence[date], *, several: bool) -> Coverage:
    """Return the coverages of several territories, or of measures with windows of their own, as one."""
    by_series = attrgetter("territory", "channel", "measure", "day")
    reported = sorted((report for part in parts for report in part.reported), key=by_series)
    missing = sorted((report for part in parts for report in part.missing), key=by_series)
    return Coverage(territory, days[0], days[-1], tuple(reported), tuple(missing), several=several)


def _span(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(n) for n in range((last - first).days + 1))


def _and(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
