"""Totals: what was consumed per slot, channel, measure and recording, by the row rules of a book.

A set of totals belongs to a counting profile, a zone and the cuts of its days. Each territory's day is one
file, named by its content; the row in ``totals_days`` makes it true and says what went in, so that only days
whose deliveries or identities changed are computed again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from typing import Protocol, TypeVar

import pyarrow as pa

from hitparade.counting import Bulk, Floor, Strike, of_measure
from hitparade.digest import digest_of
from hitparade.engine.duck import Duck
from hitparade.engine.totals import DayPlan, Kind, Struck, Week, partitions, sum_day
from hitparade.ledger.force import InForce
from hitparade.ledger.identity import Identity
from hitparade.ledger.redo import Inputs, Redo, read
from hitparade.ledger.shelf import DayTotals, Made, Shelf
from hitparade.weeks import Slot, slots, utc

VERSION = 1
"""Rises when the statement would give other totals from the same rows."""

_AT_ONCE, _A_DAY = 200_000, 10_000
"""Lines that are committed together; a small day weighs as much as its commit takes."""

_WEEK = 7

Advance = Callable[..., None]
Cuts = frozenset[tuple[int, str]]


class RowRules(Protocol):
    """A book's counting profile: the rules that must see single rows."""

    @property
    def minimum_play(self) -> Mapping[str, int]:
        """Least milliseconds of a play, by measure or ``use.*``."""

    @property
    def cap(self) -> Mapping[str, int]:
        """Most plays of one consumer at one channel on a day, by measure or ``use.*``."""

    @property
    def repeats(self) -> str:
        """``count``, or ``once``."""

    @property
    def events(self) -> Mapping[str, str]:
        """The event of a sale that counts beside plain sales, by measure."""

    @property
    def floor(self) -> Mapping[str, Floor]:
        """The least price of one piece, by measure."""

    @property
    def bulk(self) -> Mapping[str, Bulk]:
        """How much of one customer and product counts, by measure."""

    @property
    def struck(self) -> tuple[Strike, ...]:
        """Rows that decisions take out."""


@dataclass(frozen=True)
class TotalsSet:
    """What makes totals comparable: the row rules, the zone of the days and where days are cut.

    ``cuts_of`` are the cuts of the measures that are not cut like the others.
    """

    profile: RowRules
    zone: str
    cuts: Cuts = frozenset()
    cuts_of: Mapping[str, Cuts] = field(default_factory=dict)

    @cached_property
    def id(self) -> str:
        """Twelve digits of the digest of everything that decides what a total is."""
        rules = [dict(self.profile.minimum_play), dict(self.profile.cap), self.profile.repeats]
        own = {measure: sorted(cuts) for measure, cuts in self.cuts_of.items()}
        floor, bulk = (
            {measure: asdict(said) for measure, said in limits.items()}
            for limits in (self.profile.floor, self.profile.bulk)
        )
        more = [own, dict(self.profile.events), floor, bulk]
        struck = sorted(each.takes for each in self.profile.struck)
        said = [*(more if any(more) or struck else ()), *([struck] if struck else ())]
        return digest_of([VERSION, *rules, self.zone, sorted(self.real_cuts), *said])[:12]

    @cached_property
    def real_cuts(self) -> Cuts:
        """The cuts that cut: midnight begins a day anyway."""
        return frozenset(cut for cut in self.cuts if cut[1] != "00:00")

    @cached_property
    def every_cut(self) -> Cuts:
        """Where a day is cut for any measure."""
        return self.real_cuts.union(*self.cuts_of.values())

    def cuts_for(self, measure: str) -> Cuts:
        """Return where days are cut for a measure."""
        return self.cuts_of.get(measure, self.real_cuts)

    def slots_for(self, measure: str, day: date) -> tuple[Slot, ...]:
        """Return the slots of a day in which a measure's totals are kept."""
        return slots(day, self.zone, self.cuts_for(measure))

    def weeks(self, day: date) -> tuple[Week, ...]:
        """Return the weeks that a day lies in, where any limit holds for a week."""
        said = next((each for each in self.profile.bulk.values() if each.per == "week"), None)
        if said is None:
            return ()
        began = day - timedelta((day.weekday() - said.weekday) % _WEEK)
        at = time.fromisoformat(said.at)
        starts = [began - timedelta(_WEEK), began] if began == day and at != time() else [began]
        return tuple(Week(utc(d, at, self.zone), utc(d + timedelta(_WEEK), at, self.zone), d) for d in starts)

    def partitions(self, day: date) -> tuple[date, ...]:
        """Return the partition days whose files can hold rows of a civil day."""
        return partitions(day, slots(day, self.zone, self.every_cut))


Cap = TypeVar("Cap")


def limit(patterns: Mapping[str, Cap], measure: str) -> Cap | None:
    """Return what holds for a measure: its own, else that of its use with ``.*``, else None."""
    pattern = of_measure(patterns, measure)
    return None if pattern is None else patterns[pattern]


