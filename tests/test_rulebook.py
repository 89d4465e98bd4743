"""Books: what is in force for an issue, exactly; and every mistake of a book in one sentence."""

import json
import time
import tomllib
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitparade.errors import BookError, NotInForceError
from hitparade.house import House
from hitparade.rulebook.book import Book
from hitparade.rulebook.books import available, shipped
from hitparade.rulebook.calendar import first_issue, issue_on
from hitparade.rulebook.inforce import rules_for
from hitparade.rulebook.load import make, read
from hitparade.rulebook.model import STEPS, BookFile
from hitparade.rulebook.rules import Rules
from hitparade.rulebook.schema import schema
from hitparade.rulebook.units import how_many, weigh

BROKEN = Path(__file__).parent / "broken_books"
BOOKS = sorted(shipped())


def rules(chart: str, issue_date: date) -> Rules:
    book = shipped()[chart]
    return rules_for(book, issue_on(book, issue_date))


def made(text: str) -> Book:
    book, complaints = make(tomllib.loads(text), "test.toml")
    assert book is not None
    assert complaints == ()
    return book


# Shipped books


@pytest.mark.parametrize("name", BOOKS)
def test_a_shipped_book_has_no_mistake_and_a_first_issue(name: str) -> None:
    path = shipped().paths[name]
    book, complaints = read(path)
    assert complaints == ()
    assert book is not None
    issue = first_issue(book)
    assert issue is not None
    assert issue.issue_date == book.life[0].first_issue


@pytest.mark.parametrize("name", BOOKS)
def test_every_value_of_a_shipped_book_says_where_it_comes_from(name: str) -> None:
    book = shipped()[name]
    for series in book.series.values():
        for dated in series.values:
            assert " " in dated.source, f"{series.key} {dated.since}: a citation is more than a key"


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_of_a_real_publisher_says_that_it_is_only_modelled(name: str) -> None:
    book = shipped()[name]
    if book.publisher not in {"hitparade example", "me"}:
        assert "not affiliated" in book.title


def test_the_radio_week_is_seven_utc_days_of_june_2014() -> None:
    found = rules("us-classic-rock-airplay", date(2014, 6, 22))
    assert str(found.issue.window.starts) == "2014-06-16 00:00:00"
    assert str(found.issue.window.ends) == "2014-06-23 00:00:00"
    assert (found.weights, found.points_per_unit, found.size) == ({"detection": 1}, 1, 100)
    assert found.profile.repeats == "count"
    assert found.panel.weights is None


def test_global_excl_us_cannot_have_a_position_in_2016() -> None:
    with pytest.raises(NotInForceError) as told:
        rules("global-excl-us", date(2016, 7, 2))
    assert "no issue of 2016-07-02" in str(told.value)
    assert "since 2020-09-19" in str(told.value)


def test_the_first_global_excl_us_tracks_4_to_10_september_2020() -> None:
    window = rules("global-excl-us", date(2020, 9, 19)).issue.window
    assert (window.first_day, window.last_day) == (date(2020, 9, 4), date(2020, 9, 10))


def test_undisclosed_weights_of_global_excl_us_are_shown_with_their_range() -> None:
    found = rules("global-excl-us", date(2020, 9, 19))
    premium = next(value for value in found.values if value.key == 'units."on_demand.premium"')
    assert (premium.value, premium.confidence, premium.between) == (225, "undisclosed", (200, 250))
    # 1 sale = 225 premium = 2025/2 ad-funded. Over the common multiple 2025 a sale is 2025 points,
    # a premium stream 2025 / 225 = 9, an ad-funded one 2025 * 2 / 2025 = 2.
    assert found.weights == {"download": 2025, "on_demand.premium": 9, "on_demand.ad_funded": 2}
    assert found.points_per_unit == 2025


def test_a_chart_is_found_by_the_name_an_article_uses() -> None:
    assert shipped().find("Global Excl. US (Billboard)").id == "global-excl-us"


# Dates


def test_the_spring_revision_holds_from_the_window_of_1_april() -> None:
    before, after = (rules("demo-singles", day) for day in (date(2016, 4, 1), date(2016, 4, 8)))
    assert (before.issue.window.first_day, after.issue.window.first_day) == (
        date(2016, 3, 25),
        date(2016, 4, 1),
    )
    # 1, 100 and 300 have the common multiple 300; 1, 100 and 600 have 600.
    assert (
        before.weights["on_demand.ad_funded"],
        before.weights["on_demand.premium"],
        before.points_per_unit,
    ) == (1, 3, 300)
    assert (
        after.weights["on_demand.ad_funded"],
        after.weights["on_demand.premium"],
        after.points_per_unit,
    ) == (1, 6, 600)


