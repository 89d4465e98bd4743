"""Sales that cost too little on average over the window do not count: just below, at and just above the least price."""

from datetime import date, timedelta
from typing import Any

import pytest

from fold_maker import fold, issue, printed, rules, song, week
from hitparade.chart import Candidate, ChartState
from hitparade.compile.decision import Decision
from hitparade.compile.explain import explain
from hitparade.compile.fold import step
from hitparade.compile.proof import bound, compile_issue
from hitparade.compile.versions import roll_up
from hitparade.house import House
from hitparade.rulebook.cases import as_csv, load_case
from ledger_maker import Row, deliver
from test_counting import DOWNLOADS, FRIDAY, book, sale
from test_counting import rules as rules_of

NOK = {"value": 500, "currency": "NOK"}
FIVE = {"average_price": {"download": NOK}}
STREAMS = {"download": 10, "on_demand": 1}


def priced(key: str, pieces: int, paid: int, streams: int = 0, **changes: Any) -> Candidate:  # noqa: ANN401
    """A song whose downloads are all priced: so many pieces for so many minor units of NOK."""
    sums = {"download": (pieces,), "on_demand": (streams,)}
    return song(key, pieces, **{"sums": sums, "prices": {"download": ((pieces, paid),)}, **changes})


@pytest.mark.parametrize(("paid", "points"), [(1_499, 7), (1_500, 37), (1_501, 37)])
def test_the_average_is_compared_without_dividing(paid: int, points: int) -> None:
    """3 pieces at 500 are 1,500. Below that only the 7 streams count: 7 x 1; else 3 x 10 + 7 x 1 = 37."""
    made = fold([priced("one", 3, paid, streams=7)], params=FIVE, weights=STREAMS)
    assert [entry.points for entry in made.chart.entries] == [points]


def test_the_sentence_shows_the_sums() -> None:
    low, enough = (fold([priced("one", 3, paid, 7)], params=FIVE, weights=STREAMS).chart for paid in (1_499, 1_500))
    said = "3 pieces of download brought 1,499 minor units of NOK, less than 3 x 500 = 1,500: its sales do not count"
    assert low.entries[0].reasons == (("average_price", said),)
    said = "3 pieces of download brought 1,500 minor units of NOK, at least 3 x 500 = 1,500"
    assert enough.entries[0].reasons == (("average_price", said),)


def test_a_song_with_nothing_left_is_kept_off_by_this_rule() -> None:
    made = fold([priced("cheap", 9, 9 * 499), priced("dear", 1, 500)], params=FIVE, weights=STREAMS)
    assert printed(made) == [(1, "dear")]
    (out,) = made.chart.left_out
    assert (out.song, out.rule, out.points) == ("cheap", "average_price", 0)


def test_the_whole_song_goes_where_the_book_says_so() -> None:
    """1,499 for 3 pieces is too little; with ``takes = "song"`` its 7 streams do not save it."""
    takes = {"average_price": {"download": {**NOK, "takes": "song"}}}
    made = fold([priced("cheap", 3, 1_499, 7), priced("dear", 3, 1_500, 0)], params=takes, weights=STREAMS)
    assert printed(made) == [(1, "dear")]
    (out,) = made.chart.left_out
    said = "3 pieces of download brought 1,499 minor units of NOK, less than 3 x 500 = 1,500: the song is not ranked"
    assert (out.rule, out.sentence) == ("average_price", said)


def test_a_song_of_which_no_price_is_known_is_left_as_it_is() -> None:
    made = fold([priced("one", 3, 0, prices={})], params=FIVE, weights=STREAMS)
    assert made.chart.entries[0].reasons[0][1] == "no price of download in NOK is known, so none is too low"
    assert made.chart.entries[0].points == 30


def test_a_song_that_sold_nothing_is_not_judged() -> None:
    made = fold([priced("one", 0, 0, 7, prices={})], params=FIVE, weights=STREAMS)
    assert made.chart.entries[0].reasons == ()


