"""Our own editions are imported with their seal checked, and archives are shown by the commands of compiled charts."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import archive_files as files
from hitparade.archived import ArchivedIssue
from hitparade.compiling import Shown
from hitparade.errors import ArchiveError, UsageError
from hitparade.house import House
from hitparade.serve.cli import archive, compile, year_end  # noqa: A004, F401 - they register commands
from hitparade.serve.cli.app import app
from ledger_maker import Row, deliver

CHART, SERIES = "my-top-40", "their-top-40"
MONDAY = date(2016, 1, 4)
FIRST = date(2016, 1, 10)


@pytest.fixture
def published(house: House) -> House:
    """Two issues that are out: Alpha before Beta, then Beta before Alpha; the second one was corrected."""
    for n, songs in enumerate(({"Alpha": 9, "Beta": 5}, {"Alpha": 4, "Beta": 6})):
        day = MONDAY + timedelta(7 * n)
        deliver(
            house,
            [
                Row(t, f"{t} Band", day=day, measure="on_demand", quantity=q, territory="GLOBAL")
                for t, q in songs.items()
            ],
            name=f"week{n}.csv",
        )
    house.compile(CHART, every=True)
    for issue in (FIRST, FIRST + timedelta(7)):
        house.publish(CHART, issue, by="anna")
    house.correct(CHART, FIRST + timedelta(7), reason="a try", by="anna", even_if_same=True)
    return house


def rows(house: House) -> list[tuple[object, ...]]:
    names = ("issue", "position", "title", "last", "peak", "weeks", "points")
    return [tuple(row[name] for name in names) for row in house.archives.lines(SERIES).to_pylist()]


def test_a_folder_of_editions(published: House) -> None:
    """Alpha stands 1 then 2, Beta 2 then 1: last weeks 1 and 2, peaks 1 and 1, two weeks each; ed2 alone is read."""
    made = published.archives.import_(SERIES, published.paths.editions)
    assert (made.format, made.files, made.received) == ("edition", 2, 4)
    first, second = FIRST, FIRST + timedelta(7)
    assert [row[:6] for row in rows(published)] == [
        (first, 1, "Alpha", None, 1, 1),
        (first, 2, "Beta", None, 2, 1),
        (second, 1, "Beta", 2, 1, 2),
        (second, 2, "Alpha", 1, 1, 2),
    ]
    reasons = [each.reason for each in published.archives.problems(SERIES)]
    assert reasons == ["edition-replaced", "edition", "edition"]


def test_a_chart_of_ours_keeps_its_title_when_its_editions_are_imported_under_its_id(published: House) -> None:
    before = published.records.mirror.series[CHART]
    published.archives.import_(CHART, published.paths.editions, title="Something else")
    after = published.records.mirror.series[CHART]
    assert (before.title, after.title, after.kind) == ("My Top 40", "My Top 40", "both")


def test_the_table_of_an_edition_is_read_through_its_seal(published: House, tmp_path: Path) -> None:
    table = published.paths.editions / CHART / str(FIRST) / "ed1" / "edition.csv"
    assert published.archives.import_(SERIES, table, dry_run=True).problems[0].reason == "edition"
    alone = shutil.copy(table, tmp_path / "edition.csv")
    made = published.archives.import_(SERIES, alone)
    assert made.format == "edition"
    assert [each.reason for each in made.problems] == ["seal-not-checked"]
    assert [row[:6] for row in rows(published)] == [(FIRST, 1, "Alpha", None, 1, 1), (FIRST, 2, "Beta", None, 2, 1)]


@pytest.mark.parametrize("altered", ["edition.json", "edition.csv"])
def test_an_altered_edition_is_refused(published: House, tmp_path: Path, altered: str) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(published.paths.editions / CHART / str(FIRST) / "ed1", folder)
    place = folder / altered
    place.write_text(place.read_text("utf-8").replace("Alpha Band", "Alfa Band"), "utf-8")
    with pytest.raises(ArchiveError, match="the seal is broken"):
        published.archives.import_(SERIES, folder)


def test_a_withdrawn_edition_is_refused(published: House) -> None:
    published.withdraw(CHART, FIRST, reason="wrong", by="anna")
    with pytest.raises(ArchiveError, match="this edition was withdrawn"):
        published.archives.import_(SERIES, published.paths.editions / CHART / str(FIRST))


def test_an_archived_issue_is_shown_like_a_compiled_one(published: House, tmp_path: Path) -> None:
    """An own edition wins over an imported issue of its date; the archive answers for the others."""
    text = "date,pos,song,artist,lw,peak,weeks\n2016-01-03,1,Old,Ann,2,1,7\n2016-01-10,1,Other,Ann,,1,1\n"
    published.archives.import_(CHART, files.text(tmp_path, "a.csv", text))
    own, imported = published.issue(CHART, FIRST), published.issue(CHART, "2016-01-03")
    assert isinstance(own, Shown)
    assert isinstance(imported, ArchivedIssue)
    assert [(each.position, each.movement, each.title) for each in imported.lines] == [(1, "+1", "Old")]
    assert (imported.previous, imported.next) == (None, FIRST)
    assert isinstance(published.issue(CHART), Shown)
    with pytest.raises(ArchiveError, match=r"no issue of that date; the nearest: 2016-01-03 and 2016-01-10"):
        published.issue(CHART, "2016-01-05")
    with pytest.raises(UsageError, match="neither an issue date"):
        published.issue(CHART, "yesterday")


@pytest.mark.parametrize(
    ("last", "weeks", "movement"),
    [(3, 5, "+1"), (1, 5, "-1"), (2, 5, "="), (None, 1, "new"), (None, 5, "re"), (0, 1, "new"), (None, None, "")],
)
def test_the_movement_is_what_the_printed_columns_say(
    house: House, tmp_path: Path, last: int | None, weeks: int | None, movement: str
) -> None:
    row = f"2016-01-02,2,Alpha,Ann,{'' if last is None else last},{weeks or ''}\n"
    house.archives.import_(SERIES, files.text(tmp_path, "a.csv", "date,pos,song,artist,lw,weeks\n" + row))
    shown = house.issue(SERIES)
    assert isinstance(shown, ArchivedIssue)
    assert shown.lines[0].movement == movement


def run(house: House, *words: str) -> str:
    found = CliRunner().invoke(app, ["-C", str(house.paths.root), *words])
    assert found.exit_code == 0, found.output
    return " ".join(found.output.split())


def test_the_command_line(house: House, tmp_path: Path) -> None:
    file = str(files.text(tmp_path, "a.csv", files.HOT_CSV + "2016-01-09,x,Gamma,Cleo,,,\n"))
    made = run(house, "archive", "import", SERIES, file, "--title", "Their Top 40", "--source", "a shelf")
    assert "rows 5 received = 4 accepted + 1 rejected" in made
    assert "issues 2, 2016-01-02 to 2016-01-09" in made
    assert "rejected position-not-whole a.csv record 5: found x; allowed: a whole number" in made
    listed = run(house, "archive", "list")
    assert "their-top-40 Their Top 40 (chart) 4 lines, 2016-01-02 to 2016-01-09 source: a shelf" in listed
    assert '"position": "x"' in run(house, "archive", "problems", "Their Top 40")
    shown = run(house, "chart", "their-top-40", "2016-01-09")
    assert "1 ▲1 2 1 2 Beta Bob Featuring Cleo" in shown
    assert "a.csv record 3 ff. · a shelf" in shown
    assert "as published, nothing derived · issue before: 2016-01-02, after: none held" in shown
    as_json = json.loads(CliRunner().invoke(app, ["-C", str(house.paths.root), "archive", "list", "--json"]).output)
    assert "out of force" in run(house, "archive", "remove", as_json[0]["imports"][0]["id"])
    assert "No archive yet" in run(house, "archive", "list")


def test_a_published_year_end_list_on_the_command_line(house: House, tmp_path: Path) -> None:
    file = str(files.text(tmp_path, "2016.csv", "rank,artist,song\n1,Ann,Alpha\n2,Bob,Beta\n"))
    run(house, "archive", "import", "us-year-end", file)
    shown = run(house, "year-end", "us-year-end", "2016", "--top", "1")
    assert "us-year-end 2016 as published pos song credit 1 Alpha Ann … 1 more lines" in shown
    with pytest.raises(UsageError, match="whole years"):
        house.published_year("us-year-end", "2010s")


def test_an_opening_on_the_command_line(house: House, tmp_path: Path) -> None:
    file = str(files.text(tmp_path, "a.csv", files.HOT_CSV))
    run(house, "archive", "import", CHART, file)
    said = run(house, "archive", "open", CHART, "--issue", "2016-01-02", "--by", "anna")
    assert said.startswith("my-top-40 goes on from the archive my-top-40 after its issue 2016-01-02; said by anna.")
    assert "begins with nothing" in run(house, "archive", "open", CHART, "--none", "--by", "anna")
