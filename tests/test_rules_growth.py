"""Charts ordered by what songs gained: one download is one point, and this window's number comes first."""

from typing import Any

from fold_maker import fold, issue, printed, remembered, song, state
from hitparade.chart import Candidate
from hitparade.compile.decision import Decision
from hitparade.compile.fold import Step


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
