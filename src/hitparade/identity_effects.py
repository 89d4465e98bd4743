"""What a change of identity touches: which issues of which charts would come out, or be read, otherwise.

Issues of ours are compiled twice from what the house holds today, without the change and with it, so that nothing but
the change tells them apart. Archived issues stay as they were published; what is read from them changes with the run.
What is said before a decision is what is true after it, because both are the same reckoning.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from hitparade import imagining
from hitparade.archive import drafts, index
from hitparade.catalog import log
from hitparade.catalog.decisions import Decisions, Ruling, apply, span_of
from hitparade.catalog.groups import Links, key_of
from hitparade.catalog.log import LogLine
from hitparade.catalog.songs import Print, print_key, songs_of
from hitparade.errors import HouseError

if TYPE_CHECKING:
    from hitparade.house import House
    from hitparade.naming import Names

PUBLISHED, DRAFT, ARCHIVED = "published", "draft", "archived"
Groups = tuple[tuple[str, ...], ...]

_LINES = """
select e.series, e.issue, e.ordinal, e.position, e.title, e.credit
from entries e join songs s using (song)
where s.key in (select unnest($keys::varchar[])) and not starts_with(e.source, 'ed')
order by e.series, e.ordinal, e.position, e.title, e.credit
"""


@dataclass(frozen=True, slots=True)
class Touched:
    """One issue that would change: of which chart, what it is (published, draft, archived), and what of it."""

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


class _Line(NamedTuple):
    chart: str
    issue: date
    ordinal: int
    position: int
    title: str
    credit: str


class _Told(NamedTuple):
    """What a chart says of a song on an issue."""

    lines: int
    weeks: int
    peak: int
    peak_weeks: int
    last: int | None


def effects(house: "House", names: "Names", ruling: Ruling | None, undone: str = "") -> Effects:
    """Return what a ruling at the end of the log would change, or taking back the line ``undone``."""
    lines = log.lines(house.database)
    about = ruling or _about(lines, undone)
    if about is None or about.artists:
        return Effects()
    line = log.imagined(lines, ruling, undone)
    now, then = log.in_force(lines), log.in_force([*lines, line])
    before, keys = _groups(house, names, about.all, now.named)
    after = apply(before, Decisions((ruling,))) if ruling else _again(house, names, before, then)
    found = [*_archived(house, keys, _Side(before, now), _Side(after, then)), *_compiled(house, before, line)]
    return Effects(tuple(sorted(found, key=lambda each: (each.kind, each.chart, each.issue_date))), before, after)


def _about(lines: Sequence[LogLine], undone: str) -> Ruling | None:
    """Return the ruling that an undo takes back or brings back, through undos of undos."""
    by_id = {line.id: line for line in lines}
    line = by_id[undone]
    while line.undoes:
        line = by_id[line.undoes]
    return line.ruling


def _groups(
    house: "House", names: "Names", spoken: Iterable[str], known: Collection[str]
) -> tuple[Groups, list[str]]:  # fmt: skip
    """Return the songs that names are part of now, each as its print keys, and their keys on charts."""
    spans = {name: said.key for name in spoken if (said := span_of(name))}
    wanted = {spans.get(name, name) for name in spoken}
    links, identity = Links(), house.ledger.identity
    songs = {each.song for each in names.printed if each.name in wanted}
    links.mark((each.name, each.song) for each in names.printed if each.song in songs)
    for name in sorted(wanted):
        song = identity.resolve(name)
        links.join([name, *(sorted(identity.names(song.key, known)) if song else ())])
    for name, key in spans.items():
        links.join([name, key])
    return tuple(sorted(tuple(sorted(group)) for group in links.groups())), sorted(songs)


def _again(house: "House", names: "Names", groups: Groups, decisions: Decisions) -> Groups:
    """Return what the prints of some songs are by evidence and other decisions."""
    there = {name for group in groups for name in group}
    prints = [Print(each.title, each.credit) for each in names.printed if each.name in there]
    coded = house.ledger.identity.prints(there)
    made = songs_of([*prints, *(Print(title, credit, 1, isrc) for _, title, credit, isrc, _ in coded)], decisions)
    found = [tuple(name for name in song.names if name in there) for song in made.songs]
    return tuple(sorted(group for group in found if group))


class _Side:
    """The songs before or after, to read lines by."""

    def __init__(self, groups: Groups, decisions: Decisions) -> None:
        self.home = {name: key_of(group) for group in groups for name in group}
        self.spans = decisions.spans

    def key(self, line: _Line) -> str:
        """Return the key of the song that a line is of."""
        key = print_key(line.title, line.credit)
        for spanned, name in self.spans.get(key, ()):
            if spanned.holds(line.issue) and name in self.home:
                return self.home[name]
        return self.home.get(key, key)

    def told(self, lines: Iterable[_Line]) -> dict[int, list[_Told]]:
        """Return what a chart says of these songs, by the ordinal of the issue."""
        runs: dict[str, list[_Line]] = {}
        for line in lines:
            runs.setdefault(self.key(line), []).append(line)
        found: dict[int, list[_Told]] = {}
        for key in sorted(runs):
            for ordinal, told in _lives(runs[key]):
                found.setdefault(ordinal, []).append(told)
        return found


def _lives(run: Iterable[_Line]) -> Iterator[tuple[int, _Told]]:
    weeks, peak, at_peak, seen = 0, 0, 0, (0, 0)
    for ordinal, lines in groupby(run, key=lambda line: line.ordinal):
        places = [line.position for line in lines]
        weeks, best = weeks + 1, min(places)
        if not peak or best < peak:
            peak, at_peak = best, 0
        at_peak += best == peak
        yield ordinal, _Told(len(places), weeks, peak, at_peak, seen[1] if seen[0] == ordinal - 1 else None)
        seen = ordinal, best


def _archived(house: "House", keys: Sequence[str], before: _Side, after: _Side) -> Iterator[Touched]:
    """Give the archived issues on which weeks, peak or last week of these songs are others than before."""
    rows = house.records.mirror.rows(_LINES, {"keys": list(keys)}) if keys else []
    for chart, of_chart in groupby((_Line(*row) for row in rows), key=lambda line: line.chart):
        lines = list(of_chart)
        then, now = before.told(lines), after.told(lines)
        for ordinal, day in sorted({line.ordinal: line.issue for line in lines}.items()):
            why = tuple(_differences(then[ordinal], now[ordinal]))
            if why:
                yield Touched(chart, day, ARCHIVED, why)


def _differences(then: Sequence[_Told], now: Sequence[_Told]) -> Iterator[str]:
    if len(then) != len(now):
        yield "two lines are one song" if len(now) < len(then) else "one song's lines are two"
    for what, name in (("weeks", "weeks"), ("peak", "peak"), ("peak_weeks", "weeks at peak"), ("last", "last week")):
        if sorted(str(getattr(each, what)) for each in then) != sorted(str(getattr(each, what)) for each in now):
            yield name


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
