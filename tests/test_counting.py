"""Where, when and of which rows a chart counts: each rule just below, at and just above its edge."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hitparade.archive.codec import decoder, encoder
from hitparade.chart import CandidateSet
from hitparade.counting import Hours, Territories
from hitparade.errors import ArchiveError
from hitparade.house import House
from hitparade.rulebook.book import MEASURED, Book
from hitparade.rulebook.calendar import issue_on, issues
from hitparade.rulebook.inforce import rules_for
from hitparade.rulebook.load import make
from hitparade.rulebook.rules import Rules
from ledger_maker import Row, deliver

SINCE = "2015-11-06"
FRIDAY = date(2016, 1, 1)
ISSUE = date(2016, 1, 8)
"""It tracks 1 to 7 January 2016."""
ONE = {"value": 1}
DOWNLOADS = {"download": ONE}
PLAYS = {"detection": ONE}
WEEKDAYS_7_TO_19 = {"detection": {"only": ["monday-friday 07:00-19:00"]}}


def tables(begins: date = date(2015, 11, 13), *, steps: Sequence[str] = (), **blocks: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a block holds
    """A weekly chart of Fridays to Thursdays. A block is its value, or a list of days with values."""

    def dated(said: Any) -> dict[str, Any]:  # noqa: ANN401
        values = said if isinstance(said, list) else [(SINCE, said)]
        return {"values": {day: {**value, "source": "made for a test"} for day, value in values}}

    week = {"starts": "friday 00:00", "zone": "UTC"}
    usual = {"size": {"value": 10}, "week": week, "label": {"days_after_end": 1}, "ties": {"order": ["points", "id"]}}
    made = {
        block: {measure: dated(each) for measure, each in said.items()} if block in MEASURED else dated(said)
        for block, said in {**usual, **blocks}.items()
    }
    life = [{"begins": begins, "source": "made for a test"}]
    head = {"format": 1, "id": "made", "title": "Made", "publisher": "Nobody", "territory": "GB", "life": life}
    return {**head, "dated_by": "tracking_start", **({"steps": list(steps)} if steps else {}), **made}


def book(folder: Path | None = None, **blocks: Any) -> Book:  # noqa: ANN401
    found, complaints = make(tables(**blocks), "made.toml", folder=folder)
    assert found is not None, complaints
    assert not complaints, complaints
    return found


def rules(issue: date = ISSUE, folder: Path | None = None, **blocks: Any) -> Rules:  # noqa: ANN401
    made = book(folder, **blocks)
    return rules_for(made, issue_on(made, issue))


def sums(found: CandidateSet, measure: str) -> dict[str, int]:
    """What each song has of a measure."""
    return {each.title: each.sums[measure][0] for each in found.candidates}


def market(house: House, **blocks: Any) -> dict[str, tuple[int, ...]]:  # noqa: ANN401
    """What all songs have together in the week of 1 to 7 January."""
    return dict(house.candidates(rules(**blocks), 9).market)


def sale(title: str, quantity: int, day: date = FRIDAY, **said: Any) -> Row:  # noqa: ANN401
    return Row(
        **{
            "title": title,
            "artist": "X",
            "day": day,
            "measure": "download",
            "channel": "shop",
            "quantity": quantity,
            **said,
        }
    )


def play(title: str, at: datetime, channel: str = "KAAA", **said: Any) -> Row:  # noqa: ANN401
    return Row(title, "X", at=at, measure="detection", channel=channel, **said)


# Where: primitive T9


def test_the_world_without_a_country_leaves_its_subdivisions_out_too(house: House) -> None:
    """3 in Great Britain + 2 in Scotland + 4 in France = 9; the United States and a sum of the world not."""
    places = [("GB", 3), ("GB-SCT", 2), ("FR", 4), ("US", 100), ("US-CA", 50), ("GLOBAL", 1_000)]
    deliver(house, [sale("A", quantity, territory=place) for place, quantity in places])
    assert market(house, units=DOWNLOADS, territories={"of": ["GLOBAL"], "minus": ["US"]}) == {"download": (9,)}


def test_a_region_is_a_set_of_subdivisions(house: House) -> None:
    """Flanders 3 + Brussels 2 = 5. Belgium without Wallonia is 3 + 2 + the 11 that are told of Belgium as a whole."""
    places = [("BE-VLG", 3), ("BE-BRU", 2), ("BE-WAL", 7), ("BE", 11)]
    deliver(house, [sale("A", quantity, territory=place) for place, quantity in places])
    assert market(house, units=DOWNLOADS, territories={"of": ["BE-VLG", "BE-BRU"]}) == {"download": (5,)}
    assert market(house, units=DOWNLOADS, territories={"of": ["BE"], "minus": ["BE-WAL"]}) == {"download": (16,)}


def test_a_set_holds_what_it_says() -> None:
    assert Territories(("GLOBAL",)).holds("FR")
    assert not Territories(("GLOBAL",)).holds("GLOBAL")
    assert not Territories(("GLOBAL",), ("US",)).holds("US-CA")
    assert not Territories(("US-CA",)).holds("US")


def test_a_book_knows_where_it_may_ever_count() -> None:
    later = book(units=DOWNLOADS, territories=[("2016-02-05", {"of": ["GLOBAL"], "minus": ["US"]})])
    assert later.counts("FR")
    assert not later.counts("US")
    assert not book(units=DOWNLOADS).counts("FR")


def test_what_is_missing_of_a_set_names_the_territory(house: House) -> None:
    """The shop in France told of 1 and 3 January, and of nothing on the 2nd."""
    days = [FRIDAY, FRIDAY + timedelta(2)]
    deliver(house, [sale("A", 1, day, territory="FR") for day in days] + [sale("A", 1, territory="GB")])
    asked = rules(units=DOWNLOADS, territories={"of": ["GLOBAL"]})
    assert "shop reported no download in FR for 2016-01-02" in house.coverage_notes(asked)[0]


# In which days of each measure: T1

RADIO = {"detection": {"starts": "monday 00:00", "after_days": 3}}


def test_radio_may_run_from_monday_to_sunday_while_sales_run_from_friday_to_thursday(house: House) -> None:
    """Sales of 1 to 7 January; plays of 4 to 10 January: that window begins three days after the chart's own."""
    edges = [datetime(2016, 1, 3, 23, 59), datetime(2016, 1, 4), datetime(2016, 1, 10, 23, 59), datetime(2016, 1, 11)]
    sales = [sale("A", 1, FRIDAY + timedelta(n)) for n in (-1, 0, 6, 7)]
    deliver(house, [*sales, *(play("A", at) for at in edges)])
    found = market(house, units={**DOWNLOADS, **PLAYS}, component_week=RADIO)
    assert found == {"detection": (2,), "download": (2,)}


