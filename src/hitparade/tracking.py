"""What an issue tracks: what its rules ask of the ledger, and how its window gives way when days were not reported."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hitparade.archive import strikes
from hitparade.errors import ArchiveError
from hitparade.ledger.asked import Asked
from hitparade.ledger.totals import TotalsSet
from hitparade.rulebook.breaks import BLOCK, breaks_in
from hitparade.rulebook.calendar import local
from hitparade.rulebook.rules import Rules
from hitparade.weeks import Window, earlier, utc

if TYPE_CHECKING:
    from hitparade.compile.compiled import Compiled
    from hitparade.house import House
    from hitparade.ledger.coverage import Coverage

_DAY = timedelta(1)
_NAMED = 5
"""So many channels are named; of more only their number is said."""


def asked(rules: Rules) -> Asked:
    """Return what an issue asks of the ledger: territories, row rules, windows, measures, panel."""
    window, scope = rules.issue.window, rules.counting
    before = scope.earlier or tuple(earlier(scope.nominal or window, back + 1) for back in range(rules.look_back))
    return Asked(
        rules.territory,
        TotalsSet(rules.profile, window.zone, rules.cuts, rules.cuts_of),
        (window, *before[: rules.look_back]),
        tuple(sorted(rules.weights)),
        rules.panel.weights,
        scope,
        rules.panel.rows,
        rules.panel.measures,
    )


def tracked(house: "House", rules: Rules) -> Rules:
    """Return the rules as an issue is counted: without what is struck, over the days that there are reports for."""
    return reported(house, without_struck(house, rules))


def without_struck(house: "House", rules: Rules) -> Rules:
    """Return the rules with the strikes that touch any of the days that are read."""
    days = asked(rules).days
    held = strikes.holding(house.database, rules.chart, days[0], days[-1]) if days else ()
    return replace(rules, profile=replace(rules.profile, struck=held)) if held else rules


def reported(house: "House", rules: Rules) -> Rules:
    """Return the rules with the window that there are reports for: by an outage rule it may end some days earlier."""
    outage = rules.counting.outage
    if outage is None:
        return rules
    window, (top, bottom) = rules.issue.window, outage.reporters
    found = house.ledger.coverage(asked(rules))
    for _ in range(outage.days):
        told, expected = found.share(window.last_day)
        if told * bottom >= expected * top:
            break
        window = _shorter(window)
    if window == rules.issue.window:
        return rules
    scope = replace(rules.counting, nominal=rules.issue.window)
    return replace(rules, issue=replace(rules.issue, window=window), counting=scope)


def _shorter(window: Window) -> Window:
    """Return the window a civil day shorter."""
    ends = local(window.ends, window.zone)
    return replace(window, last_day=window.last_day - _DAY, ends=utc(ends.date() - _DAY, ends.time(), window.zone))


def notes(house: "House", rules: Rules) -> tuple[str, ...]:
    """Return what is to be said of an issue's inputs: days not reported, what is estimated, a window cut short."""
    found = house.coverage(rules)
    found_too = (*_struck(rules), *_zones(rules), *_window(rules), *_uplift(rules), *_quorum(rules, found))
    return (*found.notes, *found_too, *_breaks(house, rules))


def _breaks(house: "House", rules: Rules) -> Iterator[str]:
    if any(value.key == BLOCK for value in rules.values):
        day = rules.issue.issue_date
        yield from breaks_in(house.book(rules.chart), day, day)


def _struck(rules: Rules) -> Iterator[str]:
    days = asked(rules).days_of(0)
    for each in rules.profile.struck:
        if each.first_day <= days[-1] and days[0] <= each.last_day:
            yield f"{each} do not count, by decision {each.id}: {each.why}"


def _zones(rules: Rules) -> Iterator[str]:
    zones = asked(rules).totals_set.zones
    for zone in sorted(set(zones.values())):
        channels = [channel for channel, own in zones.items() if own == zone]
        named = ", ".join(channels) if len(channels) <= _NAMED else f"{len(channels):,} channels"
        yield f"days of {named} are those of {zone}"


def _window(rules: Rules) -> Iterator[str]:
    nominal, last = rules.counting.nominal, rules.issue.window.last_day
    if nominal is not None:
        yield f"the window ends on {last} in place of {nominal.last_day}: too few reported of the days after"


def _uplift(rules: Rules) -> Iterator[str]:
    for measure, (top, bottom) in sorted(rules.counting.uplift.items()):
        share = f"{top - bottom:,} of every {top:,} points of it are estimated"
        yield f"{measure} is raised by {top:,}:{bottom:,} for channels that never report; {share}"


def _quorum(rules: Rules, found: "Coverage") -> Iterator[str]:
    told, wanted = len(found.channels), rules.counting.quorum
    if told < wanted:
        yield f"{told} of the {wanted} channels that the quorum asks for reported; publishing is refused"


def refuse_below_quorum(house: "House", compiled: "Compiled") -> "Compiled":
    """Return an issue that enough channels reported.

    Raises:
        ArchiveError: too few did.
    """
    chart = compiled.chart
    for said in _quorum(compiled.rules, house.coverage(compiled.rules)) if compiled.rules.counting.quorum else ():
        raise ArchiveError(f"{chart.chart} {chart.issue_date}: {said}")
    return compiled
