"""Coverage: which channels reported which days, and which did not though one expects it."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from hitparade.house import House
from ledger_maker import Row, deliver
from rules_maker import rules

FRIDAY = date(2016, 9, 2)


def days(*numbers: int, channel: str = "KGB", measure: str = "detection") -> list[Row]:
    """Return one row for each day, counted from that Friday."""
    return [Row("A", "X", day=FRIDAY + timedelta(n), channel=channel, measure=measure) for n in numbers]


def missing(house: House, **rest: object) -> list[tuple[str, int]]:
    found = house.coverage(rules(FRIDAY, **rest))  # type: ignore[arg-type]
    return [(report.channel, (report.day - FRIDAY).days) for report in found.missing]


def test_a_gap_is_missing_and_a_zero_is_not_invented(house: House) -> None:
    """Reports on days 0 to 8 but not on day 3; the week is days 0 to 6."""
    deliver(house, days(0, 1, 2, 4, 5, 6, 7, 8))
    found = house.coverage(rules(FRIDAY))
    assert missing(house) == [("KGB", 3)]
    assert found.missing_days == (date(2016, 9, 5),)
    assert found.notes == ("KGB reported no detection for 2016-09-05",)
    assert len(found.reported) == 6


def test_a_channel_that_was_there_before_and_after_is_missing_all_week(house: House) -> None:
    deliver(house, days(-1, 7))
    assert missing(house) == [("KGB", n) for n in range(7)]


def test_a_channel_that_has_ended_or_not_begun_is_not_expected(house: House) -> None:
    deliver(house, [*days(-9, -1, channel="OLD"), *days(7, 8, channel="NEW"), *days(*range(7))])
    assert missing(house) == []


def test_the_days_after_the_last_report_within_the_week_are_missing(house: House) -> None:
    """A file that stops on day 4 leaves days 5 and 6; one that begins on day 2 leaves days 0 and 1."""
    deliver(house, [*days(-1, 0, 1, 2, 3, 4), *days(2, 3, 4, 5, 6, 7, channel="WXRT")])
    assert missing(house) == [("KGB", 5), ("KGB", 6), ("WXRT", 0), ("WXRT", 1)]


def test_only_channels_and_measures_that_count_are_looked_at(house: House) -> None:
    deliver(house, [*days(0, 6, channel="HOME"), *days(0, 6, measure="download"), *days(*range(7))])
    assert missing(house, panel={"KGB": 1}) == []


def test_rows_and_quantities_of_all_deliveries_are_added(house: House) -> None:
    deliver(house, days(0), name="one.csv")
    deliver(house, [row._replace(quantity=4) for row in days(0, 0)], name="two.csv")
    (report,) = house.coverage(rules(FRIDAY, days=1)).reported
    assert (report.rows, report.quantity) == (3, 9)


def test_days_are_those_of_the_zone(house: House) -> None:
    """A play at 23:00 on Thursday in New York is at 03:00 UTC on Friday: Friday itself has no report."""
    deliver(house, [Row("A", "X", at=datetime(2016, 9, 2, 3)), Row("A", "X", at=datetime(2016, 9, 3, 12))])
    found = house.coverage(rules(FRIDAY, zone="America/New_York", days=2))
    assert [report.day for report in found.missing] == [FRIDAY]
    assert [report.day for report in found.reported] == [date(2016, 9, 3)]


def test_an_empty_ledger_covers_nothing(house: House) -> None:
    found = house.coverage(rules(FRIDAY))
    assert (found.reported, found.missing, found.notes) == ((), (), ())


@pytest.mark.real
def test_the_four_missing_days_of_the_half_year(house: House, shared_data: Path) -> None:
    """177 daily files for the 181 days of January to June 2017; a row for each name will do."""
    found = {date.fromisoformat(file.stem) for file in (shared_data / "spotify_global_daily_2017h1").rglob("*.csv")}
    deliver(house, [Row("A", "X", day=day, channel="spotify", territory="GLOBAL") for day in sorted(found)])
    first, last = date(2017, 1, 1), date(2017, 6, 30)
    gaps = house.coverage(rules(first, days=(last - first).days + 1, territory="GLOBAL")).missing_days
    assert gaps == (date(2017, 2, 23), date(2017, 5, 30), date(2017, 5, 31), date(2017, 6, 2))
