"""Every published last week, peak and weeks that disagrees gets a class that says why, or is unexplained."""

from datetime import timedelta

from lint_maker import SATURDAY, classes, kinds, line, linted, one, published

SIX = ["A B C D", "B A C D", "A C B D", "A D B C", "B D A C", "D B A C"]
DAYS = [SATURDAY + timedelta(7 * each) for each in range(6)]


def test_numbers_older_than_the_archive() -> None:
    # The archive begins with the third of six issues: weeks are two more than its lines, peaks may be older, and the
    # first issue has last weeks that nobody can check. X left after the first week and returns on the fifth.
    charts = ["X A B C D", "A B C D E", "B A C D E", "A C B D E", "A D B C X", "B D A C X"]
    rows = [row for row in published(charts) if row["issue"] >= DAYS[2]]
    report = linted(rows)
    found = one(report, "before-archive")
    assert (kinds(report), report.sound, found.severity) == (["before-archive"], True, "note")
    # Last: A, B, C, D and E of the first issue held. Weeks: 5 + 5 lines of A to E (E once less by then, for it came in
    # the second week), 4 + 4 of A to D and 2 of X, so 20. Peaks: A's 1 on the first issue held (2 there), X's 1 twice.
    assert [each[:2] for each in classes(report) if each[2] == "last"] == [("2020-01-18", title) for title in "BACDE"]
    assert sum(each[2] == "weeks" for each in classes(report)) == 20
    peaks = [each[:2] + each[3:5] for each in classes(report) if each[2] == "peak"]
    # C's peak of 3 and D's of 4 were reached again in the first issue held; A's 1 is older there, B's is not.
    assert peaks == [("2020-01-18", "A", 1, 2), ("2020-02-01", "X", 1, 5), ("2020-02-08", "X", 1, 5)]
    assert found.lines == 20


def test_one_wrong_number_of_weeks() -> None:
    rows = published(SIX)
    line(rows, DAYS[3], "B")["weeks"] = 40
    report = linted(rows)
    assert classes(report) == [("2020-01-25", "B", "weeks", 40, 4, "wrong-once")]
    wrong = one(report, "wrong-once")
    assert (wrong.title, wrong.issues, wrong.severity) == ("B - B Band", (DAYS[3],), "warning")
    assert wrong.evidence == "from 3 to 40 weeks, and back on the next line: one wrong number"


def test_a_count_that_leaves_its_history() -> None:
    rows = published(SIX)
    for day in DAYS[3:]:
        line(rows, day, "B")["weeks"] += 2
    report = linted(rows)
    assert [(each[1], each[3], each[4], each[5]) for each in classes(report)] == [
        ("B", 6, 4, "wrong-from-here"), ("B", 7, 5, "wrong-from-here"), ("B", 8, 6, "wrong-from-here"),
    ]  # fmt: skip
    assert one(report, "wrong-from-here").evidence == "from 3 to 6 weeks; it counts on from there"


def test_a_peak_that_was_not_brought_up() -> None:
    # D goes 4 4 4 2 2 1; its peak stays 4 for a week too long.
    rows = published(SIX)
    line(rows, DAYS[3], "D")["peak"] = 4
    report = linted(rows)
    assert classes(report) == [("2020-01-25", "D", "peak", 4, 2, "not-brought-up")]
    assert one(report, "not-brought-up").evidence == "the peak stays 4 though it stands at 2 on 2020-01-25"


def test_a_peak_better_than_any_position() -> None:
    rows = published(SIX)
    line(rows, DAYS[4], "C")["peak"] = 1
    assert classes(linted(rows)) == [("2020-02-01", "C", "peak", 1, 2, "wrong-once")]
    line(rows, DAYS[5], "C")["peak"] = 1
    assert {each[5] for each in classes(linted(rows))} == {"wrong-from-here"}


def test_a_last_week_that_is_anothers() -> None:
    # On the fifth issue A came from 1; 3 is where B came from, and B says so too.
    rows = published(SIX)
    line(rows, DAYS[4], "A")["last"] = 3
    report = linted(rows)
    assert classes(report) == [("2020-02-01", "A", "last", 3, 1, "wrong-once")]
    assert one(report, "wrong-once").evidence == "3 instead of 1; B - B Band has the same last week"


def test_last_weeks_that_are_not_printed() -> None:
    rows = published(SIX)
    line(rows, DAYS[4], "A")["last"] = None
    report = linted(rows)
    assert classes(report) == [("2020-02-01", "A", "last", None, 1, "no-last-week")]
    assert one(report, "no-last-week").severity == "warning"


def test_a_column_that_says_where_a_song_last_stood() -> None:
    # D leaves after the second issue at 4 and returns on the fifth; the publisher prints last week 4.
    rows = published(["A B C D", "B A C D", "A C B E", "A C B E", "A C B D", "A C B D"])
    line(rows, DAYS[4], "D")["last"] = 4
    report = linted(rows)
    assert classes(report) == [("2020-02-01", "D", "last", 4, None, "last-on-chart")]


def test_what_nothing_explains_is_an_error_and_says_so() -> None:
    # A last week of 9 on a chart of four: no line, no hole and no gap has it.
    rows = published(SIX)
    line(rows, DAYS[4], "A").update(last=9, peak=None)
    report = linted(rows)
    assert classes(report) == [("2020-02-01", "A", "last", 9, 1, "unexplained")]
    assert one(report, "unexplained").severity == "error"
    assert not report.sound


def test_a_line_taken_in_twice_is_not_judged_twice() -> None:
    rows = published(SIX)
    again = dict(line(rows, DAYS[4], "C")) | {"position": 5}
    report = linted([*rows, again])
    assert one(report, "duplicate-line").found == "C - C Band stands at 4 and at 5"
    assert {each[5] for each in classes(report)} == {"duplicate-line"}


def test_an_archive_with_some_columns_only() -> None:
    bare = [row | {"last": None, "peak": None} for row in published(SIX)]
    report = linted(bare)
    assert [(each.column, each.songs) for each in report.agreement] == [("weeks", 24)]
    assert report.findings == ()
