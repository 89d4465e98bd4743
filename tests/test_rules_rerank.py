"""A chart that is another one again, without the songs that its own rules or decisions take off."""

from typing import Any

from fold_maker import fold, issue, printed, rules, state, week
from hitparade.chart import CandidateSet, ChartState
from hitparade.compile.decision import Decision
from hitparade.compile.proof import compile_issue, follows
from upstream_maker import other

RERANK = {"rerank": {"chart": "other"}}
HOT = {"rock": 90, "ballad": 80, "folk": 70, "crooner": 60}


def without(*songs: str) -> list[Decision]:
    return [Decision(f"d-{song}", issue(0), issue(0), song, "rerank", "exclude", "rock") for song in songs]


def test_the_lines_of_the_other_chart_move_up_in_its_order() -> None:
    """E11, the Adult Contemporary chart of 1961: the Hot 100 without what the editors leave out."""
    made = fold({**HOT, "low": 50}, params=RERANK, decisions=without("rock", "folk"), upstream=other(HOT, size=4))
    assert printed(made) == [(1, "ballad"), (2, "crooner")]
    assert made.chart.entries[1].reasons == (("rerank", "4th on other"),)
    assert [(out.song, out.rule) for out in made.chart.left_out] == [("rock", "decision"), ("folk", "decision")]


def test_the_order_is_that_of_the_other_chart_whatever_the_points_here() -> None:
    made = fold({"ballad": 99, "rock": 1}, params=RERANK, upstream=other(HOT, size=4))
    assert printed(made) == [(1, "rock"), (2, "ballad")]


def test_songs_tied_there_are_tied_here() -> None:
    tied = other({"a": 9, "b": 9, "c": 5}, size=3, shared="competition", ties=("id",))
    made = fold({"a": 9, "b": 9, "c": 5}, params=RERANK, shared="competition", ties=("id",), upstream=tied)
    assert printed(made) == [(1, "a"), (1, "b"), (3, "c")]


def test_before_the_other_chart_begins_there_are_no_lines() -> None:
    assert printed(fold(HOT, params=RERANK)) == []


def test_only_the_songs_of_the_other_chart_are_asked_for_and_nothing_else_is_to_be_proven() -> None:
    """100,000 other songs would be left out, and a chart of four lines is never full; one question is enough."""
    asked: list[tuple[int, tuple[str, ...]]] = []

    def fetch(k: int, named: Any) -> CandidateSet:  # noqa: ANN401 - song keys
        asked.append((k, tuple(named)))
        return week(HOT, kth=1_000)

    made = compile_issue(fetch, ChartState(), (), rules(params=RERANK), upstream=other(HOT, size=4))
    assert asked == [(300, ("ballad", "crooner", "folk", "rock"))]
    assert [entry.song for entry in made.chart.entries] == ["rock", "ballad", "folk"]
    assert follows(made)


def test_the_chart_keeps_a_life_of_its_own() -> None:
    first = fold(HOT, params=RERANK, decisions=without("rock"), upstream=other(HOT, size=4))
    assert next((e.song, e.weeks_on_chart) for e in first.chart.entries) == ("ballad", 1)
    assert first.state != state()
