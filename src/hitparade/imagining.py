"""A house as it would be: the same files and deliveries, with lines added to its log, compiled in ``scratch``.

What a correction would change can only be known by counting and folding again, because caps do not commute with
merges and every place on a chart rests on those above it. Nothing of the house itself is written.
"""

import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete

from hitparade import database as db
from hitparade.archive import drafts, index
from hitparade.catalog import log
from hitparade.catalog.log import LogLine
from hitparade.chart import Chart
from hitparade.compiling import Course
from hitparade.storage import HousePaths

if TYPE_CHECKING:
    from hitparade.house import House

Begins = Mapping[str, date]
"""By chart, the first issue that is compiled anew."""


@dataclass(frozen=True, slots=True)
class _Beside(HousePaths):
    """The places of an imagined house: what is only read is the real house's."""

    real: HousePaths

    @property
    def config(self) -> Path:
        return self.real.config

    @property
    def books(self) -> Path:
        return self.real.books

    @property
    def rows(self) -> Path:
        return self.real.rows

    @property
    def deliveries(self) -> Path:
        return self.real.deliveries

    @property
    def originals(self) -> Path:
        return self.real.originals

    @property
    def editions(self) -> Path:
        return self.real.editions

    @property
    def archives(self) -> Path:
        return self.real.archives


@contextmanager
def imagined(house: "House", lines: Sequence[LogLine], begins: Begins) -> Iterator["House"]:
    """Give a house with these lines in its log, where nothing is published or drafted since each chart's beginning."""
    from hitparade.house import House  # noqa: PLC0415 - the front door imports this when somebody asks

    root = house.paths.scratch / f"imagined-{uuid.uuid4().hex[:8]}-{os.getpid()}"
    paths = _Beside(root, house.paths)
    root.mkdir(parents=True)
    try:
        with closing(sqlite3.connect(house.paths.database)) as real, closing(sqlite3.connect(paths.database)) as copy:
            real.backup(copy)
        database = db.connect(paths.database)
        made = House(paths, house.config, database, house.clock)
        made.__dict__["engine"] = house.engine
        try:
            _prepare(made, lines, begins)
            _link(house.paths.totals, paths.totals)
            _link_drafts(made, house.paths.drafts)
            yield made
        finally:
            database.dispose()
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _prepare(made: "House", lines: Sequence[LogLine], begins: Begins) -> None:
    log.add(made.database, lines)
    with db.writing(made.database) as transaction:
        for chart, first in begins.items():
            for table in (db.editions, db.drafts):
                since = table.c.issue_date >= first.isoformat()
                transaction.execute(delete(table).where(table.c.chart == chart, since))


def _link(real: Path, beside: Path) -> None:
    """Let the imagined house have the files of a folder, under names of its own."""
    for file in real.rglob("*.parquet"):
        place = beside / file.relative_to(real)
        place.parent.mkdir(parents=True, exist_ok=True)
        _share(file, place)


def _link_drafts(made: "House", real: Path) -> None:
    for row in drafts.drafts(made.database):
        place = drafts.place_of(made.paths, row.chart, row.issue_date)
        place.parent.mkdir(parents=True, exist_ok=True)
        file = real / place.relative_to(made.paths.drafts)
        if file.is_file():
            _share(file, place)


def _share(file: Path, place: Path) -> None:
    try:
        place.hardlink_to(file)
    except OSError:  # a file system without links
        shutil.copyfile(file, place)


def compiled(house: "House", begins: Begins, lines: Sequence[LogLine]) -> dict[tuple[str, date], Chart]:
    """Return the issues that the real house has published or drafted since then, with ``lines`` in its log."""
    found = {}
    with imagined(house, lines, begins) as made:
        for chart, first in sorted(begins.items()):
            wanted = known_issues(house, chart, first)
            for each, _ in Course(made, chart, None).compile(wanted, _quiet) if wanted else ():
                found[chart, each.chart.issue_date] = each.chart
            found = {key: value for key, value in found.items() if key[0] != chart or key[1] in wanted}
    return found


def known_issues(house: "House", chart: str, first: date) -> tuple[date, ...]:
    """Return the issues of a chart since a day that have an edition in force or a draft, in order."""
    known = {row.issue_date for row in index.chain(house.database, chart)}
    known |= {row.issue_date for row in drafts.drafts(house.database, chart)}
    return tuple(sorted(day for day in known if day >= first))


_SAID = {
    "positions": ("position",), "points": ("points",), "printed words": ("title", "credit"),
    "last week": ("previous_position", "movement"), "weeks": ("weeks_on_chart",),
    "peak": ("peak", "peak_issue", "peak_weeks"), "markers": ("markers",),
}  # fmt: skip
"""What can be otherwise of a song on an issue, by the fields of its entry."""


def differences(before: Chart, after: Chart) -> Iterator[str]:
    """Give what of an issue is otherwise, in words: which songs are on it, and what it says of those that stay."""
    one, other = ({entry.song: entry for entry in chart.entries} for chart in (before, after))
    if one.keys() != other.keys():
        yield "the songs on it"
    both = sorted(one.keys() & other.keys())
    for words, names in _SAID.items():
        if any(getattr(one[song], name) != getattr(other[song], name) for song in both for name in names):
            yield words
    if [each.song for each in before.drop_outs] != [each.song for each in after.drop_outs]:
        yield "drop-outs"


def _quiet(*_: object) -> None:
    """Advance nothing."""
