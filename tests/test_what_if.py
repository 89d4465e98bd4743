"""What other rules would have made of issues that are sealed, and how much an issue rests on guesses."""

import importlib
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from edition_maker import compiled, life
from fold_maker import fold, remembered, rules, song, state
from fold_maker import issue as issue_date
from hitparade.compile.fates import fates
from hitparade.compile.refold import refold
from hitparade.errors import CompileError, UsageError
from hitparade.house import House
from hitparade.rulebook.rules import Panel, Profile
from hitparade.serve.cli.app import app
from hitparade.supposing import Week
from ledger_maker import Row, deliver
from test_year_end import BOOK, WEEKS, issue

MONDAY = date(2016, 1, 4)


@pytest.fixture
def stocked(house: House) -> House:
    """A house with the chart of two lines, three weeks of which are drafted."""
    return fill(house, BOOK.replace("STEPS", "[]"))


def fill(house: House, book: str) -> House:
    (house.paths.books / "two-lines.toml").write_text(book, "utf-8")
    for n, songs in enumerate(WEEKS):
        day = MONDAY + timedelta(7 * n)
        rows = [
            Row(title, f"{title} Band", day=day, measure=measure, quantity=quantity)
            for title, pair in songs.items()
            for measure, quantity in zip(("download", "on_demand"), pair, strict=True)
            if quantity
        ]
        deliver(house, rows, name=f"week{n}.csv")
    house.compile("two-lines", every=True)
    return house


def what_if(house: House, text: str) -> Path:
    path = house.paths.root / "what-if.toml"
    path.write_text(text, "utf-8")
    return path


# Folding again.


def test_the_same_rules_give_the_same_issue() -> None:
    [first, second, _] = life()
    made = refold(second)
    assert (made.compiled, made.doubt) == (second, "")
    assert refold(second, state=first.state_out).compiled == second


def test_other_rules_that_read_the_same_sums_are_proved() -> None:
    """With one position only the first song is on."""
    made = refold(compiled(0), rules=rules(size=1))
    assert [entry.song for entry in made.compiled.chart.entries] == ["a"]
    assert not made.doubt


def test_what_the_inputs_cannot_prove_is_said() -> None:
    sealed = compiled(0)
    doubts = {
        "rows count otherwise (minimum play); that needs totals": rules(profile=Profile(minimum_play={"download": 1})),
        "rows count otherwise (panel); that needs totals": rules(panel=Panel({"shop": 1})),
        "rows count otherwise (territory); that needs totals": rules(territory="US"),
        "video did not count, so its sums were not sealed; that needs totals": rules(
            weights={"download": 1, "video": 1}
        ),
        "it looks back 1 windows, and 0 were sealed; that needs totals": rules(look_back=1),
        "it reads other-chart, which was not sealed with it": rules(upstream=("other-chart",)),
        "rows count otherwise (tracking window); that needs totals": replace(rules(), issue=rules(1).issue),
    }
    for doubt, other in doubts.items():
        assert refold(sealed, rules=other).doubt == doubt


def test_a_heavier_weight_may_need_deeper_candidates() -> None:
    """Songs left out had up to 5 streams. The chart reads down to 6 points; at 3 points a stream one may have 15."""
    many = [song(f"s{n:02}", 36 - n, sums={"download": (36 - n,), "video": (0,)}) for n in range(31)]
    weights = {"download": 1, "video": 1}
    sealed = compiled(0, many, kth=0, weights=weights)
    left_out = replace(sealed.candidates, kth={"download": 0, "video": 5}, market={"download": (9,), "video": (9,)})
    sealed = replace(sealed, candidates=left_out)
    assert not refold(sealed, rules=rules(weights=weights)).doubt
    doubt = refold(sealed, rules=rules(weights={"download": 1, "video": 3})).doubt
    assert doubt == "a song that is not among the 300 largest could matter; that needs totals"


def test_fates_say_who_left_stayed_and_peaked_otherwise() -> None:
    """Three positions against two. Week 0: a b c, without c. Week 1: b d a, without a. Week 2: d b c, without c."""
    three, two = life(), life(size=2)
    found = fates([(one.chart, other.chart) for one, other in zip(three, two, strict=True)])
    assert [(each.song, each.weeks_before, each.weeks_after, each.off) for each in found] == [
        ("c", 2, 0, (issue_date(0), issue_date(2))),
        ("a", 2, 1, (issue_date(1),)),
    ]
    assert [(each.peak_before, each.peak_after, each.peaked_otherwise) for each in found] == [
        (3, None, False),
        (1, 1, False),
    ]
    assert found[0].why == "would be 3rd: 3 points below 2nd"


# The house.


