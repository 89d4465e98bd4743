"""Totals: what was consumed per slot, channel, measure and recording, by the row rules of a book.

A set of totals belongs to a counting profile, a zone and the cuts of its days. Each territory's day is one
file, named by its content; the row in ``totals_days`` makes it true and says what went in, so that only days
whose deliveries or identities changed are computed again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from hitparade.digest import digest_of
from hitparade.engine.duck import Duck
from hitparade.engine.totals import DayPlan, Kind, partitions, sum_day
from hitparade.ledger.force import InForce
from hitparade.ledger.identity import Identity
from hitparade.ledger.shelf import Made, Shelf
from hitparade.weeks import slots

VERSION = 1
"""Rises when the statement would give other totals from the same rows."""

_AT_ONCE, _A_DAY = 200_000, 10_000
"""Lines that are committed together; a small day weighs as much as its commit takes."""

Advance = Callable[..., None]


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


@dataclass(frozen=True)
class TotalsSet:
    """What makes totals comparable: the row rules, the zone of the days and where days are cut."""

    profile: RowRules
    zone: str
    cuts: frozenset[tuple[int, str]] = frozenset()

    @cached_property
    def id(self) -> str:
        """Twelve digits of the digest of everything that decides what a total is."""
        rules = [dict(self.profile.minimum_play), dict(self.profile.cap), self.profile.repeats]
        return digest_of([VERSION, *rules, self.zone, sorted(self.real_cuts)])[:12]

    @property
    def real_cuts(self) -> frozenset[tuple[int, str]]:
        """The cuts that cut: midnight begins a day anyway."""
        return frozenset(cut for cut in self.cuts if cut[1] != "00:00")


def limit(patterns: Mapping[str, int], measure: str) -> int | None:
    """Return the number that holds for a measure: its own, else that of its use with ``.*``, else None."""
    return patterns.get(measure, patterns.get(f"{measure.partition('.')[0]}.*"))


def plan_of(force: InForce, totals_set: TotalsSet, territory: str, day: date) -> DayPlan:
    """Return what the engine needs to sum a territory's day."""
    cut = slots(day, totals_set.zone, totals_set.real_cuts)
    days, profile = partitions(day, cut), totals_set.profile
    kinds = (
        Kind(channel, measure, limit(profile.minimum_play, measure), limit(profile.cap, measure))
        for channel, measure in force.kinds(territory, days)
    )
    return DayPlan(day, cut, force.files(territory, days), tuple(kinds), once=profile.repeats == "once")


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
    days = list(days)
    built, known, batch = 0, shelf.committed(days), list[Made]()
    for day in days:
        inputs = inputs_of(force, identity, totals_set, shelf.territory, day)
        if not shelf.stands(day, known.get(day), inputs):
            plan = plan_of(force, totals_set, shelf.territory, day)
            batch.append(Made(day, inputs, sum_day(engine, identity.join, plan) if inputs else None))
            built += 1
        if sum(made.table.num_rows + _A_DAY for made in batch if made.table is not None) > _AT_ONCE:
            shelf.put(batch)
            batch.clear()
        if advance:
            advance(1, f"{shelf.territory} {day}")
    if batch:
        shelf.put(batch)
    return built


def inputs_of(force: InForce, identity: Identity, totals_set: TotalsSet, territory: str, day: date) -> str:
    """Return the digest of a day's deliveries and of who is who in them, or nothing if it has none."""
    held = force.holding(territory, partitions(day, slots(day, totals_set.zone, totals_set.real_cuts)))
    return digest_of([(id_, identity.digest_in(id_)) for id_ in held]) if held else ""
