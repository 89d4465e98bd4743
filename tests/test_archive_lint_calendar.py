"""Lint knows calendars: gaps, pauses, changed weekdays, stray and copied issues, at any step."""

from datetime import date, timedelta

from lint_maker import SATURDAY, classes, kinds, line, linted, one, published, weekly

FIVE = ["A B C D E", "B A C D E", "B C A E D", "C B A D E", "C A B D E", "A C B E D"]


def test_a_whole_series_is_clean() -> None:
    report = linted(published(FIVE))
    assert (kinds(report), report.disagreements, report.sound) == ([], (), True)
    assert [(each.column, each.lines, each.exact, each.songs) for each in report.agreement] == [
        ("last", 30, 30, 30), ("peak", 30, 30, 30), ("weeks", 30, 30, 30),
    ]  # fmt: skip


def test_a_missing_issue_is_named_and_every_number_that_rests_on_it() -> None:
    # Six weeks are published, the archive lacks the third, 2020-01-18: B C A E D.
    rows = [row for row in published(FIVE) if row["issue"] != date(2020, 1, 18)]
    report = linted(rows)
    gap = one(report, "gap")
    assert (gap.severity, gap.issues) == ("error", (date(2020, 1, 11), date(2020, 1, 25)))
    assert gap.found == "no issue between 2020-01-11 and 2020-01-25, 14 days apart"
    assert gap.cause == "1 issue is missing in the archive"
    assert gap.evidence == "all 5 titles in both issues go up by exactly 2 weeks on chart"
    assert gap.consistent == "an issue of 2020-01-18"
    assert gap.place == "chart.csv record 11"
    # Weeks are one more on the 15 lines after it. Last week differs where a title moved between the second and
    # the missing third issue: C stood at 2 (3 before), A at 3 (2), E at 4 (5), D at 5 (4); B kept 1. Peaks that were
    # reached in the missing issue: C's 2 is bettered at once; E's 4 lasts until it is 4 again in the last issue.
    assert kinds(report) == ["gap"]
    assert {each[5] for each in classes(report)} == {"gap"}
    assert [each[1:5] for each in classes(report) if each[2] == "last"] == [
        ("C", "last", 2, 3), ("A", "last", 3, 2), ("D", "last", 5, 4), ("E", "last", 4, 5),
    ]  # fmt: skip
    assert [(each[0], *each[1:5]) for each in classes(report) if each[2] == "peak"] == [
        ("2020-01-25", "E", "peak", 4, 5), ("2020-02-01", "E", "peak", 4, 5),
    ]  # fmt: skip
    assert sum(each[2] == "weeks" for each in classes(report)) == 15


def test_a_pause_of_the_publisher_is_no_gap() -> None:
    # Two weeks between the third and the fourth issue, and weeks on chart go up by one only.
    dates = [*weekly(3), *weekly(3, date(2020, 2, 1))]
    report = linted(published(FIVE, dates))
    pause = one(report, "skipped-issue")
    assert (kinds(report), pause.severity, report.disagreements) == (["skipped-issue"], "note", ())
    assert pause.issues == (date(2020, 1, 18), date(2020, 2, 1))
    assert pause.evidence == "all 5 titles in both issues go up by exactly 1 week on chart"


def test_last_weeks_alone_tell_a_pause_from_a_gap() -> None:
    dates = [*weekly(3), *weekly(3, date(2020, 2, 1))]
    paused = [row | {"weeks": None, "peak": None} for row in published(FIVE, dates)]
    assert kinds(linted(paused)) == ["skipped-issue"]
    lost = [row | {"weeks": None, "peak": None} for row in published(FIVE) if row["issue"] != date(2020, 1, 18)]
    gap = one(linted(lost), "gap")
    # One of five, B at 1, stood where it stood two weeks before.
    assert gap.evidence == "1 of 5 last weeks are the positions in the issue before"


def test_without_columns_a_gap_may_be_a_pause() -> None:
    rows = [row for row in published(FIVE, columns=False) if row["issue"] != date(2020, 1, 18)]
    gap = one(linted(rows), "gap")
    assert gap.cause == "1 issue is missing in the archive, or the publisher left out as many"
    assert gap.evidence == "no column says whether an issue lies between"


def test_a_chart_moves_from_monday_to_saturday() -> None:
    # Monday 2020-01-06, 13, 20, then twelve days to Saturday 2020-02-01, 08, 15.
    dates = [*weekly(3, date(2020, 1, 6)), *weekly(3, date(2020, 2, 1))]
    report = linted(published(FIVE, dates))
    change = one(report, "changed-weekday")
    assert (kinds(report), change.severity) == (["changed-weekday"], "note")
    assert change.issues == (date(2020, 1, 20), date(2020, 2, 1))
    assert change.found == "12 days from Monday 2020-01-20 to Saturday 2020-02-01; 7 days are usual"
    assert change.cause == (
        "the chart changed its day from Monday (the 3 issues before) to Saturday (the 3 issues after), and no issue is"
        " missing"
    )
    assert change.consistent == "the dates as they are"


def test_a_moved_chart_may_lack_an_issue_too() -> None:
    charts = published([*FIVE, "A B C D E"], [*weekly(3, date(2020, 1, 6)), *weekly(4, date(2020, 2, 1))])
    report = linted([row for row in charts if row["issue"] != date(2020, 2, 1)])
    change = one(report, "changed-weekday")
    assert change.severity == "warning"
    assert change.cause.endswith("and an issue may be missing")
    assert change.evidence == "all 5 titles in both issues go up by exactly 2 weeks on chart"
    assert {each.kind for each in report.disagreements} == {"gap"}


