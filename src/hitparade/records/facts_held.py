"""What a house's editions and imported archives show of some artists' songs, as facts that an article can be held to.

A song is only told of where its whole life so far is held: not when it was already there in the first issue of an
archive that begins later than its chart, and not when issues are missing in between.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from hitparade.catalog.folding import fold
from hitparade.errors import ArchiveError
from hitparade.records.facts import ChartFacts, Hit, Shown
from hitparade.records.lists import CHARTS
from hitparade.records.query import Row, Series, Views
from hitparade.records.query_names import artist_called

YEAR_END = "year-end"
_TOP_TEN = 10

_SONGS = """
select r.song, r.title, r.credit, r.first_issue, r.last_issue, r.peak, r.peak_issue, r.top_ten_first
from runs r
where r.series = $series and r.song in (
    select song from entries where series = $series
        and credit_id in (select credit_id from credits where artist in (select unnest($artists)))
)
order by r.first_issue, r.title, r.song
"""
_ROLES = """
select distinct e.song, a.name, c.role from (
    select distinct song, credit_id from entries where series = $series and song in (select unnest($songs))
) e join credits c using (credit_id) join artists a using (artist) order by e.song, a.name, c.role
"""
_LINES = """
select song, issue, position, place, source from entries
where series = $series and song in (select unnest($songs)) order by song, issue, position
"""
_GAPS = """
with steps as (
    select previous, issue, issue - previous as days, mode(issue - previous) over () as usual
    from issues where series = $series and previous is not null
)
select previous, issue from steps where days >= 2 * usual order by issue
"""
_LISTED = """
select e.issue, e.position, e.title, e.credit, e.place, e.source from entries e
where e.series = $series and e.song in (
    select song from entries
    where credit_id in (select credit_id from credits where artist in (select unnest($artists)))
)
order by e.issue, e.position
"""


@dataclass(frozen=True, slots=True)
class Called:
    """How articles call a series, and since when its chart lives (None when no book says so)."""

    names: tuple[str, ...]
    born: date | None = None


@dataclass(frozen=True, slots=True)
class YearList:
    """A song's place on a year-end list that was imported."""

    id: str
    names: tuple[str, ...]
    year: int
    position: int
    title: str
    credit: str
    source: str
    simulated: bool


Calling = Callable[[str], Called]


def facts_held(views: Views, artists: Iterable[str], called: Calling) -> tuple[ChartFacts, ...]:
    """Return what every chart of the house shows of the songs of these artists, by series."""
    people = _people(views, artists)
    series = [one for one in views.all_series() if one.kind in CHARTS and one.issues]
    return tuple(_facts(views, one, people, called(one.id)) for one in series) if people else ()


def year_lists(views: Views, artists: Iterable[str], called: Calling) -> tuple[YearList, ...]:
    """Return the places of these artists' songs on the year-end lists of the house."""
    people = _people(views, artists)
    found = [one for one in views.all_series() if one.kind == YEAR_END]
    return tuple(line for one in found for line in _listed(views, one, people, called(base_of(one.id))))


def base_of(series: str) -> str:
    """Return the id of the chart that a year-end list is of: ``us-hot-100`` of ``us-hot-100-year-end``."""
    return series.removesuffix("-year-end")


def _people(views: Views, artists: Iterable[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for name in artists:
        try:
            found.setdefault(artist_called(views, name).id, name)
        except ArchiveError:
            continue
    return found


def _listed(views: Views, series: Series, people: Mapping[int, str], known: Called) -> Iterator[YearList]:
    names = (*known.names, series.title)
    for issue, position, title, credit, place, source in views.rows(
        _LISTED, {"series": series.id, "artists": sorted(people)}
    ):
        shown = _source(series, issue, place, source)
        yield YearList(series.id, names, issue.year, position, title, credit, shown, series.simulated)


def _facts(views: Views, series: Series, people: Mapping[int, str], known: Called) -> ChartFacts:
    songs = views.rows(_SONGS, {"series": series.id, "artists": sorted(people)})
    gaps = views.rows(_GAPS, {"series": series.id})
    # Only an archive that begins with its chart can count an artist's top tens.
    from_birth = known.born is not None and series.first <= known.born and not gaps
    whole = [song for song in songs if from_birth or _whole(song, series, gaps)]
    sources = sorted(
        {row[0] for row in views.rows("select distinct source from issues where series = $s", {"s": series.id})}
    )
    return ChartFacts(
        id=f"{series.id} ({_shown_by(sources)})",
        chart=series.id,
        names=tuple(dict.fromkeys((*known.names, series.title))),
        looked_through=tuple((name, series.last) for name in people.values()) if from_birth else (),
        hits=tuple(_hits(views, series, whole)),
        simulated=series.simulated,
        territory=series.territory,
        held_to=series.last,
    )


def _whole(song: Row, series: Series, gaps: list[Row]) -> bool:
    first, last = song[3], song[4]
    return first > series.first and not any(before >= first and before <= last for before, _ in gaps)


def _shown_by(sources: list[str]) -> str:
    imports = [one for one in sources if one.startswith("a-")]
    own = ["editions of this house"] if len(imports) < len(sources) else []
    return " and ".join([*own, *(f"archive import {one}" for one in imports)])


def _hits(views: Views, series: Series, songs: list[Row]) -> Iterator[Hit]:
    ids = {"series": series.id, "songs": [song[0] for song in songs]}
    roles: dict[int, dict[str, str]] = {}
    for song, name, role in views.rows(_ROLES, ids):
        said = roles.setdefault(song, {})
        said[name] = "lead" if "lead" in (role, said.get(name)) else "featured"
    lines: dict[tuple[int, date], Row] = {}
    for row in views.rows(_LINES, ids):
        lines.setdefault((row[0], row[1]), row)
    for song, title, credit, first, _, peak, peak_issue, top_ten in songs:

        def shown(issue: date, song: int = song) -> Shown:
            row = lines[song, issue]
            return Shown(issue, _source(series, issue, row[3], row[4]))

        yield Hit(
            fact=f"{series.id} {lines[song, peak_issue][4]}/{fold(title)}",
            title=title,
            credit=credit,
            roles=tuple(sorted(roles.get(song, {}).items())),
            first_top_ten=shown(top_ten) if top_ten else None,
            peak=peak,
            peak_issue=shown(peak_issue),
            debut=shown(first),
            climb=tuple((position, shown(issue)) for position, issue in _climb(lines, song)),
        )


def _climb(lines: Mapping[tuple[int, date], Row], song: int) -> Iterator[tuple[int, date]]:
    """Yield each better position of a song with the issue that first shows it; lines are in order."""
    best = 0
    for (one, issue), row in lines.items():
        if one == song and (not best or row[2] < best):
            best = row[2]
            yield best, issue


def _source(series: Series, issue: date, place: str, source: str) -> str:
    kind = "archive import" if source.startswith("a-") else "edition"
    return f"{series.title}, issue of {issue}; {kind} {source}{f', {place}' if place else ''}"
