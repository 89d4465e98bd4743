"""An article's certifications held to an imported list of awards, and its top fives and top 40s to an archive."""

from datetime import date
from pathlib import Path

import pytest

from article_maker import one, song
from hitparade.article.findings import Report
from hitparade.article.words import level
from hitparade.house import House
from hitparade.records.facts_held import Called, facts_held
from hitparade.records.ordinals import nth_top_ten
from ledger_maker import Row, deliver
from mirror_maker import Line, hold

HEAD = "Artist,Title,Certification_Date,Release_Date,Certification_Type\n"
ROW = 'CHARLIE PUTH,WE DON\'T TALK ANYMORE (FEAT. SELENA GOMEZ),"{}","MAY 24, 2016",{}\n'
LEVELS = {
    "August 31, 2016": "Gold",
    "November 11, 2016": "Platinum",
    "July 21, 2017": "2x Multi-Platinum",
    "August 23, 2017": "3x Multi-Platinum",
}
OTHERS = (
    'CLIFF RICHARD,WE DON\'T TALK ANYMORE,"October 13, 2017","JULY 1, 1979",Gold\n'
    'ANN LEE,AMBER,"October 13, 2017","JULY 1, 2017",Gold\n'
)
END = "as of 2017-10-13"
HOLDS = "it is 3x Multi-Platinum since 2017-08-23"


def given(house: House, folder: Path, rows: str, *, series: str = "us-awards") -> House:
    file = folder / "awards.csv"
    file.write_text(HEAD + rows, "utf-8")
    house.archives.import_(series, file)
    return house


@pytest.fixture
def awarded(house: House, tmp_path: Path) -> House:
    """A house with a list of American awards, which ends on 13 October 2017."""
    return given(house, tmp_path, "".join(ROW.format(*each) for each in LEVELS.items()) + OTHERS)


def checked(house: House, folder: Path, *body: str) -> Report:
    path = folder / "article.txt"
    path.write_text(song(*body), "utf-8")
    return house.article_check(path)


@pytest.mark.parametrize(
    ("said", "verdict", "reason"),
    [
        ("triple Platinum in the US", "confirmed", f"{HOLDS}, {END}"),
        ("three-times platinum by the RIAA", "confirmed", f"{HOLDS}, {END}"),
        ("3x Platinum in the United States", "confirmed", f"{HOLDS}, {END}"),
        ("five times Platinum in the US", "later", f"{END} {HOLDS}; a higher level could only come after"),
        ("double Platinum in the US", "contradicted", f"{END} 2x Multi-Platinum since 2017-07-21, and {HOLDS}"),
        ("Gold in the US in August 2016", "confirmed", "certified Gold on 2016-08-31"),
        ("Gold in the US on August 31, 2016", "confirmed", "certified Gold on 2016-08-31"),
        ("Gold in the US in 2017", "contradicted", "certified Gold on 2016-08-31"),
        (
            "four times Platinum in the US in 2017",
            "later",
            f"the awards held here reach to 2017-10-13; by then {HOLDS}",
        ),
        (
            "four times Platinum in the US in May 2017",
            "contradicted",
            f"no award of that level is listed; {END} {HOLDS}",
        ),
        ("Gold in the US in 2020", "later", f"the awards held here reach to 2017-10-13; by then {HOLDS}"),
        ("Diamond in the US", "outside", f"{HOLDS}; how that compares with the level said here the list does not say"),
    ],
)
def test_a_certification_is_held_to_the_awards_of_its_country(
    awarded: House, tmp_path: Path, said: str, verdict: str, reason: str
) -> None:
    report = checked(awarded, tmp_path, f"The song was certified {said}.")
    assert one(report, 6, "certification") == (verdict, reason)


def test_a_verdict_on_a_certification_names_the_lines_of_the_list(awarded: House, tmp_path: Path) -> None:
    report = checked(awarded, tmp_path, "The song was certified triple Platinum in the US.")
    (finding,) = report.of("confirmed")
    assert len(finding.evidence) == 4
    assert finding.evidence[0].name.startswith("us-awards a-")
    assert "2016-08-31: WE DON'T TALK ANYMORE (FEAT. SELENA GOMEZ) - CHARLIE PUTH, Gold" in finding.evidence[0].sentence
    assert "awards us-awards, up to 2017-10-13" in report.rests_on


