"""``records``, ``number-ones`` and ``cite`` as a person types them."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hitparade.house import House
from hitparade.records.cite import written
from hitparade.serve.cli import records as _records
from hitparade.serve.cli.app import app
from mirror_maker import hold
from records_maker import CHART, lines

assert _records


@pytest.fixture
def charts(house: House) -> House:
    hold(house, CHART, lines(), title="Top Four", publisher="Four & Co.", territory="XK", size=4)
    return house


def typed(house: House, *words: str) -> str:
    result = CliRunner().invoke(app, ["-C", str(house.paths.root), *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_list_names_every_record_with_a_line(house: House) -> None:
    said = typed(house, "records", "--list")
    assert "most-weeks-at-one" in said
    assert "whole-top-n" in said


def test_a_record_ends_with_where_it_comes_from(charts: House) -> None:
    said = typed(charts, "records", "most-weeks-at-one", "--top", "1", "--proof")
    assert "Most weeks at number one   Top Four" in said
    assert "2020-01-04 to 2020-02-22  1-1-1-1  Amber - Ann Lee  [a-" in said
    assert "as of 2020-02-22 · held from 2020-01-04 · source: made for a test, archive import a-" in said


def test_several_records_are_asked_at_once(charts: House) -> None:
    said = json.loads(
        typed(charts, "records", "slowest-to-one", "debuts", "--top", "1", "--to", "2020-01-20", "--json")
    )
    assert [answer["record"] for answer in said] == ["slowest-to-one", "debuts"]
    assert said[0]["rows"] == [
        {"title": "Cedar", "credit": "Cara", "weeks": 3, "reached": "2020-01-18", "first_issue": "2020-01-04"}
    ]


def test_rows_go_to_a_sheet(charts: House, tmp_path: Path) -> None:
    typed(charts, "number-ones", CHART, "2020", "--csv", str(tmp_path / "ones.csv"))
    with (tmp_path / "ones.csv").open(encoding="utf-8") as stream:
        sheet = list(csv.reader(stream))
    assert sheet[:2] == [
        ["title", "credit", "weeks", "first_issue", "last_issue"],
        ["Amber", "Ann Lee", "4", "2020-01-04", "2020-02-22"],
    ]


def test_it_is_said_in_sentences(charts: House) -> None:
    said = typed(charts, "records", "longest-at-one-in-a-row", "--top", "1", "--sentence")
    assert (
        '"Amber" by Ann Lee spent two weeks in a row at number one of the Top Four, from 4 January 2020 to '
        "11 January 2020." in said
    )


def test_a_line_is_cited_in_four_layouts(charts: House) -> None:
    said = typed(charts, "cite", CHART, "2020-02-01", "1")
    assert said.startswith(
        'Four & Co. Top Four, issue of 1 February 2020, number 1: "Dune" by Ann Lee. Shown by archive'
    )
    (one,) = charts.records.cite("Top Four", one_day("2020-02-01"), "dune")
    assert (one.position, one.key) == (1, "xx-four-2020-02-01-1")
    assert written(one, "wikitext").startswith('<ref name="xx-four-2020-02-01-1">{{Citation |title=Top Four, issue of')
    assert "@misc{xx-four-2020-02-01-1,\n" in written(one, "bibtex")
    assert r"howpublished = {Four \& Co.}" in written(one, "bibtex")
    assert json.loads(written(one, "csl-json"))["issued"] == {"date-parts": [[2020, 2, 1]]}


def one_day(text: str):  # noqa: ANN201 - a day
    from datetime import date

    return date.fromisoformat(text)


def test_a_mistake_is_one_sentence(charts: House) -> None:
    for words, sentence in (
        (("records", "most-weeks", "--from", "soon"), "--from: found 'soon'; allowed: a day such as 2016-10-08"),
        (("records", "most-weeks", "--chart", "nowhere"), "no series of that name is held here; there is xx-four"),
        (("cite", CHART, "2020-02-01", "9"), "xx-four 2020-02-01: there is no position 9"),
        (("number-ones", CHART, "20xx"), "allowed: a year such as 2016 or a decade such as 2010s"),
    ):
        result = CliRunner().invoke(app, ["-C", str(charts.paths.root), *words])
        assert sentence in str(result.exception), (words, result.exception)
