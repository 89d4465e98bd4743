"""How a chart looks in a terminal."""

from dataclasses import replace
from datetime import date

import pytest

from fold_maker import fold, rules, song
from hitparade.chart import CandidateSet, ChartState
from hitparade.compile.explain import explain
from hitparade.compile.proof import compile_issue
from hitparade.counting import Amount, Counting
from hitparade.serve.cli.output import out
from hitparade.serve.cli.show import heading, marked
from hitparade.serve.cli.story import print_story
from hitparade.showing import Told


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


def test_a_chart_of_audience_says_audience_and_not_detections() -> None:
    """Four detections of 600,000 hearers together, each hearer three points: 1,800,000 points.

    A song with 700,000 is 300,000 points ahead; one more is needed, 300,001 / 3 = 100,001 hearers.
    """
    held = Counting(amounts={"detection": Amount("audience")})
    said = rules(weights={"detection": 3}, counting=held)
    songs = [song(key, 0, sums={"detection": (n,)}) for key, n in (("one", 700_000), ("two", 600_000))]
    week = CandidateSet(tuple(songs), 300, {"detection": 0}, {"detection": (1_300_000,)})
    made = compile_issue(lambda _k, _named: week, ChartState(), (), said)
    with out.capture() as printed:
        print_story(Told(explain(made, "two"), ()))
    text = " ".join(printed.get().split())
    assert "detection audience 600,000 x 3 = 1,800,000 points" in text
    assert "100,001 of detection audience" in text
