"""Rows that a decision takes out of the count: of a song, channel, measure, consumer or delivery, for some days."""

import importlib
import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from hitparade.errors import UsageError
from hitparade.house import House
from hitparade.serve.cli.app import app
from ledger_maker import Row, deliver
from test_year_end import BOOK, MONDAY, issue

WHO = {"why": "bought up, see letter of 1 March", "by": "anna"}


def sale(title: str, quantity: int, day: date = MONDAY, **said: Any) -> Row:  # noqa: ANN401
    usual = {"measure": "download", "channel": "shop-a"}
    return Row(title, f"{title} Band", day=day, quantity=quantity, **{**usual, **said})


@pytest.fixture
def shop(house: House) -> House:
    """Week 0: Alpha 9 (6 at shop-a, 3 at shop-b), Beta 7, Gamma 5, all at shop-a but for those 3."""
    (house.paths.books / "two-lines.toml").write_text(BOOK.replace("STEPS", "[]"), "utf-8")
    rows = [sale("Alpha", 6), sale("Alpha", 3, channel="shop-b"), sale("Beta", 7), sale("Gamma", 5)]
    deliver(house, rows, name="week0.csv")
    house.compile("two-lines")
    return house


def chart(house: House, n: int = 0) -> list[tuple[str, int]]:
    (made,) = house.compile("two-lines", issue_date=issue(n))
    return [(entry.title, entry.points) for entry in made.chart.entries]


def test_struck_rows_of_a_song_at_a_channel_do_not_count(shop: House) -> None:
    """Points are two a download. Alpha keeps the 3 of shop-b: Beta 7, Gamma 5 and Alpha 3 units."""
    assert chart(shop) == [("Alpha", 18), ("Beta", 14)]
    made = shop.strike("two-lines", MONDAY, MONDAY, song="alpha", channel="shop-a", **WHO)
    assert chart(shop) == [("Beta", 14), ("Gamma", 10)]
    (shown,) = shop.compile("two-lines", issue_date=issue(0))
    said = "rows of song alpha / alpha band, of channel shop-a, 2016-01-04 to 2016-01-04 do not count, by decision"
    assert shown.chart.notes[-1] == f"{said} {made.strike.id}: bought up, see letter of 1 March"


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ({"channel": "shop-b"}, {"Alpha": 6, "Beta": 7, "Gamma": 5}),
        ({"channel": "shop-a"}, {"Alpha": 3}),
        ({"song": "beta / beta band"}, {"Alpha": 9, "Gamma": 5}),
        ({"measure": "download", "song": "beta / beta band"}, {"Alpha": 9, "Gamma": 5}),
        ({"measure": "on_demand.*"}, {"Alpha": 9, "Beta": 7, "Gamma": 5}),
        ({"measure": "download.*", "channel": "shop-b"}, {"Alpha": 6, "Beta": 7, "Gamma": 5}),
    ],
)
def test_all_that_is_named_must_fit(shop: House, rows: dict[str, str], left: dict[str, int]) -> None:
    shop.strike("two-lines", MONDAY, MONDAY, **rows, **WHO)
    found = shop.candidates(shop.tracked(shop.rules("two-lines", issue(0))), 9)
    assert {each.title: each.sums["download"][0] for each in found.candidates if each.sums["download"][0]} == left


def test_a_strike_holds_for_its_days_and_in_weeks_that_look_back(shop: House) -> None:
    """Sunday's rows stay; a strike of the week before is known to the next one, which may look at it."""
    deliver(shop, [sale("Delta", 4, MONDAY + timedelta(6))], name="sunday.csv")
    shop.strike("two-lines", MONDAY, MONDAY + timedelta(5), channel="shop-a", **WHO)
    assert chart(shop) == [("Delta", 8), ("Alpha", 6)]


def test_civil_days_are_those_of_the_charts_zone(house: House) -> None:
    """23:30 UTC on Monday is Tuesday in Berlin: struck with Tuesday and not with Monday."""
    text = BOOK.replace("STEPS", "[]").replace('zone = "UTC"', 'zone = "Europe/Berlin"')
    (house.paths.books / "two-lines.toml").write_text(text, "utf-8")
    row = sale("Alpha", 6, None, at=datetime(2016, 1, 4, 23, 30))
    deliver(house, [row, sale("Beta", 1)], name="w.csv")
    house.compile("two-lines")
    house.strike("two-lines", MONDAY, MONDAY, song="alpha", **WHO)
    assert chart(house) == [("Alpha", 12), ("Beta", 2)]
    house.strike("two-lines", MONDAY + timedelta(1), MONDAY + timedelta(1), song="alpha", **WHO)
    assert chart(house) == [("Beta", 2)]


def test_a_consumer_is_named_as_the_sender_does_and_a_delivery_by_its_id(house: House, tmp_path: Any) -> None:  # noqa: ANN401
    (house.paths.books / "two-lines.toml").write_text(BOOK.replace("STEPS", "[]"), "utf-8")
    head = "day,channel,measure,title,artist,quantity,customer,territory\n"
    jane, nobody = "2016-01-04,shop-a,download,Alpha,Alpha Band,6,Jane Doe,GB\n", "shop-a,download"
    for name, lines in {
        "one.csv": f"{jane}2016-01-04,{nobody},Beta,Beta Band,2,,GB\n",
        "two.csv": f"2016-01-05,{nobody},Gamma,Gamma Band,4,,GB\n",
    }.items():
        (tmp_path / name).write_text(head + lines, "utf-8")
        house.receive([tmp_path / name])
    assert chart(house) == [("Alpha", 12), ("Gamma", 8)]
    house.strike("two-lines", MONDAY, MONDAY + timedelta(6), consumer="Jane Doe", **WHO)
    assert chart(house) == [("Gamma", 8), ("Beta", 4)]
    second = next(each.id for each in house.deliveries() if each.name == "two.csv")
    house.strike("two-lines", MONDAY, MONDAY + timedelta(6), delivery=second, **WHO)
    assert chart(house) == [("Beta", 4)]
    with pytest.raises(UsageError, match="--delivery 'd-0': no such delivery is here"):
        house.strike("two-lines", MONDAY, MONDAY, delivery="d-0", **WHO)


