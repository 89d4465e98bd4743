"""What is asked of records is read or refused: no option is passed over, no mistake reaches the engine."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hitparade.errors import ArchiveError, UsageError
from hitparade.house import House
from hitparade.records.lists import Answer
from mirror_maker import hold
from records_maker import CHART, lines

AWARDS = """\
Artist,Title,Certification_Date,Release_Date,Certification_Type
ANN LEE,AMBER,"April 29, 2016","January 27, 2016",2x Multi-Platinum
ANN LEE,AMBER,"April 29, 2016","January 27, 2016",11x Multi-Platinum
ANN LEE,AMBER,"April 29, 2016","January 27, 2016",Gold
ANN LEE,AMBER,"April 29, 2016","January 27, 2016",Platinum
"""


@pytest.fixture
def charts(house: House) -> House:
    """A house that holds the small chart."""
    hold(house, CHART, lines(), title="Top Four", territory="XK", size=4)
    return house


def ask(house: House, name: str, **said: Any) -> Answer:  # noqa: ANN401 - the fields of an ask
    return house.records.ask(name, **{"chart": CHART, **said})


@pytest.mark.parametrize(
    ("filter_", "sentence"),
    [
        ("weeks>=many", "--where: found 'many' for weeks; allowed: a whole number"),
        ("weeks=<10", "--where: found '<10' for weeks; allowed: a whole number"),
        ("weeks>=2020-01-04", "--where: found '2020-01-04' for weeks; allowed: a whole number"),
        ("first_issue>=2020", "--where: found '2020' for first_issue; allowed: a day such as 2016-10-08"),
        ("first_issue>=2020-02-30", "--where: found '2020-02-30' for first_issue; allowed: a day such as 2016-10-08"),
    ],
)
def test_a_filter_has_a_value_of_its_column(charts: House, filter_: str, sentence: str) -> None:
    with pytest.raises(UsageError) as said:
        ask(charts, "most-weeks", where=(filter_,))
    assert str(said.value) == sentence


def test_a_title_may_be_a_number(house: House) -> None:
    hold(house, CHART, [("2020-01-04", 1, "7", "Ann Lee"), ("2020-01-04", 2, "Seven", "Ann Lee")], size=2)
    assert [row["title"] for row in ask(house, "runs", where=("title=7",)).dicts()] == ["7"]


@pytest.mark.parametrize(
    ("record", "said", "sentence"),
    [
        ("most-weeks", {"issue": date(2020, 1, 4)}, "does not read --issue, which is for issue-moves, drop-outs"),
        ("most-weeks", {"against": "list"}, "does not read --against, which is for year-end"),
        ("runs", {"table": (3, 2)}, "does not read --table, which is for year-end"),
        ("most-weeks", {"depth": 2}, "most-weeks does not read --depth: it looks at whole issues"),
    ],
)
def test_an_option_that_a_record_does_not_read_is_refused(
    charts: House, record: str, said: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        ask(charts, record, **said)


def test_of_the_first_issue_held_nobody_knows_what_was_new(charts: House) -> None:
    for record in ("issue-moves", "drop-outs"):
        found = ask(charts, record, issue=date(2020, 1, 4))
        assert found.rows == ()
        assert any("2020-01-04 is the first issue held" in note for note in found.notes)


def test_a_list_of_awards_is_no_chart_and_a_chart_is_no_list_of_awards(charts: House, tmp_path: Path) -> None:
    file = tmp_path / "awards.csv"
    file.write_text(AWARDS, "utf-8")
    charts.archives.import_("xx-awards", file)
    with pytest.raises(ArchiveError, match=r"xx-awards is a list of awards, which has no issues; of charts there are "):
        ask(charts, "most-weeks", chart="xx-awards")
    with pytest.raises(ArchiveError, match="no list of awards of that name is held here; there is xx-awards"):
        ask(charts, "certification", song="Amber")


def test_of_levels_given_on_one_day_the_highest_is_held(house: House, tmp_path: Path) -> None:
    """A programme that catches up gives several levels at once: as text "Platinum" stands last, and is not."""
    file = tmp_path / "awards.csv"
    file.write_text(AWARDS, "utf-8")
    house.archives.import_("xx-awards", file)
    found = house.records.ask("certification", song="Amber", as_of=date(2016, 5, 1))
    assert found.facts == {"held": "11x Multi-Platinum", "since": date(2016, 4, 29)}
    levels = ["Gold", "Platinum", "2x Multi-Platinum", "11x Multi-Platinum"]
    assert [row["level"] for row in found.dicts()] == levels
    # 27 January to 29 April 2016: 4 + 29 + 31 + 29 = 93 days.
    assert found.sentences[-1] == (
        '"AMBER" by ANN LEE was certified 11x Multi-Platinum on 29 April 2016, 93 days after its release, '
        "its highest level as of 1 May 2016."
    )


def test_a_spell_is_spent_on_the_chart(charts: House) -> None:
    # Cedar: 4, 11, 18, 25 January, 1, 8, 15 February.
    found = ask(charts, "longest-in-a-row", top=1)
    assert "spent seven weeks in a row on the Top Four, from 4 January 2020 to 15 February 2020." in found.sentences[0]


def test_a_group_is_counted_under_the_names_it_has_had(house: House) -> None:
    """The Supremes were billed with Diana Ross in front from 1967 on; her own songs are hers."""
    hold(
        house, CHART,
        [
            ("1966-09-10", 1, "One", "The Supremes"),
            ("1968-11-30", 1, "Two", "Diana Ross & The Supremes"),
            ("1969-01-11", 2, "Three", "Diana Ross And The Supremes & The Temptations"),
            ("1970-09-19", 1, "Four", "Diana Ross"),
        ],
    )  # fmt: skip
    found = {row["artist"]: (row["songs"], row["by_name"]) for row in ask(house, "most-top-tens").dicts()}
    assert found["The Supremes"] == (3, 1)
    assert found["Diana Ross"] == (1, 1)
