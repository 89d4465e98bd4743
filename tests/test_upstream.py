"""A chart that reads another one: compiled after it, sealed with what it read, and never waiting for itself."""

from datetime import date, timedelta

import pytest

from hitparade.archive import sealed
from hitparade.compile.proof import follows
from hitparade.errors import CompileError
from hitparade.house import House
from ledger_maker import Row, deliver

MONDAY = date(2016, 1, 4)
PLAYS = ({"Alpha": 9, "Beta": 5, "Gamma": 2}, {"Alpha": 4, "Beta": 6, "Delta": 5})
OTHER, CHART = "my-top-40", "shadow"


def issue(n: int) -> date:
    """The charts are dated on the Sunday that ends their week."""
    return MONDAY + timedelta(7 * n + 6)


def add_book(house: House, name: str, reads: str) -> None:
    """A second chart of the same plays that reads another one."""
    text = house.books().paths[OTHER].read_text("utf-8").replace(f'id = "{OTHER}"', f'id = "{name}"')
    block = f'\n[upstream]\nvalues.2000-01-01 = {{ charts = ["{reads}"], source = "made for a test" }}\n'
    house.paths.books.joinpath(f"{name}.toml").write_text(text + block, "utf-8")


def deliver_week(house: House, n: int, more: int = 0) -> None:
    day = MONDAY + timedelta(7 * n)
    rows = [
        Row(title, f"{title} Band", day=day, measure="on_demand", quantity=quantity + more, territory="GLOBAL")
        for title, quantity in PLAYS[n].items()
    ]
    deliver(house, rows, name=f"week{n}-{more}.csv")


@pytest.fixture
def stocked(house: House) -> House:
    """A house with two weeks of plays and a chart that reads another one; nothing is compiled."""
    add_book(house, CHART, OTHER)
    for n in range(2):
        deliver_week(house, n)
    return house


def test_the_other_chart_is_compiled_first_and_what_was_read_is_kept(stocked: House) -> None:
    stocked.compile(CHART, every=True)
    assert [row.issue_date for row in stocked.drafts(OTHER)] == [issue(0), issue(1)]
    made = stocked.draft(CHART, issue(1))
    assert made is not None
    read = made.upstream[OTHER]
    assert [(entry.position, entry.title) for entry in read.chart.entries] == [(1, "Beta"), (2, "Delta"), (3, "Alpha")]
    assert read.state.songs["alpha / alpha band"].last_position == 3
    assert read.digest == stocked.drafts(OTHER)[1].digest
    assert follows(made)


def test_the_sealed_issue_holds_what_was_read(stocked: House) -> None:
    stocked.compile(CHART, every=True)
    made = stocked.draft(CHART, issue(0))
    assert made is not None
    assert sealed.from_json(sealed.to_json(made)) == made
    stocked.publish(OTHER, issue(0), by="anna")
    stocked.compile(CHART, issue(0))
    stocked.publish(CHART, issue(0), by="anna")
    edition = stocked.edition(CHART, issue(0))
    other = stocked.edition(OTHER, issue(0))
    assert edition is not None
    assert other is not None
    assert edition.said["upstream"] == {OTHER: {"issue_date": "2016-01-10", "digest": other.digest}}
    assert [answer.holds for found in stocked.verify(CHART) for answer in found.answers] == [True, True, True]
    stocked.withdraw(OTHER, issue(0), reason="wrong", by="anna")
    (found,) = stocked.verify(CHART)
    assert found.answers[2].findings == (f"it reads {OTHER} 2016-01-10 ed1, and it is withdrawn now",)


def test_a_draft_is_made_again_when_the_other_chart_has_changed(stocked: House) -> None:
    stocked.compile(CHART, every=True)
    before = stocked.drafts(CHART)
    stocked.compile(CHART, issue(1))
    assert stocked.drafts(CHART) == before
    stocked.decide(
        OTHER, "Alpha", rule="review", action="exclude", first_issue=issue(0), last_issue=issue(0), why="test", by="eve"
    )
    stocked.compile(CHART, issue(1))
    assert [old.digest != new.digest for old, new in zip(before, stocked.drafts(CHART), strict=True)] == [True, True]


def test_a_chart_without_an_issue_yet_is_named(house: House) -> None:
    add_book(house, CHART, "gb-singles")
    deliver_week(house, 0)
    (made,) = house.compile(CHART, every=True)
    assert made.chart.notes[-1] == "gb-singles has no issue yet, so nothing of it is read"


def test_a_chart_cannot_wait_for_itself(stocked: House) -> None:
    add_book(stocked, "one", "two")
    add_book(stocked, "two", "one")
    with pytest.raises(CompileError, match="one reads two reads one: a chart cannot wait for itself"):
        stocked.compile("one", every=True)
