"""A list that is cut at ``--top`` hides no tie: rows that share the last place are shown, or counted where many."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hitparade.house import House
from hitparade.serve.cli import records as _records
from hitparade.serve.cli.app import app
from mirror_maker import hold
from records_maker import CHART, lines

assert _records


@pytest.fixture
def charts(house: House) -> House:
    """A house that holds the small chart."""
    hold(house, CHART, lines(), title="Top Four", territory="XK", size=4)
    return house


def typed(house: House, *words: str) -> str:
    result = CliRunner().invoke(app, ["-C", str(house.paths.root), *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_rows_that_share_the_last_place_are_shown(charts: House) -> None:
    # Weeks are 7, 7, 5, 5, 4, 4: the first row ties with the second, and the third with the fourth.
    one = charts.records.ask("most-weeks", chart=CHART, top=1)
    assert ([row[0] for row in one.rows], one.places, one.more, one.tied) == (["Amber", "Cedar"], (1, 1), 4, 0)
    three = charts.records.ask("most-weeks", chart=CHART, top=3)
    assert (three.places, three.more) == ((1, 1, 3, 3), 2)
    two = charts.records.ask("most-weeks", chart=CHART, top=2)
    assert (two.places, two.more, len(two.rests)) == ((1, 1), 4, 2)


def test_places_follow_the_order_that_was_asked_for(charts: House) -> None:
    # Songs by peak: five number ones, and Fern at 2. They stand at first place together.
    found = charts.records.ask("", chart=CHART, order="peak", top=2)
    assert (found.places, found.more) == ((1, 1, 1, 1, 1), 1)
    assert charts.records.ask("most-weeks", chart=CHART, order="title", top=1).places == ()


def test_many_that_share_the_last_place_are_counted(house: House) -> None:
    # 30 songs stay one week, and one of them a second: 3 of the 29 are shown with it, 26 share their place.
    week = [("2020-01-04", n, f"Song {n:02}", "Cara") for n in range(1, 31)]
    hold(house, CHART, [*week, ("2020-01-11", 1, "Song 30", "Cara")], title="Top Thirty", size=30)
    found = house.records.ask("most-weeks", chart=CHART, top=4)
    assert (found.places, found.more, found.tied) == ((1, 2, 2, 2), 26, 26)
    assert "… 26 more share 2nd place; --top 0 prints all" in typed(house, "records", "most-weeks", "--top", "4")
    # A record of printed lines is counted apart: of 30 debuts in a second issue none shares its position.
    assert house.records.ask("debuts", chart=CHART, top=4).more == 0


def test_what_shares_the_last_place_is_told_from_what_is_below(house: House) -> None:
    # 15 songs enter at number one of 15 issues after the first, one at number two.
    ones = [(f"2020-01-{n:02}", 1, f"One {n:02}", "Cara") for n in range(4, 20)]
    hold(house, CHART, [*ones, ("2020-01-05", 2, "Two", "Dex")], title="Daily", size=2)
    found = house.records.ask("highest-debuts", chart=CHART, top=2)
    assert (found.places, found.more, found.tied) == ((1, 1), 14, 13)
    said = typed(house, "records", "highest-debuts", "--top", "2")
    assert "… 13 more share 1st place, 1 is below; --top 0 prints all" in said


@pytest.mark.real
def test_three_artists_share_the_thirteenth_place(shared_data: Path, house: House) -> None:
    """The Supremes have 20 with those under Diana Ross's name; a list cut at 13 must not end with one of the three."""
    house.archives.import_("us-hot-100", shared_data / "hot100_1958_2016" / "hot100_1958_2016.parquet")
    found = house.records.ask("most-top-tens", chart="us-hot-100", as_of=date(2016, 12, 31), top=13)
    assert [row[:2] for row in found.rows[12:]] == [("Chicago", 20), ("Taylor Swift", 20), ("The Supremes", 20)]
    assert found.places[-3:] == (13, 13, 13)
