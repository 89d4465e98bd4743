"""Eighteen months after its first issue a song leaves for the catalogue chart, and goes on there with its history."""

from datetime import date, time, timedelta

import pytest

from fold_maker import fold, issue, printed, remembered, rules, song, state, week
from hitparade.chart import ChartState
from hitparade.compile.decision import Decision
from hitparade.compile.fold import step
from hitparade.rulebook.rules import IssueDates
from hitparade.weeks import window
from upstream_maker import only_state, other

AGE = {"chart_age": {"months": 18, "to": "nz-catalogue"}}


@pytest.mark.parametrize(
    ("first", "on"), [(date(2014, 7, 7), False), (date(2014, 7, 8), True), (date(2014, 7, 9), True)]
)
def test_eighteen_months_are_the_edge(first: date, on: object) -> None:
    """Issue 0 is dated 2016-01-08: 18 months after 2014-07-08, and that is still within."""
    made = fold({"old": 9}, state(remembered("old", 70, 3, first_issue=first)), params=AGE)
    assert (printed(made) == [(1, "old")]) == on


def test_the_new_zealand_case_of_2023_04_22() -> None:
    """A title first on the chart of 2021-10-16 leaves on 2023-04-22, as 18 months ended on 2023-04-16.

    Its weeks are kept: 79 issues from 2021-10-16 to 2023-04-15, both included (546 days / 7 + 1).
    """
    memory = ChartState()
    for n in range(80):
        day = date.fromordinal(date(2021, 10, 16).toordinal() + 7 * n)
        dates = IssueDates(day, window(date.fromordinal(day.toordinal() - 8), time(), "UTC"))
        params = AGE if day >= date(2023, 4, 22) else {}
        made = step(week({"a": 9, "b": 1}), memory, (), rules(params=params, issue=dates))
        memory = made.state
        if day == date(2023, 4, 15):
            assert [(entry.song, entry.weeks_on_chart) for entry in made.chart.entries] == [("a", 79), ("b", 79)]
    assert made.chart.issue_date == date(2023, 4, 22)
    assert printed(made) == []
    out = made.chart.drop_outs[0]
    assert (out.song, out.rule, out.weeks_on_chart) == ("a", "chart_age", 79)
    assert out.sentence == (
        "first on the issue of 2021-10-16: more than 18 months ago since 2023-04-16; "
        "it goes on on nz-catalogue with its history"
    )
    assert made.state.songs["a"].weeks_on_chart == 79


def test_a_song_within_the_limit_is_told_until_when() -> None:
    made = fold({"a": 1}, state(remembered("a", 2, 1)), params=AGE)
    assert made.chart.entries[0].reasons == (
        ("chart_age", "first on the issue of 2015-12-25: within 18 months until 2017-06-25"),
    )


def test_a_return_is_an_exception_that_somebody_decides() -> None:
    old = remembered("old", 70, 3, first_issue=date(2014, 1, 3))
    ruling = Decision("d-1", issue(0), issue(0), "old", "chart_age", "exempt", "special re-entry")
    made = fold({"old": 9}, state(old), params=AGE, decisions=[ruling])
    assert [(entry.song, entry.weeks_on_chart) for entry in made.chart.entries] == [("old", 71)]


INHERITS = {"inherits": {"chart": "other", "months": 18, "only": True}}


def test_the_catalogue_chart_goes_on_with_weeks_and_peak() -> None:
    """70 weeks on the other chart and the first one here make 71; its peak there was 2, and it is new here."""
    old = remembered("old", 70, 30, first_issue=date(2014, 7, 7), peak=2, peak_weeks=4, peak_issue=date(2014, 8, 1))
    made = fold({"old": 5, "strange": 9}, params=INHERITS, upstream=only_state(old))
    (entry,) = made.chart.entries
    assert (entry.song, entry.position, entry.movement, entry.markers) == ("old", 1, "new", ("transferred",))
    assert (entry.weeks_on_chart, entry.peak, entry.peak_weeks) == (71, 1, 1)
    assert entry.reasons == (("inherits", "goes on from other: 70 weeks there since 2014-07-07"),)
    assert made.state.songs["old"].first_issue == date(2014, 7, 7)


def test_a_better_peak_of_the_other_chart_stays_the_peak() -> None:
    old = remembered("old", 70, 30, first_issue=date(2014, 7, 7), peak=1, peak_weeks=4, peak_issue=date(2014, 8, 1))
    older = remembered("older", 9, 1, first_issue=date(2013, 7, 7))
    made = fold({"older": 7, "old": 5}, params=INHERITS, upstream=only_state(old, older))
    entry = made.chart.entries[1]
    assert (entry.peak, entry.peak_weeks, entry.peak_issue) == (1, 4, date(2014, 8, 1))


def test_once_here_the_song_counts_its_own_weeks() -> None:
    old = remembered("old", 70, 30, first_issue=date(2014, 7, 7))
    one = fold({"old": 5}, params=INHERITS, upstream=only_state(old))
    two = step(week({"old": 4}), one.state, (), rules(1, params=INHERITS), upstream=only_state(old, n=1))
    (entry,) = two.chart.entries
    assert (entry.weeks_on_chart, entry.movement, entry.markers) == (72, "=", ())


