"""Joined names that an artist is a part of: a chart house may count them for the artist, and they count apart here."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from hitparade.records.outline import Parts
from hitparade.records.query import Asked

_NAMED = 4
"""How many names a note gives before it counts the rest."""

_JOINED = """
select a.name, count(distinct e.song) as songs, count(distinct e.song) filter (e.position <= 10) as top_tens
from artists a join credits c using (artist) join entries e using (credit_id)
where (starts_with(a.key, $key || ' and ') or ends_with(a.key, ' and ' || $key)) and a.artist <> $artist
    and e.issue <= $last and e.position <= $depth {series}
group by a.name order by songs desc, a.name
"""


class Joined(NamedTuple):
    """One joined name, which is an artist of its own here, with its songs and its top tens."""

    name: str
    songs: int
    top_tens: int


def joined_names(views: Parts, artist: int, series: str, values: Mapping[str, Any]) -> list[Joined]:
    """Return the joined names with an artist in front or behind, of songs up to a day and down to a depth."""
    key = views.rows("select key from artists where artist = $artist", {"artist": artist})[0][0]
    sql = _JOINED.format(series="and e.series = $series" if series else "")
    bound = {**values, "artist": artist, "key": key, **({"series": series} if series else {})}
    return [Joined(*row) for row in views.rows(sql, bound)]


def note_of(views: Parts, asked: Asked) -> str:
    """Return what an answer on an artist leaves to joined names, or nothing: "Prince And The Revolution (6)"."""
    if asked.artist is None:
        return ""
    series = asked.series.id if asked.series else ""
    found = joined_names(views, asked.artist.id, series, {"last": asked.last, "depth": asked.depth})
    named = ", ".join(f"{one.name} ({one.songs})" for one in found[:_NAMED])
    more = f" and {len(found) - _NAMED} more names" if len(found) > _NAMED else ""
    said = f"not counted for {asked.artist.name} are songs under joined names, which are artists of their own"
    return f"{said}: {named}{more}" if found else ""