CHANGING = """
format = 1
id = "test"
title = "Test"
publisher = "nobody"
territory = "GB"
dated_by = "{dated_by}"
[[life]]
begins = {begins}
source = "made up"
[size]
values.2015-01-01 = {{ value = 40, source = "made up" }}
values.2015-07-10 = {{ value = 100, source = "made up" }}
[week]
values.2015-01-05 = {{ starts = "monday 00:00", zone = "Europe/London", source = "made up" }}
values.2015-07-03 = {{ starts = "{starts}", zone = "{zone}", source = "made up" }}
[label]
values.2015-01-01 = {{ days_after_end = 1, source = "made up" }}
[units.download]
values.2015-01-01 = {{ value = 1, source = "made up" }}
[ties]
values.2015-01-01 = {{ order = ["points"], source = "made up" }}
"""


def changing(starts: str = "friday 00:00", zone: str = "Europe/London", dated_by: str = "tracking_start") -> Book:
    return made(CHANGING.format(starts=starts, zone=zone, dated_by=dated_by, begins="2015-01-12"))


def windows(book: Book, first: date, last: date) -> list[tuple[date, date, date]]:
    from hitparade.rulebook.calendar import issues

    return [(i.window.first_day, i.window.last_day, i.issue_date) for i in issues(book, first, last)]


def test_the_last_old_week_is_cut_short_where_the_first_new_one_begins() -> None:
    """As in July 2015: Monday weeks end, a window of four days remains, then Friday weeks follow."""
    assert windows(changing(), date(2015, 6, 29), date(2015, 7, 17)) == [
        (date(2015, 6, 22), date(2015, 6, 28), date(2015, 6, 29)),
        (date(2015, 6, 29), date(2015, 7, 2), date(2015, 7, 3)),
        (date(2015, 7, 3), date(2015, 7, 9), date(2015, 7, 10)),
        (date(2015, 7, 10), date(2015, 7, 16), date(2015, 7, 17)),
    ]


def test_a_new_zone_cuts_the_old_week_at_the_new_zones_midnight() -> None:
    """Friday 00:00 in New York is 04:00 UTC in July, that is 05:00 in London: there the old one ends."""
    book = changing(zone="America/New_York")
    short, full = (issue_on(book, day).window for day in (date(2015, 7, 3), date(2015, 7, 10)))
    assert (str(short.ends), short.last_day) == ("2015-07-03 04:00:00", date(2015, 7, 3))
    assert full.starts == short.ends
    assert (4, "05:00") in rules_for(book, issue_on(book, date(2015, 7, 3))).cuts


def test_windows_without_a_change_never_overlap_and_never_leave_a_gap() -> None:
    from hitparade.rulebook.calendar import issues

    found = issues(shipped()["demo-airplay"], date(2016, 1, 1), date(2017, 12, 31))
    assert all(a.window.ends == b.window.starts for a, b in pairwise(found))
    assert len(found) == 104  # 2016-01-10 to 2017-12-31, Sunday to Sunday: 722 days / 7 = 103, and the first


def test_the_value_on_a_windows_first_day_holds_for_the_whole_window() -> None:
    book = changing()
    assert rules_for(book, issue_on(book, date(2015, 7, 10))).size == 40  # tracked from 07-03
    assert rules_for(book, issue_on(book, date(2015, 7, 17))).size == 100  # tracked from 07-10


def test_a_book_may_date_its_values_by_issue() -> None:
    book = changing(dated_by="issue_date")
    assert rules_for(book, issue_on(book, date(2015, 7, 3))).size == 40
    assert rules_for(book, issue_on(book, date(2015, 7, 10))).size == 100


def test_an_airplay_week_from_six_to_six_is_named_by_its_last_whole_day_and_cuts_mondays() -> None:
    found = rules("demo-airplay", date(2016, 1, 10))
    assert str(found.issue.window.starts) == "2016-01-04 11:00:00"  # six in New York is eleven UTC in winter
    assert found.cuts == frozenset({(0, "06:00")})


def test_a_date_between_issues_names_the_nearest_two() -> None:
    with pytest.raises(NotInForceError, match="the nearest are 2016-04-01 and 2016-04-08"):
        rules("demo-singles", date(2016, 4, 5))


def test_without_a_date_the_front_door_takes_the_newest_issue(house: House) -> None:
    # The clock of the test house stands at 2026-01-02, a Friday, the day on which an issue is dated.
    assert house.rules("demo-singles").issue.issue_date == date(2026, 1, 2)


# Whole numbers


ratios = st.one_of(st.integers(1, 2000), st.tuples(st.integers(1, 500), st.integers(1, 500)).map(list))


@given(st.dictionaries(st.sampled_from(["download", "physical", "view", "detection"]), ratios, min_size=1))
def test_weights_say_exactly_what_the_ratios_say(units: dict[str, Any]) -> None:
    """Weight by points of a unit is one by how many make a unit, for every measure and without rounding."""
    weights, points = weigh(units)
    for measure, value in units.items():
        top, bottom = how_many(value)
        assert Fraction(weights[measure], points) == Fraction(bottom, top)


