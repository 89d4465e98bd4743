"""A chart goes on from an archive: last week, peak and weeks of its first compiled issue are worked out by hand."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from hitparade.errors import ArchiveError, UsageError
from hitparade.house import House
from ledger_maker import Row, deliver

CHART = "my-top-40"
MONDAY = date(2016, 1, 4)
FOURTH = date(2016, 1, 10)
"""The chart is dated on the Sunday that ends its week; the archive's issues are the three Sundays before."""

ARCHIVE = """date,position,title,artist,lw,peak,weeks
2015-12-20,1,Alpha,Alpha Band,,1,1
2015-12-20,2,Beta,Beta Band,,2,1
2015-12-20,3,Gamma,Gamma Band,,3,1
2015-12-27,1,Beta,Beta Band,2,1,2
2015-12-27,2,Alpha,Alpha Band,1,1,2
2015-12-27,3,Delta,Delta Band,,3,1
2016-01-03,1,Beta,Beta Band,1,1,3
2016-01-03,2,Delta,Delta Band,3,2,2
2016-01-03,3,Alpha,Alpha Band,2,1,3
"""
"""Alpha 1, 2, 3; Beta 2, 1, 1; Gamma 3; Delta -, 3, 2."""


def plays(n: int, songs: dict[str, int]) -> list[Row]:
    day = MONDAY + timedelta(7 * n)
    return [
        Row(title, f"{title} Band", day=day, measure="on_demand", quantity=quantity, territory="GLOBAL")
        for title, quantity in songs.items()
    ]


def begin(house: House, text: str = ARCHIVE, folder: Path | None = None) -> None:
    file = (folder or house.paths.root.parent) / "archive.csv"
    file.write_text(text, "utf-8")
    house.archives.import_(CHART, file)
    house.archives.open_(CHART, by="anna")


def lines(house: House, issue: date) -> dict[str, tuple[object, ...]]:
    """Return position, last week, movement, peak, weeks at peak and weeks by title."""
    return {
        each.title: (
            each.position, each.previous_position, each.movement, each.peak, each.peak_weeks, each.weeks_on_chart
        )
        for each in house.chart(CHART, issue).chart.entries
    }  # fmt: skip


def test_the_fourth_issue_goes_on_from_three_archived_ones(house: House) -> None:
    """Alpha comes back to 1 from 3: fourth week, peak 1 for the second time (first on 12-20, now again).

    Beta was 1 on two issues and falls to 2: peak 1 in two weeks, fourth week. Gamma was on 12-20 alone, at 3, and
    re-enters at 3: peak 3, now for the second time, second week. Delta leaves from 2. Epsilon is new.
    """
    deliver(house, plays(0, {"Alpha": 9, "Beta": 5, "Gamma": 4, "Epsilon": 2}), name="week0.csv")
    begin(house)
    house.compile(CHART, every=True)
    assert lines(house, FOURTH) == {
        "Alpha": (1, 3, "+2", 1, 2, 4),
        "Beta": (2, 1, "-1", 1, 2, 4),
        "Gamma": (3, None, "re", 3, 2, 2),
        "Epsilon": (4, None, "new", 4, 1, 1),
    }
    issue = house.chart(CHART, FOURTH).chart
    assert issue.previous_issue == date(2016, 1, 3)
    assert [(each.title, each.previous_position, each.weeks_on_chart) for each in issue.drop_outs] == [("Delta", 2, 2)]
    assert issue.notes[0].startswith("goes on from the archive my-top-40 (a-")
    assert "after its issue 2016-01-03, with 4 songs" in issue.notes[0]


def test_other_spellings_of_the_archive_are_the_ledgers_songs(house: House) -> None:
    """The archive says "Featuring" and has capitals, the sender "feat."; the run goes on: second week, from 1."""
    deliver(
        house,
        [Row("Night (feat. B)", "A", day=MONDAY, measure="on_demand", quantity=3, territory="GLOBAL")],
        name="week0.csv",
    )
    begin(house, "date,position,title,artist,lw,peak,weeks\n2016-01-03,1,NIGHT,A Featuring B,,1,1\n")
    house.compile(CHART, every=True)
    assert lines(house, FOURTH) == {"Night (feat. B)": (1, 1, "=", 1, 2, 2)}