def test_the_rules_of_a_later_day_hold_for_all_issues(stocked: House) -> None:
    """From 18 January a stream is a third of a unit. Week 0: Alpha 9, Gamma 7, Beta 5 + 2 = 7 in thirds.

    Beta and Gamma are equal then, and the key beta goes before gamma. Week 1: Beta 6, Alpha 4, Gamma 3 + 4/3.
    """
    found = stocked.what_if("two-lines", rules_of=date(2016, 2, 1))
    assert [week.unproved for week in found.weeks] == ["", "", ""]
    assert [entry.title for entry in found.weeks[0].after.entries] == ["Alpha", "Beta"]
    assert [entry.title for entry in found.weeks[1].after.entries] == ["Beta", "Gamma"]
    assert [entry.points for entry in found.weeks[0].after.entries] == [27, 21]


def test_the_rules_of_an_earlier_day_hold_for_all_issues(stocked: House) -> None:
    """With half a unit a stream week 2 is Alpha 15, Beta 9 + 3/2 instead of 10 each: the order stays."""
    found = stocked.what_if("two-lines", issue(2), rules_of=date(2016, 1, 10))
    [week] = found.weeks
    assert [(entry.title, entry.points) for entry in week.after.entries] == [("Alpha", 30), ("Beta", 21)]
    assert week.after.points_per_unit == 2


def test_a_file_of_other_rules_tells_who_would_have_stayed(stocked: House) -> None:
    """With three positions Gamma is on in weeks 0 and 2 and Alpha in week 1."""
    more = what_if(stocked, "[size]\nvalues.2016-01-04 = { value = 3 }\n")
    found = stocked.what_if("two-lines", file=more)
    assert {(each.title, each.weeks_before, each.weeks_after, each.on) for each in found.fates} == {
        ("Gamma", 1, 3, (issue(0), issue(2))),
        ("Alpha", 2, 3, (issue(1),)),
    }
    assert not found.unproved
    assert len(stocked.chart("two-lines", issue(0)).chart.entries) == 2


def test_a_row_rule_is_named_and_totals_are_read_only_when_asked(stocked: House) -> None:
    """The panel has no channel that reported, so that nothing is left when totals are read."""
    panel = what_if(stocked, '[panel]\nvalues.2016-01-04 = { channels = ["elsewhere"] }\n')
    found = stocked.what_if("two-lines", file=panel)
    assert [week.unproved for week in found.weeks] == ["rows count otherwise (panel); that needs totals"] * 3
    found = stocked.what_if("two-lines", file=panel, totals=True)
    assert [(week.unproved, week.from_totals, week.after.entries) for week in found.weeks] == [("", True, ())] * 3


def test_published_issues_are_read_as_published(stocked: House) -> None:
    """A late file does not change what was sealed; with totals it would be read."""
    for n in range(3):
        stocked.publish("two-lines", issue(n), by="anna")
    deliver(stocked, [Row("Gamma", "Gamma Band", day=MONDAY, measure="download", quantity=20)], name="late.csv")
    more = what_if(stocked, "[size]\nvalues.2016-01-04 = { value = 3 }\n")
    found = stocked.what_if("two-lines", file=more)
    assert [entry.title for entry in found.weeks[0].after.entries] == ["Alpha", "Beta", "Gamma"]
    assert [week.origin for week in found.weeks] == ["edition 1, published 2026-01-02"] * 3


def test_one_kind_of_other_rules_is_needed_and_issues_must_be_at_hand(stocked: House) -> None:
    with pytest.raises(UsageError, match="either --rules-of DATE"):
        stocked.what_if("two-lines")
    with pytest.raises(CompileError, match="no issue from 2020-01-01 to the last is published or drafted"):
        stocked.what_if("two-lines", date(2020, 1, 1), rules_of=date(2016, 2, 1))


def run(house: House, *words: str) -> str:
    importlib.import_module("hitparade.serve.cli.what_if")
    made = CliRunner().invoke(app, ["-C", str(house.paths.root), *words])
    assert made.exception is None, made.output
    return made.output


def test_the_what_if_command_prints_songs_doubts_and_json(stocked: House) -> None:
    more = str(what_if(stocked, "[size]\nvalues.2016-01-04 = { value = 3 }\n"))
    text = run(stocked, "what-if", "two-lines", "--with", more, "--from", "2016-01-10", "--to", "2016-01-24")
    assert "Would have left, or not been on: no song" in text
    assert "Would have stayed, or been on: 2" in text
    assert "3 of 3 issues proved from drafts; none of them is published; nothing was stored." in text
    said = json.loads(run(stocked, "what-if", "two-lines", "--rules-of", "2016-02-01", "--json"))
    assert [week["unproved"] for week in said["weeks"]] == ["", "", ""]


