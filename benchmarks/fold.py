"""The fold alone: 2,000 candidates a week for a year, every rule kind, reasons kept, candidates in memory.

Run ``python benchmarks/fold.py [WEEKS] [CANDIDATES]``. The aim is at most 10 ms a week at the median.
"""

import resource
import statistics
import sys
from datetime import date, time, timedelta
from random import Random
from time import perf_counter

from hitparade.chart import Candidate, CandidateSet, ChartState
from hitparade.compile.fold import step
from hitparade.rulebook.rules import IssueDates, Panel, Profile, Rules
from hitparade.weeks import window

FIRST = date(2015, 1, 2)
MEASURES = {"download": 600, "on_demand.premium": 6, "on_demand.ad_funded": 1, "detection": 3}
PARAMS = {
    "release_age": {"years": 3},
    "recurrent": {"tiers": [{"weeks": 20, "below": 50}, {"weeks": 52, "below": 25}], "passes": "fixpoint"},
    "artist_cap": {"entries": 3, "by": "credit"},
}


def rules(n: int) -> Rules:
    """Return the rules of week ``n``: a chart of 100 under every rule kind."""
    first = FIRST + timedelta(7 * n)
    return Rules(
        chart="benchmark",
        title="Benchmark",
        publisher="hitparade",
        territory="GB",
        issue=IssueDates(first + timedelta(7), window(first, time(), "UTC")),
        size=100,
        weights=MEASURES,
        points_per_unit=600,
        profile=Profile(),
        panel=Panel(),
        steps=tuple(PARAMS),
        params=PARAMS,
        ties=("points", "previous_position", "peak", "id"),
        shared="no",
        look_back=1,
        cuts=frozenset(),
        values=(),
    )


def market(weeks: int, songs: int) -> list[CandidateSet]:
    """Return weeks of songs that rise and fade, each with this window and the one before."""
    dice = Random(7)  # noqa: S311 - a repeatable market, not a secret
    peaks = {f"song {n:05} / artist {n % 700}": dice.randrange(weeks) for n in range(songs * 2)}
    sizes = {song: dice.paretovariate(1.1) for song in peaks}

    def quantity(song: str, n: int, share: int) -> int:
        return int(sizes[song] * 10_000 * share / (1 + abs(n - peaks[song])))

    made = []
    for n in range(weeks):
        best = sorted(peaks, key=lambda song: (-quantity(song, n, 1), song))[:songs]
        lines = tuple(
            Candidate(
                song,
                song.split(" / ")[0].title(),
                song.split(" / ")[1].title(),
                released=FIRST + timedelta(7 * peaks[song] - 60),
                sums={m: (quantity(song, n, at + 1), quantity(song, n - 1, at + 1)) for at, m in enumerate(MEASURES)},
            )
            for song in sorted(best)
        )
        made.append(CandidateSet(lines, songs, dict.fromkeys(MEASURES, 1), dict.fromkeys(MEASURES, (1, 1))))
    return made


def main() -> None:
    """Print the milliseconds a week of three runs, median first."""
    weeks, songs = (int(word) for word in [*sys.argv[1:], *("52", "2000")[len(sys.argv) - 1 :]])
    found = market(weeks, songs)
    medians, worst, entries = [], 0.0, 0
    for _ in range(3):
        state, times = ChartState(), []
        for n, candidates in enumerate(found):
            began = perf_counter()
            made = step(candidates, state, (), rules(n))
            times.append((perf_counter() - began) * 1000)
            state, entries = made.state, len(made.chart.entries)
        medians.append(statistics.median(times))
        worst = max(worst, *times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    median = statistics.median(medians)
    print(f"fold: {median:.1f} ms a week (3 runs of {weeks} weeks), slowest {worst:.1f} ms; aim: 10 ms")
    print(f"work: {songs:,} candidates, {len(MEASURES)} measures, {entries} entries, {len(state.songs):,} known")
    print(f"peak: {peak} MB, all candidates included")


if __name__ == "__main__":
    main()