def test_a_window_lasts_until_the_next_one_begins_when_it_is_moved() -> None:
    """Monday to Sunday until the week of 8 January, from then on with the sales: 4 to 7 January are four days."""
    moved = {"detection": [(SINCE, RADIO["detection"]), ("2016-01-08", {"starts": "friday 00:00", "after_days": 0})]}
    days = (ISSUE, ISSUE + timedelta(7))
    spans = [rules(day, units=PLAYS, component_week=moved).counting.windows["detection"] for day in days]
    assert [(span.first_day.day, span.last_day.day) for span in spans] == [(4, 7), (8, 14)]


def test_the_window_before_goes_back_with_the_measure(house: House) -> None:
    """The tie key ``gain`` asks for the week before: for radio 28 December to 3 January."""
    days = [datetime(2016, 1, 3, 12), datetime(2016, 1, 4, 12), datetime(2016, 1, 5)]
    deliver(house, [play("A", at) for at in days])
    found = market(house, units=PLAYS, component_week=RADIO, ties={"order": ["points", "gain"]})
    assert found == {"detection": (2, 1)}


# At what hours: T2


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (datetime(2016, 1, 4, 6, 59, 59), 0),
        (datetime(2016, 1, 4, 7), 1),
        (datetime(2016, 1, 4, 18, 59, 59), 1),
        (datetime(2016, 1, 4, 19), 0),
        (datetime(2016, 1, 2, 12), 0),
    ],
)
def test_only_the_hours_count(house: House, at: datetime, counts: int) -> None:
    """Monday to Friday: the first second of 7 h is in, that of 19 h is not; 2 January is a Saturday."""
    deliver(house, [play("A", at)])
    assert market(house, units=PLAYS, hours=WEEKDAYS_7_TO_19) == {"detection": (counts,)}


def test_sales_by_the_day_count_though_the_day_is_cut_for_plays(house: House) -> None:
    deliver(house, [sale("A", 5, date(2016, 1, 4)), play("A", datetime(2016, 1, 4, 8))])
    found = market(house, units={**DOWNLOADS, **PLAYS}, hours=WEEKDAYS_7_TO_19)
    assert found == {"detection": (1,), "download": (5,)}


def test_an_explanation_says_what_lay_outside_of_the_hours(house: House) -> None:
    deliver(house, [play("A", datetime(2016, 1, 4, hour)) for hour in (6, 8, 9)])
    told = house.line_sources(rules(units=PLAYS, hours=WEEKDAYS_7_TO_19), "a / x")
    assert [(each.why_out, each.rows) for each in told] == [("", 2), ("off_hours", 1)]


def test_hours_may_run_over_the_end_of_the_week() -> None:
    assert Hours.parse("saturday-monday 22:00-24:00").weekdays == (5, 6, 0)
    with pytest.raises(ValueError, match="ends before"):
        Hours.parse("monday 19:00-07:00")


# At which stations: A2 and A3

PARTS = {"parts": {"drive": ["monday-friday 06:00-10:00"]}}