def test_a_decision_can_exempt_a_song() -> None:
    ruling = Decision(
        "d-1", issue(0), issue(0), "one", "average_price", "exempt", "a charity single, priced by its terms"
    )
    made = fold([priced("one", 3, 3)], params=FIVE, weights=STREAMS, decisions=[ruling])
    assert made.chart.entries[0].points == 30


def test_the_accelerated_ratio_is_that_of_what_is_left() -> None:
    """Streams count half for a song of 2010: (0 x 10 + 8 x 1) / 2 = 4; with the downloads it would be 30 + 4 = 34."""
    terms = {
        "units": {"on_demand": 2}, "weights": {"on_demand": 1}, "after_weeks": 9, "declines": 3, "years": 3,
    }  # fmt: skip
    old = priced("old", 3, 1_499, 8, released=date(2010, 1, 1))
    made = fold([old], params={**FIVE, "accelerated": terms}, weights={"download": 20, "on_demand": 2})
    assert made.chart.entries[0].points == 8
    dear = priced("old", 3, 1_500, 8, released=date(2010, 1, 1))
    made = fold([dear], params={**FIVE, "accelerated": terms}, weights={"download": 20, "on_demand": 2})
    assert made.chart.entries[0].points == 68


def test_growth_is_that_of_what_counts_in_each_window() -> None:
    """This week 4 pieces at 500 count, 40 points; the 9 at 499 of the week before do not: it gained 40 - 0."""
    both = priced("one", 4, 2_000, sums={"download": (4, 9)}, prices={"download": ((4, 2_000), (9, 9 * 499))})
    made = fold([both], params={**FIVE, "growth": {}}, weights={"download": 10}, look_back=1)
    assert made.chart.entries[0].points == 40
    assert made.chart.entries[0].reasons[1][1] == "40 points after 0: gained 40"


def test_it_is_proven_as_before_because_it_only_lowers() -> None:
    """The K-th download is 5, so a song left out has 50 points at most.

    The cheap ones above have none left; when the thirty dear ones below have 60 points each, no song left out can
    stand above them, and with 40 it might.
    """
    for last, proven in ((6, True), (4, False)):
        songs = [priced(f"cheap{n}", 100, 100) for n in range(3)] + [
            priced(f"dear{n:02}", last, last * 500) for n in range(30)
        ]
        held = rules(size=1, params=FIVE, weights={"download": 10})
        made = step(week(songs, kth=5), ChartState(), (), held)
        assert printed(made) == [(1, "dear00")]
        assert (bound(week(songs, kth=5), held) < made.depth_points) is proven


def test_explain_adds_up_to_the_points_that_are_left() -> None:
    held = rules(params=FIVE, weights=STREAMS)
    songs = week([priced("one", 3, 1_499, 7)])
    compiled = compile_issue(lambda *_: songs, ChartState(), (), held)
    story = explain(compiled, "one")
    parts = [(part.measure, part.quantity, part.points) for part in story.parts]
    assert parts == [("on_demand", 7, 7), ("download", 0, 0)]
    assert story.points == 7


def test_versions_are_judged_together() -> None:
    """2 pieces for 1,200 and 2 for 700 are 4 for 1,900, less than 4 x 500."""
    parts = week([priced("one", 2, 1_200), priced("two", 2, 700)])
    (whole,) = roll_up(parts, {"one": ("two",)}).candidates
    assert whole.prices == {"download": ((4, 1_900),)}


# From rows to the chart

STEPS = {"average_price": {"download": NOK}}


def bought(title: str, quantity: int, price: int | None, currency: str | None = "NOK", **said: Any) -> Row:  # noqa: ANN401
    revenue = None if price is None else price * quantity
    return sale(title, quantity, revenue=revenue, currency=currency if price is not None else None, **said)


def prices(house: House, **blocks: Any) -> dict[str, tuple[Any, ...]]:  # noqa: ANN401
    held = rules_of(units=DOWNLOADS, steps=["average_price"], **{**STEPS, **blocks})
    return {each.title: each.prices.get("download", ()) for each in house.candidates(held, 9).candidates}


