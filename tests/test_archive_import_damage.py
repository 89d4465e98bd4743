"""Files that are damaged, doubled or half a file: each is refused or rejected in a sentence, nothing lost silently."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import archive_files as files
from hitparade.errors import ArchiveError, OverlapError, UsageError
from hitparade.house import House
from hitparade.serve.cli import archive  # noqa: F401 - it registers its commands
from hitparade.serve.cli.app import app

SERIES = "my-archive"
HEADER = "date,rank,song,artist\n"


def run(house: House, *words: str) -> str:
    return CliRunner().invoke(app, ["-C", str(house.paths.root), *words], catch_exceptions=False).output


def test_half_a_sign_in_json_costs_its_line_only(house: House, tmp_path: Path) -> None:
    issue = {"date": "2016-01-02", "data": [{"song": "A\ud800", "artist": "Ann", "this_week": 1},
                                            {"song": "Beta", "artist": "Bob", "this_week": 2}]}  # fmt: skip
    made = house.archives.import_(SERIES, files.text(tmp_path, "a.json", json.dumps(issue)))
    assert (made.received, made.accepted, made.rejected) == (2, 1, 1)
    (problem,) = house.archives.problems(SERIES)
    assert (problem.place, problem.reason, problem.found) == ("a.json record 1", "not-a-text", '"A\\ud800"')
    assert json.loads(problem.raw) == issue["data"][0]


def test_a_cell_that_spans_more_rows_than_a_table_has_makes_no_lines_up(house: House, tmp_path: Path) -> None:
    page = (
        '{| class="wikitable"\n|+ Number ones of 2016\n! Date !! Song !! Artist\n|-\n| January 2 || "Alpha" || Ann\n'
        '|-\n| rowspan="3" | January 9 || rowspan="3" | "Beta" || rowspan=99999999 colspan="99999999" | Bob\n|}\n'
    )
    made = house.archives.import_(SERIES, files.text(tmp_path, "a.wiki", page))
    assert (made.received, made.accepted, made.issues) == (2, 2, 2)


def test_a_quote_that_nobody_closed_does_not_swallow_lines_silently(house: House, tmp_path: Path) -> None:
    content = (
        f'{HEADER}2016-01-02,1,"Alpha,Ann\n2016-01-02,2,Beta,Bob\n2016-01-02,3,"Gamma",Cleo\n2016-01-02,4,Delta,Dora\n'
    )
    made = house.archives.import_(SERIES, files.text(tmp_path, "a.csv", content))
    # Alpha's cell goes on to the quote before Gamma, and the row has four cells all the same.
    assert (made.received, made.accepted, made.rejected) == (2, 1, 1)
    (problem,) = house.archives.problems(SERIES)
    assert (problem.place, problem.reason) == ("a.csv record 1", "quote-left-open")
    assert problem.found == "a cell over 3 lines; a quotation mark is open"
    assert "Beta,Bob" in problem.raw


def test_a_cell_beyond_all_bounds_is_named_by_the_line_it_begins_in(house: House, tmp_path: Path) -> None:
    content = f'{HEADER}2016-01-02,1,Alpha,Ann\n2016-01-02,2,"Beta,Bob\n' + "2016-01-02,3,Gamma,Cleo\n" * 9000
    with pytest.raises(ArchiveError, match=r"a\.csv: what begins in line 3 cannot be taken apart.*may be open"):
        house.archives.import_(SERIES, files.text(tmp_path, "a.csv", content))


@pytest.mark.parametrize("content", ["just some words\n", "a,b\n1,2\n"])
def test_what_is_no_chart_is_told_its_missing_columns_and_not_that_it_lacks_a_year(
    house: House, tmp_path: Path, content: str
) -> None:
    with pytest.raises(ArchiveError, match="no column says the position"):
        house.archives.import_(SERIES, files.text(tmp_path, "a.txt", content))


def test_a_file_and_its_copy_in_one_import_are_refused(house: House, tmp_path: Path) -> None:
    folder = tmp_path / "json"
    first = files.by_date(folder) / "2016-01-02.json"
    files.text(folder, "copy of 2016-01-02.json", first.read_bytes())
    sentence = r"2016-01-02\.json and copy of 2016-01-02\.json both hold number 1 of the issue 2016-01-02"
    with pytest.raises(OverlapError, match=sentence):
        house.archives.import_(SERIES, folder)
    assert house.archives.series() == ()


def test_halves_of_an_issue_in_two_files_are_one_issue(house: House, tmp_path: Path) -> None:
    files.text(tmp_path, "upper.csv", f"{HEADER}2016-01-02,1,Alpha,Ann\n")
    files.text(tmp_path, "lower.csv", f"{HEADER}2016-01-02,2,Beta,Bob\n")
    made = house.archives.import_(SERIES, str(tmp_path / "*er.csv"))
    assert (made.accepted, made.issues) == (2, 1)


def test_a_replacement_says_how_many_issues_are_lost(house: House, tmp_path: Path) -> None:
    whole = house.archives.import_(SERIES, files.text(tmp_path, "whole.csv", files.HOT_CSV))
    part = files.text(tmp_path, "part.csv", "\n".join(files.HOT_CSV.split("\n")[:3]))  # the first issue alone
    said = run(house, "archive", "import", SERIES, str(part), "--replaces", whole.id, "--dry-run")
    assert f"lost      1 issue of {whole.id} is not in these files, and no longer held" in said
    assert house.archives.import_(SERIES, part, replaces=whole.id).lost == 1


def test_files_that_are_here_cannot_take_the_place_of_others(house: House, tmp_path: Path) -> None:
    first = house.archives.import_(SERIES, files.text(tmp_path, "a.csv", f"{HEADER}2016-01-02,1,Alpha,Ann\n"))
    place = files.text(tmp_path, "b.csv", f"{HEADER}2016-01-09,1,Beta,Bob\n")
    second = house.archives.import_(SERIES, place)
    with pytest.raises(UsageError, match=f"b.csv is in force already, as {second.id}.*archive remove {first.id}"):
        house.archives.import_(SERIES, place, replaces=first.id)


def test_the_same_replacement_again_changes_nothing(house: House, tmp_path: Path) -> None:
    first = house.archives.import_(SERIES, files.text(tmp_path, "a.csv", f"{HEADER}2016-01-02,1,Alfa,Ann\n"))
    place = files.text(tmp_path, "b.csv", f"{HEADER}2016-01-02,1,Alpha,Ann\n")
    house.archives.import_(SERIES, place, replaces=first.id)
    again = house.archives.import_(SERIES, place, replaces=first.id)
    assert (again.status, again.replaces) == ("already here", "")


def test_a_source_that_was_forgotten_can_be_said_with_the_same_bytes(house: House, tmp_path: Path) -> None:
    place = files.text(tmp_path, "a.csv", f"{HEADER}2016-01-02,1,Alpha,Ann\n")
    house.archives.import_(SERIES, place)
    assert "source" not in run(house, "archive", "list")
    trial = house.archives.import_(SERIES, place, source="my own notes", dry_run=True)
    assert trial.why.endswith("what is said of the series would be changed")
    assert house.archives.series()[0].source == ""
    made = house.archives.import_(SERIES, place, source="my own notes", size=100)
    assert (made.status, made.why.rsplit("; ", 1)[1]) == ("already here", "what is said of the series was changed")
    assert (house.archives.series()[0].source, house.archives.series()[0].size) == ("my own notes", 100)
    assert house.archives.import_(SERIES, place).why.endswith("nothing was changed")


def test_what_steers_a_terminal_is_spelled_out(house: House, tmp_path: Path) -> None:
    place = files.text(tmp_path, "a.csv", f"{HEADER}2016-01-02,1,A\x1b[31mlpha,Ann\n")
    for said in (run(house, "archive", "import", SERIES, str(place)), run(house, "archive", "problems", SERIES)):
        assert "\x1b" not in said
        assert "A\\x1b[31mlpha" in said