def test_a_station_weighs_by_daypart(house: House) -> None:
    """KAAA: 2 x 5 in the morning + 1 x 1 at night = 11. WBBB: 3 x 2 = 6 at any time. KCCC is off the panel."""
    morning, night = datetime(2016, 1, 4, 7), datetime(2016, 1, 4, 23)
    plays = [play("A", morning), play("A", morning + timedelta(minutes=4)), play("A", night)]
    plays += [play("B", night + timedelta(minutes=n), "WBBB") for n in range(3)]
    deliver(house, [*plays, play("C", morning, "KCCC")])
    panel = {"channels": {"KAAA": {"drive": 5, "other": 1}, "WBBB": 2}}
    assert sums(house.candidates(rules(units=PLAYS, panel=panel, dayparts=PARTS), 9), "detection") == {"A": 11, "B": 6}


def test_without_named_dayparts_all_hours_are_the_other_ones(house: House) -> None:
    """No daypart is named, so no day is cut: 1 play at noon, 1 at night and 3 told by the day, each x 2, are 10."""
    told = [play("A", datetime(2016, 1, 4, 12)), play("A", datetime(2016, 1, 4, 23))]
    by_day = Row("A", "X", day=date(2016, 1, 5), measure="detection", channel="KAAA", quantity=3)
    deliver(house, [*told, by_day])
    assert market(house, units=PLAYS, panel={"channels": {"KAAA": {"other": 2}}}) == {"detection": (10,)}


def test_a_panel_for_radio_leaves_sales_alone(house: House) -> None:
    deliver(house, [sale("A", 5), play("A", datetime(2016, 1, 4, 8)), play("A", datetime(2016, 1, 4, 8), "KCCC")])
    panel = {"channels": {"KAAA": 3}, "measures": ["detection"]}
    assert market(house, units={**DOWNLOADS, **PLAYS}, panel=panel) == {"detection": (3,), "download": (5,)}


SURVEYS = """channel,format,survey,first_day,last_day,daypart,weight
KAAA,pop,winter,2015-10-01,2016-01-03,,10
KAAA,pop,spring,2016-01-04,,,20
WBBB,pop,winter,,2016-01-05,,1
WCCC,rock,winter,,,,7
"""


def test_a_survey_weighs_the_days_it_is_for(house: House, tmp_path: Path) -> None:
    """KAAA: 3 January x 10 + 4 January x 20 = 30. WBBB leaves the panel after 5 January: 1. WCCC plays rock."""
    (tmp_path / "panels").mkdir()
    (tmp_path / "panels" / "us.csv").write_text(SURVEYS, "utf-8")
    plays = [play("A", datetime(2016, 1, 3, 12)), play("A", datetime(2016, 1, 4, 12))]
    plays += [play("B", datetime(2016, 1, day, 12), "WBBB") for day in (5, 6)]
    deliver(house, [*plays, play("C", datetime(2016, 1, 4, 12), "WCCC")])
    asked = rules(folder=tmp_path, units=PLAYS, panel={"file": "us.csv", "format": "pop"})
    assert sums(house.candidates(asked, 9), "detection") == {"A": 30, "B": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("channel,weight\nA,0\n", "panels/us.csv, line 2: found A,0 (no weight)"),
        (
            "channel,wait\nA,1\n",
            "panels/us.csv, line 1: found the columns channel, wait; allowed: channel, weight, and",
        ),
        (
            "channel,weight,first_day,last_day\nA,1,2016-01-01,2016-02-01\nA,2,2016-02-01,\n",
            "panels/us.csv: channel A has two weights on 2016-02-01; allowed: one weight of a channel and daypart",
        ),
        ("channel,weight,daypart\nA,1,noon\n", 'found the daypart "noon"; allowed: dayparts of [dayparts]: other'),
    ],
)
def test_a_mistake_in_a_panel_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "panels").mkdir()
    (tmp_path / "panels" / "us.csv").write_text(text, "utf-8")
    _, complaints = make(tables(units=PLAYS, panel={"file": "us.csv"}), "made.toml", folder=tmp_path)
    assert said in str(complaints[0])


def test_a_panel_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    _, complaints = make(tables(units=PLAYS, panel={"file": "us.csv"}), "made.toml", folder=tmp_path)
    assert str(complaints[0]) == "made.toml, panels/us.csv: cannot be read: No such file or directory"


# In what amounts: W3, A1, W11 and W4


def test_money_is_counted_in_the_minor_units_of_one_currency(house: House) -> None:
    """Two at 0.99 and one at 1.29 euros are 198 + 129 = 327 cents; 5 pounds are no euros; nobody knows of the last."""
    deliver(
        house,
        [
            sale("A", 2, revenue=198, currency="EUR"),
            sale("A", 1, revenue=129, currency="EUR"),
            sale("A", 1, revenue=500, currency="GBP"),
            sale("A", 7),
        ],
    )
    money = {"download": {"value": 100, "of": "revenue", "currency": "EUR"}}
    assert market(house, units=money) == {"download": (327,)}
    told = house.line_sources(rules(units=money), "a / x")
    assert {(each.why_out, each.quantity) for each in told} == {("", 3), ("other_currency", 8)}


def test_audience_may_be_counted_in_place_of_plays(house: House) -> None:
    deliver(house, [play("A", datetime(2016, 1, 4, n), audience=1_200) for n in (8, 9)])
    assert market(house, units={"detection": {"value": 1, "of": "audience"}}) == {"detection": (2_400,)}


