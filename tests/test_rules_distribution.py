"""A song that too few channels reported is not ranked."""

import pytest

from fold_maker import fold, issue, printed, remembered, song, state
from hitparade.compile.decision import Decision

THREE = {"distribution": {"channels": 3}}


@pytest.mark.parametrize(("channels", "on"), [(0, False), (2, False), (3, True), (4, True)])
def test_three_channels_are_the_edge(channels: int, on: object) -> None:
    made = fold([song("wide", 1, channels=9), song("one", 2, channels=channels)], params=THREE)
    assert ((1, "one") in printed(made)) == on
    assert printed(made)[-1][1] == "wide"


def test_the_sentence_counts_channels() -> None:
    made = fold([song("one", 2, channels=1), song("wide", 1, channels=3)], params=THREE)
    (out,) = made.chart.left_out
    assert (out.rule, out.would_be, out.sentence) == ("distribution", 1, "1 channel reported it; at least 3 must")
    assert made.chart.entries[0].reasons == (("distribution", "3 channels reported it; at least 3 must"),)


def test_a_song_that_loses_its_channels_drops_out_even_far_below_the_chart() -> None:
    songs = [*(song(f"n{n}", 100 - n, channels=3) for n in range(5)), song("old", 1, channels=2)]
    made = fold(songs, state(remembered("old", 3, 2)), params=THREE)
    assert [(out.song, out.rule) for out in made.chart.drop_outs] == [("old", "distribution")]


def test_a_decision_can_exempt_an_exclusive() -> None:
    ruling = Decision("d-1", issue(0), issue(0), "one", "distribution", "exempt", "audited by hand")
    assert printed(fold([song("one", 2, channels=1)], params=THREE, decisions=[ruling])) == [(1, "one")]
