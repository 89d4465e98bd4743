"""Songs older than the limit on the first day that counts, 1 January 2016, are not ranked."""

from datetime import date
from typing import Any

import pytest

from fold_maker import Params, fold, issue, printed, remembered, rules, song, state, week
from hitparade.chart import Candidate, ChartState
from hitparade.compile.decision import Decision
from hitparade.compile.fold import Step, step


def made(released: date | None, **limit: int) -> Any:  # noqa: ANN401 - a step
    songs = [song("a", 9, released=released), song("b", 5, released=date(2015, 12, 31))]
    return fold(songs, params={"release_age": limit})


@pytest.mark.parametrize(
    ("released", "stays"), [(date(2013, 12, 31), False), (date(2014, 1, 1), True), (date(2014, 1, 2), True)]
)
def test_two_years_to_the_day_are_the_edge(released: date, stays: object) -> None:
    """Released 1 January 2014 it is exactly two years old; a day earlier, older."""
    assert ((1, "a") in printed(made(released, years=2))) == stays


@pytest.mark.parametrize(
    ("released", "stays"), [(date(2014, 6, 30), False), (date(2014, 7, 1), True), (date(2014, 7, 2), True)]
)
def test_eighteen_months_to_the_day_are_the_edge(released: date, stays: object) -> None:
    assert ((1, "a") in printed(made(released, months=18))) == stays


def test_a_month_that_lacks_the_day_ends_on_its_last() -> None:
    """31 December and two months are 29 February 2016, the last of that month."""
    (entry,) = made(date(2015, 12, 31), months=2).chart.entries[:1]
    assert entry.reasons == (("release_age", "released 2015-12-31: within 2 months until 2016-02-29"),)


def test_a_song_without_a_stated_release_day_stays_and_says_so() -> None:
    entry = made(None, years=2).chart.entries[0]
    assert entry.song == "a"
    assert entry.reasons == (("release_age", "no sender stated a release day, so the limit of 2 years is not applied"),)


def test_the_reasons_name_the_days() -> None:
    left = made(date(2013, 12, 31), years=2).chart.left_out[0]
    assert (left.rule, left.sentence) == (
        "release_age",
        "released 2013-12-31: older than 2 years since 2015-12-31",
    )
    entry = made(date(2014, 1, 2), years=2).chart.entries[0]
    assert entry.reasons == (("release_age", "released 2014-01-02: within 2 years until 2016-01-02"),)


def test_a_song_released_in_the_future_stays() -> None:
    assert (1, "a") in printed(made(date(2016, 2, 1), months=1))


# Only older songs, as on a catalogue chart


@pytest.mark.parametrize(("released", "on"), [(date(2013, 12, 31), True), (date(2014, 1, 1), False), (None, False)])
def test_a_catalogue_chart_begins_where_the_main_chart_ends(released: date | None, on: object) -> None:
    made = fold([song("a", 9, released=released)], params={"release_age": {"years": 2, "keep": "older"}})
    assert bool(printed(made)) == on


def test_a_catalogue_chart_says_why_a_song_is_too_young() -> None:
    songs = [song("a", 9, released=date(2015, 1, 1)), song("b", 8), song("c", 7, released=date(2001, 1, 1))]
    made = fold(songs, params={"release_age": {"years": 2, "keep": "older"}})
    assert [out.sentence for out in made.chart.left_out] == [
        "released 2015-01-01: within 2 years until 2017-01-01",
        "no sender stated a release day, so nobody knows that it is older than 2 years",
    ]
    assert made.chart.entries[0].reasons == (
        ("release_age", "released 2001-01-01: older than 2 years since 2003-01-01"),
    )


# Re-admission: ten years outside, within 30, ten issues

TERMS: Params = {"release_age": {"years": 2, "readmit": {"absent_years": 10, "within": 30, "weeks": 10}}}
ASKED = Decision("d-1", issue(0), issue(0), "old", "release_age", "admit", "its label asks")