@pytest.mark.parametrize(
    ("heard", "down", "half_up"), [(1_499, 1_000, 1_000), (1_500, 1_000, 2_000), (2_000, 2_000, 2_000)]
)
def test_audience_is_rounded_by_the_week(house: House, heard: int, down: int, half_up: int) -> None:
    deliver(house, [play("A", datetime(2016, 1, 4, 8), audience=heard)])
    for how, expected in (("down", down), ("half_up", half_up)):
        unit = {"value": 1, "of": "audience", "rounded_to": 1_000, "rounding": how}
        assert sums(house.candidates(rules(units={"detection": unit}), 9), "detection") == {"A": expected}


def test_a_ratio_from_the_worth_of_a_stream_is_held_to_its_derivation() -> None:
    """1,000,000 streams brought 8,108 francs and 0 cents; a download is worth 1.20: 120 x 10^6 / 810,800 = 148.002."""
    worth = {"revenue": 810_800, "quantity": 1_000_000, "unit_worth": 120, "period": "2018"}
    assert rules(units={"on_demand.premium": {"value": 148, "derived": worth}}).weights == {"on_demand.premium": 1}
    _, complaints = make(tables(units={"on_demand.premium": {"value": 149, "derived": worth}}), "made.toml")
    assert "found value 149, but its derivation gives 148; allowed: value = 148" in str(complaints[0])


# Of which sales: W9 and W8


def test_of_a_sale_in_several_events_one_counts(house: House) -> None:
    """Ordered 5, shipped 3, delivered 2, plainly sold 1 and 1."""
    events = [(5, "ordered"), (3, "shipped"), (2, "delivered"), (1, "sold"), (1, None)]
    deliver(house, [sale("A", quantity, event=event) for quantity, event in events])
    assert market(house, units=DOWNLOADS) == {"download": (2,)}
    assert market(house, units=DOWNLOADS, events={"download": {"count": "ordered"}}) == {"download": (7,)}
    assert market(house, units=DOWNLOADS, events={"download": {"count": "shipped"}}) == {"download": (5,)}


def test_what_came_back_is_taken_away_when_the_chart_is_net(house: House) -> None:
    """A: 10 sold, 4 back = 6. B: 1 sold, 2 of an earlier week back = -1, so that it has no points."""
    back = [sale("A", 4, event="returned"), sale("B", 2, event="returned")]
    deliver(house, [sale("A", 10), sale("B", 1), *back])
    assert sums(house.candidates(rules(units=DOWNLOADS), 9), "download") == {"A": 10, "B": 1}
    net = house.candidates(rules(units=DOWNLOADS, returns={"value": "net"}), 9, ["b / x"])
    assert sums(net, "download") == {"A": 6, "B": -1}
    assert net.market == {"download": (5,)}


@pytest.mark.parametrize(("revenue", "counts"), [(79, 0), (80, 2), (81, 2)])
def test_a_price_just_below_the_floor_does_not_count(house: House, revenue: int, counts: int) -> None:
    """Two pieces at 0.40 pounds are 80 pence."""
    deliver(house, [sale("A", 2, revenue=revenue, currency="GBP")])
    floor = {"download": {"value": 40, "currency": "GBP"}}
    assert market(house, units=DOWNLOADS, price_floor=floor) == {"download": (counts,)}


def test_a_price_that_nobody_stated_or_in_another_currency_is_not_below_the_floor(house: House) -> None:
    deliver(house, [sale("A", 1), sale("A", 2, revenue=2, currency="EUR")])
    floor = {"download": {"value": 40, "currency": "GBP"}}
    assert market(house, units=DOWNLOADS, price_floor=floor) == {"download": (3,)}


# Of which customers: E6

BULK = {"download": {"counts": 4, "void_from": 10}}
ANN, BEN = "a" * 16, "b" * 16


@pytest.mark.parametrize(("bought", "counts"), [(3, 3), (4, 4), (5, 4), (9, 4), (10, 0), (11, 0)])
def test_more_than_four_count_as_four_and_ten_as_none(house: House, bought: int, counts: int) -> None:
    deliver(house, [sale("A", bought, consumer=ANN, product="upc")])
    assert market(house, units=DOWNLOADS, bulk=BULK) == {"download": (counts,)}


def test_the_week_is_added_up_day_by_day(house: House) -> None:
    """3 on Friday and 3 on Saturday are 6: 3 count, then 1. With 4 more on Thursday they are 10: none counts at all.

    The next week begins anew, so that 4 on the Friday after do.
    """
    friday, saturday = sale("A", 3, consumer=ANN), sale("A", 3, FRIDAY + timedelta(1), consumer=ANN)
    deliver(house, [friday, saturday])
    told = house.line_sources(rules(units=DOWNLOADS, bulk=BULK), "a / x")
    assert [(each.day.day, each.why_out, each.quantity) for each in told] == [(1, "", 3), (2, "", 1), (2, "bulk", 2)]
    later = [sale("A", 4, FRIDAY + timedelta(6), consumer=ANN), sale("A", 4, FRIDAY + timedelta(7), consumer=ANN)]
    deliver(house, later, name="late.csv")
    assert market(house, units=DOWNLOADS, bulk=BULK) == {"download": (0,)}
    after = rules(ISSUE + timedelta(7), units=DOWNLOADS, bulk=BULK)
    assert house.candidates(after, 9).market == {"download": (4,)}


