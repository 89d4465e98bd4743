"""What the ledger holds for a programme: the days, the spans between changes of its rules, and sums over each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from typing import TYPE_CHECKING

from hitparade.certify.heard import Heard
from hitparade.certify.programme import Programme, Span
from hitparade.counting import Amount, Counting
from hitparade.errors import CompileError
from hitparade.ledger.asked import Asked
from hitparade.ledger.totals import TotalsSet
from hitparade.weeks import window

if TYPE_CHECKING:
    from hitparade.house import House

Advance = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Held:
    """What the ledger holds for a programme as of a day.

    Attributes:
        first, last: the days of the programme's territories and channels that are added up.
        counts_from: the first day that the programme adds up, or None when that is any day.
        spans: the days between changes of the rules, in order.
        missing: how many days of channels were expected and not reported.
        granted_by: grants up to this day count; all of them when nobody said a day, as letters come after deliveries.
    """

    as_of: date
    first: date
    last: date
    counts_from: date | None
    spans: tuple[Span, ...]
    missing: int
    simulated: bool
    granted_by: date


def held(house: "House", programme: Programme, as_of: date | None) -> Held:
    """Return what the ledger holds for a programme by a day, the last one held if none is said.

    Raises:
        CompileError: it holds nothing of the programme's territories by then.
    """
    days = sorted(set(_days(house, programme)))
    if not days:
        raise CompileError(f"{programme.id}: no delivery of territory {programme.territory} is in this house")
    on = as_of or days[-1]
    filled = programme.on("back_fill", on)
    counts_from = filled.value["since"] if filled else None
    inside = [day for day in days if day <= on and (counts_from is None or day >= counts_from)]
    if not inside:
        reach = f"the ledger holds {programme.territory} from {days[0]} to {days[-1]}"
        since = f", and the programme counts from {counts_from} on" if counts_from and counts_from > days[0] else ""
        raise CompileError(f"{programme.id}: nothing counts by {on}; {reach}{since}")
    spans = tuple(programme.spans(inside[0], min(inside[-1], on)))
    missing = sum(len(house.ledger.coverage(asked(programme, span)).missing) for span in spans)
    return Held(on, inside[0], inside[-1], counts_from, spans, missing, simulated(house, programme), as_of or date.max)


def _days(house: "House", programme: Programme) -> Iterator[date]:
    """Give the days that anything of a programme's territories, channels and measures was reported for."""
    units = programme.family("units")
    channels = programme.series.get("channels")
    named = {name for each in channels.values for name in each.value or ()} if channels else None
    for territory in _territories(house, programme):
        for (channel, measure), days in house.ledger.force.series[territory].items():
            if measure in units and (named is None or channel in named):
                yield from days


def _territories(house: "House", programme: Programme) -> Iterator[str]:
    sets = [span.territories for span in programme.spans(programme.changes()[0], programme.changes()[-1])]
    for territory in sorted(house.ledger.force.series):
        if any(territory == programme.territory if each is None else each.holds(territory) for each in sets):
            yield territory


def simulated(house: "House", programme: Programme) -> bool:
    """Return whether any delivery of a programme's territories is simulated."""
    force, places = house.ledger.force, set(_territories(house, programme))
    marked = (each.id for each in force.deliveries if each.simulated)
    return any(cell.territory in places for id_ in marked for cell in force.cells[id_])


def amount_of(programme: Programme) -> Amount:
    """Return what a programme adds up: quantities, or revenue in its currency."""
    return Amount("revenue", programme.currency) if programme.unit == "money" else Amount()


def asked(programme: Programme, span: Span) -> Asked:
    """Return what a span asks of the ledger."""
    measures, amount = tuple(sorted(span.shares)), amount_of(programme)
    amounts = {} if amount == Amount() else dict.fromkeys(measures, amount)
    days = (span.last - span.first).days + 1
    return Asked(
        programme.territory,
        TotalsSet(span.profile, programme.zone),
        (window(span.first, time(), programme.zone, days),),
        measures,
        None if span.channels is None else dict.fromkeys(span.channels, 1),
        Counting(territories=span.territories, amounts=amounts, net=span.net),
    )


def heard(house: "House", programme: Programme, there: Held, keys: Sequence[str], released: date | None) -> list[Heard]:
    """Return what songs have in each span, day by day."""
    from hitparade.ledger.lifetime import daily  # noqa: PLC0415 - opens the engine

    amount = amount_of(programme)
    days = [daily(house.ledger, asked(programme, span), amount, keys) for span in there.spans]
    songs = [song for key in keys if (song := house.ledger.identity.resolve(key))]
    return [
        Heard(
            song.key, song.title, song.credit, released or song.released, song.traits,
            tuple(tuple(each[song.key]) for each in days),
        )
        for song in songs
    ]  # fmt: skip


def largest(
    house: "House", programme: Programme, there: Held, k: int, advance: Advance | None
) -> tuple[Mapping[str, Fraction], Fraction]:
    """Return the most units that each of the largest songs can have, and what a song left out can have at most."""
    asks = [asked(programme, span) for span in there.spans]
    for each in asks if advance else ():
        house.ledger.build_for(each, advance)
    named = sorted({song.song for each in asks for song in house.ledger.candidates(each, k, ()).candidates})
    left_out = Fraction(0)
    made: dict[str, Fraction] = dict.fromkeys(named, Fraction(0))
    for span, each in zip(there.spans, asks, strict=True):
        found = house.ledger.candidates(each, k, named)
        left_out += sum((span.shares[measure].worth * most for measure, most in found.kth.items()), Fraction(0))
        for song in found.candidates:
            sums = ((span.shares[measure].worth, numbers[0]) for measure, numbers in song.sums.items())
            made[song.song] += sum((worth * number for worth, number in sums), Fraction(0))
    return made, left_out
