"""Compiling for a house: which issues, from which state, and whether a draft is still fresh.

A chart's life is a fold, so an issue needs the one before. The fold begins at the newest issue whose end is sealed or
freshly drafted, and goes on from there; a what-if begins at the chart's first issue and keeps nothing. Charts that a
book reads are compiled before it and kept as drafts, unless the what-if speaks of them too.
"""

import gc
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from hitparade import beginning, rolling
from hitparade import database as db
from hitparade._version import __version__
from hitparade.archive import decisions, drafts, index, publish, sealed
from hitparade.archive.index import EditionRow
from hitparade.chart import CandidateSet, Chart, ChartState
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.compile.grown import grown
from hitparade.compile.proof import compile_issue
from hitparade.compiling_upstream import UpstreamCharts, part_for, refuse_cycle, refuse_unread
from hitparade.digest import digest_of
from hitparade.errors import CompileError
from hitparade.rulebook.ask import with_what_if
from hitparade.rulebook.book import Book
from hitparade.rulebook.rules import IssueDates, Rules
from hitparade.rulebook.whatif import WhatIf
from hitparade.unruled import refuse_unknown, still_ruled
from hitparade.weeks import Window

if TYPE_CHECKING:
    from hitparade.house import House

_SELDOM = 50_000, 20, 50
"""After how many new values Python searches the young ones for dead rings, and how seldom the older ones."""
_REACH = timedelta(60)
"""More than any label lies after its tracking days."""

Advance = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Reach:
    """The days that a territory's deliveries in force cover, and whether any of them is simulated."""

    first: date
    last: date
    simulated: bool


def reach(house: "House", book: Book) -> Reach | None:
    """Return what the ledger holds of a chart's territories, or None when it holds nothing."""
    table = db.deliveries
    with house.database.connect() as connection:
        rows = connection.execute(
            select(table.c.first_day, table.c.last_day, table.c.territories, table.c.simulated).where(
                table.c.replaced_by.is_(None), table.c.first_day.is_not(None)
            )
        ).all()
    held = [row for row in rows if any(map(book.counts, json.loads(row.territories)))]
    if not held:
        return None
    first, last = min(row.first_day for row in held), max(row.last_day for row in held)
    return Reach(date.fromisoformat(first), date.fromisoformat(last), any(row.simulated for row in held))


def issues_with_data(house: "House", chart: str, what_if: WhatIf | None = None) -> tuple[IssueDates, ...]:
    """Return the issues of a chart whose tracking days the ledger reaches, in order, dated as a what-if dates them.

    Raises:
        CompileError: the house holds nothing of the chart's territory, or nothing within the chart's life.
    """
    book = house.book(chart)
    held = reach(house, book)
    if held is None:
        raise CompileError(
            f"{book.id}: no delivery of territory {book.territory} is in this house; `hitparade receive` brings one in"
        )
    begun = beginning.begun(house, book.id)
    found = tuple(
        issue
        for issue in house.issues(book.id, held.first - _REACH, held.last + _REACH, what_if)
        if (begun is None or issue.issue_date > begun.issue)
        and issue.window.first_day <= held.last
        and issue.window.last_day >= held.first
        if not _touches(issue.window, held) or house.counts_any(house.rules(book.id, issue.issue_date, what_if))
    )
    if not found:
        raise CompileError(
            f"{book.id} lives {book.lifetime} (issue dates), and the deliveries that it could count cover "
            f"{held.first} to {held.last}"
            + (f"; it goes on from the archive {begun.opening.series} after {begun.issue}" if begun else "")
        )
    return found


def _touches(window: Window, held: Reach) -> bool:
    """Return whether deliveries and window may share a UTC day and yet no hour of it.

    A New York week that ends on Friday at midnight has plays on Friday in UTC, and the next week has none.
    """
    midnights = datetime.combine(window.first_day, time()), datetime.combine(window.last_day + timedelta(1), time())
    at_an_end = window.first_day == held.last or window.last_day == held.first
    return at_an_end and (window.starts, window.ends) != midnights


def open_issue(house: "House", chart: str) -> IssueDates | None:
    """Return the first issue with data that has no edition in force, or None when all have one."""
    out = {row.issue_date for row in index.chain(house.database, chart)}
    return next((issue for issue in issues_with_data(house, chart) if issue.issue_date not in out), None)


@dataclass(slots=True)
class _Before:
    """Where the next issue begins: a name for the state that identifies its content, and the state when asked for.

    A draft is made anew when identity changes; what an edition left stays ``sealed`` under the song keys of its day.
    """

    name: str
    state: Callable[[], ChartState]
    sealed: bool = False


def _same(state: ChartState) -> ChartState:
    return state


@dataclass(frozen=True, slots=True)
class Shown:
    """An issue as a person sees it: the chart, where it comes from, its digest, and the id of its book.

    ``grown`` says by song what each line gained, where growth orders the chart.
    """

    chart: Chart
    origin: str
    digest: str
    rules: str
    grown: Mapping[str, str] | None = None


