"""An article held to what a house has: archives confirm and contradict, simulated ones never do."""

from pathlib import Path

import pytest

from article_maker import one, song
from hitparade.article.findings import Report
from hitparade.house import House
from mirror_maker import Line, hold

SONG, CREDIT = "We Don't Talk Anymore", "Charlie Puth Featuring Selena Gomez"
POSITIONS = {"2016-07-01": 3, "2016-07-08": 2, "2016-07-15": 3}
"""On the second to fourth issue of five, so that its whole life is in the archive."""


def lines() -> list[Line]:
    issues = ["2016-06-24", *POSITIONS, "2016-07-22"]
    filler = [(issue, n, f"Filler {n}", f"Nobody {n}") for issue in issues for n in (1, 2, 3)]
    there = [(issue, at, SONG, CREDIT) for issue, at in POSITIONS.items()]
    return [line for line in filler if (line[0], line[1]) not in {(i, p) for i, p, *_ in there}] + there


def checked(house: House, folder: Path, *body: str) -> Report:
    path = folder / "article.txt"
    path.write_text(song(*body), "utf-8")
    return house.article_check(path)


@pytest.fixture
def british(house: House) -> House:
    """A house with an archive of the British chart; its book says how articles call it."""
    hold(house, "gb-singles", lines(), title="Some archive", territory="GB", size=3)
    return house


def test_a_peak_is_confirmed_by_the_import_that_shows_it(british: House, tmp_path: Path) -> None:
    report = checked(british, tmp_path, "The song peaked at number two on the UK Singles Chart in July 2016.")
    assert one(report, 6, "peak") == (
        "confirmed",
        "its peak is 2, in the issue of 2016-07-08; July is the month of the issue",
    )
    (finding,) = report.of("confirmed")
    assert finding.evidence[0].name.startswith("gb-singles a-")
    assert "archive import a-" in finding.evidence[0].sentence
    assert "made.csv record" in finding.evidence[0].sentence
    assert any(said.startswith("facts gb-singles (archive import a-") for said in report.rests_on)


def test_another_position_is_contradicted(british: House, tmp_path: Path) -> None:
    report = checked(british, tmp_path, "The song peaked at number three on the UK Singles Chart in July 2016.")
    assert one(report, 6, "peak") == ("contradicted", "its peak is 2, in the issue of 2016-07-08, as of 2016-07-22")


def test_a_weekly_row_is_held_to_the_archive(british: House, tmp_path: Path) -> None:
    table = ("| Chart (2016) | Peak position |", "| UK Singles (Official Charts Company) | {} |")
    for said, verdict in ((2, "confirmed"), (5, "contradicted")):
        report = checked(british, tmp_path, table[0], table[1].format(said))
        assert one(report, 7, "weekly_peak")[0] == verdict


def test_a_simulated_archive_confirms_nothing(house: House, tmp_path: Path) -> None:
    hold(house, "gb-singles", lines(), territory="GB", size=3, simulated=True)
    report = checked(house, tmp_path, "The song peaked at number two on the UK Singles Chart in July 2016.")
    assert one(report, 6, "peak")[0] == "outside"
    assert any("SIMULATED and confirms nothing" in said for said in report.rests_on)


def test_a_life_that_began_before_the_archive_settles_nothing(house: House, tmp_path: Path) -> None:
    # The song is on the first issue held, and the chart is older: it may have peaked before.
    late = [line for line in lines() if line[0] >= "2016-07-08"]
    hold(house, "gb-singles", late, territory="GB", size=3)
    report = checked(house, tmp_path, "The song peaked at number one on the UK Singles Chart in July 2016.")
    assert one(report, 6, "peak")[0] == "outside"


def test_a_missing_issue_in_a_life_settles_nothing(house: House, tmp_path: Path) -> None:
    short = [line for line in lines() if line[0] != "2016-07-08"]
    more = [(f"2016-08-{day:02}", 1, "Filler 1", "Nobody 1") for day in (5, 12, 19, 26)]
    between = [("2016-07-29", 1, "Filler 1", "Nobody 1")]
    hold(house, "gb-singles", [*short, *between, *more], territory="GB", size=3)
    report = checked(house, tmp_path, "The song peaked at number one on the UK Singles Chart in July 2016.")
    assert one(report, 6, "peak")[0] == "outside"


def test_a_country_is_confirmed_by_its_chart(british: House, tmp_path: Path) -> None:
    report = checked(british, tmp_path, "It reached number two in the United Kingdom.")
    verdict, reason = one(report, 6, "place_peak")
    assert (verdict, reason.split(" on ")[0]) == ("confirmed", "its peak is 2")


def test_countries_are_counted_from_the_charts_held(british: House, tmp_path: Path) -> None:
    hold(british, "fr-singles", lines(), territory="FR", size=3)
    report = checked(british, tmp_path, "It attained the top 10 positions in more than 1 countries.")
    assert one(report, 6, "top_ten_countries") == ("confirmed", "the charts held here show it in 2 (FR and GB)")
    report = checked(british, tmp_path, "It attained the top 10 positions in more than 20 countries.")
    verdict, reason = one(report, 6, "top_ten_countries")
    assert verdict == "outside"
    assert reason.endswith("the charts held here show 2 (FR and GB)")


def test_a_year_end_row_is_held_to_the_published_list(british: House, tmp_path: Path) -> None:
    year = [("2016-12-31", 1, "Filler 1", "Nobody 1"), ("2016-12-31", 2, SONG, CREDIT)]
    hold(british, "gb-singles-year-end", year, kind="year-end")
    rows = ("===Year-end charts===", "| Chart (2016) | Position |", "| UK Singles (Official Charts Company) | {} |")
    for said, verdict in ((2, "confirmed"), (61, "contradicted")):
        report = checked(british, tmp_path, *rows[:2], rows[2].format(said))
        assert one(report, 8, "year_end") == (verdict, "the published list of 2016 has it at 2")


@pytest.mark.real
def test_the_real_archive_confirms_nine_second_and_sixth(house: House, shared_data: Path) -> None:
    house.archives.import_("us-hot-100", shared_data / "hot100_1958_2016" / "hot100_1958_2016.parquet")
    report = house.article_check(shared_data.parent / "seed" / "we-dont-talk-anymore.txt")
    confirmed = [finding for finding in report.of("confirmed") if finding.claim.line == 23]
    assert [finding.claim.kind for finding in confirmed] == ["peak", "nth_top_ten", "nth_top_ten"]
    assert all(one.name.startswith("us-hot-100 a-") for finding in confirmed for one in finding.evidence)
    assert [len(finding.evidence) for finding in confirmed] == [1, 2, 6]
    # The shipped facts and the archive both know when it entered; one note says it.
    assert [note.lines for note in report.notes if "it was on the chart us-hot-100" in note.sentence] == [(7,)]
