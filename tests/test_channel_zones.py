"""Days by the channel's own clock: plays at the edge of a day or week in several zones, and when clocks change."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hitparade.house import House
from hitparade.tracking import asked, notes
from hitparade.weeks import shifts, utc
from ledger_maker import deliver
from test_counting import ISSUE, PLAYS, play, rules, sale, sums

NEW_YORK = {"starts": "friday 00:00", "zone": "America/New_York"}
COAST = {"zones": {"KAAA": "America/Los_Angeles"}}


def heard(house: House, *, issue: date = ISSUE, **blocks: Any) -> dict[str, int]:  # noqa: ANN401 - whatever a block holds
    held = rules(issue, units=PLAYS, **{"week": NEW_YORK, **blocks})
    return sums(house.candidates(held, 9), "detection")


@pytest.mark.parametrize(
    ("instant", "eastern", "own"),
    [
        (datetime(2016, 1, 1, 7, 30), 1, 0),  # Thursday 23:30 there, Friday 02:30 in New York
        (datetime(2016, 1, 1, 8, 0), 1, 1),  # Friday 00:00 there
        (datetime(2016, 1, 8, 4, 59), 1, 1),  # Thursday 20:59 there, 23:59 in New York
        (datetime(2016, 1, 8, 7, 59), 0, 1),  # Thursday 23:59 there, Friday 02:59 in New York
        (datetime(2016, 1, 8, 8, 0), 0, 0),  # Friday 00:00 there
    ],
)
def test_a_play_lies_in_the_week_of_the_clock_where_it_was_played(
    house: House, instant: datetime, eastern: int, own: int
) -> None:
    """The week is Friday 1 to Thursday 7 January 2016, three hours later in Los Angeles than in New York."""
    deliver(house, [play("A", instant), play("B", datetime(2016, 1, 4, 12), "WBBB")])
    assert heard(house).get("A", 0) == eastern
    assert heard(house, channel_zones=COAST).get("A", 0) == own


def test_other_channels_keep_the_zone_of_the_book(house: House) -> None:
    """Thursday 23:30 in Los Angeles is Friday 02:30 in New York, where the other station is."""
    deliver(house, [play("A", datetime(2016, 1, 1, 7, 30), "WBBB")])
    assert heard(house, channel_zones=COAST) == {"A": 1}


@pytest.mark.parametrize(
    ("hour", "minute", "counts"),
    [(7, 59, False), (8, 0, True)],
)
def test_the_week_in_which_clocks_change_begins_an_hour_earlier_in_utc(
    house: House, hour: int, minute: int, counts: object
) -> None:
    """Los Angeles has summer time from Sunday 13 March 2016: the week of the 11th begins at 8:00 UTC ..."""
    deliver(house, [play("A", datetime(2016, 3, 11, hour, minute)), play("B", datetime(2016, 3, 14, 12), "WBBB")])
    assert ("A" in heard(house, issue=date(2016, 3, 18), channel_zones=COAST)) == counts


@pytest.mark.parametrize(("minute", "counts"), [(59, True), (60, False)])
def test_the_week_in_which_clocks_change_ends_an_hour_earlier_in_utc(house: House, minute: int, counts: object) -> None:
    """... and ends on Friday the 18th at 7:00 UTC, 0:00 in summer."""
    at = datetime(2016, 3, 18, 6) + timedelta(minutes=minute)
    deliver(house, [play("A", at), play("B", datetime(2016, 3, 14, 12), "WBBB")])
    assert ("A" in heard(house, issue=date(2016, 3, 18), channel_zones=COAST)) == counts


def test_a_zone_without_summer_time_stays_where_it_is(house: House) -> None:
    """Phoenix is at UTC-7 all year: in summer, too, its Friday begins at 7:00 UTC, and 6:59 is Thursday 23:59."""
    phoenix = {"zones": {"KAAA": "America/Phoenix"}}
    deliver(house, [play("A", datetime(2016, 7, 1, 6, 59)), play("B", datetime(2016, 7, 1, 7, 0))])
    assert heard(house, issue=date(2016, 7, 8), channel_zones=phoenix) == {"B": 1}


def test_hours_are_those_of_the_channel(house: House) -> None:
    """7:00 to 19:00 in Los Angeles is 15:00 UTC to 3:00 UTC; 14:59 UTC is 6:59 there, though 9:59 in New York."""
    deliver(house, [play("A", datetime(2016, 1, 4, 14, 59)), play("B", datetime(2016, 1, 4, 15, 0))])
    hours = {"detection": {"only": ["monday-friday 07:00-19:00"]}}
    assert heard(house, hours=hours, channel_zones=COAST) == {"B": 1}
    assert heard(house, hours=hours) == {"A": 1, "B": 1}


def test_a_cap_of_a_day_is_one_of_the_channels_day(house: House) -> None:
    """23:30 and 0:30 in Los Angeles are two days of one listener: two plays. In New York both lie on Tuesday: one."""
    twice = [play("A", datetime(2016, 1, 5, hour, 30), consumer="a" * 16) for hour in (7, 8)]
    deliver(house, twice)
    one = {"detection": {"value": 1}}
    assert heard(house, cap_per_consumer=one) == {"A": 1}
    assert heard(house, cap_per_consumer=one, channel_zones=COAST) == {"A": 2}


def test_two_plays_of_the_hour_that_comes_twice_are_no_repeat(house: House) -> None:
    """On 6 November 2016 it is 1:30 twice in Los Angeles, at 8:30 and 9:30 UTC."""
    deliver(house, [play("A", datetime(2016, 11, 6, hour, 30), consumer="a" * 16) for hour in (8, 9)])
    once = {"value": "once"}
    assert heard(house, issue=date(2016, 11, 11), repeats=once, channel_zones=COAST) == {"A": 2}


def test_rows_of_a_day_without_an_instant_are_not_moved(house: House) -> None:
    deliver(house, [sale("A", 3, date(2016, 1, 1), channel="KAAA"), sale("A", 5, date(2016, 1, 8), channel="KAAA")])
    held = rules(units={"download": {"value": 1}}, week=NEW_YORK, channel_zones=COAST)
    assert sums(house.candidates(held, 9), "download") == {"A": 3}


def test_it_is_dated(house: House) -> None:
    """From the window of 8 January on. Before, 7:30 UTC on Friday the 1st counts; after, that of the 8th does not."""
    deliver(house, [play("A", datetime(2016, 1, 1, 7, 30)), play("B", datetime(2016, 1, 8, 7, 30))])
    zones = [("2016-01-08", COAST)]
    assert heard(house, channel_zones=zones) == {"A": 1}
    assert heard(house, issue=date(2016, 1, 15), channel_zones=zones) == {}


def test_totals_of_other_charts_stay_as_they_were() -> None:
    """A book without the block has the totals that it had; one that names only its own zone has the same, too."""
    plain, coast = (
        asked(rules(units=PLAYS, week=NEW_YORK, **more)).totals_set for more in ({}, {"channel_zones": COAST})
    )
    own = {"zones": {"KAAA": "America/New_York"}}
    same = asked(rules(units=PLAYS, week=NEW_YORK, channel_zones=own)).totals_set
    assert plain.id == same.id != coast.id


def test_the_issue_says_whose_days_are_their_own(house: House) -> None:
    deliver(house, [play("A", datetime(2016, 1, 4, 12))])
    said = notes(house, rules(units=PLAYS, week=NEW_YORK, channel_zones=COAST))
    assert "days of KAAA are those of America/Los_Angeles" in said


def test_what_the_deliveries_hold_of_a_song_is_that_of_the_channels_week(house: House) -> None:
    """Of the plays at Thursday 23:30 and Friday 0:30 in Los Angeles the second one lies in the week."""
    deliver(house, [play("A", datetime(2016, 1, 1, hour, 30)) for hour in (7, 8)])
    held = asked(rules(units=PLAYS, week=NEW_YORK, channel_zones=COAST))
    assert [each.rows for each in house.ledger.deliveries(held, "a / x")] == [1]


ZONES = ("UTC", "America/New_York", "America/Los_Angeles", "Europe/London", "Asia/Kathmandu", "America/Sao_Paulo")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("own", ZONES)
def test_a_moved_instant_has_the_day_that_it_had_where_it_was(zone: str, own: str) -> None:
    """Every quarter of an hour around the changes of clocks in 2016, Sao Paulo's at midnight included."""
    for first in (date(2016, 2, 20), date(2016, 3, 12), date(2016, 3, 26), date(2016, 10, 15), date(2016, 11, 5)):
        for n in range(3 * 96):
            at = datetime(first.year, first.month, first.day) + timedelta(minutes=15 * n)
            [seconds] = [each.seconds for each in shifts(zone, own, at.date()) if each.starts <= at < each.ends]
            there = at.replace(tzinfo=UTC).astimezone(ZoneInfo(own))
            here = (at + timedelta(seconds=seconds)).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
            assert here.date() == there.date()
            if utc(there.date(), there.time(), zone) != at + timedelta(hours=1):
                assert abs(here.replace(tzinfo=None) - there.replace(tzinfo=None)) <= timedelta(hours=1)
