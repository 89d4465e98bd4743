"""The state of a house and its next step, for a person who has just come in."""

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from hitparade import database as db
from hitparade.archive import index
from hitparade.archive.index import EditionRow
from hitparade.compiling import open_issue
from hitparade.errors import HouseError

if TYPE_CHECKING:
    from hitparade.house import House
    from hitparade.matching_desk import Waiting

_LOOK_UP = "hitparade song TITLE   follows a song; hitparade records --list   says what else can be asked"


@dataclass(frozen=True, slots=True)
class ChartStatus:
    """Where one chart stands: its last edition in force, and its next issue that is not published."""

    chart: str
    title: str
    last_published: date | None
    next_open: date | None


@dataclass(frozen=True, slots=True)
class ArchiveStatus:
    """A series of published issues that was imported: how many lines it has, and its first and last issue."""

    series: str
    title: str
    lines: int
    first_issue: date | None
    last_issue: date | None


@dataclass(frozen=True, slots=True)
class Status:
    """What a house holds.

    Attributes:
        days: the span of all deliveries in force as text, empty when there are none.
        drafts: the issues that are compiled and have never been published.
        editions: the editions in force.
        matches: what waited in the queue of matches when somebody last looked, or None if nobody did.
    """

    name: str
    deliveries: int
    simulated: int
    accepted: int
    rejected: int
    days: str
    territories: tuple[str, ...]
    drafts: int
    editions: int
    charts: tuple[ChartStatus, ...]
    archives: tuple[ArchiveStatus, ...]
    next_step: str
    matches: "Waiting | None" = None


def status(house: "House") -> Status:
    """Return the state of a house, from the database, and from totals where only they know if a week has begun."""
    with house.database.connect() as connection:
        rows = connection.execute(select(db.deliveries).where(db.deliveries.c.replaced_by.is_(None))).mappings().all()
    last = {(row.chart, row.issue_date): row for row in index.editions(house.database)}
    drafts = {(row.chart, row.issue_date) for row in house.drafts()} - last.keys()
    withdrawn = [row for row in last.values() if row.withdrawn_at]
    territories = tuple(sorted({name for row in rows for name in json.loads(row["territories"])}))
    charts, archives = _charts(house, territories), _archives(house)
    return Status(
        house.config.name,
        len(rows),
        sum(row["simulated"] for row in rows),
        sum(row["accepted"] for row in rows),
        sum(row["rejected"] for row in rows),
        _days(rows),
        territories,
        len(drafts),
        len(last) - len(withdrawn),
        charts,
        archives,
        _next_step(rows, charts, drafts, withdrawn) if rows or not archives else _LOOK_UP,
        house.catalog.matching.waiting,
    )


def _archives(house: "House") -> tuple[ArchiveStatus, ...]:
    held = house.archives.series()
    return tuple(ArchiveStatus(each.id, each.title, each.lines, each.first_issue, each.last_issue) for each in held)


def _days(rows: Sequence[Mapping[Any, Any]]) -> str:
    days = [(row["first_day"], row["last_day"]) for row in rows if row["first_day"]]
    return f"{min(first for first, _ in days)} to {max(last for _, last in days)}" if days else ""


def _charts(house: "House", territories: Sequence[str]) -> tuple[ChartStatus, ...]:
    """Return the charts that the house has data for; a chart outside of its life is none."""
    found = []
    for book in house.books().values():
        if not any(map(book.counts, territories)):
            continue
        try:
            opens = open_issue(house, book.id)
        except HouseError:
            continue
        last = max((row.issue_date for row in index.chain(house.database, book.id)), default=None)
        found.append(ChartStatus(book.id, book.title, last, opens.issue_date if opens else None))
    return tuple(sorted(found, key=lambda each: each.chart))


def _next_step(
    rows: Sequence[object],
    charts: Sequence[ChartStatus],
    drafts: AbstractSet[tuple[str, date]],
    withdrawn: Sequence[EditionRow],
) -> str:
    if not rows:
        return "hitparade receive FILE…   brings the first plays, sales or airplay in"
    waiting = [(each.chart, each.next_open) for each in charts if each.next_open]
    for chart, issue in waiting:
        if (chart, issue) in drafts:
            return f"hitparade publish {chart} --issue {issue}   or: hitparade chart {chart} {issue}"
    for row in withdrawn:
        again = f"hitparade correct {row.chart} --issue {row.issue_date} --why TEXT"
        return f"{again}   brings out the next edition of a withdrawn issue"
    for chart, issue in waiting:
        return f"hitparade compile {chart}   compiles its next open issue, {issue}"
    return "hitparade rules   lists the charts; a book of your own goes into books/"
