"""One thing has one name in JSON, whatever command says it: the names of docs/records.md."""

import json
from datetime import date

import pytest

from conftest import ROOT
from hitparade.archived import PrintedLine
from hitparade.house import House
from hitparade.records.cite import Citation
from hitparade.serve.cli import run
from hitparade.serve.cli.json_names import COMMON, OF_CLASS, column, named
from mirror_maker import hold
from records_maker import CHART, lines


@pytest.fixture
def charts(house: House) -> House:
    """A house with the small chart."""
    hold(house, CHART, lines(), title="Top Four", territory="XK", size=4)
    return house


OLD = {"series", "issue", "last", "top_ten_first", "at_one_first", "one_first", "nth_one"}


def keys(said: object) -> set[str]:
    """Return every key of a JSON value, at any depth."""
    if isinstance(said, dict):
        return set(said).union(*map(keys, said.values()))
    return set().union(*map(keys, said)) if isinstance(said, list) else set()


COMMANDS = [
    ["song", "Cedar"],
    ["compare", "Cedar", "Amber"],
    ["artist", "Ann Lee"],
    ["this-week", "02-01"],
    ["cite", CHART, "2020-02-01"],
    ["chart", CHART, "2020-02-01"],
    ["records", "run", "--song", "Cedar", "--proof"],
    ["records", "charts", "--song", "Cedar"],
    ["records", "issue-moves", "--issue", "2020-02-01"],
    ["archive", "lint", CHART],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_says_an_old_name(
    charts: House, command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["hitparade", "-C", str(charts.paths.root), *command, "--json"])
    with pytest.raises(SystemExit) as end:
        run()
    assert not end.value.code
    found = keys(json.loads(capsys.readouterr().out))
    assert "chart" in found
    # A run's own "last" is its last line: an object of an issue date and a position.
    assert found & OLD <= ({"last"} if command[0] in ("song", "compare") else set())


def test_a_value_is_said_under_the_names_of_the_page() -> None:
    line = PrintedLine(9, 11, 9, 20, "Song", "Ann", None, "line 2")
    assert named({"lines": (line,)})["lines"][0] | {"points": 0} == {
        "position": 9, "previous_position": 11, "peak": 9, "weeks_on_chart": 20, "title": "Song", "credit": "Ann",
        "points": 0, "place": "line 2",
    }  # fmt: skip
    cited = Citation("xx", "Top Four", "", date(2020, 1, 4), None, "", "", "a-1", "", "", simulated=False)
    said = named(cited)
    assert isinstance(said, dict)
    assert (said["chart"], said["chart_title"], said["issue_date"]) == ("xx", "Top Four", date(2020, 1, 4))


def test_filters_understand_both_names_of_a_column() -> None:
    assert [column(text) for text in ("issue_date>2016-01-01", "-previous_position", "issue", "peak<=1")] == [
        "issue>2016-01-01", "-last", "issue", "peak<=1",
    ]  # fmt: skip


def test_the_page_has_every_name() -> None:
    page = (ROOT / "docs" / "records.md").read_text("utf-8")
    names = {*COMMON.values(), *(name for own in OF_CLASS.values() for name in own.values())}
    assert {name for name in names if f"`{name}`" not in page} <= {"printed_previous_position"}
