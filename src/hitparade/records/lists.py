"""The named records: each a frozen definition, and the one way in which all of them are answered."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from hitparade.errors import UsageError
from hitparade.records.query import ROLES, Ask, Asked, Row, Series, Views
from hitparade.records.query_names import asked_of
from hitparade.records.sentence import place, top
from hitparade.records.ties import places, ranked_by

FAMILIES = ("weeks", "ones", "moves", "debuts", "songs", "artists", "issues", "years", "awards")
"""Modules beside this one that define records, ``named_`` before each."""

CHARTS = ("archive", "compiled", "both")
"""Kinds of series that have issues of a chart; a year-end list is one list, an award no issue."""

SHOWN = 10
"""How many rows are shown when nobody says."""

CREDITS_NOTE = "credits are those that the archive prints; who was credited on the day may have been restated since"


class Rest(NamedTuple):
    """What one row of an answer rests on.

    Attributes:
        of: ``song`` (lines of one song), ``issue`` (lines of one issue), ``artist`` or ``nothing``.
        id: the number of the song or artist.
        first, last: the issues, from and to.
        depth: only lines down to this position.
    """

    of: str
    id: int
    first: date
    last: date
    depth: int


class Work(NamedTuple):
    """Rows that a record works out itself: shown values and what each rests on, with notes and how it was done.

    Attributes:
        tied: how many rows that are not here share the place of the last one.
    """

    rows: tuple[Row, ...]
    rests: tuple[Rest, ...]
    notes: tuple[str, ...] = ()
    method: str = ""
    facts: dict[str, Any] = {}  # noqa: RUF012 - a named tuple's default, never written
    tied: int = 0


class Finish(NamedTuple):
    """Columns that are looked up late: a statement over ``{}``, the rows, and the columns that it adds."""

    sql: str
    adds: tuple[str, ...]


TITLED = Finish(
    """select n.* replace (coalesce(n._first, (
            select i.previous from issues i where i.series = n.series and i.issue = n._last
        )) as _first), t.title, t.credit
    from ({}) n join runs t on t.series = n.series and t.song = n._id""",
    ("title", "credit"),
)
"""Title and credit of the song's run; where a row gives no first issue it rests on the last and the one before."""


