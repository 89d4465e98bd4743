"""The mirror: entries of editions and archives as Parquet, with the views that all records read and nothing else.

Losing it loses nothing: it is made again from editions, imports and the catalog when it is next opened.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple, Self

import pyarrow as pa
from sqlalchemy import Engine

from hitparade.archive.series import YEAR_END
from hitparade.engine.duck import Duck, file_list, literal
from hitparade.records import mirror_build, mirror_keys, mirror_sql
from hitparade.records.mirror_build import CATALOG, MANIFEST, PARTS, Advance
from hitparade.records.mirror_empty import EMPTY
from hitparade.records.outline import Outline, outline
from hitparade.records.runs import Calendar
from hitparade.storage import HousePaths


class SeriesRow(NamedTuple):
    """A series as the view ``series`` says it."""

    series: str
    title: str
    publisher: str
    territory: str
    kind: str
    size: int | None
    first_issue: date
    last_issue: date
    issues: int
    simulated: bool
    source: str


VIEWED = ("entries", "runs", "issues", "sung")
"""Parts of which there is a view over all series; the others are read of one series at a time."""

LIVES = f"""
select r.song, s.title, s.credit, s.key, list(distinct r.series) as charts,
    min(r.first_issue) filter (c.is_chart) as first, max(r.last_issue) filter (c.is_chart) as last,
    min(r.peak) filter (c.is_chart) as peak,
    arg_min(r.series, (r.peak, r.peak_issue, r.series)) filter (c.is_chart) as series,
    sum(r.weeks) filter (c.is_chart)::integer as lines