def test_only_prices_in_the_currency_are_averaged(house: House) -> None:
    """2 x 450 + 1 x 600 = 1,500 NOK for 3 pieces; 5 euros and a sale without a price stand aside."""
    rows = [
        bought("A", 2, 450), bought("A", 1, 600, day=FRIDAY + timedelta(6)), bought("A", 4, 5, "EUR"),
        bought("A", 8, None), bought("B", 1, None),
    ]  # fmt: skip
    deliver(house, rows)
    assert prices(house) == {"A": ((3, 1_500),), "B": ()}


def test_the_window_alone_is_averaged_and_what_came_back_is_taken_away(house: House) -> None:
    """Before the 1st and after the 7th of January nothing is averaged. Net: 3 - 1 = 2 pieces, 1,500 - 600 = 900."""
    rows = [
        bought("A", 3, 500), bought("A", 9, 1, day=FRIDAY - timedelta(1)), bought("A", 9, 1, day=FRIDAY + timedelta(7)),
        bought("A", 1, 600, event="returned"),
    ]  # fmt: skip
    deliver(house, rows)
    assert prices(house) == {"A": ((3, 1_500),)}
    assert prices(house, returns={"value": "net"}) == {"A": ((2, 900),)}


def test_nobody_is_asked_for_prices_where_no_rule_needs_them(house: House) -> None:
    deliver(house, [bought("A", 3, 500)])
    assert [each.prices for each in house.candidates(rules_of(units=DOWNLOADS), 9).candidates] == [{}]


def test_the_price_is_dated() -> None:
    made = book(units=DOWNLOADS, steps=["average_price"], average_price={
        "download": [("2015-11-06", NOK), ("2016-01-08", {**NOK, "value": 600})],
    })  # fmt: skip
    from hitparade.rulebook.calendar import issue_on
    from hitparade.rulebook.inforce import rules_for

    least = [
        rules_for(made, issue_on(made, day)).params["average_price"]["download"]["value"]
        for day in (date(2016, 1, 8), date(2016, 1, 15))
    ]
    assert least == [500, 600]


# The book, sealed and supposed

BOOK = """
format = 1
id = "average-price"
title = "Average Price"
publisher = "nobody"
territory = "NO"
dated_by = "tracking_start"
steps = ["average_price"]

[sources]
NO1 = "an average selling price for each category, ifpi.no/topplista/reglement-topplista; the amount is invented"
made = "made for a test"

[[life]]
begins = 2016-01-10
source = "made"

[size]
values.2016-01-04 = { value = 9, source = "made" }

[week]
values.2016-01-04 = { starts = "monday 00:00", zone = "Europe/Oslo", source = "made" }

[label]
values.2016-01-04 = { days_after_end = 0, source = "made" }

[units.download]
values.2016-01-04 = { value = 1, source = "made" }

[units.on_demand]
values.2016-01-04 = { value = 10, source = "made" }

[average_price.download]
values.2016-01-11 = { value = 500, currency = "NOK", source = "NO1", confidence = "undisclosed", between = [400, 600] }

[ties]
values.2016-01-04 = { order = ["points", "id"], source = "made" }
"""
CASE = """
chart = "average-price"
title = "A download costs five crowns on average from 11 January 2016 on"
why = "Before, all counts. Then Alpha: 3 at 4.99 and 1 at 4.99 are 19.96, less than 4 x 5.00 = 20.00, \
so of 4 + 50/10 = 9 units 5 are left. Beta: 3 at 4.99 and 1 at 5.03 are 20.00, enough: 4 units. \
Gamma sold 8 at 1.00 and nothing else."
each = { measure = "download", currency = "NOK", day = 2016-01-06, weeks = 2 }
entries = [
  { title = "Alpha", artist = "A", quantity = 3, price = "4.99" },
  { title = "Alpha", artist = "A", quantity = 1, price = "4.99" },
  { title = "Alpha", artist = "A", quantity = 50, measure = "on_demand" },
  { title = "Beta", artist = "B", quantity = 3, price = "4.99" },
  { title = "Beta", artist = "B", quantity = 1, price = "5.03" },
  { title = "Gamma", artist = "C", quantity = 8, price = "1.00" },
]

[[expected]]
issue = 2016-01-10
lines = [
  { position = 1, title = "Alpha", points = 90 },
  { position = 2, title = "Gamma", points = 80 },
  { position = 3, title = "Beta", points = 40 },
]

[[expected]]
issue = 2016-01-17
lines = [{ position = 1, title = "Alpha", points = 50 }, { position = 2, title = "Beta", points = 40 }]
off = [{ title = "Gamma", rule = "average_price" }]
"""


