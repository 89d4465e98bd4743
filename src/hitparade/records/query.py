"""What is asked of the records: names are looked up, every value is bound, every word checked against a list.

Nothing that a user writes becomes part of a statement. Filters such as ``peak<=10`` are read into a column of the
record, a comparison and a value; the column must be one that the record shows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

import pyarrow as pa

from hitparade.errors import UsageError
from hitparade.records.outline import Outline, Parts

ROLES = ("credited", "lead", "featured", "solo")
_COMPARED = re.compile(r"\s*(?P<column>[a-z_]+)\s*(?P<sign><=|>=|!=|=|<|>)\s*(?P<value>.+?)\s*")
_ORDERED = re.compile(r"\s*(?P<minus>-?)(?P<column>[a-z_]+)\s*")
_ROLE_SQL = {
    "credited": "true",
    "lead": "role = 'lead'",
    "featured": "role <> 'lead'",
    "solo": "credit_id in (select credit_id from credits group by credit_id having count(distinct artist) = 1)",
}

Row = tuple[Any, ...]


class Series(NamedTuple):
    """A series of the mirror, as its view ``series`` says."""

    id: str
    title: str
    publisher: str
    territory: str
    kind: str
    size: int | None
    first: date
    last: date
    issues: int
    simulated: bool
    source: str


class Award(NamedTuple):
    """One line of a list of awards: a level that a title reached, when, and where the line stands."""

    title: str
    artist: str
    level: str
    given: date
    released: date | None
    place: str
    source: str


class Term(NamedTuple):
    """What a book says on a day: the value, where it comes from, and how sure that is."""

    value: Any
    source: str
    confidence: str


class Views(Parts, Protocol):
    """What records read: the views of the mirror, and beside them only lists of awards and the terms of books."""

    def table(self, sql: str, values: Sequence[Any] | Mapping[str, Any] | None = None) -> pa.Table:
        """Return the rows of a statement as columns, where they are too many for one value at a time."""
        ...

    def outline(self, series: str) -> Outline:
        """Return what a series holds besides its lines."""
        ...

    def all_series(self) -> tuple[Series, ...]:
        """Return the series of the mirror, by id."""
        ...

    def award_lists(self) -> tuple[Series, ...]:
        """Return the lists of awards that are held."""
        ...

    def awards(self, name: str) -> tuple[Award, ...]:
        """Return the awards of a list by date."""
        ...

    def born(self, chart: str) -> date | None:
        """Return the first issue that the chart ever had, where its book says so and does not guess."""
        ...

    def pronoun(self, artist: str) -> str:
        """Return how the artist of that key is spoken of, ``he``, ``she`` or ``they``; nothing where nobody says it."""
        ...

    def term(self, chart: str, block: str, day: date) -> Term | None:
        """Return what the chart's book says under a block on a day."""
        ...


