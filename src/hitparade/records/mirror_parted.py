"""Songs that a chart's own columns tell apart or join: read once from an imported series, then kept."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.archive.continuity import continuity
from hitparade.catalog.songs import Songs, print_key
from hitparade.catalog.spelling import text_id
from hitparade.records.mirror_columns import columns

PAIRS = columns(one=pa.string(), other=pa.string())
PARTS = columns(issue=pa.date32(), position=pa.int32(), title=pa.string(), credit=pa.string(), song=pa.int64())

Pair = tuple[str, str]
Write = Callable[[pa.Table, Path], None]


class Parted(NamedTuple):
    """A line that is not of the song of its print key, and the name of the song that it is of."""

    issue: date
    position: int
    title: str
    credit: str
    name: str

    def named(self, known: Container[str], span: str) -> str:
        """Return what it is called; the ``span`` that people parted from its print comes before the chart's columns."""
        return self.name if self.name in known or not span else span

    def song(self, songs: Songs) -> int:
        """Return the number of its song."""
        named = self.named(songs.by_name, songs.span_at(print_key(self.title, self.credit), self.issue))
        known = songs.of(named)
        return known.id if known else text_id(named)


def write(
    lines: Callable[[], pa.Table], places: tuple[Path, Path], writing: Callable[[Path], AbstractContextManager[Path]]
) -> None:
    """Write what the columns of a series say of its songs, pairs and parted lines, unless that is done."""
    if all(place.is_file() for place in places):
        return
    found = continuity(lines())
    pairs = pa.table([pa.array([pair[side] for pair in found.pairs], pa.string()) for side in (0, 1)], schema=PAIRS)
    for table, place in zip((pairs, found.parted), places, strict=True):
        with writing(place) as beside:
            pq.write_table(table, beside)


def pairs(file: Path) -> list[Pair]:
    """Return the pairs of print keys that are one song."""
    return [(str(row["one"]), str(row["other"])) for row in pq.read_table(file, partitioning=None).to_pylist()]


def lines(file: Path) -> list[Parted]:
    """Return the lines that are not of the song of their print key."""
    table = pq.read_table(file, partitioning=None).select(Parted._fields)
    return [Parted(*row) for row in zip(*(column.to_pylist() for column in table.columns), strict=True)]


def table(parted: Iterable[Parted], songs: Songs) -> pa.Table:
    """Return those lines with the numbers of their songs."""
    rows = [(*line[:4], line.song(songs)) for line in parted]
    arrays = [pa.array([row[at] for row in rows], field.type) for at, field in enumerate(PARTS)]
    return pa.table(arrays, schema=PARTS)


def unnamed(parted: Sequence[Parted], songs: Songs) -> Iterator[tuple[int, str, str, str]]:
    """Return number, key, title and credit of the songs that only the columns know."""
    seen: set[str] = set()
    for line in parted:
        if line.name not in seen and line.song(songs) == text_id(line.name) and songs.of(line.name) is None:
            seen.add(line.name)
            yield text_id(line.name), line.name, line.title, line.credit
