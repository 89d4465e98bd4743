"""Candidates: the largest songs of each measure, the named ones, and what bounds all others."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitparade.chart import CandidateSet
from hitparade.errors import CompileError
from hitparade.house import House
from hitparade.ledger.candidates import head
from ledger_maker import Row, deliver
from rules_maker import rules

FRIDAY = date(2016, 9, 2)
WEEK = timedelta(7)


def row(title: str, quantity: int, *, day: date = FRIDAY, measure: str = "detection", channel: str = "A") -> Row:
    return Row(title, "X", day=day, quantity=quantity, measure=measure, channel=channel)


def songs(found: CandidateSet) -> list[str]:
    return [candidate.title for candidate in found.candidates]


def test_the_k_largest_of_each_measure_and_the_named_ones(house: House) -> None:
    """Two of detection (A 30, B 20), two of download (D 9, C 5), and E because the state names it."""
    deliver(
        house,
        [
            *(row(title, q) for title, q in [("A", 30), ("B", 20), ("C", 10), ("E", 1), ("F", 2)]),
            *(row(title, q, measure="download") for title, q in [("C", 5), ("D", 9), ("F", 1)]),
        ],
    )
    found = house.candidates(rules(FRIDAY, measures=("detection", "download")), 2, ["e / x"])
    assert songs(found) == ["A", "B", "C", "D", "E"]
    assert found.kth == {"detection": 20, "download": 5}
    assert found.market == {"detection": (63,), "download": (15,)}
    assert {c.title: c.sums for c in found.candidates}["C"] == {"detection": (10,), "download": (5,)}


def test_nothing_is_left_out_when_there_are_no_more_than_k(house: House) -> None:
    deliver(house, [row("A", 30), row("B", 20)])
    assert house.candidates(rules(FRIDAY), 2).kth == {"detection": 0}
    assert house.candidates(rules(FRIDAY), 1).kth == {"detection": 30}


def test_sums_of_earlier_windows_come_with_each_candidate(house: House) -> None:
    """A: 5 this week, 7 a week ago, nothing before; B was only there two weeks ago and is named."""
    deliver(house, [row("A", 5), row("A", 7, day=FRIDAY - WEEK), row("B", 9, day=FRIDAY - 2 * WEEK)])
    found = house.candidates(rules(FRIDAY, look_back=2), 10, ["b / x"])
    assert {c.title: c.sums["detection"] for c in found.candidates} == {"A": (5, 7, 0), "B": (0, 0, 9)}
    assert found.market == {"detection": (5, 7, 9)}
    assert songs(house.candidates(rules(FRIDAY, look_back=2), 10)) == ["A"]


def test_what_is_out_by_a_row_rule_is_not_in_the_sums(house: House) -> None:
    """A repeat of equal station, time and song does not count when repeats count once."""
    from hitparade.rulebook.rules import Profile

    deliver(house, [Row("A", "X", at=datetime(2016, 9, 2, 12))] * 3)
    once = rules(FRIDAY, profile=Profile(repeats="once"))
    assert house.candidates(once, 10).market == {"detection": (1,)}
    assert house.candidates(rules(FRIDAY), 10).market == {"detection": (3,)}


def test_a_panel_weighs_its_channels_and_leaves_out_the_others(house: House) -> None:
    """A: 2 plays at KGB x 3 + 1 at WXRT x 1 = 7; 100 plays at a station off the panel count for nothing."""
    deliver(house, [row("A", 2, channel="KGB"), row("A", 1, channel="WXRT"), row("B", 100, channel="HOME")])
    found = house.candidates(rules(FRIDAY, panel={"KGB": 3, "WXRT": 1, "ELSE": 9}), 10)
    assert [(c.title, c.sums["detection"], c.channels) for c in found.candidates] == [("A", (7,), 2)]
    assert found.market == {"detection": (7,)}
    assert house.candidates(rules(FRIDAY, panel={}), 10).candidates == ()


def test_channels_are_those_of_this_window_and_of_measures_that_count(house: House) -> None:
    deliver(
        house,
        [
            *(row("A", 1, channel=name) for name in ("KGB", "WXRT")),
            row("A", 1, channel="SHOP", measure="download"),
            row("A", 1, channel="OLD", day=FRIDAY - WEEK),
        ],
    )
    (found,) = house.candidates(rules(FRIDAY, look_back=1), 10).candidates
    assert found.channels == 2


def test_a_window_may_begin_inside_a_day(house: House) -> None:
    """Friday 06:00 New York is 10:00 UTC; the week ends there too, seven days on."""
    begins, ends = datetime(2016, 9, 2, 10), datetime(2016, 9, 9, 10)
    minute = timedelta(minutes=1)
    quantities = {begins - minute: 1, begins: 10, ends - minute: 100, ends: 1000}
    deliver(house, [Row("A", "X", at=at, quantity=q) for at, q in quantities.items()])
    asked = rules(FRIDAY, at=time(6), zone="America/New_York", look_back=1)
    (found,) = house.candidates(asked, 10).candidates
    assert found.sums == {"detection": (110, 1)}


def test_a_window_that_no_cut_fits_is_refused(house: House) -> None:
    from dataclasses import replace

    deliver(house, [row("A", 1)])
    asked = replace(rules(FRIDAY, at=time(6)), cuts=frozenset())
    with pytest.raises(CompileError, match=r"not cut at these instants; the book's week must name them"):
        house.candidates(asked, 10)


def test_a_ledger_without_the_window_has_no_candidates(house: House) -> None:
    assert house.candidates(rules(FRIDAY), 10, ["a / x"]) == CandidateSet((), 10, {"detection": 0}, {"detection": (0,)})
    deliver(house, [row("A", 1, day=FRIDAY - 9 * WEEK)])
    found = house.candidates(rules(FRIDAY), 10, ["a / x", "unknown / song"])
    assert [(c.song, c.sums) for c in found.candidates] == [("a / x", {"detection": (0,)})]


def test_another_territory_is_another_market(house: House) -> None:
    deliver(house, [row("A", 1), row("B", 2)._replace(territory="US")])
    assert songs(house.candidates(rules(FRIDAY), 10)) == ["A"]
    assert songs(house.candidates(rules(FRIDAY, territory="US"), 10)) == ["B"]


def test_a_late_delivery_is_in_the_next_answer(house: House) -> None:
    deliver(house, [row("A", 1)], name="first.csv")
    assert songs(house.candidates(rules(FRIDAY), 10)) == ["A"]
    before = house.totals_contents(rules(FRIDAY))
    deliver(house, [row("B", 2)], name="late.csv")
    assert songs(house.candidates(rules(FRIDAY), 10)) == ["A", "B"]
    assert house.totals_contents(rules(FRIDAY)) != before


def test_a_key_of_an_earlier_state_names_the_song(house: House) -> None:
    deliver(
        house,
        [
            Row("Zeta", "X", "GBAAA0000001", day=FRIDAY),
            Row("Alpha", "X", "GBAAA0000001", day=FRIDAY),
            row("B", 9),
        ],
    )
    found = house.candidates(rules(FRIDAY), 1, ["zeta / x"])
    assert [candidate.song for candidate in found.candidates] == ["alpha / x", "b / x"]


def test_candidates_carry_release_dates_and_audience(house: House) -> None:
    deliver(house, [row("A", 1)._replace(released=date(2016, 5, 24), audience=1200)])
    (found,) = house.candidates(rules(FRIDAY), 10).candidates
    assert (found.released, found.audience, found.credit) == (date(2016, 5, 24), {"detection": (1200,)}, "X")


@given(st.dictionaries(st.integers(0, 40), st.integers(-3, 9)), st.integers(0, 12))
def test_the_head_is_what_sorting_says(sums: dict[int, int], k: int) -> None:
    """Largest first, of equals the smaller number; a song left out has at most the k-th quantity."""
    import numpy as np

    ordered = sorted((number for number in sums if sums[number] > 0), key=lambda number: (-sums[number], number))
    numbers = np.array(sorted(sums), np.int64)
    found, kth = head(numbers, np.array([sums[n] for n in sorted(sums)], np.int64), k)
    assert sorted(found.tolist()) == sorted(ordered[:k])
    assert all(sums[number] <= kth for number in ordered[k:])
    assert kth == (sums[ordered[max(k, 1) - 1]] if len(ordered) > k else 0)


def test_where_a_line_comes_from(house: House) -> None:
    """Friday: 2 plays of 2 spellings at A, 1 at a station off the panel; Saturday: 3 uncounted downloads."""
    first = deliver(house, [row("Closer", 1), row("CLOSER", 1), row("Closer", 1, channel="HOME")], name="a.csv")
    second = deliver(
        house, [row("Closer", 3, measure="download", day=FRIDAY + timedelta(1)), row("B", 1)], name="b.csv"
    )
    asked = rules(FRIDAY, panel={"A": 1})
    told = house.line_sources(asked, "closer / x")
    assert [(r.day.day, r.channel, r.measure, r.why_out, r.rows, r.quantity) for r in told] == [
        (2, "A", "detection", "", 2, 2),
        (2, "HOME", "detection", "off_panel", 1, 1),
        (3, "A", "download", "no_units", 1, 3),
    ]
    held = house.line_deliveries(asked, "closer / x")
    assert sorted((h.delivery, h.name, h.title, h.rows, h.quantity) for h in held) == sorted(
        [
            (first, "a.csv", "Closer", 2, 2),
            (first, "a.csv", "CLOSER", 1, 1),
            (second, "b.csv", "Closer", 1, 3),
        ]
    )
    assert house.line_sources(asked, "unknown / song") == ()
    assert house.line_deliveries(asked, "unknown / song") == ()
