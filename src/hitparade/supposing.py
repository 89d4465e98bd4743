"""What would have been under other rules: issues folded again from what was sealed with them.

Charts that the issues read are folded again beside them, where the other rules touch those; see ``supposing_upstream``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hitparade.chart import CandidateSet, Chart, ChartState, Upstream
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.compile.fates import Fate, fates
from hitparade.compile.proof import compile_issue
from hitparade.compile.refold import refold
from hitparade.compile.restated import Restated, restated
from hitparade.compiling_upstream import part_for, refuse_unread
from hitparade.errors import CompileError, UsageError
from hitparade.rulebook import calendar
from hitparade.rulebook.ask import with_what_if
from hitparade.rulebook.book import Book
from hitparade.rulebook.fixed import fixed, row_changes
from hitparade.rulebook.inforce import rules_for
from hitparade.rulebook.rules import Rules
from hitparade.showing import standing
from hitparade.supposing_upstream import Laid, Read, Readings, issues_at_hand, laid_by
from hitparade.tracking import reported
from hitparade.unruled import refuse_unknown, still_ruled

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

    @property
    def changed(self) -> bool:
        """Whether another song stands at a position."""
        one, other = ([(each.song, each.position) for each in chart.entries] for chart in (self.before, self.after))
        return one != other

    @property
    def positions(self) -> int:
        """How many positions another song stands at, or none where one did."""
        one, other = ({(each.position, each.song) for each in chart.entries} for chart in (self.before, self.after))
        return len({position for position, _ in one ^ other})

    @property
    def restated(self) -> tuple[Restated, ...]:
        """The lines at the same position whose printed last position, peak or weeks differ."""
        return restated(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Supposition:
    """What would have been.

    ``rules`` says in words which rules were laid over the book, ``upstream`` what was done with charts that it reads.
    """

    chart: str
    title: str
    rules: str
    weeks: tuple[Week, ...]
    fates: tuple[Fate, ...]
    notes: tuple[str, ...]
    simulated: bool
    upstream: tuple[Read, ...] = ()

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
    refuse_unread(house, book.id, file)
    other = with_what_if(book, file) if file else fixed(book, rules_of or date.max, rows=totals)
    refuse_unknown(house, other)
    days = _between(house, book.id, first, last)
    if not days:
        raise CompileError(
            f"{book.id}: no issue from {first or 'the first'} to {last or 'the last'} is published or drafted here; "
            f"`hitparade compile {book.id} --from DATE --to DATE` makes drafts"
        )
    cut: list[str] = []
    supposed_of = _Other(house, rules_of, file, totals)

    def walk(book: Book, since: date | None, readings: Readings) -> Iterator[tuple[Week, Compiled]]:
        return _walk(house, book, _between(house, book.id, since, last), readings, cut, totals=totals)

    readings = Readings(house, book.id, supposed_of.laid, walk, whole=first is None)
    weeks = []
    for week, _ in _walk(house, other, days, readings, cut, totals=totals):
        weeks.append(week)
        (advance or _quiet)(1, f"{book.id} {week.issue_date}")
    upstream = readings.told()
    if rules_of and not totals:
        cut += _rows_kept(book, rules_of, days)
        for read in upstream:
            cut += [f"{read.chart}: {note}" for note in _rows_kept(house.book(read.chart), rules_of, read.days)]
    return Supposition(
        chart=book.id,
        title=weeks[-1].before.title,
        rules=f"with {file}" if file else f"under the rules of {rules_of}",
        weeks=tuple(weeks),
        fates=fates([(week.before, week.after) for week in weeks]),
        notes=tuple(cut),
        simulated=any(week.before.simulated for week in weeks),
        upstream=upstream,
    )


@dataclass(frozen=True, slots=True)
class _Other:
    """The other rules for charts that are read: those of a day, or what a file says of them."""

    house: "House"
    rules_of: date | None
    file: Path | None
    totals: bool

    def laid(self, chart: str) -> Laid:
        """Return the rules to suppose for a chart, or why it is taken as published."""
        return laid_by(self.house, chart, self._book, "the what-if does not speak of it")

    def _book(self, book: Book) -> Book | None:
        if self.rules_of:
            return fixed(book, self.rules_of, rows=self.totals)
        part = part_for(self.house, self.file, book.id)
        return with_what_if(book, part) if part else None


def _between(house: "House", chart: str, first: date | None, last: date | None) -> list[date]:
    return [day for day in issues_at_hand(house, chart) if (first or day) <= day <= (last or day)]


def _quiet(*_: object) -> None:
    """Advance nothing."""


def _walk(
    house: "House", book: Book, days: Sequence[date], readings: Readings, cut: list[str], *, totals: bool
) -> Iterator[tuple[Week, Compiled]]:
    """Give each issue in both versions, every one beginning with what the one before would have left.

    Sentences on issues that begin with what was sealed instead are put into ``cut``.
    """
    before, state = None, ChartState()
    for day in days:
        issue, origin, _ = standing(house, book.id, day)
        if before is None or issue.state_in.issue_date != before:
            state = issue.state_in
            if before:
                of = "" if readings.reader == book.id else f"{book.id}: "
                cut.append(f"{of}the issue of {day} begins with what was sealed: the one before is not here")
        rules = other_rules(book, issue)
        upstream, doubts = readings.of(issue, rules)
        ruled = still_ruled(issue.decisions, book)
        made = supposed(house, issue, rules, state, totals=totals, upstream=upstream, decisions=ruled)
        unproved = made.doubt or "; ".join(doubts)
        yield Week(day, origin, issue.chart, made.compiled.chart, unproved, made.from_totals), made.compiled
        before, state = day, made.compiled.state_out


def _rows_kept(book: Book, rules_of: date, days: Sequence[date]) -> Iterator[str]:
    if not days:
        return
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
    if made.counting.outage != sealed.counting.outage:  # then the window may not be as short as it was
        made = rules_for(book, here)
    return replace(made, profile=replace(made.profile, struck=sealed.profile.struck))


@dataclass(frozen=True, slots=True)
class Supposed:
    """One issue under other rules: what it would be, what speaks against being sure, and what it was made from."""

    compiled: Compiled
    doubt: str
    from_totals: bool


def supposed(
    house: "House",
    issue: Compiled,
    rules: Rules,
    state: ChartState,
    *,
    totals: bool,
    upstream: Mapping[str, Upstream] | None = None,
    decisions: Sequence[Decision] | None = None,
) -> Supposed:
    """Return an issue under other rules, from its sealed inputs; with ``totals`` from the ledger where need be.

    Other charts are read as they were sealed with it unless ``upstream`` says otherwise, and decisions hold as they
    did unless ``decisions`` does.
    """
    made = refold(issue, rules=rules, state=state, upstream=upstream, decisions=decisions)
    if not made.doubt or not totals:
        return Supposed(made.compiled, made.doubt, from_totals=False)

    if rules.counting.outage != issue.rules.counting.outage:
        rules = reported(house, rules)

    def fetch(k: int, named: Sequence[str]) -> CandidateSet:
        return house.candidates(rules, k, named)

    renamed = house.renamed(state)
    compiled = compile_issue(
        fetch, state, made.compiled.decisions, rules, issue.simulated,
        notes=issue.notes, renamed=renamed, upstream=made.compiled.upstream,
    )  # fmt: skip
    return Supposed(compiled, "", from_totals=True)