def at(place: int) -> list[Candidate]:
    """Forty young songs, and an old one that would stand there."""
    young = [song(f"n{n:02}", 1000 - n, released=date(2015, 12, 1)) for n in range(1, 41) if n != place]
    return [*young, song("old", 1000 - place, released=date(1982, 1, 1))]


def asks(place: int, before: ChartState | None = None, ruling: Decision | None = ASKED) -> Step:
    return fold(at(place), before, size=50, params=TERMS, decisions=[ruling] if ruling else [])


def is_on(made: Step) -> bool:
    return any(entry.song == "old" for entry in made.chart.entries)


def why_off(made: Step) -> str:
    return next(out.sentence for out in made.chart.left_out if out.song == "old")


@pytest.mark.parametrize(("place", "on"), [(29, True), (30, True), (31, False)])
def test_an_older_song_that_its_label_asks_for_must_reach_30(place: int, on: object) -> None:
    assert is_on(asks(place)) == on


def test_nobody_asks_and_it_stays_off() -> None:
    assert not is_on(asks(1, ruling=None))


@pytest.mark.parametrize(
    ("last", "on"), [(date(2006, 1, 7), True), (date(2006, 1, 8), True), (date(2006, 1, 9), False)]
)
def test_it_must_have_been_away_for_ten_years(last: date, on: object) -> None:
    """The issue is of 2016-01-08, so a last issue of 2006-01-08 is exactly ten years ago."""
    before = remembered("old", 20, 4, first_issue=date(1982, 2, 1), last_issue=last)
    made = asks(3, ChartState(issue(-1), {"old": before}))
    assert is_on(made) == on
    if not on:
        assert why_off(made) == (
            "released 1982-01-01: older than 2 years since 1984-01-01; "
            "asks to return, but was on the issue of 2006-01-09, less than 10 years ago"
        )


def test_older_songs_above_it_do_not_count_for_its_place() -> None:
    """It would be 31st with the other old song, and is 30th without it."""
    songs = [song("oldest", 5000, released=date(1970, 1, 1)), *at(30)]
    assert is_on(fold(songs, size=50, params=TERMS, decisions=[ASKED]))


def test_a_song_that_falls_short_is_told_by_how_much() -> None:
    assert why_off(asks(31)).endswith("; asks to return, but would be 31st, not within 30")


def test_it_stays_ten_issues_wherever_it_stands_and_leaves_on_the_eleventh() -> None:
    """It had 20 weeks long ago. Issue 0 readmits it with week 21, issue 9 is its tenth, issue 10 without it."""
    before = remembered("old", 20, 4, first_issue=date(1982, 2, 1), last_issue=date(1983, 1, 1))
    memory, weeks = ChartState(issue(-1), {"old": before}), []
    for n in range(11):
        made = step(week(at(3 if n == 0 else 39)), memory, [ASKED], rules(n, size=50, params=TERMS))
        memory = made.state
        weeks += [entry.weeks_on_chart for entry in made.chart.entries if entry.song == "old"]
        if n == 9:
            (said,) = [dict(e.reasons)["release_age"] for e in made.chart.entries if e.song == "old"]
            assert said.endswith("; readmitted, issue 10 of 10")
    assert weeks == [*range(21, 31)]
    (out,) = [out for out in made.chart.drop_outs if out.song == "old"]
    assert (out.rule, out.sentence) == (
        "release_age",
        "released 1982-01-01: older than 2 years since 1984-01-01; its 10 issues are over",
    )


def test_an_issue_that_it_misses_is_not_counted() -> None:
    memory, weeks = state(), []
    for n in range(12):
        songs = [each for each in at(3) if each.song != "old" or n != 4]
        made = step(week(songs), memory, [ASKED], rules(n, size=50, params=TERMS))
        memory = made.state
        weeks += [n for entry in made.chart.entries if entry.song == "old"]
    assert weeks == [0, 1, 2, 3, 5, 6, 7, 8, 9, 10]