def test_an_issue_between_two_weeks_is_stray() -> None:
    rows = published(FIVE)
    copied = [row | {"issue": date(2020, 1, 21)} for row in rows if row["issue"] == date(2020, 1, 18)]
    stray = one(linted(rows + copied), "stray-issue")
    assert (stray.severity, stray.issues) == ("error", (date(2020, 1, 21),))
    assert (
        stray.found
        == "Tuesday 2020-01-21 between Saturday 2020-01-18 and Saturday 2020-01-25, which are one step apart"
    )
    assert stray.consistent == "no issue between 2020-01-18 and 2020-01-25"


def test_a_wrong_date_is_told_from_a_changed_day() -> None:
    dates = weekly(6)
    dates[2] -= timedelta(1)
    report = linted(published(FIVE, dates))
    stray = one(report, "stray-issue")
    assert kinds(report) == ["stray-issue"]
    assert stray.found == ("Friday 2020-01-17 is 1 day early; the issues before and after it keep their Saturday")
    assert stray.consistent == "dated 2020-01-18"


def test_a_wrong_date_beside_a_gap() -> None:
    # The third issue is dated a day early and the fourth is missing: 6 and 15 days are three weeks.
    dates = weekly(6)
    dates[2] -= timedelta(1)
    report = linted([row for row in published(FIVE, dates) if row["issue"] != dates[3]])
    assert kinds(report) == ["stray-issue"]
    assert {each.kind for each in report.disagreements} == {"gap"}


def test_fridays_and_every_second_week_and_every_day() -> None:
    assert kinds(linted(published(FIVE, weekly(6, date(2020, 1, 3))))) == []
    assert kinds(linted(published(FIVE, weekly(6, step=14)))) == []
    daily = [row for row in published(FIVE, weekly(6, step=1)) if row["issue"] != date(2020, 1, 7)]
    assert one(linted(daily), "gap").consistent == "an issue of 2020-01-07"


def test_a_chart_of_every_second_week_becomes_weekly() -> None:
    # Nine issues a fortnight apart end on 2020-04-25; nine weekly ones follow from 2020-05-02.
    dates = [*weekly(9, step=14), *weekly(9, date(2020, 5, 2))]
    report = linted(published([*FIVE, *FIVE, *FIVE], dates))
    change = one(report, "changed-step")
    assert kinds(report) == ["changed-step"]
    assert change.found == "every 14 days until 2020-04-25, every 7 days after"


def test_months_and_years_have_steps_of_their_own() -> None:
    months = [date(2020, month, 1) for month in range(1, 7)]
    assert kinds(linted(published(FIVE, months))) == []
    lost = [row for row in published(FIVE, months) if row["issue"] != months[2]]
    assert one(linted(lost), "gap").consistent == "an issue of 2020-03"
    years = [date(year, 12, 31) for year in (2013, 2014, 2016)]
    gap = one(linted(published(FIVE[:3], years, columns=False), kind="year-end"), "gap")
    assert (gap.consistent, gap.issues) == ("an issue of 2015", (years[1], years[2]))


def test_a_copied_issue_is_told_from_a_chart_that_stood_still() -> None:
    # The publisher prints the third chart again in the fourth week: weeks count on. The archive of somebody who has
    # the third issue twice shows the same weeks too.
    still = linted(published([*FIVE[:3], FIVE[2], *FIVE[3:]]))
    assert (kinds(still), still.disagreements) == (["unchanged-issue"], ())
    rows = published(FIVE)
    later = [row | {"issue": row["issue"] + timedelta(7)} if row["issue"] > date(2020, 1, 18) else row for row in rows]
    copied = [row | {"issue": date(2020, 1, 25)} for row in rows if row["issue"] == date(2020, 1, 18)]
    report = linted([*later, *copied])
    copy = one(report, "repeated-issue")
    assert (copy.severity, copy.issues) == ("error", (date(2020, 1, 25),))
    assert copy.found == "the same titles at the same positions as 2020-01-18"
    assert copy.consistent == "the chart of that date"
    # Our weeks are one too many from the copy on: 5 lines of the copy and 15 after it. Its last weeks are those of
    # the issue that it copies: B 1 and the four that moved.
    assert {each[5] for each in classes(report)} == {"repeated-issue"}
    assert sum(each[2] == "weeks" for each in classes(report)) == 20
    assert [each[1:5] for each in classes(report) if each[2] == "last"] == [
        ("C", "last", 3, 2), ("A", "last", 2, 3), ("E", "last", 5, 4), ("D", "last", 4, 5),
    ]  # fmt: skip


def test_one_issue_and_no_issue() -> None:
    assert kinds(linted(published(FIVE[:1]))) == []
    report = linted([])
    assert (report.issues, report.lines, report.findings, report.sound) == (0, 0, (), True)


def test_the_maker_counts_as_a_publisher_does() -> None:
    rows = published(["A B", "B", "B A"])
    told = [line(rows, SATURDAY + timedelta(14), title) for title in ("B", "A")]
    assert [(row["position"], row["last"], row["peak"], row["weeks"]) for row in told] == [
        (1, 1, 1, 3),
        (2, None, 1, 2),
    ]
