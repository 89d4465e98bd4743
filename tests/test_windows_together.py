"""Windows of several issues that are summed together: each is what it would be alone."""

import tempfile
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hitparade.chart import CandidateSet
from hitparade.counting import Amount, Counting, Hours, PanelRow
from hitparade.engine.candidates import window_sums
from hitparade.house import House, new, open_house
from hitparade.ledger import windows
from hitparade.rulebook.rules import Panel, Rules
from hitparade.weeks import WEEKDAYS
from ledger_maker import Row, deliver
from rules_maker import rules

FRIDAY = date(2016, 9, 2)
WEEK, HOUR = timedelta(7), timedelta(hours=1)
MEASURES = ("detection", "download")


def weeks(count: int, **said: object) -> list[Rules]:
    return [rules(FRIDAY + n * WEEK, **said) for n in range(count)]  # type: ignore[arg-type]


def alone(house: House, issues: list[Rules]) -> list[CandidateSet]:
    return [house.candidates(each, 3) for each in issues]


def together(house: House, issues: list[Rules]) -> list[CandidateSet]:
    """Ask as a walk over issues asks: it says first which issues it will come to."""
    with house.ledger.still():
        house.ledger.build_ahead(house.asked(each) for each in issues)
        return [house.candidates(each, 3) for each in issues]


def statements(patch: pytest.MonkeyPatch) -> list[int]:
    """Return a list to which every statement adds the number of its windows."""
    told: list[int] = []

    def counted(engine: object, *several: object) -> object:
        told.append(len(several))
        return window_sums(engine, *several)  # type: ignore[arg-type]

    patch.setattr(windows, "window_sums", counted)
    return told


def test_three_weeks_take_one_statement(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A: 5, then 7; B: 2 in the last week at two stations. The last slot of a week is not of the next."""
    told = statements(monkeypatch)
    deliver(
        house,
        [
            Row("A", "X", day=FRIDAY + WEEK - timedelta(1), quantity=5),
            Row("A", "X", day=FRIDAY + WEEK, quantity=7),
            *(Row("B", "X", day=FRIDAY + 2 * WEEK, channel=name) for name in ("KGB", "WXRT")),
        ],
    )
    found = together(house, weeks(3))
    assert told == [3]
    assert [each.market["detection"] for each in found] == [(5,), (7,), (2,)]
    assert [[(c.title, c.channels) for c in each.candidates] for each in found] == [[("A", 1)], [("A", 1)], [("B", 2)]]


def test_looking_back_takes_no_other_statement(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two weeks before the first issue go with it."""
    told = statements(monkeypatch)
    deliver(house, [Row("A", "X", day=FRIDAY + n * WEEK, quantity=n + 10) for n in range(-2, 3)])
    found = together(house, weeks(3, look_back=2))
    assert told == [5]
    assert [each.market["detection"] for each in found] == [(10, 9, 8), (11, 10, 9), (12, 11, 10)]


def test_a_week_that_is_left_out_is_in_no_window(house: House) -> None:
    """Issues of the first and the third week; what lies between counts for neither."""
    deliver(house, [Row("A", "X", day=FRIDAY + n * WEEK, quantity=10**n) for n in range(3)])
    first, _, third = weeks(3)
    assert [each.market["detection"] for each in together(house, [first, third])] == [(1,), (100,)]


def test_windows_that_overlap_are_summed_apart(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fortnights, one each week: 1 + 10, then 10 + 100."""
    told = statements(monkeypatch)
    deliver(house, [Row("A", "X", day=FRIDAY + n * WEEK, quantity=10**n) for n in range(3)])
    assert [each.market["detection"] for each in together(house, weeks(2, days=14))] == [(11,), (110,)]
    assert told == [1, 1]


def test_large_windows_are_summed_one_by_one(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "_BYTES", 1)
    told = statements(monkeypatch)
    deliver(house, [Row("A", "X", day=FRIDAY + n * WEEK) for n in range(3)])
    together(house, weeks(3))
    assert told == [1, 1, 1]


MORNINGS = Hours(0, 6, 6 * 60, 10 * 60)
CUTS = frozenset((weekday, clock) for weekday in range(len(WEEKDAYS)) for clock in ("06:00", "10:00"))
PANEL = (
    PanelRow("KGB", "morning", 3),
    PanelRow("KGB", "other", 2, last_day=FRIDAY + 10 * timedelta(1)),
    PanelRow("WXRT", "", 5),
)


def cut(counting: Counting, **said: object) -> list[Rules]:
    return [replace(each, counting=counting, cuts=CUTS, **said) for each in weeks(4, measures=MEASURES)]  # type: ignore[arg-type]


KINDS = (
    weeks(4, measures=MEASURES, look_back=1),
    weeks(4, measures=MEASURES, at=time(6), zone="America/New_York"),
    weeks(4, measures=MEASURES, panel={"KGB": 3}),
    weeks(4, days=6),
    cut(Counting(hours={"detection": (MORNINGS,)})),
    cut(Counting(dayparts={"morning": (MORNINGS,)}), panel=Panel(None, PANEL, ("detection",))),
    cut(Counting(amounts={"download": Amount("revenue", "GBP", 100, "half_up")}, net=True)),
    cut(Counting(prices={"download": "GBP"})),
    [*weeks(2, measures=MEASURES), *weeks(4, measures=("download",))[2:]],
)


def heard(**said: object) -> Row:
    return Row(artist="X", **said)  # type: ignore[arg-type]


ROWS = st.lists(
    st.builds(
        heard,
        title=st.sampled_from("ABCDE"),
        at=st.integers(-8 * 24, 29 * 24).map(lambda n: datetime(2016, 9, 2) + n * HOUR),
        channel=st.sampled_from(["KGB", "WXRT", "HOME"]),
        measure=st.sampled_from(MEASURES),
        quantity=st.integers(1, 9),
        revenue=st.sampled_from([None, 129]),
        currency=st.sampled_from([None, "GBP"]),
        event=st.sampled_from([None, "returned"]),
    ),
    min_size=1,
    max_size=30,
)


@given(ROWS, st.sampled_from(KINDS))
@settings(max_examples=30, deadline=None)
def test_any_windows_together_are_what_they_are_alone(rows: list[Row], issues: list[Rules]) -> None:
    with tempfile.TemporaryDirectory() as place:
        house = new(Path(place) / "house")
        deliver(house, rows)
        found = together(house, issues)
        house.close()
        house = open_house(Path(place) / "house")
        assert alone(house, issues) == found
        house.close()