def test_the_what_if_command_says_how_many_of_the_issues_are_drafts(stocked: House) -> None:
    more = str(what_if(stocked, "[size]\nvalues.2016-01-04 = { value = 3 }\n"))
    stocked.publish("two-lines", issue(0), by="anna")
    assert "3 of 3 issues proved from what was sealed, 2 of them drafts" in run(
        stocked, "what-if", "two-lines", "--with", more
    )
    for n in (1, 2):
        stocked.publish("two-lines", issue(n), by="anna")
    text = run(stocked, "what-if", "two-lines", "--with", more)
    assert "3 of 3 issues proved from what was sealed; nothing was stored." in text


def test_printed_weeks_and_peaks_are_compared_beside_positions() -> None:
    """Alpha is first in both; there it inherits nothing: 5 weeks become 1. Beta, second in both, keeps its 3 weeks.

    Beta's peak of 1 comes from elsewhere as well, and without it is 2. Gamma and Delta change places: two positions.
    """
    known = state(remembered("alpha", 4, 1), remembered("beta", 2, 2, peak=1))
    alone = state(remembered("beta", 2, 2, peak=2))
    one = fold({"alpha": 9, "beta": 8, "gamma": 7, "delta": 6}, known, size=4).chart
    other = fold({"alpha": 9, "beta": 8, "gamma": 6, "delta": 7}, alone, size=4).chart
    week = Week(one.issue_date, "draft", one, other, "")
    assert week.positions == 2
    assert [(line.song, line.position, line.differs) for line in week.restated] == [
        ("alpha", 1, "last 1 -> new, weeks 5 -> 1"),
        ("beta", 2, "peak 1 -> 2"),
    ]
    assert Week(one.issue_date, "draft", one, one, "").restated == ()


# Values inside their ranges.

RANGED = BOOK.replace("STEPS", "[]").replace(
    '{ value = 2, source = "made" }\nvalues.2016-01-18',
    '{ value = 2, source = "made", confidence = "undisclosed", between = [1, 4] }\nvalues.2016-01-18',
)


def test_an_issue_is_tried_with_every_value_of_a_small_range(house: House) -> None:
    """Week 0: Alpha 9, Beta 5 + 6/n, Gamma 7; from n = 2 to 3 the chart is the same.

    At n = 1 Beta has 11 and leads; at 2 it has 8, at 3 it has 7 and stands above Gamma by its key; at 4 it has 6.5.
    """
    found = fill(house, RANGED).sensitivity("two-lines", issue(0))
    [reach] = found.ranges
    assert (reach.stated, reach.low, reach.high, reach.same_from, reach.same_to) == ("2", "1", "4", "2", "3")
    assert [(each.values[0][1], each.moved) for each in reach.tries] == [("1", 2), ("3", 0), ("4", 2)]
    assert [(each.title, each.position, each.best, each.worst) for each in found.swings] == [
        ("Alpha", 1, 1, 2),
        ("Beta", 2, 1, None),
        ("Gamma", None, 2, None),
    ]
    assert not any(each.unproved for each in reach.tries)


def test_an_issue_of_published_values_rests_on_none(house: House) -> None:
    """The range belongs to the value before 18 January; week 2 has one without."""
    found = fill(house, RANGED).sensitivity("two-lines", issue(2))
    assert (found.ranges, found.swings) == ((), ())


def test_ends_of_several_ranges_are_tried_together(house: House) -> None:
    """A download may be 1 or 2 to a unit: four combinations of ends.

    Of both at their high ends Alpha has 4.5, Gamma 3.5, Beta 2.5 + 1.5 = 4: the same as stated.
    """
    book = RANGED.replace(
        '[units.download]\nvalues.2016-01-04 = { value = 1, source = "made" }',
        '[units.download]\nvalues.2016-01-04 = { value = 1, source = "made", between = [1, 2] }',
    )
    found = fill(house, book).sensitivity("two-lines", issue(0))
    both = {tuple(value for _, value in each.values): each.moved for each in found.together}
    assert len(both) == 4
    assert both["2", "4"] == 0


def test_the_sensitivity_command_prints_ranges_and_json(house: House) -> None:
    fill(house, RANGED)
    text = run(house, "sensitivity", "two-lines", "--issue", "2016-01-10")
    assert "units.on_demand" in text
    assert "3 songs stand elsewhere in one try or another" in text
    said = json.loads(run(house, "sensitivity", "two-lines", "--issue", "2016-01-10", "--json"))
    assert said["ranges"][0]["same_to"] == "3"
    assert "no position rests on a guess" in " ".join(run(house, "sensitivity", "two-lines").split())
