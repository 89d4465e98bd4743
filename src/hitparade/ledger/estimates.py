"""Estimates: the days that a channel missed, and the days of its own that stand in for them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from hitparade.counting import Imputation
from hitparade.engine.candidates import Donor
from hitparade.ledger.asked import Asked
from hitparade.ledger.coverage import Estimate, Report
from hitparade.ledger.force import Series

_WEEK = timedelta(7)


def estimates(
    missing: Iterable[Report], rules: Mapping[str, Imputation], series: Mapping[str, Series]
) -> tuple[Estimate, ...]:
    """Return which missing days are estimated: the same weekday of a week before that the channel did report.

    A channel that missed more days of a measure than its rule allows is not estimated at all.
    """
    by_channel: dict[tuple[str, str, str], list[date]] = defaultdict(list)
    for report in missing:
        if report.measure in rules:
            by_channel[report.territory, report.channel, report.measure].append(report.day)
    found = []
    for (territory, channel, measure), days in sorted(by_channel.items()):
        rule, told = rules[measure], series.get(territory, {}).get((channel, measure), {})
        for day in sorted(days) if len(days) <= rule.days else ():
            before = (day - _WEEK * back for back in range(1, rule.weeks + 1))
            donor = next((each for each in before if each in told), None)
            if donor:
                found.append(Estimate(territory, channel, measure, day, donor))
    return tuple(found)


def donors(asked: Asked, made: Iterable[Estimate], places: Mapping[str, int]) -> tuple[Donor, ...]:
    """Return the slots that stand in: those of a weekday are cut alike, so the n-th is that of the n-th."""
    return tuple(
        Donor(places[each.territory], each.channel, each.measure, donor.starts, slot.starts)
        for each in made
        for slot, donor in zip(
            asked.totals_set.slots_for(each.measure, each.day),
            asked.totals_set.slots_for(each.measure, each.donor),
            strict=False,
        )
    )
