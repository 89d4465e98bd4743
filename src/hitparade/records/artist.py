"""An artist's songs on every chart, with the part that the artist has in each, and the n-th top ten that each was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from hitparade.catalog.folding import fold
from hitparade.catalog.who import Who
from hitparade.errors import ArchiveError
from hitparade.records.joined_names import joined_names
from hitparade.records.mirror import Mirror
from hitparade.records.named_weeks import DEEP
from hitparade.records.query import Known, role_sql

_SONGS = """
with mine as (select credit_id, arg_min(role, place) as role from credits where artist = $artist and {role} group by 1),
credited as (
    select e.song, arg_max(m.role, (m.role = 'lead', m.role)) as role from entries e join mine m using (credit_id)
    where e.issue <= $until {series} group by e.song
),
held as (
    select e.series, e.song, any_value(c.role) as role, min(issue) as first_issue,
        arg_min(position, (issue, position)) as first_position, max(issue) as last_issue, max(e.weeks) as weeks,
        arg_max(peak, issue) as peak, arg_max(peak_issue, issue) as peak_issue,
        arg_max(peak_weeks, issue) as peak_weeks,
        (count(distinct issue) filter (position = 1))::integer as at_one, min(issue) filter (position <= 10) as top_ten,
        min(issue) filter (position = 1) as one_first
    from entries e join credited c using (song) where e.issue <= $until {series} group by e.series, e.song
)
select h.series, s.title, s.credit, role, first_issue, first_position, last_issue, weeks, peak, peak_issue, peak_weeks,
    at_one, top_ten, case when top_ten is not null then rank() over (partition by h.series order by top_ten) end,
    one_first, case when one_first is not null then rank() over (partition by h.series order by one_first) end,
    h.song
from held h join (select series, song, title, credit from runs) s on s.series = h.series and s.song = h.song
where h.series in (select series from series where kind <> 'year-end')
order by h.series, first_issue, first_position, s.title, s.credit, h.song
"""
_ALIASES = "select distinct printed from credits where artist = $artist and how = 'alias' order by printed"
_COUNT = """
select a.artist, a.name, count(distinct e.song), count(distinct e.song) filter (e.position <= 10)
from artists a join credits c using (artist) join entries e using (credit_id)
where a.key in (select unnest($keys)) and e.issue <= $until {series} group by a.artist, a.name order by a.name
"""


@dataclass(frozen=True, slots=True)
class ArtistSong:
    """A song of an artist on one chart.

    Attributes:
        role: the artist's part: ``lead``, ``featured``, …
        nth_top_ten, nth_one: which of the artist's top tens and number ones on that chart it was, in the order of
            getting there; songs that got there on the same issue share the number.
    """

    series: str
    title: str
    credit: str
    role: str
    first_issue: date
    first_position: int
    last_issue: date
    weeks: int
    peak: int
    peak_issue: date
    peak_weeks: int
    at_one: int
    top_ten_first: date | None
    nth_top_ten: int | None
    one_first: date | None
    nth_one: int | None
    song: int


@dataclass(frozen=True, slots=True)
class ArtistChart:
    """An artist's songs on one chart, in the order of their debuts."""

    series: str
    title: str
    simulated: bool
    source: str
    as_of: date
    songs: tuple[ArtistSong, ...]

    @property
    def top_tens(self) -> int:
        """How many of them reached the top ten."""
        return sum(song.top_ten_first is not None for song in self.songs)

    @property
    def number_ones(self) -> int:
        """How many of them reached number one."""
        return sum(song.one_first is not None for song in self.songs)


@dataclass(frozen=True, slots=True)
class Related:
    """A group of the artist, or a member of it, whose songs are not counted here; who says so.

    Attributes:
        what: ``group``, ``member``, or ``joined``: a name that the credits show to be one artist.
    """

    name: str
    what: str
    songs: int
    top_tens: int
    source: str


@dataclass(frozen=True, slots=True)
class ArtistHistory:
    """An artist on all charts that the house holds.

    Attributes:
        aliases: other names that charts print and sources say are the artist.
        related: groups and members, which count apart.
    """

    artist: int
    name: str
    role: str
    charts: tuple[ArtistChart, ...]
    aliases: tuple[str, ...]
    related: tuple[Related, ...]
    on: date | None


def history(
    mirror: Mirror, who: Who, artist: Known, series: str = "", on: date | None = None, role: str = "credited"
) -> ArtistHistory:
    """Return an artist's songs on a series or on all, as of a day, in a role.

    Raises:
        ArchiveError: there is none.
    """
    until = on or date.max
    only = "and e.series = $series" if series else ""
    values: dict[str, Any] = {"artist": artist.id, "until": until, **({"series": series} if series else {})}
    rows = mirror.rows(_SONGS.format(role=role_sql(role), series=only), values)
    if not rows:
        what = "" if role == "credited" else f" as {role}"
        raise ArchiveError(f"{artist.name}: no song{what} on a chart that is held{f' up to {on}' if on else ''}")
    charts = tuple(
        _chart(mirror, name, tuple(songs), until)
        for name, songs in groupby((ArtistSong(*row) for row in rows), key=attrgetter("series"))
    )
    aliases = tuple(row[0] for row in mirror.rows(_ALIASES, {"artist": artist.id}))
    ranked = tuple(sorted(charts, key=lambda chart: (-len(chart.songs), chart.series)))
    related = _related(mirror, who, artist, only, values)
    return ArtistHistory(artist.id, artist.name, role, ranked, aliases, related, on)


def _chart(mirror: Mirror, name: str, songs: tuple[ArtistSong, ...], until: date) -> ArtistChart:
    about = mirror.series[name]
    return ArtistChart(name, about.title, about.simulated, about.source, mirror.last_issue(name, until), songs)


def _related(mirror: Mirror, who: Who, artist: Known, only: str, values: dict[str, Any]) -> tuple[Related, ...]:
    key = mirror.rows("select key from artists where artist = $artist", {"artist": artist.id})[0][0]
    told = {fold(each.group): ("group", each.source) for each in who.members if fold(each.artist) == key}
    told |= {fold(each.artist): ("member", each.source) for each in who.members if fold(each.group) == key}
    named = {name: value for name, value in values.items() if name != "artist"}
    rows: Iterable[tuple[Any, ...]] = (
        mirror.rows(_COUNT.format(series=only), {**named, "keys": sorted(told)}) if told else ()
    )
    known = [Related(name, told[fold(name)][0], songs, tens, told[fold(name)][1]) for _, name, songs, tens in rows]
    joined = joined_names(mirror, artist.id, values.get("series", ""), {"last": values["until"], "depth": DEEP})
    return (*known, *(Related(*one[:1], "joined", *one[1:], "") for one in joined if fold(one.name) not in told))
