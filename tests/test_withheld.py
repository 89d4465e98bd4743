"""A position whose name is withheld: it stays taken, it goes on in the song's history, and nobody reads the name."""

import importlib
from dataclasses import replace

from typer.testing import CliRunner

from fold_maker import fold, issue, printed, remembered, rules, song, state, week
from hitparade.compile.decision import Decision
from hitparade.compile.fold import step
from hitparade.house import House
from hitparade.serve.cli.app import app
from test_what_if import fill
from test_year_end import BOOK
from test_year_end import issue as dated

RULING = Decision("d-1", issue(0), issue(0), "b", "taste", "withhold", "not to be named")


def test_the_position_stays_and_its_name_does_not() -> None:
    made = fold({"a": 3, "b": 2, "c": 1}, state(remembered("b", 4, 2)), decisions=[RULING])
    assert printed(made) == [(1, "a"), (2, "b"), (3, "c")]
    line = made.chart.entries[1]
    assert (line.title, line.credit, line.movement, line.weeks_on_chart) == ("position withheld", "", "=", 5)
    assert line.markers == ("withheld",)
    assert line.reasons == (("decision", "name withheld by decision d-1: not to be named"),)


def test_afterwards_the_name_is_known_and_the_run_goes_on() -> None:
    one = fold([song("a", 3), song("b", 2)], decisions=[RULING])
    two = step(week([song("a", 3), song("b", 2)]), one.state, (RULING,), rules(1))
    line = two.chart.entries[1]
    assert (line.title, line.weeks_on_chart, line.markers) == (song("b", 1).title, 2, ())


def test_without_the_decision_it_is_printed() -> None:
    other = replace(RULING, song="nobody")
    assert fold({"a": 3, "b": 2}, decisions=[other]).chart.entries[1].title == song("b", 2).title


def test_a_withheld_song_that_is_too_low_is_no_line() -> None:
    assert printed(fold({"a": 3, "b": 2}, size=1, decisions=[RULING])) == [(1, "a")]


def test_the_chart_as_it_is_printed_and_explained(house: House) -> None:
    """Alpha is at 1 and Beta at 2 in week 0; Beta's name is withheld."""
    fill(house, BOOK.replace("STEPS", "[]"))
    for name in ("publish", "compile", "rules"):
        importlib.import_module(f"hitparade.serve.cli.{name}")

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, ["-C", str(house.paths.root), *words])
        assert done.exit_code == 0, done.output
        return " ".join(done.output.split())

    span = {"first_issue": dated(0), "last_issue": dated(0)}
    house.decide("two-lines", "beta", rule="taste", action="withhold", why="not to be named", by="anna", **span)
    house.compile("two-lines", every=True)
    text = run("chart", "two-lines", str(dated(0)))
    assert "position withheld" in text
    assert "Beta" not in text.partition("Drop")[0]
    assert "name withheld by decision" in run("explain", "two-lines", str(dated(0)), "2")
