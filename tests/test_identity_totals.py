"""Identity and counting: after any corrections, what is redone of touched keys equals a rebuild from nothing."""

import shutil
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import MOMENT
from hitparade.catalog import log
from hitparade.catalog.decisions import Ruling
from hitparade.counting import Bulk
from hitparade.digest import digest_of
from hitparade.engine.content import file_digest
from hitparade.house import House, new, open_house
from hitparade.ledger import building
from hitparade.ledger.shelf import Shelf
from hitparade.ledger.totals import TotalsSet
from ledger_maker import Row, deliver
from test_totals import Profile

DAY = date(2016, 9, 2)
DAYS = [DAY + timedelta(n) for n in range(3)]
CAPPED = TotalsSet(Profile(cap={"detection": 2}), "UTC")
ALL = (
    CAPPED,
    TotalsSet(
        Profile(cap={"detection": 3}, repeats="once"), "UTC", frozenset({(weekday, "12:00") for weekday in range(7)})
    ),
)


def play(title: str, consumer: str, n: int = 1, day: date = DAY, isrc: str = "", hour: int = 1) -> Row:
    at = datetime(day.year, day.month, day.day, hour)
    return Row(title, "X", isrc, at=at, consumer=consumer, quantity=n)


def sums(house: House, totals_set: TotalsSet = CAPPED, day: date = DAY) -> dict[tuple[str, str], int]:
    """What counted and what did not of each song on a day, built now."""
    house.ledger.build(totals_set, "GB", [day])
    identity = house.ledger.identity
    file = house.ledger._files[totals_set.id, "GB"][day]
    assert file is not None
    rows = house.engine.rows(f"select recording, why_out, quantity from '{file}' order by all")
    keys = {id_: song.key for id_, song in identity.recordings({row[0] for row in rows}).items()}
    return {(keys[id_], why): quantity for id_, why, quantity in rows}


def enter(house: House, action: str, *names: str, to: str = "") -> log.LogLine:
    ruling = Ruling(action, names, to)
    return log.enter(house.paths, house.database, ruling, why="seen", by="Ann", at=MOMENT)


def undo(house: House, line: log.LogLine) -> log.LogLine:
    return log.undo(house.paths, house.database, line.id, why="not so", by="Ann", at=MOMENT)


def test_a_cap_is_counted_again_from_rows_after_a_merge(house: House) -> None:
    """One listener plays A twice and B twice, the cap is 2: apart 2 + 2 count; as one song 2 count and 2 are over."""
    deliver(house, [play("A", "ann", 2), play("B", "ann", 2)])
    assert sums(house) == {("a / x", ""): 2, ("b / x", ""): 2}
    line = enter(house, "merge", "a / x", "b / x")
    assert sums(house) == {("a / x", ""): 2, ("a / x", "over_cap"): 2}
    undo(house, line)
    assert sums(house) == {("a / x", ""): 2, ("b / x", ""): 2}


def test_a_split_gives_each_its_own_cap(house: House) -> None:
    """A and B share an ISRC: 3 plays of one listener, 2 count. Apart, 2 of A and 1 of B count."""
    deliver(house, [play("A", "ann", 2, isrc="GB1"), play("B", "ann", 1, isrc="GB1")])
    assert sums(house) == {("a / x", ""): 2, ("a / x", "over_cap"): 1}
    enter(house, "split", "b / x")
    assert sums(house) == {("a / x", ""): 2, ("b / x", ""): 1}


def test_two_recordings_of_one_title_and_artist_are_parted_by_isrc(house: House) -> None:
    deliver(house, [play("A", "ann", 1, isrc="GB1"), play("A", "bob", 1, isrc="GB2"), play("A", "cat", 1)])
    assert sums(house) == {("a / x", ""): 3}
    enter(house, "split", "isrc:GB2")
    assert sums(house) == {("a / x", ""): 2, ("isrc:GB2", ""): 1}
    found = house.ledger.identity.resolve("isrc:GB2")
    assert found is not None
    assert (found.title, found.credit) == ("A", "X")


def test_featured_artists_named_in_three_ways_are_one_recording(house: House) -> None:
    rows = [("A feat. Z", "X"), ("A (ft. Z)", "X"), ("A", "X Featuring Z"), ("A (Remix)", "X feat. Z")]
    deliver(house, [Row(title, artist, at=datetime(2016, 9, 2, 1)) for title, artist in rows])
    assert {key for key, _ in sums(house)} == {"a / x featuring z", "a remix / x feat z"}


