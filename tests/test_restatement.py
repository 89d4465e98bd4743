"""What becomes of published issues when one turns out wrong: freeze, replace, replace and propagate."""

import importlib
import json

import pytest
from typer.testing import CliRunner

from hitparade.archive.policy import policy_of
from hitparade.errors import ArchiveError
from hitparade.house import House
from hitparade.serve.cli.app import app
from ledger_maker import Row, deliver
from test_what_if import MONDAY, fill
from test_year_end import BOOK, issue

POLICY = '\n[restatement]\nvalues.2016-01-04 = { policy = "NAME", source = "made" }\n'


def published(house: House, policy: str) -> House:
    """Three published issues of a chart with that policy, and then a late file for the first.

    As published: Alpha Beta; Beta Gamma; Alpha Beta. Gamma's 20 late downloads make the first one Gamma Alpha, so
    that Beta is new on the second one and Gamma was at 1.
    """
    more = POLICY.replace("NAME", policy) if policy else ""
    fill(house, BOOK.replace("STEPS", "[]") + more)
    for n in range(3):
        house.publish("two-lines", issue(n), by="anna")
    deliver(house, [Row("Gamma", "Gamma Band", day=MONDAY, measure="download", quantity=20)], name="late.csv")
    return house


def numbers(house: House) -> list[int]:
    editions = [house.edition("two-lines", issue(n)) for n in range(3)]
    return [edition.number for edition in editions if edition]


def told(house: House, n: int) -> list[tuple[str, str, int]]:
    edition = house.edition("two-lines", issue(n))
    assert edition is not None
    return [(each.title, each.movement, each.weeks_on_chart) for each in edition.issue.entries]


@pytest.mark.parametrize("policy", ["", "replace"])
def test_replace_brings_out_that_issue_alone(house: House, policy: str) -> None:
    rows = published(house, policy).correct("two-lines", issue(0), reason="late file", by="bert")
    assert [row.name for row in rows] == ["two-lines 2016-01-10 ed2"]
    assert numbers(house) == [2, 1, 1]
    assert told(house, 1) == [("Beta", "+1", 2), ("Gamma", "new", 1)]


def test_freeze_keeps_what_is_published(house: House) -> None:
    published(house, "freeze")
    with pytest.raises(ArchiveError, match=r"ed1: the book freezes what is published \(made for a test\)"):
        house.correct("two-lines", issue(0), reason="late file", by="bert")
    assert numbers(house) == [1, 1, 1]
    assert "freezes what is published" in house.publish_preview("two-lines", issue(0)).obstacle


def test_a_frozen_issue_that_was_withdrawn_may_come_out_again(house: House) -> None:
    published(house, "freeze").withdraw("two-lines", issue(0), reason="wrong", by="bert")
    [row] = house.correct("two-lines", issue(0), reason="late file", by="bert")
    assert row.number == 2


def test_later_issues_follow_where_the_book_propagates(house: House) -> None:
    """Gamma Alpha; then Beta is new and Gamma falls from 1; then Alpha re-enters and Beta falls, in its week 2."""
    published(house, "replace_and_propagate")
    rows = house.correct("two-lines", issue(0), reason="late file", by="bert")
    assert [row.name.rpartition(" ")[0] for row in rows] == [f"two-lines {issue(n)}" for n in range(3)]
    assert rows[1].reason == "follows two-lines 2016-01-10 ed2: late file"
    assert told(house, 0) == [("Gamma", "new", 1), ("Alpha", "new", 1)]
    assert told(house, 1) == [("Beta", "new", 1), ("Gamma", "-1", 2)]
    assert told(house, 2) == [("Alpha", "re", 2), ("Beta", "-1", 2)]
    for n in range(1, 3):
        links = house.edition("two-lines", issue(n)).said
        assert links["last_week_from"]["edition"] == 2
    assert all(answer.holds for found in house.verify() for answer in found.answers if answer.holds is not None)


