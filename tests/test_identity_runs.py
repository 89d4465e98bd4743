"""Runs that become one, and go apart again: what a chart remembers of a song when identity changes."""

from hypothesis import given
from hypothesis import strategies as st

from fold_maker import issue, rules, week
from hitparade.chart import ChartState
from hitparade.compile.fold import Step, step
from hitparade.compile.issues_of import how_many, union, with_issue


def chart_of(*weeks: dict[str, int], renamed: dict[int, dict[str, str]] | None = None) -> list[Step]:
    """The issues of those weeks; ``renamed`` says at which issue what became part of what, and stays so."""
    state, made, said = ChartState(), list[Step](), dict[str, str]()
    for n, songs in enumerate(weeks):
        said = (renamed or {}).get(n, said)
        made.append(step(week(songs), state, (), rules(n), renamed=said))
        state = made[-1].state
    return made


def test_weeks_of_merged_runs_are_the_union_of_their_issues() -> None:
    """A is on issues 1, 2, 3 and B on 3, 4: together on 1, 2, 3, 4. The fifth issue is their fifth week, not sixth."""
    made = chart_of({"a": 5}, {"a": 5}, {"a": 5, "b": 4}, {"b": 5}, {"a": 9}, renamed={4: {"b": "a"}})
    [entry] = made[-1].chart.entries
    assert (entry.weeks_on_chart, entry.previous_position) == (5, 1)
    assert made[-1].state.songs["a"].issues == (1, 5)
    assert any("on 4 issues in all, on 1 of them by both names" in note for note in made[-1].chart.notes)


def test_the_note_is_printed_once() -> None:
    made = chart_of({"a": 5, "b": 4}, {"a": 5}, {"a": 6}, renamed={1: {"b": "a"}})
    assert [len(each.chart.notes) for each in made] == [0, 1, 0]


def test_weeks_at_an_equal_peak_add_up() -> None:
    """A leads issue 1, B leads issues 2 and 3: merged, it has led three; on the fourth it is second."""
    made = chart_of({"a": 5}, {"b": 5}, {"b": 5}, {"a": 3, "c": 4}, renamed={3: {"b": "a"}})
    entry = made[-1].chart.entries[1]
    assert (entry.song, entry.peak, entry.peak_weeks, entry.weeks_on_chart) == ("a", 1, 3, 4)


def test_a_run_that_leaves_again_is_what_it_was() -> None:
    """B, on issues 1 and 2, is part of A from 3 to 4 and leaves at 5: its third week; A keeps 1, 3, 4: its fourth."""
    weeks = [{"a": 5, "b": 4}, {"b": 5}, {"a": 9}, {"a": 9}, {"a": 5, "b": 4}]
    made = chart_of(*weeks, renamed={2: {"b": "a"}, 4: {}})
    assert made[3].chart.entries[0].weeks_on_chart == 4
    a, b = made[-1].chart.entries
    assert (a.song, a.weeks_on_chart, a.previous_position) == ("a", 4, 1)
    assert (b.song, b.weeks_on_chart, b.movement, b.peak) == ("b", 3, "re", 1)
    assert not made[-1].state.joined
    assert made[-1].state.songs["a"].issues == (1, 1, 3, 5)


def test_a_run_under_another_key_comes_back_to_its_own() -> None:
    """Only B was ever on; it is A's from issue 2, and its own again at 4 with its one week."""
    made = chart_of({"b": 5}, {"a": 5}, {"a": 5}, {"b": 5}, renamed={1: {"b": "a"}, 3: {}})
    assert [each.chart.entries[0].weeks_on_chart for each in made] == [1, 2, 3, 2]


def test_runs_whose_issues_are_not_known_keep_the_longer() -> None:
    """What was sealed before issues were kept says how many weeks, and not which."""
    from fold_maker import remembered, state

    before = state(remembered("a", 7, 2), remembered("b", 4, 3))
    made = step(week({"a": 5}), before, (), rules(), renamed={"b": "a"})
    assert made.chart.entries[0].weeks_on_chart == 8
    assert any("not known" in note for note in made.chart.notes)


def test_an_issue_after_the_last_lengthens_the_stretch() -> None:
    assert with_issue(with_issue(with_issue((), 3), 4), 9) == (3, 4, 9, 9)
    assert how_many((3, 4, 9, 9)) == 3
    assert union(((3, 4, 9, 9), (5, 5))) == (3, 5, 9, 9)


weeks = st.lists(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9), max_size=4), min_size=1, max_size=8)


@given(weeks, st.data())
def test_any_merges_and_splits_count_the_issues_themselves(said: list[dict[str, int]], data: st.DataObject) -> None:
    """By hand: weeks of a song are the issues that printed any of the keys that are it today, under their own keys.

    Once part of A, what is printed as A is A's own issue.
    """
    renamed = {
        n: data.draw(st.dictionaries(st.sampled_from("bcd"), st.just("a"), max_size=3)) for n in range(len(said))
    }
    said = [{key: points for key, points in songs.items() if key not in renamed[n]} for n, songs in enumerate(said)]
    made = chart_of(*said, renamed=renamed)
    printed: list[set[str]] = []
    for n, each in enumerate(made):
        printed.append({entry.song for entry in each.chart.entries})
        for entry in each.chart.entries:
            keys = {entry.song} | {key for key, home in renamed[n].items() if home == entry.song}
            assert entry.weeks_on_chart == sum(bool(keys & songs) for songs in printed), (n, entry.song)
    assert all(each.state.issue_date == issue(n) for n, each in enumerate(made))
