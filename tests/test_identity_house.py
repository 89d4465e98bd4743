"""Correcting who is who in a house: what is said before is true after, and an undo leaves only itself."""

import importlib
import json
import os
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import MOMENT
from hitparade import database, storage
from hitparade.archive import drafts
from hitparade.catalog import log
from hitparade.catalog.decisions import Ruling
from hitparade.cataloguing import Reason
from hitparade.chart import Chart
from hitparade.digest import digest_of
from hitparade.errors import AmbiguousError, CatalogError, UsageError
from hitparade.house import House, new, open_house
from ledger_maker import Row, deliver
from test_archive_house import CHART, MONDAY, WEEKS, issue, plays
from test_archive_house import run as any_run

WHY = Reason("seen on the label", "Ann", "the label")
LOOK = Reason(dry_run=True)
ALPHA, DELTA = "alpha / alpha band", "delta / delta band"


@pytest.fixture
def stocked(house: House) -> House:
    """Three weeks of plays, compiled: Alpha Beta Gamma, then Beta Delta Alpha, then Delta Beta Gamma."""
    for n, songs in enumerate(WEEKS):
        deliver(house, plays(n, songs), name=f"week{n}.csv")
    house.compile(CHART, every=True)
    return house


def run(house: House, *words: str) -> tuple[int, str]:
    importlib.import_module("hitparade.serve.cli.identity")
    return any_run(house, *words)


def publish(house: House, *numbers: int) -> None:
    for n in numbers:
        house.publish(CHART, issue(n), by="anna")


def lines(house: House, n: int) -> list[tuple[int, str, int]]:
    """Position, title and weeks on chart of an issue."""
    chart = house.chart(CHART, issue(n)).chart
    return [(entry.position, entry.title, entry.weeks_on_chart) for entry in chart.entries]


def derived(house: House) -> dict[str, str]:
    """The digests of everything that follows from identity: who is who, totals, candidates, drafts, the mirror."""
    house.compile(CHART, every=True)
    found = {"identity": digest_of([list(map(str, row.values())) for row in house.ledger.identity.table.to_pylist()])}
    with house.database.connect() as connection:
        for row in connection.execute(database.totals_days.select()):
            found[f"totals {row.totals_set} {row.territory} {row.day}"] = row.content
    for each in drafts.drafts(house.database):
        found[f"draft {each.issue_date}"] = each.digest + each.inputs
        rules = house.rules(CHART, each.issue_date)
        found[f"candidates {each.issue_date}"] = digest_of(repr(house.candidates(rules, 2)))
    for view in ("entries", "runs", "songs", "credits", "artists"):
        found[view] = digest_of(
            [list(map(str, row)) for row in house.records.mirror.rows(f"select * from {view} order by all")]
        )
    return found


def test_a_merge_then_its_undo_leaves_every_derived_table_as_it_was(stocked: House) -> None:
    publish(stocked, 0)
    before = derived(stocked)
    done = stocked.catalog.merge(["Alpha", "Delta"], WHY)
    assert done.line is not None
    assert derived(stocked) != before
    stocked.catalog.undo(done.line.id, WHY)
    assert derived(stocked) == before
    assert [line.action for line in stocked.catalog.log] == ["merge", "undo"]


def test_merged_songs_are_added_up_and_counted_as_one_run(stocked: House) -> None:
    """Week 1: Alpha 4 + Delta 5 = 9 before Beta's 6; week 2: Delta's 8 is the song's third week. Titles: 2 rows."""
    stocked.catalog.merge(["alpha", "delta"], WHY)
    stocked.compile(CHART, every=True)
    assert [lines(stocked, n) for n in (1, 2)] == [
        [(1, "Alpha", 2), (2, "Beta", 2)],
        [(1, "Alpha", 3), (2, "Beta", 3), (3, "Gamma", 2)],
    ]


def test_what_would_change_is_said_before_and_after_alike(stocked: House) -> None:
    """Published, week 0 has Alpha alone: nothing of it changes. In week 1 both are printed; week 2 prints Delta.

    Week 1 is Beta 6, Delta 5, Alpha 4, then Alpha 9, Beta 6: Beta's peak becomes 2, Alpha's weeks stay 2.
    """
    publish(stocked, 0, 1)
    looked = stocked.catalog.merge(["Alpha", "Delta"], LOOK)
    assert stocked.catalog.log == ()
    done = stocked.catalog.merge(["Alpha", "Delta"], WHY)
    assert looked.effects == done.effects
    assert [(each.kind, each.issue_date) for each in done.effects.issues] == [
        ("draft", issue(2)),
        ("published", issue(1)),
    ]
    assert done.effects.of("published")[0].why == ("the songs on it", "positions", "points", "last week", "peak")
    assert done.effects.before == ((ALPHA,), (DELTA,))
    assert done.effects.after == ((ALPHA, DELTA),)


