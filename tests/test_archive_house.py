"""The archive through the front door and the command line: publish, a late file, correct, decide, verify."""

import importlib
import json
import shutil
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import hitparade
from hitparade.errors import AmbiguousError, ArchiveError, BookError, CompileError
from hitparade.house import House, new
from hitparade.serve.cli.app import app
from ledger_maker import Row, deliver

CHART = "my-top-40"
MONDAY = date(2016, 1, 4)
WEEKS = (
    {"Alpha": 9, "Beta": 5, "Gamma": 2},
    {"Alpha": 4, "Beta": 6, "Delta": 5},
    {"Delta": 8, "Beta": 7, "Gamma": 1},
)
"""Plays by title: Alpha Beta Gamma, then Beta Delta Alpha, then Delta Beta Gamma."""


def issue(n: int) -> date:
    """The chart is dated on the Sunday that ends its week."""
    return MONDAY + timedelta(7 * n + 6)


def plays(n: int, songs: Mapping[str, int]) -> list[Row]:
    day = MONDAY + timedelta(7 * n)
    return [
        Row(title, f"{title} Band", day=day, measure="on_demand", quantity=quantity, territory="GLOBAL")
        for title, quantity in songs.items()
    ]


@pytest.fixture
def stocked(house: House) -> House:
    """A house with three weeks of plays, compiled."""
    for n, songs in enumerate(WEEKS):
        deliver(house, plays(n, songs), name=f"week{n}.csv")
    house.compile(CHART, every=True)
    return house


def publish_all(house: House) -> None:
    for n in range(3):
        house.publish(CHART, issue(n), by="anna")


def titles(house: House, n: int) -> list[tuple[int, str, int | None]]:
    edition = house.edition(CHART, issue(n))
    assert edition is not None
    return [(each.position, each.title, each.previous_position) for each in edition.compiled.chart.entries]


def run(house: House, *words: str) -> tuple[int, str]:
    for name in ("publish", "verify"):
        importlib.import_module(f"hitparade.serve.cli.{name}")
    made = CliRunner().invoke(app, ["-C", str(house.paths.root), *words])
    if made.exception and not isinstance(made.exception, SystemExit):
        raise made.exception
    return made.exit_code, made.output


def test_a_house_publishes_in_order_and_verifies(stocked: House) -> None:
    publish_all(stocked)
    assert titles(stocked, 1) == [(1, "Beta", 2), (2, "Delta", None), (3, "Alpha", 1)]
    for found in stocked.verify():
        assert [answer.holds for answer in found.answers] == [True, True, True], found
    names = [each["name"] for each in stocked.edition(CHART, issue(0)).said["deliveries"]]
    assert names == ["week0.csv"]


def test_the_draft_that_was_looked_at_is_what_is_published(stocked: House) -> None:
    deliver(stocked, plays(0, {"Gamma": 100}), name="late.csv")
    with pytest.raises(ArchiveError, match="my-top-40 2016-01-10: the draft is out of date"):
        stocked.publish(CHART, issue(0), by="anna")
    stocked.compile(CHART, issue(0))
    stocked.publish(CHART, issue(0), by="anna")
    assert titles(stocked, 0)[0] == (1, "Gamma", None)


def test_a_late_file_from_preview_to_next_weeks_lw(stocked: House) -> None:
    """Gamma gets 8 more plays in week 0: 2 + 8 = 10, ahead of Alpha's 9."""
    publish_all(stocked)
    late = deliver(stocked, plays(0, {"Gamma": 8}), name="late.csv")
    found = stocked.publish_preview(CHART, issue(0))
    assert [each.title for each in found.chart.entries] == ["Gamma", "Alpha", "Beta"]
    assert [each.issue_date for each in found.later] == [issue(1), issue(2)]
    [first, *_] = stocked.verify(CHART, issue(0))
    assert [answer.holds for answer in first.answers] == [True, True, False]
    told = first.answers[2].findings
    assert told[0] == f"delivery {late} (late.csv) came in late, at 2026-01-02T03:04:05Z"
    assert "sums differ: Gamma by Gamma Band: on_demand 2 then, 10 now" in told

    [row] = stocked.correct(CHART, issue(0), reason="late file", by="bert")
    assert (row.number, row.reason) == (2, "late file")
    assert titles(stocked, 0) == [(1, "Gamma", None), (2, "Alpha", None), (3, "Beta", None)]
    assert titles(stocked, 1) == [(1, "Beta", 2), (2, "Delta", None), (3, "Alpha", 1)]
    [second] = stocked.verify(CHART, issue(1))
    assert second.answers[2].findings == ("last week came from 2016-01-10 ed1, and ed2 is in force now",)

    stocked.correct(CHART, issue(1), reason="follows week 1", by="bert")
    assert titles(stocked, 1) == [(1, "Beta", 3), (2, "Delta", None), (3, "Alpha", 2)]
    said = stocked.edition(CHART, issue(1)).said
    assert said["last_week_from"] == {"issue_date": "2016-01-10", "edition": 2, "digest": row.digest}


