"""What a correction would change is what it does change: on archives, on our own editions, in time."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import MOMENT
from hitparade.cataloguing import Done, Reason
from hitparade.errors import AmbiguousError, CatalogError, HouseError, UsageError
from hitparade.house import House, new, open_house
from ledger_maker import deliver
from mirror_maker import hold
from test_archive_house import CHART, WEEKS, issue, plays

WHY = Reason("seen on the label", "Ann", "the label")
LOOK = Reason(dry_run=True)
DAYS = ("2016-01-02", "2016-01-09", "2016-01-16", "2016-01-23")
TITLES = {"A": "Alpha", "B": "Beta", "C": "Cosmo", "X": "Alfa"}
SECOND = "alpha / ann [2016-01-16..]"


def charted(house: House, *weeks: str) -> None:
    """Let a house hold a chart; a week ``AB`` has Alpha first and Beta second."""
    lines = [(DAYS[n], at, TITLES[each], "Ann") for n, week in enumerate(weeks) for at, each in enumerate(week, 1)]
    hold(house, "pub", lines)


def told(house: House) -> dict[tuple[str, date], list[Any]]:
    """By issue, what the mirror says of each line: what is derived, and which of its lines are of one song."""
    sql = "select series, issue, position, title, credit, last, peak, peak_issue, peak_weeks, weeks, spell, song"
    found: dict[tuple[str, date], list[Any]] = {}
    for row in house.records.mirror.rows(f"{sql} from entries order by series, issue, position, title, credit"):
        found.setdefault(row[:2], []).append(row[2:])
    return {key: [*(row[:-1] for row in rows), together(rows)] for key, rows in found.items()}


def together(rows: list[Any]) -> list[int]:
    """For each line the first line of the same song."""
    songs = [row[-1] for row in rows]
    return [songs.index(song) for song in songs]


def changed(house: House, before: dict[tuple[str, date], list[Any]]) -> set[tuple[str, date]]:
    now = told(house)
    return {key for key in before | now if before.get(key) != now.get(key)}


def named(done: Done, *kinds: str) -> set[tuple[str, date]]:
    return {(each.chart, each.issue_date) for each in done.effects.issues if each.kind in kinds}


def days(*numbers: int) -> set[tuple[str, date]]:
    return {("pub", date.fromisoformat(DAYS[n])) for n in numbers}


def test_a_split_in_time_is_taken_back_by_a_merge_and_each_says_what_it_changes(house: House) -> None:
    """Alpha is on all four issues; from the third on it is another song, whose weeks are 1 and 2, not 3 and 4."""
    charted(house, "AB", "AB", "BA", "AB")
    before = told(house)
    done = house.catalog.split(["Alpha"], WHY, first=date(2016, 1, 16))
    assert done.effects.before == (("alpha / ann", SECOND),)
    assert done.effects.after == (("alpha / ann",), (SECOND,))
    assert named(done, "archived") == days(2, 3) == changed(house, before)
    assert house.catalog.merge(["alpha / ann", SECOND], LOOK).effects.issues == done.effects.issues
    merged = house.catalog.merge(["alpha / ann", SECOND], WHY)
    assert named(merged, "archived") == days(2, 3)
    assert told(house) == before
    with pytest.raises(CatalogError, match="are one song already"):
        house.catalog.merge(["alpha / ann", SECOND], LOOK)


def test_taking_a_split_back_says_what_that_changes(house: House) -> None:
    charted(house, "AB", "AB", "BA", "AB")
    before = told(house)
    done = house.catalog.split(["Alpha"], WHY, first=date(2016, 1, 16))
    assert done.line is not None
    looked = house.catalog.undo(done.line.id, LOOK)
    assert named(looked, "archived") == days(2, 3)
    assert looked.effects.before == done.effects.after
    assert looked.effects.after == done.effects.before
    assert house.catalog.undo(done.line.id, WHY).effects == looked.effects
    assert told(house) == before


def test_taking_a_split_of_prints_back_says_what_that_changes(house: House) -> None:
    """Alpha and Alfa are merged, on issues 1 and 2; Alfa leaves, so its first week is its first: issue 2 changes."""
    charted(house, "AB", "XB")
    house.catalog.merge(["Alpha", "Alfa"], WHY)
    before = told(house)
    done = house.catalog.split(["alfa / ann"], WHY)
    assert named(done, "archived") == days(1)
    assert done.line is not None
    assert named(house.catalog.undo(done.line.id, LOOK), "archived") == days(1)
    house.catalog.undo(done.line.id, WHY)
    assert told(house) == before


def test_one_print_split_off_evidence_comes_back_with_it(house: House) -> None:
    """Two spellings are one by themselves, "Alpha (feat. Bob)" by Ann and "Alpha" by Ann feat. Bob; one leaves."""
    hold(house, "pub", [(DAYS[0], 1, "Alpha (feat. Bob)", "Ann"), (DAYS[1], 1, "Alpha", "Ann Featuring Bob")])
    before = told(house)
    done = house.catalog.split(["alpha / ann featuring bob"], WHY)
    assert named(done, "archived") == days(1) == changed(house, before)
    assert done.line is not None
    undone = house.catalog.undo(done.line.id, WHY)
    assert named(undone, "archived") == days(1)
    assert undone.effects.after == (("alpha / ann featuring bob", "alpha feat bob / ann"),)


def test_a_split_on_a_chart_of_our_own_names_its_published_issues(house: House) -> None:
    """Alpha is published on issues 0 and 1; from issue 1 on it is another song: its week there is its first.

    What is compiled stays, because who plays what in the ledger has no years apart.
    """
    for n, songs in enumerate(WEEKS[:2]):
        deliver(house, plays(n, songs), name=f"week{n}.csv")
    house.compile(CHART, every=True)
    for n in (0, 1):
        house.publish(CHART, issue(n), by="anna")
    before = told(house)
    done = house.catalog.split(["Alpha"], WHY, first=issue(1))
    assert [(each.kind, each.issue_date) for each in done.effects.issues] == [("read", issue(1))]
    assert changed(house, before) == {(CHART, issue(1))}


def test_a_half_that_was_merged_elsewhere_is_asked_about(house: House) -> None:
    """Alpha's second half is Beta's now: what "Alpha" means is for the person to say, and a key says it."""
    charted(house, "AB", "AB", "AX", "AX")
    house.catalog.split(["Alpha"], WHY, first=date(2016, 1, 16))
    house.catalog.merge([SECOND, "Beta"], WHY)
    with pytest.raises(AmbiguousError, match="'Alpha' may be any of 2") as found:
        house.catalog.merge(["Alpha", "Alfa"], LOOK)
    assert found.value.exit_code == 3
    assert "Alpha - Ann (2 lines on charts)   alpha / ann\n" in f"{found.value}\n"
    assert f"Alpha - Ann (2 lines on charts)   {SECOND}" in str(found.value)
    first = house.catalog.merge(["alpha / ann", "Alfa"], LOOK)
    assert first.effects.after == (("alfa / ann", "alpha / ann"),)
    second = house.catalog.merge([SECOND, "Alfa"], LOOK)
    assert second.effects.after == (("alfa / ann", SECOND, "beta / ann"),)


def test_a_half_is_split_again_inside_its_time(house: House) -> None:
    """From issue 3 on, then from issue 4 on: three songs; the last line's weeks are 1 each time."""
    charted(house, "A", "A", "A", "A")
    house.catalog.split(["Alpha"], WHY, first=date(2016, 1, 16))
    done = house.catalog.split([SECOND], WHY, first=date(2016, 1, 23))
    assert done.effects.after == (("alpha / ann [2016-01-16..]",), ("alpha / ann [2016-01-23..]",))
    assert named(done, "archived") == days(3)
    with pytest.raises(UsageError, match="has no issue in the time"):
        house.catalog.split([SECOND], LOOK, last=date(2016, 1, 9))