def test_published_issues_stay_and_verify_names_the_merge(stocked: House) -> None:
    publish(stocked, 0, 1, 2)
    assert all(answer.holds for found in stocked.verify() for answer in found.answers)
    stocked.catalog.merge(["Alpha", "Delta"], WHY)
    answers = {found.name: found.answers for found in stocked.verify(CHART)}
    for n in (1, 2):
        seal, follows, today = answers[f"{CHART} {issue(n)} ed1"]
        assert (seal.holds, follows.holds, today.holds) == (True, True, False)
        assert any(
            "identity changed" in each and "Delta by Delta Band is now part of" in each for each in today.findings
        )
    [line] = stocked.catalog.log
    assert any(line.id in each and "merge" in each for each in answers[f"{CHART} {issue(1)} ed1"][2].findings)


def test_a_draft_after_published_issues_counts_the_union_of_their_issues(stocked: House) -> None:
    """Alpha is on issues 0 and 1, Delta on 1: merged before issue 2, that is their third week, not their fourth."""
    publish(stocked, 0, 1)
    done = stocked.catalog.merge(["Alpha", "Delta"], WHY)
    stocked.compile(CHART, issue(2))
    assert lines(stocked, 2)[0] == (1, "Alpha", 3)
    assert done.line is not None
    stocked.catalog.undo(done.line.id, WHY)
    stocked.compile(CHART, issue(2))
    assert lines(stocked, 2)[0] == (1, "Delta", 2)


def test_an_undo_after_a_merged_issue_is_out_gives_each_song_its_own_run_back(stocked: House) -> None:
    """Issue 2 came out merged. Apart again, Delta had issue 1 only, so issue 3 is its second; Alpha 0, 1, 2, then 3."""
    publish(stocked, 0, 1)
    done = stocked.catalog.merge(["Alpha", "Delta"], WHY)
    stocked.compile(CHART, issue(2))
    publish(stocked, 2)
    deliver(stocked, plays(3, {"Delta": 9, "Alpha": 5}), name="week3.csv")
    assert done.line is not None
    stocked.catalog.undo(done.line.id, WHY)
    stocked.compile(CHART, issue(3))
    assert lines(stocked, 3) == [(1, "Delta", 2), (2, "Alpha", 4)]
    assert all(answer.holds for answer in next(iter(stocked.verify(CHART, issue(2)))).answers[:2])


def test_an_undo_after_a_merged_issue_is_out_parts_the_records_too(stocked: House) -> None:
    """Delta is spelled on more rows, so issue 2 prints it under Alpha's key; once undone, its line is Delta's own."""
    deliver(stocked, plays(2, {"Delta": 1}) * 3, name="more.csv")
    stocked.compile(CHART, every=True)
    publish(stocked, 0, 1)
    done = stocked.catalog.merge(["Alpha", "Delta"], WHY)
    stocked.compile(CHART, issue(2))
    publish(stocked, 2)
    [first, *_] = stocked.chart(CHART, issue(2)).chart.entries
    assert (first.song, first.title) == (ALPHA, "Delta")
    told = "select s.key, r.weeks from runs r join songs s using (song) where s.key in ($a, $d) order by s.key"
    keys = {"a": ALPHA, "d": DELTA}
    assert stocked.records.mirror.rows(told, keys) == [(ALPHA, 3)]
    assert done.line is not None
    undone = stocked.catalog.undo(done.line.id, WHY)
    assert stocked.records.mirror.rows(told, keys) == [(ALPHA, 2), (DELTA, 2)]
    assert undone.line is not None
    stocked.catalog.undo(undone.line.id, WHY)
    assert stocked.records.mirror.rows(told, keys) == [(ALPHA, 3)]


