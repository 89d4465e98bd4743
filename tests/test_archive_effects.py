"""What publishing would change in later published issues, and the comparison with what is published now."""

from datetime import date

from edition_maker import ANNA, WEEKS, compiled, life
from fold_maker import issue
from hitparade.archive import decisions, drafts, publish
from hitparade.archive.effects import Change, effects
from hitparade.archive.preview import preview
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.house import House


def changed(first: Compiled, later: list[Compiled], *rulings: Decision) -> list[Change]:
    def holding(day: date) -> tuple[Decision, ...]:
        return tuple(sorted(each for each in rulings if each.holds(day)))

    return list(effects(first.state_out, later, holding))


def test_nothing_changes_when_the_state_is_the_same() -> None:
    first, *later = life()
    assert changed(first, later) == []


def test_last_week_weeks_and_peaks_travel_through_all_later_issues() -> None:
    """Week 0 becomes b a c: week 1 (b d a) has b from 1, not 2, and a from 2, not 1, so that its peak is 2.

    Week 2 (d b c) has the same last week, yet b has had two weeks at its peak of 1 instead of one.
    """
    _, *later = life()
    one, two = changed(compiled(0, {"b": 10, "a": 9, "c": 2}), later)
    assert [(each.song, each.movement) for each in one.before.entries] == [
        ("b", "+1"),
        ("d", "new"),
        ("a", "-2"),
    ]
    assert [(each.song, each.movement) for each in one.after.entries] == [
        ("b", "="),
        ("d", "new"),
        ("a", "-1"),
    ]
    assert (one.before.entries[2].peak, one.after.entries[2].peak) == (1, 2)
    assert (two.before.entries[1].peak_weeks, two.after.entries[1].peak_weeks) == (1, 2)
    assert two.issue_date == issue(2)
    assert not one.unproved
    assert not two.unproved


def test_an_effect_that_dies_out_ends() -> None:
    """Week 0 has a song x more, which never comes back; its drop-out is all that week 1 shows of it."""
    weeks = [{"a": 9, "b": 5}, {"a": 9, "b": 5}, {"a": 9, "b": 5}]
    _, *later = life(*weeks)
    [one] = changed(compiled(0, {"a": 9, "b": 5, "x": 1}), later)
    assert [each.song for each in one.after.drop_outs] == ["x"]


MANY = {f"s{n:02}": 130 - n for n in range(30)}
"""Thirty songs with 130, 129 … 101 downloads: the 20 lines below the 3 of the chart are read, down to 108."""


def test_a_week_that_the_sealed_candidates_cannot_prove_is_named() -> None:
    """Songs with up to 3 downloads were left out of week 1; a, b and x, now on week 0, may be among them."""
    second = compiled(1, MANY, compiled(0), kth=3)
    [change] = changed(compiled(0, {"x": 9, "a": 5, "b": 2}), [second])
    assert change.unproved == "the sums of 'a' were not sealed (3 such songs); that needs totals"


def test_a_chart_that_reads_deeper_than_before_is_not_proved() -> None:
    """Without s01, excluded since, the line with 107 is read too, and a song left out may have 107."""
    second = compiled(1, MANY, compiled(0), kth=107)
    ruling = Decision("r-1", issue(1), issue(1), "s01", "manipulation", "exclude", "bulk")
    [change] = changed(compiled(0), [second], ruling)
    assert change.unproved == "a song that is not among the 300 largest could matter; that needs totals"


def test_issues_after_a_gap_are_left_alone() -> None:
    """Issue 1 is withdrawn; issue 2 began with its state, which no longer follows from issue 0."""
    _, _, third = life()
    assert changed(compiled(0, {"b": 10}), [third]) == []


def test_an_issue_before_the_first_one_changes_it() -> None:
    """The first published issue knew no last week; now there is one before it."""
    second = compiled(1, WEEKS[1])
    [change] = changed(compiled(0), [second])
    assert [each.movement for each in change.before.entries] == ["new", "new", "new"]
    assert [each.movement for each in change.after.entries] == ["+1", "new", "-2"]


def published(house: House) -> list[Compiled]:
    issues = life()
    for each in issues:
        publish.publish(house.paths, house.database, each, ANNA)
    return issues


def test_the_preview_of_a_new_issue(house: House) -> None:
    found = preview(house.paths, house.database, compiled(0))
    assert (found.edition, found.published, found.before, found.later, found.obstacle) == (
        1,
        None,
        None,
        (),
        "",
    )
    assert found.changes


def test_the_preview_of_a_correction(house: House) -> None:
    published(house)
    found = preview(house.paths, house.database, compiled(0, {"b": 10, "a": 9, "c": 2}))
    assert found.edition == 2
    assert found.changes
    assert [each.issue_date for each in found.later] == [issue(1), issue(2)]
    same = preview(house.paths, house.database, compiled(0))
    assert not same.changes
    assert same.later == ()


def test_a_decision_on_a_published_issue_changes_nothing_sealed_and_shows_in_the_preview(
    house: House,
) -> None:
    issues = published(house)
    days = {"first_issue": issue(1), "last_issue": issue(1)}
    who = {"why": "bulk", "by": "dora", "at": ANNA.at}
    ruling = decisions.ruling("test", "b", rule="manipulation", action="exclude", **days, **who)
    decisions.enter(house.paths, house.database, ruling)
    found = preview(house.paths, house.database, issues[0])
    assert not found.changes
    one, two = found.later
    assert [each.song for each in one.after.entries] == ["d", "a"]
    assert [each.song for each in two.after.entries] == ["d", "b", "c"]
    assert two.after.entries[1].movement == "re"


def test_what_stands_in_the_way_is_said(house: House) -> None:
    assert "the issue before, 2016-01-08, is not published" in preview(house.paths, house.database, life()[1]).obstacle
    drafts.store(house.paths, house.database, [compiled(0, {"c": 1})])
    assert "the draft is out of date" in preview(house.paths, house.database, compiled(0)).obstacle