def test_other_customers_products_and_nobody_are_added_up_apart(house: House) -> None:
    """Ann 9 of one disc (4) and 2 of another (2), Ben 4 (4), and 50 whose buyer nobody named."""
    rows = [(9, ANN, "p1"), (2, ANN, "p2"), (4, BEN, "p1"), (50, None, "p1")]
    deliver(house, [sale("A", quantity, consumer=who, product=what) for quantity, who, what in rows])
    assert market(house, units=DOWNLOADS, bulk=BULK) == {"download": (60,)}


def test_a_day_at_a_time_begins_anew_every_day(house: House) -> None:
    deliver(house, [sale("A", 6, FRIDAY + timedelta(n), consumer=ANN) for n in (0, 1)])
    assert market(house, units=DOWNLOADS, bulk={"download": {"counts": 4, "void_from": 10, "per": "day"}}) == {
        "download": (8,)
    }


# What nobody reported: W10


def reported(days: list[int], *, title: str = "A", quantity: int = 10, channel: str = "shop") -> list[Row]:
    """The same sale on days of January 2016; 0 is 31 December."""
    return [sale(title, quantity, date(2015, 12, 31) + timedelta(n), channel=channel) for n in days]


def test_a_missed_day_is_taken_from_the_week_before_and_said_to_be_estimated(house: House) -> None:
    """The shop told of 25 December to 7 January, except the 5th: 6 x 10 + the 30 of 29 December = 90, 30 estimated."""
    rows = reported([n for n in range(-6, 8) if n not in {-2, 5}])
    deliver(house, [*rows, sale("A", 30, date(2015, 12, 29))])
    asked = rules(units=DOWNLOADS, imputation={"download": {"days": 1}})
    (line,) = house.candidates(asked, 9).candidates
    assert (line.sums, line.estimated) == ({"download": (90,)}, {"download": 30})
    assert house.coverage_notes(asked) == ("shop reported no download for 2016-01-05; estimated from 2015-12-29",)
    assert house.candidates(rules(units=DOWNLOADS), 9).market == {"download": (60,)}


@pytest.mark.parametrize(("missed", "total"), [(1, 70), (2, 70), (3, 40)])
def test_a_shop_that_missed_too_many_days_is_not_estimated(house: House, missed: int, total: int) -> None:
    """Two missed days may be estimated; of three, none is: 4 x 10."""
    gone = set(range(2, 2 + missed))
    deliver(house, reported([n for n in range(-6, 8) if n not in gone]))
    assert market(house, units=DOWNLOADS, imputation={"download": {"days": 2}}) == {"download": (total,)}


def test_a_day_that_was_missed_before_too_comes_from_the_week_before_that(house: House) -> None:
    """Missing are 5 January and 29 December; 22 December had 10. With one week to look back there is nothing."""
    deliver(house, reported([n for n in range(-13, 8) if n not in {-2, 5}]))
    assert market(house, units=DOWNLOADS, imputation={"download": {"days": 1}}) == {"download": (60,)}
    assert market(house, units=DOWNLOADS, imputation={"download": {"days": 1, "weeks": 2}}) == {"download": (70,)}


def test_an_estimate_may_hold_a_song_that_nothing_else_tells_of(house: House) -> None:
    """B sold on 29 December only, the day that stands in for 5 January."""
    rows = reported([n for n in range(-6, 8) if n not in {-2, 5}])
    deliver(house, [*rows, sale("B", 30, date(2015, 12, 29))])
    asked = rules(units=DOWNLOADS, imputation={"download": {"days": 1}})
    assert sums(house.candidates(asked, 9), "download") == {"A": 60, "B": 30}


def test_an_estimate_weighs_like_what_it_stands_in_for(house: House) -> None:
    """The morning of Tuesday 29 December weighs 5, the rest of the day 1: 2 x 5 + 3 x 1 = 13 stand in for 5 January."""
    days = [datetime(2015, 12, 28, 12), datetime(2016, 1, 4, 12), datetime(2016, 1, 6, 12)]
    told = [play("A", at) for at in days]
    morning = [play("A", datetime(2015, 12, 29, 7, n)) for n in range(2)]
    evening = [play("A", datetime(2015, 12, 29, 20, n)) for n in range(3)]
    deliver(house, [*told, *morning, *evening])
    panel = {"channels": {"KAAA": {"drive": 5, "other": 1}}}
    asked = rules(units=PLAYS, panel=panel, dayparts=PARTS, imputation={"detection": {"days": 5}})
    (line,) = house.candidates(asked, 9).candidates
    assert line.estimated == {"detection": 13}


