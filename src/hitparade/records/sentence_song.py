"""The sentence of a song's peak: where, when, and which of its artists' top tens it is."""

from dataclasses import replace
from datetime import date
from typing import Any

from hitparade.catalog.folding import fold
from hitparade.records.named_weeks import chart
from hitparade.records.query import Asked, Known, Views
from hitparade.records.sentence import listed, marked, month, number, ordinal, plural, possessive, quoted, whose

_TOP_TEN = 10
_CREDITED = """
select c.artist, any_value(a.name), any_value(a.key), list(c.printed order by e.issue desc) filter (c.how = 'parsed')
from entries e join credits c using (credit_id) join artists a on a.artist = c.artist
where e.series = $series and e.song = $song and e.issue <= $last
group by c.artist order by min(c.place), c.artist
"""


def peaked(row: dict[str, Any], asked: Asked, views: Views) -> str:
    """Return how high a song got and when, with its ordinal among each credited artist's top tens."""
    earned, by_name = _earned(row, asked, views)
    # His and her need somebody to point back to; names stand where the ordinals are.
    song = marked(row["title"]) if by_name else quoted(row)
    at = f"{song} peaked at number {number(row['peak'])} on the {chart(asked)} in {month(row['peak_issue'])}"
    held = f" and spent {plural(row['peak_weeks'], 'week')} there" if row["peak_weeks"] > 1 else ""
    return f"{at}{held}{earned}."


def _earned(row: dict[str, Any], asked: Asked, views: Views) -> tuple[str, bool]:
    """Return which of its artists' top tens or number ones a song is, and whether they are called by name there."""
    if row["peak"] > _TOP_TEN:
        return "", False
    depth = 1 if row["peak"] == 1 else _TOP_TEN
    parts = [(who, nth) for who in _credited(asked, views) if (nth := _nth(asked, views, who, depth))]
    if not parts:
        return "", False
    names = [who.name for who, _ in parts]
    owners = whose(names, [views.pronoun(who.credit) for who, _ in parts])
    said = [f"{owner} {ordinal(nth)}" for owner, (_, nth) in zip(owners, parts, strict=True)]
    what = "number one" if depth == 1 else "top-ten single"
    return f", {listed([f'{said[0]} {what}', *said[1:]])}", owners[0] == possessive(names[0])


def _credited(asked: Asked, views: Views) -> list[Known]:
    """Return the artists of a song in the order of its credit, as the chart spells them, with keys for credits."""
    values = {
        "series": asked.series.id if asked.series else "",
        "song": asked.song.id if asked.song else 0,
        "last": asked.last,
    }
    return [Known(who, _spelled(name, key, said or []), key) for who, name, key, said in views.rows(_CREDITED, values)]


def _spelled(name: str, key: str, said: list[str]) -> str:
    # Who was renamed, and a singer whose band the chart prints too, keeps the name that the house shows.
    own = [each for each in said if fold(each) == key]
    return own[0] if own and fold(name) == key else name


def _nth(asked: Asked, views: Views, who: Known, depth: int) -> int:
    from hitparade.records.named_artists import titles  # noqa: PLC0415 - which reads sentences itself

    credited = replace(asked.ask, role="credited")
    found = titles(views, replace(asked, artist=who, depth=depth, first=date.min, ask=credited))
    song = asked.song.id if asked.song else 0
    return next((row[0] for row in found if row[9] == song), 0)
