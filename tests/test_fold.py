"""A chart's life: points, places, history, drop-outs and what is left out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fold_maker import FIRST, fold, issue, printed, remembered, rules, song, state, week
from hitparade.chart import ChartState
from hitparade.compile.decision import Decision
from hitparade.compile.fold import step
from hitparade.compile.issue import issue as issue_of
from hitparade.compile.settling import settled
from hitparade.errors import CompileError


def test_points_are_weighted_sums() -> None:
    """One download weighs 3, one stream 1: 10 x 3 + 5 = 35 beats 11 x 3 = 33 and 34 streams."""
    songs = [
        song("both", 0, sums={"download": (10,), "stream": (5,)}),
        song("downloads", 11),
        song("streams", 0, sums={"stream": (34,)}),
    ]
    made = fold(songs, weights={"download": 3, "stream": 1})
    assert [(entry.song, entry.points) for entry in made.chart.entries] == [
        ("both", 35),
        ("streams", 34),
        ("downloads", 33),
    ]
    assert made.chart.entries[0].sums == {"download": 10, "stream": 5}


def test_measures_without_weight_do_not_count() -> None:
    made = fold([song("a", 1, sums={"download": (1,), "view": (99,)}), song("b", 2)])
    assert printed(made) == [(1, "b"), (2, "a")]
    assert made.chart.entries[1].sums == {"download": 1}


@pytest.mark.parametrize("points", [0, -1])
def test_a_song_without_points_is_never_ranked(points: int) -> None:
    """More returns than sales are below zero."""
    made = fold({"a": 1, "b": points})
    assert printed(made) == [(1, "a")]
    assert made.chart.left_out == ()


def test_the_size_cuts_and_the_next_lines_are_kept() -> None:
    made = fold({f"s{n:02}": 100 - n for n in range(30)}, size=3)
    assert printed(made) == [(1, "s00"), (2, "s01"), (3, "s02")]
    left = made.chart.left_out
    assert [(each.song, each.would_be, each.rule) for each in left[:2]] == [
        ("s03", 4, "size"),
        ("s04", 5, "size"),
    ]
    assert left[0].sentence == "would be 4th: 1 point below 3rd"
    assert len(left) == 20


def test_ties_go_to_the_better_previous_position_then_to_the_key() -> None:
    before = state(remembered("c", 1, 1), remembered("b", 1, 2))
    made = fold({"a": 5, "b": 5, "c": 5, "d": 5}, before, size=4)
    assert printed(made) == [(1, "c"), (2, "b"), (3, "a"), (4, "d")]


def test_ties_may_go_to_the_larger_gain() -> None:
    """Both have 10 plays; a had 9 before (+1), b had 4 (+6)."""
    songs = [song("a", 10, sums={"download": (10, 9)}), song("b", 10, sums={"download": (10, 4)})]
    assert printed(fold(songs, ties=("gain", "id"))) == [(1, "b"), (2, "a")]


@pytest.mark.parametrize(
    ("shared", "positions"), [("no", [1, 2, 3, 4]), ("competition", [1, 2, 2, 4]), ("dense", [1, 2, 2, 3])]
)
def test_shared_positions(shared: str, positions: list[int]) -> None:
    """Points 9, 7, 7, 5 on a chart of four."""
    made = fold({"a": 9, "b": 7, "c": 7, "d": 5}, size=4, ties=("id",), shared=shared)
    assert [entry.position for entry in made.chart.entries] == positions


@pytest.mark.parametrize(("shared", "on"), [("no", "ab"), ("competition", "abc"), ("dense", "abc")])
def test_songs_tied_at_the_last_position_are_all_on(shared: str, on: str) -> None:
    made = fold({"a": 9, "b": 7, "c": 7, "d": 5}, size=2, ties=("id",), shared=shared)
    assert "".join(entry.song for entry in made.chart.entries) == on


def test_movement_previous_position_peak_and_weeks() -> None:
    """Three issues: a 1-2-1, b 2-1-3, c - -3-2, d enters, leaves and returns."""
    weeks = [{"a": 9, "b": 8, "d": 7}, {"b": 9, "a": 8, "c": 7}, {"a": 9, "d": 8, "b": 7, "c": 6}]
    now, charts = ChartState(), []
    for n, songs in enumerate(weeks):
        made = step(week(songs), now, (), rules(n))
        now = made.state
        charts.append(made.chart)
    assert [(e.song, e.movement, e.previous_position) for e in charts[1].entries] == [
        ("b", "+1", 2),
        ("a", "-1", 1),
        ("c", "new", None),
    ]
    assert [(e.song, e.movement, e.previous_position) for e in charts[2].entries] == [
        ("a", "+1", 2),
        ("d", "re", None),
        ("b", "-2", 1),
    ]
    a, d, b = charts[2].entries
    assert (a.peak, a.peak_issue, a.peak_weeks, a.weeks_on_chart) == (1, issue(0), 2, 3)
    assert (b.peak, b.peak_issue, b.peak_weeks, b.weeks_on_chart) == (1, issue(1), 1, 3)
    assert (d.peak, d.peak_issue, d.peak_weeks, d.weeks_on_chart) == (2, issue(2), 1, 2)
    assert [(out.song, out.rule, out.previous_position) for out in charts[2].drop_outs] == [("c", "size", 3)]
    assert [out.sentence for out in charts[2].drop_outs] == ["would be 4th: 1 point below 3rd"]


def test_a_non_mover_is_an_equals_sign() -> None:
    made = fold({"a": 2}, state(remembered("a", 1, 1)))
    assert [(e.movement, e.previous_position, e.peak_weeks) for e in made.chart.entries] == [("=", 1, 2)]


def test_previous_position_is_that_of_the_issue_before_only() -> None:
    """Its last position was two issues ago: it is a re-entry, whatever the gap in the calendar."""
    before = state(remembered("a", 4, 1, n=-2), remembered("b", 1, 1, n=-1), n=-1)
    made = fold({"a": 5, "b": 4}, before)
    assert [(e.movement, e.previous_position, e.weeks_on_chart) for e in made.chart.entries] == [
        ("re", None, 5),
        ("-1", 1, 2),
    ]


def test_a_skipped_week_makes_no_re_entry() -> None:
    """The issue before is the last one there was, here three weeks back."""
    made = fold({"a": 5}, state(remembered("a", 4, 2, n=-3), n=-3))
    assert made.chart.previous_issue == issue(-3)
    assert [(e.movement, e.previous_position) for e in made.chart.entries] == [("+1", 2)]


def test_a_song_of_the_last_issue_with_nothing_this_week_drops_out() -> None:
    made = fold({"b": 3}, state(remembered("a", 6, 1, peak=1)))
    (out,) = made.chart.drop_outs
    assert (out.song, out.previous_position, out.weeks_on_chart, out.peak, out.rule) == (
        "a",
        1,
        6,
        1,
        "no_points",
    )


def test_a_drop_out_far_below_has_no_place_because_none_is_proven() -> None:
    """Size 3 and 20 below are read; the song is the last of 40."""
    songs = {f"s{n:02}": 100 - n for n in range(40)}
    made = fold(songs, state(remembered("s39", 2, 3)))
    (out,) = made.chart.drop_outs
    assert (out.rule, out.sentence) == ("size", "37 points below 3rd")
    assert [(each.song, each.would_be) for each in made.chart.left_out[-2:]] == [("s22", 23), ("s39", 0)]


def test_a_decision_excludes_a_song_and_the_chart_is_refilled() -> None:
    ruling = Decision("d-1", issue(0), issue(0), "b", "fraud", "exclude", "plays of one household")
    made = fold({"a": 9, "b": 8, "c": 7, "d": 6}, decisions=[ruling])
    assert printed(made) == [(1, "a"), (2, "c"), (3, "d")]
    (left,) = made.chart.left_out
    assert (left.song, left.would_be, left.rule) == ("b", 2, "decision")
    assert left.sentence == "excluded by decision d-1: plays of one household"


@pytest.mark.parametrize(("first", "last", "held"), [(-1, -1, False), (-1, 0, True), (0, 1, True), (1, 1, False)])
def test_a_decision_holds_for_its_issues(first: int, last: int, held: object) -> None:
    ruling = Decision("d-1", issue(first), issue(last), "a", "fraud", "exclude", "why")
    assert (printed(fold({"a": 9}, decisions=[ruling])) == []) == held


def test_a_decision_on_a_song_without_points_is_noted() -> None:
    ruling = Decision("d-1", issue(0), issue(0), "z", "fraud", "exclude", "why")
    assert fold({"a": 1}, decisions=[ruling]).chart.notes == ("decision d-1 is on z, which has no points here",)


def test_notes_about_the_inputs_are_printed() -> None:
    made = step(week({"a": 1}), ChartState(), (), rules(), notes=["nobody reported 2016-01-03"], simulated=True)
    assert made.chart.notes == ("nobody reported 2016-01-03",)
    assert made.chart.simulated


def test_the_state_must_be_older_than_the_issue() -> None:
    with pytest.raises(CompileError, match="issue 2016-01-08 does not come after 2016-01-08"):
        fold({"a": 1}, state(n=0))


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(CompileError, match="step 'magic' is not known; allowed: accelerated, "):
        fold({"a": 1}, params={"magic": {}})


def test_an_unknown_tie_is_refused() -> None:
    with pytest.raises(CompileError, match="ties are broken by 'magic'; allowed: gain, id"):
        fold({"a": 1}, ties=("magic", "id"))


def test_a_step_without_parameters_in_force_does_nothing() -> None:
    made = step(week({"a": 1}), ChartState(), (), replace(rules(), steps=("recurrent",)))
    assert printed(made) == [(1, "a")]


def test_a_renamed_song_keeps_its_history() -> None:
    made = step(week({"new": 5}), state(remembered("old", 7, 2, peak=2)), (), rules(), renamed={"old": "new"})
    (entry,) = made.chart.entries
    assert (entry.movement, entry.previous_position, entry.weeks_on_chart, entry.peak) == ("+1", 2, 8, 1)
    assert set(made.state.songs) == {"new"}


def test_two_runs_that_become_one_keep_the_longer_and_say_so() -> None:
    """Old ran 7 issues with a peak of 4, new 3 with a peak of 2; one more week makes 8."""
    before = state(remembered("old", 7, 9, n=-4, peak=4), remembered("new", 3, 5, peak=2, peak_issue=issue(-2)))
    made = step(week({"new": 5, "b": 9}), before, (), rules(), renamed={"old": "new"})
    entry = made.chart.entries[1]
    assert (entry.previous_position, entry.weeks_on_chart, entry.peak, entry.peak_weeks) == (5, 8, 2, 2)
    assert "those of the longer run (7)" in made.chart.notes[0]


def test_the_input_order_of_candidates_changes_nothing() -> None:
    songs = [song(f"s{n}", n % 4 + 1) for n in range(12)]
    one, other = week(songs), week(songs)
    assert step(one, ChartState(), (), rules()) == step(
        replace(other, candidates=other.candidates[::-1]), ChartState(), (), rules()
    )


def test_dates_of_the_issue_are_those_of_the_rules() -> None:
    chart = fold({"a": 1}).chart
    assert (chart.issue_date, chart.tracking_start, chart.tracking_end) == (
        issue(0),
        FIRST,
        FIRST + timedelta(6),
    )


def test_looking_at_the_best_lines_gives_what_looking_at_all_gives() -> None:
    """600 songs, twenty of the last issue spread among them; a cap of one takes most of the best off."""
    songs = [song(f"s{n:03}", 1000 - n // 3, "Ann" if n < 150 else "") for n in range(600)]
    before = state(*(remembered(f"s{n:03}", 25, n % 40 + 1) for n in range(0, 600, 30)))
    params = {"artist_cap": {"entries": 1}, "recurrent": {"tiers": [{"weeks": 20, "below": 2}]}}
    book = rules(params=params)
    one, all_lines = (settled(week(songs), before, (), book, whole=whole) for whole in (False, True))
    assert len(one.lines) < len(all_lines.lines) == 600
    assert one.depth_points == all_lines.depth_points
    charts = [issue_of(each, before, book, simulated=False, notes=()) for each in (one, all_lines)]
    assert charts[0] == charts[1]
    assert [line.candidate.song for line in one.recurrent] == [line.candidate.song for line in all_lines.recurrent]
