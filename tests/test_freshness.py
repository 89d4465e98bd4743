"""A draft stands only while everything it was compiled from stands: a house with drafts and one without agree."""

from datetime import date
from pathlib import Path

import pytest

from hitparade.archive import drafts
from hitparade.house import House
from ledger_maker import Row, deliver
from test_archive_house import CHART, MONDAY, WEEKS, issue, plays

ISRC = "GBAAA0000001"
BOOK = Path(__file__).parents[1] / "src" / "hitparade" / "books" / "charts" / f"{CHART}.toml"
AGE = '\n[release_age]\nvalues.2000-01-03 = { years = 2, from = "release", source = "mine" }\n'


def play(title: str, artist: str, n: int, quantity: int, isrc: str = "", released: date | None = None) -> Row:
    day = issue(n - 1) + (MONDAY - issue(-1))
    rest = {"measure": "on_demand", "quantity": quantity, "territory": "GLOBAL", "released": released}
    return Row(title, artist, isrc, day=day, **rest)  # type: ignore[arg-type]


def songs(house: House, n: int) -> list[str]:
    return [entry.song for entry in house.chart(CHART, issue(n)).chart.entries]


@pytest.fixture
def drafted(house: House) -> House:
    """Two weeks of plays, compiled, under a book that leaves out songs older than two years."""
    steps = 'steps = ["release_age"]\n\n[sources]'
    (house.paths.books / BOOK.name).write_text(BOOK.read_text("utf-8").replace("[sources]", steps) + AGE, "utf-8")
    for n in range(2):
        deliver(house, plays(n, WEEKS[n]), name=f"week{n}.csv")
    house.compile(CHART, every=True)
    return house


def agree(house: House) -> None:
    """Week 1 by way of the drafts there are is week 1 with every draft made anew."""
    by_drafts = house.compiled(CHART, issue(1))
    house.compile(CHART, every=True)
    assert by_drafts == house.draft(CHART, issue(1))


def test_a_release_day_stated_later_reaches_weeks_already_drafted(drafted: House) -> None:
    """Alpha led week 0 with 9; it is of the year 2000, so Beta led, and in week 1 Beta's previous position is 1."""
    deliver(drafted, [play("Alpha", "Alpha Band", 2, 1, released=date(2000, 1, 1))], name="week2.csv")
    agree(drafted)
    first, *_ = drafted.chart(CHART, issue(1)).chart.entries
    assert (first.title, first.previous_position) == ("Beta", 1)


def test_another_printed_spelling_reaches_weeks_already_drafted(drafted: House) -> None:
    deliver(drafted, [play("ALPHA!", "Alpha Band", 2, 1)] * 3, name="week2.csv")
    agree(drafted)


def test_one_simulated_delivery_marks_weeks_already_drafted(drafted: House) -> None:
    deliver(drafted, plays(2, WEEKS[2]), name="week2.csv", simulated=True)
    drafted.compile(CHART, issue(2))
    assert all(drafted.chart(CHART, issue(n)).chart.simulated for n in range(3))


def test_a_merge_after_an_edition_reaches_the_draft_that_follows_it(drafted: House) -> None:
    """Gamma was on the edition of week 0 and not in week 1; later an ISRC says that Gamma is "A Gamma"."""
    drafted.publish(CHART, issue(0), by="anna")
    drafted.compile(CHART, issue(1))
    deliver(drafted, [play("Gamma", "Gamma Band", 2, 1, ISRC), play("A Gamma", "X", 2, 1, ISRC)], name="week2.csv")
    drafted.compile(CHART, issue(2))
    made = drafted.draft(CHART, issue(1))
    assert made is not None
    assert made.renamed == {"gamma / gamma band": "a gamma / x"}


def test_nothing_new_leaves_drafts_alone(drafted: House) -> None:
    before = drafts.drafts(drafted.database)
    deliver(drafted, plays(2, {"Epsilon": 1}), name="week2.csv")
    drafted.compile(CHART, issue(2))
    assert drafts.drafts(drafted.database)[:2] == before


def test_a_ruling_still_holds_when_its_song_gets_another_key(drafted: House) -> None:
    """Alpha is excluded; then an ISRC says that Alpha is "A Alpha", whose key is the smaller one."""
    rest = {"rule": "fraud", "action": "exclude", "first_issue": issue(0), "last_issue": issue(2)}
    made = drafted.decide(CHART, "alpha", **rest, why="bulk", by="dora")  # type: ignore[arg-type]
    deliver(drafted, [play("Alpha", "Alpha Band", 2, 9, ISRC), play("A Alpha", "X", 2, 9, ISRC)], name="week2.csv")
    drafted.compile(CHART, every=True)
    assert [songs(drafted, n) for n in range(3)] == [
        ["beta / beta band", "gamma / gamma band"],
        ["beta / beta band", "delta / delta band"],
        [],
    ]
    assert "excluded by decision" in drafted.explain(CHART, issue(2), "a alpha / x").story.headline
    for n in range(3):
        drafted.publish(CHART, issue(n), by="anna")
    assert drafted.edition(CHART, issue(2)).compiled.decisions == (made.decision,)  # type: ignore[union-attr]
    assert all(answer.holds for found in drafted.verify() for answer in found.answers)