@dataclass(frozen=True, slots=True)
class Named:
    """One record.

    Attributes:
        says: one line for the list of records.
        columns: what each row shows.
        order: the total order of the rows; the columns of ``sql`` may be named.
        sql: a statement over ``{lines}`` (the lines that count) and ``{past}`` (with all before them) that gives the
            columns and then ``_id, _first, _last, _depth``: what the row rests on.
        whole: the same over ``{runs}``, for what is asked of all issues; much less to read.
        first: the same for the first rows of all issues only: not less than the first ``$most``; ``count`` counts all.
        ahead: gives for all issues a statement of the first rows, with ``_rows`` and ``_same``, found in another way.
        finish: what is looked up for the rows that are shown only, such as titles; ``sql`` gives ``series`` then.
        plain: rows are printed lines as they are, cheaper to count apart than with the others at hand.
        work: instead of ``sql``, a function that gives rows in order.
        rests: what ``_id`` is: ``song``, ``issue`` or ``artist``.
        needs: what must be given: ``artist``, ``song``, ``issue``, ``against``.
        depth: how far down the chart it looks when nobody says.
        every: all rows are shown when nobody says how many.
        ranked: rows are places in a ranking, equal ones share a place.
        over_all: reads all series when none is named.
        credits: rests on who is credited.
        by_title: the song that is asked for is a title, which several songs may have.
        of_holes: it tells of what an archive lacks, so that no note need do so.
        cuts: the record's work gives no more rows than are to be shown.
        kinds: which kinds of series it reads.
        sentence: the row, as a mapping by column, in words, or nothing; what was asked and the views are at hand.
    """

    name: str
    title: str
    says: str
    columns: tuple[str, ...]
    order: str = ""
    sql: str = ""
    whole: str = ""
    first: str = ""
    count: str = ""
    ahead: "Callable[[Views, Asked, int], str] | None" = None
    finish: "Finish | None" = None
    plain: bool = False
    work: "Callable[[Views, Asked], Work] | None" = None
    rests: str = "song"
    needs: tuple[str, ...] = ()
    depth: int = 1
    every: bool = False
    ranked: bool = False
    over_all: bool = False
    credits: bool = False
    by_title: bool = False
    of_holes: bool = False
    cuts: bool = False
    kinds: tuple[str, ...] = CHARTS
    sentence: "Callable[[dict[str, Any], Asked, Views], str] | None" = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one record: rows in order, and all that must be said with them.

    Attributes:
        chart: the series' id; empty when all were read.
        as_of: the last issue that the answer may rest on.
        begins: the first issue that is held.
        places: for rankings, the place of each row; equal values share one.
        more: how many rows there are beyond those here.
        tied: how many of these share the place of the last row here.
        method: how it was worked out, where that is not the record's own title.
        notes: what the rows do not show, and what the archive cannot prove.
        facts: single values beside the rows.
        rests: what each row rests on.
        sentences: the answer said in words.
    """

    record: str
    title: str
    chart: str
    chart_title: str
    as_of: date | None
    begins: date | None
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    places: tuple[int, ...] = ()
    more: int = 0
    tied: int = 0
    method: str = ""
    notes: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    simulated: bool = False
    rests: tuple[Rest, ...] = ()
    sentences: tuple[str, ...] = ()

    def dicts(self) -> tuple[dict[str, Any], ...]:
        """Return the rows by column name."""
        return tuple(dict(zip(self.columns, row, strict=True)) for row in self.rows)


@cache
def known() -> dict[str, Named]:
    """Return every record by name, in the order in which they are listed."""
    found: dict[str, Named] = {}
    for family in FAMILIES:
        module = import_module(f"hitparade.records.named_{family}")
        found |= {record.name: record for record in module.RECORDS}
    return found


def find(name: str) -> Named:
    """Return the record of that name; :class:`UsageError` with the names that are close to it."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

    if name in known():
        return known()[name]
    close = get_close_matches(name, known(), 3, 0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else "`hitparade records --list` names them all"
    raise UsageError(f"{name!r} is no record; {hint}")


def answer(views: Views, name: str, ask: Ask) -> Answer:
    """Return the answer to a named record; without a name, the runs of songs that the filters leave.

    Raises:
        UsageError: something is missing, or a filter names no column.
        ArchiveError: no such series, issue, song or artist is held.
        AmbiguousError: several answer to a name.
    """
    from hitparade.records.selecting import selected  # noqa: PLC0415 - reads this module's values

    record = find(name or "runs")
    _check_needs(record, ask)
    asked = asked_of(
        views, ask, depth=record.depth, over_all=record.over_all, by_title=record.by_title, kinds=record.kinds
    )
    work = record.work(views, asked) if record.work else selected(views, record, asked)
    return _told(views, record, asked, work)


def _check_needs(record: Named, ask: Ask) -> None:
    missing = [need for need in record.needs if not getattr(ask, need)]
    if missing:
        raise UsageError(f"{record.name} needs {' and '.join('--' + need for need in missing)}")
    if record.work and (ask.where or ask.order):
        raise UsageError(f"{record.name} has an order of its own; --where and --order are for lists")
    if (ask.top or 0) < 0 or ask.depth < 0:
        raise UsageError("--top and --depth are whole numbers from 0")
    _check_read(record, ask)


_READ_BY = {
    "issue": ("issue-moves", "drop-outs", "this-week"),
    "against": ("year-end",),
    "table": ("year-end",),
}
_NOT_READ_BY = {"artist": ("issue-moves", "drop-outs", "calendar", "short-issues")}
"""Options that a few records read; others refuse them rather than answer as if they had not been given."""
_DEPTH = re.compile(r"= \$depth|\{high")


def _check_read(record: Named, ask: Ask) -> None:
    for option, names in _READ_BY.items():
        if getattr(ask, option) and record.name not in names:
            raise UsageError(f"{record.name} does not read --{option}, which is for {', '.join(names)}")
    for option, names in _NOT_READ_BY.items():
        if getattr(ask, option) and record.name in names:
            raise UsageError(f"{record.name} does not read --{option}: it looks at whole issues")
    if ask.role in ROLES[1:] and not ask.artist and "{credits}" not in record.sql:
        raise UsageError(f"{record.name} reads --role of an artist only; say which with --artist")
    if ask.depth and not record.work and not _DEPTH.search(record.sql):
        raise UsageError(f"{record.name} does not read --depth: it looks at whole issues")


def _told(views: Views, record: Named, asked: Asked, work: Work) -> Answer:
    from hitparade.records.proof import limits  # noqa: PLC0415 - reads this module's values

    series, facts = asked.series, dict(work.facts)
    total = facts.pop("rows", len(work.rows))
    rows, rests = _cut(work, 0 if record.cuts or not record.work else shown(record, asked.ask))
    total = max(total, len(work.rows))
    said = [dict(zip(record.columns, row, strict=True)) for row in rows]
    sentence = record.sentence
    return Answer(
        record=record.name,
        title=_title(record, asked),
        chart=series.id if series else "",
        chart_title=series.title if series else "",
        as_of=asked.as_of if asked.as_of != date.max else None,
        begins=series.first if series else None,
        columns=record.columns,
        rows=rows,
        places=() if record.work else tuple(places(rows, ranked_by(record, asked.ask, rows))),
        more=total - len(rows),
        tied=work.tied,
        method=work.method,
        notes=(*work.notes, *limits(views, asked, record, rests)),
        facts=facts,
        source=_source(views, series) if series else "",
        simulated=bool(series and series.simulated),
        rests=rests,
        sentences=tuple(filter(None, (sentence(row, asked, views) for row in said))) if sentence else (),
    )


def _title(record: Named, asked: Asked) -> str:
    """Return a record's title, at the depth that was asked for: "top tens" are "top 40s" at 40."""
    depth = asked.ask.depth
    if not depth or depth == record.depth:
        return record.title
    to = f"to {'number one' if depth == 1 else f'the {top(depth)}'}"
    said = (("at number one", place(depth)), ("to number one", to), ("top ten", top(depth)), ("top five", top(depth)))
    for words, other in said:
        if words in record.title:
            return record.title.replace(words, other)
    return record.title if record.work else f"{record.title} (at number {depth} or above)"


def _source(views: Views, series: Series) -> str:
    """Return where a series comes from, as its importer said, and the imports or editions that it is held in."""
    if series.kind == "awards":
        held = sorted({one.source for one in views.awards(series.id)})
    else:
        held = list(views.outline(series.id).imports)
    imports = [f"archive import {one}" for one in held]
    return ", ".join(filter(None, [series.source, *imports]))


def _cut(work: Work, top: int) -> tuple[tuple[Row, ...], tuple[Rest, ...]]:
    return (work.rows[:top], work.rests[:top]) if top else (work.rows, work.rests)


def shown(record: Named, ask: Ask) -> int:
    """Return how many rows are shown; 0 means all, which is what lists that belong together show."""
    if ask.top is not None:
        return ask.top
    return 0 if record.every else SHOWN
