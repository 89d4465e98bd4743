"""Songs long on the chart that do worse than the market count half; issue 0 is tracked from 1 January 2016.

All songs stream; one play is 2 points at the standard ratio and 1 at the accelerated one.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fold_maker import issue, printed, remembered, rules, state
from hitparade.chart import Candidate, CandidateSet, ChartState
from hitparade.compile.decision import Decision
from hitparade.compile.explain import explain
from hitparade.compile.fold import Step, step
from hitparade.compile.proof import compile_issue, follows

PLAYS = "on_demand.premium"
TERMS: dict[str, Any] = {"after_weeks": 9, "declines": 3, "weights": {PLAYS: 1}}
FALLING = (80, 85, 90, 95, 100)
"""A song's plays in this window, the one before and so on; three declines before this window, and one in it."""
LEVEL = (1000, 1000, 1000, 1000, 1000)
"""A market that does not move."""


def streams(key: str, plays: Sequence[int], released: date | None = None) -> Candidate:
    """A song with those plays, this window's first."""
    return Candidate(key, key.title(), f"Artist of {key}", released=released, sums={PLAYS: tuple(plays)})


def made(
    songs: Sequence[Candidate],
    before: ChartState | None = None,
    *,
    n: int = 0,
    market: Sequence[int] = LEVEL,
    said: Sequence[Decision] = (),
    **terms: Any,  # noqa: ANN401 - any parameter
) -> Step:
    """Issue ``n`` of those songs."""
    week = CandidateSet(tuple(sorted(songs, key=lambda each: each.song)), 300, {PLAYS: 0}, {PLAYS: tuple(market)})
    here = rules(n, params={"accelerated": {**TERMS, **terms}}, weights={PLAYS: 2}, points_per_unit=200)
    return step(week, before or ChartState(), said, here)


def points(step_made: Step, key: str = "a") -> int:
    """A song's points."""
    return next(entry.points for entry in step_made.chart.entries if entry.song == key)


def why(step_made: Step, key: str = "a") -> str:
    """What the rule said of a song."""
    entry = next(entry for entry in step_made.chart.entries if entry.song == key)
    return dict(entry.reasons)["accelerated"]


@pytest.mark.parametrize(("weeks", "expected"), [(8, 160), (9, 80), (10, 80)])
def test_week_ten_is_the_earliest(weeks: int, expected: int) -> None:
    """80 plays are 160 points, accelerated 80. With 9 weeks so far this is week 10; the streak is weeks 7, 8, 9."""
    assert points(made([streams("a", FALLING)], state(remembered("a", weeks, 1)))) == expected


def test_two_declines_are_one_too_few() -> None:
    """95 after 95 is no decline in a level market: weeks t-1 and t-2 declined, t-3 did not."""
    step_made = made([streams("a", (80, 85, 90, 95, 95))], state(remembered("a", 20, 1)))
    assert points(step_made) == 160
    assert why(step_made) == "standard ratio: 2 of 3 windows in a row worse than the market"


def test_the_window_of_the_issue_is_not_part_of_the_streak() -> None:
    """It declined in t, t-1 and t-2, not in t-3: next week it will be due, not now."""
    assert points(made([streams("a", (80, 85, 90, 95, 90))], state(remembered("a", 20, 1)))) == 160


def test_decline_is_against_the_market() -> None:
    """Falling by a tenth where the market falls by a fifth is doing better: 81 x 1000 > 90 x 800."""
    down = (409, 512, 640, 800, 1000)
    plays = (656, 729, 810, 900, 1000)
    known = state(remembered("a", 20, 1))
    assert points(made([streams("a", plays)], known, market=down)) == 1312
    assert points(made([streams("a", plays)], known, market=down, against="itself")) == 656


def test_growing_less_than_the_market_is_a_decline() -> None:
    """Up by 1 % each week where the market rises by a tenth."""
    plays, up = (104, 103, 102, 101, 100), (14641, 13310, 12100, 11000, 10000)
    assert points(made([streams("a", plays)], state(remembered("a", 20, 1)), market=up)) == 104


def test_as_much_as_the_market_is_no_decline() -> None:
    plays, down = (16, 32, 64, 128, 256), (100, 200, 400, 800, 1600)
    assert points(made([streams("a", plays)], state(remembered("a", 20, 1)), market=down)) == 32


