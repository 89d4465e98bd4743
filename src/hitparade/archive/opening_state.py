"""What a chart remembers when it goes on from an archive: the state after the archive's last issue.

Only what the archive says is said. Published columns go before what is counted, because a publisher knows of issues
that an archive does not hold; where they show that issues are missing, first issue and day of the peak are not known.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from hitparade.archive.continuity import continuity
from hitparade.catalog.decisions import Decisions
from hitparade.catalog.songs import Print, print_key, songs_of
from hitparade.chart import ChartState, SongState
from hitparade.compile.issues_of import with_issue

_COLUMNS = ("issue", "position", "title", "credit", "peak", "weeks")


class _Row(NamedTuple):
    issue: date
    position: int
    title: str
    credit: str
    peak: int | None
    weeks: int | None


@dataclass(slots=True)
class _Run:
    """What the issues held say of one song, and what its last line has printed."""

    row: _Row
    first: date
    peak: int
    peak_issue: date
    peak_weeks: int = 0
    held: int = 0
    issues: tuple[int, ...] = ()

    def take(self, row: _Row, number: int) -> None:
        """Add a line; of two lines on one issue the better one stands, which comes first."""
        if self.held and row.issue == self.row.issue:
            return
        if row.position < self.peak:
            self.peak, self.peak_issue, self.peak_weeks = row.position, row.issue, 0
        self.peak_weeks += row.position == self.peak
        self.row, self.held, self.issues = row, self.held + 1, with_issue(self.issues, number)

    @property
    def whole(self) -> bool:
        """Whether no printed number speaks of issues that are not held."""
        return self.row.weeks in {None, self.held} and (self.row.peak is None or self.row.peak >= self.peak)

    def state(self, song: str) -> SongState:
        """Return what is remembered of the song."""
        whole, row = self.whole, self.row
        return SongState(
            song=song,
            title=row.title,
            credit=row.credit,
            first_issue=self.first if whole else None,
            last_issue=row.issue,
            last_position=row.position,
            peak=min(self.peak, row.peak or self.peak),
            peak_issue=self.peak_issue if whole else None,
            peak_weeks=self.peak_weeks if whole else None,
            weeks_on_chart=row.weeks or self.held,
            issues=self.issues if whole else (),
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """The state, whose number is that of the issues held, and of how many songs not all issues are held."""

    state: ChartState
    partly: int


def opened(table: pa.Table, last: date, ledger: Sequence[tuple[str, Print]], decisions: Decisions) -> Opened:
    """Return what a chart remembers after issue ``last`` of an archive.

    Args:
        table: the lines of a series in order.
        last: the last issue that is read.
        ledger: songs of the ledger, by their keys, as they are printed there; the archive's songs take these keys.
        decisions: what people decided about songs.
    """
    columns: Any = pc
    table = table.filter(columns.less_equal(table.column("issue"), pa.scalar(last, pa.date32())))
    said = continuity(table)
    apart = {
        (line.issue, line.position, line.title, line.credit): line.name for one in said.separated for line in one.lines
    }
    rows = [_Row(*values) for values in zip(*(table.column(name).to_pylist() for name in _COLUMNS), strict=True)]
    keys = {words: print_key(*words) for words in {(row.title, row.credit) for row in rows}}
    homes = _homes(rows, ledger, decisions, said.pairs)
    runs, issues = _runs(rows, keys, apart, homes)
    _newest_first(runs, keys, homes)
    states = {key: runs[key].state(key) for key in sorted(runs)}
    partly = sum(state.first_issue is None for state in states.values())
    return Opened(ChartState(last, states, issues), partly)


def _homes(
    rows: Sequence[_Row],
    ledger: Sequence[tuple[str, Print]],
    decisions: Decisions,
    pairs: Iterable[tuple[str, str]],
) -> dict[str, str]:
    """Return by print key the key of its song: the ledger's where it knows the song."""
    lines = Counter((row.title, row.credit) for row in rows)
    prints = [Print(title, credit, count) for (title, credit), count in lines.items()]
    songs = songs_of([*prints, *(said for _, said in ledger)], decisions, pairs)
    known: dict[str, str] = {}
    for key, said in ledger:
        song = songs.of(said.key)
        if song:
            known[song.key] = min(key, known.get(song.key, key))
    return {name: known.get(song.key, song.key) for song in songs.songs for name in song.names}


def _runs(
    rows: Sequence[_Row],
    keys: Mapping[tuple[str, str], str],
    apart: Mapping[tuple[date, int, str, str], str],
    homes: Mapping[str, str],
) -> tuple[dict[str, _Run], int]:
    """Return the run of each song, and how many issues there are."""
    runs: dict[str, _Run] = {}
    number, issue = 0, None
    for row in rows:
        number, issue = number + (row.issue != issue), row.issue
        name = apart.get((row.issue, row.position, row.title, row.credit)) or keys[row.title, row.credit]
        key = homes.get(name, name)
        run = runs.get(key)
        if run is None:
            run = runs[key] = _Run(row, row.issue, row.position, row.issue)
        run.take(row, number)
    return runs, number


def _newest_first(runs: dict[str, _Run], keys: Mapping[tuple[str, str], str], homes: Mapping[str, str]) -> None:
    """Give a text that is two songs to the one that was on the chart last: what is played today is that one."""
    for name in sorted(runs.keys() - set(homes.values())):
        text = homes[keys[runs[name].row.title, runs[name].row.credit]]
        other = runs.get(text)
        if other is None:
            runs[text] = runs.pop(name)
        elif other.row.issue < runs[name].row.issue:
            runs[text], runs[name] = runs[name], other
