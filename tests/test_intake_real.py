"""Real files that are not in the repository, received as people hold them."""

from collections import Counter
from pathlib import Path

import pytest

from hitparade.house import House


@pytest.mark.real
def test_the_classic_rock_log(house: House, shared_data: Path) -> None:
    (receipt,) = house.receive(shared_data / "classic_rock_radio_2014" / "plays.csv")
    assert (receipt.received, receipt.accepted, receipt.rejected) == (37_673, 37_673 - 26, 26)
    refused = [each for each in house.problems() if each.severity == "rejected"]
    assert Counter(each.reason for each in refused) == {"title-missing": 26}
    # the first two cells of the raw row are title and artist
    assert sum(each.raw.startswith(",,") for each in refused) == 8
    notes = [(each.reason, each.found) for each in receipt.findings]
    assert ("repeat", "305 surplus rows of 303 plays") in notes
    batches = [found.partition(":")[0] for reason, found in notes if reason == "batch-of-equal-stamps"]
    assert batches == ["KZOK", "WCSX", "WMGK", "WNCX", "WZLX"]
    there = {found.partition(":")[0]: int(found.split()[1]) for reason, found in notes if reason == "repeat-at-channel"}
    # of the 305 surplus rows, 289 are at the five stations whose lists were fetched in batches
    assert (sum(there.values()), sum(there.get(station, 0) for station in batches)) == (305, 289)


@pytest.mark.real
@pytest.mark.slow
def test_half_a_year_of_daily_charts(house: House, shared_data: Path) -> None:
    folder = shared_data / "spotify_global_daily_2017h1"
    receipts = house.receive(folder, territory="GLOBAL")
    assert Counter(each.status for each in receipts) == {"received": 177}
    assert sum(each.received for each in receipts) == sum(each.accepted for each in receipts) == 177 * 200
    # 2017-01-01 to 06-30 are 181 days; four are missing at the source
    assert len({each.first_day for each in receipts}) == 181 - 4
    assert {each.status for each in house.receive(folder, territory="GLOBAL")} == {"already here"}