def test_nothing_but_the_correction_changes_later_issues(house: House) -> None:
    """A second late file, for week 1, is not what was corrected: week 1 follows from what was sealed."""
    published(house, "replace_and_propagate")
    more = [Row("Delta", "Delta Band", day=issue(1), measure="download", quantity=99)]
    deliver(house, more, name="later.csv")
    house.correct("two-lines", issue(0), reason="late file", by="bert")
    assert [title for title, _, _ in told(house, 1)] == ["Beta", "Gamma"]
    house.correct("two-lines", issue(1), reason="second late file", by="bert")
    assert [title for title, _, _ in told(house, 1)] == ["Delta", "Beta"]


def test_a_correction_whose_effect_ends_stops_there(house: House) -> None:
    """Week 2 corrected is the last; nothing follows."""
    published(house, "replace_and_propagate")
    deliver(house, [Row("Gamma", "Gamma Band", day=issue(2), measure="download", quantity=9)], name="more.csv")
    rows = house.correct("two-lines", issue(2), reason="late file", by="bert")
    assert len(rows) == 1


def test_the_policy_is_that_in_force_for_the_issue(house: House) -> None:
    """From 18 January on issues are frozen: those of week 0 and 1 follow, that of week 2 stays."""
    published(house, "replace_and_propagate")
    later = 'values.2016-01-18 = { policy = "freeze", source = "made" }\n'
    book = house.paths.books / "two-lines.toml"
    book.write_text(book.read_text("utf-8") + later, "utf-8")
    assert policy_of(house.rules("two-lines", issue(1))).name == "replace_and_propagate"
    assert policy_of(house.rules("two-lines", issue(2))).name == "freeze"


def run(house: House, *words: str) -> str:
    importlib.import_module("hitparade.serve.cli.publish")
    made = CliRunner().invoke(app, ["-C", str(house.paths.root), *words])
    assert made.exception is None, made.output
    return made.output


def test_the_dry_run_names_policy_last_week_and_what_follows(house: House) -> None:
    published(house, "replace_and_propagate")
    text = run(house, "publish", "two-lines", "--issue", "2016-01-10", "--dry-run")
    assert "policy: replace and propagate: later published issues that change follow a correction" in text
    assert "2 later issues would come out again with it:" in text
    text = run(house, "publish", "two-lines", "--issue", "2016-01-17", "--dry-run")
    assert "LW comes from two-lines 2016-01-10 ed1." in text
    said = json.loads(run(house, "publish", "two-lines", "--issue", "2016-01-17", "--dry-run", "--json"))
    assert said[0]["last_week_from"]["number"] == 1


def test_the_command_names_what_followed(house: House) -> None:
    published(house, "replace_and_propagate")
    words = ["correct", "two-lines", "--issue", "2016-01-10", "--reason", "late file", "--by", "bert"]
    text = run(house, *words)
    assert "Corrected: two-lines 2016-01-10 ed2 by bert" in text
    assert "Followed: two-lines 2016-01-17 ed2 by bert" in text
    said = json.loads(run(house, *words, "--even-if-same", "--json"))
    assert (said["number"], said["followed_by"]) == (3, [])


def test_issues_of_other_charts_that_were_made_from_it_are_named(house: House) -> None:
    """The second chart reads the first one; both are published, and neither follows the other's correction."""
    reader = BOOK.replace("STEPS", "[]").replace("two-lines", "reader").replace("Two Lines", "Reader")
    reads = '\n[upstream]\nvalues.2016-01-04 = { charts = ["two-lines"], source = "made" }\n'
    (house.paths.books / "reader.toml").write_text(reader + reads, "utf-8")
    published(house, "replace")
    house.compile("reader", every=True)
    for n in range(3):
        house.publish("reader", issue(n), by="anna")
    found = house.publish_preview("two-lines", issue(1))
    assert [row.name for row in found.readers] == ["reader 2016-01-17 ed1"]
    words = ["correct", "two-lines", "--issue", "2016-01-17", "--reason", "same", "--by", "bert", "--even-if-same"]
    assert "Other charts were made from it and stay: reader 2016-01-17 ed1." in run(house, *words)