class Course:
    """One walk along the issues of a chart, in order."""

    def __init__(self, house: "House", chart: str, what_if: WhatIf | None, path: tuple[str, ...] = ()) -> None:
        self.house, self.chart, self.what_if, self.path = house, chart, what_if, (*path, chart)
        self.upstream = UpstreamCharts(self._read_first)
        self._ruled: dict[date, Rules] = {}
        self.book = with_what_if(house.book(chart), what_if)
        refuse_unknown(house, self.book)
        self.issues = issues_with_data(house, chart, what_if)
        held = reach(house, house.book(chart))
        self.begun = beginning.begun(house, chart)
        self.simulated = bool((held and held.simulated) or (self.begun and self.begun.simulated))
        self.drafted = {} if what_if else self._known()
        self.sealed = {} if what_if else {row.issue_date: row for row in index.chain(house.database, chart)}

    def _known(self) -> dict[date, drafts.DraftRow]:
        return {row.issue_date: row for row in drafts.drafts(self.house.database, self.chart)}

    def _read_first(self, chart: str, last: date) -> "Course | None":
        """Compile what is missing of a chart that this one reads."""
        name = self.house.book(chart).id
        refuse_cycle(self.path, name)
        try:
            course = Course(self.house, name, part_for(self.house, self.what_if, name), self.path)
        except CompileError:  # nothing of its territory is here, so there is nothing to read
            return None
        if course.what_if:
            return course
        _kept(self.house, list(course.compile((), _quiet, last)))
        course.drafted = course._known()
        return course

    def compile(
        self, wanted: Sequence[date], advance: Advance, last: date | None = None
    ) -> Iterator[tuple[Compiled, str]]:
        """Give every issue that had to be compiled, up to the last one wanted, with the digest of what it rests on.

        Issues that are wanted are compiled even if a fresh draft is there; others up to ``last`` only if not.
        """
        with self.house.ledger.still():
            yield from self._walk(wanted, advance, max((*wanted, *((last,) if last else ()))))

    def _walk(self, wanted: Sequence[date], advance: Advance, last: date) -> Iterator[tuple[Compiled, str]]:
        before = self._beginning(wanted)
        self._build_totals(wanted, last)
        for issue in self.issues:
            if issue.issue_date > last:
                return
            edition = self.sealed.get(issue.issue_date)
            if edition is None or issue.issue_date in wanted:
                rules = self.house.tracked(self._rules(issue.issue_date))
                notes = self.house.coverage_notes(rules)
                rests_on = "" if self.what_if else self._rests_on(rules, before, notes, last)
                if issue.issue_date in wanted or not self._is_fresh(issue.issue_date, rests_on):
                    compiled = self._compile(rules, before.state(), notes, last)
                    yield compiled, rests_on
                    advance(1, f"{self.chart} {issue.issue_date}")
                    after = _Before(rests_on, partial(_same, compiled.state_out))
                else:
                    after = _Before(rests_on, partial(self._state_after, issue.issue_date))
            if edition:
                after = _Before(edition.digest, cache(partial(self._published, edition)), sealed=True)
            before = after

    def _build_totals(self, wanted: Sequence[date], last: date) -> None:
        """Bring the totals of all issues on the way up to date: many days at a time take less than one by one."""
        dates = (issue.issue_date for issue in self.issues if issue.issue_date <= last)
        read = (day for day in dates if day not in self.sealed or day in wanted)
        self.house.ledger.build_ahead(self.house.asked(self._rules(day)) for day in read)

    def _rules(self, issue_date: date) -> Rules:
        """Return the rules of an issue, which are asked for before the walk and on it."""
        if issue_date not in self._ruled:
            self._ruled[issue_date] = self.house.rules(self.chart, issue_date, what_if=self.what_if)
        return self._ruled[issue_date]

    def _beginning(self, wanted: Sequence[date]) -> _Before:
        """Return what the first issue begins with; an archive is read only when that issue is compiled."""
        first = self.issues[0].issue_date
        if self.begun is None or (first in self.sealed and first not in wanted):
            return _Before("", ChartState)
        state = self.begun.state(first)
        return _Before(sealed.state_digest(state), partial(_same, state))

    def _published(self, row: EditionRow) -> ChartState:
        return publish.edition_at(self.house.paths, row).compiled.state_out

    def _is_fresh(self, issue_date: date, rests_on: str) -> bool:
        draft = self.drafted.get(issue_date)
        return draft is not None and draft.inputs == rests_on

    def _state_after(self, issue_date: date) -> ChartState:
        return self.draft(issue_date).state_out

    def draft(self, issue_date: date) -> Compiled:
        """Return a draft that is known to be there.

        Raises:
            CompileError: its file is gone or altered.
        """
        draft = drafts.read(self.house.paths, self.house.database, self.chart, issue_date)
        if draft is None:
            raise CompileError(
                f"{self.chart} {issue_date}: its draft cannot be read; compile it again with --issue {issue_date}"
            )
        return draft

    def _rests_on(self, rules: Rules, before: _Before, notes: Sequence[str], last: date) -> str:
        """Return the digest of all that the fold is given, without asking for candidates."""
        held = self._decisions(rules)
        read = [self.house.totals_contents(rules), self.house.words(rules), notes, self.simulated]
        state = before.state() if before.sealed else ChartState()
        renamed = rolling.renamed(self.house, rules, state, [each.song for each in held])
        ruled = [[each.id for each in held], renamed]
        others = self.upstream.digests(rules.upstream, rules.issue.issue_date, last)
        return digest_of([__version__, sealed.rules_digest(rules), read, ruled, before.name, others])

    def _decisions(self, rules: Rules) -> tuple[Decision, ...]:
        held = decisions.for_issue(self.house.database, self.chart, rules.issue.issue_date)
        return still_ruled(held, self.book)

    def _compile(self, rules: Rules, state: ChartState, notes: Sequence[str], last: date) -> Compiled:
        def fetch(k: int, named: Sequence[str]) -> CandidateSet:
            return self.house.candidates(rules, k, named)

        held = self._decisions(rules)
        upstream = self.upstream.of(rules.upstream, rules.issue.issue_date, last)
        missing = self.upstream.missing(rules.upstream, upstream)
        return compile_issue(
            fetch,
            state,
            held,
            rules,
            self.simulated,
            notes=(*notes, *missing, *self.upstream.imagined(upstream)),
            renamed=rolling.renamed(self.house, rules, state, [each.song for each in held]),
            upstream=upstream,
        )


