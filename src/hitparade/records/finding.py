"""The songs that a name means, in any spelling: a title, "title - artist", "artist title", in any case and order."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hitparade.archive.series import YEAR_END
from hitparade.catalog.folding import fold
from hitparade.catalog.groups import ISRC_KEY
from hitparade.errors import AmbiguousError, ArchiveError
from hitparade.records.mirror import Mirror

LISTED = 20
"""How many songs of one name an error lists."""
_IDLE = frozenset(["a", "and", "by", "duet", "featuring", "feat", "from", "ft", "the", "vs", "with", "x"])

_ARTICLES = ("the", "a")
_NAMED = re.compile(r"\{(\w+)\}")
_KEYED = "select song from {songs} where key = $text or song::varchar = $text"
_TITLED = "select distinct song, name_key, credit_key from {names} where name_key in ({said})"
_WORDED = """
select distinct song from {names}
where list_has_all(string_split(name_key || ' ' || credit_key, ' '), string_split($said, ' '))
"""
_NAMESAKES = """
with bases as (select base_key from {names} where song = $song)
select distinct song from {names}
where name_key in (from bases) and base_key in (from bases) and song <> $song order by song
"""
_LIVES = """
select song, title, credit, first, last, peak, series, lines, key from {lives}
where song in ({ids}) and lines is not null order by lines desc, title, credit, first, song
"""
_TOLD = """
select r.song, s.title, s.credit, min(first_issue), max(last_issue), min(peak),
    arg_min(r.series, (peak, peak_issue, r.series)), sum(weeks)::integer, s.key
