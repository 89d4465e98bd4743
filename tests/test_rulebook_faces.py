"""What people see of books: what-ifs, the commands, the reference, the how-to."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from hitparade.certify import load
from hitparade.errors import BookError
from hitparade.rulebook.ask import rules_on
from hitparade.rulebook.books import shipped
from hitparade.rulebook.cases import Made, as_csv, load_case
from hitparade.rulebook.check import check
from hitparade.rulebook.model import BLOCKS, SWITCHED
from hitparade.rulebook.reference import keys, reference

DOCS = Path(__file__).parents[1] / "docs"
SPRING = date(2016, 4, 8)


WORDS = f"steps, off, decisions, charts, {', '.join(BLOCKS)}"
HELD = {key.split(".")[0] for key in shipped()["demo-singles"].series}
SWITCHES = f"blocks of this book that can be switched off: {', '.join(each for each in SWITCHED if each in HELD)}"
LACKS = "allowed: values.DATE = {...} for a block that the book lacks"


def what_if(folder: Path, text: str) -> Path:
    path = folder / "what-if.toml"
    path.write_text(text, "utf-8")
    return path


def hitparade(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program = "from hitparade.serve.cli import app; app.COMMANDS = ('rules',); app.run()"
    wide = {**os.environ, "COLUMNS": "200"}
    call = [sys.executable, "-c", program, *words]
    return subprocess.run(call, cwd=folder, env=wide, capture_output=True, text=True, check=False)


# What-if


def test_a_what_if_sets_a_parameter_in_every_dated_value(tmp_path: Path) -> None:
    other = what_if(tmp_path, '[week]\nevery = { zone = "America/New_York" }\n')
    rules = rules_on(shipped()["demo-singles"], SPRING, other)
    assert rules.issue.window.zone == "America/New_York"
    week = next(value for value in rules.values if value.key == "week")
    assert (week.what_if, week.source) == (True, "what-if what-if.toml")
    assert [value.key for value in rules.values if value.what_if] == ["week"]


def test_a_what_if_adds_a_value_that_holds_from_its_day(tmp_path: Path) -> None:
    other = what_if(tmp_path, '[units."on_demand.premium"]\nvalues.2016-04-01 = { value = 150 }\n')
    book = shipped()["demo-singles"]
    # From April on 1, 150 and 600 make one unit: over 600 these are 600, 4 and 1 points.
    assert rules_on(book, SPRING, other).weights == {
        "download": 600,
        "on_demand.premium": 4,
        "on_demand.ad_funded": 1,
    }
    assert rules_on(book, date(2016, 4, 1), other).weights == rules_on(book, date(2016, 4, 1)).weights


def test_a_what_if_switches_a_rule_off_and_shows_that_it_did(tmp_path: Path) -> None:
    rules = rules_on(shipped()["demo-singles"], SPRING, what_if(tmp_path, 'off = ["artist_cap", "cap_per_consumer"]\n'))
    assert set(rules.params) == {"release_age", "recurrent"}
    assert rules.profile.cap == {}
    off = {value.key for value in rules.values if value.value == "off" and value.what_if}
    assert off == {"artist_cap", 'cap_per_consumer."on_demand.*"'}


def test_a_what_if_that_says_nothing_changes_nothing(tmp_path: Path) -> None:
    book = shipped()["demo-singles"]
    assert rules_on(book, SPRING, what_if(tmp_path, "")) == rules_on(book, SPRING)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('off = ["artist"]', f'off: found "artist"; allowed: {SWITCHES}'),
        ("[wek]\nevery = { days = 7 }", f'unknown key "wek" (did you mean week?); allowed: {WORDS}'),
        ("[size]\nvalue = 3", 'size: found "value"; allowed: every = {...} or values.DATE = {...}'),
        (
            "[size]\nvalues.2016-01-01 = { value = 0 }",
            "size 2016-01-01, value: found 0; allowed: a whole number, 1 or more",
        ),
        ('[panel]\nevery = { channels = ["a"] }', f"panel, every: the book has no value to change; {LACKS}"),
        ("[size]\nevery = 3", "size, every: found 3; allowed: a table"),
        ("size = 3", "size: found 3; allowed: a table"),
    ],
)
def test_a_wrong_what_if_is_named_with_its_own_file(tmp_path: Path, text: str, message: str) -> None:
    path = what_if(tmp_path, text)
    with pytest.raises(BookError) as told:
        rules_on(shipped()["demo-singles"], SPRING, path)
    start = f"{path}: " if message.startswith("unknown") else f"{path}, "
    assert str(told.value) == start + message


# The commands


def test_rules_prints_each_value_with_start_source_and_confidence(tmp_path: Path) -> None:
    told = hitparade("rules", "global-excl-us", "--on", "2020-09-20", folder=tmp_path)
    assert told.returncode == 0
    for part in ("issue 2020-09-19", "2020-09-04", "undisclosed, 200 to 250", "2025/2", "readers' estimate"):
        assert part in told.stdout


def test_rules_as_json_holds_the_same(tmp_path: Path) -> None:
    told = hitparade("rules", "demo-singles", "--on", "2016-04-08", "--json", folder=tmp_path)
    said = json.loads(told.stdout)
    assert (said["chart"], said["size"], said["issue"]["issue_date"]) == ("demo-singles", 40, "2016-04-08")
    assert {value["key"] for value in said["values"]} >= {"life", "size", "week", "ties"}


def test_rules_without_a_chart_lists_the_books(tmp_path: Path) -> None:
    told = hitparade("rules", folder=tmp_path)
    assert all(name in told.stdout for name in shipped())


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("rules", "demo-single"), 1, 'there is no chart "demo-single"; did you mean demo-singles'),
        (("rules", "demo-singles", "--on", "soon"), 2, "--on soon: not a day; write it as 2016-01-29"),
        (("rules", "demo-singles", "--on", "2015-01-01"), 1, "since 2016-01-08"),
        (("check", "nowhere.toml"), 2, "nowhere.toml: there is no such file or folder"),
    ],
)
def test_a_wrong_call_ends_in_one_sentence(tmp_path: Path, words: tuple[str, ...], code: int, sentence: str) -> None:
    told = hitparade(*words, folder=tmp_path)
    assert told.returncode == code
    assert sentence in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_check_ends_with_1_and_lists_each_mistake(tmp_path: Path) -> None:
    broken = Path(__file__).parent / "broken_books"
    told = hitparade("check", str(broken), folder=tmp_path)
    assert told.returncode == 1
    number = len(list(broken.glob("*.toml")))
    assert f"{number} checked, {number} wrong" in told.stdout
    assert 'found "Europe/Londn"' in told.stdout


def test_check_of_all_books_finds_nothing(tmp_path: Path) -> None:
    told = hitparade("check", folder=tmp_path)
    assert told.returncode == 0
    assert f"{len(shipped()) + len(load.shipped())} checked, 0 wrong" in told.stdout


def test_the_schema_is_written_for_editors(tmp_path: Path) -> None:
    assert hitparade("check", "--schema", "s.json", folder=tmp_path).returncode == 0
    assert json.loads((tmp_path / "s.json").read_text("utf-8"))["title"] == "hitparade rulebook"


# Cases


CASE = """
chart = "my-top-40"
title = "t"
why = "w"
[[entries]]
title = "A"
artist = "B"
measure = "video"
day = 2016-01-04
[[expected]]
issue = 2016-01-10
"""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('why = "w"\n', ""), "case.toml, why: is missing; allowed: The arithmetic, worked out by hand"),
        (("day = 2016-01-04\n", ""), "case.toml, entries, 1: found neither; allowed: either day or at"),
        (('"my-top-40"', '"my-top-41"'), 'case.toml, chart: found "my-top-41"; allowed: one of '),
        (("[[expected]]", "[[expectde]]"), 'case.toml: unknown key "expectde" (did you mean expected?); '),
        (('"video"', '"vidoe"'), 'case.toml, entries, 1.measure: found "vidoe"; allowed: a measure'),
    ],
)  # fmt: skip
def test_a_wrong_case_is_named_with_file_key_found_and_allowed(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    path = tmp_path / "case.toml"
    path.write_text(CASE.replace(*change), "utf-8")
    (result,) = check(shipped(), [path], lambda _: Made({}, {}))
    assert (result.kind, result.state, len(result.complaints)) == ("case", "wrong", 1)
    assert result.complaints[0].replace(f"{tmp_path}/", "").startswith(message)


def test_a_case_that_does_not_hold_says_where(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text(CASE, "utf-8")
    (result,) = check(shipped(), [path], lambda _: Made({}, {}))
    assert result.complaints == (f"{path}, issue 2016-01-10: was not compiled",)


def test_a_case_becomes_a_file_that_the_house_can_receive(tmp_path: Path) -> None:
    """Its ledger in the ``entries`` layout: every week a row of its own, with the territory of the book."""
    path = tmp_path / "case.toml"
    path.write_text(CASE.replace("day = 2016-01-04", "day = 2016-01-04\nweeks = 2"), "utf-8")
    header, *rows = as_csv(load_case(path), "GLOBAL").splitlines()
    assert header == "territory,day,at,channel,measure,isrc,title,artist,quantity,ms_played,consumer,released"
    assert rows == ["GLOBAL,2016-01-04,,shop-a,video,,A,B,1,,,", "GLOBAL,2016-01-11,,shop-a,video,,A,B,1,,,"]


def test_books_and_intake_know_the_same_measures() -> None:
    from hitparade.intake import codes
    from hitparade.rulebook import fields

    assert (fields.USES, fields.TIERS) == (codes.USES, codes.TIERS)


# The documents


@pytest.mark.parametrize("key", sorted(keys()))
def test_every_key_of_a_book_has_a_heading_in_the_reference(key: str) -> None:
    text = (DOCS / "rulebook.md").read_text("utf-8")
    assert re.search(rf'^#+ `{re.escape(key)}(\."<measure>")?`$', text, re.MULTILINE)


def test_the_reference_is_the_one_that_the_program_writes() -> None:
    assert (DOCS / "rulebook.md").read_text("utf-8") == reference()


# Start-up


def test_listing_commands_does_not_import_the_rulebook() -> None:
    program = (
        "import sys, hitparade.serve.cli.rules;"
        "print([m for m in sys.modules if m.startswith(('pydantic', 'hitparade.rulebook', 'duckdb'))])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
