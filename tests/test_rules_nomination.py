"""Only songs that were nominated are ranked; suspension for some weeks is a decision as well."""

from fold_maker import fold, issue, printed, remembered, rules, state, week
from hitparade.chart import ChartState
from hitparade.compile.decision import Decision
from hitparade.compile.fold import step

NOMINATED = {"nomination": {"once": True}}


def admit(song: str, first: int = 0, last: int = 0) -> Decision:
    return Decision(f"d-{song}", issue(first), issue(last), song, "nomination", "admit", "entered by its label")


def test_a_song_that_nobody_nominated_is_off() -> None:
    made = fold({"a": 2, "b": 1}, params=NOMINATED, decisions=[admit("b")])
    assert printed(made) == [(1, "b")]
    (out,) = made.chart.left_out
    assert (out.song, out.rule, out.sentence) == ("a", "nomination", "nobody has nominated it")
    assert made.chart.entries[0].reasons == (("nomination", "nominated by decision d-b: entered by its label"),)


def test_a_nomination_by_another_rule_is_none() -> None:
    other = Decision("d-1", issue(0), issue(0), "a", "release_age", "admit", "why")
    assert printed(fold({"a": 2}, params=NOMINATED, decisions=[other])) == []


def test_a_song_that_has_been_on_the_chart_stays_nominated_only_with_once() -> None:
    before = state(remembered("a", 3, 1))
    assert printed(fold({"a": 2}, before, params=NOMINATED)) == [(1, "a")]
    assert printed(fold({"a": 2}, before, params={"nomination": {"once": False}})) == []


def test_a_title_suspended_for_four_issues_is_back_on_the_fifth_with_its_run() -> None:
    """E10: issues 1 to 4 are without it. It had 1 week before and has 2 on issue 5, a re-entry."""
    ruling = Decision("d-1", issue(1), issue(4), "a", "suspension", "exclude", "conspicuous sales")
    memory = ChartState()
    movements = []
    for n in range(6):
        made = step(week({"a": 2, "b": 1}), memory, [ruling], rules(n))
        memory = made.state
        movements.append([(entry.song, entry.movement, entry.weeks_on_chart) for entry in made.chart.entries])
    assert movements[0] == [("a", "new", 1), ("b", "new", 1)]
    assert movements[1] == [("b", "+1", 2)]
    assert [len(each) for each in movements] == [2, 1, 1, 1, 1, 2]
    assert movements[5] == [("a", "re", 2), ("b", "-1", 6)]
