"""What would have been under other rules: issues folded again from what was sealed with them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hitparade.archive import drafts, index
from hitparade.chart import CandidateSet, Chart, ChartState
from hitparade.compile.compiled import Compiled
from hitparade.compile.fates import Fate, fates
from hitparade.compile.proof import compile_issue
from hitparade.compile.refold import refold
from hitparade.errors import CompileError, UsageError
from hitparade.rulebook import calendar
from hitparade.rulebook.ask import with_what_if
from hitparade.rulebook.book import Book
from hitparade.rulebook.fixed import fixed, row_changes
from hitparade.rulebook.inforce import rules_for
from hitparade.rulebook.rules import Rules
from hitparade.showing import standing

if TYPE_CHECKING:
    from hitparade.house import House

Advance = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Week:
    """One issue as it was and as it would have been.

    Attributes:
        origin: ``edition 2`` or ``draft``.
        unproved: why the second version cannot be said for certain; empty when it can.
        from_totals: whether it was compiled from the ledger, because the sealed inputs do not prove it.
    """

    issue_date: date
    origin: str
    before: Chart
    after: Chart
    unproved: str
    from_totals: bool = False


@dataclass(frozen=True, slots=True)
class Supposition:
    """What would have been: ``rules`` says in words which rules were laid over the book."""

    chart: str
    title: str
    rules: str
    weeks: tuple[Week, ...]
    fates: tuple[Fate, ...]
    notes: tuple[str, ...]
    simulated: bool

    @property
    def unproved(self) -> tuple[Week, ...]:
        """The issues that the sealed inputs do not prove."""
        return tuple(week for week in self.weeks if week.unproved)


def what_if(
    house: "House",
    chart: str,
    first: date | None,
    last: date | None,
    *,
    rules_of: date | None,
    file: Path | None,
    totals: bool,
    advance: Advance | None,
) -> Supposition:
    """Return what the issues of a stretch would have been, each from its own sealed inputs.

    With ``totals`` an issue that its inputs do not prove is compiled from the ledger.

    Raises:
        UsageError: neither or both of ``rules_of`` and ``file`` are given.
        CompileError: no issue is at hand.
        HouseError: the chart has no such rules.
    """
    if (rules_of is None) is (file is None):
        raise UsageError("give either --rules-of DATE, the rules of that day, or --with FILE, rules laid over the book")
    book = house.book(chart)
    other = with_what_if(book, file) if file else fixed(book, rules_of or date.max, rows=totals)
    days = [day for day in issues_at_hand(house, book.id) if (first or day) <= day <= (last or day)]
    if not days:
        raise CompileError(
            f"{book.id}: no issue from {first or 'the first'} to {last or 'the last'} is published or drafted here; "
            f"`hitparade compile {book.id} --from DATE --to DATE` makes drafts"
        )
    weeks, notes = _walk(house, other, days, advance or _quiet, totals=totals)
    if rules_of and not totals:
        notes = *notes, *_rows_kept(book, rules_of, days)
    return Supposition(
        chart=book.id,
        title=weeks[-1].before.title,
        rules=f"with {file}" if file else f"under the rules of {rules_of}",
        weeks=weeks,
        fates=fates([(week.before, week.after) for week in weeks]),
        notes=notes,
        simulated=any(week.before.simulated for week in weeks),
    )


def _quiet(*_: object) -> None:
    """Advance nothing."""


def issues_at_hand(house: "House", chart: str) -> tuple[date, ...]:
    """Return the issue dates that have an edition in force or a draft, in order."""
    drafted = {row.issue_date for row in drafts.drafts(house.database, chart)}
    return tuple(sorted(drafted | {row.issue_date for row in index.chain(house.database, chart)}))


def _walk(
    house: "House", book: Book, days: Sequence[date], advance: Advance, *, totals: bool
) -> tuple[tuple[Week, ...], tuple[str, ...]]:
    """Return each issue in both versions, every one beginning with what the one before would have left."""
    weeks: list[Week] = []
    cut: list[date] = []
    before, state = None, ChartState()
    for day in days:
        issue, origin, _ = standing(house, book.id, day)
        if before is None or issue.state_in.issue_date != before:
            state = issue.state_in
            cut += [day] if before else []
        made = supposed(house, issue, other_rules(book, issue), state, totals=totals)
        weeks.append(Week(day, origin, issue.chart, made.compiled.chart, made.doubt, made.from_totals))
        before, state = day, made.compiled.state_out
        advance(1, f"{book.id} {day}")
    return tuple(weeks), tuple(
        f"the issue of {day} begins with what was sealed: the one before is not here" for day in cut
    )


def _rows_kept(book: Book, rules_of: date, days: Sequence[date]) -> Iterator[str]:
    issues = [issue for issue in calendar.issues(book, days[0], days[-1]) if issue.issue_date in set(days)]
    kept = row_changes(book, rules_of, issues)
    if kept:
        yield f"rows stay as they were counted and sealed; of {rules_of} not applied: {', '.join(kept)} (--totals does)"


def other_rules(book: Book, issue: Compiled) -> Rules:
    """Return the rules of another book for an issue, over the very window that was sealed if it is the same one."""
    sealed = issue.rules
    here = calendar.issue_on(book, issue.chart.issue_date)
    whole = sealed.counting.nominal or sealed.issue.window
    made = rules_for(book, sealed.issue if here.window == whole else here)
    return replace(made, profile=replace(made.profile, struck=sealed.profile.struck))


@dataclass(frozen=True, slots=True)
class Supposed:
    """One issue under other rules: what it would be, what speaks against being sure, and what it was made from."""

    compiled: Compiled
    doubt: str
    from_totals: bool


def supposed(house: "House", issue: Compiled, rules: Rules, state: ChartState, *, totals: bool) -> Supposed:
    """Return an issue under other rules, from its sealed inputs; with ``totals`` from the ledger where need be."""
    made = refold(issue, rules=rules, state=state)
    if not made.doubt or not totals:
        return Supposed(made.compiled, made.doubt, from_totals=False)

    def fetch(k: int, named: Sequence[str]) -> CandidateSet:
        return house.candidates(rules, k, named)

    renamed = house.renamed(state)
    compiled = compile_issue(
        fetch, state, issue.decisions, rules, issue.simulated,
        notes=issue.notes, renamed=renamed, upstream=issue.upstream,
    )  # fmt: skip
    return Supposed(compiled, "", from_totals=True)