def test_what_the_archive_cannot_know_is_null_and_said(house: House) -> None:
    """Alpha has 9 weeks printed and one issue held, and a peak of 1 that no issue held shows.

    On the fourth issue it has 10 weeks; peak 1 stays, and for how many weeks is not known, though it is 1 again.
    """
    deliver(house, plays(0, {"Alpha": 9}), name="week0.csv")
    begin(house, "date,position,title,artist,lw,peak,weeks\n2016-01-03,3,Alpha,Alpha Band,2,1,9\n")
    house.compile(CHART, every=True)
    assert lines(house, FOURTH) == {"Alpha": (1, 3, "+2", 1, None, 10)}
    issue = house.compiled(CHART, FOURTH)
    assert [(each.first_issue, each.peak_issue) for each in issue.state_in.songs.values()] == [(None, None)]
    assert "of 1 song not every issue is held" in issue.chart.notes[0]


def test_a_gap_between_archive_and_first_issue_leaves_last_week_unknown(house: House) -> None:
    """The archive ends on 2015-12-27, and the issue of 2016-01-03 is held by nobody: no last week, so a re-entry."""
    deliver(house, plays(0, {"Alpha": 9}), name="week0.csv")
    begin(house, ARCHIVE[: ARCHIVE.index("2016-01-03")])
    house.compile(CHART, every=True)
    assert lines(house, FOURTH) == {"Alpha": (1, None, "re", 1, 2, 3)}
    note = house.chart(CHART, FOURTH).chart.notes[0]
    assert "1 issue from 2016-01-03 to 2016-01-03 held by nobody: last week is not known" in note


def test_the_opening_is_sealed_with_its_source_and_verified(house: House) -> None:
    deliver(house, plays(0, {"Alpha": 9, "Beta": 5}), name="week0.csv")
    deliver(house, plays(1, {"Beta": 9, "Alpha": 5}), name="week1.csv")
    begin(house)
    house.compile(CHART, every=True)
    for issue in (FOURTH, FOURTH + timedelta(7)):
        house.publish(CHART, issue, by="anna")
    edition = house.edition(CHART, FOURTH)
    assert edition is not None
    assert edition.compiled.state_in.source.startswith("goes on from the archive my-top-40 (a-")
    assert edition.said["last_week_from"] is None
    assert [found.sound for found in house.verify()] == [True, True]
    assert lines(house, FOURTH + timedelta(7))["Beta"] == (1, 2, "+1", 1, 3, 5)
    gone = house.archives.find(CHART).imports[0].id
    house.archives.remove(gone)
    first, second = house.verify()
    assert [answer.holds for answer in first.answers] == [True, True, False]
    assert f"it went on from import {gone}, which is no longer in force" in first.answers[2].findings
    assert second.sound


def test_issues_that_the_archive_holds_are_not_compiled(house: House) -> None:
    """The ledger has the week of 2016-01-10 too; the archive is said to hold up to that issue."""
    deliver(house, plays(0, {"Alpha": 9}), name="week0.csv")
    deliver(house, plays(1, {"Alpha": 9}), name="week1.csv")
    begin(house, ARCHIVE + "2016-01-10,1,Delta,Delta Band,2,1,3\n")
    shown = house.compile(CHART, every=True)
    assert [each.chart.issue_date for each in shown] == [date(2016, 1, 17)]
    assert [each.title for each in shown[0].chart.drop_outs] == ["Delta"]


def test_an_issue_before_the_last_may_be_named_and_the_log_keeps_both_lines(house: House) -> None:
    deliver(house, plays(0, {"Alpha": 9}), name="week0.csv")
    begin(house)
    house.archives.take_back(CHART, by="bert", why="a try")
    house.compile(CHART, every=True)
    assert lines(house, FOURTH) == {"Alpha": (1, None, "new", 1, 1, 1)}
    assert [(each.series, each.entered_by) for each in house.archives.openings(CHART)] == [
        (CHART, "anna"),
        ("", "bert"),
    ]


def test_an_opening_is_refused_without_its_issue_or_after_the_first_edition(house: House) -> None:
    deliver(house, plays(0, {"Alpha": 9}), name="week0.csv")
    begin(house)
    with pytest.raises(ArchiveError, match="no such issue; the nearest is 2016-01-03"):
        house.archives.open_(CHART, issue=date(2016, 1, 4), by="anna")
    house.compile(CHART, every=True)
    house.publish(CHART, FOURTH, by="anna")
    with pytest.raises(ArchiveError, match="1 issues are published, the first is 2016-01-10"):
        house.archives.open_(CHART, by="anna")
    with pytest.raises(ArchiveError, match="only before its first edition"):
        house.archives.take_back(CHART, by="anna")


def test_nothing_to_take_back(house: House) -> None:
    with pytest.raises(UsageError, match="goes on from no archive"):
        house.archives.take_back(CHART, by="anna")
