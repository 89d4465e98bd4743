"""A version of an issue that was never published and that the next issue rests on all the same, as in December 1994."""

import importlib
import json
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from hitparade.errors import ArchiveError
from hitparade.house import House
from hitparade.serve.cli.app import app
from ledger_maker import Row, deliver
from test_year_end import BOOK, MONDAY, issue


def sold(title: str, quantity: int, day: date) -> Row:
    return Row(title, f"{title} Band", day=day, measure="download", quantity=quantity, territory="GB")


@pytest.fixture
def rerun(house: House) -> House:
    """As published Alpha 10, Beta 8; a shop was counted twice, and the rerun, kept inside, says Beta 8, Alpha 5."""
    (house.paths.books / "two-lines.toml").write_text(BOOK.replace("STEPS", "[]"), "utf-8")
    deliver(house, [sold("Alpha", 10, MONDAY), sold("Beta", 8, MONDAY)], name="first.csv")
    house.compile("two-lines")
    house.publish("two-lines", issue(0), by="anna")
    house.strike("two-lines", MONDAY, MONDAY, song="alpha", why="a shop was counted twice", by="anna")
    deliver(house, [sold("Alpha", 5, MONDAY + timedelta(1))], name="again.csv")
    house.correct("two-lines", issue(0), reason="the rerun was not announced", by="anna", internal=True)
    return house


def shown(house: House, n: int) -> list[tuple[str, int | None, int]]:
    edition = house.edition("two-lines", issue(n))
    assert edition is not None
    return [(each.title, each.previous_position, each.peak) for each in edition.issue.entries]


def test_what_is_published_stays_and_the_next_issue_rests_on_the_rerun(rerun: House) -> None:
    """Next week Beta has 9 and Alpha 7. By the published chart Beta would be up from 2; by the rerun it was at 1."""
    assert shown(rerun, 0) == [("Alpha", None, 1), ("Beta", None, 2)]
    day = MONDAY + timedelta(7)
    deliver(rerun, [sold("Beta", 9, day), sold("Alpha", 7, day)], name="next.csv")
    rerun.compile("two-lines", issue_date=issue(1))
    rerun.publish("two-lines", issue(1), by="anna")
    assert shown(rerun, 1) == [("Beta", 1, 1), ("Alpha", 2, 2)]
    edition = rerun.edition("two-lines", issue(1))
    assert edition is not None
    assert edition.said["last_week_from"]["edition"] == 2


def test_a_year_adds_up_what_was_published(rerun: House) -> None:
    """Alpha's 10 and Beta's 8 in sixths of a unit, and not the 5 of the rerun."""
    assert [(line.title, line.total) for line in rerun.year_end("two-lines", "2016").lines] == [
        ("Alpha", 10 * rerun.year_end("two-lines", "2016").per_unit),
        ("Beta", 8 * rerun.year_end("two-lines", "2016").per_unit),
    ]


def test_both_versions_are_sealed_and_verified(rerun: House) -> None:
    one, two = rerun.verify("two-lines")
    assert [answer.holds for answer in one.answers] == [True, True, None]
    assert [answer.holds for answer in two.answers] == [True, True, True]
    assert two.name == "two-lines 2016-01-10 ed2"
    edition = rerun.edition("two-lines", issue(0), 2)
    assert edition is not None
    assert edition.said["status"] == "internal"
    assert [row.internal for row in rerun.editions("two-lines")] == [False, True]


def test_the_one_inside_cannot_be_withdrawn_in_place_of_the_one_shown(rerun: House) -> None:
    with pytest.raises(ArchiveError, match=r"two-lines 2016-01-10 ed2 is internal; `hitparade correct` brings out one"):
        rerun.withdraw("two-lines", issue(0), reason="wrong", by="anna")


def test_what_follows_a_rerun_that_is_kept_inside_stays_inside(house: House) -> None:
    """Week 1 is shown as Alpha 7, Beta 6; its rerun, kept inside, says Beta 8. Then week 0 is corrected for all to see.

    Beta was at 1 in week 0 now. Week 1 rests on its rerun, which follows, and still nobody has decided to show that.
    """
    policy = '\n[restatement]\nvalues.2016-01-04 = { policy = "replace_and_propagate", source = "made" }\n'
    (house.paths.books / "two-lines.toml").write_text(BOOK.replace("STEPS", "[]") + policy, "utf-8")
    day = MONDAY + timedelta(7)
    deliver(house, [sold("Alpha", 10, MONDAY), sold("Beta", 8, MONDAY)], name="first.csv")
    deliver(house, [sold("Alpha", 7, day), sold("Beta", 6, day)], name="second.csv")
    house.compile("two-lines", every=True)
    for n in range(2):
        house.publish("two-lines", issue(n), by="anna")
    deliver(house, [sold("Beta", 2, day)], name="late.csv")
    house.correct("two-lines", issue(1), reason="not announced", by="anna", internal=True)
    deliver(house, [sold("Beta", 5, MONDAY)], name="later.csv")
    rows = house.correct("two-lines", issue(0), reason="a shop was forgotten", by="anna")
    assert [(row.name, row.internal) for row in rows] == [
        ("two-lines 2016-01-10 ed2", False),
        ("two-lines 2016-01-17 ed3", True),
    ]
    assert shown(house, 1) == [("Alpha", 1, 1), ("Beta", 2, 2)]


def test_publishing_the_rerun_later_shows_it(rerun: House) -> None:
    rerun.correct("two-lines", issue(0), reason="put on the archive", by="bert", even_if_same=True)
    assert shown(rerun, 0) == [("Beta", None, 1), ("Alpha", None, 2)]


def test_the_command_line_says_which_version_is_shown_and_which_is_not(rerun: House) -> None:
    for name in ("publish", "compile"):
        importlib.import_module(f"hitparade.serve.cli.{name}")

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, ["-C", str(rerun.paths.root), *words])
        assert done.exit_code == 0, done.output
        return " ".join(done.output.split())

    assert "later issues rest on edition 2, which is internal" in run("chart", "two-lines", "2016-01-10")
    words = ("correct", "two-lines", "--issue", "2016-01-10", "--reason", "again", "--by", "anna", "--internal")
    assert "Corrected, not shown: two-lines 2016-01-10 ed3 by anna" in run(*words, "--even-if-same")
    assert json.loads(run("correct", *words[1:], "--even-if-same", "--json"))["internal"] is True