def test_nothing_is_lost_and_the_explanation_shows_what_is_struck(shop: House) -> None:
    """Alpha's 9 downloads are all there: 3 count, 6 do not."""
    made = shop.strike("two-lines", MONDAY, MONDAY, song="alpha", channel="shop-a", **WHO)
    shop.compile("two-lines", issue_date=issue(0))
    (out,) = shop.explain("two-lines", issue(0), "alpha").story.not_counted
    assert (out.why_out, out.quantity) == ("struck", 6)
    assert out.sentence == f"taken out of the count by decision {made.strike.id}: bought up, see letter of 1 March"


def test_a_strike_is_sealed_and_verified_and_a_published_issue_stays(shop: House) -> None:
    shop.publish("two-lines", issue(0), by="anna")
    made = shop.strike("two-lines", MONDAY, MONDAY, song="alpha", channel="shop-a", **WHO)
    found = shop.publish_preview("two-lines", issue(0))
    assert [entry.title for entry in found.chart.entries] == ["Beta", "Gamma"]
    (before,) = shop.verify()
    taken = f"decision {made.strike.id} (rows of song alpha / alpha band, of channel shop-a, 2016-01-04 to 2016-01-04"
    assert any(each.startswith(taken) and each.endswith("was taken since") for each in before.answers[2].findings)
    shop.correct("two-lines", issue(0), reason="struck", by="anna")
    _, after = shop.verify()
    assert [answer.holds for answer in after.answers] == [True, True, True]
    edition = shop.edition("two-lines", issue(0))
    assert edition is not None
    assert [each.id for each in edition.compiled.rules.profile.struck] == [made.strike.id]


def test_a_strike_that_is_lifted_counts_again_and_both_are_logged(shop: House) -> None:
    from hitparade import striking

    made = shop.strike("two-lines", MONDAY, MONDAY, song="alpha", channel="shop-a", **WHO)
    assert shop.strike("two-lines", MONDAY, MONDAY, song="alpha", channel="shop-a", **WHO) == made
    striking.lift(shop, made.strike.id, why="the shop showed the receipts", by="bert")
    assert chart(shop) == [("Alpha", 18), ("Beta", 14)]
    (logged,) = shop.strikes("two-lines")
    assert (logged.by, logged.lifted_by, logged.lifted_why) == ("anna", "bert", "the shop showed the receipts")
    with pytest.raises(UsageError, match="no strike of that name is in force"):
        striking.lift(shop, made.strike.id, why="again", by="bert")
    assert shop.strike("two-lines", MONDAY, MONDAY, song="alpha", channel="shop-a", **WHO).lifted_at is None
    assert chart(shop) == [("Beta", 14), ("Gamma", 10)]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({}, "a strike names rows by at least one of song, channel, measure, consumer, delivery"),
        ({"channel": "shop-a", "why": " "}, "a strike needs a reason; say it with --why"),
        ({"channel": "shop-a", "last": MONDAY - timedelta(1)}, "--from 2016-01-04 is after --to 2016-01-03"),
    ],
)
def test_what_makes_no_sense_is_refused(shop: House, said: dict[str, Any], message: str) -> None:
    said = {**WHO, **said}
    with pytest.raises(UsageError, match=message):
        shop.strike("two-lines", MONDAY, said.pop("last", MONDAY), **said)


def test_an_option_that_says_nothing_is_refused_and_strikes_no_rows_of_every_song(shop: House) -> None:
    days = ["--from", "2026-01-02", "--to", "2026-01-03", "--why", "a slip"]
    importlib.import_module("hitparade.serve.cli.publish")
    importlib.import_module("hitparade.serve.cli.strike")
    words = ["strike", "two-lines", "--song", "", "--channel", "shop-a", *days]
    made = CliRunner().invoke(app, ["-C", str(shop.paths.root), *words])
    assert isinstance(made.exception, UsageError)
    assert str(made.exception) == "--song: found nothing; without the option rows of every song are struck"
    assert shop.strikes() == ()


def test_the_command_line(shop: House) -> None:
    for name in ("publish", "strike"):
        importlib.import_module(f"hitparade.serve.cli.{name}")

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, ["-C", str(shop.paths.root), *words])
        assert done.exit_code == 0, done.output
        return done.output

    days = ("--from", "2016-01-04", "--to", "2016-01-10", "--why", "bought up", "--by", "anna")
    text = run("strike", "two-lines", "--song", "alpha", "--channel", "shop-a", *days)
    assert "by anna: rows of song alpha / alpha band, of channel shop-a, 2016-01-04 to 2016-01-10 do not count" in text
    (said,) = json.loads(run("decisions", "two-lines", "--json"))
    assert said["strike"]["why"] == "bought up"
    assert "strike" in run("decisions")
    assert "lifted by bert" in run("strike", "--lift", said["strike"]["id"], "--why", "an error", "--by", "bert")
