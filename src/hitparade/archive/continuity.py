"""Which prints of one series are one song, or several, by its published last week, peak and weeks on chart.

A title or credit may change from one issue to the next while the run goes on, and one text may belong to two songs.
The publisher's own columns know it: they count on, or they begin again. What they leave open is named as a doubt and
left as it is. Nothing here looks at more than the lines of one series.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pyarrow as pa

from hitparade.archive.continuity_doubtful import doubtful
from hitparade.archive.continuity_lines import Lines, lines_of
from hitparade.archive.continuity_runs import Run, Walk, walk
from hitparade.catalog.decisions import span

_KINDS: dict[str, pa.DataType] = {
    "issue": pa.date32(), "position": pa.int32(), "title": pa.string(), "credit": pa.string(), "name": pa.string(),
}  # fmt: skip
PARTED = pa.schema(_KINDS)
"""The columns of :attr:`Continuity.parted`."""


class Joined(NamedTuple):
    """Two names (print keys) that are one song, the line on which the text changed, and why."""

    one: str
    other: str
    issue: date
    position: int
    evidence: str


class PartLine(NamedTuple):
    """A line that does not belong to the song of its print key, and the name of the song it belongs to."""

    issue: date
    position: int
    title: str
    credit: str
    name: str


class Separated(NamedTuple):
    """A song whose text is also that of another song.

    Attributes:
        key: its print key, shared with the other.
        name: its own name: the span of the print key from its first to its last issue, or the print key of the
            song that these lines belong to under another text.
        first, last: its issues. Another song of the same text may stand between them: ``lines`` decide.
    """

    key: str
    name: str
    first: date
    last: date
    evidence: str
    lines: tuple[PartLine, ...]


class Doubt(NamedTuple):
    """What the columns leave open; the lines stay where their text puts them."""

    key: str
    issue: date
    position: int
    evidence: str


@dataclass(frozen=True)
class Continuity:
    """What the columns of one series say of its songs, beyond their texts."""

    joined: tuple[Joined, ...] = ()
    separated: tuple[Separated, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of print keys that are one song, as ``songs_of`` takes them."""
        return tuple(sorted({(each.one, each.other) for each in self.joined}))

    @property
    def parted(self) -> pa.Table:
        """The lines that are not of the song of their print key: issue, position, title, credit and the song's name.

        A name that no print has (see ``decisions.span_of``) is a song of its own, with that name as its key.
        """
        rows = sorted(line for each in self.separated for line in each.lines)
        columns = {name: [getattr(row, name) for row in rows] for name in PartLine._fields}
        return pa.table(columns, schema=PARTED)


def continuity(table: pa.Table) -> Continuity:
    """Return what the published columns of a series say of its songs; ``table`` has the columns of its lines."""
    found = doubtful(table)
    if found is None:
        return Continuity()
    lines = lines_of(found.lines, issues=found.issues)
    return continuity_of(lines, walk(lines, per_spell=found.per_spell))


def continuity_of(lines: Lines, walked: Walk) -> Continuity:
    """Return what a walk through the lines of a series found out about its songs."""
    homes = _homes(lines, walked.runs)
    parts = [part for run in walked.runs if (part := _separated(lines, run, homes))]
    doubts = [Doubt(lines.key[line], *_where(lines, line), why) for line, why in walked.doubts]
    return Continuity(tuple(_joined(lines, walked, homes)), tuple(sorted(parts)), tuple(sorted(doubts)))


def _homes(lines: Lines, runs: list[Run]) -> dict[int, int]:
    """Return for each song by text the run that keeps its name: the one that was there first."""
    homes: dict[int, int] = {}
    for run in sorted(runs, key=lambda each: each.lines[0]):
        for line in run.lines:
            homes.setdefault(lines.song[line], run.number)
    return homes


def _where(lines: Lines, line: int) -> tuple[date, int]:
    return lines.issues[lines.at[line]], lines.position[line]


def _separated(lines: Lines, run: Run, homes: dict[int, int]) -> Separated | None:
    away = [line for line in run.lines if homes[lines.song[line]] != run.number]
    if not away:
        return None
    key, ends = lines.key[away[0]], [lines.issues[lines.at[away[place]]] for place in (0, -1)]
    own = sorted(lines.key[line] for line in run.lines if homes[lines.song[line]] == run.number)
    name = own[0] if own else span(key, *ends)
    told = tuple(PartLine(*_where(lines, line), lines.title[line], lines.credit[line], name) for line in away)
    return Separated(key, name, ends[0], ends[1], run.why, told)


def _joined(lines: Lines, walked: Walk, homes: dict[int, int]) -> list[Joined]:
    made = []
    for before, line, why in walked.joins:
        run = walked.of[line]
        if homes[lines.song[before]] == run == homes[lines.song[line]]:
            one, other = sorted((lines.key[before], lines.key[line]))
            made.append(Joined(one, other, *_where(lines, line), why))
    return sorted(made)