from {runs} r join {songs} s on s.song = r.song
where r.song in ({ids}) and s.song in ({ids}) and r.series in (select unnest($series))
group by r.song, s.title, s.credit, s.key
order by sum(weeks) desc, s.title, s.credit, min(first_issue), r.song
"""
_RUNS_BY = """(
    select series, song, min(issue) as first_issue, max(issue) as last_issue, min(position) as peak,
        arg_min(issue, (position, issue)) as peak_issue, count(distinct issue) as weeks
    from entries where issue <= $until and song in ({ids}) group by series, song
)"""
"""Runs as of a day; those of the view are as of the last issue held."""


@dataclass(frozen=True, slots=True)
class Found:
    """A song that answers to a name: its usual print, its first and last issue, and its peak with the chart of it.

    ``key`` names it and no other, on the command line too.
    """

    song: int
    title: str
    credit: str
    first: date
    last: date
    peak: int
    series: str
    lines: int
    key: str = ""

    @property
    def name(self) -> str:
        """Title and credit."""
        return f"{self.title} - {self.credit}"

    @property
    def years(self) -> str:
        """The years of its lines: ``1979`` or ``1979 to 1980``."""
        first, last = self.first.year, self.last.year
        return str(first) if first == last else f"{first} to {last}"

    @property
    def dated(self) -> str:
        """It as a list shows it beside another of the same title and artist: with its days and its key."""
        when = f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"
        return f"{self.name} ({when}, peak {self.peak} on {self.series})   {self.key}"

    def __str__(self) -> str:
        """Return it as a list shows it."""
        return f"{self.name} ({self.years}, peak {self.peak} on {self.series})"


def songs(mirror: Mirror, text: str, series: str = "", on: date | None = None) -> tuple[Found, ...]:
    """Return the songs that answer to ``text`` on a series or on any, by a day; those with most lines first.

    A title that is exactly so comes before "title artist", and that before songs with all of the words.
    """
    for numbers in _steps(mirror, text.strip(), fold(text)):
        if numbers and (found := _told(mirror, numbers, series, on)):
            return found
    return ()


def one(mirror: Mirror, text: str, series: str = "", on: date | None = None) -> Found:
    """Return the one song that ``text`` means.

    Raises:
        AmbiguousError: several answer to it; each is listed with credit, years and peak.
        ArchiveError: none does; the nearest are named.
    """
    found = songs(mirror, text, series, on)
    if not found:
        raise ArchiveError(_unknown(mirror, text, series, on))
    if len(found) > 1:
        raise AmbiguousError(several(text, found))
    return found[0]


def several(text: str, found: Sequence[Found]) -> str:
    """Return the sentence that lists the songs of one name."""
    more = f"\n  and {len(found) - LISTED} more" if len(found) > LISTED else ""
    listed = "".join(f"\n  {line}" for line in told_apart(found[:LISTED]))
    names = {each.name for each in found}
    how = 'as "title - artist"' if len(names) == len(found) else "by its key, which ends its line"
    return f'{len(found)} songs answer to "{text}"; say which, {how}:{listed}{more}'


def told_apart(found: Sequence[Found]) -> list[str]:
    """Return songs as a list shows them; those of one title and artist with their days and the key that names each."""
    names = Counter(each.name for each in found)
    return [str(each) if names[each.name] == 1 else each.dated for each in found]


def namesakes(mirror: Mirror, found: Found, on: date | None = None) -> tuple[Found, ...]:
    """Return the other songs of the same title by a day, those with most lines first."""
    numbers = _numbers(mirror, _NAMESAKES, song=found.song)
    return _told(mirror, numbers, "", on) if numbers else ()


def _numbers(mirror: Mirror, sql: str, **values: object) -> list[int]:
    return [row[0] for row in _rows(mirror, sql, values)]


def _rows(mirror: Mirror, sql: str, values: Mapping[str, object], said: Collection[str] = ()) -> list[tuple[Any, ...]]:
    """Return the rows of a statement in which ``{songs}`` and its like stand for views held in memory.

    ``{said}`` stands for texts, each bound by itself: the sorted table is then read only where they may be.
    """
    bound = {f"said{number}": text for number, text in enumerate(sorted(said))}
    text = sql.replace("{said}", ", ".join(f"${name}" for name in bound) or "null")
    return mirror.rows(_NAMED.sub(lambda view: mirror.near(view[1]), text), {**values, **bound})


def _steps(mirror: Mirror, text: str, said: str) -> Iterable[list[int]]:
    if " / " in text or text.isdecimal() or text.startswith(ISRC_KEY):
        yield _numbers(mirror, _KEYED, text=text)
    ends = _ends(said)
    titled = _rows(mirror, _TITLED, {}, ends)
    for title in (said, *(f"{article} {said}" for article in _ARTICLES)):
        yield sorted({row[0] for row in titled if row[1] == title})
    yield _parted(titled, ends)
    yield _numbers(mirror, _WORDED, said=said)


def _ends(said: str) -> dict[str, set[str]]:
    """Return what may be a title in a text, with or without an article, and for each the words that are left."""
    words = said.split(" ")
    found: dict[str, set[str]] = {said: {""}}
    for at in range(1, len(words)):
        one, other = " ".join(words[:at]), " ".join(words[at:])
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    for title, rests in tuple(found.items()):
        for article in _ARTICLES:
            found.setdefault(f"{article} {title}", set()).update(rests)
    return found


def _parted(titled: Iterable[Sequence[Any]], ends: Mapping[str, set[str]]) -> list[int]:
    """Return the songs whose title is one end of a text and whose credit holds the words of the rest."""
    best: dict[tuple[bool, int], set[int]] = {}
    for song, name, credit in titled:
        for rest in ends[name] - {""}:
            words = set(rest.split()) - _IDLE or set(rest.split())
            if words <= set(credit.split()):
                best.setdefault((rest == credit, len(name)), set()).add(song)
    return sorted(best[max(best)]) if best else []


def _told(mirror: Mirror, numbers: Sequence[int], series: str, on: date | None) -> tuple[Found, ...]:
    ids = ", ".join(map(str, numbers))
    if on is None and not series:
        return tuple(Found(*row) for row in _rows(mirror, _LIVES.replace("{ids}", ids), {}))
    charts = [one.series for one in mirror.series.values() if one.kind != YEAR_END]
    values: dict[str, object] = {"series": [series] if series else charts}
    if on is not None:
        sql, values["until"] = _TOLD.replace("{runs}", _RUNS_BY), on
    else:
        sql = _TOLD.replace("{runs}", mirror.of("runs", series))
    return tuple(Found(*row) for row in _rows(mirror, sql.replace("{ids}", ids), values))


def _unknown(mirror: Mirror, text: str, series: str, on: date | None) -> str:
    where = f" on {series}" if series else ""
    when = f" up to {on}" if on else ""
    near = _near(mirror, fold(text))
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return f'no song answers to "{text}"{where}{when}{hint}'


def _near(mirror: Mirror, said: str) -> list[str]:
    """Return the names of songs that look most like ``said``."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a name that nothing answers to needs it

    rows = mirror.rows("select song, title, credit from songs order by song")
    titles = {row[0]: fold(row[1]) for row in rows}
    whole = {row[0]: fold(f"{row[1]} {row[2]}") for row in rows}
    close = [
        *process.extract(said, titles, scorer=fuzz.ratio, score_cutoff=80, limit=5),
        *process.extract(said, whole, scorer=fuzz.WRatio, score_cutoff=80, limit=5),
    ]
    names = {row[0]: f'"{row[1]} - {row[2]}"' for row in rows}
    ranked = sorted(close, key=lambda each: (-each[1], names[each[2]]))
    return list(dict.fromkeys(names[number] for _, _, number in ranked))[:3]