def plan_of(force: InForce, identity: Identity, totals_set: TotalsSet, territory: str, day: date) -> DayPlan:
    """Return what the engine needs to sum a territory's day."""
    cut = slots(day, totals_set.zone, totals_set.every_cut)
    days, weeks = totals_set.partitions(day), totals_set.weeks(day)
    weekly = [measure for measure, said in totals_set.profile.bulk.items() if said.per == "week"]
    others = sorted({part for each in _week_days(weeks) for part in totals_set.partitions(each)} - set(days))
    wanted = dict.fromkeys(weekly, 1)
    more = force.files(territory, others, lambda measure: of_measure(wanted, measure) is not None) if weeks else ()
    kinds = tuple(_kind(totals_set, channel, measure, cut) for channel, measure in force.kinds(territory, days))
    weeks = weeks if any(kind.weekly for kind in kinds) else ()
    files = (*force.files(territory, days), *(more if weeks else ()))
    struck = tuple(_struck(each, identity, totals_set.zone) for each in totals_set.profile.struck)
    return DayPlan(day, cut, files, kinds, once=totals_set.profile.repeats == "once", weeks=weeks, struck=struck)


def _struck(said: Strike, identity: Identity, zone: str) -> Struck:
    """Return a strike as the engine is told it: a song by its spellings, civil days by their instants."""
    spellings = tuple(sorted(identity.numbers([said.song]))) if said.song else None
    starts, ends = utc(said.first_day, time(), zone), utc(said.last_day + timedelta(1), time(), zone)
    named = said.channel, said.measure, said.consumer, said.delivery
    return Struck(starts, ends, said.first_day, said.last_day, spellings, *named)


def _week_days(weeks: Iterable[Week]) -> Iterable[date]:
    """Give every civil day that weeks touch."""
    return (week.first_day + timedelta(n) for week in weeks for n in range(_WEEK + 1))


def _kind(totals_set: TotalsSet, channel: str, measure: str, cut: Sequence[Slot]) -> Kind:
    profile, own = totals_set.profile, totals_set.cuts_for(measure)
    bulk, floor = limit(profile.bulk, measure), limit(profile.floor, measure)
    starts = {slot.starts for slot in totals_set.slots_for(measure, cut[0].day)}
    return Kind(
        channel,
        measure,
        minimum=limit(profile.minimum_play, measure),
        cap=bulk.counts if bulk else limit(profile.cap, measure),
        void=bulk.void_from if bulk else None,
        bulk=int(bulk is not None),
        weekly=int(bulk is not None and bulk.per == "week"),
        event=limit(profile.events, measure),
        floor=floor.value if floor else None,
        floor_currency=floor.currency if floor else None,
        grid=sum(1 << number for number, slot in enumerate(cut) if number and slot.starts in starts),
        cut_days=sum(1 << weekday for weekday in {weekday for weekday, _ in own}),
    )


def build(
    force: InForce,
    identity: Identity,
    engine: Duck,
    shelf: Shelf,
    totals_set: TotalsSet,
    days: Iterable[date],
    advance: Advance | None = None,
) -> int:
    """Return how many days were computed; days whose inputs did not change are left as they are.

    ``advance(1, note)`` is called after each day, computed or not.
    """
    days, redo = list(days), Redo(shelf.paths.totals, identity)
    built, known, batch = 0, shelf.committed(days), list[Made]()
    for day in days:
        inputs, old = inputs_of(force, identity, totals_set, shelf.territory, day), known.get(day)
        if not shelf.stands(day, old, inputs[0]):
            if inputs[0]:
                said, plan = Inputs(*inputs, redo.name), plan_of(force, identity, totals_set, shelf.territory, day)
                batch.append(Made(day, str(said), _summed(engine, shelf, redo, plan, said, old)))
            else:
                batch.append(Made(day, "", None))
            built += 1
        if sum(made.table.num_rows + _A_DAY for made in batch if made.table is not None) > _AT_ONCE:
            shelf.put(batch)
            batch.clear()
        if advance:
            advance(1, f"{shelf.territory} {day}")
    if batch:
        shelf.put(batch)
    return built


def _summed(
    engine: Duck, shelf: Shelf, redo: Redo, plan: DayPlan, said: Inputs, old: DayTotals | None
) -> pa.Table:  # fmt: skip
    """Return a day's totals: if its deliveries are those it was built from, only what identity touched is redone."""
    then = Inputs.read(old.inputs) if old else None
    if old and then and then.deliveries == said.deliveries and (touched := redo.touched(then.join)):
        before = read(shelf.file(plan.day, old.content))
        if before is not None:
            return touched.together(before, sum_day(engine, touched.join, plan))
    return sum_day(engine, redo.identity.join, plan)


def inputs_of(force: InForce, identity: Identity, totals_set: TotalsSet, territory: str, day: date) -> tuple[str, str]:
    """Return the digests of a day's deliveries with who is who in them, and of them alone; nothing if it has none."""
    own = totals_set.partitions(day)
    held = force.holding(territory, own)
    if held and (weeks := totals_set.weeks(day)):
        held = force.holding(territory, {part for each in _week_days(weeks) for part in totals_set.partitions(each)})
    if not held:
        return "", ""
    return digest_of([(id_, identity.digest_in(id_)) for id_ in held]), digest_of(held)[:16]
