"""Proof: the printed lines that an answer rests on, and what the archive behind them cannot show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from hitparade.records.joined_names import note_of
from hitparade.records.query import Ask, Asked, Known, Row, Views
from hitparade.records.query_names import series_called
from hitparade.records.sentence import listed

if TYPE_CHECKING:
    from hitparade.records.lists import Answer, Named, Rest

_NAMED = 3
"""How many things a note names before it counts the rest."""

_OF_SONG = """
select issue, position, title, credit, place, source from entries
where song = $id and issue between $first and $last and position <= $depth {series}
order by issue, position, title, credit
"""
_UNLIKE = """
select title, issue, weeks, printed_weeks, peak, printed_peak from {unlike}
where song in (select unnest($songs)) and issue <= $last and coalesce(next_issue > $last, true) order by title, song
"""
_OF_ISSUE = """
select issue, position, title, credit, place, source from entries
where issue between $first and $last and position <= $depth {series} order by issue, position, title, credit
"""
_OF_ARTIST_ISSUE = """
select e.issue, e.position, e.title, e.credit, e.place, e.source, min(c.role)
from entries e join credits c using (credit_id)
where e.issue between $first and $last and e.position <= $depth and c.artist = $id {series}
group by e.issue, e.position, e.title, e.credit, e.place, e.source order by e.issue, e.position, e.title, e.credit
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: the issue, what it prints, and where it can be found.

    Attributes:
        place: where the line stands in the file that was imported; empty for the house's own editions.
        source: the import's id, or the edition with its digest.
        role: what an artist is in it, where that matters.
    """

    issue: date
    position: int
    title: str
    credit: str
    place: str
    source: str
    role: str = ""


def proof(views: Views, answer: "Answer", ask: Ask) -> tuple[tuple[Line, ...], ...]:
    """Return for each row of an answer the printed lines that it rests on, in order."""
    if answer.record == "certification":
        return tuple((_award(views, answer, row),) for row in answer.dicts())
    return tuple(tuple(_lines(views, answer, ask, rest)) for rest in answer.rests)


def _award(views: Views, answer: "Answer", row: dict[str, Any]) -> Line:
    same = {"title": "title", "artist": "artist", "level": "level", "given": "date"}
    wanted = {name: row[column] for name, column in same.items()}
    found = next(one for one in views.awards(answer.chart) if wanted.items() <= one._asdict().items())
    return Line(found.given, 0, found.title, found.artist, found.place, found.source, found.level)


def _lines(views: Views, answer: "Answer", ask: Ask, rest: "Rest") -> Iterator[Line]:
    from hitparade.records.named_artists import titles  # noqa: PLC0415 - records are defined before they are proved

    values: dict[str, Any] = {"first": rest.first, "last": rest.last, "depth": rest.depth}
    if answer.chart:
        values["series"] = answer.chart
    if rest.of == "artist":
        series = series_called(views, answer.chart)
        who = Known(rest.id, "")
        until = answer.as_of or series.last
        asked = Asked(replace(ask, song=""), series, ask.first or date.min, until, until, rest.depth, None, who)
        for row in titles(views, asked):
            yield from _first_line(views, answer, row, rest.depth)
        return
    sql = {"song": _OF_SONG, "issue": _OF_ISSUE, "artist-issue": _OF_ARTIST_ISSUE}[rest.of]
    if rest.of != "issue":
        values["id"] = rest.id
    text = sql.replace("{series}", "and series = $series" if answer.chart else "")
    for row in views.rows(text, values):
        yield Line(*row)


def _first_line(views: Views, answer: "Answer", row: Row, depth: int) -> Iterator[Line]:
    """Yield the line that shows a title reaching a depth, with the artist's role in it and the name printed."""
    values = {"id": row[9], "first": row[1], "last": row[1], "depth": depth, "series": answer.chart}
    as_whom = f"{row[4]}, as {row[8]}" if row[8] else row[4]
    for line in views.rows(_OF_SONG.replace("{series}", "and series = $series"), values)[:1]:
        yield replace(Line(*line), role=as_whom)