def test_an_uplift_raises_the_measure_and_says_so(house: House) -> None:
    """100 of 119 are reported: a unit of physical weighs 119, one of download 100, and 100 points are a unit."""
    units = {"physical": ONE, "download": ONE}
    asked = rules(units=units, uplift={"physical": {"value": [119, 100]}})
    assert (dict(asked.weights), asked.points_per_unit) == ({"physical": 119, "download": 100}, 100)
    deliver(house, reported(list(range(1, 8))))
    (note,) = house.coverage_notes(asked)
    assert note == (
        "physical is raised by 119:100 for channels that never report; 19 of every 119 points of it are estimated"
    )


# How many reported: T7


def three_shops(thursday: int) -> list[Row]:
    """Three shops that tell of 1 to 6 January; so many of them tell of Thursday the 7th, all of the 8th."""
    rows = [row for shop in "xyz" for row in reported([*range(1, 7), 8], channel=shop)]
    return rows + [row for shop in "xyz"[:thursday] for row in reported([7], channel=shop)]


@pytest.mark.parametrize(("thursday", "last_day"), [(0, 6), (1, 6), (2, 7), (3, 7)])
def test_a_window_ends_a_day_earlier_when_too_few_told_of_its_last(house: House, thursday: int, last_day: int) -> None:
    """One of three is less than half, two of three are more."""
    deliver(house, three_shops(thursday))
    asked = house.tracked(rules(units=DOWNLOADS, outage={"days": 1, "reporters": [1, 2]}))
    assert asked.issue.window.last_day.day == last_day
    assert house.candidates(asked, 9).market == {"download": (180 + 10 * thursday * (last_day == 7),)}
    cut = [note for note in house.coverage_notes(asked) if "ends on" in note]
    said = "the window ends on 2016-01-06 in place of 2016-01-07: too few reported of the days after"
    assert cut == [said] * (last_day == 6)


def test_half_of_the_reporters_are_enough_when_half_is_asked_for(house: House) -> None:
    deliver(house, [row for row in three_shops(1) if row.channel != "z"])
    asked = house.tracked(rules(units=DOWNLOADS, outage={"days": 1, "reporters": [1, 2]}))
    assert asked.issue.window.last_day.day == 7


def test_the_week_before_keeps_its_length_after_an_outage(house: House) -> None:
    deliver(house, [*three_shops(0), *(row for shop in "xyz" for row in reported(list(range(-6, 1)), channel=shop))])
    blocks = {"outage": {"days": 1, "reporters": [1, 2]}, "ties": {"order": ["points", "gain"]}}
    asked = house.tracked(rules(units=DOWNLOADS, **blocks))
    assert house.candidates(asked, 9).market == {"download": (180, 210)}


def test_below_the_quorum_an_issue_is_compiled_and_cannot_be_published(house: House) -> None:
    own_book(house, units=DOWNLOADS, quorum={"channels": 4})
    deliver(house, three_shops(3))
    shown = house.compile("made", ISSUE)[-1]
    said = "3 of the 4 channels that the quorum asks for reported; publishing is refused"
    assert said in shown.chart.notes
    with pytest.raises(ArchiveError, match=f"made 2016-01-08: {said}"):
        house.publish("made", ISSUE, by="Ann")


def own_book(house: House, **blocks: Any) -> None:  # noqa: ANN401
    """Give the house a book of its own."""
    house.paths.books.joinpath("made.toml").write_text(_toml(tables(**blocks)), "utf-8")


def test_estimates_are_reasons_of_the_line_and_of_its_explanation(house: House) -> None:
    """6 days x 10 of downloads and 30 estimated; of discs 10, raised by 119:100."""
    own_book(
        house,
        units={"download": ONE, "physical": ONE},
        imputation={"download": {"days": 1}},
        uplift={"physical": {"value": [119, 100]}},
    )
    rows = reported([n for n in range(-6, 8) if n not in {-2, 5}])
    disc = sale("A", 10, measure="physical", channel="disc shop")
    deliver(house, [*rows, sale("A", 30, date(2015, 12, 29)), disc])
    chart = house.compile("made", ISSUE)[-1].chart
    (entry,) = chart.entries
    assert (entry.points, chart.points_per_unit) == (90 * 100 + 10 * 119, 100)
    assert dict(entry.reasons) == {
        "imputation": "30 of 90 download are estimated, for days that were not reported",
        "uplift": "physical is raised by 119:100, estimated for channels that never report",
    }
    assert any(note.startswith("physical is raised by 119:100") for note in chart.notes)
    effects = house.explain("made", ISSUE, "1").story.effects
    assert [(each.rule, each.value.key if each.value else "") for each in effects] == [
        ("imputation", "imputation.download"),
        ("uplift", "uplift.physical"),
    ]


def test_late_data_after_an_outage_are_told_by_the_check_of_a_published_issue(house: House) -> None:
    """Published with a window until Wednesday; then Thursday comes in, and the window would have been whole."""
    own_book(house, units=DOWNLOADS, outage={"days": 1, "reporters": [1, 2]})
    deliver(house, three_shops(0))
    house.compile("made", ISSUE)
    house.publish("made", ISSUE, by="Ann")
    (before,) = house.verify("made", ISSUE)
    deliver(house, [row for shop in "xyz" for row in reported([7], channel=shop)], name="late.csv")
    (after,) = house.verify("made", ISSUE)
    assert all(answer.holds for answer in before.answers)
    assert not all(answer.holds for answer in after.answers)
    assert "the window ended on 2016-01-06, and would end on 2016-01-07 now" in str(after)


