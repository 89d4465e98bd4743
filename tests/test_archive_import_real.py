"""Real files of published charts come in whole; what is known of them is in their README."""

import time
from datetime import date
from pathlib import Path

import pytest

from hitparade.archived import ArchivedIssue
from hitparade.house import House

pytestmark = pytest.mark.real


def test_the_hot_100_of_fifty_eight_years(house: House, shared_data: Path) -> None:
    began = time.monotonic()
    made = house.archives.import_("us-hot-100", shared_data / "hot100_1958_2016" / "hot100_1958_2016.parquet")
    assert time.monotonic() - began < 20
    assert (made.received, made.accepted, made.rejected) == (304_787, 304_787, 0)
    assert (made.first_issue, made.last_issue) == (date(1958, 8, 4), date(2016, 12, 31))
    shown = house.issue("Hot 100", "2016-10-08")
    assert isinstance(shown, ArchivedIssue)
    ninth = shown.lines[8]
    assert (ninth.title, ninth.last, ninth.movement, ninth.peak, ninth.weeks) == (
        "We Don't Talk Anymore", 13, "+4", 9, 16,
    )  # fmt: skip


def test_the_original_json_says_the_same_as_the_parquet(house: House, shared_data: Path) -> None:
    """Fifty-three issues of 2016 and the last of 1961 and the first of 1962, line by line."""
    folder = shared_data / "hot100_1958_2016"
    house.archives.import_("one", folder / "hot100_1958_2016.parquet")
    made = house.archives.import_("two", folder / "original_json")
    assert (made.issues, made.received) == (55, 5_500)
    columns = ["issue", "position", "title", "credit", "last", "peak", "weeks"]
    ours = house.archives.lines("two").select(columns).to_pylist()
    days = {row["issue"] for row in ours}
    theirs = [row for row in house.archives.lines("one").select(columns).to_pylist() if row["issue"] in days]
    assert ours == theirs


def test_the_other_files(house: House, shared_data: Path) -> None:
    uk = house.archives.import_("gb-singles", shared_data / "uk_singles_2016" / "uk_singles_2016.csv")
    years = house.archives.import_("us-year-end", shared_data / "year_end_samples")
    awards = house.archives.import_("riaa", shared_data / "riaa_2016" / "riaa_2016.csv")
    assert (uk.kind, uk.rejected, uk.last_issue) == ("chart", 0, date(2017, 2, 24))
    assert (years.kind, years.received, years.rejected) == ("year-end", 299, 0)
    fifty = next(
        row for row in house.archives.lines("us-year-end").to_pylist() if row["title"] == "We Don't Talk Anymore"
    )
    assert (fifty["issue"], fifty["position"]) == (date(2016, 12, 31), 50)
    levels = [
        (str(row["date"]), row["level"])
        for row in house.archives.awards("riaa").to_pylist()
        if row["title"].startswith("WE DON'T TALK ANYMORE")
    ]
    assert (awards.kind, awards.rejected) == ("awards", 0)
    assert levels == [
        ("2016-08-31", "Gold"),
        ("2016-11-11", "Platinum"),
        ("2017-07-21", "2x Multi-Platinum"),
        ("2017-08-23", "3x Multi-Platinum"),
    ]
