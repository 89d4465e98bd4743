"""The mirror: history columns worked out by hand, what counts as absence, and that it follows what the house holds."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from conftest import MOMENT
from edition_maker import ANNA, life
from fold_maker import issue
from hitparade.archive import index, publish
from hitparade.catalog import log
from hitparade.catalog.decisions import Ruling
from hitparade.catalog.spelling import text_id
from hitparade.house import House
from mirror_maker import Line, hold, lines_table

DAYS = ("2020-01-04", "2020-01-11", "2020-01-18", "2020-01-25", "2020-02-01")
"""Five Saturdays."""


def run(title: str, positions: Iterable[int], credit: str = "Ann", days: Iterable[str] = DAYS) -> list[Line]:
    """Lines of one song from the first of the days on; position 0 is an issue without it."""
    return [(day, at, title, credit) for day, at in zip(days, positions, strict=False) if at]


def filled(*songs: list[Line]) -> list[Line]:
    """Lines of songs, and one more song at 50 on all five issues, so that every issue is held."""
    return [line for song in songs for line in song] + run("Filler", [50] * 5, "Zoe")


def told(house: House, columns: str, title: str, series: str = "us") -> list[tuple[object, ...]]:
    sql = f"select {columns} from entries where series = $series and title = $title order by issue, position"
    return house.records.mirror.rows(sql, {"series": series, "title": title})


def files(house: House, series: str = "us") -> dict[str, bytes]:
    """The files of a series by name."""
    return {file.name: file.read_bytes() for file in (house.paths.mirror / f"series={series}").iterdir()}


def test_history_columns_are_as_of_each_issue(house: House) -> None:
    # On at 3 and 1, away on the third issue, back at 1, then 2.
    hold(house, "us", filled(run("Song", [3, 1, 0, 1, 2])))
    columns = "position, last, peak, peak_issue::varchar, peak_weeks, weeks, spell, spell_weeks"
    assert told(house, columns, "Song") == [
        (3, None, 3, DAYS[0], 1, 1, 1, 1),
        (1, 3, 1, DAYS[1], 1, 2, 1, 2),
        (1, None, 1, DAYS[1], 2, 3, 2, 1),  # a second week at its peak, whose first issue stays the first
        (2, 1, 1, DAYS[1], 2, 4, 2, 2),
    ]


def test_a_run_sums_up_its_lines(house: House) -> None:
    hold(house, "us", filled(run("Song", [12, 10, 0, 1, 1])))
    columns = """first_position, last_position, weeks, peak, peak_issue::varchar, peak_weeks, spells, at_one,
        at_one_first::varchar, top_ten_first::varchar, top_ten_weeks"""
    (row,) = house.records.mirror.rows(f"select {columns} from runs where title = 'Song'")
    # 12 is no top ten; 10, 1 and 1 are: three weeks, the first on the second issue.
    assert row == (12, 1, 4, 1, DAYS[3], 2, 2, 2, DAYS[3], DAYS[1], 3)


def test_an_issue_that_is_not_held_is_no_absence(house: House) -> None:
    # The archive lacks 18 January altogether; the song is on the issues before and after it.
    days = [day for day in DAYS if day != "2020-01-18"]
    hold(house, "us", [*run("Song", [5, 4, 6, 7], days=days), *run("Filler", [50] * 4, "Zoe", days)])
    assert told(house, "last, weeks, spell", "Song") == [(None, 1, 1), (5, 2, 1), (4, 3, 1), (6, 4, 1)]
    calendar = house.records.mirror.calendar("us")
    assert calendar.gaps == ((date(2020, 1, 11), date(2020, 1, 25), 1),)


def test_a_day_that_moves_is_no_gap(house: House) -> None:
    # From Monday to Saturday: twelve days, and no issue missing between.
    days = ("1961-12-11", "1961-12-18", "1961-12-25", "1962-01-06", "1962-01-13")
    hold(house, "us", run("Song", [5, 4, 3, 2, 1], days=days))
    assert house.records.mirror.calendar("us").gaps == ()


def test_an_issue_short_of_lines_is_known(house: House) -> None:
    # Ten issues of two lines each, but one of a single line.
    days = [date.fromordinal(date(2020, 1, 4).toordinal() + 7 * week).isoformat() for week in range(10)]
    hold(house, "us", [*run("One", [1] * 10, days=days), *run("Two", [2, 2, 0, *[2] * 7], days=days)])
    assert house.records.mirror.calendar("us").short == (date(2020, 1, 18),)


def test_two_prints_of_one_song_on_one_issue_count_once_and_both_stay(house: House) -> None:
    # "Song" by "Ann feat. Bob" and "Song (feat. Bob)" by "Ann" are one song; the better position counts.
    lines = filled(run("Song", [5, 4], "Ann feat. Bob"), run("Song (feat. Bob)", [9, 3], "Ann"))
    hold(house, "us", lines)
    rows = house.records.mirror.rows(
        "select issue::varchar, position, last, peak, weeks from entries where title like 'Song%' order by 1, 2"
    )
    assert rows == [
        (DAYS[0], 5, None, 5, 1),
        (DAYS[0], 9, None, 5, 1),  # its own position is kept, what is derived is the song's
        (DAYS[1], 3, 5, 3, 2),
        (DAYS[1], 4, 5, 3, 2),
    ]
    (row,) = house.records.mirror.rows("select weeks, peak, first_position from runs where title like 'Song%'")
    assert row == (2, 3, 5)  # the union of their issues: two, not four


def test_a_shared_position_is_two_lines(house: House) -> None:
    hold(house, "us", filled(run("One", [1, 2]), run("Two", [1, 1], "Bea")))
    assert house.records.mirror.rows("select title from entries where position = 1 order by issue, title") == [
        ("One",), ("Two",), ("Two",),
    ]  # fmt: skip


def test_a_song_is_one_over_charts_that_spell_it_otherwise(house: House) -> None:
    hold(house, "us", run("We Met", [1], "Ann Featuring Bob"))
    hold(house, "gb", run("WE MET", [2, 3, 4], "ANN FT BOB"))
    assert house.records.mirror.rows("select count(distinct song) from entries") == [(1,)]
    # The longer print is all in capitals; the name is taken from the other.
    assert house.records.mirror.rows("select title, credit from songs") == [("We Met", "Ann Featuring Bob")]


def test_credits_name_the_artists_and_guests_of_the_title(house: House) -> None:
    hold(house, "us", [*run("One", [1], "Ann feat. Bob"), *run("Two (feat. Cat)", [2], "Ann")])
    sql = """select distinct e.title, a.name, c.role, c.how from entries e join credits c using (credit_id)
        join artists a using (artist) order by 1, 2"""
    assert house.records.mirror.rows(sql) == [
        ("One", "Ann", "lead", "parsed"),
        ("One", "Bob", "featured", "parsed"),
        ("Two (feat. Cat)", "Ann", "lead", "parsed"),
        ("Two (feat. Cat)", "Cat", "featured", "title"),
    ]


def test_columns_of_a_chart_tell_two_songs_of_one_text_apart(house: House) -> None:
    # Years later the chart prints week 1 again, and a worse peak than the first song had: another recording.
    days = (*DAYS, "2024-01-06", "2024-01-13")
    lines = [*run("Song", [2, 1], days=days), *run("Song", [8, 7], days=days[5:])]
    lines += [(day, 50, "Filler", "Zoe") for day in days]
    weeks = [1, 2, 1, 2, *range(1, 8)]
    peaks = [2, 1, 8, 7, *[50] * 7]
    hold(house, "us", lines_table(lines, {"weeks": weeks, "peak": peaks, "last": [None, 2, None, 8, None, *[50] * 6]}))
    assert told(house, "issue::varchar, peak, weeks", "Song") == [
        (DAYS[0], 2, 1), (DAYS[1], 1, 2), ("2024-01-06", 8, 1), ("2024-01-13", 7, 2),
    ]  # fmt: skip
    keys = house.records.mirror.rows("select key from songs where title = 'Song' order by key")
    assert keys == [("song / ann",), ("song / ann [2024-01-06..2024-01-13]",)]


def test_an_own_edition_comes_before_an_imported_issue_of_its_date(house: House) -> None:
    first, second = str(issue(0)), str(issue(1))
    hold(house, "test", [(first, 1, "Old", "Ann"), (second, 1, "Old", "Ann")])
    publish.publish(house.paths, house.database, life()[0], ANNA)
    rows = house.records.mirror.rows("select issue::varchar, position, title, source from entries order by 1, 2")
    row = index.in_force(house.database, "test", issue(0))
    assert row is not None
    assert [line[:3] for line in rows] == [(first, 1, "A"), (first, 2, "B"), (first, 3, "C"), (second, 1, "Old")]
    assert rows[0][3] == f"ed1 {row.digest[:8]}"
    assert house.records.mirror.rows("select kind from series") == [("both",)]
    index.mark_withdrawn(house.database, row, at=MOMENT, by="anna", reason="by mistake")
    assert told(house, "position", "Old", "test") == [(1,), (1,)]


def test_publishing_an_edition_touches_no_other_series(house: House) -> None:
    hold(house, "us", filled(run("Song", [3, 1])))
    issues = life()
    publish.publish(house.paths, house.database, issues[0], ANNA)
    assert house.records.mirror.rows("select max(issue)::varchar from issues where series = 'test'") == [
        (str(issue(0)),)
    ]
    before = {file.name: file.stat().st_mtime_ns for file in (house.paths.mirror / "series=us").iterdir()}
    publish.publish(house.paths, house.database, issues[1], ANNA)
    # Weeks are a b c, then b d a: "b" came second and is now first.
    assert told(house, "position, last, weeks", "B", "test") == [(2, None, 1), (1, 2, 2)]
    assert {file.name: file.stat().st_mtime_ns for file in (house.paths.mirror / "series=us").iterdir()} == before


def test_losing_the_mirror_loses_nothing_and_gives_the_same_bytes(house: House) -> None:
    hold(house, "us", filled(run("Song", [3, 1, 0, 1, 2])))
    rows, held = told(house, "*", "Song"), files(house)
    house.records.close()
    shutil.rmtree(house.paths.mirror)
    assert told(house, "*", "Song") == rows
    assert files(house) == held


def test_a_damaged_list_of_files_is_made_again(house: House) -> None:
    hold(house, "us", filled(run("Song", [3])))
    rows = told(house, "*", "Song")
    house.records.close()
    (house.paths.mirror / "mirror.json").write_text("{", encoding="utf-8")
    assert told(house, "*", "Song") == rows


def test_a_merge_joins_runs_and_its_undo_brings_the_same_files_back(house: House) -> None:
    # 5, 4 as "Song" and then 3, 2 as "Song Again": one run of four issues once somebody says so.
    hold(house, "us", filled(run("Song", [5, 4]), run("Song Again", [0, 0, 3, 2])))
    hold(house, "gb", run("Elsewhere", [1], "Bob"))
    assert told(house, "weeks", "Song Again") == [(1,), (2,)]
    before, apart = files(house), files(house, "gb")
    ruling = Ruling("merge", ("song again / ann",), "song / ann")
    line = log.enter(house.paths, house.database, ruling, why="one song", by="anna", at=MOMENT)
    assert told(house, "weeks, peak, spell", "Song Again") == [(3, 3, 1), (4, 2, 1)]
    assert files(house, "gb") == apart
    log.undo(house.paths, house.database, line.id, why="it is not", by="anna", at=MOMENT)
    assert told(house, "weeks", "Song Again") == [(1,), (2,)]
    after = files(house)
    assert {name: after[name] for name in before} == before


def test_a_print_can_be_two_songs_in_two_times(house: House) -> None:
    hold(house, "us", filled(run("Song", [5, 4, 3, 2])))
    later = "song / ann [2020-01-18..]"
    log.enter(house.paths, house.database, Ruling("split", (later,)), why="a remake", by="anna", at=MOMENT)
    assert told(house, "song, weeks", "Song") == [
        (text_id("song / ann"), 1), (text_id("song / ann"), 2), (text_id(later), 1), (text_id(later), 2),
    ]  # fmt: skip


def test_a_replaced_import_is_gone_and_its_files_go_one_mirror_later(house: House) -> None:
    hold(house, "us", filled(run("Song", [3])))
    first = set(files(house)) if told(house, "position", "Song") else set()
    hold(house, "us", filled(run("Song", [7])))
    assert told(house, "position", "Song") == [(7,)]
    assert first < set(files(house))  # somebody may still read the mirror before
    hold(house, "us", filled(run("Song", [8])))
    assert told(house, "position", "Song") == [(8,)]
    assert not first & set(files(house))


def test_an_empty_house_has_all_views(house: House) -> None:
    for view in ("series", "issues", "entries", "runs", "songs", "credits", "artists"):
        assert house.records.mirror.rows(f"select * from {view}") == []


def test_year_end_lists_are_held_apart(house: House) -> None:
    hold(house, "us-year-end", [("2020-12-31", 4, "Song", "Ann")], kind="year-end")
    assert house.records.mirror.rows("select kind from series") == [("year-end",)]


def test_a_simulated_series_says_so(house: House) -> None:
    hold(house, "us", run("Song", [1]), simulated=True)
    assert house.records.mirror.rows("select simulated from series") == [(True,)]


def test_several_readers_may_make_it_at_once(house: House, tmp_path: Path) -> None:
    hold(house, "us", filled(run("Song", [3, 1, 0, 1, 2])))
    code = f"""
from hitparade.house import open_house
house = open_house({str(house.paths.root)!r})
print(house.records.mirror.rows("select sum(weeks) from entries where title = 'Song'")[0][0])
house.close()
"""
    started = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=tmp_path)
        for _ in range(3)
    ]
    # Weeks so far on its four issues: 1 + 2 + 3 + 4.
    assert [process.communicate()[0].strip() for process in started] == ["10"] * 3


def test_a_mirror_that_was_found_fresh_for_long_still_sees_what_changes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hitparade.records.mirror.SETTLES", 0.0)
    hold(house, "us-hot-100", [("2016-02-20", 1, "Here", "Ann")])
    looks = [house.records.mirror for _ in range(4)]
    assert looks[0] is looks[-1]
    hold(house, "us-hot-100", [("2016-02-20", 1, "Gone", "Bo")])
    assert house.records.mirror is not looks[0]
    assert house.records.mirror.rows("select title from entries") == [("Gone",)]


def test_the_doctor_leaves_the_mirror_alone(house: House) -> None:
    hold(house, "us", filled(run("Song", [3])))
    assert told(house, "position", "Song")
    before = files(house)
    assert not [line for line in house.doctor().leftovers if "mirror" in line]
    assert files(house) == before
