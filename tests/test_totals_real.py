"""Totals of one real radio week: its repeats, its batches and its zone, against what is known of the file."""

from datetime import date
from pathlib import Path

import pytest

from hitparade.chart import CandidateSet
from hitparade.house import House
from hitparade.rulebook.rules import Profile
from rules_maker import rules

MONDAY = date(2014, 6, 16)


@pytest.fixture
def radio(house: House, shared_data: Path) -> House:
    house.receive([shared_data / "classic_rock_radio_2014" / "plays.csv"], territory="US")
    return house


def week(radio: House, zone: str = "UTC", repeats: str = "count") -> CandidateSet:
    return radio.candidates(rules(MONDAY, zone=zone, territory="US", profile=Profile(repeats=repeats)), 300)


def detections(found: CandidateSet, *titles: str) -> list[int]:
    sums = {candidate.title: candidate.sums["detection"][0] for candidate in found.candidates}
    return [sums[title] for title in titles]


@pytest.mark.real
def test_the_week_in_utc_and_in_new_york(radio: House) -> None:
    """37,673 rows less the 26 without a title are 37,647; New York's Monday begins four hours later."""
    songs = ("Dream On", "All Along the Watchtower", "Sweet Emotion", "You Shook Me All Night Long")
    assert week(radio).market == {"detection": (37_647,)}
    assert detections(week(radio), *songs) == [142, 141, 141, 138]
    assert detections(week(radio, "America/New_York"), *songs[:2]) == [141, 134]


@pytest.mark.real
def test_the_surplus_repeats_count_once_when_the_book_says_so(radio: House) -> None:
    """305 surplus repeats: 37,647 - 305 = 37,342."""
    assert week(radio, repeats="once").market == {"detection": (37_342,)}