def test_a_span_follows_its_print_until_somebody_speaks_of_it(house: House) -> None:
    """Alpha with guest leaves its other spelling; its second half then leaves Alpha, and has nothing of the other."""
    hold(house, "pub", [(DAYS[0], 1, "Alpha (feat. Bob)", "Ann"), (DAYS[1], 1, "Alpha", "Ann Featuring Bob")])
    house.catalog.split(["alpha / ann featuring bob"], WHY)
    house.catalog.merge(["alpha / ann featuring bob", "alpha feat bob / ann"], WHY)
    house.catalog.split(["alpha / ann featuring bob"], WHY)
    half = "alpha / ann featuring bob [2016-01-16..]"
    done = house.catalog.merge([half, "alpha feat bob / ann"], LOOK)
    assert done.effects.before == (("alpha / ann featuring bob", half), ("alpha feat bob / ann",))


_week = st.lists(st.sampled_from("ABCX"), min_size=1, max_size=4, unique=True).map("".join)
_step = st.tuples(
    st.sampled_from(["merge", "split", "half", "first half", "move", "undo"]),
    st.sampled_from(sorted(TITLES.values())), st.sampled_from(sorted(TITLES.values())), st.integers(1, 3),
)  # fmt: skip


def act(house: House, step: tuple[str, str, str, int], reason: Reason) -> Done | None:
    """Do what a step says, with names as a person gives them; what makes no sense is refused, and nothing changes."""
    verb, one, other, n = step
    one, other = (f"{name.lower()} / ann" for name in (one, other))
    day = date.fromisoformat(DAYS[n])
    if verb == "undo":
        return house.catalog.undo(house.catalog.log[-n].id, reason) if len(house.catalog.log) >= n else None
    if verb == "merge":
        spans = [name for name in house.catalog.decisions.named if "[" in name]
        return house.catalog.merge([spans[n % len(spans)] if spans and n > 1 else one, other], reason)
    if verb == "move":
        return house.catalog.move([one], other, reason)
    if verb == "split":
        return house.catalog.split([one], reason)
    return house.catalog.split([one], reason, **{"first" if verb == "half" else "last": day})


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_week, min_size=2, max_size=4), st.lists(_step, min_size=1, max_size=6))
def test_what_is_said_of_an_archive_is_what_changes(
    tmp_path: Path, weeks: list[str], steps: list[tuple[str, str, str, int]]
) -> None:
    house = fresh(tmp_path)
    charted(house, *weeks)
    follow(house, steps)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_week, min_size=2, max_size=3), st.lists(_step, min_size=1, max_size=3))
