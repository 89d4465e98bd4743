"""Signs beside lines of the chart; one download is one point, and this window's number comes first."""

from collections.abc import Sequence
from typing import Any

import pytest

from fold_maker import fold, issue, remembered, song, state
from hitparade.chart import Candidate, SongState
from hitparade.compile.decision import Decision
from hitparade.compile.fold import Step
from hitparade.compile.rules import KINDS
from hitparade.rulebook import steps


def after(key: str, now: int, before: int) -> Candidate:
    """A song with so many downloads now and in the window before."""
    return song(key, now, sums={"download": (now, before)})


def made(
    songs: list[Candidate],
    signs: list[dict[str, Any]],
    *known: SongState,
    said: Sequence[Decision] = (),
    size: int = 40,
) -> Step:
    """Issue 0 of those songs with those signs."""
    return fold(songs, state(*known), params={"markers": {"signs": signs}}, look_back=1, size=size, decisions=said)


def signs(done: Step) -> dict[str, tuple[str, ...]]:
    """The signs of each song that has any."""
    return {entry.song: entry.markers for entry in done.chart.entries if entry.markers}


BULLET = {"sign": "bullet", "when": "gain"}


@pytest.mark.parametrize(("now", "bullet"), [(99, False), (100, True), (101, True)])
def test_a_bullet_is_for_as_many_plays_or_more(now: int, bullet: object) -> None:
    assert bool(signs(made([after("a", now, 100)], [BULLET], remembered("a", 3, 1)))) == bullet


@pytest.mark.parametrize(("now", "bullet"), [(969, False), (970, True), (971, True)])
def test_a_loss_no_greater_than_the_down_time_keeps_the_bullet(now: int, bullet: object) -> None:
    """Three hundredths of 1,000 are 30."""
    sign = {**BULLET, "down_time": [3, 100]}
    assert bool(signs(made([after("a", now, 1000)], [sign], remembered("a", 3, 1)))) == bullet


def test_debuts_may_be_kept_from_bullets() -> None:
    assert signs(made([after("a", 5, 0)], [BULLET])) == {"a": ("bullet",)}
    assert signs(made([after("a", 5, 0)], [{**BULLET, "debuts": False}])) == {}


def test_the_greatest_gainer_is_one_song_that_was_there_before() -> None:
    """The new song gains 90, a 20, b 20 too; of a and b the higher one gets it."""
    sign = {"sign": "greatest gainer", "when": "greatest_gain", "debuts": False}
    songs = [after("new", 90, 0), after("a", 80, 60), after("b", 70, 50), after("c", 60, 55)]
    known = [remembered(key, 3, n) for n, key in enumerate("abc", 1)]
    done = made(songs, [sign], *known)
    assert signs(done) == {"a": ("greatest gainer",)}
    assert done.chart.entries[1].reasons == (("markers", "greatest gainer: the greatest gain, 20 points"),)
    assert signs(made([after("a", 60, 60)], [sign], known[0])) == {}


def test_the_greatest_gain_of_one_measure() -> None:
    """In downloads a gains 1 and b 5; in all a gains more."""
    songs = [song("a", 0, sums={"download": (6, 5), "view": (50, 1)}), song("b", 0, sums={"download": (10, 5)})]
    sign = {"sign": "sales gainer", "when": "greatest_gain", "measures": ["download"]}
    weights = {"download": 1, "view": 1}
    done = fold(songs, params={"markers": {"signs": [sign]}}, look_back=1, weights=weights)
    assert signs(done) == {"b": ("sales gainer",)}


def test_the_hot_shot_debut_is_the_highest_new_song_and_no_re_entry() -> None:
    sign = {"sign": "hot shot debut", "when": "highest_debut"}
    songs = [after("back", 90, 0), after("a", 80, 0), after("b", 70, 0)]
    assert signs(made(songs, [sign], remembered("back", 3, 1, n=-5))) == {"a": ("hot shot debut",)}


STIPS = [
    {"sign": "superstip", "when": "climb", "places": 5, "within": 10},
    {"sign": "superstip", "when": "debut", "within": 25},
    {"sign": "superstip", "when": "climb", "places": 11},
    {"sign": "stip", "when": "climb", "places": 3, "not_with": ["superstip"]},
]
"""The dots of the Dutch Top 40: up 3; up 5 in the top 10, new within 25, or up more than 10."""


@pytest.mark.parametrize(
    ("previous", "position", "sign"),
    [
        (4, 2, ()), (5, 2, ("stip",)), (6, 2, ("stip",)), (7, 2, ("superstip",)), (15, 10, ("superstip",)),
        (16, 11, ("stip",)), (21, 11, ("stip",)), (22, 11, ("superstip",)), (2, 3, ()),
        (0, 25, ("superstip",)), (0, 26, ()),
    ],
)  # fmt: skip
def test_stip_and_superstip(previous: int, position: int, sign: tuple[str, ...]) -> None:
    """Songs s1, s2 ... stand on the chart in that order; the one in question is at ``position``."""
    songs = [after(f"s{n:02}", 100 - n, 0) for n in range(1, 31)]
    key = f"s{position:02}"
    others = [remembered(f"s{n:02}", 9, n + 40, n=-9) for n in range(1, 31) if n != position]
    known = [*others, *([remembered(key, 3, previous)] if previous else [])]
    assert signs(made(songs, STIPS, *known)).get(key, ()) == sign


def test_an_exempt_song_gets_no_sign() -> None:
    said = [Decision("r-1", issue(0), issue(0), "a", "markers", "exempt", "under review")]
    assert signs(made([after("a", 5, 0), after("b", 4, 0)], [BULLET], said=said)) == {"b": ("bullet",)}


def test_the_rulebook_knows_of_each_kind_when_it_runs_and_how_far_it_looks_back() -> None:
    """Two rooms say the same: rulebook imports no compile, so it has a table of its own."""
    terms = {
        "accelerated": {"declines": 3},
        "markers": {"signs": [BULLET]},
        "recurrent": {"tiers": [{"weeks": 1, "below": 1}]},
    }
    for name, kind in KINDS.items():
        held = terms.get(name, {})
        assert steps.stage(name) == kind.stage, name
        assert steps.look_back({name: held}, ()) == kind.look_back(held), name
    assert KINDS["accelerated"].look_back(terms["accelerated"]) == 4
    assert KINDS["markers"].look_back({"signs": STIPS}) == 0
