"""Issues that a chart leaves out, counts together with the next one, or repeats; issue 0 is dated 8 January 2016."""

from datetime import date
from typing import Any

import pytest

from fold_maker import fold, printed, remembered, rules, song, state, week
from hitparade.compile.explain import explain
from hitparade.compile.fold import step
from hitparade.compile.proof import compile_issue, follows
from hitparade.errors import NotInForceError
from hitparade.rulebook.ask import rules_on
from hitparade.rulebook.book import Book
from hitparade.rulebook.books import shipped
from hitparade.rulebook.calendar import issues
from hitparade.rulebook.whatif import overlaid


def skipping(how: str, *days: date) -> Book:
    """The plain weekly chart, Monday to Sunday and dated on that Sunday, with those issues skipped."""
    said = {"values": {"2000-01-01": {"issues": list(days), "how": how}}}
    return overlaid(shipped()["my-top-40"], {"skipped": said}, "what-if")


def dated(book: Book) -> list[tuple[date, date, date]]:
    """The issues from 20 December 2015 to 10 January 2016, with their first and last tracking days."""
    found = issues(book, date(2015, 12, 20), date(2016, 1, 10))
    return [(each.issue_date, each.window.first_day, each.window.last_day) for each in found]


CHRISTMAS, NEW_YEAR = date(2015, 12, 27), date(2016, 1, 3)


def test_a_skipped_issue_is_none_and_its_week_counts_nowhere() -> None:
    assert dated(skipping("skip", CHRISTMAS)) == [
        (date(2015, 12, 20), date(2015, 12, 14), date(2015, 12, 20)),
        (NEW_YEAR, date(2015, 12, 28), NEW_YEAR),
        (date(2016, 1, 10), date(2016, 1, 4), date(2016, 1, 10)),
    ]
    with pytest.raises(NotInForceError, match="the nearest are 2015-12-20 and 2016-01-03"):
        rules_on(skipping("skip", CHRISTMAS), CHRISTMAS)


def test_the_next_issue_tracks_both_weeks() -> None:
    """Two in a row make a window of three weeks; asked for alone, it is the same."""
    book = skipping("together", CHRISTMAS, NEW_YEAR)
    assert dated(book) == [
        (date(2015, 12, 20), date(2015, 12, 14), date(2015, 12, 20)),
        (date(2016, 1, 10), date(2015, 12, 21), date(2016, 1, 10)),
    ]
    window = rules_on(book, date(2016, 1, 10)).issue.window
    assert (window.first_day, len(window.days)) == (date(2015, 12, 21), 21)


def test_a_repeated_issue_is_one() -> None:
    book = skipping("repeat", CHRISTMAS)
    assert [day for day, _, _ in dated(book)] == [date(2015, 12, 20), CHRISTMAS, NEW_YEAR, date(2016, 1, 10)]
    assert [rules_on(book, day).repeats for day in (CHRISTMAS, NEW_YEAR)] == [True, False]


def test_an_issue_that_is_none_anyway_is_refused() -> None:
    with pytest.raises(
        Exception, match="found 2015-12-26, on which there is no issue; allowed: dates of issues, such as "
    ):
        skipping("skip", date(2015, 12, 26))


def test_after_a_skipped_week_songs_are_neither_new_nor_re_entries() -> None:
    """The issue before is two weeks old; the song was on it at 1."""
    done = step(week({"a": 5, "b": 9}), state(remembered("a", 3, 1, n=-2), n=-2), (), rules())
    assert [(entry.song, entry.movement, entry.weeks_on_chart) for entry in done.chart.entries] == [
        ("b", "new", 1),
        ("a", "-1", 4),
    ]


def repeating(**changes: Any) -> Any:  # noqa: ANN401 - a step
    """Issue 0 repeats one with b at 1 and a at 2, though a leads now and c is new."""
    known = state(remembered("b", 3, 1), remembered("a", 5, 2))
    return fold({"a": 9, "b": 4, "c": 7}, known, repeats=True, **changes)


def test_the_positions_stand_once_more_and_the_weeks_go_on() -> None:
    done = repeating(params={"artist_cap": {"entries": 1}})
    assert printed(done) == [(1, "b"), (2, "a")]
    assert [(e.movement, e.weeks_on_chart, e.points) for e in done.chart.entries] == [("=", 4, 4), ("=", 6, 9)]
    assert done.chart.entries[0].reasons == (("repeated", "as on the issue of 2016-01-01, which this one repeats"),)
    assert not done.chart.drop_outs


def test_a_song_that_nobody_played_meanwhile_stays_too() -> None:
    known = state(remembered("b", 3, 1), remembered("a", 5, 2))
    done = step(week([song("a", 9), song("b", 0)]), known, (), rules(repeats=True))
    assert printed(done) == [(1, "b"), (2, "a")]


def test_a_repeated_issue_is_proven_and_can_be_explained() -> None:
    known = state(remembered("b", 3, 1), remembered("a", 5, 2))
    made = compile_issue(lambda *_: week({"a": 9, "b": 4}, kth=1000), known, (), rules(repeats=True))
    assert follows(made)
    story = explain(made, "b")
    assert story.position == 1
    assert [effect.sentence for effect in story.effects] == ["as on the issue of 2016-01-01, which this one repeats"]