def test_it_stays_accelerated_whatever_happens_until_it_grows_enough() -> None:
    """From 80 plays: +24 % in a level market is not enough, +25 % is, and 99 of 80 is 23.75 %."""
    known = state(remembered("a", 20, 1, memory={"accelerated.since": 20151201}))
    assert points(made([streams("a", (99, 80, 80, 80, 80))], known, growth=25)) == 99
    grown = made([streams("a", (100, 80, 80, 80, 80))], known, growth=25)
    assert points(grown) == 200
    assert why(grown) == "back to the standard ratio: +25.0 points on the market, 25 are enough"
    assert grown.state.songs["a"].memory == {"accelerated.reset": 20160108}
    assert points(made([streams("a", (1000, 80, 80, 80, 80))], known)) == 1000


def test_growth_is_counted_beyond_the_market() -> None:
    """The market rises by 10 %: 80 plays must become 80 x 1.35 = 108."""
    known, up = state(remembered("a", 20, 1, memory={"accelerated.since": 20151201})), (1100, 1000, 1000, 1000, 1000)
    assert points(made([streams("a", (107, 80, 80, 80, 80))], known, market=up, growth=25)) == 107
    assert points(made([streams("a", (108, 80, 80, 80, 80))], known, market=up, growth=25)) == 216


@pytest.mark.parametrize(("n", "expected"), [(2, 200), (3, 95)])
def test_after_a_reset_three_new_declines_are_needed(n: int, expected: int) -> None:
    """Reset on issue 0; the windows of issues 0, 1 and 2 decline, and some before: accelerated again on issue 3."""
    plays = {3: (95, 100, 105, 110, 115), 2: (100, 105, 110, 115, 120)}[n]
    known = state(remembered("a", 20, 1, n=n - 1, memory={"accelerated.reset": 20160108}), n=n - 1)
    assert points(made([streams("a", plays)], known, n=n)) == expected


def test_a_decision_resets_a_song_while_it_holds() -> None:
    known = state(remembered("a", 20, 1, memory={"accelerated.since": 20151201}))
    ruled = Decision("r-1", issue(0), issue(0), "a", "accelerated", "reset", "a new campaign")
    reset = made([streams("a", FALLING)], known, said=[ruled])
    assert points(reset) == 160
    assert why(reset) == "standard ratio: reset by decision"
    assert reset.state.songs["a"].memory == {"accelerated.reset": 20160108}


def test_an_exempt_song_is_left_alone() -> None:
    known = state(remembered("a", 20, 1, memory={"accelerated.since": 20151201}))
    ruled = Decision("r-1", issue(0), issue(0), "a", "accelerated", "exempt", "as the committee says")
    assert points(made([streams("a", FALLING)], known, said=[ruled])) == 160


@pytest.mark.parametrize(
    ("released", "expected"), [(date(2012, 12, 31), 10), (date(2013, 1, 1), 20), (date(2013, 1, 2), 20)]
)
def test_songs_older_than_three_years_are_accelerated_for_good(released: date, expected: int) -> None:
    """Tracking begins on 1 January 2016: released 1 January 2013 a song is three years old to the day, not older."""
    assert points(made([streams("a", (10, 5, 5, 5, 5), released)], years=3, growth=25)) == expected


def test_an_old_song_that_was_long_away_begins_anew_unless_it_is_seasonal() -> None:
    """The last issue it was on, three years before 8 January 2016, is 8 January 2013; a week later is not long ago."""
    old = streams("a", (10, 5, 5, 5, 5), date(1984, 12, 3))
    terms = {"years": 3, "absent_years": 3}
    away = state(remembered("a", 20, 1, last_issue=date(2013, 1, 7)))
    assert points(made([old], away, **terms)) == 20
    assert points(made([old], state(remembered("a", 20, 1, last_issue=date(2013, 1, 8))), **terms)) == 10
    said = [Decision("r-1", issue(0), issue(0), "a", "accelerated", "seasonal", "a Christmas song")]
    assert points(made([old], away, said=said, **terms)) == 10
    assert points(made([old], **terms)) == 20  # never on the chart


def test_an_old_song_back_at_the_standard_ratio_loses_it_after_three_declines() -> None:
    """Reset three weeks ago on issue -3; declines in the windows of issues -3, -2 and -1."""
    old = streams("a", FALLING, date(1984, 12, 3))
    reset = state(remembered("a", 3, 1, memory={"accelerated.reset": 20151218}))
    assert points(made([old], reset, years=3, absent_years=3)) == 80
    later = state(remembered("a", 2, 1, memory={"accelerated.reset": 20151225}))
    assert points(made([old], later, years=3, absent_years=3)) == 160