def _toml(said: dict[str, Any], path: str = "") -> str:
    """Tables as TOML, inner values as inline tables."""
    lines = []
    for key, value in said.items():
        name = f"{path}.{key}" if path else key
        if key == "values":
            lines += [f"{name}.{day} = {{ {_inline(each)} }}" for day, each in value.items()]
        elif isinstance(value, dict):
            lines.append(_toml(value, name))
        elif isinstance(value, list):
            lines += [f"{name} = [{{ {_inline(value[0])} }}]"]
        else:
            lines.append(f"{name} = {value!r}")
    return "\n".join(lines)


def _inline(value: dict[str, Any]) -> str:
    return ", ".join(f"{key} = {each if isinstance(each, date) else repr(each)}" for key, each in value.items())


# Over which periods: T3, and T7 for holidays


def windows(first: date, last: date, **blocks: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401
    """First and last tracking day and issue date of the issues between two days."""
    return [
        (str(each.window.first_day), str(each.window.last_day), str(each.issue_date))
        for each in issues(book(units=DOWNLOADS, **blocks), first, last)
    ]


def periods(since: str, begins: date, **said: Any) -> dict[str, Any]:  # noqa: ANN401
    """A chart of periods whose issues are dated the day after they end."""
    blocks = {"week": {"zone": "UTC", **said}, "label": {"days_after_end": 1}}
    ties = {"order": ["points", "gain"]}
    dated = {"size": {"value": 10}, "ties": ties, **blocks}
    return {"begins": begins, **{block: [(since, value)] for block, value in dated.items()}}


def test_a_month_may_run_from_the_19th_to_the_18th() -> None:
    made = periods("2015-11-19", date(2015, 12, 19), starts="19 00:00", every="month")
    assert windows(date(2016, 1, 1), date(2016, 3, 31), **made) == [
        ("2015-12-19", "2016-01-18", "2016-01-19"),
        ("2016-01-19", "2016-02-18", "2016-02-19"),
        ("2016-02-19", "2016-03-18", "2016-03-19"),
    ]


def test_half_a_year_may_begin_on_the_friday_on_or_before_its_first_day() -> None:
    """1 January 2023 is a Sunday and 1 July a Saturday: 30 December to 29 June, as Pró-Música Brasil has it."""
    made = periods("2022-07-01", date(2022, 12, 30), starts="01-01 00:00", every="half_year", aligned="friday")
    assert windows(date(2022, 7, 1), date(2023, 12, 31), **made) == [
        ("2022-07-01", "2022-12-29", "2022-12-30"),
        ("2022-12-30", "2023-06-29", "2023-06-30"),
        ("2023-06-30", "2023-12-28", "2023-12-29"),
    ]


def test_a_year_and_a_quarter_go_on_from_their_first_day() -> None:
    year = periods("2016-01-01", date(2017, 1, 1), starts="01-01 00:00", every="year")
    assert windows(date(2017, 1, 1), date(2018, 1, 1), **year)[0] == ("2016-01-01", "2016-12-31", "2017-01-01")
    quarter = periods("2016-01-01", date(2016, 4, 1), starts="01-01 00:00", every="quarter")
    assert [last for _, last, _ in windows(date(2016, 4, 1), date(2016, 12, 31), **quarter)] == [
        "2016-03-31", "2016-06-30", "2016-09-30",
    ]  # fmt: skip


def test_a_month_looks_back_to_the_month_before_and_not_to_so_many_days(house: House) -> None:
    """February has 29 days in 2016; the month before it has 31, and one sale on its first day."""
    deliver(house, [sale("A", 1, date(2016, 1, 1)), sale("A", 2, date(2016, 2, 29))])
    made = periods("2015-12-01", date(2016, 1, 1), starts="1 00:00", every="month")
    found = house.candidates(rules(date(2016, 3, 1), units=DOWNLOADS, **made), 9)
    assert found.market == {"download": (2, 1)}


def test_a_chart_may_turn_from_months_to_weeks() -> None:
    """The month from 1 January ends early, where the first week begins on 15 January."""
    week = [
        ("2015-12-01", {"starts": "1 00:00", "every": "month", "zone": "UTC"}),
        ("2016-01-15", {"starts": "friday 00:00", "zone": "UTC"}),
    ]
    blocks = {**periods("2015-12-01", date(2016, 1, 1)), "week": week}
    made = windows(date(2016, 1, 1), date(2016, 1, 22), **blocks)
    assert made == [
        ("2015-12-01", "2015-12-31", "2016-01-01"),
        ("2016-01-01", "2016-01-14", "2016-01-15"),
        ("2016-01-15", "2016-01-21", "2016-01-22"),
    ]


def test_an_issue_of_a_holiday_is_dated_the_last_working_day_before() -> None:
    """Good Friday 2016 is 25 March: that issue is of Thursday. Friday 1 January moves over the 31st to the 30th."""
    held = {"days": [date(2016, 3, 25), date(2015, 12, 31), date(2016, 1, 1)]}
    assert [made for *_, made in windows(date(2016, 3, 18), date(2016, 4, 1), holidays=held)] == [
        "2016-03-18", "2016-03-24", "2016-04-01",
    ]  # fmt: skip
    assert windows(date(2015, 12, 26), date(2016, 1, 8), holidays=held)[0][2] == "2015-12-30"


# Mistakes


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        (
            {"units": PLAYS, "component_week": {"detection": {"starts": "monday 00:00", "after_days": 2}}},
            'after_days: 2 days after the chart\'s window is a sunday; allowed: days that lead to "monday 00:00"',
        ),
        ({"units": PLAYS, "hours": {"download": {"only": ["monday 07:00-19:00"]}}}, "no such measure has units"),
        (
            {"units": DOWNLOADS, "bulk": BULK, "cap_per_consumer": {"download": {"value": 1}}},
            "bulk.download: the measure has a cap per consumer, too; allowed: one of the two for a measure",
        ),
        (
            {
                "units": DOWNLOADS,
                "bulk": BULK,
                **periods("2015-12-01", date(2016, 1, 1), starts="1 00:00", every="month"),
            },
            'per: per = "week", and the chart\'s windows are not always seven days; allowed: "day"',
        ),
        (
            {"units": DOWNLOADS, **periods("2015-12-02", date(2016, 2, 1), starts="1 00:00", every="month")},
            "week 2015-12-02: the window starts on 1 00:00, which the day is not; allowed: the day on which the first",
        ),
        ({"units": PLAYS, "dayparts": PARTS}, "dayparts: no weight of the panel speaks of them"),
        (
            {"units": PLAYS, "panel": {"channels": {"A": {"noon": 1}}}},
            'panel 2015-11-06: found the daypart "noon"; allowed: dayparts of [dayparts]: other',
        ),
    ],
)
def test_what_makes_no_sense_is_named(blocks: dict[str, Any], said: str) -> None:
    _, complaints = make(tables(**blocks), "made.toml")
    assert any(said in str(each) for each in complaints), complaints


