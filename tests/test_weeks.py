"""Weeks and slots are worked out with zones here, so that engines never see one."""

from datetime import date, datetime, time

import pytest

from hitparade.weeks import WeekStart, slots, window


def test_a_london_week_in_summer_begins_an_hour_before_utc_midnight() -> None:
    """Friday 1 July 2016, 00:00 in London (UTC+1) is Thursday 23:00 UTC."""
    week = window(date(2016, 7, 1), time(), "Europe/London")
    assert (week.starts, week.ends) == (datetime(2016, 6, 30, 23), datetime(2016, 7, 7, 23))
    assert (week.first_day, week.last_day) == (date(2016, 7, 1), date(2016, 7, 7))
    assert len(week.days) == 7


def test_the_week_in_which_clocks_go_forward_has_167_hours() -> None:
    """London lost an hour on Sunday 27 March 2016: 7 x 24 - 1 = 167."""
    week = window(date(2016, 3, 25), time(), "Europe/London")
    assert (week.ends - week.starts).total_seconds() == 167 * 3600


def test_a_week_that_begins_inside_a_day_touches_eight_days() -> None:
    """Monday 06:00 in New York in June (UTC-4) is 10:00 UTC, and the last day is the Monday after."""
    week = window(date(2016, 6, 6), time(6), "America/New_York")
    assert week.starts == datetime(2016, 6, 6, 10)
    assert week.last_day == date(2016, 6, 13)


def test_a_day_is_one_slot_unless_a_book_cuts_it() -> None:
    (whole,) = slots(date(2016, 6, 6), "UTC")
    assert whole.whole
    assert (whole.starts, whole.ends) == (datetime(2016, 6, 6), datetime(2016, 6, 7))


def test_a_cut_falls_on_its_weekday_only() -> None:
    """2016-06-06 is a Monday (weekday 0); the cut at 06:00 makes two slots that meet, Tuesday stays whole."""
    cuts = frozenset({(0, "06:00")})
    early, late = slots(date(2016, 6, 6), "UTC", cuts)
    assert (early.ends, late.starts) == (datetime(2016, 6, 6, 6), datetime(2016, 6, 6, 6))
    assert not early.whole
    assert len(slots(date(2016, 6, 7), "UTC", cuts)) == 1


@pytest.mark.parametrize("text", ["friday", "Friday 00:00", "friday 24:00", "funday 00:00", "friday 00:00 "])
def test_a_week_start_of_another_form_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="such as 'friday 00:00'"):
        WeekStart.parse(text)


def test_a_week_start_is_read() -> None:
    assert WeekStart.parse("friday 17:30") == (4, time(17, 30))