def with_a_reader(house: House, policy: str) -> House:
    """A second chart, of what is not on the first one: Gamma; Alpha; Gamma. All is published, then a late file came."""
    reader = BOOK.replace("STEPS", '["elsewhere"]').replace("two-lines", "reader").replace("Two Lines", "Reader")
    rule = '\n[elsewhere]\nvalues.2016-01-04 = { charts = [{ chart = "two-lines", when = "on" }], source = "made" }\n'
    fill(house, BOOK.replace("STEPS", "[]") + POLICY.replace("NAME", policy))
    (house.paths.books / "reader.toml").write_text(reader + rule, "utf-8")
    house.compile("reader", every=True)
    for n in range(3):
        house.publish("two-lines", issue(n), by="anna")
    house.compile("reader", every=True)
    for n in range(3):
        house.publish("reader", issue(n), by="anna")
    deliver(house, [Row("Gamma", "Gamma Band", day=MONDAY, measure="download", quantity=20)], name="late.csv")
    return house


def test_the_dry_run_lists_what_would_change_on_charts_that_read_this_one(house: House) -> None:
    """Gamma comes onto the first chart in place of Beta, so that Beta is on the reader's first issue in its place.

    Its second issue has Alpha all the same, and another drop-out; on its third Gamma is new and no longer back.
    """
    found = with_a_reader(house, "replace").publish_preview("two-lines", issue(0)).elsewhere
    assert [(each.edition.name, each.because) for each in found] == [
        ("reader 2016-01-10 ed1", ("two-lines 2016-01-10",)),
        ("reader 2016-01-17 ed1", ("reader 2016-01-10 ed1",)),
        ("reader 2016-01-24 ed1", ("reader 2016-01-17 ed1",)),
    ]
    entries = [[(it.title, it.movement) for it in each.change.after.entries] for each in found]
    assert entries == [[("Beta", "new")], [("Alpha", "new")], [("Gamma", "new")]]
    assert [out.title for out in found[1].change.after.drop_outs] == ["Beta"]
    text = run(house, "publish", "two-lines", "--issue", "2016-01-10", "--dry-run")
    assert "reader 2016-01-10 ed1 rests on two-lines 2016-01-10; corrected after it, it would change:" in text
    assert "2016-01-24: 1 is restated" in text
    (said,) = json.loads(run(house, "publish", "two-lines", "--issue", "2016-01-10", "--dry-run", "--json"))
    assert [each["edition"]["issue_date"] for each in said["elsewhere"]] == ["2016-01-10", "2016-01-17", "2016-01-24"]


def test_where_later_issues_follow_their_readers_read_those(house: House) -> None:
    """The second chart of the first book stays Beta Gamma in content, so its reader changes for its own past alone."""
    found = with_a_reader(house, "replace_and_propagate").publish_preview("two-lines", issue(0)).elsewhere
    assert [each.because for each in found] == [
        ("two-lines 2016-01-10",),
        ("two-lines 2016-01-17", "reader 2016-01-10 ed1"),
        ("two-lines 2016-01-24", "reader 2016-01-17 ed1"),
    ]


def test_a_reader_that_comes_out_the_same_is_said_not_to_change(house: House) -> None:
    """Ten more downloads of Alpha move nobody: the reader still has Gamma alone."""
    fill(house, BOOK.replace("STEPS", "[]"))
    reads = '\n[upstream]\nvalues.2016-01-04 = { charts = ["two-lines"], source = "made" }\n'
    reader = BOOK.replace("STEPS", "[]").replace("two-lines", "reader").replace("Two Lines", "Reader")
    (house.paths.books / "reader.toml").write_text(reader + reads, "utf-8")
    house.publish("two-lines", issue(0), by="anna")
    house.compile("reader", every=True)
    house.publish("reader", issue(0), by="anna")
    deliver(house, [Row("Alpha", "Alpha Band", day=MONDAY, measure="download", quantity=10)], name="late.csv")
    text = run(house, "publish", "two-lines", "--issue", "2016-01-10", "--dry-run")
    assert "reader 2016-01-10 ed1 was made from it and would not change." in text
