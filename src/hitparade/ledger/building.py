"""Bringing totals up to date: which days must be computed, and some at a time computed and kept.

Each territory's day is one file, named by its content; the row in ``totals_days`` makes it true and says what went
in, so that only days whose deliveries or identities changed are computed again. Days are summed together as long as
few rows lie in them, and each comes out as if it had been summed alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pyarrow as pa

from hitparade.digest import digest_of
from hitparade.engine.duck import Duck
from hitparade.engine.totals import sum_days
from hitparade.ledger.force import InForce
from hitparade.ledger.identity import Identity
from hitparade.ledger.redo import Inputs, Redo, Touched, read
from hitparade.ledger.shelf import DayTotals, Made, Shelf
from hitparade.ledger.totals import TotalsSet, cut_alike, partitions_read, plan_of

_ROWS, _DAYS = 500_000, 96
"""Rows and days that are summed and committed together, at most; a day with more rows is summed alone."""

Advance = Callable[..., None]


class Stale(NamedTuple):
    """A day to be computed, what it is made of, and, if only identity changed, what it was and which songs differ."""

    day: date
    inputs: Inputs | None
    before: pa.Table | None = None
    touched: Touched | None = None


@dataclass(frozen=True, slots=True)
class Builder:
    """What the totals of one set and territory are made of."""

    force: InForce
    identity: Identity
    engine: Duck
    shelf: Shelf
    totals_set: TotalsSet

    def build(self, days: Iterable[date], advance: Advance) -> int:
        """Return how many days were computed; days whose inputs did not change are left as they are."""
        built = 0
        for some in self._together(self._stale(list(days), advance)):
            self.shelf.put(self._made(some))
            for each in some:
                advance(1, f"{self.shelf.territory} {each.day}")
            built += len(some)
        return built

    def _stale(self, days: Sequence[date], advance: Advance) -> Iterator[Stale]:
        redo, known = Redo(self.shelf.paths.totals, self.identity), self.shelf.committed(days)
        for day in days:
            inputs, old = self._inputs(day), known.get(day)
            if self.shelf.stands(day, old, inputs[0]):
                advance(1, f"{self.shelf.territory} {day}")
            elif not inputs[0]:
                yield Stale(day, None)
            else:
                yield self._changed(day, Inputs(*inputs, redo.name), old, redo)

    def _changed(self, day: date, said: Inputs, old: DayTotals | None, redo: Redo) -> Stale:
        """Return a day to be computed: if its deliveries are those it was built from, only what identity touched."""
        then = Inputs.read(old.inputs) if old else None
        if old and then and then.deliveries == said.deliveries and (touched := redo.touched(then.join)):
            before = read(self.shelf.file(day, old.content))
            if before is not None:
                return Stale(day, said, before, touched)
        return Stale(day, said)

    def _inputs(self, day: date) -> tuple[str, str]:
        """Return the digests of a day's deliveries with who is who, and of them alone; nothing if it has none."""
        territory = self.shelf.territory
        held = self.force.holding(territory, self.totals_set.partitions(day))
        if held and self.totals_set.weeks(day):
            held = self.force.holding(territory, partitions_read(self.totals_set, day))
        if not held:
            return "", ""
        return digest_of([(id_, self.identity.digest_in(id_)) for id_ in held]), digest_of(held)[:16]

    def _together(self, stale: Iterable[Stale]) -> Iterator[list[Stale]]:
        """Give days in order, as many at a time as are alike and hold few rows."""
        some, rows, alike = list[Stale](), 0, None
        for each in stale:
            more, like = self._rows(each), self._alike(each)
            if some and (like != alike or rows + more > _ROWS or len(some) == _DAYS):
                yield some
                some, rows = [], 0
            some.append(each)
            rows, alike = rows + more, like
        if some:
            yield some

    def _alike(self, each: Stale) -> object:
        """Return what days must share to be summed together; a day that is summed over its weeks is like no other."""
        if each.inputs is None or self.totals_set.weeks(each.day):
            return each.day
        return id(each.touched), cut_alike(self.totals_set, each.day)

    def _rows(self, each: Stale) -> int:
        return self.force.rows(self.shelf.territory, self.totals_set.partitions(each.day))

    def _made(self, some: Sequence[Stale]) -> list[Made]:
        """Return the totals of days that are summed together."""
        if some[0].inputs is None:
            return [Made(each.day, "", None) for each in some]
        plan = plan_of(self.force, self.identity, self.totals_set, self.shelf.territory, [each.day for each in some])
        touched = some[0].touched
        summed = sum_days(self.engine, touched.join if touched else self.identity.join, plan)
        return [Made(each.day, str(each.inputs), _whole(each, summed[each.day])) for each in some]


def _whole(each: Stale, summed: pa.Table) -> pa.Table:
    if each.touched is None or each.before is None:
        return summed
    return each.touched.together(each.before, summed)
