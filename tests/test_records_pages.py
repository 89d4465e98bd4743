"""Records on a page: nothing that reads badly at 80 columns, and JSON that holds every fact of the page."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hitparade.house import House
from hitparade.records.lists import known
from hitparade.serve.cli import records as _records
from hitparade.serve.cli.app import app
from hitparade.serve.cli.output import out
from hitparade.serve.cli.records_table import Column, fitted, shown
from mirror_maker import hold
from records_maker import CHART, lines, listed

assert _records

AWARDS = (
    'Artist,Title,Certification_Date,Release_Date,Certification_Type\nANN LEE,AMBER,"May 1, 2020","MAY 24, 2019",Gold\n'
)
GIVEN = {"song": ("--song", "Amber"), "artist": ("--artist", "Ann Lee"), "issue": ("--issue", "2020-02-08")}


@pytest.fixture
def charts(house: House, tmp_path: Path) -> House:
    """A house with the small chart, one line short on 18 January, a year-end list of it, and a list of awards."""
    whole = [line for line in lines() if line[:2] != ("2020-01-18", 4)]
    hold(house, CHART, whole, title="Top Four", territory="XK", size=4)
    hold(house, "xx-four-year-end", listed("2020-12-31", "Cedar", "Amber"), kind="year-end")
    (tmp_path / "awards.csv").write_text(AWARDS, "utf-8")
    house.archives.import_("xx-awards", tmp_path / "awards.csv")
    return house


def typed(house: House, *words: str) -> str:
    result = CliRunner().invoke(app, ["-C", str(house.paths.root), *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def command(name: str) -> list[str]:
    record = known()[name]
    needs = [word for need in record.needs for word in GIVEN[need]]
    return ["records", name, "--chart", "xx-awards" if record.kinds == ("awards",) else CHART, *needs]


def value(said: object) -> object:
    """Return a value of JSON as the page has it."""
    return date.fromisoformat(said) if isinstance(said, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", said) else said


def parts(said: dict[str, Any]) -> list[str]:
    """Return every text that a page must show of an answer in JSON."""
    cells = [shown(value(cell)) for row in said["rows"] for name, cell in row.items() if name != "chart"]
    facts = [f"{name.replace('_', ' ')}: {shown(value(one))}".strip() for name, one in said["facts"].items()]
    ends = [said["title"], *said["notes"], *filter(None, [said["method"], said["source"], said["as_of"]])]
    places = [str(place) for place in said["places"]]
    return [*cells, *facts, *ends, *places]


@pytest.mark.parametrize("name", list(known()))
def test_json_has_the_facts_of_the_page(charts: House, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(out, "_width", 400)
    page = typed(charts, *command(name))
    (said,) = json.loads(typed(charts, *command(name), "--json"))
    assert [part for part in parts(said) if part not in page] == []
    # And nothing more: each line of the page's end stands in the JSON, and each row is one row.
    noted = [line.removeprefix("note: ") for line in page.splitlines() if line.startswith("note: ")]
    assert noted == said["notes"]
    assert said["record"] == name
    assert ("… " in page) == bool(said["more"])


@pytest.mark.parametrize("wide", [80, 120])
@pytest.mark.parametrize("name", list(known()))
def test_no_row_is_wider_than_the_page_and_no_word_is_cut(
    charts: House, monkeypatch: pytest.MonkeyPatch, name: str, wide: int
) -> None:
    monkeypatch.setattr(out, "_width", wide)
    page = typed(charts, *command(name))
    (said,) = json.loads(typed(charts, *command(name), "--json"))
    rows = [line for line in page.splitlines() if not line.startswith(("note: ", "method: ", "as of ", "run: "))]
    assert [line for line in rows if len(line) > wide] == []
    words = {word for row in said["rows"] for cell in row.values() if isinstance(cell, str) for word in cell.split()}
    seen = set(page.split())
    assert {word for word in words if len(word) < 19} - seen <= {CHART}


def columns(*said: tuple[str, str, int]) -> list[Column]:
    """Return columns of one cell by name, cell and count of rows; digits are numbers."""
    return [Column(name, (cell,) * rows, right=cell.replace("-", "").isdigit()) for name, cell, rows in said]


def test_a_table_that_fits_takes_what_it_needs() -> None:
    assert fitted(columns(("artist", "The Beatles", 1), ("songs", "34", 1)), 80) == [11, 5]


def test_headers_wrap_before_names_do() -> None:
    # 11 and 10 wide with a gap of two make 23: "first issue" (11) goes on two lines, The Beatles on one.
    found = columns(("artist", "The Beatles", 1), ("first issue", "1964-01-25", 1))
    assert fitted(found, 23) == [11, 10]
    assert found[1].header(10) == "first\nissue"


def test_only_long_texts_get_narrower_and_not_below_eighteen() -> None:
    # 40 of title, 10 of day, a gap of two: on 42 columns the title has 30; on 29 it would have 17.
    found = columns(("title", "x" * 40, 1), ("issue", "1964-01-25", 1))
    assert fitted(found, 42) == [30, 10]
    assert fitted(found, 30) == [18, 10]
    assert fitted(found, 29) == []


def test_what_is_too_wide_is_printed_a_block_a_row(charts: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(out, "_width", 80)
    page = typed(charts, "records", "runs", "--chart", CHART, "--top", "1")
    assert "Amber - Ann Lee\n   first issue 2020-01-04 · first position 1 · last issue 2020-02-22 ·\n" in page


def test_the_song_of_a_run_stands_above_it(charts: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(out, "_width", 80)
    page = typed(charts, *command("run"))
    assert "Top Four\nAmber - Ann Lee\n" in page
    assert "\n     issue  position  last  peak  weeks  mark\n" in page


def test_a_title_says_the_depth_that_was_asked_for(charts: House) -> None:
    for name, depth, title in (
        ("top-tens", 40, "An artist's top 40s"),
        ("most-top-tens", 5, "Artists with the most top fives"),
        ("most-weeks-at-one", 10, "Most weeks in the top ten"),
        ("slowest-to-one", 10, "Slowest climbs to the top ten"),
        ("longest-wait", 1, "Longest waits between debut and number one"),
        ("debuts", 2, "Debuts (at number 2 or above)"),
        ("top-tens", 10, "An artist's top tens"),
    ):
        assert charts.records.ask(name, chart=CHART, artist="Ann Lee", depth=depth).title == title


def test_holes_are_told_in_one_line(charts: House) -> None:
    notes = charts.records.ask("most-weeks", chart=CHART).notes
    assert "the archive lacks a line in 2020-01-18: positions below the hole stand too high there" in notes
    assert all("\n" not in note for note in notes)
    # The records of holes themselves need no such note.
    assert charts.records.ask("short-issues", chart=CHART).notes == ()


def test_many_holes_are_counted_with_their_first_and_last(house: House) -> None:
    # Two lines are gone on each of the four issues of January.
    hold(house, CHART, [line for line in lines() if line[0] > "2020-02" or line[1] < 3], size=4)
    notes = house.records.ask("most-weeks-at-one", chart=CHART, top=1).notes
    assert any(note.startswith("the archive lacks lines in 4 issues from 2020-01-04 to 2020-01-25: ") for note in notes)


@pytest.mark.real
def test_nothing_came_before_the_first_issue_of_a_chart(house: House, shared_data: Path) -> None:
    # Its book says that the chart began with the first issue of this archive, so nothing before it is unknown.
    house.archives.import_("us-hot-100", shared_data / "hot100_1958_2016" / "hot100_1958_2016.parquet")
    assert house.records.ask("runs", chart="us-hot-100", top=3).notes == ()