def compiled(house: "House", chart: str, issue_date: date) -> Compiled:
    """Return one issue compiled from what the house holds now; nothing is stored.

    Raises:
        CompileError: no issue with data has that date.
    """
    course = Course(house, house.book(chart).id, None)
    wanted = _wanted(course, issue_date, None, None, every=False)
    return [made for made, _ in course.compile(wanted, _quiet)][-1]


def compile_issues(
    house: "House",
    chart: str,
    issue_date: date | None,
    first: date | None,
    last: date | None,
    *,
    every: bool,
    what_if: WhatIf | None,
    advance: Advance | None,
) -> "tuple[Shown, ...]":
    """Compile the issues asked for, keep every issue compiled on the way as a draft, and return those asked for.

    Raises:
        CompileError: no issue with data is among them, or all issues are published and none was named.
    """
    refuse_unread(house, house.book(chart).id, what_if)
    course = Course(house, house.book(chart).id, what_if)
    wanted = _wanted(
        course,
        issue_date,
        first,
        last,
        every=every or (what_if is not None and not (issue_date or first or last)),
    )
    with _seldom_searched():
        made = list(course.compile(wanted, advance or _quiet))
        digests = [drafts.draft_digest(each) for each, _ in made] if what_if else _kept(house, made)
    origin = "what-if, not stored" if what_if else "draft"
    return tuple(
        Shown(each.chart, origin, digest, each.rules.chart, grown(each))
        for (each, _), digest in zip(made, digests, strict=True)
        if each.chart.issue_date in wanted
    )


@contextmanager
def _seldom_searched() -> Iterator[None]:
    """Let memory be searched seldom for rings of dead values: issues are held and have none, and it took a sixth."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _kept(house: "House", made: Sequence[tuple[Compiled, str]]) -> list[str]:
    """Keep issues as drafts and return their digests."""
    rows = house.store_draft(*(each for each, _ in made), rests_on=[rests_on for _, rests_on in made])
    return [row.digest for row in rows]


def _quiet(*_: object) -> None:
    """Advance nothing."""


def _wanted(
    course: Course, issue_date: date | None, first: date | None, last: date | None, *, every: bool
) -> tuple[date, ...]:
    dates = [issue.issue_date for issue in course.issues]
    span = f"{course.chart} has issues with data from {dates[0]} to {dates[-1]}"
    if issue_date is not None:
        if issue_date not in dates:
            near = min(dates, key=lambda day: (abs(day - issue_date), day))
            raise CompileError(
                f"{course.chart} {issue_date}: no issue with data has this date; the nearest is {near}; {span}"
            )
        return (issue_date,)
    if every or first or last:
        found = tuple(day for day in dates if (first or day) <= day <= (last or day))
        if not found:
            raise CompileError(f"{course.chart}: no issue with data lies between {first} and {last}; {span}")
        return found
    opens = next((day for day in dates if day not in course.sealed), None)
    if opens is None:
        raise CompileError(f"{course.chart}: every issue with data is published; name one with --issue, or take --all")
    return (opens,)
