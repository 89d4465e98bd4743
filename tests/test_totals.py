"""Totals: what counts, what does not and why; nothing is lost; only what changed is computed again."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from hitparade import database
from hitparade.engine.content import content_digest, file_digest
from hitparade.house import House
from hitparade.ledger.totals import TotalsSet, limit
from hitparade.rulebook.rules import Profile
from ledger_maker import Row, deliver

FRIDAY = date(2016, 9, 2)
NOON = datetime(2016, 9, 2, 12)
SONG = {"title": "Closer", "artist": "The Chainsmokers"}
STREAM = "on_demand.premium"


def totals(
    house: House,
    profile: Profile | None = None,
    *,
    zone: str = "UTC",
    cuts: frozenset[tuple[int, str]] = frozenset(),
    days: Sequence[date] = (FRIDAY,),
    territory: str = "GB",
) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    totals_set = TotalsSet(profile or Profile(), zone, cuts)
    house.ledger.build(totals_set, territory, days)
    files = sorted((house.paths.totals / totals_set.id / territory).glob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def lines(house: House, profile: Profile | None = None, **rest: Any) -> list[tuple[str, int, int]]:  # noqa: ANN401
    """Return (why_out, rows, quantity) of each line in key order."""
    return [(row["why_out"], row["rows"], row["quantity"]) for row in totals(house, profile, **rest)]


def plays(n: int, **said: Any) -> list[Row]:  # noqa: ANN401
    return [Row(**{**SONG, "at": NOON + timedelta(minutes=i), "measure": STREAM, **said}) for i in range(n)]


def test_plays_of_two_spellings_add_up_to_one_recording(house: House) -> None:
    """3 rows of one spelling and 1 of quantity 4 of another: 4 rows, 7 plays."""
    deliver(house, [*plays(3), *plays(1, title="CLOSER", quantity=4)])
    assert lines(house) == [("", 4, 7)]


def test_a_short_play_does_not_count_but_is_kept(house: House) -> None:
    """29,999 ms is short of 30,000; 30,000 is not; a play of unknown length counts."""
    deliver(house, [*plays(1, ms_played=29_999), *plays(1, ms_played=30_000), *plays(1, ms_played=None)])
    assert lines(house, Profile(minimum_play={"on_demand.*": 30_000})) == [("", 2, 2), ("short_play", 1, 1)]


def test_a_limit_of_the_measure_comes_before_that_of_its_use() -> None:
    patterns = {"on_demand.*": 10, "on_demand.trial": 3}
    measures = ["on_demand.premium", "on_demand.trial", "on_demand", "video.premium"]
    assert [limit(patterns, measure) for measure in measures] == [10, 3, 10, None]


def test_the_cap_holds_for_one_consumer_at_one_channel_on_one_day(house: House) -> None:
    """Anna plays 12 times, cap 10: 10 count and 2 do not. Ben's 3 and Anna's 4 elsewhere all count.

    At "tune": 10 + 3 = 13 count, 2 are over. At "wave": 4 count.
    """
    anna, ben = "a" * 16, "b" * 16
    deliver(
        house,
        [
            *plays(12, channel="tune", consumer=anna),
            *plays(3, channel="tune", consumer=ben),
            *plays(4, channel="wave", consumer=anna),
        ],
    )
    made = totals(house, Profile(cap={STREAM: 10}))
    assert [(row["channel"], row["why_out"], row["rows"], row["quantity"]) for row in made] == [
        ("tune", "", 13, 13),
        ("tune", "over_cap", 2, 2),
        ("wave", "", 4, 4),
    ]


def test_the_cap_sees_the_recording_and_not_the_spelling(house: House) -> None:
    """6 plays of one spelling and 6 of another are 12 of one recording: 2 over a cap of 10."""
    one, other = plays(6, consumer="a" * 16), plays(6, consumer="a" * 16, title="CLOSER")
    deliver(house, [*one, *other])
    assert lines(house, Profile(cap={STREAM: 10})) == [("", 10, 10), ("over_cap", 2, 2)]


def test_the_cap_cuts_quantities_of_rows_that_stand_for_many_plays(house: House) -> None:
    """3 rows of 5 plays are 15: 3 rows count with 10 plays, 5 plays are over and no row is left for them."""
    deliver(house, plays(3, quantity=5, consumer="a" * 16))
    assert lines(house, Profile(cap={STREAM: 10})) == [("", 3, 10), ("over_cap", 0, 5)]


def test_rows_without_a_consumer_are_never_capped(house: House) -> None:
    deliver(house, plays(12))
    assert lines(house, Profile(cap={STREAM: 10})) == [("", 12, 12)]


def test_short_plays_do_not_use_up_the_cap(house: House) -> None:
    """5 short and 11 long plays, cap 10: 10 count, 1 is over, 5 are short."""
    anna = "a" * 16
    deliver(house, [*plays(5, ms_played=1, consumer=anna), *plays(11, ms_played=60_000, consumer=anna)])
    profile = Profile(minimum_play={STREAM: 30_000}, cap={STREAM: 10})
    assert lines(house, profile) == [("", 10, 10), ("over_cap", 1, 1), ("short_play", 5, 5)]


def test_the_cap_begins_again_on_the_next_day(house: House) -> None:
    """12 plays on Friday and 12 on Saturday: 10 and 2 on each."""
    anna = "a" * 16
    saturday = [row._replace(at=row.at + timedelta(1)) for row in plays(12, consumer=anna) if row.at]
    deliver(house, [*plays(12, consumer=anna), *saturday])
    days = (FRIDAY, FRIDAY + timedelta(1))
    assert lines(house, Profile(cap={STREAM: 10}), days=days) == [("", 10, 10), ("over_cap", 2, 2)] * 2


def test_repeats_count_once_and_the_highest_quantity_wins(house: House) -> None:
    """Three equal rows of 1, 5 and 2: the 5 counts, 1 + 2 = 3 are repeats. A row by day is never a repeat."""
    same = [Row(**SONG, at=NOON, quantity=quantity) for quantity in (1, 5, 2)]
    by_day = [Row(**SONG, day=FRIDAY)] * 2
    deliver(house, [*same, *by_day])
    assert lines(house, Profile(repeats="once")) == [("", 3, 7), ("repeat", 2, 3)]
    assert lines(house, Profile(repeats="count"))[0] == ("", 5, 10)


def test_another_station_time_consumer_or_song_is_no_repeat(house: House) -> None:
    first = Row(**SONG, at=NOON, channel="KGB", consumer="a" * 16)
    others = [
        first._replace(channel="WXRT"),
        first._replace(at=NOON + timedelta(seconds=1)),
        first._replace(consumer="b" * 16),
        first._replace(title="Cold Water"),
    ]
    deliver(house, [first, *others])
    assert {row["why_out"] for row in totals(house, Profile(repeats="once"))} == {""}


def test_a_short_row_does_not_make_its_repeat_one(house: House) -> None:
    """The short row with quantity 9 is out as short; the long one of quantity 1 is the only one left."""
    short = Row(**SONG, at=NOON, ms_played=1, quantity=9)
    deliver(house, [short, short._replace(ms_played=60_000, quantity=1)])
    profile = Profile(minimum_play={"detection": 30_000}, repeats="once")
    assert lines(house, profile) == [("", 1, 1), ("short_play", 1, 9)]


def test_a_day_is_the_zone_s_day(house: House) -> None:
    """In New York (UTC-4) Friday runs from 04:00 UTC to 04:00 UTC on Saturday."""
    before, first = datetime(2016, 9, 2, 3, 59), datetime(2016, 9, 2, 4)
    last, after = datetime(2016, 9, 3, 3, 59), datetime(2016, 9, 3, 4)
    quantities = {before: 1, first: 10, last: 100, after: 1000}
    deliver(house, [Row(**SONG, at=at, quantity=quantity) for at, quantity in quantities.items()])
    made = totals(house, zone="America/New_York")
    assert [(row["slot"], row["quantity"]) for row in made] == [(first, 110)]


def test_a_sender_s_day_counts_on_that_day_in_any_zone(house: House) -> None:
    deliver(house, [Row(**SONG, day=FRIDAY, quantity=7), Row(**SONG, day=FRIDAY + timedelta(1), quantity=9)])
    made = totals(house, zone="America/New_York")
    assert [(row["day"], row["slot"], row["quantity"]) for row in made] == [(FRIDAY, datetime(2016, 9, 2, 4), 7)]


def test_a_cut_day_has_two_slots_and_a_row_by_day_stands_in_neither(house: House) -> None:
    """A week that begins on Friday at 06:00 cuts the day; 7 plays delivered by day cannot be cut."""
    early, late = datetime(2016, 9, 2, 5, 59), datetime(2016, 9, 2, 6)
    deliver(house, [Row(**SONG, at=early), Row(**SONG, at=late, quantity=2), Row(**SONG, day=FRIDAY, quantity=7)])
    made = totals(house, cuts=frozenset({(4, "06:00")}))
    assert [(row["slot"], row["why_out"], row["quantity"]) for row in made] == [
        (datetime(2016, 9, 2), "", 1),
        (datetime(2016, 9, 2), "day_not_cut", 7),
        (datetime(2016, 9, 2, 6), "", 2),
    ]


def test_on_a_cut_day_the_earlier_slot_is_counted_first(house: House) -> None:
    """7 plays before 06:00 and 6 after are 13 of the day, cap 10: 7 count, then 3 of 6."""
    anna = "a" * 16
    early = [Row(**SONG, at=datetime(2016, 9, 2, 1, i), consumer=anna, measure=STREAM) for i in range(7)]
    deliver(house, [*early, *plays(6, consumer=anna)])
    made = totals(house, Profile(cap={STREAM: 10}), cuts=frozenset({(4, "06:00")}))
    assert [(row["slot"].hour, row["why_out"], row["rows"], row["quantity"]) for row in made] == [
        (0, "", 7, 7),
        (6, "", 3, 3),
        (6, "over_cap", 3, 3),
    ]


def test_revenue_is_kept_by_currency_and_the_cap_counts_over_all_of_them(house: House) -> None:
    """2 sales in EUR and 2 in GBP by one buyer, cap 3: EUR first, then 1 of GBP; 1 is over."""
    sale = {"measure": "download", "consumer": "a" * 16, "revenue": 99}
    deliver(house, [*plays(2, currency="GBP", **sale), *plays(2, currency="EUR", **sale)])
    made = totals(house, Profile(cap={"download": 3}))
    assert [(row["currency"], row["why_out"], row["rows"], row["revenue"]) for row in made] == [
        ("EUR", "", 2, 198),
        ("GBP", "", 1, 198),
        ("GBP", "over_cap", 1, 0),
    ]


PROFILE = Profile(minimum_play={"on_demand.*": 30_000}, cap={"on_demand.*": 2}, repeats="once")


def mixed() -> list[Row]:
    """Return some of everything, from Thursday to Saturday."""
    made = []
    for i in range(240):
        at = datetime(2016, 9, 1, 18) + timedelta(minutes=13 * (i % 170))
        consumer = None if i % 5 == 0 else "abc"[i % 3] * 16
        made.append(
            Row(
                ["Closer", "CLOSER", "Cold Water"][i % 7 % 3],
                "X",
                at=at if i % 11 else None,
                day=None if i % 11 else at.date(),
                channel=["tune", "wave"][i % 2],
                measure=[STREAM, "on_demand.ad_funded", "detection"][i % 13 % 3],
                quantity=1 + i % 4,
                ms_played=[None, 10_000, 60_000][i % 3],
                consumer=consumer,
                audience=i if i % 2 else None,
            )
        )
    return made


ALL_DAYS = tuple(date(2016, 8, 31) + timedelta(n) for n in range(6))


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Auckland"])
@pytest.mark.parametrize("cuts", [frozenset(), frozenset({(4, "06:00"), (5, "18:30")})])
def test_counted_and_not_counted_make_what_was_accepted(
    house: House, zone: str, cuts: frozenset[tuple[int, str]]
) -> None:
    rows = mixed()
    deliver(house, rows)
    made = totals(house, PROFILE, zone=zone, cuts=cuts, days=ALL_DAYS)
    assert sum(row["rows"] for row in made) == len(rows)
    assert sum(row["quantity"] for row in made) == sum(row.quantity for row in rows)
    assert sum(row["audience"] for row in made) == sum(row.audience or 0 for row in rows)


def test_totals_say_what_plain_python_says(house: House) -> None:
    """The rules spelt out slowly, row by row, in UTC."""
    rows = mixed()
    deliver(house, rows)
    kept: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    expected: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])

    def add(row: Row, why: str, count: int, quantity: int) -> None:
        sums = expected[row.partition, row.channel, row.measure, row.title.casefold(), why]
        sums[0], sums[1] = sums[0] + count, sums[1] + quantity

    winners: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        if row.measure.startswith("on_demand.") and row.ms_played is not None and row.ms_played < 30_000:
            add(row, "short_play", 1, row.quantity)
            continue
        same = (row.channel, row.at, row.consumer, row.title.casefold()) if row.at else id(row)
        best = winners.setdefault((same,), row)
        if best is not row:
            loser = min(best, row, key=lambda each: (each.quantity, [-ord(c) for c in each.measure]))
            winners[same,] = row if loser is best else best
            add(loser, "repeat", 1, loser.quantity)
    for row in winners.values():
        kept[row.partition, row.channel, row.measure, row.title.casefold(), row.consumer].append(row)
    for (*_, consumer), group in kept.items():
        count, quantity = len(group), sum(row.quantity for row in group)
        capped = consumer is not None and group[0].measure.startswith("on_demand.") and quantity > 2
        add(group[0], "", min(count, 2) if capped else count, 2 if capped else quantity)
        if capped:
            add(group[0], "over_cap", count - min(count, 2), quantity - 2)
    titles = {
        house.ledger.identity.resolve("closer / x").id: "closer",  # type: ignore[union-attr]
        house.ledger.identity.resolve("cold water / x").id: "cold water",  # type: ignore[union-attr]
    }
    made = {
        (row["day"], row["channel"], row["measure"], titles[row["recording"]], row["why_out"]): [
            row["rows"],
            row["quantity"],
        ]
        for row in totals(house, PROFILE, days=ALL_DAYS)
    }
    assert made == expected


def contents(house: House, **rest: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    totals(house, PROFILE, days=ALL_DAYS, **rest)
    table = database.totals_days.c
    with house.database.connect() as connection:
        found = connection.execute(select(table.day, table.content).order_by(table.day)).all()
    return [(row.day, row.content) for row in found]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_threads_order_and_splitting_change_nothing(tmp_path: Any, zone: str) -> None:  # noqa: ANN401
    from hitparade.engine.duck import Duck
    from hitparade.house import new
    from hitparade.ledger.ledger import Ledger

    rows = mixed()
    parts = [[rows], [rows[::-1]], [rows[:100], rows[100:]], [rows[1::2], rows[::2]]]
    found = []
    for number, (split, threads) in enumerate(zip(parts, [1, 2, 4, 2], strict=True)):
        house = new(tmp_path / str(number))
        for name, part in enumerate(split):
            deliver(house, part, name=f"{name}.csv")
        house.__dict__["ledger"] = Ledger(house.paths, house.database, Duck(threads, "1GB", house.paths.scratch))
        found.append(contents(house, zone=zone))
    assert found == [found[0]] * 4


def test_only_days_that_changed_are_computed_again(house: House) -> None:
    days = [FRIDAY, FRIDAY + timedelta(1)]
    first = deliver(house, [Row(**SONG, day=day) for day in days], name="first.csv")
    totals_set, seen = TotalsSet(Profile(), "UTC"), []
    build = house.ledger.build
    assert build(totals_set, "GB", days, lambda _, note: seen.append(note)) == 2
    assert seen == ["GB 2016-09-02", "GB 2016-09-03"]
    assert build(totals_set, "GB", days) == 0
    deliver(house, [Row("Cold Water", "X", day=days[1])], name="second.csv")
    assert build(totals_set, "GB", days) == 1
    deliver(house, [Row(**SONG, day=days[0])], name="third.csv", replaces=first)
    assert build(totals_set, "GB", days) == 2


def test_a_merge_of_identities_computes_the_touched_days_again(house: House) -> None:
    """A delivery of another day says by ISRC that Friday's two songs are one: Friday is computed again."""
    one, other = Row("Alpha", "X", "GBAAA0000001", day=FRIDAY), Row("Beta", "X", "GBAAA0000002", day=FRIDAY)
    deliver(house, [one, other], name="first.csv")
    totals_set = TotalsSet(Profile(), "UTC")
    assert house.ledger.build(totals_set, "GB", [FRIDAY]) == 1
    deliver(house, [Row("Alpha", "X", "GBAAA0000002", day=FRIDAY + timedelta(3))], name="merge.csv")
    assert house.ledger.build(totals_set, "GB", [FRIDAY]) == 1
    assert lines(house) == [("", 2, 2)]


