"""Songs older than the limit on the first day that counts, 1 January 2016, are not ranked."""

from datetime import date
from typing import Any

import pytest

from fold_maker import fold, printed, song


def made(released: date | None, **limit: int) -> Any:  # noqa: ANN401 - a step
    songs = [song("a", 9, released=released), song("b", 5, released=date(2015, 12, 31))]
    return fold(songs, params={"release_age": limit})


@pytest.mark.parametrize(
    ("released", "stays"), [(date(2013, 12, 31), False), (date(2014, 1, 1), True), (date(2014, 1, 2), True)]
)
def test_two_years_to_the_day_are_the_edge(released: date, stays: object) -> None:
    """Released 1 January 2014 it is exactly two years old; a day earlier, older."""
    assert ((1, "a") in printed(made(released, years=2))) == stays


@pytest.mark.parametrize(
    ("released", "stays"), [(date(2014, 6, 30), False), (date(2014, 7, 1), True), (date(2014, 7, 2), True)]
)
def test_eighteen_months_to_the_day_are_the_edge(released: date, stays: object) -> None:
    assert ((1, "a") in printed(made(released, months=18))) == stays


def test_a_month_that_lacks_the_day_ends_on_its_last() -> None:
    """31 December and two months are 29 February 2016, the last of that month."""
    (entry,) = made(date(2015, 12, 31), months=2).chart.entries[:1]
    assert entry.reasons == (("release_age", "released 2015-12-31: within 2 months until 2016-02-29"),)


def test_a_song_without_a_stated_release_day_stays_and_says_so() -> None:
    entry = made(None, years=2).chart.entries[0]
    assert entry.song == "a"
    assert entry.reasons == (("release_age", "no sender stated a release day, so the limit of 2 years is not applied"),)


def test_the_reasons_name_the_days() -> None:
    left = made(date(2013, 12, 31), years=2).chart.left_out[0]
    assert (left.rule, left.sentence) == (
        "release_age",
        "released 2013-12-31: older than 2 years since 2015-12-31",
    )
    entry = made(date(2014, 1, 2), years=2).chart.entries[0]
    assert entry.reasons == (("release_age", "released 2014-01-02: within 2 years until 2016-01-02"),)


def test_a_song_released_in_the_future_stays() -> None:
    assert (1, "a") in printed(made(date(2016, 2, 1), months=1))
