"""Days from which a chart does not compare with what it was: said on the first issue after and on years across."""

import importlib

from typer.testing import CliRunner

from hitparade.house import House
from hitparade.rulebook.breaks import breaks_in
from hitparade.serve.cli.app import app
from test_what_if import fill
from test_year_end import BOOK, issue

BREAK = """
[series_break]
dated_by = "KEY"
values.2016-01-DAY = { why = "shops are counted by another panel", source = "made" }

[year_end]"""
SAID = "the series breaks with the issue of 2016-01-24: shops are counted by another panel (made for a test)"


def with_a_break(house: House, day: str = "18", key: str = "tracking_start") -> House:
    return fill(house, BOOK.replace("STEPS", "[]").replace("[year_end]", BREAK.replace("DAY", day).replace("KEY", key)))


def notes(house: House, n: int) -> list[str]:
    made = house.draft("two-lines", issue(n))
    assert made is not None
    return [note for note in made.chart.notes if "breaks" in note]


def test_the_first_issue_after_a_break_says_so_and_no_other_one(house: House) -> None:
    """18 January is the first tracking day of the third issue, dated 24 January."""
    with_a_break(house)
    assert [notes(house, n) for n in range(3)] == [[], [], [SAID]]


def test_a_break_inside_a_window_is_said_on_the_next_issue(house: House) -> None:
    """On 12 January the second window has begun on the 11th; the one of the 18th is the first after it."""
    with_a_break(house, day="12")
    assert [notes(house, n) for n in range(3)] == [[], [], [SAID]]


def test_a_break_may_be_keyed_by_issue_dates(house: House) -> None:
    """The first issue dated on or after 18 January is that of the 24th."""
    with_a_break(house, key="issue_date")
    assert [notes(house, n) for n in range(3)] == [[], [], [SAID]]


def test_a_break_changes_no_position(house: House) -> None:
    with_a_break(house)
    made = house.draft("two-lines", issue(2))
    assert made is not None
    assert [entry.title for entry in made.chart.entries] == ["Alpha", "Beta"]


def test_a_year_that_spans_a_break_says_so(house: House) -> None:
    assert SAID in with_a_break(house).year_end("two-lines", "2016").notes


def test_a_break_with_the_first_issue_of_a_year_parts_nothing_of_it(house: House) -> None:
    with_a_break(house, day="04")
    assert not [note for note in house.year_end("two-lines", "2016").notes if "breaks" in note]


def test_the_difference_of_rules_names_it(house: House) -> None:
    with_a_break(house)
    importlib.import_module("hitparade.serve.cli.diff_rules")
    done = CliRunner().invoke(app, ["-C", str(house.paths.root), "diff-rules", "two-lines", "2016-01-17", "2016-01-24"])
    text = " ".join(done.output.split())
    assert "series_break begins: why shops are counted by another panel" in text


def test_the_american_chart_breaks_where_estimates_of_shops_end(house: House) -> None:
    """29 December 2023 begins the window of the chart dated 2024-01-13."""
    book = house.book("us-hot-100")
    first, last = issue(0).replace(year=2023), issue(0).replace(year=2025)
    (said,) = breaks_in(book, first, last)
    assert said.startswith("the series breaks with the issue of 2024-01-13: independent stores that do not report")