def test_what_is_said_of_our_own_editions_is_what_changes(
    tmp_path: Path, weeks: list[str], steps: list[tuple[str, str, str, int]]
) -> None:
    """Every issue is published; what their songs show afterwards changes on no other issue than those that are named.

    Of an issue that would come out otherwise it is not said besides what is read from it as it is.
    """
    house = fresh(tmp_path)
    for n, week in enumerate(weeks):
        quantities = {TITLES[each]: 9 - place for place, each in enumerate(week)}
        deliver(house, [row._replace(artist="Ann") for row in plays(n, quantities)], name=f"week{n}.csv")
    house.compile(CHART, every=True)
    for row in house.drafts(CHART):
        house.publish(CHART, row.issue_date, by="anna")
    follow(house, steps)


def fresh(tmp_path: Path) -> House:
    shutil.rmtree(tmp_path / "walk", ignore_errors=True)
    new(tmp_path / "walk", name="Walk")
    return open_house(tmp_path / "walk", clock=lambda: MOMENT)


def follow(house: House, steps: list[tuple[str, str, str, int]]) -> None:
    """Take steps one after another and hold what each says, before and after, to what it does."""
    for step in steps:
        before = told(house)
        try:
            looked = act(house, step, LOOK)
        except HouseError:
            continue
        assert told(house) == before
        done = act(house, step, WHY)
        if looked is None or done is None:
            continue
        assert looked.effects == done.effects
        really = changed(house, before)
        assert named(done, "read", "archived") <= really
        assert really <= named(done, "read", "archived", "published")
    house.close()
