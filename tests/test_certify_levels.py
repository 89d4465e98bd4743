"""What the command prints of a programme: its levels, its ratios, and the ranges of what is not published."""

import importlib
import json
from datetime import date

import pytest
from typer.testing import CliRunner

from hitparade.certify import load
from hitparade.certify.ratios import RatioSince, ranges_of, ratios_of
from hitparade.house import House
from hitparade.serve.cli.app import app
from hitparade.serve.cli.output import out
from ledger_maker import Row, deliver

PROGRAMME = """
format = 1
id = "xx-test"
title = "Made up"
publisher = "Nobody"
territory = "GB"
zone = "UTC"
unit = "units"
judged_by.values.2015-01-01 = { value = "certification", source = "letter a, made up" }
trigger.values.2015-01-01 = { value = "automatic", source = "letter a, made up" }
units.download.values.2015-01-01 = { value = 1, source = "letter a, made up" }
units.physical.values.2015-01-01 = { value = [3, 2], source = "letter b, made up" }

[ladder]
values.2015-01-01 = { levels = [{ name = "Gold", at = 10 }, { name = "Platinum", at = 40, confidence = "undisclosed", between = [30, 50] }], source = "letter c, made up" }

[units."on_demand.premium"]
values.2016-01-01 = { value = 150, source = "letter d, made up", confidence = "undisclosed", between = [100, 200] }
values.2017-01-01 = { off = true, source = "letter e, made up" }
"""  # noqa: E501 - as people write it


def put(house: House, text: str = PROGRAMME) -> None:
    (house.paths.books / "programmes").mkdir(parents=True, exist_ok=True)
    (house.paths.books / "programmes" / "xx-test.toml").write_text(text, "utf-8")


def test_ratios_stand_with_their_days_sources_and_ranges(house: House) -> None:
    put(house)
    programme = load.available(house.paths.books).find("xx-test")
    found = {(each.measure, str(each.since)): each for each in ratios_of(programme)}
    assert found["physical", "2015-01-01"].makes_one == "3/2"
    first = found["on_demand.premium", "2016-01-01"]
    assert (first.makes_one, first.confidence, first.between, first.source) == (
        "150", "undisclosed", "100 to 200", "letter d, made up",
    )  # fmt: skip
    last = found["on_demand.premium", "2017-01-01"]
    assert isinstance(last, RatioSince)
    assert (last.makes_one, last.but) == ("", "does not count")
    assert ranges_of(programme, first.since) == ("Platinum 30 to 50",)


def test_the_command_prints_ratios_and_ranges(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    put(house)
    importlib.import_module("hitparade.serve.cli.certify")
    monkeypatch.setattr(out, "_width", 200)
    made = CliRunner().invoke(app, ["-C", str(house.paths.root), "certify", "xx-test"])
    text = " ".join(made.output.split())
    assert "undisclosed; 100 to 200" in text
    assert "Platinum 30 to 50" in text
    assert "3/2" in text
    said = json.loads(CliRunner().invoke(app, ["-C", str(house.paths.root), "certify", "xx-test", "--json"]).output)
    assert [each["makes_one"] for each in said["ratios"] if each["measure"] == "download"] == ["1"]


def test_the_overview_names_a_programme_that_cannot_be_read(house: House) -> None:
    """The others are still listed; nobody would look for one that is not there."""
    put(house, 'format = 1\nid = "xx-test"\ntitle = "Made up"\n')
    importlib.import_module("hitparade.serve.cli.certify")
    made = CliRunner().invoke(app, ["-C", str(house.paths.root), "certify"])
    assert made.exit_code == 0
    assert "us-riaa" in made.stdout
    assert "left out: " in made.stderr
    assert "xx-test.toml, publisher: is missing" in made.stderr


MONEY = (
    PROGRAMME.partition("\nunits.download")[0].replace('unit = "units"', 'unit = "money"\ncurrency = "GBP"')
    + """
units.download.values.2015-01-01 = { value = 1, source = "letter a, made up" }
ladder.values.2015-01-01 = { levels = [{ name = "Gold", at = 1000 }], source = "letter c, made up" }
"""
)


def test_a_programme_of_money_says_what_was_paid_in_another_currency(house: House) -> None:
    """Three pounds count; two rows in euros and dollars, five and four pieces, do not: 9 together."""
    put(house, MONEY)
    day = date(2016, 1, 4)
    paid = [("GBP", 3, 300), ("EUR", 5, 500), ("USD", 4, 400)]
    rows = [
        Row("One", "Ann", day=day, measure="download", quantity=pieces, revenue=money, currency=currency)
        for currency, pieces, money in paid
    ]
    deliver(house, rows)
    made = house.certifications.of("xx-test", "One")
    assert made.total == 300 * made.per_unit
    assert "not counted: 2 rows, quantity 9, paid in another currency than GBP" in made.notes


def test_a_programme_of_money_in_one_currency_says_nothing_of_others(house: House) -> None:
    put(house, MONEY)
    deliver(
        house, [Row("One", "Ann", day=date(2016, 1, 4), measure="download", quantity=3, revenue=300, currency="GBP")]
    )
    assert not any("currency" in note for note in house.certifications.of("xx-test", "One").notes)
