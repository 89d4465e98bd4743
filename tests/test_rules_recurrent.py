"""Songs that have been on for long and rank low leave: tiers at their edges, passes, returns, decisions."""

from datetime import date
from typing import Any

import pytest

from fold_maker import Params, fold, issue, printed, remembered, rules, state, week
from hitparade.compile.decision import Decision
from hitparade.compile.fold import Step, step
from hitparade.rulebook.books import shipped
from hitparade.rulebook.calendar import issue_on
from hitparade.rulebook.inforce import rules_for

Tiers = list[dict[str, int]]


def recurrent(*tiers: tuple[int, int], **more: Any) -> Params:  # noqa: ANN401 - any parameter
    return {"recurrent": {"tiers": [{"weeks": weeks, "below": below} for weeks, below in tiers], **more}}


def field(place: int, of: int = 80) -> dict[str, int]:
    """Songs n01, n02 ... with ``old`` at that place among them."""
    return {("old" if n == place else f"n{n:02}"): 1000 - n for n in range(1, of + 1)}


def position(made: Step, key: str = "old") -> int | None:
    return next((entry.position for entry in made.chart.entries if entry.song == key), None)


@pytest.mark.parametrize(("weeks", "leaves"), [(19, False), (20, True), (21, True)])
@pytest.mark.parametrize("place", [51, 57])
def test_twenty_weeks_are_the_edge(weeks: int, leaves: object, place: int) -> None:
    """Below 50 after 20 weeks: with 19 printed weeks this would be the 20th, and it stays."""
    made = fold(field(place), state(remembered("old", weeks, 45)), size=75, params=recurrent((20, 50)))
    assert (position(made) is None) == leaves


@pytest.mark.parametrize(("place", "leaves"), [(49, False), (50, False), (51, True)])
def test_the_fiftieth_position_is_the_edge(place: int, leaves: object) -> None:
    made = fold(field(place), state(remembered("old", 24, 45)), size=75, params=recurrent((20, 50)))
    assert (position(made) is None) == leaves


def test_the_reason_names_week_place_and_tier() -> None:
    """24 weeks are printed, so this would be week 25; the song below it moves up from 58 to 57."""
    made = fold(field(57), state(remembered("old", 24, 49)), size=75, params=recurrent((20, 50)))
    (out,) = made.chart.drop_outs
    assert (out.rule, out.sentence) == ("recurrent", "week 25 and would be 57th: below 50 after 20 weeks")
    assert position(made, "n58") == 57
    assert made.state.songs["old"].recurrent_since == issue(0)


def test_a_song_that_stays_has_a_reason_too() -> None:
    made = fold({"old": 5}, state(remembered("old", 21, 1)), params=recurrent((20, 50), (52, 25)))
    assert made.chart.entries[0].reasons == (
        ("recurrent", "week 22 and would be 1st: not yet below 50 after 20 weeks"),
    )


@pytest.mark.parametrize(
    ("weeks", "place", "leaves"), [(51, 26, False), (52, 25, False), (52, 26, True), (20, 51, True)]
)
def test_any_tier_is_enough(weeks: int, place: int, leaves: object) -> None:
    tiers = recurrent((20, 50), (52, 25))
    made = fold(field(place), state(remembered("old", weeks, 20)), size=75, params=tiers)
    assert (position(made) is None) == leaves


@pytest.mark.parametrize(("last", "leaves"), [(2, True), (3, False), (4, False)])
def test_descending_only_spares_songs_that_hold_or_rise(last: int, leaves: object) -> None:
    """It would be third: worse than 2, equal to 3, better than 4."""
    before = state(remembered("old", 9, last))
    made = fold(field(3, of=5), before, size=5, params=recurrent((5, 2), descending_only=True))
    assert (position(made) is None) == leaves


def test_one_pass_and_fixpoint_differ() -> None:
    """A (10 weeks) would be second, below 1 after 10: it leaves. b (5 weeks) would be third, below 2 after 5.

    With places from before the step b is third and leaves; once a is gone b is second and stays.
    """
    before = state(remembered("a", 10, 1), remembered("b", 5, 2))
    songs = {"top": 9, "a": 8, "b": 7, "c": 6}
    one = fold(songs, before, params=recurrent((5, 2), (10, 1), passes="one"))
    both = fold(songs, before, params=recurrent((5, 2), (10, 1), passes="fixpoint"))
    assert printed(one) == [(1, "top"), (2, "c")]
    assert printed(both) == [(1, "top"), (2, "b"), (3, "c")]


def test_a_recurrent_song_does_not_return() -> None:
    before = state(remembered("old", 24, 49, n=-3, recurrent_since=issue(-2)))
    made = fold(field(1), before, params=recurrent((20, 50)))
    assert position(made) is None
    assert made.chart.left_out[0].sentence == "recurrent since 2015-12-25: week 25 and would be 1st"
    assert made.state.songs["old"].recurrent_since == issue(-2)