def test_only_touched_songs_are_read_and_only_days_that_hold_them(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three days, a file each; B is only in the first two. A merge of A and B reads their spellings, on these days."""
    deliver(house, [play(t, "ann") for t in "ABC"], name="1.csv")
    deliver(house, [play(t, "ann", day=DAYS[1]) for t in "ABC"], name="2.csv")
    deliver(house, [play("C", "ann", day=DAYS[2])], name="3.csv")
    assert house.ledger.build(CAPPED, "GB", DAYS) == 3
    read: list[tuple[tuple[date, ...], int]] = []
    real = building.sum_days

    def watched(engine: Any, join: Any, plan: Any) -> Any:  # noqa: ANN401 - whatever is handed on
        read.append((plan.days, join.num_rows))
        return real(engine, join, plan)

    monkeypatch.setattr(building, "sum_days", watched)
    enter(house, "merge", "a / x", "b / x")
    assert house.ledger.build(CAPPED, "GB", DAYS) == 2
    assert read == [((DAYS[0], DAYS[1]), 2)]


def test_a_day_whose_former_identity_is_gone_is_built_whole(house: House) -> None:
    deliver(house, [play("A", "ann", 2), play("B", "ann", 2)])
    sums(house)
    for file in house.paths.totals.glob("join-*.parquet"):
        file.unlink()
    enter(house, "merge", "a / x", "b / x")
    assert sums(house) == {("a / x", ""): 2, ("a / x", "over_cap"): 2}


def test_a_merge_and_a_new_delivery_at_once_are_built_from_all_rows(house: House) -> None:
    deliver(house, [play("A", "ann", 2)], name="1.csv")
    sums(house)
    deliver(house, [play("B", "ann", 2)], name="2.csv")
    enter(house, "merge", "a / x", "b / x")
    assert sums(house) == {("a / x", ""): 2, ("a / x", "over_cap"): 2}


def everything(house: House, sets: Sequence[TotalsSet] = ALL) -> dict[str, str]:
    """The digests of what is derived from identity: who is who, totals by set and day, and the files themselves."""
    identity = house.ledger.identity
    found = {"identity": digest_of([[str(cell) for cell in row.values()] for row in identity.table.to_pylist()])}
    found["told"] = digest_of(sorted((str(k), str(v)) for k, v in (identity.table.schema.metadata or {}).items()))
    for totals_set in sets:
        house.ledger.build(totals_set, "GB", DAYS)
        shelf = Shelf(house.paths, house.database, totals_set.id, "GB")
        for day, known in shelf.committed(DAYS).items():
            assert file_digest(shelf.file(day, known.content)) == known.content
            found[f"{totals_set.id} {day}"] = known.content
    return found


def from_nothing(house: House, place: Path) -> House:
    """The same deliveries and log in a house that never built anything."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(house.paths.root, place)
    shutil.rmtree(place / "totals", ignore_errors=True)
    made = open_house(place, clock=lambda: MOMENT)
    from hitparade import database

    with database.writing(made.database) as transaction:
        transaction.execute(database.totals_days.delete())
    return made


titles = st.sampled_from("ABCDE")
plays = st.builds(
    play, titles, st.sampled_from(["ann", "bob"]), st.integers(1, 3), st.sampled_from(DAYS),
    st.sampled_from(["", "", "GB1", "GB2"]), st.sampled_from([1, 13]),
)  # fmt: skip
names = st.one_of(st.builds(lambda title: f"{title.lower()} / x", titles), st.sampled_from(["isrc:GB1", "f / x"]))
steps = st.one_of(
    st.tuples(st.just("merge"), names, names),
    st.tuples(st.just("split"), names, names),
    st.tuples(st.just("move"), names, names),
    st.tuples(st.just("undo"), st.integers(0, 5), st.just("")),
)


def follow(house: House, step: tuple[str, Any, Any]) -> None:
    action, one, other = step
    if action == "undo":
        held = log.standing(log.lines(house.database))
        lines = [line for line in log.lines(house.database) if line.id in held]
        if lines:
            undo(house, lines[one % len(lines)])
    elif action == "split":
        enter(house, "split", one)
    elif one != other:
        enter(house, action, *((one, other) if action == "merge" else (one,)), to=other if action == "move" else "")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(plays, min_size=1, max_size=8), min_size=1, max_size=3), st.lists(steps, min_size=1, max_size=5)
)
def test_what_is_redone_equals_a_rebuild_from_nothing(
    tmp_path: Path, files: list[list[Row]], said: list[tuple[str, Any, Any]]
) -> None:
    place = tmp_path / "walk"
    shutil.rmtree(place, ignore_errors=True)
    new(place, name="Walk")
    house = open_house(place, clock=lambda: MOMENT)
    for n, rows in enumerate(files):
        deliver(house, rows, name=f"{n}.csv")
    everything(house)
    for step in said:
        follow(house, step)
        other = from_nothing(house, tmp_path / "anew")
        try:
            assert everything(house) == everything(other)
        finally:
            other.close()
    house.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(plays, min_size=1, max_size=8), st.lists(steps, max_size=2), names, names)
def test_a_decision_and_its_undo_leave_everything_as_it_was(
    tmp_path: Path, rows: list[Row], before: list[tuple[str, Any, Any]], one: str, other: str
) -> None:
    place = tmp_path / "walk"
    shutil.rmtree(place, ignore_errors=True)
    new(place, name="Walk")
    house = open_house(place, clock=lambda: MOMENT)
    deliver(house, rows)
    for step in before:
        follow(house, step)
    then, length = everything(house), log.length(house.database)
    line = enter(house, "merge", one, other)
    everything(house)
    undo(house, line)
    assert everything(house) == then
    assert log.length(house.database) == length + 2
    house.close()


def test_limits_of_a_week_are_counted_again_too(house: House) -> None:
    """Two pieces a week of one product count. A sold 1 on Friday and B 2 on Saturday are 3 of one song: 1 then 1."""
    weekly = TotalsSet(Profile(bulk={"download": Bulk(2, None, "week", 4)}), "UTC")
    row = Row("A", "X", at=datetime(2016, 9, 2, 1), measure="download", consumer="ann", product="p")
    later = row._replace(title="B", at=datetime(2016, 9, 3, 1), quantity=2)
    deliver(house, [row, later])
    saturday = DAYS[1]
    assert sums(house, weekly, saturday) == {("b / x", ""): 2}
    enter(house, "merge", "a / x", "b / x")
    redone = sums(house, weekly, saturday)
    assert sum(redone.values()) == 2
    assert redone[("a / x", "")] == 1
