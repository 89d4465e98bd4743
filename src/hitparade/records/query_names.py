"""The names in a question: a series, an artist or a song written in any way, found in the mirror or refused by name."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from hitparade.catalog.folding import fold
from hitparade.errors import AmbiguousError, ArchiveError, UsageError
from hitparade.records.query import ROLES, Ask, Asked, Known, Series, Views, bound

_NAMED = 8
"""How many candidates an error names before it counts the rest."""
_MEANT, _ALIKE = 3, 70
"""How many names a misspelt one may have meant, and how many letters in a hundred they share with it at least."""


def series_called(views: Views, name: str, *, kinds: Sequence[str] = ()) -> Series:
    """Return the series of that id or title; without a name the only one of its kind that there is.

    Raises:
        ArchiveError: there is none of that name.
        AmbiguousError: the name is missing and there are several.
    """
    lists = views.award_lists() if "awards" in kinds else views.all_series()
    held = [one for one in lists if one.issues and (not kinds or one.kind in kinds)]
    if name:
        exact = [one for one in held if one.id == name.strip()] or [one for one in held if _same(one, name)]
        found = exact or [one for one in held if fold(name) in fold(one.title)]
    else:
        found = held
    if len(found) == 1:
        return found[0]
    there = _listed([one.id for one in (found or held)])
    if found:
        raise AmbiguousError(f"{'several series answer to ' + repr(name) if name else 'which chart?'}: {there}")
    if not held:
        raise ArchiveError("no issue of any chart is held here; `hitparade archive import SERIES PATH` brings some in")
    if other := [one for one in views.award_lists() if "awards" not in kinds and _same(one, name)]:
        raise ArchiveError(f"{other[0].id} is a list of awards, which has no issues; of charts there are {there}")
    what = "list of awards" if "awards" in kinds else "series"
    raise ArchiveError(
        f"{name!r}: no {what} of that name is held here; there {'are' if len(held) > 1 else 'is'} {there}"
    )


def _same(one: Series, name: str) -> bool:
    return fold(name) in (fold(one.id), fold(one.title), fold(f"{one.title} {one.publisher}"))


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def artist_called(views: Views, name: str) -> Known:
    """Return the artist of that name or alias.

    Raises:
        ArchiveError: nobody is called so; names that hold all of its words are listed.
    """
    key = fold(name)
    found = views.rows("select artist, name from artists where key = $key order by artist", {"key": key})
    if not found:
        sql = """select distinct artist, name from credits join artists using (artist)
            where how = 'alias' and lower(printed) = lower($name) order by artist"""
        found = views.rows(sql, {"name": name.strip()})
    if found:
        return Known(*found[0])
    words = [f"%{word}%" for word in key.split()]
    tests = " and ".join(f"key like $w{n}" for n in range(len(words))) or "false"
    close = views.rows(
        f"select name from artists where {tests} order by length(key), key limit {_NAMED}",
        {f"w{n}": word for n, word in enumerate(words)},
    )
    hint = f"; there are {', '.join(row[0] for row in close)}" if close else _meant(views, key)
    raise ArchiveError(f"{name!r}: no artist of that name is credited here{hint}")


def _meant(views: Views, said: str) -> str:
    """Return the artists whose names look most like ``said``, as a question; empty when none does."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a name that nobody answers to needs it

    names = dict(views.rows("select key, name from artists order by key"))
    found = process.extract(said, list(names), scorer=fuzz.ratio, limit=_MEANT, score_cutoff=_ALIKE)
    near = [names[key] for key, _, _ in sorted(found, key=lambda one: (-one[1], one[0]))]
    return f"; did you mean {' or '.join(near)}?" if near else ""


_SONGS = """
select distinct s.song, s.title, s.credit from {songs} s
where s.song in (
        select song from songs where key like $key escape '\\'
        union all select song from songs where lower(title) = lower($title)
        union all select song from entries where lower(title) = lower($title)
    )
    and s.song in (select song from entries where {series} issue <= $last {credited})
order by s.title, s.credit, s.song
"""


def songs_called(views: Views, text: str, series: str, artist: Known | None, last: date) -> tuple[Known, ...]:
    """Return the songs of that title, written in any way, on a series (or on any) up to a day."""
    said, _, credit = text.partition(" - ")
    values: dict[str, Any] = {"key": _like(fold(said)) + " / %", "title": said.strip(), "series": series, "last": last}
    credited = "and credit_id in (select credit_id from credits where artist = $artist)" if artist else ""
    values["artist"] = artist.id if artist else 0
    # A song is called as the chart prints it; another chart may print it otherwise.
    songs = "(select song, title, credit from runs where series = $series)" if series else "songs"
    sql = _SONGS.replace("{series}", "series = $series and" if series else "").replace("{credited}", credited)
    sql = sql.replace("{songs}", songs)
    found = tuple(Known(*row) for row in views.rows(sql, bound(sql, values)))
    exact = tuple(one for one in found if fold(one.credit) == fold(credit)) if credit else ()
    return exact or tuple(one for one in found if not credit or fold(credit) in fold(one.credit))


def _like(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


def song_called(views: Views, text: str, series: str, artist: Known | None, last: date) -> Known:
    """Return the one song that ``text`` means: a title, or ``title - credit``.

    Raises:
        AmbiguousError: several songs have that title; all are listed.
        ArchiveError: none has.
    """
    found = songs_called(views, text, series, artist, last)
    if not found and " - " in text:
        found = songs_called(views, text.replace(" - ", " "), series, artist, last)
    if len(found) == 1:
        return found[0]
    if found:
        names = "; ".join(f"{one.name} - {one.credit}" for one in found)
        raise AmbiguousError(f"{text!r}: {len(found)} songs have that title: {names}; add --artist or the credit")
    where = f" on {series}" if series else ""
    raise ArchiveError(f"{text!r}: no song of that title{where} up to {last}")


def asked_of(
    views: Views, ask: Ask, *, depth: int, over_all: bool = False, by_title: bool = False, kinds: Sequence[str] = ()
) -> Asked:
    """Return an ask with its series, artist and song found.

    Raises:
        UsageError: a role that there is not, or days the wrong way round.
    """
    if ask.role not in ROLES:
        raise UsageError(f"--role: found {ask.role!r}; allowed: {', '.join(ROLES)}")
    series = None if over_all and not ask.chart else series_called(views, ask.chart, kinds=kinds)
    last = min(filter(None, [ask.as_of, ask.last, series.last if series else date.max]))
    first = ask.first or date.min
    if first > last:
        raise UsageError(f"--from {first} is after {last}, the last issue that is asked for or held")
    artist = artist_called(views, ask.artist) if ask.artist and (series is None or series.kind != "awards") else None
    one = ask.song and not by_title
    song = song_called(views, ask.song, series.id if series else "", artist, last) if one else None
    has_issues = series is not None and series.kind != "awards"
    issue = _issue(views, series, ask.issue or last, exact=ask.issue is not None) if series and has_issues else last
    return Asked(ask, series, first, last, issue, ask.depth or depth, song, artist)


def _issue(views: Views, series: Series, day: date, *, exact: bool) -> date:
    held = views.outline(series.id)
    found = held.upto(day)
    if found is None or (exact and found != day):
        near = [str(each) for each in (found, held.after(day)) if each]
        said = f"the nearest {'is' if len(near) == 1 else 'are'} {' and '.join(near)}"
        raise ArchiveError(f"{series.id}: there is no issue of {day} here; {said}")
    return found