def test_what_is_counted_is_sealed_and_comes_back(tmp_path: Path) -> None:
    """All of it at once, as JSON and back."""
    (tmp_path / "panels").mkdir()
    (tmp_path / "panels" / "us.csv").write_text(SURVEYS, "utf-8")
    every = rules(
        folder=tmp_path,
        units={"download": {"value": 1, "of": "revenue", "currency": "EUR", "rounded_to": 5}, **PLAYS},
        territories={"of": ["GLOBAL"], "minus": ["US"]},
        component_week=RADIO,
        hours=WEEKDAYS_7_TO_19,
        panel={"file": "us.csv", "measures": ["detection"]},
        bulk=BULK,
        events={"download": {"count": "shipped"}},
        price_floor={"download": {"value": 40, "currency": "GBP"}},
        uplift={"download": {"value": [119, 100]}},
        imputation={"download": {"days": 1}},
        outage={"days": 1, "reporters": [1, 2]},
        quorum={"channels": 3},
        returns={"value": "net"},
    )
    back = decoder(Rules)(json.loads(json.dumps(encoder(Rules)(every))))
    assert back == every
    assert back.counting.windows["detection"].first_day == date(2016, 1, 4)


SALES = """day,territory,channel,measure,title,artist,quantity,customer,product,event,price,currency
2016-01-01,GB,shop,download,A,X,6,ann,p1,,0.99,GBP
2016-01-02,GB,shop,download,A,X,5,ann,p1,Sold,0.99,GBP
2016-01-02,GB,shop,download,A,X,3,ben,p1,sold,0.10,GBP
2016-01-03,GB,shop,download,A,X,1,,p1,returned,0.99,GBP
2016-01-03,GB,shop,download,A,X,1,,p1,eaten,0.99,GBP
"""


def test_what_sales_say_comes_in_by_file(house: House, tmp_path: Path) -> None:
    """Ann's 6 + 5 = 11 are void; Ben's 3 lie below the floor; one came back; nobody eats a record."""
    (tmp_path / "sales.csv").write_text(SALES, "utf-8")
    (receipt,) = house.receive(tmp_path / "sales.csv")
    assert (receipt.accepted, receipt.rejected) == (4, 1)
    (problem,) = house.problems()
    assert (problem.reason, problem.found) == ("event-unknown", "eaten")
    floor = {"download": {"value": 40, "currency": "GBP"}}
    asked = rules(units=DOWNLOADS, bulk=BULK, price_floor=floor, returns={"value": "net"})
    told = house.line_sources(asked, "a / x")
    assert [(each.day.day, each.why_out, each.quantity) for each in told] == [
        (1, "bulk", 6),
        (2, "bulk", 5),
        (2, "under_price", 3),
        (3, "returned", 1),
    ]
