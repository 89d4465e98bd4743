"""Verify inside a house: what a file says against what the house logged, and everything that changed since."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hitparade.archive.edition import seal_of, text_of
from hitparade.archive.verify import verify_copy
from hitparade.house import House
from ledger_maker import Row, deliver
from test_archive_house import CHART, MONDAY, WEEKS, issue, plays


@pytest.fixture
def out(house: House) -> House:
    """Three weeks of plays, published."""
    for n, songs in enumerate(WEEKS):
        deliver(house, plays(n, songs), name=f"week{n}.csv")
    for n in range(3):
        house.publish(CHART, issue(n), by="anna")
    return house


def altered(place: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a file and seal it again, as somebody would who knows how seals are made."""
    said = json.loads(place.read_bytes())
    change(said)
    said["seal"] = seal_of(said)
    place.write_bytes(text_of(said))


def folder(house: House, n: int) -> Path:
    return house.paths.editions / CHART / str(issue(n)) / "ed1"


def seal_findings(house: House, n: int) -> list[str]:
    [found] = house.verify(CHART, issue(n))
    return [finding.rpartition(f"{folder(house, n)}/")[2] for finding in found.answers[0].findings]


def today(house: House, n: int) -> tuple[str, ...]:
    [found] = house.verify(CHART, issue(n))
    return found.answers[2].findings


def test_another_publisher_sealed_anew_is_named(out: House) -> None:
    altered(folder(out, 2) / "edition.json", lambda said: said.update(published_by="eve"))
    assert seal_findings(out, 2) == ["edition.json: says published_by 'eve', and 'anna' is what the house logged"]


def test_another_reason_of_a_withdrawal_sealed_anew_is_named(out: House) -> None:
    out.withdraw(CHART, issue(2), reason="wrong", by="carl")
    assert seal_findings(out, 2) == []
    altered(folder(out, 2) / "withdrawal.json", lambda said: said.update(reason="all is well"))
    told = "withdrawal.json: says withdrawn_reason 'all is well', and 'wrong' is what the house logged"
    assert seal_findings(out, 2) == [told]


def test_the_withdrawal_of_another_edition_is_named_in_a_copy_too(out: House) -> None:
    out.withdraw(CHART, issue(2), reason="wrong", by="carl")
    note = folder(out, 2) / "withdrawal.json"
    note.rename(folder(out, 1) / "withdrawal.json")
    [found] = verify_copy(folder(out, 1))
    [finding] = found.answers[0].findings
    withdraws = "withdraws my-top-40 2016-01-24 1, or other facts of it, and lies beside my-top-40 2016-01-17 ed1"
    assert finding.endswith(withdraws)


def test_a_merge_is_named_with_the_song_that_it_leads_to(out: House) -> None:
    rows = [
        Row(title, artist, "GBAAA0000001", day=MONDAY, measure="on_demand", territory="US")
        for title, artist in (("Beta", "Beta Band"), ("A Beta", "X"))
    ]
    deliver(out, rows, name="elsewhere.csv")
    assert today(out, 0)[0] == "identity changed: Beta by Beta Band is now part of 'a beta / x'"


def test_a_song_that_is_only_remembered_and_has_another_key_is_named(out: House) -> None:
    """Alpha was on the issues of weeks 0 and 1, and on no candidate list of week 3."""
    deliver(out, plays(3, {"Beta": 1}), name="week3.csv")
    out.publish(CHART, issue(3), by="anna")
    rows = [
        Row(title, artist, "GBAAA0000001", day=MONDAY, measure="on_demand", territory="US")
        for title, artist in (("Alpha", "Alpha Band"), ("A Alpha", "X"))
    ]
    deliver(out, rows, name="elsewhere.csv")
    told = "identity changed: 'alpha / alpha band', which the chart remembered, is now part of 'a alpha / x'"
    assert told in today(out, 3)


def test_simulated_data_and_new_gaps_are_named(out: House) -> None:
    """A station told before week 1 and after it, so it is missing in week 1."""
    rows = [row._replace(channel="KGB") for n in (0, 2) for row in plays(n, {"Alpha": 1})]
    deliver(out, rows, name="kgb.csv", simulated=True)
    found = today(out, 1)
    assert "the data of its territory was not simulated, and is simulated now" in found
    assert any(each.startswith("noted since: KGB reported no on_demand for 2016-01-11, 2016-01-12") for each in found)


def test_an_issue_published_before_the_first_one_is_named(out: House) -> None:
    deliver(out, plays(-1, {"Alpha": 1}), name="earlier.csv")
    out.publish(CHART, issue(-1), by="anna")
    assert today(out, 0) == ("it began the chart, and my-top-40 2016-01-03 ed1 is before it now",)