def test_a_rename_is_printed_from_now_on(stocked: House) -> None:
    publish(stocked, 0)
    done = stocked.catalog.rename("Alpha", WHY, title="Alfa", credit="The Alpha Band")
    assert [(each.kind, each.issue_date) for each in done.effects.issues] == [
        ("draft", issue(1)),
        ("published", issue(0)),
    ]
    stocked.compile(CHART, every=True)
    entry = stocked.chart(CHART, issue(1)).chart.entries[2]
    assert (entry.song, entry.title, entry.credit) == (ALPHA, "Alfa", "The Alpha Band")


def test_a_name_that_several_songs_have_lists_them(stocked: House) -> None:
    deliver(stocked, [Row("Alpha", "Another", day=MONDAY, measure="on_demand", territory="GLOBAL")], name="more.csv")
    with pytest.raises(AmbiguousError, match="'alpha' may be any of 2") as found:
        stocked.catalog.merge(["alpha", "Delta"], LOOK)
    assert "Alpha - Another (in the ledger)   alpha / another" in str(found.value)
    assert stocked.catalog.merge(["alpha / another", "Delta"], LOOK).ruling
    assert stocked.catalog.merge(["Alpha - Alpha Band", "DELTA!"], LOOK).ruling


def test_what_makes_no_sense_is_refused_in_a_sentence(stocked: House) -> None:
    with pytest.raises(CatalogError, match="no song answers to 'Omega'"):
        stocked.catalog.merge(["Omega", "Delta"], LOOK)
    with pytest.raises(UsageError, match="a merge needs two songs"):
        stocked.catalog.merge(["Delta", "delta / delta band"], LOOK)
    with pytest.raises(CatalogError, match="is a song of its own already"):
        stocked.catalog.split(["Delta"], LOOK)
    with pytest.raises(UsageError, match="needs a reason"):
        stocked.catalog.merge(["Alpha", "Delta"], Reason(by="Ann"))
    stocked.catalog.merge(["Alpha", "Delta"], WHY)
    with pytest.raises(CatalogError, match="are one song already"):
        stocked.catalog.merge(["alpha / alpha band", "delta / delta band"], LOOK)


def test_a_print_moves_to_another_song(stocked: House) -> None:
    stocked.catalog.merge(["Alpha", "Delta"], WHY)
    done = stocked.catalog.move(["delta / delta band"], "Beta", WHY)
    assert done.effects.after == ((ALPHA,), ("beta / beta band", DELTA))
    identity = stocked.ledger.identity
    assert [identity.resolve(key).key for key in (ALPHA, DELTA)] == [ALPHA, "beta / beta band"]  # type: ignore[union-attr]


def test_an_isrc_leaves_others_of_the_same_title_and_artist(house: House) -> None:
    """Two recordings of one title and artist, 5 plays and 3: together 8, then 5 and 3. The preview says so first."""
    rows = [
        Row("Alpha", "Alpha Band", isrc, day=MONDAY, measure="on_demand", quantity=plays, territory="GLOBAL")
        for isrc, plays in (("GBAAA0000001", 5), ("GBAAA0000002", 3))
    ]
    deliver(house, rows)
    house.compile(CHART, every=True)
    done = house.catalog.split(["isrc:GB-AAA-00-00002"], WHY)
    assert done.effects.after == ((ALPHA,), ("isrc:GBAAA0000002",))
    assert [each.why for each in done.effects.issues] == [("the songs on it", "points")]
    house.compile(CHART, every=True)
    entries = house.chart(CHART, issue(0)).chart.entries
    assert [(entry.song, entry.title, entry.points) for entry in entries] == [
        (ALPHA, "Alpha", 5),
        ("isrc:GBAAA0000002", "Alpha", 3),
    ]
    with pytest.raises(CatalogError, match="is a song of its own already"):
        house.catalog.split(["isrc:GBAAA0000002"], LOOK)


def test_a_line_that_somebody_altered_or_removed_is_named(stocked: House) -> None:
    done = stocked.catalog.merge(["Alpha", "Delta"], WHY)
    stocked.catalog.rename("Beta", WHY, title="Bita")
    assert done.line is not None
    with database.writing(stocked.database) as transaction:
        table = database.catalog_log
        transaction.execute(table.delete().where(table.c.serial == 1))
        transaction.execute(table.update().values(action="split"))
    said = [each for each in stocked.doctor(dry_run=True).missing if "log" in each]
    assert [each.partition(" of the catalog's log ")[2] for each in said] == [
        "does not say what it said when it was entered",
        "is gone",
    ]