def test_a_day_without_rows_any_more_has_no_totals(house: House) -> None:
    old = deliver(house, [Row(**SONG, day=FRIDAY)], name="old.csv")
    assert lines(house) == [("", 1, 1)]
    deliver(house, [Row(**SONG, day=FRIDAY + timedelta(1))], name="new.csv", replaces=old)
    assert lines(house) == []
    assert lines(house, days=[FRIDAY + timedelta(1)]) == [("", 1, 1)]


@pytest.mark.parametrize("point", ["totals:written", "totals:committed"])
def test_a_crash_leaves_old_or_new_and_a_repeat_gives_the_same(
    house: House, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(house, mixed()[:100], name="first.csv")
    contents(house)
    deliver(house, mixed()[100:], name="second.csv")

    def stop(name: str) -> None:
        if name == point:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("hitparade.ledger.shelf.commit_point", stop)
        with pytest.raises(KeyboardInterrupt):
            contents(house)
    after = contents(house)
    for file in house.paths.totals.glob("*/*/*.parquet"):
        file.unlink()
    assert contents(house) == after


def test_the_content_digest_does_not_depend_on_chunks(house: House) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    deliver(house, mixed())
    totals(house, PROFILE)
    (file,) = house.paths.totals.glob("*/*/*.parquet")
    table = pq.read_table(file)
    pieces = pa.concat_tables([table.slice(0, 5), table.slice(5, 1), table.slice(6)])
    assert content_digest(table) == content_digest(pieces) == file_digest(file)
    assert file.stem == f"2016-09-02-{content_digest(table)[:16]}"
    assert content_digest(table.slice(1)) != content_digest(table)


def test_the_set_is_named_by_rules_zone_and_real_cuts() -> None:
    base = TotalsSet(Profile(), "UTC")
    midnight = TotalsSet(Profile(), "UTC", frozenset({(4, "00:00")}))
    others = [
        TotalsSet(Profile(cap={"detection": 1}), "UTC"),
        TotalsSet(Profile(minimum_play={"detection": 1}), "UTC"),
        TotalsSet(Profile(repeats="once"), "UTC"),
        TotalsSet(Profile(), "Europe/London"),
        TotalsSet(Profile(), "UTC", frozenset({(4, "06:00")})),
    ]
    assert midnight.id == base.id
    assert len({base.id, *(other.id for other in others)}) == 6


def test_a_lost_row_file_is_named(house: House) -> None:
    from hitparade.errors import HouseError

    deliver(house, [Row(**SONG, day=FRIDAY)])
    (file,) = house.paths.rows.glob("*/*/*.parquet")
    file.unlink()
    with pytest.raises(HouseError, match=r"this file of the ledger is gone"):
        totals(house)
