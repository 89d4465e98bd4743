"""What a house holds that records may read: the mirror's views, awards, the books' terms, and who is who."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import Engine

from hitparade.archive import series as archives
from hitparade.catalog.who import Who, load_all
from hitparade.errors import BookError
from hitparade.records.mirror import Mirror
from hitparade.records.mirror_keys import who_files, who_folders
from hitparade.records.outline import Outline
from hitparade.records.query import Award, Row, Series, Term
from hitparade.rulebook.books import available
from hitparade.storage import HousePaths


@lru_cache(maxsize=4)
def _who(folders: tuple[Path, ...], _: tuple[tuple[Path, int], ...]) -> Who:
    """Return what the files of folders say; that a file is new or changed is a reason to read them again."""
    return load_all(folders)


def award_lists(database: Engine) -> tuple[Series, ...]:
    """Return the lists of awards that a house holds, as series."""
    return tuple(
        Series(
            one.id, one.title, one.publisher, one.territory, one.kind, None, one.first_issue or date.min,
            one.last_issue or date.max, one.lines, one.simulated, one.source,
        )
        for one in archives.held(database)
        if one.kind == archives.AWARDS
    )  # fmt: skip


def awards(paths: HousePaths, database: Engine, name: str) -> tuple[Award, ...]:
    """Return the awards of a list by date, artist, title and level."""
    table = archives.awards(paths, database, name)
    rows = table.select(["title", "artist", "level", "date", "released", "place", "source"]).to_pylist()
    return tuple(Award(*row.values()) for row in rows)


@dataclass(frozen=True)
class Held:
    """The mirror with what stands beside it in a house."""

    mirror: Mirror
    paths: HousePaths
    database: Engine

    def rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] | None = None) -> list[Row]:
        """Return the rows of a statement over the views."""
        return self.mirror.rows(sql, values)

    def table(self, sql: str, values: Sequence[Any] | Mapping[str, Any] | None = None) -> pa.Table:
        """Return the rows of a statement as columns."""
        return self.mirror.table(sql, values)

    def of(self, part: str, series: str) -> str:
        """Return the name under which statements read one part of one series."""
        return self.mirror.of(part, series)

    def outline(self, series: str) -> Outline:
        """Return what a series holds besides its lines."""
        return self.mirror.outline(series)

    def all_series(self) -> tuple[Series, ...]:
        """Return the series of the mirror, by id."""
        return tuple(Series(*row) for row in self.mirror.series.values())

    def award_lists(self) -> tuple[Series, ...]:
        """Return the lists of awards that are held, as series."""
        return award_lists(self.database)

    def awards(self, name: str) -> tuple[Award, ...]:
        """Return the awards of a list by date, artist, title and level."""
        return awards(self.paths, self.database, name)

    def born(self, chart: str) -> date | None:
        """Return the first issue that a chart ever had, where its book says so and does not guess."""
        try:
            first = min(available(self.paths.books)[chart].life, key=lambda span: span.begins)
        except (KeyError, ValueError, BookError):
            return None
        return first.begins if first.confidence != "estimated" else None

    def pronoun(self, artist: str) -> str:
        """Return how an artist is spoken of, where a who-is-who file says it."""
        files = tuple((file, file.stat().st_mtime_ns) for file in who_files(self.paths))
        known = _who(who_folders(self.paths), files).artists.get(artist)
        return known.pronoun if known else ""

    def term(self, chart: str, block: str, day: date) -> Term | None:
        """Return what the chart's book says under a block on a day, or None where no book says anything."""
        try:
            series = available(self.paths.books)[chart].series.get(block)
            found = series.on(day) if series else None
        except (KeyError, BookError):
            return None
        return Term(found.value, str(found.source), found.confidence) if found else None