@pytest.mark.parametrize(("place", "returns"), [(9, True), (10, True), (11, False)])
def test_a_recurrent_song_returns_within_the_stated_position(place: int, returns: object) -> None:
    before = state(remembered("old", 24, 49, n=-3, recurrent_since=issue(-2)))
    made = fold(field(place), before, size=75, params=recurrent((20, 50), return_within=10))
    assert (position(made) is not None) == returns
    assert (made.state.songs["old"].recurrent_since is None) == returns


def test_a_song_that_returns_obeys_the_tiers() -> None:
    """With 60 weeks it must be within 25; within 50 is enough to return, but not to stay."""
    before = state(remembered("old", 60, 20, n=-3, recurrent_since=issue(-2)))
    made = fold(field(26), before, size=75, params=recurrent((52, 25), return_within=50))
    assert position(made) is None


def test_a_song_far_below_the_chart_becomes_recurrent_when_it_was_on() -> None:
    """A chart of ten reads down to place 51; place 79 is not proven, but below 50 it is for certain."""
    made = fold(field(51), state(remembered("old", 30, 9)), size=10, params=recurrent((20, 50)))
    (out,) = made.chart.drop_outs
    assert out.sentence == "week 31 and would be 51st: below 50 after 20 weeks"
    deep = fold(field(79), state(remembered("old", 30, 9)), size=10, params=recurrent((20, 50)))
    assert deep.chart.drop_outs[0].sentence == "week 31 and would be far below the chart: below 50 after 20 weeks"
    assert deep.state.songs["old"].recurrent_since == issue(0)


def test_a_song_that_was_not_on_and_would_not_be_on_does_not_become_recurrent() -> None:
    made = fold(field(60), state(remembered("old", 30, 9, n=-5), n=-1), size=10, params=recurrent((20, 50)))
    assert made.state.songs["old"].recurrent_since is None


def test_a_decision_exempts_a_song_and_is_named() -> None:
    ruling = Decision("d-7", issue(0), issue(0), "old", "recurrent", "exempt", "still growing on radio")
    before = state(remembered("old", 24, 49))
    made = fold(field(57), before, size=75, params=recurrent((20, 50)), decisions=[ruling])
    assert position(made) == 57
    assert made.chart.entries[56].reasons == (
        ("decision", "exempt from recurrent by decision d-7: still growing on radio"),
    )


def test_an_exemption_from_another_rule_does_not_help() -> None:
    ruling = Decision("d-7", issue(0), issue(0), "old", "artist_cap", "exempt", "why")
    made = fold(field(57), state(remembered("old", 24, 49)), size=75, params=recurrent((20, 50)), decisions=[ruling])
    assert position(made) is None


def test_the_places_are_those_that_earlier_steps_leave() -> None:
    """The cap takes a2, so old would be third instead of fourth: not below 3."""
    songs = {"a1": 9, "a2": 8, "b": 7, "old": 6}
    before = state(remembered("old", 9, 1))
    cap, tiers = {"artist_cap": {"entries": 1, "by": "credit"}}, recurrent((5, 3))
    made = [
        [(entry.position, entry.song) for entry in _capped(songs, before, {**cap, **tiers}).chart.entries],
        [(entry.position, entry.song) for entry in _capped(songs, before, {**tiers, **cap}).chart.entries],
    ]
    assert made == [[(1, "a1"), (2, "b"), (3, "old")], [(1, "a1"), (2, "b")]]


def _capped(songs: dict[str, int], before: Any, params: Params) -> Step:  # noqa: ANN401 - a state
    lines = week(songs)
    named = tuple(
        type(each)(each.song, each.title, "A" if each.song[0] == "a" else each.credit, sums=each.sums)
        for each in lines.candidates
    )
    return step(type(lines)(named, 300, lines.kth, lines.market), before, (), rules(size=4, params=params))


def test_a_capped_song_may_become_recurrent_all_the_same() -> None:
    """The cap is given as the reason, and the age rule is remembered."""
    before = state(remembered("a2", 9, 1))
    params = {"artist_cap": {"entries": 1, "by": "credit"}, **recurrent((5, 1))}
    made = _capped({"a1": 9, "a2": 8}, before, params)
    assert made.chart.drop_outs[0].rule == "artist_cap"
    assert made.state.songs["a2"].recurrent_since == issue(0)


def test_shared_places_are_what_the_tier_is_held_against() -> None:
    """8, 7, 7 points: both songs with 7 would be second, so neither is below 2."""
    before = state(remembered("b", 9, 2), remembered("c", 9, 3))
    made = fold({"a": 8, "b": 7, "c": 7}, before, ties=("id",), shared="competition", params=recurrent((5, 2)))
    assert printed(made) == [(1, "a"), (2, "b"), (2, "c")]


# Titles of the season


SEASON = recurrent((20, 50), season={"from": "11-20", "to": "01-08", "within": 50})
CAROL = Decision("d-1", issue(-50), issue(50), "old", "recurrent", "seasonal", "a Christmas song")


