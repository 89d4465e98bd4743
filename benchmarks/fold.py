"""The fold alone: the UK book over ten years, 2,000 candidates a week, candidates in memory, reasons kept.

Run ``python benchmarks/fold.py [WEEKS] [CANDIDATES]``. The aim is at most 10 ms a week at the median. What is timed
is only the fold: making a week's candidates, as the ledger would, is not.
"""

import resource
import statistics
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from time import perf_counter

import numpy as np

from hitparade.chart import Candidate, CandidateSet, ChartState
from hitparade.compile.fold import step
from hitparade.rulebook.books import shipped
from hitparade.rulebook.calendar import issues
from hitparade.rulebook.inforce import rules_for
from hitparade.rulebook.rules import Rules

BOOK, FIRST = "gb-singles", date(2015, 1, 1)
SHARES = {"download": 3, "physical": 1, "video.premium": 90, "video.ad_funded": 300}
STREAMS = 900
"""So many streams for each download; every other measure has a share of its own."""


def book_of_ten_years(weeks: int) -> list[Rules]:
    """Return the rules of every issue from 2015 on, as the book has them."""
    book = shipped()[BOOK]
    return [rules_for(book, each) for each in issues(book, FIRST, FIRST + timedelta(7 * weeks + 30))[:weeks]]


class Market:
    """Songs that rise and fade over the weeks, each with its size and its best week."""

    def __init__(self, weeks: int, songs: int) -> None:
        dice, number = np.random.default_rng(7), songs + 40 * weeks
        self.peaks = dice.integers(-52, weeks + 1, number)
        self.sizes = (dice.pareto(1.1, number) * 1_000 + 400).astype(np.int64)
        self.leads = dice.integers(0, number // 6, number)
        self.moods = dice.integers(90, 111, (64, number))

    def quantities(self, week: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """Return how much everybody likes every song in a week."""
        age = week - self.peaks
        liked = self.sizes * 1_000 // (1 + np.where(age < 0, 40 * -age, age))
        return liked * self.moods[week % 64] // 100

    def candidates(self, week: int, songs: int, rules: Rules) -> CandidateSet:
        """Return the largest songs of a week with their sums in as many windows as the rules read."""
        windows = [self.quantities(week - back) for back in range(rules.look_back + 1)]
        best = np.argsort(-windows[0], kind="stable")[:songs]
        shares = {measure: SHARES.get(measure, STREAMS) for measure in rules.weights}
        sums = {
            m: np.stack([each[best] * share // 100 for each in windows], axis=1).tolist() for m, share in shares.items()
        }
        lines = tuple(
            Candidate(
                f"song {n:05} / artist {self.leads[n]}",
                f"Song {n:05}",
                f"Artist {self.leads[n]}" + (" featuring Somebody" if n % 7 == 0 else ""),
                released=FIRST + timedelta(7 * int(self.peaks[n]) - 21),
                sums={measure: tuple(columns[at]) for measure, columns in sums.items()},
                channels=6,
            )
            for at, n in enumerate(best.tolist())
        )
        lines = tuple(sorted(lines, key=lambda line: line.song))
        kth = {measure: min(column[0] for column in columns) for measure, columns in sums.items()}
        market = {m: tuple(int(each.sum()) * share // 100 for each in windows) for m, share in shares.items()}
        return CandidateSet(lines, songs, kth, market)


def life(market: Market, book: list[Rules], songs: int) -> Iterator[tuple[float, ChartState, int]]:
    """Give the milliseconds of each week's fold, the state after it and how many entries it has."""
    state = ChartState()
    for week, rules in enumerate(book):
        candidates = market.candidates(week, songs, rules)
        began = perf_counter()
        made = step(candidates, state, (), rules)
        spent = (perf_counter() - began) * 1000
        state = made.state
        yield spent, state, len(made.chart.entries)


def main() -> None:
    """Print the milliseconds a week: median, and the worst of all weeks."""
    weeks, songs = (int(word) for word in [*sys.argv[1:], *("520", "2000")[len(sys.argv) - 1 :]])
    book = book_of_ten_years(weeks)
    times, known, entries = [], 0, 0
    for spent, state, lines in life(Market(weeks, songs), book, songs):
        times.append(spent)
        known, entries = len(state.songs), lines
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    late = statistics.median(times[-52:])
    print(f"fold: {statistics.median(times):.1f} ms a week at the median, slowest {max(times):.1f} ms; aim: 10 ms")
    print(f"      {late:.1f} ms a week in the last year, when the chart knows most songs")
    print(f"work: {BOOK}, {book[0].issue.issue_date} to {book[-1].issue.issue_date}, {len(book)} weeks")
    print(f"      {songs:,} candidates a week, up to {book[-1].look_back + 1} windows")
    print(f"      {entries} entries at the end, {known:,} songs known")
    print(f"peak: {peak} MB")


if __name__ == "__main__":
    main()
