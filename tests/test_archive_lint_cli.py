"""``hitparade archive lint`` says what is wrong in words, JSON and CSV, and ends with 1 when something is an error."""

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hitparade.house import House
from hitparade.serve.cli import archive, archive_lint  # noqa: F401 - they register their commands
from hitparade.serve.cli.app import app
from lint_maker import SATURDAY, Row, published, without

SIX = ["A B C D E F", "B A D C F E", "B D A F C E", "D B F A C E", "D F B A E C", "F D B A E C"]
THIRD = SATURDAY + timedelta(14)


def write(place: Path, rows: list[Row]) -> Path:
    names = ("issue", "position", "title", "credit", "last", "peak", "weeks")
    with place.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        writer.writerows({name: row[name] for name in names} for row in rows)
    return place


def run(house: House, *words: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(house.paths.root), "archive", *words])


@pytest.fixture
def short(house: House, tmp_path: Path) -> House:
    """A house with an archive whose third issue lacks F at 4."""
    file = write(tmp_path / "chart.csv", without(published(SIX), THIRD, "F"))
    house.archives.import_("my-chart", file, title="My Chart", publisher="A Paper", source="the paper's own file")
    return house


def test_lint_in_words(short: House) -> None:
    made = run(short, "lint", "My Chart")
    assert made.exit_code == 1
    words = made.output
    assert "My Chart · A Paper" in words
    assert "35 lines in 6 issues, 2020-01-04 to 2020-02-08" in words
    assert "cause      a line is missing at 4, and the lines below closed up; likely F - F Band" in words
    assert "consistent a line at 4; the lines from 4 on one position lower" in words
    assert "chart.csv record 16" in words
    assert "nothing was changed" in words
    assert "the paper's own file" in words


def test_lint_of_one_kind(short: House) -> None:
    words = run(short, "lint", "my-chart", "--kind", "missing-title").output
    assert "missing-title" in words
    assert "missing-line" not in words
    wrong = run(short, "lint", "my-chart", "--kind", "nonsense")
    assert wrong.exit_code != 0
    assert "nonsense" in str(wrong.exception)


def test_lint_as_json_and_csv(short: House, tmp_path: Path) -> None:
    place = tmp_path / "apart.csv"
    made = run(short, "lint", "my-chart", "--json", "--csv", str(place))
    told = json.loads(made.output)
    assert (told["chart"], told["lines"], told["sound"]) == ("my-chart", 35, False)
    assert [(each["kind"], each["issues"], each["positions"]) for each in told["findings"]] == [
        ("missing-line", ["2020-01-18"], [4]), ("missing-title", ["2020-01-18"], [4]),
    ]  # fmt: skip
    with place.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    # F: last week 4 on the fourth issue, and weeks one more on its three lines from there. A, 4th without F's line and
    # 5th... C and E, which closed up to 4 and 5, have last weeks 5 and 6.
    assert [(row["issue"], row["title"], row["column"], row["kind"]) for row in rows] == [
        ("2020-01-25", "F", "last", "missing-line"), ("2020-01-25", "F", "weeks", "missing-line"),
        ("2020-01-25", "C", "last", "missing-line"), ("2020-01-25", "E", "last", "missing-line"),
        ("2020-02-01", "F", "weeks", "missing-line"), ("2020-02-08", "F", "weeks", "missing-line"),
    ]  # fmt: skip
    assert told["classes"] == [
        {"column": "last", "kind": "missing-line", "numbers": 3},
        {"column": "weeks", "kind": "missing-line", "numbers": 3},
    ]


def test_a_clean_archive_ends_with_0(house: House, tmp_path: Path) -> None:
    house.archives.import_("my-chart", write(tmp_path / "chart.csv", published(SIX)))
    made = run(house, "lint", "my-chart")
    assert (made.exit_code, "Nothing contradicts itself." in made.output) == (0, True)


def test_an_unknown_series_is_one_sentence(house: House) -> None:
    made = run(house, "lint", "nothing")
    assert "no archive of 'nothing' is in this house" in str(made.exception)