def test_a_reset_of_younger_days_does_not_save_an_old_song() -> None:
    """Released 1 January 2012, old after 1 January 2015; reset in 2014."""
    song = streams("a", (10, 10, 10, 10, 10), date(2012, 1, 1))
    known = state(remembered("a", 30, 1, memory={"accelerated.reset": 20140606}))
    assert points(made([song], known, years=3)) == 10


def test_growth_resets_nothing_in_a_pause() -> None:
    """Issue 0 is dated 8 January, the last day of the pause; on issue 1 it is over."""
    pause = [{"from": "12-26", "to": "01-08", "what": ["resets"]}]
    known = state(remembered("a", 20, 1, memory={"accelerated.since": 20151201}))
    song = streams("a", (200, 80, 80, 80, 80))
    assert points(made([song], known, growth=25, pauses=pause)) == 200
    later = state(remembered("a", 20, 1, n=0, memory={"accelerated.since": 20151201}), n=0)
    assert points(made([song], later, n=1, growth=25, pauses=pause)) == 400


def test_nothing_becomes_accelerated_in_a_pause() -> None:
    pause = [{"from": "12-26", "to": "01-08", "what": ["declines"]}]
    known = state(remembered("a", 20, 1))
    assert points(made([streams("a", FALLING)], known, pauses=pause)) == 160


def test_the_chart_is_ordered_by_what_is_left() -> None:
    """Song a has 160 points, accelerated 80; b has 90."""
    songs = [streams("a", FALLING), streams("b", (45, 45, 45, 45, 45))]
    assert printed(made(songs, state(remembered("a", 20, 1)))) == [(1, "b"), (2, "a")]


def test_what_only_one_measure_counts_is_halved_there_alone() -> None:
    """10 downloads at 200 points and 80 plays at 2: 2,160; accelerated 2,000 + 80 = 2,080."""
    song = replace(streams("a", FALLING), sums={PLAYS: FALLING, "download": (10, 11, 12, 13, 14)})
    week = CandidateSet((song,), 300, {}, {PLAYS: LEVEL, "download": LEVEL})
    here = rules(params={"accelerated": TERMS}, weights={PLAYS: 2, "download": 200}, points_per_unit=200)
    done = step(week, state(remembered("a", 9, 1)), (), here)
    assert points(done) == 2080


def test_a_song_that_leaves_the_chart_stays_accelerated() -> None:
    """Dropped out on issue 0, far down; back on issue 1 it is still accelerated."""
    many = [streams(f"s{n}", (500, 500, 500, 500, 500)) for n in range(3)]
    known = state(remembered("a", 20, 1))
    first = made([streams("a", FALLING), *many], known)
    assert "a" not in {song for _, song in printed(first)}
    assert first.state.songs["a"].memory == {"accelerated.since": 20160108}
    back = made([streams("a", (900, 900, 85, 90, 95))], first.state, n=1)
    assert points(back) == 900


def test_the_parts_of_an_explanation_add_up_at_the_ratio_of_the_song() -> None:
    """80 plays at 1 point each, where the book's standard is 2."""
    week = CandidateSet((streams("a", FALLING),), 300, {}, {PLAYS: LEVEL})
    here = rules(params={"accelerated": TERMS}, weights={PLAYS: 2}, points_per_unit=200, steps=("accelerated",))
    known = state(remembered("a", 9, 1))
    story = explain(compile_issue(lambda *_: week, known, (), here), 1)
    assert [(part.quantity, part.weight, part.points) for part in story.parts] == [(80, 1, 80)]
    assert [effect.sentence for effect in story.effects] == [
        "accelerated ratio from this issue on: week 10, 3 of 3 windows in a row worse than the market"
    ]


def test_a_song_left_out_cannot_matter_however_far_the_others_fall() -> None:
    """All ten songs are down to 80 points; one left out may have 79 plays, that is 158 points: ask for more."""
    songs = [streams(f"s{n}", FALLING) for n in range(10)]
    known = state(*[remembered(f"s{n}", 20, n + 1) for n in range(10)])
    asked = []

    def fetch(k: int, _named: Sequence[str]) -> CandidateSet:
        asked.append(k)
        kth = 79 if len(asked) == 1 else 0
        return CandidateSet(tuple(songs), k, {PLAYS: kth}, {PLAYS: LEVEL})

    here = rules(params={"accelerated": TERMS}, weights={PLAYS: 2}, points_per_unit=200)
    made_issue = compile_issue(fetch, known, (), here)
    assert len(asked) == 2
    assert follows(made_issue)
