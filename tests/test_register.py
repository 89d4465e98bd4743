"""The register: every chart that is known, and what it lets an article's claims be told."""

from pathlib import Path

import pytest

from article_maker import EXAMPLE, checking, one, song
from hitparade.article import read
from hitparade.errors import BookError
from hitparade.rulebook.books import shipped
from hitparade.rulebook.register import load_register, registered, shipped_register

OWN = {"demo-airplay", "demo-singles", "my-top-40", "spotify-global-200", "us-classic-rock-airplay"}
"""Charts of this project's own, which nobody publishes."""
OTHER = "- Artist: Ann Vale"
"""Of the song that ships with a dossier nothing is said here."""

HEAD = """
format = 1
[sources]
made = "made up for this test"
"""
LINE = """
[[charts]]
id = "town-20"
publisher = "Town Radio"
territory = "GB"
status = "line"
names = [{ value = "Town 20", source = "made" }]
"""


def test_every_book_of_a_real_chart_stands_in_it_and_the_other_way_round() -> None:
    with_book = {name for name, chart in shipped_register().items() if chart.status != "line"}
    assert with_book == set(shipped()) - OWN


def test_a_book_is_partial_and_says_what_is_undisclosed() -> None:
    for chart in shipped_register().values():
        if chart.status == "partial":
            assert chart.undisclosed, chart.id
            assert chart.years is not None


def test_every_chart_of_the_article_is_known_by_its_name_there() -> None:
    rows = [claim for claim in read(EXAMPLE).claims if claim.kind in ("weekly_peak", "year_end")]
    assert len(rows) >= 36
    names = {name for row in registered(shipped()) for name in row.names} | {
        name for book in shipped().values() for name in book.names
    }
    unknown = {row.subject for row in rows if not row.damaged} - names
    assert unknown == set()


@pytest.mark.parametrize(
    ("chart", "year", "ids"),
    [
        ("Brazil (Brasil Hot 100)", 2016, ["br-hot-100-airplay", "br-hot-100"]),
        ("Brazil (Brasil Hot 100)", 2024, ["br-hot-100"]),
        ("Sweden (Sverigetopplistan)", 2016, ["se-singles"]),
        ("sweden (sverigetopplistan)", 1950, ["se-singles"]),
        ("Nowhere (Top 10)", 2016, []),
    ],
)
def test_a_name_that_two_charts_have_borne_is_told_apart_by_the_year(chart: str, year: int, ids: list[str]) -> None:
    assert [each.id for each in shipped_register().called(chart, year)] == ids


@pytest.mark.parametrize(
    ("chart", "position", "year", "verdict", "reason"),
    [
        (
            "Vietnam (Vietnam Hot 100)", 29, 2021, "impossible",
            "the chart has been published since 2022-01-14, so nothing has a position on it in 2021",
        ),
        ("Vietnam (Vietnam Hot 100)", 29, 2025, "outside", "the chart is known here, but no edition or archive of it"),
        (
            "Romania (Airplay 100)", 3, 2022, "impossible",
            "the chart was published from 2012-02-26 to 2021-11-28, so nothing has a position on it in 2022",
        ),
        ("Slovenia (SloTop50)", 51, 2016, "impossible", "the chart has 50 positions in 2016"),
        ("Slovenia (SloTop50)", 50, 2016, "outside", "the chart is known here, but no edition or archive of it"),
        ("Switzerland (Schweizer Hitparade)", 76, 2015, "impossible", "the chart has 75 positions in 2015"),
        # In October 2016 it grew to 100 positions: in that year a 76th is possible.
        (
            "Switzerland (Schweizer Hitparade)", 76, 2016, "outside",
            "the chart is known here, but no edition or archive of it",
        ),
        # Twenty public positions in Argentina are from memory, and nobody is refuted by that.
        ("Argentina (Monitor Latino)", 41, 2016, "outside", "the chart is known here, but no edition or archive of it"),
        ("Nowhere (Top 10)", 3, 2016, "outside", "no chart of this name is known here"),
    ],
)  # fmt: skip
def test_a_claim_is_placed_in_time(
    chart: str, position: int, year: int, verdict: str, reason: str, tmp_path: Path
) -> None:
    table = (f"| Chart ({year}) | Peak position |", f"| {chart} | {position} |")
    assert one(checking(tmp_path, song(*table, box=OTHER)), 7, "weekly_peak") == (verdict, reason)


def test_a_year_end_list_may_be_longer_than_the_weekly_one(tmp_path: Path) -> None:
    """Rádiós Top 40: 40 positions a week, and a year list that reached 77."""
    table = ("| Chart (2016) | Position |", "| Hungary (Rádiós Top 40) | 77 |")
    body = song("===Year-end charts===", *table, box=OTHER)
    assert {finding.verdict for finding in checking(tmp_path, body).findings if finding.claim.kind == "year_end"} <= {
        "outside"
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + LINE + LINE, 'charts: found "town-20" 2 times; allowed: each chart once'),
        (
            HEAD + LINE.replace('source = "made"', 'source = "maid"'),
            'sources: found "maid", which is not defined; allowed: one of made',
        ),
        (
            HEAD.replace("made =", 'idle = "x"\nmade =') + LINE,
            "sources.idle: is never used; allowed: a key that something names as its source",
        ),
        (
            HEAD + LINE.replace('publisher = "Town Radio"\n', ""),
            (
                "charts, 1: found a line that lacks publisher, territory or names;"
                " allowed: all three where there is no book"
            ),
        ),
        (
            HEAD + LINE.replace('"line"', '"partial"\nyears = [2014, 2026]\nundisclosed = "all"'),
            (
                "charts, 1: found status partial with values of its own; allowed: the years that the book covers;"
                " names, life and sizes are in the book"
            ),
        ),
        (
            HEAD + '[[charts]]\nid = "town-20"\nstatus = "partial"\nyears = [2014, 2026]\n',
            "charts, 1: found status partial; allowed: undisclosed when the book is partial, and only then",
        ),
        (
            HEAD + LINE + "life = [{ source = 'made' }]\n",
            "charts, 1.life.1: found neither begins nor ends; allowed: one of them, or no life where nothing is known",
        ),
    ],
)
def test_a_mistake_of_the_register_is_named(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "register.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(BookError) as caught:
        load_register(path)
    assert str(caught.value).replace(f"{tmp_path}/register.toml, ", "") == message
