"""Songs side by side on one chart: issue by issue since each entered, and what their runs come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hitparade.errors import ArchiveError
from hitparade.records.mirror import Mirror
from hitparade.records.song import ChartRun, SongHistory

_TWO = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One song of a comparison, and on how many of the issues that all of them share it stood highest."""

    title: str
    credit: str
    run: ChartRun
    ahead: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Songs on one chart.

    Attributes:
        weeks: a row for each issue since entry, the first being 1: the position of each song, None where it was
            not on, or where it has not come that far.
        together: issues that have all of the songs.
    """

    series: str
    title: str
    simulated: bool
    source: str
    as_of: date
    songs: tuple[Side, ...]
    weeks: tuple[tuple[int | None, ...], ...]
    together: int

    @property
    def name(self) -> str:
        """The songs in one line."""
        return " / ".join(f"{side.title} - {side.credit}" for side in self.songs)


def common(mirror: Mirror, songs: Sequence[int], names: Sequence[str]) -> str:
    """Return the chart that all songs were on, the one with most of their weeks.

    Raises:
        ArchiveError: there is none.
    """
    sql = """select series, song, weeks from runs where song in (select unnest($songs))
        and series in (select series from series where kind <> 'year-end') order by series, song"""
    held: dict[str, dict[int, int]] = {}
    for series, song, weeks in mirror.rows(sql, {"songs": list(songs)}):
        held.setdefault(series, {})[song] = weeks
    shared = [series for series, each in held.items() if len(each) == len(set(songs))]
    if not shared:
        where = "; ".join(
            f"{name} was on {', '.join(series for series in sorted(held) if song in held[series]) or 'none'}"
            for song, name in zip(songs, names, strict=True)
        )
        raise ArchiveError(f"no chart that is held has all of these songs: {where}")
    return min(shared, key=lambda series: (-sum(held[series].values()), series))


def compare(histories: Sequence[SongHistory]) -> Comparison:
    """Return songs side by side; each history is of the one chart that they are compared on."""
    runs = [said.charts[0] for said in histories]
    positions = [{line.ordinal: line.position for line in run.lines} for run in runs]
    shared = set(positions[0]).intersection(*positions[1:])
    ahead = [0] * len(runs)
    for ordinal in shared:
        best = min(held[ordinal] for held in positions)
        first = [number for number, held in enumerate(positions) if held[ordinal] == best]
        if len(first) < _TWO:
            ahead[first[0]] += 1
    sides = tuple(
        Side(said.title, said.credit, run, count) for said, run, count in zip(histories, runs, ahead, strict=True)
    )
    first_run = runs[0]
    return Comparison(
        first_run.series, first_run.title, first_run.simulated, first_run.source, first_run.as_of, sides,
        tuple(_weeks(runs, positions)), len(shared),
    )  # fmt: skip


def _weeks(runs: Sequence[ChartRun], positions: Sequence[dict[int, int]]) -> list[tuple[int | None, ...]]:
    starts = [run.debut.ordinal for run in runs]
    longest = max(run.last.ordinal - start for run, start in zip(runs, starts, strict=True)) + 1
    return [
        tuple(held.get(start + week) for held, start in zip(positions, starts, strict=True)) for week in range(longest)
    ]
