"""Songs that last too long, and songs of a repertoire: rules that rest on what senders state."""

from typing import Any

import pytest

from fold_maker import fold, issue, printed, song
from hitparade.compile.decision import Decision


def lasting(seconds: str, **limits: int) -> Any:  # noqa: ANN401 - a step
    return fold([song("a", 9, traits={"seconds": seconds} if seconds else {})], params={"duration": limits})


@pytest.mark.parametrize(("seconds", "on"), [("899", True), ("900", True), ("901", False)])
def test_fifteen_minutes_are_the_edge(seconds: str, on: object) -> None:
    assert bool(printed(lasting(seconds, at_most_seconds=900))) == on


@pytest.mark.parametrize(("seconds", "on"), [("60", False), ("61", True), ("62", True)])
def test_more_than_a_minute_is_at_least_61_seconds(seconds: str, on: object) -> None:
    assert bool(printed(lasting(seconds, at_least_seconds=61))) == on


@pytest.mark.parametrize("seconds", ["", "3:37", "-5", "²"])
def test_what_is_no_number_of_seconds_is_not_held_against_a_song(seconds: str) -> None:
    (entry,) = lasting(seconds, at_most_seconds=900).chart.entries
    assert entry.reasons == (("duration", "no sender stated how long it lasts, so no limit is applied"),)


def test_the_sentences_name_the_limit() -> None:
    both = {"at_least_seconds": 61, "at_most_seconds": 900}
    assert lasting("1204", **both).chart.left_out[0].sentence == "lasts 1,204 seconds, more than 900"
    assert lasting("1", **both).chart.left_out[0].sentence == "lasts 1 second, less than 61"
    assert lasting("217", **both).chart.entries[0].reasons[0][1] == "lasts 217 seconds: at least 61 and at most 900"


SONGS = [
    song("greek", 9, traits={"lang": "el"}),
    song("english", 8, traits={"lang": "en"}),
    song("both", 7, traits={"lang": "EL", "exclusive": ""}),
    song("unsaid", 6),
]


@pytest.mark.parametrize(
    ("params", "on"),
    [
        ({"only": ["lang=el"]}, ["greek", "both"]),
        ({"only": ["lang"]}, ["greek", "english", "both"]),
        ({"only": ["lang=fr", "lang=en"]}, ["english"]),
        ({"without": ["exclusive"]}, ["greek", "english", "unsaid"]),
        ({"without": ["lang=el"]}, ["english", "unsaid"]),
        ({"only": ["lang=el"], "without": ["exclusive"]}, ["greek"]),
    ],
)
def test_a_song_has_one_of_those_asked_for_and_none_of_those_excluded(params: Any, on: list[str]) -> None:  # noqa: ANN401
    assert [key for _, key in printed(fold(SONGS, size=9, params={"repertoire": params}))] == on


def test_the_sentences_name_the_trait() -> None:
    made = fold(SONGS, size=9, params={"repertoire": {"only": ["lang=el", "lang=en"], "without": ["exclusive"]}})
    assert {out.song: out.sentence for out in made.chart.left_out} == {
        "both": "a sender states 'exclusive', which is not ranked here",
        "unsaid": "no sender states 'lang=el' or 'lang=en'",
    }
    assert made.chart.entries[0].reasons == (("repertoire", "a sender states 'lang=el'"),)


@pytest.mark.parametrize(("rule", "params"), [("duration", {"at_most_seconds": 1}), ("repertoire", {"only": ["x"]})])
def test_a_decision_can_exempt_a_song(rule: str, params: Any) -> None:  # noqa: ANN401 - of the rule
    ruling = Decision("d-1", issue(0), issue(0), "a", rule, "exempt", "why")
    made = fold([song("a", 9, traits={"seconds": "2"})], params={rule: params}, decisions=[ruling])
    assert printed(made) == [(1, "a")]
