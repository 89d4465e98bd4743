"""Totals: what was consumed per slot, channel, measure and recording, by the row rules of a book.

A set of totals belongs to a counting profile, a zone and the cuts of its days. What a set asks of the engine for
some days of a territory is told here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from typing import Protocol, TypeVar

from hitparade.counting import Bulk, Floor, Products, Strike, of_measure
from hitparade.digest import digest_of
from hitparade.engine.totals_plan import Kind, Plan, Struck, Week, partitions
from hitparade.ledger.force import InForce
from hitparade.ledger.identity import Identity
from hitparade.weeks import Slot, slots, utc

VERSION = 1
"""Rises when the statement would give other totals from the same rows."""

_WEEK = 7

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

    @property
    def zones(self) -> Mapping[str, str]:
        """The zones of channels whose days are those of their own."""

    @property
    def products(self) -> Mapping[str, Products]:
        """Of which products a sale counts, by measure."""


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
        products = self.profile.products
        own_days = [["zones", sorted(self.zones.items())]] if self.zones else []
        sold = [["products", {m: asdict(each) for m, each in products.items()}]] if products else []
        return digest_of([VERSION, *rules, self.zone, sorted(self.real_cuts), *said, *own_days, *sold])[:12]

    @cached_property
    def zones(self) -> Mapping[str, str]:
        """The zones of channels whose days are not those of the set."""
        return {channel: zone for channel, zone in sorted(self.profile.zones.items()) if zone != self.zone}

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
        zones = {self.zone, *self.zones.values()}
        found = {part for zone in zones for part in partitions(day, slots(day, zone, self.every_cut))}
        return tuple(sorted(found))


Cap = TypeVar("Cap")


def limit(patterns: Mapping[str, Cap], measure: str) -> Cap | None:
    """Return what holds for a measure: its own, else that of its use with ``.*``, else None."""
    pattern = of_measure(patterns, measure)
    return None if pattern is None else patterns[pattern]


def cut_alike(totals_set: TotalsSet, day: date) -> tuple[int, ...]:
    """Return what days must share to be summed together: nothing if all measures are cut alike, else how each is."""
    cut = slots(day, totals_set.zone, totals_set.every_cut)
    every = {totals_set.real_cuts, *totals_set.cuts_of.values()}
    grids = {own: _grid(cut, slots(day, totals_set.zone, own)) for own in every}
    full = _grid(cut, cut)
    return () if set(grids.values()) == {full} else tuple(grids[own] for own in sorted(every, key=sorted))


def plan_of(force: InForce, identity: Identity, totals_set: TotalsSet, territory: str, days: Sequence[date]) -> Plan:
    """Return what the engine needs to sum some days of a territory that are cut alike; one, if it needs its weeks."""
    first, parts = days[0], {part for day in days for part in totals_set.partitions(day)}
    weeks = totals_set.weeks(first)
    weekly = [measure for measure, said in totals_set.profile.bulk.items() if said.per == "week"]
    others = sorted({part for each in _week_days(weeks) for part in totals_set.partitions(each)} - parts)
    wanted = dict.fromkeys(weekly, 1)
    more = force.files(territory, others, lambda measure: of_measure(wanted, measure) is not None) if weeks else ()
    kinds = tuple(_kind(totals_set, channel, measure, first) for channel, measure in force.kinds(territory, parts))
    weeks = weeks if any(kind.weekly for kind in kinds) else ()
    files = (*force.files(territory, parts), *(more if weeks else ()))
    struck = tuple(_struck(each, identity, totals_set.zone) for each in totals_set.profile.struck)
    cut = tuple(slot for day in days for slot in slots(day, totals_set.zone, totals_set.every_cut))
    once = totals_set.profile.repeats == "once"
    zone, zones = totals_set.zone, totals_set.zones
    return Plan(tuple(days), cut, files, kinds, once=once, weeks=weeks, struck=struck, zone=zone, zones=zones)


def _struck(said: Strike, identity: Identity, zone: str) -> Struck:
    """Return a strike as the engine is told it: a song by its spellings, civil days by their instants."""
    spellings = tuple(sorted(identity.numbers([said.song]))) if said.song else None
    starts, ends = utc(said.first_day, time(), zone), utc(said.last_day + timedelta(1), time(), zone)
    named = said.channel, said.measure, said.consumer, said.delivery
    return Struck(starts, ends, said.first_day, said.last_day, spellings, *named)


def _week_days(weeks: Iterable[Week]) -> Iterable[date]:
    """Give every civil day that weeks touch."""
    return (week.first_day + timedelta(n) for week in weeks for n in range(_WEEK + 1))


def partitions_read(totals_set: TotalsSet, day: date) -> set[date]:
    """Return every partition whose rows a day's totals may rest on: those of its weeks too."""
    weeks = _week_days(totals_set.weeks(day))
    return {part for each in (day, *weeks) for part in totals_set.partitions(each)}


def _grid(cut: Sequence[Slot], own: Sequence[Slot]) -> int:
    """Return a bit for each slot but the first that begins where one of ``own`` does."""
    starts = {slot.starts for slot in own}
    return sum(1 << number for number, slot in enumerate(cut) if number and slot.starts in starts)


def _kind(totals_set: TotalsSet, channel: str, measure: str, day: date) -> Kind:
    profile, own = totals_set.profile, totals_set.cuts_for(measure)
    bulk, floor = limit(profile.bulk, measure), limit(profile.floor, measure)
    products = limit(profile.products, measure) or Products()
    cut = slots(day, totals_set.zone, totals_set.every_cut)
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
        titles=products.titles,
        tracks=products.tracks,
        lead=int(products.lead),
        grid=_grid(cut, totals_set.slots_for(measure, day)) if cut_alike(totals_set, day) else -1,
        cut_days=sum(1 << weekday for weekday in {weekday for weekday, _ in own}),
    )
