"""Two versions of one issue side by side."""

from fold_maker import fold, remembered, song, state
from hitparade.compile.compare import compare


def test_who_entered_left_and_moved() -> None:
    """B and a swap, d comes in for c, whose reason is told; e has one point more at the same position."""
    before = fold({"e": 9, "a": 8, "b": 7, "c": 6, "d": 5}, size=4).chart
    after = fold({"e": 10, "a": 7, "b": 8, "c": 4, "d": 6}, size=4).chart
    made = compare(before, after)
    assert [(move.song, move.before, move.after) for move in made.moved] == [("b", 3, 2), ("a", 2, 3)]
    assert [(move.song, move.points_before, move.points_after) for move in made.restated] == [("e", 9, 10)]
    assert [(move.song, move.before, move.after) for move in made.entered] == [("d", None, 4)]
    assert [(move.song, move.before, move.why) for move in made.left] == [("c", 4, "would be 5th: 2 points below 4th")]
    assert made.same == 0
    assert made.changes


def test_equal_versions_change_nothing() -> None:
    chart = fold({"a": 1, "b": 2}).chart
    made = compare(chart, chart)
    assert (made.changes, made.same) == (False, 2)


def test_another_history_restates_a_line() -> None:
    made = compare(fold({"a": 1}).chart, fold({"a": 1}, state(remembered("a", 3, 1))).chart)
    assert [move.song for move in made.restated] == ["a"]


def test_the_rule_that_a_what_if_adds_is_told() -> None:
    songs = [song("a", 9, "Ann"), song("b", 8, "Ann")]
    made = compare(fold(songs).chart, fold(songs, params={"artist_cap": {"entries": 1}}).chart)
    assert [move.why for move in made.left] == ["song 2 of the lead artist 'ann'; only the best counts"]
