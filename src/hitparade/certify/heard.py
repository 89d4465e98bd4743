"""What a song has, put into a programme's units: by span of days that count alike, and day by day. Exact numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import lcm

from hitparade.certify.programme import Share, Span

Amounts = Sequence[tuple[date, str, int]]
"""Day of consumption, measure, and how much of it counted."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One song as the ledger holds it.

    Attributes:
        released: the earliest release day that anybody stated, or None.
        traits: what senders state of it besides.
        amounts: for each span of the programme, what counted by day and measure.
    """

    song: str
    title: str
    credit: str
    released: date | None
    traits: Mapping[str, str] = field(default_factory=dict)
    amounts: Sequence[Amounts] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What one measure gives in one span of days: ``total`` is in units once divided by ``per_unit``.

    ``ratio`` of the measure make one unit, after ``raised``; ``why_out`` says why nothing of it counts.
    """

    first: date
    last: date
    measure: str
    amount: int
    ratio: tuple[int, int]
    raised: tuple[int, int]
    total: int
    source: str
    confidence: str
    why_out: str = ""


@dataclass(frozen=True, slots=True)
class Units:
    """What a song has: lines by span and measure, and the total at the end of each day on which it grew or fell."""

    per_unit: int
    lines: tuple[Line, ...]
    days: tuple[tuple[date, int], ...]

    @property
    def total(self) -> int:
        """What all days make."""
        return sum(line.total for line in self.lines)

    def first_day(self, at: int, upto: date, *, lasting: bool) -> date | None:
        """Return the first day up to ``upto`` at whose end there were ``at`` whole units, or None.

        Where it must be ``lasting``, pieces that came back later take it away again.
        """
        found = None
        for day, total in self.days:
            enough = total >= at * self.per_unit
            if day > upto or (enough and found and not lasting):
                break
            found = (found or day) if enough else found if not lasting else None
        return found


def units_of(heard: Heard, spans: Sequence[Span]) -> Units:
    """Return what a song has in a programme's units.

    Sums are taken between changes of the rules and only then weighed, so that no day is rounded by itself.
    """
    worth = [{m: _worth(share, heard.released) for m, share in span.shares.items()} for span in spans]
    per_unit = lcm(*(each.denominator for held in worth for each in held.values()))
    lines, days = [], Counter[date]()
    for span, held, amounts in zip(spans, worth, heard.amounts, strict=True):
        sums = Counter[str]()
        for day, measure, amount in amounts:
            sums[measure] += amount
            days[day] += int(held[measure] * per_unit) * amount
        lines += [
            _line(span, measure, amount, int(held[measure] * per_unit)) for measure, amount in sorted(sums.items())
        ]
    return Units(per_unit, tuple(lines), _running(days))


def _worth(share: Share, released: date | None) -> Fraction:
    since = share.available_from
    return share.worth if since is None or (released is not None and released >= since) else Fraction(0)


def _line(span: Span, measure: str, amount: int, weight: int) -> Line:
    share = span.shares[measure]
    why = "" if weight else f"counts for songs released on {share.available_from} or later"
    more = weight * amount, share.source, share.confidence, why
    return Line(span.first, span.last, measure, amount, share.ratio, share.raised, *more)


def _running(days: Mapping[date, int]) -> tuple[tuple[date, int], ...]:
    total, made = 0, []
    for day in sorted(days):
        total += days[day]
        made.append((day, total))
    return tuple(made)