def test_other_countries_stay_outside(awarded: House, tmp_path: Path) -> None:
    report = checked(awarded, tmp_path, "The song was certified triple Platinum in Canada.")
    assert one(report, 6, "certification")[0] == "outside"


def test_a_list_without_the_song_settles_nothing(house: House, tmp_path: Path) -> None:
    # Cliff Richard's song of this title is another song.
    report = checked(given(house, tmp_path, OTHERS), tmp_path, "The song was certified Gold in the US.")
    verdict, reason = one(report, 6, "certification")
    assert (verdict, reason.endswith("held here name no level of this song")) == ("outside", True)


def test_a_table_of_certifications_is_held_to_the_list_too(awarded: House, tmp_path: Path) -> None:
    rows = ("| Region | Certification | Certified units |", "| {} | {} | 3,000,000 |")
    for region, said, verdict in (
        ("United States (RIAA)", "3\u00d7 Platinum", "confirmed"),
        ("United States (RIAA)", "Gold", "contradicted"),
        ("Italy (FIMI)", "5\u00d7 Platinum", "outside"),
    ):
        report = checked(awarded, tmp_path, rows[0], rows[1].format(region, said))
        assert one(report, 7, "certification")[0] == verdict
        assert not any("no table of certifications" in note.sentence for note in report.notes)


def logged(house: House, day: date, *levels: str, simulated: bool = False) -> House:
    """A house whose ledger has the song of the article, and whose log has these levels, a month apart."""
    sale = Row(
        "We Don't Talk Anymore", "Charlie Puth feat. Selena Gomez", day=day, quantity=1, channel="shop",
        measure="download", territory="US",
    )  # fmt: skip
    deliver(house, [sale], simulated=simulated)
    for n, name in enumerate(levels):
        on = day.replace(month=day.month + n)
        house.certifications.grant("us-riaa", "We Don't Talk Anymore", name, on, why="letter", by="anna")
    return house


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("Platinum in the US", "confirmed"),
        ("Gold in the US in August 2016", "confirmed"),
        ("Gold in the US in 2017", "outside"),
        ("double Platinum in the US", "outside"),
        ("Gold in the US", "outside"),
        ("Platinum in Canada", "outside"),
    ],
)
def test_what_was_logged_as_granted_confirms_and_never_contradicts(
    house: House, tmp_path: Path, said: str, verdict: str
) -> None:
    # Gold is granted on 1 August 2016 and Platinum a month later; what the log lacks says nothing.
    report = checked(logged(house, date(2016, 8, 1), "Gold", "Platinum"), tmp_path, f"The song was certified {said}.")
    assert one(report, 6, "certification")[0] == verdict
    if verdict == "confirmed":
        (finding,) = report.of("confirmed")
        assert finding.reason.endswith(", says the log")
        assert finding.evidence[0].sentence.endswith("; log, line 1)")


@pytest.mark.parametrize(("said", "verdict"), [("Silver", "confirmed"), ("Gold", "later"), ("Platinum", "later")])
def test_silver_is_the_level_below_gold(house: House, tmp_path: Path, said: str, verdict: str) -> None:
    rows = ROW.format("August 31, 2016", "Silver") + OTHERS
    report = checked(given(house, tmp_path, rows, series="gb-awards"), tmp_path, f"It was certified {said} in the UK.")
    assert one(report, 6, "certification")[0] == verdict


def test_levels_of_a_simulated_market_confirm_nothing(house: House, tmp_path: Path) -> None:
    made = logged(house, date(2016, 8, 1), "Gold", simulated=True)
    report = checked(made, tmp_path, "The song was certified Gold in the US.")
    assert one(report, 6, "certification")[0] == "outside"


def test_units_without_a_grant_confirm_nothing(house: House, tmp_path: Path) -> None:
    sale = Row("We Don't Talk Anymore", "Charlie Puth", day=date(2016, 8, 1), quantity=600_000, channel="shop",
               measure="download", territory="US")  # fmt: skip
    deliver(house, [sale])
    assert house.certifications.of("us-riaa", "We Don't Talk Anymore").level == "Gold"
    report = checked(house, tmp_path, "The song was certified Gold in the US.")
    assert one(report, 6, "certification")[0] == "outside"


