"""Of which products a sale counts: just below, at and just above the most titles, for the lead track, and unknown."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fold_maker import rules as rules_to_fold
from hitparade.compile.refold import refold
from hitparade.counting import Products
from hitparade.digest import digest_of
from hitparade.house import House
from hitparade.ledger.totals import TotalsSet
from hitparade.rulebook.difference import difference
from hitparade.rulebook.rules import Profile
from hitparade.tracking import asked
from ledger_maker import deliver
from test_counting import DOWNLOADS, FRIDAY, ISSUE, book, market, rules, sale, sums
from test_what_if import compiled

FOUR_TITLES = {"download": {"titles": 4}}
FOUR_TRACKS = {"download": {"tracks": 4}}
LEAD = {"download": {"counts_for": "lead"}}


def counted(house: House, products: dict[str, Any], **blocks: Any) -> dict[str, int]:  # noqa: ANN401 - whatever a block holds
    found = house.candidates(rules(units=DOWNLOADS, products=products, **blocks), 9)
    return {title: number for title, number in sums(found, "download").items() if number}


# How many titles


@pytest.mark.parametrize(("titles", "counts"), [(1, 10), (3, 10), (4, 10), (5, 0), (12, 0), (None, 10)])
def test_a_product_of_more_than_four_titles_does_not_count(house: House, titles: int | None, counts: int) -> None:
    deliver(house, [sale("A", 10, titles=titles)])
    assert market(house, units=DOWNLOADS, products=FOUR_TITLES) == {"download": (counts,)}


@pytest.mark.parametrize(("tracks", "counts"), [(3, 10), (4, 10), (5, 0), (None, 10)])
def test_a_product_of_more_than_four_tracks_does_not_count(house: House, tracks: int | None, counts: int) -> None:
    deliver(house, [sale("A", 10, tracks=tracks)])
    assert market(house, units=DOWNLOADS, products=FOUR_TRACKS) == {"download": (counts,)}


def test_versions_of_one_title_are_as_many_tracks_and_one_title(house: House) -> None:
    """The hit and eight remixes are nine tracks of one title: too many tracks, and not too many titles."""
    deliver(house, [sale("A", 10, titles=1, tracks=9)])
    assert counted(house, FOUR_TITLES) == {"A": 10}
    assert counted(house, FOUR_TRACKS) == {}
    assert counted(house, {"download": {"titles": 4, "tracks": 8}}) == {}
    assert counted(house, {"download": {"titles": 4, "tracks": 9}}) == {"A": 10}


def test_one_song_is_sold_on_several_products(house: House) -> None:
    """7 on a single, 5 on a disc of four titles and 3 of unknown count, 20 on a disc of five do not: 7 + 5 + 3 = 15."""
    deliver(house, [sale("A", n, titles=size) for n, size in ((7, 1), (5, 4), (3, None), (20, 5))])
    assert counted(house, FOUR_TITLES) == {"A": 15}


def test_the_limit_holds_for_its_measure_alone(house: House) -> None:
    deliver(house, [sale("A", 10, titles=5), sale("A", 8, titles=5, measure="physical")])
    both = {**DOWNLOADS, "physical": {"value": 1}}
    assert market(house, units=both, products=FOUR_TITLES) == {"download": (0,), "physical": (8,)}
    assert market(house, units=both, products={**FOUR_TITLES, "physical": {"titles": 5}}) == {
        "download": (0,), "physical": (8,),
    }  # fmt: skip


def test_the_limit_holds_from_its_day_on(house: House) -> None:
    """Four titles from the window of 1 January on, five from that of 8 January; the one before knows no limit."""
    dated = {"download": [("2016-01-01", {"titles": 4}), ("2016-01-08", {"titles": 5})]}
    deliver(house, [sale("A", size, FRIDAY + timedelta(n), titles=size) for n in (-1, 0, 7) for size in (4, 5, 6)])
    found = {}
    for issue in (ISSUE - timedelta(7), ISSUE, ISSUE + timedelta(7)):
        found[issue.day] = house.candidates(rules(issue, units=DOWNLOADS, products=dated), 9).market["download"][0]
    assert found == {1: 4 + 5 + 6, 8: 4, 15: 4 + 5}


# For which song


@pytest.mark.parametrize(
    ("titles", "leads", "counts"),
    [
        (3, True, 10),
        (3, False, 0),
        (3, None, 10),  # nobody says which one leads
        (2, False, 0),
        (1, False, 10),  # the other track is a version of the one title
        (None, False, 0),  # where another song leads there are two
        (None, True, 10),
        (None, None, 10),
    ],
)
def test_a_product_of_several_titles_counts_for_its_lead_track_alone(
    house: House, titles: int | None, leads: object, counts: int
) -> None:
    deliver(house, [sale("A", 10, titles=titles, lead_track=leads)])
    assert market(house, units=DOWNLOADS, products=LEAD) == {"download": (counts,)}


@pytest.mark.parametrize(("tracks", "counts"), [(1, 10), (2, 0)])
def test_a_product_of_one_track_has_one_title(house: House, tracks: int, counts: int) -> None:
    deliver(house, [sale("A", 10, tracks=tracks, lead_track=False)])
    assert market(house, units=DOWNLOADS, products=LEAD) == {"download": (counts,)}


def test_a_bundle_counts_for_its_main_product_and_for_nothing_if_it_has_none(house: House) -> None:
    """A leads a bundle of two that sold 10 times: 10 for A and none for B. C and D are sold together, and none leads.

    Without the rule each sale counts for every song of the bundle.
    """
    first = [sale("A", 10, titles=2, lead_track=True), sale("B", 10, titles=2, lead_track=False)]
    second = [sale(title, 8, titles=2, lead_track=False) for title in ("C", "D")]
    deliver(house, [*first, *second])
    assert counted(house, LEAD) == {"A": 10}
    assert counted(house, {}) == {"A": 10, "B": 10, "C": 8, "D": 8}


def test_both_rules_together(house: House) -> None:
    """The lead track of five titles is out for the five, the other of four for not leading; the lead of four counts."""
    said = [("A", 5, True), ("B", 4, False), ("C", 4, True), ("D", 5, False)]
    deliver(house, [sale(title, 10, titles=size, lead_track=leads) for title, size, leads in said])
    asked_for = rules(units=DOWNLOADS, products={"download": {"titles": 4, "counts_for": "lead"}})
    assert sums(house.candidates(asked_for, 9), "download") == {"C": 10}
    told = {title: house.line_sources(asked_for, f"{title.lower()} / x")[0].why_out for title in "ABCD"}
    assert told == {"A": "too_many_titles", "B": "not_lead", "C": "", "D": "too_many_titles"}


def test_what_came_back_of_a_product_that_never_counted_takes_nothing_away(house: House) -> None:
    """10 singles less 2 that came back are 8; the 50 discs of five titles never counted, nor do the 6 of them back."""
    back = [sale("A", 2, titles=1, event="returned"), sale("A", 6, titles=5, event="returned")]
    deliver(house, [sale("A", 10, titles=1), sale("A", 50, titles=5), *back])
    assert counted(house, FOUR_TITLES, returns={"value": "net"}) == {"A": 8}
    assert counted(house, {}, returns={"value": "net"}) == {"A": 52}


def test_a_customer_is_limited_in_what_counts(house: House) -> None:
    """Ann's 9 of the disc of five titles do not count, so her 3 singles are not the last of 12: all 3 do."""
    bulk = {"download": {"counts": 4, "void_from": 10}}
    ann = {"consumer": "a" * 16, "product": "u"}
    deliver(house, [sale("A", 9, titles=5, **ann), sale("A", 3, titles=1, **ann)])
    assert counted(house, FOUR_TITLES, bulk=bulk) == {"A": 3}
    assert counted(house, {}, bulk=bulk) == {}


