"""The sentence of a song's peak: where, when, and which of its artists' top tens it is."""

from dataclasses import replace
from datetime import date
from typing import Any

from hitparade.records.query import Asked, Known, Views
from hitparade.records.sentence import listed, month, number, ordinal, possessive

_TOP_TEN = 10
_CREDITED = """
select c.artist, any_value(a.name), min(c.place), bool_or(c.role = 'lead')
from entries e join credits c using (credit_id) join artists a on a.artist = c.artist
where e.series = $series and e.song = $song and e.issue <= $last
group by c.artist order by min(c.place), c.artist
"""


def peaked(row: dict[str, Any], asked: Asked, views: Views) -> str:
    """Return how high a song got and when, with its ordinal among each credited artist's top tens."""
    name = asked.series.title if asked.series else "charts"
    at = f'"{row["title"]}" peaked at number {number(row["peak"])} on the {name} in {month(row["peak_issue"])}'
    held = f", where it stayed for {number(row['peak_weeks'])} weeks" if row["peak_weeks"] > 1 else ""
    return f"{at}{held}{_earned(row, asked, views)}."


def _earned(row: dict[str, Any], asked: Asked, views: Views) -> str:
    if row["peak"] > _TOP_TEN:
        return ""
    depth = 1 if row["peak"] == 1 else _TOP_TEN
    parts = [(who, nth) for who in _credited(asked, views) if (nth := _nth(asked, views, who, depth))]
    what = "number one" if depth == 1 else "top-ten single"
    # A name tells nobody's gender, so everybody is called by name.
    said = [f"{possessive(who.name)} {ordinal(nth)}" for who, nth in parts]
    return f", {listed([f'{said[0]} {what}', *said[1:]])}" if said else ""


def _credited(asked: Asked, views: Views) -> list[Known]:
    values = {
        "series": asked.series.id if asked.series else "",
        "song": asked.song.id if asked.song else 0,
        "last": asked.last,
    }
    return [Known(row[0], row[1]) for row in views.rows(_CREDITED, values)]


def _nth(asked: Asked, views: Views, who: Known, depth: int) -> int:
    from hitparade.records.named_artists import titles  # noqa: PLC0415 - which reads sentences itself

    credited = replace(asked.ask, role="credited")
    found = titles(views, replace(asked, artist=who, depth=depth, first=date.min, ask=credited))
    song = asked.song.id if asked.song else 0
    return next((row[0] for row in found if row[9] == song), 0)