from runs r join songs s on s.song = r.song
join (select series, kind <> '{YEAR_END}' as is_chart from series) c on c.series = r.series
group by r.song, s.title, s.credit, s.key order by r.song
"""
"""What is said of a song over all charts, to find it by; ``charts`` are all series, lists of years too."""

SMALL = 40_000
"""Rows of a part of a series that are read once and kept in memory while the mirror is open."""

SETTLES = 1.0
"""Seconds after which a file that changes again has another time of change, on any file system that SQLite works on."""

Values = Sequence[Any] | Mapping[str, Any] | None


class Mirror:
    """An open mirror; ``key`` is the digest of everything that it was made from."""

    def __init__(self, duck: Duck, folder: Path, told: mirror_build.Told) -> None:
        self.duck = duck
        self.key = str(told["key"])
        self._files = {
            name: {part: folder / file for part, file in files.items()} for name, files in told["series"].items()
        }
        self._near: set[str] = set()
        self._outlines: dict[str, Outline] = {}
        self._seen: tuple[object, float] = (None, 0.0)
        self._settled: object = None
        self._folder, self._told = folder, told
        for part in VIEWED:
            _view(duck, part, [folder / files[part] for files in told["series"].values()])
        for part in CATALOG:
            _view(duck, part, [folder / told["catalog"][part]])

    @cached_property
    def series(self) -> Mapping[str, SeriesRow]:
        """What is said of each series, by id."""
        rows = self.rows(f"select {', '.join(SeriesRow._fields)} from series order by series")
        return {row[0]: SeriesRow(*row) for row in rows}

    @cached_property
    def _calendars(self) -> Mapping[str, tuple[list[date], Calendar]]:
        found: dict[str, tuple[list[date], Calendar]] = {}
        gaps: dict[str, list[tuple[date, date, int]]] = {}
        short: dict[str, list[date]] = {}
        for name, *gap in self.rows(mirror_sql.GAPS):
            gaps.setdefault(name, []).append((gap[0], gap[1], gap[2]))
        for name, issue in self.rows(mirror_sql.SHORT):
            short.setdefault(name, []).append(issue)
        for name, days in self.rows("select series, list(issue order by issue) from issues group by series"):
            found[name] = days, Calendar(tuple(gaps.get(name, ())), tuple(short.get(name, ())))
        return found

    def series_of(self, song: int) -> list[str]:
        """Return the series that a song was ever on, in order."""
        rows = self.rows(f"select charts from {self.near('lives')} where song = $song", {"song": song})
        return sorted(rows[0][0]) if rows else []

    def calendar(self, series: str) -> Calendar:
        """Return what is held of a series' calendar."""
        return self._calendars[series][1]

    def issue_dates(self, series: str) -> list[date]:
        """Return the issues held of a series in order."""
        return self._calendars[series][0]

    def last_issue(self, series: str, until: date) -> date:
        """Return the last issue held of a series up to a day that is not before its first."""
        days = self.issue_dates(series)
        return days[bisect_right(days, until) - 1]

    @classmethod
    def open(cls, paths: HousePaths, database: Engine, engine: Duck, advance: Advance | None = None) -> Self:
        """Return the mirror of what the house holds now, brought up to it where something changed."""
        found = mirror_keys.evidence(paths, database)
        told = mirror_keys.read_json(paths.mirror / MANIFEST)
        if told.get("key") != found.key or not mirror_build.whole(paths, told):
            with closing(engine.beside()) as maker:
                told = mirror_build.make(paths, database, found, maker, advance)
        duck = engine.beside()
        # Files of a mirror are never written twice, so what they say of themselves may be remembered.
        duck.run("set parquet_metadata_cache = true")
        return cls(duck, paths.mirror, told)

    @cached_property
    def heard(self) -> mirror_build.Heard:
        """What all series print and what their columns say of it, before any decision."""
        return mirror_build.hear(self._files)

    def fresh(self, paths: HousePaths, database: Engine) -> bool:
        """Return whether the house still holds what this mirror was made from."""
        stamp = mirror_keys.stamp(paths)
        if stamp == self._settled:
            return True
        if mirror_keys.evidence(paths, database).key != self.key:
            return False
        seen, since = self._seen
        if stamp != seen:
            self._seen = stamp, monotonic()
        elif monotonic() - since > SETTLES:
            self._settled = stamp
        return True

    def rows(self, sql: str, values: Values = None) -> list[tuple[Any, ...]]:
        """Return the rows of a statement over the views, with ``values`` bound."""
        return self.duck.rows(sql, values)

    def of(self, part: str, series: str) -> str:
        """Return the name of a view of one part of one series; of a small part, of a table in memory."""
        name = f"one_{part}_{self._numbers[series]}"
        if name not in self._near:
            file = literal(self._folder / self._told["series"][series][part])
            rows = self.rows(f"select num_rows from parquet_file_metadata({file})")[0][0]
            source = f"select {literal(series)} as series, * from read_parquet({file}, hive_partitioning = false)"
            self.duck.run(f"create temp {'table' if rows <= SMALL else 'view'} {name} as {source}")
            self._near.add(name)
        return name

    def entries_of(self, names: Sequence[str]) -> str:
        """Return the source of the lines of some series: files of others are not even looked at."""
        return _read([self._folder / self._told["series"][name]["entries"] for name in names])

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {series: number for number, series in enumerate(sorted(self._told["series"]))}

    def outline(self, series: str) -> Outline:
        """Return what a series holds besides its lines."""
        if series not in self._outlines:
            self._outlines[series] = outline(self, series, self.series[series].size)
        return self._outlines[series]

    def near(self, view: str) -> str:
        """Return the name of a table that holds a small view in memory, where look-ups take a tenth of the time."""
        if view not in self._near:
            source = LIVES if view == "lives" else f"select * from {view}{' order by song' if view == 'songs' else ''}"
            self.duck.run(f"create temp table near_{view} as {source}")
            self._near.add(view)
        return f"near_{view}"

    def table(self, sql: str, values: Values = None) -> pa.Table:
        """Return the result of a statement over the views as an Arrow table."""
        return self.duck.arrow(sql, values)

    def close(self) -> None:
        """Give the memory back."""
        self.duck.close()


def _view(duck: Duck, name: str, files: list[Path]) -> None:
    if not files:
        duck.run(f"create temp view {name} as {EMPTY[name]}")
        return
    columns = "series, * exclude (series)" if name in PARTS else "*"
    source = _read(files) if name in PARTS else f"read_parquet({file_list(files)}, hive_partitioning = false)"
    duck.run(f"create temp view {name} as select {columns} from {source}")


def _read(files: list[Path]) -> str:
    """Return the source of parts of several series: the folder's name says whose each is."""
    return f"read_parquet({file_list(files)}, hive_partitioning = true, hive_types = {{'series': varchar}})"
