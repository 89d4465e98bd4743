"""Days of a territory that are summed together: each is what it would be alone."""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hitparade.counting import Bulk
from hitparade.house import House, new
from hitparade.ledger import building
from hitparade.ledger.shelf import Shelf
from hitparade.ledger.totals import TotalsSet
from hitparade.rulebook.rules import Profile
from ledger_maker import Row, deliver

MONDAY = date(2016, 10, 24)
DAYS = [MONDAY + timedelta(n) for n in range(8)]
STREAM = "on_demand.premium"
CAP_OF_TWO = Profile(cap={"on_demand.*": 2})
Line = tuple[datetime, str, int]


def play(at: datetime | None, quantity: int = 1, **said: object) -> Row:
    told = {"measure": STREAM, "channel": "tune", "consumer": "ann", "at": at, "quantity": quantity, **said}
    return Row("Closer", "The Chainsmokers", **told)  # type: ignore[arg-type]


def shelf(house: House, totals_set: TotalsSet) -> Shelf:
    return Shelf(house.paths, house.database, totals_set.id, "GB")


def built(house: House, totals_set: TotalsSet) -> dict[date, list[Line]]:
    """What is in the file of each day: slot, why a row is out, quantity."""
    house.ledger.build(totals_set, "GB", DAYS)
    files = shelf(house, totals_set).files(DAYS)
    told = {day: pq.read_table(file).to_pylist() for day, file in files.items()}
    assert all(row["day"] == day for day, rows in told.items() for row in rows)
    return {day: [(row["slot"], row["why_out"], row["quantity"]) for row in rows] for day, rows in told.items()}


def test_a_cap_begins_anew_each_day(house: House) -> None:
    """Three plays on Monday, three on Tuesday, one on Thursday, a cap of two: 2, 2 and 1 count; 1, 1 and 0 are over."""
    noons = {n: datetime(2016, 10, 24 + n, 12) for n in (0, 1, 3)}
    deliver(house, [play(noons[0], 3), play(noons[1], 3), play(noons[3], 1)])
    midnights = {n: noon.replace(hour=0) for n, noon in noons.items()}
    assert built(house, TotalsSet(CAP_OF_TWO, "UTC")) == {
        DAYS[0]: [(midnights[0], "", 2), (midnights[0], "over_cap", 1)],
        DAYS[1]: [(midnights[1], "", 2), (midnights[1], "over_cap", 1)],
        DAYS[3]: [(midnights[3], "", 1)],
    }


def test_days_of_another_zone_change_with_its_clock(house: House) -> None:
    """London: 29 October ends at 23:00 UTC, 30 October, an hour longer, at midnight UTC. Each has its own."""
    deliver(
        house,
        [
            play(datetime(2016, 10, 29, 22, 59), 1),
            play(datetime(2016, 10, 29, 23, 0), 2),
            play(datetime(2016, 10, 30, 23, 59), 3),
            play(datetime(2016, 10, 31, 0, 0), 4),
        ],
    )
    made = built(house, TotalsSet(Profile(), "Europe/London"))
    # 2 and 3 are both of 30 October, which begins at 23:00 UTC of the day before.
    assert made[date(2016, 10, 29)] == [(datetime(2016, 10, 28, 23), "", 1)]
    assert made[date(2016, 10, 30)] == [(datetime(2016, 10, 29, 23), "", 5)]
    assert made[date(2016, 10, 31)] == [(datetime(2016, 10, 31), "", 4)]


def test_a_day_that_is_cut_beside_days_that_are_not(house: House) -> None:
    """Mondays are cut at 06:00. Ann's three plays of the first one straddle it: cap two, the earlier slot first.

    At 5:00 one play, at 7:00 two: 1 counts before the cut, 1 after it and 1 is over. What says only "Monday" cannot
    be cut; what says only "Tuesday" need not be.
    """
    deliver(
        house,
        [
            play(datetime(2016, 10, 24, 5)),
            play(datetime(2016, 10, 24, 7), 2),
            play(None, 5, day=DAYS[0], consumer=None),
            play(None, 6, day=DAYS[1], consumer=None),
        ],
    )
    midnight, six = datetime(2016, 10, 24), datetime(2016, 10, 24, 6)
    assert built(house, TotalsSet(CAP_OF_TWO, "UTC", frozenset({(0, "06:00")}))) == {
        DAYS[0]: [(midnight, "", 1), (midnight, "day_not_cut", 5), (six, "", 1), (six, "over_cap", 1)],
        DAYS[1]: [(datetime(2016, 10, 25), "", 6)],
    }


def test_a_cap_over_two_currencies_begins_anew_each_day(house: House) -> None:
    """Cap two, EUR before GBP. Monday: 2 in EUR count and 2 in GBP are over; Tuesday: 1 in GBP counts."""
    monday, tuesday = datetime(2016, 10, 24, 12), datetime(2016, 10, 25, 12)
    told = [(monday, "EUR"), (monday, "EUR"), (monday, "GBP"), (monday, "GBP"), (tuesday, "GBP")]
    rows = [play(at + timedelta(minutes=n), revenue=1, currency=currency) for n, (at, currency) in enumerate(told)]
    deliver(house, rows)
    assert built(house, TotalsSet(CAP_OF_TWO, "UTC")) == {
        DAYS[0]: [(datetime(2016, 10, 24), "", 2), (datetime(2016, 10, 24), "over_cap", 2)],
        DAYS[1]: [(datetime(2016, 10, 25), "", 1)],
    }


ROWS = st.lists(
    st.builds(
        play,
        st.none() | st.integers(0, 8 * 96 - 1).map(lambda n: datetime(2016, 10, 23, 22) + timedelta(minutes=15 * n)),
        st.integers(1, 4),
        consumer=st.sampled_from([None, "ann", "ben"]),
        channel=st.sampled_from(["tune", "wave"]),
        measure=st.sampled_from([STREAM, "download"]),
        revenue=st.sampled_from([None, 129]),
        currency=st.sampled_from([None, "GBP", "EUR"]),
        ms_played=st.sampled_from([None, 1_000, 60_000]),
    ).flatmap(lambda row: st.just(row) if row.at else st.sampled_from(DAYS).map(lambda day: row._replace(day=day))),
    max_size=25,
)
SETS = (
    TotalsSet(CAP_OF_TWO, "UTC"),
    TotalsSet(Profile(cap={"on_demand.*": 2}, repeats="once", minimum_play={"on_demand.*": 30_000}), "Europe/London"),
    TotalsSet(CAP_OF_TWO, "America/New_York", frozenset({(0, "06:00"), (4, "18:00")})),
    TotalsSet(CAP_OF_TWO, "UTC", frozenset({(0, "06:00")}), {"download": frozenset({(2, "12:00")})}),
    TotalsSet(Profile(bulk={"download": Bulk(2, 4)}), "Europe/London"),
    TotalsSet(Profile(bulk={"download": Bulk(2, 4, "day")}), "Europe/London"),
)


@given(ROWS, st.sampled_from(SETS))
@settings(max_examples=40, deadline=None)
def test_any_days_together_are_what_they_are_alone(rows: list[Row], totals_set: TotalsSet) -> None:
    contents = []
    for most in (1, 3, 96):
        with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
            patch.setattr(building, "_DAYS", most)
            house = new(Path(place) / "house")
            if rows:
                deliver(house, rows)
            house.ledger.build(totals_set, "GB", DAYS)
            made = shelf(house, totals_set).committed(DAYS)
            contents.append({day: each.content for day, each in made.items()})
            house.close()
    assert contents[0] == contents[1] == contents[2]