# What is not stated, and what a sender may state

COLUMNS = "day,territory,channel,measure,title,artist,quantity,product"
SAID = """2016-01-01,GB,shop,download,A,X,7,u1,1,1,
2016-01-01,GB,shop,download,B,X,8,u4,4,6,Yes
2016-01-01,GB,shop,download,C,X,8,u4,4,6,no
2016-01-01,GB,shop,physical,D,X,9,u5,,5,
2016-01-01,GB,shop,physical,E,X,1,u6,,,
2016-01-01,GB,radio,detection,E,X,1,,,,
"""
WRONG = """2016-01-01,GB,shop,download,F,X,1,u7,0,1,
2016-01-01,GB,shop,download,F,X,1,u7,four,4,
2016-01-01,GB,shop,download,F,X,1,u7,1,-1,
2016-01-01,GB,shop,download,F,X,1,u7,5,4,
2016-01-01,GB,shop,download,F,X,1,u7,1,1,maybe
"""


def received(house: House, folder: Path, text: str, more: str = ",titles,tracks,lead_track") -> list[tuple[str, ...]]:
    (folder / "sales.csv").write_text(f"{COLUMNS}{more}\n{text}", "utf-8")
    (receipt,) = house.receive(folder / "sales.csv")
    return [(each.severity, each.reason, each.found) for each in house.problems(receipt.delivery)]