def test_the_command_line_tells_and_takes_back(stocked: House) -> None:
    publish(stocked, 0, 1)
    code, said = run(stocked, "merge", "Alpha", "Delta", "--dry-run")
    assert code == 0
    assert "These 2 issues would change:" in said
    assert "Nothing was written." in said
    with pytest.raises(UsageError, match="say it with --why"):
        run(stocked, "merge", "Alpha", "Delta")
    code, said = run(stocked, "merge", "Alpha", "Delta", "--why", "one record", "--by", "Ann")
    assert "These 2 issues change:" in said
    [line] = stocked.catalog.log
    assert f"hitparade undo {line.id}" in said
    code, said = run(stocked, "undo", line.id[:6], "--why", "two records", "--by", "Bob", "--json")
    assert json.loads(said)["line"]["undoes"] == line.id
    code, said = run(stocked, "log")
    assert "taken back" in said
    assert "2 lines, 1 in force" in said
    assert [each["in_force"] for each in json.loads(run(stocked, "log", "--json")[1])] == [False, True]


def test_artists_are_merged_named_and_parted(stocked: House) -> None:
    stocked.catalog.merge_artists(["Alpha Band", "The Alphas"], WHY)
    stocked.catalog.rename_artist("Alpha Band", "ALPHA BAND", WHY)
    held = stocked.catalog.decisions
    assert held.aliases == {"the alphas": "alpha band"}
    assert held.artist_names == {"alpha band": "ALPHA BAND"}
    stocked.catalog.split_artists(["The Alphas"], WHY)
    assert stocked.catalog.decisions.aliases == {}


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
def test_a_crash_leaves_the_line_or_not_and_the_house_whole(stocked: House) -> None:
    merge = Ruling("merge", (ALPHA, DELTA))
    stocked.database.dispose()
    for point, there in (("log:written", 0), ("log:committed", 1)):
        pid = os.fork()
        if pid == 0:
            storage.commit_point = lambda name, point=point: name == point and os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment,misc]
            log.enter(stocked.paths, stocked.database, merge, why="seen", by="Ann", at=MOMENT)
            os._exit(0)
        assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL
        assert len(stocked.catalog.log) == there
        assert not any("log" in each for each in stocked.doctor().missing)


TITLES = "ABCD"
week_of = st.dictionaries(st.sampled_from(TITLES), st.integers(1, 9), min_size=1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(week_of, min_size=1, max_size=4), st.sampled_from(TITLES), st.sampled_from(TITLES))
def test_the_issues_named_are_those_that_come_out_otherwise(
    tmp_path: Path, weeks: list[dict[str, int]], one: str, other: str
) -> None:
    """Every issue is published; a second house with the same deliveries and the merge compiles them from nothing."""
    known = {title for songs in weeks for title in songs}
    if one == other or not {one, other} <= known:
        return
    shutil.rmtree(tmp_path / "walk", ignore_errors=True)
    new(tmp_path / "walk", name="Walk")
    house = open_house(tmp_path / "walk", clock=lambda: MOMENT)
    for n, songs in enumerate(weeks):
        deliver(house, plays(n, songs), name=f"week{n}.csv")
    house.compile(CHART, every=True)
    days = [row.issue_date for row in house.drafts(CHART)]
    for day in days:
        house.publish(CHART, day, by="anna")
    before = {day: printed(house.chart(CHART, day).chart) for day in days}
    done = house.catalog.merge([f"{one} / {one} Band", f"{other} / {other} Band"], WHY)
    with database.writing(house.database) as transaction:
        transaction.execute(database.editions.delete())
    house.compile(CHART, every=True)
    changed = {day for day in days if printed(house.chart(CHART, day).chart) != before[day]}
    named = {each.issue_date for each in done.effects.of("published")}
    assert changed == named
    assert done.line is not None
    undone = house.catalog.undo(done.line.id, WHY)
    house.compile(CHART, every=True)
    assert {day: printed(house.chart(CHART, day).chart) for day in days} == before
    assert {each.issue_date for each in undone.effects.of("draft")} == changed
    house.close()


def printed(chart: Chart) -> Sequence[tuple[object, ...]]:
    """What a person reads of an issue; last week and those that dropped out included."""
    gone = [(each.song, each.previous_position) for each in chart.drop_outs]
    return gone + [
        (
            *(each.position, each.song, each.title, each.credit, each.points, each.previous_position, each.peak),
            *(each.peak_weeks, each.weeks_on_chart),
        )
        for each in chart.entries
    ]
