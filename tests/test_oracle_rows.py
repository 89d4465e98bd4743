"""What the engine counts of raw rows agrees with the oracle to the digit, and nothing of them is lost."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import oracle
import oracle_rows
from hitparade.chart import ChartState
from hitparade.compile.fold import step
from hitparade.counting import Strike
from hitparade.house import House, new, open_house
from hitparade.rulebook.calendar import issues
from hitparade.rulebook.inforce import rules_for
from hitparade.rulebook.load import make
from hitparade.rulebook.rules import Rules
from hitparade.tracking import asked
from hitparade.weeks import WEEKDAYS
from ledger_maker import Row, deliver

FIRST = date(2016, 3, 11)
"""A Friday; New York changes its clocks on the 13th, London on the 27th."""
MEASURES = ("download", "physical", "detection", "on_demand.premium")
SPANS = {
    "monday-friday 07:00-19:00": ((0, 1, 2, 3, 4), 420, 1140),
    "saturday-sunday 00:00-24:00": ((5, 6), 0, 1440),
    "sunday-monday 22:00-24:00": ((6, 0), 1320, 1440),
}

rows = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Alpha", "Beta", "Gamma"]),
        "days": st.integers(-9, 16),
        "hour": st.sampled_from([0, 4, 5, 6, 7, 11, 12, 18, 22, 23]),
        "by_day": st.booleans(),
        "territory": st.sampled_from(["GB", "GB", "GB", "GB-SCT", "IE", "US", "US-CA", "GLOBAL"]),
        "channel": st.sampled_from("ABC"),
        "measure": st.sampled_from(MEASURES),
        "quantity": st.integers(1, 4),
        "audience": st.none() | st.integers(0, 5_000),
        "price": st.none() | st.tuples(st.integers(20, 60), st.sampled_from(["GBP", "EUR"])),
        "ms_played": st.sampled_from([None, 20_000, 30_000]),
        "consumer": st.sampled_from([None, "a" * 16, "b" * 16]),
        "product": st.sampled_from([None, "p1", "p2"]),
        "event": st.sampled_from([None, None, None, "sold", "ordered", "shipped", "returned"]),
        "size": st.sampled_from([(None, None), (None, None), (1, None), (3, 3), (4, 6), (5, 5), (None, 5), (None, 1)]),
        "lead_track": st.sampled_from([None, True, False]),
    }
)


def entry(said: dict[str, Any]) -> dict[str, Any]:
    """A row as the oracle reads it."""
    day = FIRST + timedelta(said["days"])
    price, currency = said["price"] or (None, None)
    kept = {
        name: said[name]
        for name in (
            "title", "territory", "channel", "measure", "quantity", "audience", "ms_played", "consumer", "product",
            "event", "lead_track",
        )
    }  # fmt: skip
    return {
        **kept,
        "titles": said["size"][0],
        "tracks": said["size"][1],
        "artist": "X",
        "isrc": "",
        "released": None,
        "day": day if said["by_day"] else None,
        "at": None if said["by_day"] else datetime(day.year, day.month, day.day, said["hour"], 30),
        "revenue": None if price is None else price * said["quantity"],
        "currency": currency,
    }


limits = st.one_of(
    st.fixed_dictionaries({"kind": st.just("cap"), "value": st.integers(1, 4)}),
    st.fixed_dictionaries(
        {"kind": st.just("bulk"), "counts": st.integers(1, 4), "per": st.sampled_from(["day", "week"])},
        optional={"void_from": st.integers(5, 8)},
    ),
)
weight = st.integers(1, 3)
by_part = st.dictionaries(st.sampled_from(["work", "other"]), weight, min_size=1)
books = st.fixed_dictionaries(
    {
        "zone": st.sampled_from(["UTC", "Europe/London", "America/New_York"]),
        "at": st.sampled_from(["00:00", "06:00"]),
        "units": st.sets(st.sampled_from(MEASURES), min_size=1),
        "repeats": st.sampled_from(["count", "once"]),
        "returns": st.sampled_from(["gross", "net"]),
    },
    optional={
        "territories": st.sampled_from(
            [(["GLOBAL"], ["US"]), (["GB", "IE"], []), (["GB"], ["GB-SCT"]), (["US-CA"], [])]
        ),
        "component": st.sampled_from(
            [("detection", 3, "00:00"), ("detection", -2, "06:00"), ("on_demand.*", 1, "00:00")]
        ),
        "hours": st.tuples(
            st.sampled_from(["detection", "on_demand.*"]), st.sets(st.sampled_from(sorted(SPANS)), min_size=1)
        ),
        "panel": st.dictionaries(st.sampled_from("ABC"), weight, min_size=1)
        | st.dictionaries(st.sampled_from("ABC"), weight | by_part, min_size=1),
        "paneled": st.sampled_from([["detection"], ["on_demand.*", "physical"]]),
        "events": st.sampled_from([{"physical": "shipped"}, {"download": "ordered"}]),
        "floor": st.sampled_from([{"physical": (40, "GBP")}, {"download": (41, "EUR")}]),
        "products": st.dictionaries(
            st.sampled_from(["physical", "download"]),
            st.sampled_from([
                {"titles": 4}, {"tracks": 4}, {"titles": 3, "tracks": 5}, {"counts_for": "lead"},
                {"titles": 4, "counts_for": "lead"},
            ]),
            min_size=1,
        ),
        "limits": st.dictionaries(st.sampled_from(["physical", "download"]), limits),
        "minimum_play": st.just({"on_demand.*": 30_000}),
        "channel_zones": st.dictionaries(
            st.sampled_from("ABC"),
            st.sampled_from(["America/Los_Angeles", "Asia/Tokyo", "Europe/London", "Asia/Kathmandu", "UTC"]),
            min_size=1,
        ),
        "imputation": st.fixed_dictionaries(
            {"measure": st.sampled_from(MEASURES), "weeks": st.integers(1, 2), "days": st.integers(1, 7)}
        ),
        "money": st.sampled_from([("physical", "GBP", 1, "down"), ("download", "EUR", 50, "half_up")]),
        "struck": st.lists(
            st.fixed_dictionaries(
                {"first": st.integers(-9, 16), "days": st.integers(0, 9)},
                optional={
                    "title": st.sampled_from(["Alpha", "Beta"]),
                    "channel": st.sampled_from("AB"),
                    "measure": st.sampled_from(["physical", "on_demand.*", "on_demand.premium"]),
                    "consumer": st.sampled_from(["a" * 16]),
                },
            ),
            max_size=2,
        ),
        "average": st.sampled_from([{"physical": (40, "GBP")}, {"download": (41, "EUR")}, {"detection": (39, "GBP")}]),
        "audience": st.sampled_from([(1, "down"), (1_000, "down"), (999, "half_up")]),
    },
)  # fmt: skip


def told(book: dict[str, Any]) -> dict[str, Any]:
    """A book as the oracle reads it."""
    limited = book.get("limits", {})
    amounts = {}
    if "money" in book and book["money"][0] in book["units"] and book["money"][0] not in limited:
        amounts[book["money"][0]] = ("revenue", *book["money"][1:])
    if "audience" in book and "detection" in book["units"]:
        amounts["detection"] = ("audience", "", *book["audience"])
    flat = all(isinstance(value, int) for value in book.get("panel", {}).values())
    component, hours, guess = book.get("component"), book.get("hours"), book.get("imputation")
    lines = [
        (channel, part, value, None, None)
        for channel, said in book.get("panel", {}).items()
        for part, value in (said.items() if isinstance(said, dict) else [("", said)])
    ]
    return {
        "territory": "GB",
        "territories": dict(zip(("of", "minus"), book["territories"], strict=True)) if "territories" in book else None,
        "zone": book["zone"],
        "weekday": 4,
        "at": book["at"],
        "units": dict.fromkeys(book["units"], (1, 1)),
        "minimum_play": book.get("minimum_play", {}),
        "cap": {measure: each["value"] for measure, each in limited.items() if each["kind"] == "cap"},
        "bulk": {measure: each for measure, each in limited.items() if each["kind"] == "bulk"},
        "repeats": book["repeats"],
        "returns": book["returns"],
        "events": book.get("events", {}),
        "floor": book.get("floor", {}),
        "products": book.get("products", {}),
        "channel_zones": book.get("channel_zones", {}) if "imputation" not in book else {},
        "average": {m: said for m, said in book.get("average", {}).items() if m not in limited},
        "component": {component[0]: {"after_days": component[1], "weekday": (4 + component[1]) % 7, "at": component[2]}}
        if component
        else {},
        "hours": {hours[0]: [SPANS[span] for span in hours[1]]} if hours else {},
        "parts": {"work": [SPANS["monday-friday 07:00-19:00"]]} if any(part == "work" for _, part, *_ in lines) else {},
        "panel": book.get("panel") if flat else None,
        "panel_rows": None if flat else lines,
        "paneled": book.get("paneled") if "panel" in book else None,
        "amounts": amounts,
        "struck": [
            {**each, "first": FIRST + timedelta(each["first"]), "last": FIRST + timedelta(each["first"] + each["days"])}
            for each in book.get("struck", [])
        ],
        "imputation": {guess["measure"]: guess} if guess and book["zone"] == "UTC" else {},
    }  # fmt: skip


def rules_of(book: dict[str, Any]) -> Rules:
    """The rules of the second week, with the one before it to look back to."""
    said = told(book)

    def dated(value: dict[str, Any]) -> dict[str, Any]:
        return {"values": {str(FIRST): {"source": "made for a test", **value}}}

    component, hours = book.get("component"), book.get("hours")
    units = {}
    for measure in said["units"]:
        of, currency, multiple, rounding = said["amounts"].get(measure, ("quantity", "", 1, "down"))
        money = {"currency": currency} if currency else {}
        units[measure] = dated({"value": 1, "of": of, "rounded_to": multiple, "rounding": rounding, **money})
    blocks: dict[str, Any] = {
        "format": 1, "id": "made", "title": "Made", "publisher": "Nobody", "territory": "GB",
        "dated_by": "tracking_start", "life": [{"begins": FIRST + timedelta(7), "source": "made for a test"}],
        "size": dated({"value": 9}),
        "week": dated({"starts": f"friday {book['at']}", "zone": book["zone"]}),
        "label": dated({"days_after_end": 1}),
        "units": units,
        "ties": dated({"order": ["points", "gain", "id"]}),
        "repeats": dated({"value": book["repeats"]}),
        "returns": dated({"value": book["returns"]}),
        "minimum_play": {pattern: dated({"value": ms}) for pattern, ms in said["minimum_play"].items()},
        "cap_per_consumer": {measure: dated({"value": most}) for measure, most in said["cap"].items()},
        "bulk": {m: dated({k: v for k, v in each.items() if k != "kind"}) for m, each in said["bulk"].items()},
        "events": {measure: dated({"count": event}) for measure, event in said["events"].items()},
        "products": {measure: dated(terms) for measure, terms in said["products"].items()},
        "average_price": {m: dated({"value": v, "currency": c}) for m, (v, c) in said["average"].items()},
        "price_floor": {m: dated({"value": v, "currency": c}) for m, (v, c) in said["floor"].items()},
    }  # fmt: skip
    blocks["channel_zones"] = dated({"zones": said["channel_zones"]}) if said["channel_zones"] else {}
    guessed = said["imputation"].items()
    blocks["imputation"] = {m: dated({"weeks": g["weeks"], "days": g["days"]}) for m, g in guessed}
    if said["territories"]:
        blocks["territories"] = dated(said["territories"])
    if component:
        starts = f"{WEEKDAYS[(4 + component[1]) % 7]} {component[2]}"
        blocks["component_week"] = {component[0]: dated({"starts": starts, "after_days": component[1]})}
    if hours:
        blocks["hours"] = {hours[0]: dated({"only": sorted(hours[1])})}
    if "panel" in book:
        named = {"measures": book["paneled"]} if "paneled" in book else {}
        blocks["panel"] = dated({"channels": book["panel"], **named})
    if said["parts"]:
        blocks["dayparts"] = dated({"parts": {"work": ["monday-friday 07:00-19:00"]}})
    prices = ("price_floor", "average_price")
    for block in ("component_week", "hours", "events", *prices, "bulk", "products", "imputation"):
        held = blocks.get(block, {})
        blocks[block] = {each: held[each] for each in held if any(oracle.of_pattern({each: 1}, m) for m in units)}
    if blocks["average_price"]:
        blocks["steps"] = ["average_price"]
    made = {key: value for key, value in blocks.items() if value != {}}
    loaded, complaints = make(made, "made.toml")
    assert loaded is not None, complaints
    assert not complaints, complaints
    rules = rules_for(loaded, issues(loaded, FIRST, FIRST + timedelta(21))[1])
    struck = tuple(
        Strike(
            f"x-{n}", each["first"], each["last"],
            song=f"{each['title'].lower()} / x" if "title" in each else "",
            **{name: each[name] for name in ("channel", "measure", "consumer") if name in each},
        )
        for n, each in enumerate(said["struck"])
    )  # fmt: skip
    return replace(rules, profile=replace(rules.profile, struck=struck))


def a_house(folder: Path) -> House:
    new(folder / "house", name="Test house")
    return open_house(folder / "house")


def accepted(entries: Sequence[dict[str, Any]]) -> Counter[str]:
    return Counter({"rows": len(entries), "quantity": sum(row["quantity"] for row in entries)})


@given(said=st.lists(rows, min_size=15, max_size=60), book=books)
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
def test_the_engine_counts_what_the_oracle_counts(said: list[dict[str, Any]], book: dict[str, Any]) -> None:
    agree(said, book)


def for_money(row: dict[str, Any]) -> dict[str, Any]:
    """A sale of this week or the one before, at 38 to 42 in the currency that its measure is judged in."""
    measure = "download" if row["hour"] < 11 else "physical"
    price = (38 + row["days"] % 5, "EUR" if measure == "download" else "GBP")
    days = row["days"] % 14
    return {**row, "measure": measure, "price": price, "days": days, "by_day": True, "territory": "GB", "event": None}


sold = rows.map(for_money)
dear = books.map(
    lambda book: {
        **{key: value for key, value in book.items() if key in {"at", "zone", "repeats", "returns", "money", "panel"}},
        "units": {"download", "physical"},
        "average": {"download": (41, "EUR"), "physical": (40, "GBP")},
    }
)


@given(said=st.lists(sold, min_size=8, max_size=30), book=dear)
@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
def test_the_same_sales_cost_too_little_on_average(said: list[dict[str, Any]], book: dict[str, Any]) -> None:
    agree(said, book)


singles = books.map(
    lambda book: {
        **{key: value for key, value in book.items() if key in {"at", "zone", "repeats", "returns", "limits", "panel"}},
        "units": {"download", "physical"},
        "products": {"download": {"titles": 3, "tracks": 5}, "physical": {"titles": 4, "counts_for": "lead"}},
    }
)


@given(said=st.lists(sold, min_size=8, max_size=30), book=singles)
@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
def test_sales_are_of_products_of_many_titles_or_one(said: list[dict[str, Any]], book: dict[str, Any]) -> None:
    agree([{**row, "event": "returned" if row["hour"] == 12 else None} for row in said], book)


def agree(said: list[dict[str, Any]], book: dict[str, Any]) -> None:
    """Hold what the engine counts, and what is left of it by prices, to the oracle."""
    entries, rules = [entry(each) for each in said], rules_of(book)
    songs, wanted = oracle.identities(entries), told(book)
    start = rules.issue.window.first_day
    days = (start, start - timedelta(7))
    weeks = [oracle_rows.tally(entries, songs, wanted, day, day + timedelta(7)) for day in days]
    prices = [oracle_rows.prices(entries, songs, wanted, day, day + timedelta(7)) for day in days]
    left = oracle_rows.without_the_cheap(weeks[0], prices[0], wanted)
    with TemporaryDirectory() as folder:
        house = a_house(Path(folder))
        deliver(house, [Row(**each) for each in entries])
        found = house.candidates(rules, 100, [song["key"] for song in songs.values()])
        here = [each for each in entries if oracle_rows.is_here(each["territory"], wanted)]
        kept = _in_totals(house, rules, here)
        chart = step(found, ChartState(), (), replace(rules, look_back=1)).chart
        house.database.dispose()
    for each in found.candidates:
        for measure in rules.weights:
            assert each.sums[measure] == tuple(week.get(each.song, {}).get(measure, 0) for week in weeks), measure
        for measure in {measure for _, measure in (*prices[0], *prices[1])}:
            wants = tuple(week.get((each.song, measure), (0, 0)) for week in prices)
            assert each.prices.get(measure, ((0, 0), (0, 0))) == wants, measure
    points = {entry.song: entry.points for entry in chart.entries}
    assert points == {song: n for song, said in left.items() if (n := sum(said.values())) > 0}
    assert kept == accepted(here)


def _in_totals(house: House, rules: Rules, here: Sequence[dict[str, Any]]) -> Counter[str]:
    """What the totals of all days hold, counted or not: every row that was accepted, once."""
    wanted = asked(rules)
    days = {FIRST + timedelta(n) for n in range(-11, 19)}
    files = house.ledger.files(wanted, days) if here else {}
    kept: Counter[str] = Counter({"rows": 0, "quantity": 0})
    for file in files.values():
        table = pq.read_table(file)
        kept += Counter({name: sum(table.column(name).to_pylist()) for name in ("rows", "quantity")})
    return kept