class Known(NamedTuple):
    """A song or an artist: its number and how it is called."""

    id: int
    name: str
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a user asks for, in the user's words.

    Attributes:
        chart: a series' id or title; may be empty when the house holds one, or for records over all charts.
        role: ``lead``, ``featured``, ``credited`` (either) or ``solo``, of the artist.
        first, last: only issues dated from and to these days.
        as_of: nothing after this issue date is known; the last issue held if not given.
        issue: the issue date of records of one issue.
        depth: how far down a chart the record looks; 0 means the record's own depth.
        top: how many rows; 0 means all; None means what the record shows by itself.
        table: points of the positions from 1 down, instead of their inverse.
        order: one of the record's columns, with ``-`` before it for the largest first.
        where: comparisons such as ``peak<=10``.
        against: the series that a year is compared with.
    """

    chart: str = ""
    song: str = ""
    artist: str = ""
    role: str = "credited"
    first: date | None = None
    last: date | None = None
    as_of: date | None = None
    issue: date | None = None
    depth: int = 0
    top: int | None = None
    order: str = ""
    where: tuple[str, ...] = ()
    against: str = ""
    table: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """An ask whose names were found: what statements are bound to."""

    ask: Ask
    series: Series | None
    first: date
    last: date
    issue: date
    depth: int
    song: Known | None
    artist: Known | None

    @property
    def as_of(self) -> date:
        """The last issue date that an answer may rest on; of a list of awards, which is of days, the day asked for."""
        awards = self.series is not None and self.series.kind == "awards"
        return self.ask.as_of if awards and self.ask.as_of else self.last

    def values(self) -> dict[str, Any]:
        """Return everything that a statement may bind."""
        return {
            "series": self.series.id if self.series else "",
            "first": self.first,
            "last": self.last,
            "issue": self.issue,
            "depth": self.depth,
            "song": self.song.id if self.song else 0,
            "artist": self.artist.id if self.artist else 0,
            "begins": self.series.first if self.series else date.min,
        }

    @property
    def everything(self) -> bool:
        """Whether all issues count, so that the view of runs, which is as of the last, says the same."""
        return self.series is not None and self.first == date.min and self.last >= self.series.last

    def sources(self) -> dict[str, str]:
        """Return what statements may read, by the word that stands for it.

        ``lines`` are the lines that count: of the series, in time, of the artist and song if given; ``past`` has all
        that came before them too; ``high``, ``high_past`` and ``ones`` are those at the depth or above, and at the top.
        """
        now, past = self._times("issue"), self._times("issue", begins=False)
        tops = "tops" if self.series else "entries"
        high = tops if self.depth <= TOPS else "entries"
        return {
            "lines": self._picked("entries", now),
            "past": self._picked("entries", past, begins=False),
            "high": self._picked(high, [*now, "position <= $depth"]),
            "high_past": self._picked(high, [*past, "position <= $depth"], begins=False),
            "ones": self._picked(tops, [*now, "position = 1"]),
            "runs": self._picked("runs", []),
            "twice": self._picked("twice", now),
            "spells": self._picked("spells", self._times("first_issue")),
            "sung": self._picked("sung", self._times("first_issue", begins=False), begins=False),
            "credits": f"(select * from credits where {role_sql(self.ask.role)})",
        }

    def _times(self, column: str, *, begins: bool = True) -> list[str]:
        since = [f"{column} >= $first"] if begins and self.first > date.min else []
        until = [f"{column} <= $last"] if self.series is None or self.last < self.series.last else []
        return since + until

    def _picked(self, table: str, tests: Sequence[str], *, begins: bool = True) -> str:
        parts = list(tests)
        if self.song:
            parts.append("song = $song")
        elif self.artist:
            parts.append(f"song in ({self._songs_of_artist(begins=begins)})")
        return f"(select * from {table} where {' and '.join(parts) or 'true'})"

    def _songs_of_artist(self, *, begins: bool) -> str:
        """Return the statement of the songs that any series credits, in that time, to the artist."""
        if self.first == date.min or not begins:
            return f"select song from every_sung where first_issue <= $last and credit_id in ({credits_of(self)})"
        times = "issue between $first and $last"
        return f"select song from every_entries where {times} and credit_id in ({credits_of(self)})"


TOPS = 10
"""How deep the part ``tops`` reaches: most records look no deeper."""
_PARTS = re.compile(r"\b(from|join) (entries|runs|issues|tops|twice|spells|sung)\b")
_EVERY = re.compile(r"\bevery_(entries|sung)\b")


def credits_of(asked: Asked) -> str:
    """Return the statement of the credits that the artist has the asked role in."""
    return f"select credit_id from credits where artist = $artist and {role_sql(asked.ask.role)}"


def role_sql(role: str) -> str:
    """Return the condition of a role on the view ``credits``."""
    return _ROLE_SQL[role]


def bound(sql: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of ``values`` that the statement names: an engine refuses the others."""
    return {name: values[name] for name in set(re.findall(r"\$([a-z_0-9]+)", sql))}


def run(views: Views, sql: str, asked: Asked, more: Mapping[str, Any] | None = None) -> list[Row]:
    """Return the rows of a statement over ``{lines}`` and the like, bound to what was asked."""
    text = sql
    for word, source in asked.sources().items():
        text = text.replace(f"{{{word}}}", source)
    text = over(views, text, asked.series)
    return views.rows(text, bound(text, {**asked.values(), **(more or {})}))


def over(views: Views, sql: str, series: Series | None) -> str:
    """Return a statement that reads the parts of one series alone, where one is asked for."""
    if series:
        sql = _PARTS.sub(lambda part: f"{part[1]} {views.of(part[2], series.id)}", sql)
    return _EVERY.sub(lambda part: part[1], sql)


class Compared(NamedTuple):
    """One comparison of a filter, its value still text."""

    column: str
    sign: str
    value: str


def compared(filters: Iterable[str], columns: Sequence[str]) -> Iterator[Compared]:
    """Yield the comparisons that filters such as ``peak<=10`` make, of columns that the record has.

    Raises:
        UsageError: a filter that cannot be read, or of another column.
    """
    for text in filters:
        match = _COMPARED.fullmatch(text)
        if not match or match["column"] not in columns:
            allowed = f"a comparison (<= >= = != < >) of one of {', '.join(columns)}"
            raise UsageError(f"--where: found {text!r}; allowed: {allowed}, such as peak<=10")
        yield Compared(match["column"], match["sign"], match["value"].strip("'\""))


def ordered(order: str, columns: Sequence[str]) -> str:
    """Return the order that was asked for as a clause, or an empty text.

    Raises:
        UsageError: it names what is no column of the record.
    """
    parts = []
    for text in filter(None, order.split(",")):
        match = _ORDERED.fullmatch(text)
        if not match or match["column"] not in columns:
            raise UsageError(f"--order: found {text!r}; allowed: {', '.join(columns)}; with - the largest first")
        parts.append(f'"{match["column"]}" {"desc" if match["minus"] else "asc"} nulls last')
    return ", ".join(parts)


def typed(one: Compared, kind: str) -> object:
    """Return a filter's value as its column has it, of which ``kind`` is the type: a number, a day or a text.

    Raises:
        UsageError: the value is no such thing.
    """
    if kind == "VARCHAR":
        return one.value
    if kind == "DATE":
        with suppress(ValueError):
            return date.fromisoformat(one.value)
    elif re.fullmatch(r"-?\d{1,18}", one.value):
        return int(one.value)
    allowed = "a day such as 2016-10-08" if kind == "DATE" else "a whole number"
    raise UsageError(f"--where: found {one.value!r} for {one.column}; allowed: {allowed}")