def test_a_replaced_delivery_is_named(stocked: House) -> None:
    publish_all(stocked)
    [first] = [row["id"] for row in stocked.edition(CHART, issue(0)).said["deliveries"]]
    new = deliver(stocked, plays(0, {"Alpha": 1}), name="again.csv", replaces=first)
    [found] = stocked.verify(CHART, issue(0))
    named = f"delivery {first} (week0.csv) was replaced by {new} (again.csv) after publication"
    assert found.answers[2].findings[0] == named


def test_withdrawing_leaves_no_edition_in_force(stocked: House) -> None:
    stocked.publish(CHART, issue(0), by="anna")
    stocked.withdraw(CHART, issue(0), reason="wrong", by="carl")
    assert stocked.edition(CHART, issue(0)) is None
    assert stocked.edition(CHART, issue(0), 1) is not None
    with pytest.raises(ArchiveError, match="no edition is in force"):
        stocked.withdraw(CHART, issue(0), reason="wrong", by="carl")


RULING = {
    "rule": "manipulation",
    "action": "exclude",
    "first_issue": issue(0),
    "last_issue": issue(0),
    "why": "bulk",
}


def test_a_decision_is_an_input_of_the_next_compile_and_is_sealed(stocked: House) -> None:
    made = stocked.decide(CHART, "alpha", **RULING, by="dora")
    assert made.decision.song == "alpha / alpha band"
    stocked.compile(CHART, issue(0))
    stocked.publish(CHART, issue(0), by="anna")
    assert titles(stocked, 0) == [(1, "Beta", None), (2, "Gamma", None)]
    assert stocked.edition(CHART, issue(0)).compiled.decisions == (made.decision,)


def test_a_decision_names_one_song(stocked: House, house: House) -> None:
    with pytest.raises(CompileError, match="no song answers to 'Omega'"):
        stocked.decide(CHART, "Omega", **RULING, by="dora")
    deliver(stocked, plays(0, {"Alpha": 1, "Beta": 1})[:1], name="x.csv")
    rows = [Row("Alpha", "Another Band", day=MONDAY, measure="on_demand", territory="GLOBAL")]
    deliver(stocked, rows, name="y.csv")
    stocked.compile(CHART, issue(0))
    with pytest.raises(AmbiguousError, match="alpha / alpha band; alpha / another band"):
        stocked.decide(CHART, "Alpha", **RULING, by="dora")


def test_the_command_line_tells_the_story(stocked: House) -> None:
    code, told = run(stocked, "publish", CHART, "--all", "--dry-run")
    assert code == 0
    assert "my-top-40 2016-01-10: would be published as ed1, 3 lines" in told
    code, told = run(stocked, "publish", CHART, "--all", "--by", "anna")
    assert told.count("Published my-top-40") == 3
    assert "Published my-top-40 2016-01-24 ed1 by anna" in told
    with pytest.raises(ArchiveError, match="no draft waits to be published"):
        run(stocked, "publish", CHART)

    deliver(stocked, plays(0, {"Gamma": 8}), name="late.csv")
    code, told = run(stocked, "publish", CHART, "--issue", "2016-01-10", "--dry-run")
    assert "ed1 is in force; `hitparade correct` would bring out ed2" in told
    assert "3 -> 1  Gamma - Gamma Band" in told
    assert "2 later issues would change" in told
    code, told = run(stocked, "correct", CHART, "--issue", "2016-01-10", "--why", "late file", "--by", "bert")
    assert "Corrected: my-top-40 2016-01-10 ed2 by bert" in told
    assert "2016-01-17, 2016-01-24" in told

    code, told = run(stocked, "verify", CHART, "--json")
    assert code == 1
    found = json.loads(told)
    assert [each["edition"].split()[-2:] for each in found][:2] == [
        ["2016-01-10", "ed1"],
        ["2016-01-10", "ed2"],
    ]
    code, told = run(stocked, "verify", CHART, "--issue", "2016-01-10")
    assert code == 0
    assert "2 editions, 2 sound, 0 with a NO." in told
    code, told = run(stocked, "verify", "--copy", str(stocked.paths.editions / CHART))
    assert (code, told.count("yes")) == (0, 8)

    code, told = run(stocked, "withdraw", CHART, "--issue", "2016-01-24", "--reason", "wrong", "--by", "carl")
    assert "Withdrawn: my-top-40 2016-01-24 ed1, by carl" in told


def test_decide_on_the_command_line(stocked: House) -> None:
    words = [
        "--rule",
        "manipulation",
        "--action",
        "exclude",
        "--from",
        "2016-01-10",
        "--to",
        "2016-01-10",
        "--by",
        "dora",
    ]
    code, told = run(stocked, "decide", CHART, "beta", *words, "--why", "bulk")
    assert code == 0
    assert "exclude beta / beta band, 2016-01-10 to 2016-01-10" in told
    assert "Next: hitparade compile my-top-40 --from 2016-01-10" in told
    _, told = run(stocked, "decisions", CHART, "--json")
    assert [each["by"] for each in json.loads(told)] == ["dora"]
    _, told = run(stocked, "decisions")
    assert "\n  exclude beta / beta band, issues 2016-01-10 to 2016-01-10, rule" in told


