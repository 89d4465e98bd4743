"""Charts over many issues for a house: which issues are at hand, and what the ledger adds for all weeks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hitparade.adding_weeks import all_weeks
from hitparade.archive import drafts, index, publish
from hitparade.archive.index import EditionRow
from hitparade.chart import Chart
from hitparade.compile.accumulate import Part
from hitparade.compile.words import plural
from hitparade.compile.years import Workings, YearEnd, bare
from hitparade.errors import CompileError
from hitparade.rulebook.ask import with_what_if
from hitparade.rulebook.book import Book, DatedValue
from hitparade.rulebook.breaks import breaks_in
from hitparade.rulebook.calendar import issues
from hitparade.rulebook.rules import IssueDates
from hitparade.rulebook.spans import Span, issues_in, span_of

if TYPE_CHECKING:
    from hitparade.house import House

Worked = tuple[YearEnd, Workings, tuple[EditionRow, ...]]
"""A chart over many issues, what it was added up from, and the editions that those are."""

_SUPPOSED = "what if: the issues are as they stand, and only how they are added up is otherwise"
_SHOWN = 3
"""How many missing issues are named before the rest are counted."""


@dataclass(frozen=True, slots=True)
class _Held:
    """The issues that the house holds of a chart, those of the span among them, and which are only drafts.

    ``editions`` are those that published issues were read from.
    """

    charts: Mapping[date, Chart]
    drafted: frozenset[date]
    editions: Mapping[date, EditionRow]


def year_end(house: "House", chart: str, label: str | None = None, what_if: Path | None = None) -> YearEnd:
    """Return the chart over a span; without a label over the year of the newest issue that the house holds."""
    return worked(house, chart, label, what_if)[0]


def worked(house: "House", chart: str, label: str | None = None, what_if: Path | None = None) -> Worked:
    """Return the chart over a span, what it was added up from, and the editions that those are.

    A what-if says otherwise how issues are added up, and not what they are.

    Raises:
        CompileError: the house holds no issue of the span.
        NotInForceError: the book has no such chart.
        UsageError: the label is none.
    """
    book = with_what_if(house.book(chart), what_if)
    days = _days_held(house, book.id)
    if not days:
        raise CompileError(f"{book.id}: no issue is published or drafted here; `hitparade compile {book.id} --all`")
    span = span_of(book, label or str(max(days).year), max(days))
    expected = issues_in(book, span)
    held = _held(house, book, span, expected, days)
    inside = [issue for issue in expected if issue.issue_date in held.charts]
    if not inside:
        raise CompileError(
            f"{book.id} {span.label}: none of its issues, {expected[0].issue_date} to {expected[-1].issue_date}, is "
            f"published or drafted here; those at hand are of {min(days)} to {max(days)}"
        )
    workings = _workings(house, book, span, held, expected)
    table = workings.table()
    made = YearEnd(
        chart=book.id,
        title=held.charts[inside[-1].issue_date].title,
        block=span.block,
        label=span.label,
        first=span.first,
        last=span.last,
        as_of=inside[-1].issue_date,
        issues=len(inside),
        drafts=sum(issue.issue_date in held.drafted for issue in inside),
        expected=len(expected),
        per_unit=table.per_unit,
        lines=table.lines,
        rule=span.rule,
        notes=(*_notes(span, expected, held), *_breaks(book, expected), *([_SUPPOSED] if what_if else ())),
        simulated=any(chart.simulated for chart in held.charts.values()),
    )
    return made, workings, tuple(held.editions[day] for day in sorted(held.editions))


def _days_held(house: "House", chart: str) -> dict[date, bool]:
    """Return the issue dates that have an edition in force or a draft, and whether it is only a draft."""
    found = {row.issue_date: True for row in drafts.drafts(house.database, chart)}
    return found | {row.issue_date: False for row in index.public(house.database, chart)}


def _held(house: "House", book: Book, span: Span, expected: Sequence[IssueDates], days: Mapping[date, bool]) -> _Held:
    # A run that is credited whole is read to its ends, which may lie outside of the span.
    inside = {issue.issue_date for issue in expected}
    wanted = sorted(day for day in days if span.terms.runs != "split" or day in inside)
    rows = {row.issue_date: row for row in index.public(house.database, book.id)}
    charts = {}
    for day in wanted:
        draft = drafts.read(house.paths, house.database, book.id, day) if days[day] else None
        if draft is not None:
            charts[day] = draft.chart
        elif day in rows:
            charts[day] = publish.edition_at(house.paths, rows[day]).issue
    drafted = frozenset(day for day in charts if days[day])
    return _Held(charts, drafted, {day: rows[day] for day in charts if day not in drafted})


def _workings(house: "House", book: Book, span: Span, held: _Held, expected: Sequence[IssueDates]) -> Workings:
    inside = {issue.issue_date for issue in expected}
    sizes = {issue.issue_date: book.series["size"].at(issue) for issue in issues(book, *_reach(held.charts))}
    parts = [Part(chart, _size(sizes.get(day), chart), day in inside) for day, chart in sorted(held.charts.items())]
    keys = {entry.song for part in parts for entry in part.chart.entries}
    sums = all_weeks(house, book, span, expected, keys) if span.terms.weeks == "all" else None
    return Workings(tuple(map(bare, parts)), span.terms, sums, _renamed(house, keys))


def _reach(days: Iterable[date]) -> tuple[date, date]:
    known = sorted(days)
    return known[0], known[-1]


def _size(size: DatedValue | None, chart: Chart) -> int:
    return int(size.value) if size else len(chart.entries)


def _notes(span: Span, expected: Sequence[IssueDates], held: _Held) -> Iterator[str]:
    days = [issue.issue_date for issue in expected]
    newest = max(day for day in days if day in held.charts)
    missing = [day for day in days if day < newest and day not in held.charts]
    if days[-1] > newest:
        left = plural(sum(day > newest for day in days), "issue")
        yield f"not complete: the newest issue of the span here is of {newest}, and {left} would follow"
    if missing and span.terms.weeks == "all":
        yield f"neither published nor drafted here: {_named(missing)}; the sums have these weeks all the same"
    elif missing:
        yield f"not counted, since neither published nor drafted here: {_named(missing)}"
    if span.terms.runs != "split":
        yield f"runs are known up to the issue of {max(held.charts)}"


def _breaks(book: Book, expected: Sequence[IssueDates]) -> Iterator[str]:
    """Give the breaks inside of a span; one that its first issue begins with parts nothing of it."""
    yield from breaks_in(book, expected[0].issue_date + timedelta(1), expected[-1].issue_date)


def _named(days: Sequence[date]) -> str:
    more = f" and {len(days) - _SHOWN} more" if len(days) > _SHOWN else ""
    return f"{', '.join(map(str, days[:_SHOWN]))}{more}"


def _renamed(house: "House", keys: Iterable[str]) -> dict[str, str]:
    """Return the song keys that identity has changed since they were published, and what they are now."""
    identity = house.ledger.identity
    now = {key: song.key for key in sorted(keys) if (song := identity.resolve(key))}
    return {old: new for old, new in now.items() if old != new}