def test_rules_of_one_issue_cost_less_than_a_millisecond() -> None:
    book = shipped()["demo-singles"]
    issue = issue_on(book, date(2016, 4, 8))
    best = min(_timed(lambda: rules_for(book, issue)) for _ in range(20))
    assert best < 0.001


def _timed(work: Any) -> float:  # noqa: ANN401 - any callable
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def test_rules_are_plain_values_that_json_can_hold() -> None:
    """They are sealed with every edition."""
    found = asdict(rules("demo-singles", date(2016, 4, 8)))
    text = json.dumps({**found, "cuts": sorted(found["cuts"])}, default=str)
    assert json.loads(text)["params"]["recurrent"]["tiers"][0] == {"weeks": 8, "below": 30}


# Names


def test_a_wrong_name_gets_a_suggestion() -> None:
    with pytest.raises(BookError, match='there is no chart "demo-single"; did you mean demo-singles'):
        shipped().find("demo-single")


def test_a_book_of_the_house_comes_before_a_shipped_one_and_a_broken_one_harms_no_other(house: House) -> None:
    text = shipped().paths["my-top-40"].read_text("utf-8")
    house.paths.books.joinpath("my-top-40.toml").write_text(text.replace("value = 40", "value = 10"), "utf-8")
    house.paths.books.joinpath("broken.toml").write_text("format = 1", "utf-8")
    assert house.rules("my-top-40", date(2016, 1, 10)).size == 10
    assert house.book("Demo Singles").id == "demo-singles"
    with pytest.raises(BookError, match="is missing"):
        house.book("broken")


def test_a_book_changed_on_disk_is_read_again(house: House) -> None:
    text = shipped().paths["my-top-40"].read_text("utf-8")
    path = house.paths.books / "my-top-40.toml"
    for size in (10, 11):
        path.write_text(text.replace("value = 40", f"value = {size}"), "utf-8")
        assert available(house.paths.books)["my-top-40"].series["size"].values[0].value == size
        import os

        os.utime(path, ns=(0, size))


# Broken books

LISTS = {
    "{keys}": ", ".join(BookFile.model_fields),
    "{steps}": ", ".join(f'"{step}"' for step in STEPS),
}
"""Long lists that a message ends in; they grow with every rule kind."""


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.toml")), ids=lambda path: path.stem)
def test_one_mistake_gives_one_sentence_with_file_key_found_and_allowed(path: Path) -> None:
    _, complaints = read(path)
    said = [str(each).replace(f"{BROKEN}/", "") for each in complaints]
    expected = path.with_suffix(".txt").read_text("utf-8")
    for word, names in LISTS.items():
        expected = expected.replace(word, names)
    assert said == expected.splitlines()


def test_there_are_enough_broken_books() -> None:
    assert len(list(BROKEN.glob("*.toml"))) >= 45


def test_no_wording_of_the_validator_leaks() -> None:
    """Whatever single value of a good book is replaced by nonsense, the sentence is ours."""
    good = tomllib.loads(shipped().paths["demo-singles"].read_text("utf-8"))
    for nonsense in ({}, [], "x", 7, -1, 1.5, True, date(2016, 1, 1), [[]], {"a": {}}):
        for place in _places(good):
            _, complaints = make(_replaced(good, place, nonsense), "t.toml")
            for complaint in complaints:
                text = str(complaint)
                assert text.startswith("t.toml")
                assert not any(word in text for word in ("Input", "pydantic", "should be", "Extra", "dict", "None")), (
                    text
                )


def _places(table: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - any TOML value
    if isinstance(table, dict):
        below = list(table.items())
    elif isinstance(table, list):
        below = list(enumerate(table))
    else:
        below = []
    return [place for key, value in below for place in [(*at, key), *_places(value, (*at, key))]]


def _replaced(table: dict[str, Any], place: tuple[Any, ...], value: Any) -> dict[str, Any]:  # noqa: ANN401 - any TOML value
    from copy import deepcopy

    changed = deepcopy(table)
    held: Any = changed
    for key in place[:-1]:
        held = held[key]
    held[place[-1]] = value
    return changed


# The schema for editors


@pytest.mark.parametrize("name", BOOKS)
def test_the_json_schema_takes_every_shipped_book(name: str) -> None:
    said = tomllib.loads(shipped().paths[name].read_text("utf-8"))
    jsonschema.validate(json.loads(json.dumps(said, default=str)), schema())


@pytest.mark.parametrize(
    "name",
    ["unknown-block", "misspelt-key", "missing-block", "missing-source", "size-zero", "size-text",
     "no-such-measure", "no-such-weekday", "unknown-step", "unknown-tie-key", "newer-format", "no-tiers",
     "ratio-by-zero", "off-and-on"],
)  # fmt: skip
def test_the_json_schema_marks_mistakes_of_layout(name: str) -> None:
    said = tomllib.loads((BROKEN / f"{name}.toml").read_text("utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(json.dumps(said, default=str)), schema())