def test_a_file_says_what_its_products_hold(house: House, tmp_path: Path) -> None:
    """D is on 5 tracks of who knows how many titles, of which none is said to lead; of E's product nothing is known."""
    assert received(house, tmp_path, SAID) == [
        ("note", "product-size-unknown", "1 of 5 rows of sales"),
        ("note", "lead-track-unknown", "1 of 5 rows of sales, of more than one title"),
    ]
    units = {**DOWNLOADS, "physical": {"value": 1}}
    terms = {"titles": 4, "counts_for": "lead"}
    found = house.candidates(rules(units=units, products={"download": terms, "physical": terms}), 9)
    assert {each.title: (each.sums["download"][0], each.sums["physical"][0]) for each in found.candidates} == {
        "A": (7, 0), "B": (8, 0), "D": (0, 9), "E": (0, 1),
    }  # fmt: skip


def test_what_cannot_be_is_rejected(house: House, tmp_path: Path) -> None:
    assert received(house, tmp_path, SAID + WRONG)[:5] == [
        ("rejected", "titles-not-whole", "0"),
        ("rejected", "titles-not-whole", "four"),
        ("rejected", "tracks-not-whole", "-1"),
        ("rejected", "more-titles-than-tracks", "5 titles on 4 tracks"),
        ("rejected", "lead-track-unreadable", "maybe"),
    ]


def test_typed_columns_say_the_same(house: House, tmp_path: Path) -> None:
    columns = {"day": [FRIDAY] * 3, "territory": ["GB"] * 3, "channel": ["shop"] * 3, "measure": ["download"] * 3}
    said = {"titles": [1, 5, 2], "lead_track": pa.array([None, True, False])}
    table = pa.table({**columns, "title": ["A", "B", "C"], "artist": ["X"] * 3, "quantity": [3, 4, 5], **said})
    pq.write_table(table, tmp_path / "sales.parquet")
    (receipt,) = house.receive(tmp_path / "sales.parquet")
    assert (receipt.accepted, receipt.rejected) == (3, 0)
    assert counted(house, {"download": {"titles": 4, "counts_for": "lead"}}) == {"A": 3}


# Nothing changes without it


def test_a_file_without_the_columns_is_kept_as_ever_and_lies_beside_one_with_them(house: House, tmp_path: Path) -> None:
    """The ledger's file has the columns that it always had; of its sales nothing is known, so they count: 6 + 4."""
    assert received(house, tmp_path, "2016-01-01,GB,shop-b,download,A,X,6,u1\n", more="") == []
    (file,) = house.paths.rows.rglob("*.parquet")
    assert pq.read_schema(file).names == [
        "spelling", "at", "day", "channel", "measure", "quantity", "audience", "ms_played", "consumer", "revenue",
        "currency", "record", "product",
    ]  # fmt: skip
    assert counted(house, FOUR_TITLES) == {"A": 6}
    received(house, tmp_path, SAID.replace(",7,u1,1,1,", ",4,u1,4,5,yes"))
    assert counted(house, FOUR_TITLES)["A"] == 6 + 4
    assert counted(house, {"download": {"tracks": 4}})["A"] == 6


