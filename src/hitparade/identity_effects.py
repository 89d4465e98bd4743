"""What a change of identity touches: which issues of which charts would come out, or be read, otherwise.

An issue of ours would, when one of the songs is printed on it and gets another key, other weeks, another peak or last
week, or when rows of two songs would be added up. An archived issue stays as it was published, but what is read from
it changes. What is said before a decision is what is true after it, because both are the same reckoning.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from hitparade.archive import index
from hitparade.archive.publish import edition_at
from hitparade.catalog import log
from hitparade.catalog.decisions import Decisions, Ruling, apply, span_of
from hitparade.catalog.groups import Links, key_of
from hitparade.catalog.songs import Print, print_key, songs_of
from hitparade.chart import Entry
from hitparade.compile.settling import pointed
from hitparade.identity_drafts import holding

if TYPE_CHECKING:
    from hitparade.house import House
    from hitparade.naming import Names

PUBLISHED, DRAFT, ARCHIVED = "published", "draft", "archived"
Groups = tuple[tuple[str, ...], ...]

_LINES = """
select e.series, e.issue, e.ordinal, e.position, e.title, e.credit, e.source
from entries e join songs s using (song) where s.key in (select unnest($keys::varchar[]))
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
    source: str


class _Told(NamedTuple):
    """What a chart says of a song on an issue."""

    key: str
    lines: int
    weeks: int
    peak: int
    peak_weeks: int
    last: int | None


def effects(house: "House", names: "Names", ruling: Ruling | None, undone: Sequence[str] = ()) -> Effects:
    """Return what a ruling at the end of the log would change, or taking back the lines ``undone``."""
    lines = log.lines(house.database)
    spoken = ruling.all if ruling else _spoken(lines, undone)
    if (ruling and ruling.artists) or not spoken:
        return Effects()
    before, keys = _groups(house, names, spoken)
    now = log.in_force(lines)
    if ruling:
        after, then = apply(before, Decisions((ruling,))), Decisions((*now.rulings, ruling))
    else:
        then = log.in_force([*lines, *log.taking_back(lines, undone)])
        after = _again(house, names, before, then)
    renames = [each for each in ([ruling] if ruling else _rulings(lines, undone)) if each.action == "rename"]
    found = [*_read_otherwise(house, keys, _Side(before, now), _Side(after, then), renamed=bool(renames))]
    if len(after) < len(before):
        found += _added_up(house, {each.chart for each in found if each.kind == PUBLISHED}, before, after)
    found += (Touched(chart, day, DRAFT, ("it is compiled again",)) for chart, day in holding(house, before))
    return Effects(tuple(sorted(_once(found), key=_order)), before, after)


def _order(each: Touched) -> tuple[str, str, date]:
    return each.kind, each.chart, each.issue_date


def _once(found: Iterable[Touched]) -> Iterator[Touched]:
    """Give each issue once, with all that is said of it."""
    by_issue: dict[tuple[str, str, date], list[str]] = {}
    for each in found:
        by_issue.setdefault(_order(each), []).extend(each.why)
    for (kind, chart, day), why in by_issue.items():
        yield Touched(chart, day, kind, tuple(dict.fromkeys(why)))


def _rulings(lines: Sequence[log.LogLine], undone: Sequence[str]) -> list[Ruling]:
    """Return the rulings that an undo takes back or brings back, through undos of undos."""
    by_id, found = {line.id: line for line in lines}, []
    for id_ in undone:
        line: log.LogLine | None = by_id[id_]
        while line and line.undoes:
            line = by_id.get(line.undoes)
        if line and line.ruling:
            found.append(line.ruling)
    return found


def _spoken(lines: Sequence[log.LogLine], undone: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({name for each in _rulings(lines, undone) if not each.artists for name in each.all}))


def _groups(house: "House", names: "Names", spoken: Iterable[str]) -> tuple[Groups, list[str]]:
    """Return the songs that names are part of now, each as its print keys, and their keys on charts."""
    spans = {name: said.key for name in spoken if (said := span_of(name))}
    wanted = {spans.get(name, name) for name in spoken}
    links, identity = Links(), house.ledger.identity
    songs = {each.song for each in names.printed if each.name in wanted}
    for each in names.printed:
        if each.song in songs:
            links.mark([(each.name, each.name)])
    links.mark((each.name, each.song) for each in names.printed if each.song in songs)
    keys = sorted({song.key for name in wanted if (song := identity.resolve(name))})
    for key in keys:
        links.join([key, *identity.own_keys(key)])
    for name in sorted(wanted):
        links.join([name])
    for name, key in spans.items():
        links.join([name, key])
    return tuple(sorted(tuple(sorted(group)) for group in links.groups())), sorted(songs)