def carol(place: int, n: int = 0, ruling: Decision = CAROL, **more: Any) -> Step:  # noqa: ANN401 - of the state
    before = remembered("old", 30, 4, n=-46, recurrent_since=issue(-44), **more)
    return step(week(field(place)), state(before, n=n - 1), [ruling], rules(n, size=75, params=SEASON))


@pytest.mark.parametrize(("place", "on"), [(49, True), (50, True), (51, False)])
def test_a_title_of_the_season_returns_within_50_though_it_is_recurrent(place: int, on: object) -> None:
    """Issue 0 is dated 2016-01-08, the last day of the season."""
    assert (position(carol(place)) == place) == on


def test_out_of_season_it_stays_off() -> None:
    """Issue 1 is dated 2016-01-15; issue 45 2016-11-18; issue 46 2016-11-25, in season again."""
    assert [position(carol(3, n)) for n in (1, 45, 46)] == [None, None, 3]


def test_a_title_that_nobody_calls_seasonal_stays_off() -> None:
    other = Decision("d-1", issue(0), issue(0), "old", "accelerated", "seasonal", "a Christmas song")
    assert position(carol(3, ruling=other)) is None


def test_it_returns_whatever_the_tiers_say_and_then_obeys_them() -> None:
    """Tier 20 weeks below 10: it returns as 40th; as 41st on the next issue the tier takes it."""
    params = recurrent((20, 10), season={"from": "12-01", "to": "02-01", "within": 50})
    before = remembered("old", 30, 4, n=-46, recurrent_since=issue(-44))
    one = step(week(field(40)), state(before), [CAROL], rules(0, size=75, params=params))
    entry = next(each for each in one.chart.entries if each.song == "old")
    assert entry.reasons == (("recurrent", "returns, recurrent since 2015-03-06: would be 40th, within 50"),)
    two = step(week(field(51)), one.state, [CAROL], rules(1, size=75, params=params))
    assert position(two) is None
    assert two.chart.drop_outs[0].sentence == "week 32 and would be 51st: below 10 after 20 weeks"


# The Hot 100 of 2025-10-25

LEAVE = {"a": (111, 9), "b": (78, 6), "c": (77, 12), "d": (52, 11), "e": (60, 24), "f": (26, 26), "g": (30, 40),
         "h": (51, 50), "i": (27, 33), "j": (90, 20)}  # fmt: skip
"""Ten titles with their weeks so far and the place they would have, inside a tier and falling by one."""
EXEMPTED = {"k": (100, 7), "l": (55, 15), "m": (40, 30), "n": (28, 45)}
"""Four titles inside a tier that stayed, case by case."""
OUTSIDE = {"o": (78, 5), "p": (52, 10), "q": (25, 36), "r": (26, 25), "s": (19, 51)}
"""Titles just outside: 5 is not below 5, 10 not below 10, 25 weeks are not 26, 25 is not below 25, 19 weeks."""


def hot_100(issue_date: date, decisions: list[Decision]) -> Step:
    """One field of songs under the tiers that the book of the Hot 100 has for that issue."""
    book = shipped()["us-hot-100"]
    params = {"recurrent": rules_for(book, issue_on(book, issue_date)).params["recurrent"]}
    titles = LEAVE | EXEMPTED | OUTSIDE
    places = {place: song for song, (_, place) in titles.items()} | {28: "rising"}
    songs = {places.get(n, f"n{n:03}"): 1000 - n for n in range(1, 131)}
    known = [remembered(song, weeks, place - 1) for song, (weeks, place) in titles.items()]
    before = state(*known, remembered("rising", 60, 29))
    return fold(songs, before, size=100, params=params, decisions=decisions)


def exemptions() -> list[Decision]:
    return [
        Decision(f"d-{song}", issue(0), issue(0), song, "recurrent", "exempt", "exception of the publisher")
        for song in EXEMPTED
    ]


def test_exactly_ten_titles_leave_the_hot_100_of_2025_10_25_while_four_exempted_stay() -> None:
    """Under the tiers of the week before nobody leaves: 50 after 20 weeks, 25 after 52."""
    assert hot_100(date(2025, 10, 18), []).chart.drop_outs == ()
    made = hot_100(date(2025, 10, 25), exemptions())
    assert {(out.song, out.rule) for out in made.chart.drop_outs} == {(song, "recurrent") for song in LEAVE}
    assert len(made.chart.drop_outs) == 10
    assert len(made.chart.entries) == 100
    on = {entry.song for entry in made.chart.entries}
    assert on >= {*EXEMPTED, *OUTSIDE, "rising"}


def test_without_the_decisions_fourteen_titles_would_leave() -> None:
    made = hot_100(date(2025, 10, 25), [])
    assert {out.song for out in made.chart.drop_outs} == {*LEAVE, *EXEMPTED}


def test_a_title_inside_a_tier_that_rises_stays() -> None:
    """It would be 28th after 60 weeks, and was 29th: below 10, but not descending."""
    made = hot_100(date(2025, 10, 25), exemptions())
    entry = next(each for each in made.chart.entries if each.song == "rising")
    assert entry.reasons == (("recurrent", "week 61 and would be 28th: below 25 after 26 weeks, but not descending"),)