def test_the_name_of_totals_is_another_one_only_with_the_rule() -> None:
    """Without it: version 1, no least play, no cap, repeats that count, the zone, and no cuts, as before."""
    plain = digest_of([1, {}, {}, "count", "UTC", []])[:12]
    assert TotalsSet(Profile(), "UTC").id == plain
    assert asked(rules(units=DOWNLOADS)).totals_set.id == plain
    limits = [Products(4), Products(None, 4), Products(lead=True), Products(4, lead=True)]
    names = {TotalsSet(Profile(products={"download": each}), "UTC").id for each in limits}
    assert len(names | {plain}) == 5


# Told, and tried otherwise


def test_a_sealed_issue_cannot_say_what_other_products_would_have_counted() -> None:
    held = rules_to_fold(profile=Profile(products={"download": Products(4)}))
    assert refold(compiled(0), rules=held).doubt == "rows count otherwise (products); that needs totals"


def test_a_change_is_said_in_a_sentence() -> None:
    dated = {"download": [("2016-01-01", {"titles": 4}), ("2016-01-08", {"titles": 5, "counts_for": "lead"})]}
    made = book(units=DOWNLOADS, products=dated)
    said = [each.sentence for each in difference(made, date(2015, 12, 25), date(2016, 1, 15)).changes]
    assert said == [
        "products.download begins: titles 4.",
        "products.download changes: titles 4 becomes 5; counts for is lead now.",
    ]


BOOK = """
format = 1
id = "bundles"
title = "Bundles"
publisher = "Nobody"
territory = "GB"
dated_by = "tracking_start"
sources.made = "made for a test"
life = [{ begins = 2016-01-08, source = "made" }]
size.values.2016-01-01 = { value = 10, source = "made" }
week.values.2016-01-01 = { starts = "friday 00:00", zone = "UTC", source = "made" }
label.values.2016-01-01 = { days_after_end = 1, source = "made" }
units.download.values.2016-01-01 = { value = 1, source = "made" }
units.physical.values.2016-01-01 = { value = 1, source = "made" }
ties.values.2016-01-01 = { order = ["points", "id"], source = "made" }
products.download.values.2016-01-01 = { titles = 4, counts_for = "lead", source = "made" }
"""


def test_the_story_names_the_rule_and_what_did_not_count(house: House, tmp_path: Path) -> None:
    """A sold 7 on a single; 30 on a disc of five titles and 20 on a bundle that another song leads do not count."""
    (house.paths.books / "bundles.toml").write_text(BOOK, "utf-8")
    first = "2016-01-01,GB,shop,download,A,X,"
    received(house, tmp_path, f"{first}7,u1,1,1,\n{first}30,u5,5,5,yes\n{first}20,u2,2,2,no\n")
    house.compile("bundles")
    story = house.explain("bundles", ISSUE, "A").story
    assert story.points == 7
    assert [(each.why_out, each.sentence, each.quantity) for each in story.not_counted] == [
        ("not_lead", "of a product of several titles, of which another song is the lead track", 20),
        ("too_many_titles", "of a product of too many titles", 30),
    ]
    assert all(each.value and each.value.key == "products.download" for each in story.not_counted)
    (told,) = (each.sentence for each in story.in_force if each.rule == "products.download")
    assert told == (
        "of a product of more than 4 titles no sale counts; of a product of several titles only sales of its lead track"
        " count; what nobody states of a product is not held against it"
    )


def test_a_what_if_lets_the_products_count(house: House, tmp_path: Path) -> None:
    """From sealed inputs it cannot be said; from the ledger it is 7 + 30 + 20 = 57."""
    test_the_story_names_the_rule_and_what_did_not_count(house, tmp_path)
    house.publish("bundles", ISSUE, by="anna")
    (tmp_path / "off.toml").write_text('off = ["products"]\n', "utf-8")
    (sealed,) = house.what_if("bundles", file=tmp_path / "off.toml").weeks
    assert sealed.unproved == "rows count otherwise (products); that needs totals"
    (laid,) = house.what_if("bundles", file=tmp_path / "off.toml", totals=True).weeks
    assert ([entry.points for entry in laid.after.entries], laid.unproved) == ([57], "")
