"""Candidates are asked for until no song left out could matter."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from fold_maker import issue, remembered, rules, song, state, week
from hitparade.chart import CandidateSet, ChartState
from hitparade.compile.decision import Decision
from hitparade.compile.proof import bound, compile_issue, differences, follows
from hitparade.errors import CompileError


class Market:
    """A market with two measures, which gives the k largest songs of each as a house would."""

    def __init__(self, sums: dict[str, tuple[int, int]]) -> None:
        self.sums, self.asked = sums, []  # type: ignore[var-annotated]

    def fetch(self, k: int, named: Sequence[str]) -> CandidateSet:
        """Return the k largest songs of each measure and the named ones."""
        self.asked.append((k, tuple(named)))
        keys, kth = set(named) & set(self.sums), {}
        for at, measure in enumerate(("download", "stream")):
            best = sorted(self.sums, key=lambda key: (-self.sums[key][at], key))
            keys |= set(best[:k])
            kth[measure] = self.sums[best[k]][at] if len(best) > k else 0
        lines = [song(key, 0, sums={"download": (self.sums[key][0],), "stream": (self.sums[key][1],)}) for key in keys]
        return replace(week(lines), k=k, kth=kth)


BOTH = {"download": 1, "stream": 1}


def test_a_small_market_is_fetched_once() -> None:
    market = Market({"a": (3, 1), "b": (1, 2)})
    made = compile_issue(market.fetch, ChartState(), (), rules(weights=BOTH))
    assert market.asked == [(300, ())]
    assert made.k == 300
    assert [(entry.song, entry.points) for entry in made.chart.entries] == [("a", 4), ("b", 3)]


def test_k_doubles_until_the_bound_is_below_the_deepest_line() -> None:
    """A song that is second in nothing can be first in all.

    400 songs have 100 downloads, 400 others 100 streams; the middling song has 99 of both, 198 points. At
    k = 300 a song left out may have 100 + 100 = 200 points, and the lines below the first have 100. At k = 600
    every song that has anything is in.
    """
    sums = {f"d{n:03}": (100, 0) for n in range(400)} | {f"s{n:03}": (0, 100) for n in range(400)}
    market = Market({**sums, "middling": (99, 99)})
    made = compile_issue(market.fetch, ChartState(), (), rules(size=1, weights=BOTH))
    assert [k for k, _ in market.asked] == [300, 600]
    assert (made.chart.entries[0].song, made.chart.entries[0].points) == ("middling", 198)
    assert bound(made.candidates, made.rules) == 0


def test_a_bound_equal_to_the_deepest_line_is_no_proof() -> None:
    """Size 1 and 20 more are read: the 21st line has 80 points, and a song left out may have as many."""
    songs = {f"s{n:02}": 100 - n for n in range(40)}
    asked = []

    def fetch(k: int, _named: Sequence[str]) -> CandidateSet:
        asked.append(k)
        return week(songs, kth=80 if k == 300 else 79)

    compile_issue(fetch, ChartState(), (), rules(size=1))
    assert asked == [300, 600]


def test_lines_that_rules_take_off_make_the_proof_deeper() -> None:
    """Ann has 31 songs of which one counts: the second position is line 32, and 20 below it are read."""
    songs = [song(f"ann{n:02}", 200 - n, "Ann") for n in range(31)] + [song(f"b{n:02}", 100 - n) for n in range(40)]
    cap = {"artist_cap": {"entries": 1, "by": "credit"}}
    depths = []

    def fetch(k: int, _named: Sequence[str]) -> CandidateSet:
        depths.append(k)
        return week(songs, kth=100 if k == 300 else 10)

    made = compile_issue(fetch, ChartState(), (), rules(size=2, params=cap))
    assert depths == [300, 600]
    assert [entry.song for entry in made.chart.entries] == ["ann00", "b00"]


def test_a_rule_that_reads_deep_is_proven_as_deep() -> None:
    """Below 60 after 5 weeks on a chart of 2: the 61st line has 40 points."""
    songs = {f"s{n:02}": 100 - n for n in range(90)}
    params = {"recurrent": {"tiers": [{"weeks": 5, "below": 60}]}}
    asked = []

    def fetch(k: int, _named: Sequence[str]) -> CandidateSet:
        asked.append(k)
        return week(songs, kth=40 if k == 300 else 39)

    compile_issue(fetch, ChartState(), (), rules(size=2, params=params))
    assert asked == [300, 600]


def test_the_first_k_is_twice_the_size_of_a_large_chart() -> None:
    market = Market({"a": (1, 1)})
    compile_issue(market.fetch, ChartState(), (), rules(size=200))
    assert market.asked == [(400, ())]


def test_songs_of_the_last_issue_and_of_decisions_are_named_under_their_new_keys() -> None:
    market = Market({"a": (1, 1)})
    before = state(remembered("old", 2, 1), remembered("gone", 2, 1, n=-4))
    rulings = [
        Decision("d-2", issue(0), issue(0), "z", "fraud", "exclude", "why"),
        Decision("d-1", issue(5), issue(5), "later", "fraud", "exclude", "why"),
    ]
    made = compile_issue(market.fetch, before, rulings, rules(), renamed={"old": "new", "never": "seen"})
    assert market.asked == [(300, ("new", "z"))]
    assert made.renamed == {"old": "new"}
    assert [each.id for each in made.decisions] == ["d-2"]


def test_a_source_of_candidates_that_never_ends_is_refused() -> None:
    with pytest.raises(CompileError, match="no number of candidates proves"):
        compile_issue(lambda _k, _named: week({"a": 5}, kth=9), ChartState(), (), rules())


def test_an_issue_follows_from_its_inputs_and_a_changed_one_does_not() -> None:
    made = compile_issue(Market({"a": (3, 1), "b": (1, 2)}).fetch, ChartState(), (), rules(weights=BOTH))
    assert follows(made)
    first, second = made.chart.entries
    swapped = replace(made.chart, entries=(replace(first, song="b"), replace(second, song="a")))
    assert differences(replace(made, chart=swapped)) == ("its entries differ from what its inputs give",)
    assert not follows(replace(made, state_out=ChartState()))
    assert differences(replace(made, candidates=replace(made.candidates, kth={"download": 9, "stream": 0}))) == (
        "its candidates do not prove that no other song matters",
    )


def test_any_larger_k_gives_the_same_issue() -> None:
    """What is printed and remembered does not depend on how many candidates were at hand."""
    sums = {f"s{n:03}": (500 - n // 2, n * 7 % 50) for n in range(900)}
    before = state(*(remembered(f"s{n:03}", 3 + n % 30, 1 + n % 40) for n in range(0, 900, 20)))
    params = {
        "recurrent": {"tiers": [{"weeks": 20, "below": 10}], "descending_only": True},
        "artist_cap": {"entries": 1, "by": "credit"},
    }
    market = Market(sums)
    made = compile_issue(market.fetch, before, (), rules(size=40, weights=BOTH, params=params))
    asked = [named for _, named in market.asked]
    every = compile_issue(lambda _k, _named: market.fetch(2000, asked[0]), before, (), made.rules)
    assert (made.chart, made.state_out) == (every.chart, every.state_out)
    assert made.k < 900
