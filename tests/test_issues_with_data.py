"""Which issues a house has data for: weeks of other zones, what-ifs that move weeks, withdrawn issues."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from hitparade.compiling import open_issue
from hitparade.house import House
from ledger_maker import Row, deliver
from test_archive_house import CHART, WEEKS, issue, plays

BOOK = Path(__file__).parents[1] / "src" / "hitparade" / "books" / "charts" / f"{CHART}.toml"


def compiled(house: House, zone: str, begins: datetime, hours: int) -> list[tuple[date, int]]:
    """Issues and their first song's points, of one play an hour."""
    book = BOOK.read_text("utf-8").replace('zone = "UTC"', f'zone = "{zone}"')
    (house.paths.books / BOOK.name).write_text(book, "utf-8")
    moments = [begins + timedelta(hours=n) for n in range(hours)]
    deliver(house, [Row("Alpha", "A", at=at, measure="on_demand", territory="GLOBAL") for at in moments])
    return [(each.chart.issue_date, each.chart.entries[0].points) for each in house.compile(CHART, every=True)]


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ("America/New_York", datetime(2016, 1, 4, 5)),
        ("Asia/Tokyo", datetime(2016, 1, 3, 15)),
        ("UTC", datetime(2016, 1, 4)),
    ],
)
def test_a_whole_week_of_another_zone_is_one_issue(house: House, zone: str, begins: datetime) -> None:
    """Monday to Sunday, 168 hours: in New York they end on a Monday of UTC, in Tokyo they begin on a Sunday."""
    assert compiled(house, zone, begins, 168) == [(date(2016, 1, 10), 168)]
    assert open_issue(house, CHART) is not None


def test_one_hour_of_the_next_week_begins_the_next_issue(house: House) -> None:
    made = compiled(house, "America/New_York", datetime(2016, 1, 4, 5), 169)
    assert made == [(date(2016, 1, 10), 168), (date(2016, 1, 17), 1)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("[label]\nevery = { days_after_end = 1 }\n", date(2016, 1, 11)),
        ('[week]\nvalues.2016-01-06 = { starts = "wednesday 00:00", zone = "UTC" }\n', date(2016, 1, 5)),
    ],
)
def test_a_what_if_may_date_issues_otherwise(house: House, tmp_path: Path, text: str, first: date) -> None:
    """One day later on the label; or a week that begins on Wednesdays, after a short one of Monday and Tuesday."""
    deliver(house, plays(0, WEEKS[0]))
    what_if = tmp_path / "what-if.toml"
    what_if.write_text(text, "utf-8")
    assert [each.chart.issue_date for each in house.compile(CHART, every=True, what_if=what_if)] == [first]


def test_a_withdrawn_issue_is_open_again(house: House) -> None:
    deliver(house, plays(0, WEEKS[0]))
    house.publish(CHART, issue(0), by="anna")
    assert open_issue(house, CHART) is None
    house.withdraw(CHART, issue(0), reason="wrong", by="carl")
    found = open_issue(house, CHART)
    assert found is not None
    assert found.issue_date == issue(0)