@pytest.fixture
def priced_house(house: House) -> House:
    (house.paths.books / "cases").mkdir(parents=True, exist_ok=True)
    (house.paths.books / "average-price.toml").write_text(BOOK, "utf-8")
    (house.paths.books / "cases" / "prices.toml").write_text(CASE, "utf-8")
    return house


def test_the_week_before_and_the_week_of_the_rule(priced_house: House) -> None:
    [checked] = priced_house.check([priced_house.paths.books / "cases" / "prices.toml"])
    assert (checked.state, checked.complaints) == ("good", ())


def drafted(house: House) -> House:
    """The ledger of the case, received and compiled."""
    case = load_case(house.paths.books / "cases" / "prices.toml")
    rows = house.paths.root / "case.csv"
    rows.write_text(as_csv(case, "NO"), "utf-8")
    house.receive([rows])
    house.compile("average-price", every=True)
    return house


def supposed(house: House, text: str, **said: Any) -> list[Any]:  # noqa: ANN401
    file = house.paths.root / "what-if.toml"
    file.write_text(text, "utf-8")
    return list(house.what_if("average-price", file=file, **said).weeks)


def test_a_what_if_changes_the_price_and_switches_the_rule_off_from_sealed_sums(priced_house: House) -> None:
    """At 4.99 Alpha's 19.96 are 4 x 4.99, which is enough: 9 units again. Without the rule Gamma has its 8 as well."""
    house = drafted(priced_house)
    [_, week] = supposed(house, "[average_price.download]\nevery = { value = 499 }")
    assert [(each.title, each.points) for each in week.after.entries] == [("Alpha", 90), ("Beta", 40)]
    assert not week.unproved
    [_, week] = supposed(house, 'off = ["average_price"]')
    assert [(each.title, each.points) for each in week.after.entries] == [("Alpha", 90), ("Gamma", 80), ("Beta", 40)]
    assert not week.unproved


def test_prices_that_were_not_sealed_need_totals(priced_house: House) -> None:
    """In the first window nobody asked for prices. From totals, the rule holds there as in the second."""
    more = '[average_price.download]\nvalues.2016-01-04 = { value = 500, currency = "NOK" }'
    house = drafted(priced_house)
    first, second = supposed(house, more)
    assert (first.unproved, second.unproved) == ("prices of download in NOK were not sealed; that needs totals", "")
    first, _ = supposed(house, more, totals=True)
    assert [(each.title, each.points) for each in first.after.entries] == [("Alpha", 50), ("Beta", 40)]


def test_a_sealed_issue_follows_from_its_inputs(priced_house: House) -> None:
    house = drafted(priced_house)
    for day in (date(2016, 1, 10), date(2016, 1, 17)):
        house.publish("average-price", day, by="test")
    assert [found.sound for found in house.verify("average-price")] == [True, True]


def test_explain_cites_the_price_and_its_source(priced_house: House) -> None:
    [effect] = drafted(priced_house).explain("average-price", "2016-01-17", "Alpha").story.effects
    assert effect.cited == (
        "4 pieces of download brought 1,996 minor units of NOK, less than 4 x 500 = 2,000: its sales do not count;"
        " in force since 2016-01-11 (an average selling price for each category, ifpi.no/topplista/reglement-topplista;"
        " the amount is invented, undisclosed)"
    )


def test_what_the_price_may_be_shows_how_much_rests_on_it(priced_house: House) -> None:
    """At 4.00 Alpha has 9 units, at 6.00 Beta has none left either."""
    found = drafted(priced_house).sensitivity("average-price", date(2016, 1, 17))
    assert [(each.key, each.low, each.high) for each in found.ranges] == [("average_price.download", "400", "600")]
    assert [(each.title, each.position, each.worst) for each in found.swings] == [("Beta", 2, None)]