def test_the_list_stands_before_the_log(awarded: House, tmp_path: Path) -> None:
    made = logged(awarded, date(2016, 8, 1), "2x Platinum")
    report = checked(made, tmp_path, "The song was certified double Platinum in the US.")
    assert one(report, 6, "certification")[0] == "contradicted"


def test_levels_are_read_as_lists_and_articles_write_them() -> None:
    said = {"Gold": ("gold", 1), "2x Multi-Platinum": ("platinum", 2), "triple platinum": ("platinum", 3),
            "five times Platinum": ("platinum", 5), "Diamond": ("diamond", 1),
            "10\u00d7 Platinum": ("platinum", 10), "Silver": ("silver", 1)}  # fmt: skip
    assert {text: level(text) for text in said} == said
    assert level("Bronze") is None
    assert level("some platinum") is None


DEEP = {
    "2016-06-24": ("Nobody 1", "Nobody 2", "Nobody 3", "Nobody 4", "Nobody 5", "Nobody 6"),
    "2016-07-01": ("Nobody 1", "First", "Nobody 3", "Nobody 4", "Nobody 5", "We Don't Talk Anymore"),
    "2016-07-08": ("Nobody 1", "First", "Nobody 3", "Nobody 4", "We Don't Talk Anymore", "Third"),
    "2016-07-15": ("Third", "First", "Nobody 3", "We Don't Talk Anymore", "Nobody 5", "Nobody 6"),
}


def deep() -> list[Line]:
    ours = ("First", "Third", "We Don't Talk Anymore")
    return [
        (issue, n, title, "Charlie Puth" if title in ours else title)
        for issue, titles in DEEP.items()
        for n, title in enumerate(titles, 1)
    ]


def test_a_top_five_is_counted_in_an_archive_that_begins_with_its_chart(house: House, tmp_path: Path) -> None:
    # Top fives: First (1 July), We Don't Talk Anymore (8 July, at five), Third (15 July). Top sixes: First and
    # We Don't Talk Anymore share the first issue. Only a book says when a chart began, so one is made for it here.
    hold(house, "xx-six", deep(), title="Top Six", size=6)
    (facts,) = facts_held(house.records.held, ["Charlie Puth"], lambda _: Called(("Top Six",), date(2016, 6, 24)))
    hit = facts.of_song("We Don't Talk Anymore", ["Charlie Puth"])
    assert hit is not None
    five, six, two = (nth_top_ten(facts, "Charlie Puth", hit, date(2016, 7, 31), depth=depth) for depth in (5, 6, 2))
    assert five is not None
    assert (five.first, five.last, [one.title for one in five.proof]) == (2, 2, ["First", "We Don't Talk Anymore"])
    assert six is not None
    assert (six.first, six.last) == (1, 2)
    assert two is None
    assert [(position, str(shown.issue)) for position, shown in hit.climb] == [
        (6, "2016-07-01"), (5, "2016-07-08"), (4, "2016-07-15"),
    ]  # fmt: skip


@pytest.mark.real
def test_the_real_list_knows_the_levels_of_the_song(house: House, shared_data: Path, tmp_path: Path) -> None:
    house.archives.import_("us-riaa", shared_data / "riaa_2016" / "riaa_2016.csv")
    house.archives.import_("us-hot-100", shared_data / "hot100_1958_2016" / "hot100_1958_2016.parquet")
    report = checked(
        house, tmp_path,
        "The song was certified platinum in the US in November 2016.",
        "The song peaked at number nine on the Billboard Hot 100 in October 2016, Gomez's sixth top ten single and "
        "Puth's fourth top 40 single.",
    )  # fmt: skip
    assert one(report, 6, "certification") == ("confirmed", "certified Platinum on 2016-11-11")
    found = {
        f.claim.text.split(" ")[1]: (f.verdict, f.reason) for f in report.findings if f.claim.kind == "nth_top_ten"
    }
    # Before it See You Again (2015-04-18), Marvin Gaye (2015-08-15) and One Call Away (2016-01-16) were in the top 40.
    assert found == {
        "sixth": (
            "confirmed",
            "Selena Gomez's 6th top ten, reached in the issue of 2016-09-24 (1 of 6 as featured artist)",
        ),
        "fourth": (
            "confirmed",
            "Charlie Puth's 4th top 40, reached in the issue of 2016-07-30 (1 of 4 as featured artist)",
        ),
    }
