"""What lint finds by itself in real archives; nothing of it is in the code."""

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as layout
import pyarrow.parquet as pq
import pytest

from hitparade.archive.lint import Report, lint
from hitparade.archive.lint_finding import About
from lint_maker import kinds, one

pytestmark = pytest.mark.real
COLUMNS = ["issue", "position", "title", "credit", "last", "peak", "weeks"]


def _placed(table: pa.Table, name: str) -> pa.Table:
    records = pa.array(range(1, table.num_rows + 1), pa.int64())
    places = pa.array([f"{name} record {each}" for each in range(1, table.num_rows + 1)], pa.string())
    return table.append_column("record", records).append_column("place", places)


@cache
def _hot_100(folder: Path) -> Report:
    table = pq.read_table(folder / "hot100_1958_2016" / "hot100_1958_2016.parquet").rename_columns(COLUMNS)
    return lint(_placed(table, "hot100.parquet"), About("hot-100"))


@pytest.fixture
def hot_100(shared_data: Path) -> Report:
    return _hot_100(shared_data)


@pytest.fixture
def uk(shared_data: Path) -> Report:
    table = layout.read_csv(shared_data / "uk_singles_2016" / "uk_singles_2016.csv")
    table = table.select(["date", "position", "title", "artist", "lw", "peak", "weeks"]).rename_columns(COLUMNS)
    return lint(_placed(table, "uk.csv"), About("uk-singles"))


def _answer(folder: Path, number: str) -> dict[str, object]:
    asked = json.loads((folder / "questions.json").read_text())
    return next(each["answer"] for each in asked if each["id"] == number)


def test_monday_becomes_saturday_and_no_issue_is_missing(hot_100: Report, shared_data: Path) -> None:
    answer = _answer(shared_data, "o15")
    change = one(hot_100, "changed-weekday")
    assert [f"{day} ({day:%A})" for day in change.issues] == [answer["from"], answer["to"]]
    assert change.found.startswith(f"{answer['days']} days")
    assert f"the {answer['monday_issues']} issues before" in change.cause
    assert change.cause.endswith("no issue is missing")
    assert change.evidence == "all 89 titles in both issues go up by exactly 1 week on chart"
    assert "gap" not in kinds(hot_100)


def test_the_thirteen_short_issues_their_holes_and_the_title(hot_100: Report, shared_data: Path) -> None:
    answer = _answer(shared_data, "o16")
    holes = {str(each.issues[0]): each for each in hot_100.findings if each.kind == "missing-line"}
    assert sorted(holes) == answer["dates"]
    told = answer["holes_from_next_issue's_last_week"]
    assert isinstance(told, dict)
    assert {day: holes[day].positions for day in told} == {day: (position,) for day, position in told.items()}
    # Of the other two, the lines above and below the hole leave the chart at once, and no number tells more.
    assert {day: each.positions for day, each in holes.items() if day not in told} == {
        "1977-02-26": (47, 48, 49), "1977-03-05": (58, 59, 60),
    }  # fmt: skip
    assert {each.title for each in holes.values()} == {"Somebody To Love - Queen"}
    title = one(hot_100, "missing-title")
    assert [str(day) for day in title.issues] == answer["dates"]
    assert title.consistent == "13 lines more of it: 15 weeks in all, and a peak of 13, not 16"
    assert "exactly the 9 short issues between more" in title.evidence


def test_811_lines_stand_better_than_their_peak_allows(hot_100: Report) -> None:
    assert hot_100.too_good == 811


def test_derived_columns_agree_better_than_exact_text(hot_100: Report) -> None:
    told = {each.column: each for each in hot_100.agreement}
    # 99.66 % of peaks and 99.95 % of weeks by exact text were measured before: 303,742 and 304,624 of 304,787.
    assert (told["peak"].exact, told["weeks"].exact) == (303_742, 304_624)
    assert all(each.songs >= each.exact for each in told.values())
    assert told["peak"].songs > told["peak"].exact
    assert told["weeks"].songs > told["weeks"].exact


def test_every_disagreement_has_a_class(hot_100: Report) -> None:
    left = {each.column: each.lines - each.songs for each in hot_100.agreement}
    assert Counter(each.column for each in hot_100.disagreements) == left
    assert {each.kind for each in hot_100.disagreements} == {"missing-line", "shifted-lines", "weeks-begin-again"}


def test_songs_of_one_text_are_told_apart(hot_100: Report) -> None:
    told = {each.title for each in hot_100.findings if each.kind == "same-text"}
    # A slow recording 13 years later, two recordings at once, and two songs of one name by one cast.
    assert {
        "Breaking Up Is Hard To Do - Neil Sedaka", "Unchained Melody - The Righteous Brothers",
        "Somebody To Love - Glee Cast",
    } < told  # fmt: skip
    again = {each.title for each in hot_100.findings if each.kind == "weeks-begin-again"}
    assert again == {
        'Monster Mash - Bobby "Boris" Pickett And The Crypt-Kickers', "Unchained Melody - The Righteous Brothers",
    }  # fmt: skip


def test_every_difference_of_the_uk_sample_is_older_than_it(uk: Report) -> None:
    assert uk.sound
    assert {each.kind for each in uk.disagreements} == {"before-archive"}
    assert kinds(uk) == ["changed-text", "before-archive"]
    change = one(uk, "changed-text")
    assert (change.cause, change.issues) == ("only the spelling changed; the song is the same", (date(2016, 7, 15),))


def test_a_year_end_list_lacks_no_87(shared_data: Path) -> None:
    table = layout.read_csv(shared_data / "year_end_samples" / "2016.csv").rename_columns(
        ["position", "credit", "title"]
    )
    table = table.append_column("issue", pa.array([date(2016, 12, 31)] * table.num_rows, pa.date32()))
    missing = one(lint(_placed(table, "2016.csv"), About("year-end", "year-end", 100)), "missing-line")
    assert (missing.positions, missing.place) == ((87,), "2016.csv record 86")


def test_days_missing_from_a_daily_chart(shared_data: Path) -> None:
    days = sorted(Path(shared_data / "spotify_global_daily_2017h1" / "data").glob("*.csv"))
    rows = [
        {"issue": date.fromisoformat(file.stem), "position": position, "title": f"T{position}", "credit": ""}
        for file in days
        for position in (1, 2)
    ]
    gaps = [each.consistent for each in lint(pa.Table.from_pylist(rows), About("daily")).findings if each.kind == "gap"]
    assert gaps == [
        "an issue of 2017-02-23", "issues of 2017-05-30 and 2017-05-31", "an issue of 2017-06-02",
    ]  # fmt: skip
