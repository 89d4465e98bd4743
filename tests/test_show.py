"""How a chart looks in a terminal."""

from dataclasses import replace
from datetime import date

import pytest

from fold_maker import fold
from hitparade.serve.cli.show import heading, marked


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (date(2016, 12, 30), "tracking 30 Dec 2016 to 5 Jan 2017 (UTC)"),
        (date(2017, 1, 1), "tracking 1 Jan to 5 Jan 2017 (UTC)"),
    ],
)
def test_a_window_that_begins_in_another_year_says_which(first: date, said: str) -> None:
    chart = replace(fold({"one": 1}).chart, tracking_start=first, tracking_end=date(2017, 1, 5), zone="UTC")
    assert heading(chart).endswith(said)
    assert heading(replace(chart, simulated=True)).endswith(f"{said}   SIMULATED")


def test_only_a_simulated_line_is_marked() -> None:
    assert (marked("x", simulated=True), marked("x", simulated=False)) == ("x   SIMULATED", "x")
