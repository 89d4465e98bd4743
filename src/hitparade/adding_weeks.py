"""What songs have in all weeks of a span, on the chart or not: sums of the ledger between changes of the rules."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from math import lcm
from typing import TYPE_CHECKING

from hitparade.chart import CandidateSet
from hitparade.compile.accumulate import Sums
from hitparade.compile.proof import bound
from hitparade.compile.rules import KINDS
from hitparade.errors import CompileError
from hitparade.rulebook.book import Book
from hitparade.rulebook.inforce import rules_for
from hitparade.rulebook.rules import IssueDates, Rules
from hitparade.rulebook.spans import Span
from hitparade.weeks import Window

if TYPE_CHECKING:
    from hitparade.house import House

_FIRST_K = 1000
_BY = {"average_price": "prices of a week"}
"""What a step weighs songs by, where it is not their history."""


def all_weeks(house: "House", book: Book, span: Span, expected: Sequence[IssueDates], charted: Iterable[str]) -> Sums:
    """Return what songs have in every week of the span, from the ledger: exact for all that could be on the table.

    A song that no fetch names has at most the K-th quantity of every measure in every stretch. K doubles until that
    is less than what the last line of the table has.

    Raises:
        CompileError: a rule in force weighs a song by its history, so that no sum of quantities has its units.
    """
    stretches = list(_stretches(book, span, expected))
    per_unit = lcm(*(stretch.points_per_unit for stretch, _ in stretches))
    factors = [per_unit // stretch.points_per_unit * era for stretch, era in stretches]
    named, k = set(charted), _FIRST_K
    while True:
        songs = named | {c.song for stretch, _ in stretches for c in house.candidates(stretch, k).candidates}
        found = [house.candidates(stretch, k, sorted(songs)) for stretch, _ in stretches]
        sums = _summed(found, stretches, factors, per_unit)
        most = sum(bound(each, stretch) * n for each, (stretch, _), n in zip(found, stretches, factors, strict=True))
        last = sorted(sums.totals.values(), reverse=True)[: span.terms.size]
        if most == 0 or span.terms.songs == "charted" or (len(last) == span.terms.size and most < last[-1]):
            return sums
        k *= 2


def _stretches(book: Book, span: Span, expected: Sequence[IssueDates]) -> Iterator[tuple[Rules, int]]:
    """Give the rules of each stretch of weeks that count alike, its window as one, and its era's factor."""
    weekly = [(rules_for(book, issue), span.terms.era(issue.issue_date)) for issue in expected]
    for rules, _ in weekly:
        _refuse_weighing(rules, span)
    for _, group in groupby(weekly, key=lambda each: (_counting(each[0]), each[1])):
        weeks = list(group)
        rules, era = weeks[0]
        for window in _joined(rules.issue.window for rules, _ in weeks):
            yield replace(rules, issue=IssueDates(rules.issue.issue_date, window), look_back=0), era


def _counting(rules: Rules) -> object:
    """Return what tells whether the quantities of two weeks may be added before they are weighed.

    What is rounded or estimated is so week by week, and a measure with a window of its own has it in each week.
    """
    counting = replace(rules.counting, earlier=())
    rounded = [each for each in counting.amounts.values() if each.round_to != 1]
    if counting.windows or counting.imputation or counting.outage or rounded:
        return rules.issue
    same = rules.territory, rules.weights, rules.points_per_unit, rules.profile, rules.panel, rules.cuts
    return *same, rules.cuts_of, counting, rules.issue.window.zone


def _joined(windows: Iterable[Window]) -> Iterator[Window]:
    """Give windows that follow each other without a gap as one."""
    whole: Window | None = None
    for window in windows:
        if whole and whole.ends == window.starts:
            whole = replace(whole, last_day=window.last_day, ends=window.ends)
            continue
        if whole:
            yield whole
        whole = window
    if whole:
        yield whole


def _refuse_weighing(rules: Rules, span: Span) -> None:
    """Refuse sums where a rule in force weighs a song by its history: then no sum of quantities has its units."""
    weighing = [step for step in rules.steps if step in rules.params and KINDS[step].stage == "weigh"]
    if weighing:
        raise CompileError(
            f"{rules.chart} {span.label}: {span.block} adds all weeks, but since {_since(rules, weighing[0])} "
            f"{weighing[0]} weighs songs by their {_BY.get(weighing[0], 'history')}; "
            'weeks = "counted" adds the issues as they are'
        )


def _since(rules: Rules, step: str) -> date:
    return next(value.since for value in rules.values if value.key == step)


def _summed(
    found: Sequence[CandidateSet], stretches: Sequence[tuple[Rules, int]], factors: Sequence[int], per_unit: int
) -> Sums:
    totals: Counter[str] = Counter()
    words = {}
    for candidates, (rules, _), factor in zip(found, stretches, factors, strict=True):
        for song in candidates.candidates:
            words[song.song] = song.title, song.credit
            quantities = ((weight, song.sums.get(measure, (0,))[0]) for measure, weight in rules.weights.items())
            totals[song.song] += factor * sum(weight * quantity for weight, quantity in quantities)
    return Sums(totals, per_unit, words)