def _again(house: "House", names: "Names", groups: Groups, decisions: Decisions) -> Groups:
    """Return what the prints of some songs are by evidence and other decisions."""
    there = {name for group in groups for name in group}
    prints = [Print(each.title, each.credit, 1, "") for each in names.printed if each.name in there]
    coded = house.ledger.identity.prints(there)
    made = songs_of([*prints, *(Print(title, credit, 1, isrc) for title, credit, isrc in coded)], decisions)
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
            for ordinal, told in _lives(key, runs[key]):
                found.setdefault(ordinal, []).append(told)
        return found


def _lives(key: str, run: Iterable[_Line]) -> Iterator[tuple[int, _Told]]:
    weeks, peak, at_peak, seen = 0, 0, 0, (0, 0)
    for ordinal, lines in groupby(run, key=lambda line: line.ordinal):
        places = [line.position for line in lines]
        weeks, best = weeks + 1, min(places)
        if not peak or best < peak:
            peak, at_peak = best, 0
        at_peak += best == peak
        yield ordinal, _Told(key, len(places), weeks, peak, at_peak, seen[1] if seen[0] == ordinal - 1 else None)
        seen = ordinal, best


def _read_otherwise(
    house: "House", keys: Sequence[str], before: _Side, after: _Side, *, renamed: bool
) -> Iterator[Touched]:
    """Give the issues on which weeks, peak, last week or the song itself are others than before."""
    rows = house.records.mirror.rows(_LINES, {"keys": list(keys)}) if keys else []
    for chart, of_chart in groupby((_Line(*row) for row in rows), key=lambda line: line.chart):
        lines = list(of_chart)
        days = {line.ordinal: (line.issue, line.source) for line in lines}
        then, now = before.told(lines), after.told(lines)
        for ordinal, (day, source) in days.items():
            ours = source.startswith("ed")
            why = tuple(_differences(then.get(ordinal, []), now.get(ordinal, []), ours=ours))
            if why or (renamed and ours):
                yield Touched(chart, day, PUBLISHED if ours else ARCHIVED, why or ("printed words",))


def _differences(then: Sequence[_Told], now: Sequence[_Told], *, ours: bool) -> Iterator[str]:
    if [each.lines for each in then] != [each.lines for each in now]:
        yield "two lines are one song" if len(now) < len(then) else "one song's lines are two"
    for what, name in (("weeks", "weeks"), ("peak", "peak"), ("peak_weeks", "weeks at peak"), ("last", "last week")):
        if sorted(str(getattr(each, what)) for each in then) != sorted(str(getattr(each, what)) for each in now):
            yield name
    if ours and [each.key for each in then] != [each.key for each in now]:
        yield "the song's key"


def _added_up(house: "House", charts: Iterable[str], before: Groups, after: Groups) -> Iterator[Touched]:
    """Give the published issues whose sealed candidates have points of two songs that are one afterwards."""
    home = {name: key_of(group) for group in after for name in group}
    parts = {name: key_of(group) for group in before for name in group}
    for chart in sorted(charts):
        for row in index.chain(house.database, chart):
            compiled = edition_at(house.paths, row).compiled
            with_points = [
                (points, each.song) for points, each in pointed(compiled.candidates.candidates, compiled.rules)
            ]
            yield from _one_issue(chart, row.issue_date, with_points, parts, home, _least(compiled.chart.entries))


def _least(entries: Sequence[Entry]) -> int:
    return min((each.points for each in entries), default=0)


def _one_issue(
    chart: str, day: date, pointed_: Iterable[tuple[int, str]], parts: Mapping[str, str], home: Mapping[str, str],
    least: int,
) -> Iterator[Touched]:  # fmt: skip
    points: dict[str, dict[str, int]] = {}
    for said, song in pointed_:
        if song in home:
            points.setdefault(home[song], {})[parts[song]] = said
    for together in points.values():
        if len(together) > 1 and sum(together.values()) >= least:
            yield Touched(chart, day, PUBLISHED, ("points",))