@pytest.mark.parametrize(("first", "on"), [(date(2014, 7, 7), True), (date(2014, 7, 8), False)])
def test_what_the_other_chart_still_takes_is_not_taken_here(first: date, on: object) -> None:
    """The edge is the other side of the edge of ``chart_age``: no song is on both charts, none on neither."""
    made = fold({"old": 5}, params=INHERITS, upstream=only_state(remembered("old", 70, 30, first_issue=first)))
    assert bool(made.chart.entries) == on


def test_a_song_that_returned_to_the_other_chart_is_not_ranked_here() -> None:
    old = remembered("old", 70, 3, first_issue=date(2014, 7, 7))
    upstream = other({"old": 5}, [old])
    made = fold({"old": 5}, params={"inherits": {"chart": "other", "months": 18}}, upstream=upstream)
    assert printed(made) == []
    assert made.chart.left_out[0].sentence == "is on other"


def test_without_only_other_songs_are_ranked_as_well() -> None:
    """As on the chart of older releases: what was never on the other chart begins its run here."""
    old = remembered("old", 70, 3, first_issue=date(2014, 7, 7))
    params = {"release_age": {"years": 2, "keep": "older"}, "inherits": {"chart": "other"}}
    songs = [
        song("old", 9, released=date(2012, 1, 1)),
        song("unheard", 5, released=date(2001, 1, 1)),
        song("young", 7, released=date(2015, 6, 1)),
    ]
    made = fold(songs, params=params, upstream=only_state(old))
    assert [(e.song, e.weeks_on_chart) for e in made.chart.entries] == [("old", 71), ("unheard", 1)]
    assert [(out.song, out.rule) for out in made.chart.left_out] == [("young", "release_age")]


MERGED = {"inherits": {"chart": "other", "takes": "all"}}


def test_a_chart_that_was_merged_into_this_one_brings_the_history_of_all_its_songs() -> None:
    """The other chart's last issue had Streamed at 1, in its week 9; here it is new, in week 10. Both knew Common.

    Common goes on with its own 3 weeks and this one; Sold, which the other chart never had, is simply new.
    """
    known = [remembered("streamed", 8, 2, n=-2), remembered("common", 6, 2, n=-2)]
    upstream = other({"streamed": 9, "common": 4}, known, n=-1)
    before = state(remembered("common", 3, 2))
    made = fold({"streamed": 30, "common": 20, "sold": 10}, before, params=MERGED, upstream=upstream)
    lines = [(entry.song, entry.movement, entry.weeks_on_chart, entry.markers) for entry in made.chart.entries]
    assert lines == [
        ("streamed", "new", 10, ("transferred",)),
        ("common", "=", 4, ()),
        ("sold", "new", 1, ()),
    ]
    assert made.chart.entries[0].reasons == (("inherits", "goes on from other: 9 weeks there since 2015-11-06"),)


def test_a_chart_split_from_another_begins_with_the_history_there_while_that_goes_on() -> None:
    """Eight weeks there before this one: it is week 9 on both charts, and not 10 on the new one."""
    upstream = other({"shared": 9}, [remembered("shared", 8, 2)])
    assert [entry.weeks_on_chart for entry in upstream["other"].chart.entries] == [9]
    made = fold({"shared": 5}, params=MERGED, upstream=upstream)
    assert [entry.weeks_on_chart for entry in made.chart.entries] == [9]
    assert made.chart.entries[0].reasons == (("inherits", "goes on from other: 8 weeks there since 2015-11-13"),)
    left = fold({"shared": 5}, params={"inherits": {"chart": "other"}}, upstream=upstream)
    assert printed(left) == []


def test_a_song_new_on_both_charts_is_new_here_and_has_one_week() -> None:
    """It is first there and second here: its one week is this one, and its peak is 2, the position it has here."""
    upstream = other({"fresh": 9})
    made = fold({"old": 9, "fresh": 5}, state(remembered("old", 4, 1)), params=MERGED, upstream=upstream)
    entry = made.chart.entries[1]
    assert (entry.song, entry.movement, entry.weeks_on_chart, entry.peak, entry.peak_weeks) == ("fresh", "new", 1, 2, 1)
    assert entry.markers == ()
    said = "begins on other in the same week: there is nothing to go on with"
    assert entry.reasons == (("inherits", said),)


@pytest.mark.parametrize(("days", "weeks"), [(-4, 10), (-3, 9), (3, 9)])
def test_a_week_is_the_same_when_the_middle_of_its_days_lies_in_ours(days: int, weeks: int) -> None:
    """Ours is Friday 1 to Thursday 7 January.

    Three days earlier the other week's middle is the Friday: the same week, 8 there before and this one. Four days
    earlier it is the Thursday before: an earlier week, so 8 + 1 there and 1 here.
    """
    first = date(2016, 1, 1) + timedelta(days)
    dates = IssueDates(issue(0), window(first, time(), "UTC"))
    upstream = other({"shared": 9}, [remembered("shared", 8, 2)], issue=dates)
    made = fold({"shared": 5}, params=MERGED, upstream=upstream)
    assert [entry.weeks_on_chart for entry in made.chart.entries] == [weeks]