def test_one_flipped_byte_of_a_copy_is_named_on_the_command_line(stocked: House, tmp_path: Path) -> None:
    publish_all(stocked)
    copy = tmp_path / "copy"
    shutil.copytree(stocked.paths.editions, copy)
    place = copy / CHART / "2016-01-17" / "ed1" / "inputs.json.gz"
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 1
    place.write_bytes(data)
    code, told = run(stocked, "verify", "--copy", str(copy))
    assert code == 1
    assert "3 editions, 2 sound, 1 with a NO." in told
    assert f"{place}: altered; its bytes do not fit the digest in edition.json" in told


def test_doctor_on_the_command_line(house: House) -> None:
    (house.paths.scratch / "left-over").write_text("x", "utf-8")
    code, told = run(house, "doctor", "--dry-run")
    assert (code, "not clean" in told) == (1, True)
    code, told = run(house, "doctor")
    assert code == 0
    assert told.splitlines() == ["removed  scratch/left-over: left over from a process that is gone", "clean"]
    code, told = run(house, "doctor", "--deep", "--json")
    assert json.loads(told) == {"clean": True, "leftovers": [], "missing": [], "removed": True}


def test_the_same_plays_in_other_files_and_another_order_give_the_same_digests(house: House, tmp_path: Path) -> None:
    """One house has a file a week, the other has every play in a file of its own, the last one first."""
    other = new(tmp_path / "other")
    rows = [row for n, songs in enumerate(WEEKS) for row in plays(n, songs)]
    for n, songs in enumerate(WEEKS):
        deliver(house, plays(n, songs), name=f"week{n}.csv")
    for n, row in enumerate(reversed(rows)):
        deliver(other, [row], name=f"play{n}.csv")
    for each in (house, other):
        each.compile(CHART, every=True)
        publish_all(each)
    assert [row.digest for row in house.drafts()] == [row.digest for row in other.drafts()]
    assert [row.digest for row in house.editions()] == [row.digest for row in other.editions()]


def test_a_withdrawn_issue_is_said_to_be_withdrawn_and_the_way_back_is_named(stocked: House) -> None:
    """A draft is there still; whoever looks at it is told, and no step that is proposed is refused."""
    publish_all(stocked)
    assert (stocked.status().drafts, stocked.status().editions) == (0, 3)
    stocked.withdraw(CHART, issue(2), reason="wrong week", by="carl")
    now = stocked.status()
    assert (now.drafts, now.editions) == (0, 2)
    assert now.next_step.startswith("hitparade correct my-top-40 --issue 2016-01-24 --why TEXT")
    assert stocked.chart(CHART, issue(2)).origin == "draft; edition 1 was withdrawn (wrong week)"
    with pytest.raises(ArchiveError, match="`hitparade correct my-top-40 --issue 2016-01-24 --why TEXT` brings"):
        run(stocked, "publish", CHART)


def test_the_next_step_is_one_of_a_chart_that_has_a_draft(stocked: House) -> None:
    """Two books count the same plays; the other one comes first by its name, and only ``my-top-40`` is compiled."""
    book = (Path(hitparade.__file__).parent / "books" / "charts" / f"{CHART}.toml").read_text("utf-8")
    (stocked.paths.books / "a-top-40.toml").write_text(book.replace(f'id = "{CHART}"', 'id = "a-top-40"'), "utf-8")
    assert stocked.status().next_step.startswith("hitparade publish my-top-40 --issue 2016-01-10")


def test_a_dry_run_of_all_takes_the_issues_in_order(stocked: House) -> None:
    _, told = run(stocked, "publish", CHART, "--all", "--dry-run")
    assert "not now" not in told
    _, told = run(stocked, "publish", CHART, "--issue", "2016-01-17", "--dry-run")
    assert "not now: my-top-40 2016-01-17: the issue before, 2016-01-10, is not published" in told


def test_verify_takes_a_chart_by_its_title_and_names_one_that_is_none(stocked: House) -> None:
    publish_all(stocked)
    assert "3 editions, 3 sound" in run(stocked, "verify", "My Top 40")[1]
    with pytest.raises(BookError, match='there is no chart "nochart"'):
        run(stocked, "verify", "nochart")
    with pytest.raises(ArchiveError, match=r"^my-top-40 2016-02-07: nothing is published"):
        run(stocked, "verify", CHART, "--issue", "2016-02-07")


def test_an_explanation_as_json_names_what_it_says_of_deliveries(stocked: House) -> None:
    importlib.import_module("hitparade.serve.cli.compile")
    told = json.loads(run(stocked, "explain", CHART, "2016-01-10", "1", "--json")[1])
    assert [(each["name"], each["rows"], each["quantity"]) for each in told["deliveries"]] == [("week0.csv", 1, 9)]
