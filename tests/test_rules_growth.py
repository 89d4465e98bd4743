"""Charts ordered by what songs gained: one download is one point, and this window's number comes first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fold_maker import fold, issue, printed, remembered, rules, song, state, week
from hitparade.chart import Candidate, CandidateSet, ChartState
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.compile.explain import explain
from hitparade.compile.fold import Step
from hitparade.compile.grown import grown
from hitparade.compile.proof import bound, compile_issue, follows
from hitparade.compile.refold import refold
from hitparade.serve.cli.output import out
from hitparade.serve.cli.show import chart_table
from hitparade.serve.cli.story import print_story
from hitparade.showing import Told


def gained(key: str, now: int, before: int) -> Candidate:
    """A song with so many downloads now and in the window before."""
    return song(key, now, sums={"download": (now, before)})


def made(*songs: Candidate, said: Any = (), **terms: Any) -> Step:  # noqa: ANN401 - any parameter
    """Issue 0 of those songs."""
    known = state(remembered("big", 9, 1))
    return fold(songs, known, params={"growth": terms}, look_back=1, decisions=said, size=9)


def test_the_largest_gain_leads_not_the_largest_song() -> None:
    """1,000 after 990 gained 10; 60 after 20 gained 40; 30 after none gained 30."""
    done = made(gained("big", 1000, 990), gained("small", 60, 20), gained("new", 30, 0))
    assert [(entry.song, entry.points) for entry in done.chart.entries] == [("small", 40), ("new", 30), ("big", 10)]
    assert done.chart.entries[0].reasons == (("growth", "60 points after 20: gained 40"),)
    assert done.chart.entries[0].sums == {"download": 60}


def test_a_song_that_gained_nothing_leaves() -> None:
    """Equal is no gain; one more is."""
    done = made(gained("big", 100, 100), gained("one", 101, 100), gained("less", 99, 100))
    assert printed(done) == [(1, "one")]
    (gone,) = done.chart.drop_outs
    assert (gone.song, gone.rule, gone.sentence) == ("big", "growth", "100 points after 100: gained nothing")


def test_the_least_is_the_edge() -> None:
    done = made(gained("a", 19, 1), gained("b", 20, 3), gained("c", 21, 5), least=20)
    assert printed(done) == [(1, "b"), (2, "c")]


def test_new_songs_can_be_left_to_another_chart() -> None:
    assert printed(made(gained("a", 50, 0), gained("b", 5, 1), new=False)) == [(1, "b")]


def test_a_decision_admits_a_small_song_but_no_falling_one() -> None:
    said = [Decision(f"r-{key}", issue(0), issue(0), key, "growth", "exempt", "as agreed") for key in ("a", "b")]
    assert printed(made(gained("a", 10, 1), gained("b", 10, 11), said=said, least=20)) == [(1, "a")]


# Growth in percent.

TENTH = {"by": "percent", "least": 10, "from_nothing": "excluded"}
"""Ten downloads are the floor, and a song with nothing before is not ranked."""


def test_the_largest_share_leads_not_the_largest_gain() -> None:
    """Big gained 400 of 1,000, 40 %; small 12 of 20, 60 %. The points stay what each song has in this window."""
    done = made(gained("big", 1400, 1000), gained("small", 32, 20), **TENTH)
    assert [(entry.song, entry.points) for entry in done.chart.entries] == [("small", 32), ("big", 1400)]
    assert done.chart.entries[0].reasons == (("growth", "32 points after 20: grew by 60.0 %"),)
    assert done.chart.entries[1].reasons == (("growth", "1,400 points after 1,000: grew by 40.0 %"),)


def test_a_song_below_the_floor_is_not_ranked_however_much_it_grew() -> None:
    """Nine downloads are one too few; ten and eleven are enough. All had one, or two, before."""
    done = made(gained("nine", 9, 1), gained("ten", 10, 2), gained("eleven", 11, 2), **TENTH)
    assert printed(done) == [(1, "eleven"), (2, "ten")]


def test_a_song_of_the_issue_before_that_falls_below_the_floor_leaves_and_is_told_why() -> None:
    done = made(gained("big", 9, 1), gained("ten", 10, 2), **TENTH)
    (gone,) = done.chart.drop_outs
    assert (gone.song, gone.rule, gone.sentence) == ("big", "growth", "9 points; 10 are the least")


def test_growth_by_nothing_is_none() -> None:
    """100 after 100 leaves, 101 after 100 grew by one in a hundred."""
    assert printed(made(gained("same", 100, 100), gained("one", 101, 100), gained("less", 99, 100), **TENTH)) == [
        (1, "one")
    ]


def test_equal_shares_stand_by_points_then_by_the_ties_of_the_book() -> None:
    """30/20, 300/200 and 3000/2000 are all one and a half; a and b also have equal points, and a comes first."""
    songs = gained("b", 30, 20), gained("c", 3000, 2000), gained("a", 30, 20), gained("d", 300, 200)
    assert printed(made(*songs, **TENTH)) == [(1, "c"), (2, "d"), (3, "a"), (4, "b")]


def test_shares_that_no_float_keeps_apart_are_kept_apart() -> None:
    """(n + 2) / (n + 1) is less than (n + 1) / n by 1 / (n (n + 1)), about 10^-36: as floats both are 1."""
    n = 10**18
    assert float(n + 1) / float(n) == float(n + 2) / float(n + 1)
    done = made(gained("later", n + 2, n + 1), gained("sooner", n + 1, n), **TENTH)
    assert printed(done) == [(1, "sooner"), (2, "later")]


def test_a_song_from_nothing_is_excluded_or_first_as_declared() -> None:
    """Of two from nothing the one with more points is first; a hundredfold is less than from nothing."""
    songs = gained("ten", 10, 0), gained("twelve", 12, 0), gained("old", 1000, 10)
    assert printed(made(*songs, **TENTH)) == [(1, "old")]
    done = made(*songs, **{**TENTH, "from_nothing": "first"})
    assert printed(done) == [(1, "twelve"), (2, "ten"), (3, "old")]
    assert done.chart.entries[0].reasons == (
        ("growth", "12 points after 0: from nothing, before all that grew from something"),
    )


def test_a_decision_admits_a_song_below_the_floor_but_no_falling_one() -> None:
    """Nine after one is ninefold and leads once it is admitted; nine after ten is no growth."""
    said = [Decision(f"r-{key}", issue(0), issue(0), key, "growth", "exempt", "as agreed") for key in ("a", "b")]
    songs = gained("a", 9, 1), gained("b", 9, 10), gained("c", 20, 10)
    assert printed(made(*songs, said=said, **TENTH)) == [(1, "a"), (2, "c")]


# How deep one must look for it.


class Growing:
    """A market of downloads, which gives the k largest songs of this window as a house would."""

    def __init__(self, sums: Mapping[str, tuple[int, int]]) -> None:
        self.sums = sums
        self.asked: list[int] = []

    def fetch(self, k: int, named: Sequence[str]) -> CandidateSet:
        """Return the k largest songs and the named ones, and how many the next one has."""
        self.asked.append(k)
        best = sorted(self.sums, key=lambda key: (-self.sums[key][0], key))
        keys = {*best[:k], *(key for key in named if key in self.sums)}
        kth = self.sums[best[k]][0] if len(best) > k else 0
        lines, total = [gained(key, *self.sums[key]) for key in sorted(keys)], zip(*self.sums.values(), strict=True)
        return replace(week(lines), k=k, kth={"download": kth}, market={"download": tuple(map(sum, total))})


def in_percent(market: Growing, least: int) -> Compiled:
    """Issue 0 of a chart of one position."""
    held = {"growth": {**TENTH, "least": least}}
    return compile_issue(market.fetch, ChartState(), (), rules(size=1, params=held, look_back=1))


MANY = {f"m{n:03}": (1000 - n, 999 - n) for n in range(700)}
"""1000, 999, 998, ... downloads, one more than before; the 301st song has 700, the 601st 400."""


def test_every_song_down_to_the_floor_must_be_a_candidate() -> None:
    """Small has 500 after 50, tenfold, and is the 501st largest song. With 300 candidates a song left out may have 700.

    With 600 it may have at most 401 (small stands between m500 with 500 and m501), which is less than 450.
    """
    market = Growing({**MANY, "small": (500, 50)})
    done = in_percent(market, 450)
    assert market.asked == [300, 600]
    assert [entry.song for entry in done.chart.entries] == ["small"]
    assert bound(done.candidates, done.rules) == 401
    assert follows(done)


def test_the_floor_itself_is_no_proof_and_one_above_it_is() -> None:
    """After 300 songs comes one with 700: a floor of 700 needs more candidates, one of 701 does not."""
    at, above = Growing(MANY), Growing(MANY)
    in_percent(at, 700)
    in_percent(above, 701)
    assert (at.asked, above.asked) == ([300, 600], [300])


def test_more_candidates_change_nothing() -> None:
    """The issue is the same with the candidates that prove it and with all songs there are."""
    market = Growing({**MANY, "small": (500, 50)})
    made_of = in_percent(market, 450)
    whole = refold(replace(made_of, candidates=market.fetch(5000, ())))
    assert not whole.doubt
    assert whole.compiled.chart == made_of.chart


def test_a_lower_floor_than_the_sealed_candidates_reach_is_doubted() -> None:
    """At 300 candidates a song left out has up to 700: what a floor of 600 gives cannot be said from them."""
    sealed = in_percent(Growing(MANY), 701)
    lower = replace(sealed.rules, params={"growth": {**TENTH, "least": 600}})
    assert refold(sealed, rules=lower).doubt == (
        "a song that is not among the 300 largest could matter; that needs totals"
    )
    higher = replace(sealed.rules, params={"growth": {**TENTH, "least": 900}})
    assert not refold(sealed, rules=higher).doubt


def test_the_story_tells_the_growth_and_asks_for_no_points_that_would_have_been_enough() -> None:
    """Small leads with tenfold. M698, with 302 after 301, is below a floor of 310; m690 has just 310.

    After small come m690, m689 and so on, as one more of fewer is a larger share: m600 is 690 - 600 + 2 = 92nd.
    """
    done = in_percent(Growing({**MANY, "small": (500, 50)}), 310)
    first, low = explain(done, "small"), explain(done, "m698")
    assert first.headline == "1st, new"
    assert [effect.sentence for effect in first.effects] == ["500 points after 50: grew by 900.0 %"]
    assert low.headline == "not on the chart (growth): 302 points; 310 are the least"
    second = explain(done, "m600")
    assert (second.place, second.headline, second.needed) == (92, "not on the chart: would be 92nd", None)


SIZES = {"big": (2000, 1500), "small": (150, 100), "third": (600, 500)}
"""Gains of 500, 50 and 100; a third, a half and a fifth of what they had."""


def compiled(**terms: Any) -> Compiled:  # noqa: ANN401 - any parameter
    held = {"growth": terms}
    return compile_issue(Growing(SIZES).fetch, ChartState(), (), rules(size=3, params=held, look_back=1))


def test_the_growth_that_orders_a_chart_stands_on_it() -> None:
    """50/100 is a half, 500/1500 a third (33.3, rounded down), 100/500 a fifth."""
    percent = compiled(**TENTH)
    assert [entry.song for entry in percent.chart.entries] == ["small", "big", "third"]
    assert grown(percent) == {"small": "+50.0 %", "big": "+33.3 %", "third": "+20.0 %"}
    assert grown(compiled(by="points")) == {"big": "+500", "third": "+100", "small": "+50"}
    plain = compile_issue(Growing(SIZES).fetch, ChartState(), (), rules(size=3))
    assert grown(plain) is None
    with out.capture() as said:
        out.print(chart_table(percent.chart, None, grown(percent)))
    lines = [line.split() for line in said.get().splitlines()]
    assert lines[0][-2:] == ["growth", "points"]
    assert [line[-3:] for line in lines[1:]] == [["+50.0", "%", "150"], ["+33.3", "%", "2,000"], ["+20.0", "%", "600"]]


def test_a_growth_that_comes_from_nothing_is_said_so() -> None:
    first = {"by": "percent", "least": 10, "from_nothing": "first"}
    done = compile_issue(
        Growing({"new": (30, 0)}).fetch, ChartState(), (), rules(params={"growth": first}, look_back=1)
    )
    assert grown(done) == {"new": "from nothing"}


def test_the_places_of_a_chart_of_growth_name_growth_and_no_gap_of_points() -> None:
    """Big has 2,000 points and stands below small's 150: there is no gap between them that could be closed."""
    told = explain(compiled(**TENTH), "big")
    assert told.above is not None
    assert told.below is not None
    assert (told.growth, told.above.growth, told.below.growth) == ("+33.3 %", "+50.0 %", "+20.0 %")
    assert (told.above.gap, told.below.gap) == (None, None)
    with out.capture() as said:
        print_story(Told(told, ()))
    text = said.get()
    assert "+50.0 %  150 points" in text
    assert "this song  +33.3 %  2,000 points" in text
    assert "(-1," not in text


def test_the_places_of_a_chart_of_gains_in_points_keep_their_gap() -> None:
    """Gains of 500, 100 and 50: the one above third is 400 ahead, the one below 50 behind."""
    told = explain(compiled(by="points"), "third")
    assert told.above is not None
    assert told.below is not None
    assert (told.growth, told.above.gap, told.below.gap) == ("+100", 400, -50)
