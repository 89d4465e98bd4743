"""What another chart says against a song: recurrent there, on it, ever on it, or a former top ten."""

from datetime import date

import pytest

from fold_maker import fold, issue, printed, remembered, rules, state, week
from hitparade.chart import ChartState
from hitparade.compile.decision import Decision
from hitparade.compile.fold import step
from upstream_maker import only_state, other


def against(when: str, **more: int) -> dict[str, object]:
    return {"elsewhere": {"charts": [{"chart": "other", "when": when, **more}]}}


def test_what_is_recurrent_on_the_hot_100_leaves_radio_songs() -> None:
    """M3: the other chart has just made `old` recurrent (9 weeks, would be 4th, tier 8 weeks below 3)."""
    tiers = {"recurrent": {"tiers": [{"weeks": 8, "below": 3}]}}
    hot = other({"a": 9, "b": 8, "c": 7, "old": 6}, [remembered("old", 9, 3)], params=tiers, size=4)
    assert [each.song for each in hot["other"].chart.entries] == ["a", "b", "c"]
    radio = fold({"old": 90, "a": 50}, state(remembered("old", 9, 1)), params=against("recurrent"), upstream=hot)
    assert printed(radio) == [(1, "a")]
    (out,) = radio.chart.drop_outs
    assert (out.rule, out.sentence) == ("elsewhere", "is recurrent since 2016-01-08 on other")


def test_a_song_that_is_not_recurrent_there_stays() -> None:
    made = fold({"old": 9}, params=against("recurrent"), upstream=only_state(remembered("old", 30, 3)))
    assert printed(made) == [(1, "old")]
    assert made.chart.entries[0].reasons == (("elsewhere", "no other chart that the book names speaks against it"),)


def test_a_song_that_moves_up_leaves_the_feeder_chart_and_may_come_back() -> None:
    """M8: on the tip chart while it is not on the main one; the week it is there, it is not here."""
    memory, seen = ChartState(), []
    for n, main in enumerate([{"big": 9}, {"big": 9, "tip": 5}, {"big": 9}]):
        upstream = other(main, size=5)
        made = step(week({"tip": 3, "low": 1}), memory, (), rules(n, params=against("on")), upstream=upstream)
        memory = made.state
        seen.append([song for _, song in printed(made)])
    assert seen == [["tip", "low"], ["low"], ["tip", "low"]]


def test_with_ever_it_does_not_come_back() -> None:
    gone = remembered("tip", 2, 40, n=-5)
    made = fold({"tip": 3, "low": 1}, params=against("ever"), upstream=only_state(gone))
    assert printed(made) == [(1, "low")]
    assert made.chart.left_out[0].sentence == f"has been, first on the issue of {issue(-6)}, on other"


@pytest.mark.parametrize(("peak", "on"), [(9, False), (10, False), (11, True)])
def test_a_former_top_ten_is_the_edge(peak: int, on: object) -> None:
    made = fold({"a": 3}, params=against("peaked", within=10), upstream=only_state(remembered("a", 4, peak)))
    assert bool(printed(made)) == on


def test_the_first_chart_that_speaks_is_named_and_one_without_an_issue_says_nothing() -> None:
    params = {"elsewhere": {"charts": [{"chart": c, "when": "ever"} for c in ("none", "one", "two")]}}
    upstream = only_state(remembered("a", 1, 1), chart="one") | only_state(remembered("a", 1, 1), chart="two")
    made = fold({"a": 3, "b": 2}, params=params, upstream=upstream)
    assert [(out.song, out.sentence) for out in made.chart.left_out] == [
        ("a", f"has been, first on the issue of {issue(-1)}, on one")
    ]
    assert printed(fold({"a": 3, "b": 2}, params=params)) == [(1, "a"), (2, "b")]


def test_a_decision_can_exempt_a_song() -> None:
    ruling = Decision("d-1", issue(0), date(2017, 1, 1), "a", "elsewhere", "exempt", "case by case")
    upstream = only_state(remembered("a", 1, 1))
    assert printed(fold({"a": 3}, params=against("ever"), upstream=upstream, decisions=[ruling])) == [(1, "a")]
