"""What each week added for a song on a year's list, and the same issues added up under other rules."""

import importlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hitparade.adding_story import tell
from hitparade.errors import AmbiguousError, CompileError
from hitparade.house import House
from hitparade.serve.cli.app import app
from test_what_if import stocked  # noqa: F401 - a fixture: three weeks of two lines
from test_year_end import issue

BY_POSITIONS = """
[year_end]
every = { method = "positions", table = [10], inverse_of = 2, eras = { "2016-01-20" = 3 } }
"""
"""Ten points for a week at 1, one for a week at 2; three times as many from 20 January 2016 on.

Alpha: 1st and 1st: 10 + 3 x 10 = 40. Beta: 2nd, 1st, 2nd: 1 + 10 + 3 x 1 = 14. Gamma: 2nd once: 1.
"""


def laid(house: House, text: str) -> Path:
    path = house.paths.root / "what-if.toml"
    path.write_text(text, "utf-8")
    return path


def test_each_week_on_the_chart_adds_its_units(stocked: House) -> None:  # noqa: F811
    """A unit is 2 points until 18 January, and 3 after, so that 6 make one of the table.

    Beta has 8 units in week 0, 6 in week 1 and 10 in week 2: 48 + 36 + 60 = 144. Alpha has 9 + 10 = 19, 114, and a
    week less: Beta leads.
    """
    story = tell(stocked, "two-lines", "2016", "beta")
    assert story.table.per_unit == 6
    assert [(each.issue, each.position, each.adds) for each in story.shares] == [
        (issue(0), 2, 48), (issue(1), 1, 36), (issue(2), 2, 60),
    ]  # fmt: skip
    assert (story.line.position, story.line.total, story.ahead, story.from_ledger) == (1, 144, None, False)
    assert tell(stocked, "two-lines", "2016", "2").ahead == 144 - 114


def test_positions_with_a_table_and_eras_may_be_supposed(stocked: House) -> None:  # noqa: F811
    file = laid(stocked, BY_POSITIONS)
    found = stocked.year_end("two-lines", "2016", file)
    assert [(line.position, line.title, line.total) for line in found.lines] == [
        (1, "Alpha", 40), (2, "Beta", 14), (3, "Gamma", 1),
    ]  # fmt: skip
    assert found.notes[-1] == "what if: the issues are as they stand, and only how they are added up is otherwise"
    story = tell(stocked, "two-lines", "2016", "Beta", file)
    assert [(each.worth, each.era, each.adds) for each in story.shares] == [(1, 1, 1), (10, 1, 10), (1, 3, 3)]
    assert story.ahead == 40 - 14
    assert [line.title for line in stocked.year_end("two-lines", "2016").lines] == ["Beta", "Alpha", "Gamma"]


def test_counted_and_all_weeks_may_be_supposed(stocked: House) -> None:  # noqa: F811
    """With all weeks Alpha has 9 + 4 + 10 = 23 units, Beta 24, Gamma 7 + 5 + 8 = 20.

    Gamma was on the chart in week 1 only, with 5 units.
    """
    file = laid(stocked, '[year_end]\nevery = { weeks = "all" }\n')
    found = stocked.year_end("two-lines", "2016", file)
    assert [(line.title, line.total // found.per_unit) for line in found.lines] == [
        ("Beta", 24), ("Alpha", 23), ("Gamma", 20),
    ]  # fmt: skip
    story = tell(stocked, "two-lines", "2016", "gamma", file)
    assert story.from_ledger
    assert sum(each.adds for each in story.shares) == 5 * found.per_unit


def test_a_name_that_no_song_or_several_answer_to_is_said(stocked: House) -> None:  # noqa: F811
    with pytest.raises(CompileError, match="two-lines 2016: no song of its 3 lines answers to 'Delta'"):
        tell(stocked, "two-lines", "2016", "Delta")
    with pytest.raises(AmbiguousError, match="two-lines 2016: 'band' may be any of: alpha / alpha band; beta"):
        tell(stocked, "two-lines", "2016", "band")


def run(house: House, *words: str) -> str:
    importlib.import_module("hitparade.serve.cli.year_end")
    made = CliRunner().invoke(app, ["-C", str(house.paths.root), *words])
    assert made.exception is None, made.output
    return made.output


def test_the_command_tells_of_one_line_and_supposes(stocked: House) -> None:  # noqa: F811
    file = str(laid(stocked, BY_POSITIONS))
    text = run(stocked, "year-end", "two-lines", "2016", "--song", "beta", "--with", file)
    assert "Two Lines, 2016: 2nd, total 14, 26 less than the line above" in text
    assert "3 weeks on the chart, together 14" in text
    said = json.loads(run(stocked, "year-end", "two-lines", "2016", "--with", file, "--json"))
    assert [line["total"] for line in said["table"]["lines"]] == [40, 14, 1]