def spans(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield lines of one print and one source in a row together, as far as they follow each other in the list."""
    for _, group in groupby(lines, key=lambda line: (line.title, line.credit, line.source, line.role)):
        yield tuple(group)


def limits(views: Views, asked: Asked, record: "Named", rests: Sequence["Rest"]) -> tuple[str, ...]:
    """Return what the archive cannot prove of an answer, a sentence each."""
    from hitparade.records.lists import CREDITS_NOTE  # noqa: PLC0415 - which reads this module

    notes = [*filter(None, [CREDITS_NOTE, note_of(views, asked)])] if record.credits else []
    if asked.series and asked.series.kind != "awards" and rests and not record.of_holes:
        notes += [*_begins(views, asked, rests), *_short(views, asked, rests), *_unlike(views, asked, rests)]
        notes += _gaps(views, asked, rests)
    return tuple(notes)


def _songs(rests: Sequence["Rest"]) -> list[int]:
    return sorted({rest.id for rest in rests if rest.of == "song"})


def _begins(views: Views, asked: Asked, rests: Sequence["Rest"]) -> Iterator[str]:
    """Yield which songs were already there when the archive begins, so that what they did before is not known."""
    series = asked.series
    born = views.born(series.id) if series else None
    if series is None or (born and series.first <= born):
        return
    begun = views.outline(series.id).begun
    if found := sorted({begun[song] for song in _songs(rests) if song in begun}):
        yield f"{_named(found)}: on the first issue held, {series.first}; what came before it is not known here"


def _short(views: Views, asked: Asked, rests: Sequence["Rest"]) -> Iterator[str]:
    """Yield the issues behind an answer that lack lines: below the hole every line stands too high."""
    found = views.outline(asked.series.id).short if asked.series else ()
    hit = [row for row in found if any(rest.first <= row[0] <= rest.last for rest in rests)]
    if hit:
        what = "a line" if {row[1] for row in hit} == {1} else "lines"
        when = _when([row[0] for row in hit])
        yield f"the archive lacks {what} {when}: positions below the hole stand too high there"


def _when(issues: Sequence[date]) -> str:
    """Return the issues of a note: all where they are few, else how many and from when to when."""
    if len(issues) <= _NAMED:
        return f"in {listed([str(each) for each in issues])}"
    return f"in {len(issues)} issues from {issues[0]} to {issues[-1]}"


def _unlike(views: Views, asked: Asked, rests: Sequence["Rest"]) -> Iterator[str]:
    """Yield the songs of an answer whose published columns say other weeks or another peak than the issues do."""
    series = asked.series
    if series is None or not views.outline(series.id).unlike or not (ids := _songs(rests)):
        return
    sql = _UNLIKE.format(unlike=views.of("unlike", series.id))
    rows = views.rows(sql, {"songs": ids, "last": asked.last})
    found = []
    for title, issue, weeks, printed_weeks, peak, printed_peak in rows:
        if printed_weeks not in (None, weeks):
            found.append(f"{title} has {weeks} weeks in the issues and {printed_weeks} in the column of {issue}")
        if printed_peak not in (None, peak):
            found.append(f"{title} peaks at {peak} in the issues and at {printed_peak} in the column of {issue}")
    if found:
        yield "the published columns differ: " + _named(found, "; ")


def _gaps(views: Views, asked: Asked, rests: Sequence["Rest"]) -> Iterator[str]:
    """Yield the places where issues seem to be missing between those that an answer rests on."""
    gaps = views.outline(asked.series.id).gaps if asked.series else ()
    found = [row for row in gaps if any(rest.first < row[1] <= rest.last for rest in rests)]
    if found:
        yield "no issue is held between " + _named([f"{before} and {after}" for before, after in found])


def _named(names: Sequence[str], joint: str = ", ") -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return joint.join(names[:_NAMED]) + more
