"""What a change of identity touches: which issues of which charts would come out, or be read, otherwise.

Issues of ours are compiled twice from what the house holds today, without the change and with it, so that nothing but
the change tells them apart. What is published stays as it is; what is read from it changes with the run.
What is said before a decision is what is true after it, because both are the same reckoning.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hitparade import imagining
from hitparade.archive import drafts, index
from hitparade.catalog import log
from hitparade.catalog.decisions import Decisions, Ruling, apply
from hitparade.catalog.groups import Links
from hitparade.catalog.log import LogLine
from hitparade.catalog.songs import Songs
from hitparade.errors import HouseError
from hitparade.identity_reading import Reading

if TYPE_CHECKING:
    from hitparade.house import House
    from hitparade.ledger.identity import Identity

PUBLISHED, DRAFT, ARCHIVED, READ = "published", "draft", "archived", "read"
Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """One issue that would change: of which chart, what changes (see ``kind``), and what of it.

    ``kind`` is published (it would come out otherwise, and is sealed as it is), draft, archived (of a chart published
    elsewhere) or read: one of ours that comes out as it is, and of whose songs something else is true.
    """

    chart: str
    issue_date: date
    kind: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """What a decision changes: issues in order, and the songs that it touches, before and after, as print keys."""

    issues: tuple[Touched, ...] = ()
    before: Groups = ()
    after: Groups = ()

    def of(self, kind: str) -> tuple[Touched, ...]:
        """Return the issues of one kind."""
        return tuple(each for each in self.issues if each.kind == kind)


def effects(house: "House", ruling: Ruling | None, undone: str = "") -> Effects:
    """Return what a ruling at the end of the log would change, or taking back the line ``undone``."""
    lines = log.lines(house.database)
    about = ruling or _about(lines, undone)
    if about is None or about.artists:
        return Effects()
    line = log.imagined(lines, ruling, undone)
    reading = Reading.of(house.records.mirror, lines, [*lines, line])
    names = reading.touched.union(about.all)
    before = _groups(reading.before, names, house.ledger.identity, log.in_force(lines))
    if ruling:
        after = apply(before, Decisions((ruling,)))
    else:
        then = log.in_force([*lines, line])
        after = _groups(reading.after, names, house.ledger.identity_under(then), then)
    compiled = list(_compiled(house, (*before, *after), line))
    out = {(each.chart, each.issue_date) for each in compiled if each.kind == PUBLISHED}
    read = (
        Touched(each.chart, each.issue, READ if each.own else ARCHIVED, each.why)
        for each in reading.issues()
        if (each.chart, each.issue) not in out
    )
    found = sorted([*compiled, *read], key=lambda each: (each.kind, each.chart, each.issue_date))
    return Effects(tuple(found), before, after)


def _about(lines: Sequence[LogLine], undone: str) -> Ruling | None:
    """Return the ruling that an undo takes back or brings back, through undos of undos."""
    by_id = {line.id: line for line in lines}
    line = by_id[undone]
    while line.undoes:
        line = by_id[line.undoes]
    return line.ruling


def _groups(songs: Songs, names: Iterable[str], identity: "Identity", decisions: Decisions) -> Groups:
    """Return the songs that names are part of, on charts and in the ledger, each as its names."""
    links, there = Links(), set[str]()
    for name in sorted(names):
        song, printed = identity.resolve(name), songs.by_name.get(songs.around(name))
        group = {
            name,
            *(printed.names if printed else ()),
            *(identity.names(song.key, decisions.named) if song else ()),
        }
        links.join(sorted(group))
        there |= group
    return tuple(sorted(tuple(sorted(group)) for group in links.groups()))


def _compiled(house: "House", songs: Groups, line: LogLine) -> Iterator[Touched]:
    """Give the published and drafted issues that come out otherwise with a line in the log than without it."""
    first = house.ledger.first_day({name for names in songs for name in names})
    first = first and first - timedelta(1)  # a partition is a UTC day, and a zone's day may begin before it
    charts = {row.chart for row in index.editions(house.database)}
    charts |= {row.chart for row in drafts.drafts(house.database)}
    begins = {chart: day for chart in sorted(charts) if first and (day := _begins(house, chart, first))}
    if not begins:
        return
    before, after = imagining.compiled(house, begins, ()), imagining.compiled(house, begins, (line,))
    out = {(row.chart, row.issue_date) for chart in begins for row in index.chain(house.database, chart)}
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key), after.get(key)
        why = tuple(imagining.differences(one, other)) if one and other else ("the whole issue",)
        if why:
            yield Touched(*key, PUBLISHED if key in out else DRAFT, why)


def _begins(house: "House", chart: str, first: date) -> date | None:
    """Return the first issue of a chart, published or drafted, whose tracking days reach a day."""
    known = imagining.known_issues(house, chart, date.min)
    if not known or known[-1] < first:
        return None
    try:
        dates = house.issues(chart, known[0], known[-1])
    except HouseError:  # a chart without a book is not compiled
        return None
    reached = [each.issue_date for each in dates if each.window.last_day >= first and each.issue_date in known]
    return min(reached, default=None)
