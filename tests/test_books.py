"""The books of real charts: what they cover, that each change of rules has its cases, and what the charts refuse."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from hitparade.errors import NotInForceError
from hitparade.house import House
from hitparade.rulebook.ask import rules_until
from hitparade.rulebook.book import Book, DatedValue, Series
from hitparade.rulebook.books import shipped
from hitparade.rulebook.calendar import first_issue, issues
from hitparade.rulebook.cases import load_case
from hitparade.rulebook.rules import IssueDates
from ledger_maker import Row, deliver
from test_register import OWN

CASES = Path(__file__).parent / "cases" / "charts"
REAL = sorted(set(shipped()) - OWN)
FIFTEEN = [
    "gb-singles", "us-hot-100", "us-mainstream-top-40", "us-adult-contemporary", "ca-hot-100", "au-singles",
    "nz-singles", "fr-singles", "it-singles", "ch-singles", "nl-top-40", "nl-single-top-100", "ro-airplay-100",
    "global-excl-us", "de-singles",
]  # fmt: skip
TODAY = date(2026, 11, 22)
NO_POSITION_RESTS_ON_IT = {
    "names",
    "publishers",
    "year_end",
    "half_year",
    "decade",
    "all_time",
    "restatement",
    "series_break",
}


def covered(book: Book) -> list[IssueDates]:
    """Every issue that a book covers, up to today."""
    start = first_issue(book)
    assert start is not None
    return issues(book, start.issue_date, min(book.life[-1].ends or TODAY, TODAY))


def changes(book: Book) -> Iterator[tuple[Series, DatedValue, date, date]]:
    """Every value that comes into force in a covered issue after the first, with the issue before and that one."""
    every = covered(book)
    for key, series in book.series.items():
        if key in NO_POSITION_RESTS_ON_IT:
            continue
        for before, after in pairwise(every):
            value = series.at(after)
            if value is not None and value is not series.at(before):
                yield series, value, before.issue_date, after.issue_date


@pytest.mark.parametrize("name", REAL)
def test_a_book_of_a_real_chart_says_what_it_is(name: str) -> None:
    assert shipped()[name].title.endswith("(modelled on the published rules; not affiliated)")


@pytest.mark.parametrize("name", REAL)
def test_every_value_names_a_source_that_can_be_looked_up_or_says_that_it_is_unsure(name: str) -> None:
    """A published value has an address or a title; what is only remembered or assumed is never `published`."""
    for series in shipped()[name].series.values():
        for value in series.values:
            if "not yet checked" in value.source or value.source.startswith("not published"):
                assert value.confidence != "published", (name, series.key, value.since)


@pytest.mark.parametrize("name", REAL)
def test_what_is_secret_has_a_range(name: str) -> None:
    for series in shipped()[name].series.values():
        for value in series.values:
            assert value.confidence != "undisclosed" or value.between, (name, series.key, value.since)


@pytest.mark.parametrize("name", FIFTEEN)
def test_a_book_has_a_year_end_form(name: str) -> None:
    book = shipped()[name]
    every = covered(book)
    assert book.series["year_end"].at(every[-1]) is not None


@pytest.mark.parametrize("name", REAL)
def test_every_week_from_2014_to_today_has_one_issue(name: str) -> None:
    """Windows follow each other without a gap, and dates always grow, by less than two weeks."""
    for before, after in pairwise(covered(shipped()[name])):
        assert before.window.ends == after.window.starts
        assert timedelta(0) < after.issue_date - before.issue_date < timedelta(14)


@pytest.mark.parametrize("name", REAL)
def test_the_week_before_and_the_week_of_every_change_are_worked_out_by_hand(name: str) -> None:
    looked_at = [{each.issue for each in load_case(path).expected} for path in sorted((CASES / name).glob("*.toml"))]
    missing = [
        f"{series.key} {value.since}: {before} and {after}"
        for series, value, before, after in changes(shipped()[name])
        if not any({before, after} <= issues_ for issues_ in looked_at)
    ]
    assert missing == []


@pytest.mark.parametrize("name", ["gb-singles", "us-hot-100", "au-singles", "fr-singles", "it-singles", "ch-singles"])
def test_2016_and_2026_follow_different_rules_from_one_file(name: str) -> None:
    then, now = (rules_until(shipped()[name], day) for day in (date(2016, 6, 30), date(2026, 6, 30)))
    assert (then.weights, then.params) != (now.weights, now.params)


def test_in_2016_a_hundred_streams_make_a_unit_in_britain_and_in_2026_six_hundred_free_ones() -> None:
    then, now = (rules_until(shipped()["gb-singles"], day) for day in (date(2016, 6, 30), date(2026, 6, 30)))
    assert then.points_per_unit // then.weights["on_demand.ad_funded"] == 100
    assert now.points_per_unit // now.weights["on_demand.ad_funded"] == 600


@pytest.mark.parametrize(
    ("chart", "day", "message"),
    [
        ("ro-airplay-100", date(2021, 12, 5), "lives from 2012-02-26 to 2021-11-28 (issue dates)"),
        ("global-excl-us", date(2016, 7, 2), "lives since 2020-09-19 (issue dates)"),
        (
            "gb-singles", date(1995, 7, 2),
            "lives since 1952-11-14, but the book says its rules from 2014-01-05 on (issue dates)",
        ),
    ],
)  # fmt: skip
def test_an_issue_outside_of_a_charts_life_is_refused_with_the_dates(
    house: House, chart: str, day: date, message: str
) -> None:
    with pytest.raises(NotInForceError) as refused:
        house.rules(chart, day)
    assert str(refused.value).startswith(f"{chart} has no issue of {day}: ")
    assert str(refused.value).endswith(message)


def test_a_rerun_takes_the_charts_place_and_feeds_the_next_one(house: House) -> None:
    """As on 2010-12-26: a chart is run again two days later, and next week's last week is the second version.

    First Alpha 10 and Beta 8; five late downloads make Beta 13. The next week Beta has 9 and Alpha 7.
    """
    week, after = date(2016, 6, 3), date(2016, 6, 10)

    def sold(title: str, day: date, quantity: int) -> Row:
        return Row(title, f"{title} Band", day=day, measure="download", quantity=quantity, territory="GB")

    deliver(house, [sold("Alpha", date(2016, 5, 28), 10), sold("Beta", date(2016, 5, 28), 8)], name="first.csv")
    house.compile("gb-singles", issue_date=week)
    house.publish("gb-singles", week, by="anna")
    deliver(house, [sold("Beta", date(2016, 5, 29), 5)], name="late.csv")
    house.compile("gb-singles", issue_date=week)
    (row,) = house.correct("gb-singles", week, reason="a shop was weighted twice", by="anna")
    assert row.name == "gb-singles 2016-06-03 ed2"
    deliver(house, [sold("Beta", date(2016, 6, 4), 9), sold("Alpha", date(2016, 6, 4), 7)], name="next.csv")
    (made,) = house.compile("gb-singles", issue_date=after)
    lines = [(each.title, each.position, each.previous_position, each.peak) for each in made.chart.entries]
    assert lines == [("Beta", 1, 1, 1), ("Alpha", 2, 2, 2)]
