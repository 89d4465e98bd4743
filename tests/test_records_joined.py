"""Joined names that are one artist here, and which a reader may have expected among the songs of their first name."""

from datetime import date

import pytest

from hitparade.house import House
from mirror_maker import hold
from records_maker import CHART

LINES = [
    ("2020-01-04", 1, "Rain", "Ann Lee And The Storm"),
    ("2020-01-04", 2, "Doves", "Ann Lee"),
    ("2020-01-04", 11, "Deep", "Ann Lee And The Storm"),
    ("2020-01-11", 1, "Rain", "Ann Lee And The Storm"),
    ("2020-01-11", 2, "Doves", "Ann Lee"),
    ("2020-01-18", 3, "Alone", "Bo Finn"),
]
NOTE = (
    "not counted for Ann Lee are songs under joined names, which are artists of their own: Ann Lee And The Storm ({})"
)


@pytest.fixture
def charts(house: House) -> House:
    """A house with an artist who has songs of her own and others with a band that is never named without her."""
    hold(house, CHART, LINES, title="Top Twenty")
    return house


def test_an_answer_on_an_artist_names_the_joined_names_that_it_leaves_out(charts: House) -> None:
    top_tens = charts.records.ask("top-tens", chart=CHART, artist="Ann Lee")
    assert [row["title"] for row in top_tens.dicts()] == ["Doves"]
    # Of the band's two songs one was in the top ten; "Deep" never was.
    assert NOTE.format(1) in top_tens.notes
    assert NOTE.format(2) in charts.records.ask("most-entries", chart=CHART, artist="Ann Lee").notes


def test_what_is_not_known_yet_is_not_named(charts: House) -> None:
    hold(charts, CHART, [*LINES, ("2020-02-01", 4, "Later", "Ann Lee And The Storm")])
    early = charts.records.ask("top-tens", chart=CHART, artist="Ann Lee", as_of=date(2020, 1, 31))
    assert NOTE.format(1) in early.notes
    assert NOTE.format(2) in charts.records.ask("top-tens", chart=CHART, artist="Ann Lee").notes


def test_an_artist_without_such_names_has_no_such_note(charts: House) -> None:
    assert not any("joined" in note for note in charts.records.ask("top-tens", chart=CHART, artist="Bo Finn").notes)


def test_the_page_of_an_artist_names_them_too(charts: House) -> None:
    related = charts.records.artist("Ann Lee").related
    assert [(one.name, one.what, one.songs, one.top_tens) for one in related] == [
        ("Ann Lee And The Storm", "joined", 2, 1),
    ]
