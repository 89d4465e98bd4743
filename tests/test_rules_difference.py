"""What changed in a book between two days, in sentences."""

import json
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from hitparade.rulebook.book import Book
from hitparade.rulebook.books import shipped
from hitparade.rulebook.difference import difference
from hitparade.rulebook.load import make


def changed(text: str) -> Book:
    """The demo's book with more values laid into its tables."""
    said = tomllib.loads(shipped().paths["demo-singles"].read_text("utf-8"))
    _merge(said, tomllib.loads(text))
    book, complaints = make(said, "demo-singles.toml")
    assert book is not None, complaints
    assert not complaints
    return book


def _merge(base: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            _merge(base[key], value)
        else:
            base[key] = value


def sentences(text: str, one: date, other: date) -> list[str]:
    return [change.sentence for change in difference(changed(text), one, other).changes]


def test_a_change_is_told_with_its_first_issue_and_its_source() -> None:
    """The spring revision holds from the tracking week of 1 April, so from the issue of 8 April."""
    [change] = difference(shipped()["demo-singles"], date(2016, 1, 10), date(2016, 6, 1)).changes
    assert change.sentence == "600 on_demand.ad_funded make one unit, instead of 300."
    assert (change.issue_date, change.tracking_start) == (date(2016, 4, 8), date(2016, 4, 1))
    assert change.source == "invented for the demo of hitparade: the spring revision of 2016"


def test_the_week_before_a_change_still_follows_the_old_rules() -> None:
    book = shipped()["demo-singles"]
    assert difference(book, date(2016, 1, 10), date(2016, 4, 7)).changes == ()
    assert len(difference(book, date(2016, 4, 7), date(2016, 4, 8)).changes) == 1


def test_the_days_may_be_given_in_any_order() -> None:
    book = shipped()["demo-singles"]
    one, other = date(2016, 1, 10), date(2016, 6, 1)
    assert difference(book, one, other) == difference(book, other, one)


def test_changes_come_in_order_of_time_and_say_what_begins_ends_and_becomes_another() -> None:
    more = """
    [artist_cap]
    values.2016-03-04 = { off = true, source = "demo" }
    values.2016-05-06 = { entries = 2, source = "demo" }
    [size]
    values.2016-02-05 = { value = 50, source = "demo" }
    [recurrent]
    values.2016-02-05 = { tiers = [{ weeks = 8, below = 30 }], passes = "one", source = "demo" }
    [units.physical]
    values.2016-02-05 = { value = [2, 3], source = "demo", confidence = "undisclosed", between = [0, 1] }
    """
    assert sentences(more, date(2016, 1, 10), date(2016, 6, 1)) == [
        "size changes from 40 to 50.",
        "physical counts: 2/3 physical make one unit.",
        (
            "recurrent changes: tiers (weeks 8; below 30), (weeks 14; below 20) becomes (weeks 8; below 30);"
            " passes fixpoint becomes one; descending only yes becomes no."
        ),
        "artist_cap ends; it was: entries 3; by credit.",
        "600 on_demand.ad_funded make one unit, instead of 300.",
        "artist_cap begins: entries 2; by credit.",
    ]


def test_what_changed_and_is_as_it_was_again_is_said() -> None:
    more = """
    [size]
    values.2016-02-05 = { value = 50, source = "demo" }
    values.2016-03-04 = { value = 40, source = "demo" }
    """
    found = difference(changed(more), date(2016, 1, 10), date(2016, 3, 30))
    assert [change.sentence for change in found.changes] == [
        "size changes from 40 to 50.",
        "size changes from 50 to 40.",
    ]
    assert found.back == ("size",)


def test_a_value_that_no_issue_ever_saw_is_passed_over() -> None:
    """Both begin in the tracking week of Friday 5 February, which reads the value of its first day only."""
    more = """
    [size]
    values.2016-02-06 = { value = 50, source = "demo" }
    values.2016-02-09 = { value = 60, source = "demo" }
    """
    assert sentences(more, date(2016, 1, 10), date(2016, 3, 30)) == ["size changes from 40 to 60."]


def hitparade(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program = "from hitparade.serve.cli import app; app.COMMANDS = ('rules', 'diff_rules'); app.run()"
    call = [sys.executable, "-c", program, *words]
    return subprocess.run(call, cwd=folder, capture_output=True, text=True, check=False)


def test_the_command_prints_sentences_sources_and_json(tmp_path: Path) -> None:
    text = hitparade("diff-rules", "demo-singles", "2016-01-10", "2016-06-01", folder=tmp_path).stdout
    assert "600 on_demand.ad_funded make one unit, instead of 300. [1]" in text
    assert "1. invented for the demo of hitparade: the spring revision of 2016" in text
    made = hitparade("diff-rules", "demo-singles", "2016-01-10", "2016-06-01", "--json", folder=tmp_path)
    assert json.loads(made.stdout)["changes"][0]["after"] == 600


def test_a_day_that_is_none_and_a_day_before_the_life_end_in_one_sentence(tmp_path: Path) -> None:
    wrong = hitparade("diff-rules", "demo-singles", "2016-1", "2016-06-01", folder=tmp_path)
    assert (wrong.returncode, wrong.stderr) == (2, "hitparade: 2016-1: not a day; write it as 2016-01-29\n")
    early = hitparade("diff-rules", "demo-singles", "2014-01-01", "2016-06-01", folder=tmp_path)
    assert early.returncode == 1
    assert "lives since 2016-01-08" in early.stderr
