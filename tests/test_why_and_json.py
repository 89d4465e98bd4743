"""One word for a reason in every command, and JSON from the commands that had none."""

import importlib
import json

import pytest
import typer
from typer.testing import CliRunner

from hitparade.errors import UsageError
from hitparade.house import House
from hitparade.serve.cli.app import COMMANDS, app
from hitparade.serve.cli.demo import _screens
from mirror_maker import hold

for module in COMMANDS:
    importlib.import_module(f"hitparade.serve.cli.{module}")


def options(command: object) -> list[list[str]]:
    """The names of every option of a command and of those below it."""
    below = getattr(command, "commands", {}).values()
    own = [list(each.opts) for each in getattr(command, "params", [])]
    return own + [names for each in below for names in options(each)]


def test_every_command_asks_for_a_reason_by_the_same_word() -> None:
    """`--why` everywhere; the older `--reason` is understood beside it, and nowhere alone."""
    found = options(typer.main.get_command(app))
    asking = [names for names in found if "--why" in names or "--reason" in names]
    assert len(asking) >= 12  # merge, split, move, rename, undo, 4 of match, correct, withdraw, decide, …
    assert [names for names in asking if "--why" not in names] == []


def ran(house: House, *words: str) -> str:
    made = CliRunner(env={"COLUMNS": "120"}).invoke(app, ["-C", str(house.paths.root), *words], catch_exceptions=False)
    return made.output


def test_a_bare_command_gives_the_state_as_json(house: House) -> None:
    assert json.loads(ran(house, "--json")) == json.loads(ran(house, "status", "--json"))
    with pytest.raises(UsageError, match="allowed is after it: status --json"):
        ran(house, "--json", "status")


def test_the_state_says_that_matches_wait_once_somebody_looked(house: House) -> None:
    """Two spellings of one title by one artist with a letter missing: a question; nobody looked before `match`."""
    lines = [("2016-01-02", 1, "Somebody To Love Again", "Ann Anderson"), ("2016-01-09", 1, "Other", "Bob")]
    hold(house, "us", lines)
    hold(house, "gb", [("2016-01-02", 1, "Somebody To Lvoe Again", "Ann Andersen")])
    assert "matches waiting" not in ran(house)
    queue = json.loads(ran(house, "match", "--json"))
    asked = len(queue["certain"]) + len(queue["doubtful"])
    assert asked == 1
    said = json.loads(ran(house, "--json"))["matches"]
    assert (said["certain"] + said["doubtful"], said["current"]) == (1, True)
    assert "matches waiting" in ran(house)
    hold(house, "fr", [("2016-01-02", 1, "Autre", "Zoe")])
    assert json.loads(ran(house, "--json"))["matches"]["current"] is False
    assert "at the last look; the house has changed since" in " ".join(ran(house).split())


def test_the_screens_of_the_demo_are_taken_apart_at_their_headlines() -> None:
    told = "\n1  An article ─────\n\n$ hitparade x\nline\n\n2  How  such ──\nmore\n"
    assert _screens(told) == [
        {"screen": 1, "title": "An article", "text": "$ hitparade x\nline"},
        {"screen": 2, "title": "How  such", "text": "more"},
    ]
