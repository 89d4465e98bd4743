"""Lint looks at the positions of each issue, and finds holes and moved lines by the publisher's own numbers."""

from datetime import date, timedelta

import pytest

from hitparade.archive.lint_finding import Finding
from lint_maker import SATURDAY, classes, kinds, line, linted, one, published, without

EIGHT = [
    "A B C D E F G H",
    "B A D C F E H G",
    "B D A F C H E G",
    "D B F A H C G E",
    "D F B H A G C E",
    "F D H B G A E C",
]
SECOND, THIRD, FOURTH, FIFTH = (SATURDAY + timedelta(7 * each) for each in range(1, 5))


def said(each: Finding) -> tuple[str, str, str]:
    return each.found, each.cause, each.consistent


def test_positions_from_zero_are_one_finding_and_do_not_spoil_the_rest() -> None:
    rows = [row | {"position": row["position"] - 1} for row in published(EIGHT)]
    report = linted(rows)
    zero = one(report, "from-zero")
    assert (kinds(report), report.disagreements) == (["from-zero"], ())
    assert (zero.severity, zero.lines) == ("error", 48)
    assert said(zero) == (
        "positions 0 to 7",
        "positions are counted from zero",
        "positions 1 to 8: every position one more; what follows counts them so",
    )


def test_a_position_without_a_line_is_named_with_the_title_of_the_next_last_week() -> None:
    rows = [row for row in published(EIGHT) if not (row["issue"] == THIRD and row["title"] == "F")]
    missing = one(linted(rows), "missing-line")
    # F stood at 4 on the third issue and at 3 on the fourth; the line above the hole is A's, record 19 of 47.
    assert (missing.issues, missing.positions, missing.lines, missing.title) == ((THIRD,), (4,), 1, "F - F Band")
    assert said(missing) == ("no line at 4; 7 lines", "the archive lacks 1 line; likely F - F Band", "a line at 4")
    assert missing.place == "chart.csv record 19"
    # F's weeks are one more from the fourth issue on, and its last week there is 4: both are the missing line's.
    assert {each[5] for each in classes(linted(rows))} == {"missing-line"}


def test_a_year_end_list_lacks_a_rank() -> None:
    rows = published(["A B C D E F G H"], [date(2016, 12, 31)], columns=False)
    missing = one(linted([row for row in rows if row["title"] != "G"], kind="year-end"), "missing-line")
    assert (missing.found, missing.place) == ("no line at 7; 7 lines", "chart.csv record 6")


def test_shared_positions_skip_the_next_and_are_no_fault() -> None:
    rows = published(EIGHT[:3], columns=False)
    line(rows, SECOND, "D")["position"] = 2  # 1 2 2 4 ...
    report = linted(rows)
    assert (kinds(report), report.sound) == (["shared-position"], True)
    assert one(report, "shared-position").found == "2 lines at 2"


def test_a_position_twice_is_a_fault_unless_shared() -> None:
    rows = published(EIGHT[:3], columns=False)
    report = linted([*rows, line(rows, SECOND, "D") | {}])
    assert kinds(report) == ["doubled-position", "duplicate-line"]
    assert one(report, "doubled-position").cause == "lines taken in twice"
    assert one(report, "duplicate-line").found == "D - D Band stands at 3 and at 3"
    other = line(rows, SECOND, "D") | {"title": "Z", "credit": "Z Band"}
    assert one(linted([*rows, other]), "doubled-position").cause == "two versions of this issue in one"


def test_an_issue_whose_positions_begin_at_two() -> None:
    rows = published(EIGHT)
    for row in rows:
        row["position"] += row["issue"] == THIRD
    report = linted(rows)
    shifted = one(report, "shifted-positions")
    assert said(shifted) == (
        "positions 2 to 9",
        "the positions of this issue are counted from another number",
        "positions 1 to 8, so each 1 less",
    )


def test_an_issue_that_breaks_off_or_runs_on() -> None:
    rows = published(EIGHT * 5, columns=False)
    broken = one(linted([row for row in rows if row["issue"] != THIRD or row["position"] < 3]), "short-issue")
    assert (broken.found, broken.consistent) == ("2 lines where 8 are usual", "8 lines")
    extra = {"issue": THIRD, "position": 9, "title": "Z", "credit": ""}
    assert one(linted([*rows, extra]), "long-issue").found == "9 lines where 8 are usual"


def test_a_declared_size_says_what_is_usual() -> None:
    rows = published(EIGHT, columns=False)
    assert kinds(linted(rows, size=8)) == []
    assert kinds(linted(rows, size=9)) == ["missing-line"] * 6


def test_a_chart_that_grows_is_no_fault() -> None:
    # Ten issues of eight lines, then ten of nine: both sizes are usual where they stand long.
    charts = [EIGHT[each % 6] for each in range(10)] + [EIGHT[each % 6] + " I" for each in range(4, 14)]
    report = linted(published(charts))
    assert kinds(report) == []
    short = without(published(charts), SATURDAY + timedelta(7 * 14), "I")
    assert one(linted(short), "missing-line").positions == (9,)


def test_the_hole_of_a_short_issue_by_the_next_last_week() -> None:
    # H stood at 6 on the third issue (B D A F C H E G). Without it E and G close up to 6 and 7. E went to 8 and G to 7
    # on the fourth, with last weeks 7 and 8: one more than the archive shows. The five above stand right.
    rows = without(published(EIGHT), THIRD, "H")
    report = linted(rows)
    hole = one(report, "missing-line")
    assert (hole.issues, hole.positions, hole.lines, hole.title) == ((THIRD,), (6,), 2, "H - H Band")
    assert hole.found == "7 lines where 8 are usual, counted straight through"
    assert hole.cause == "a line is missing at 6, and the lines below closed up; likely H - H Band"
    assert hole.consistent == "a line at 6; the lines from 6 on one position lower"
    assert hole.place == "chart.csv record 22"
    # E's peak of 5 and G's of 7 were reached before; G's 7 is what its place in the short issue shows too, so no line
    # stands better than its peak. H has 2 weeks on the second issue and 4 on the fourth.
    assert (
        "2 lines from 6 on stand one lower by the publisher's own numbers (0 by both), 5 above stand right"
        in hole.evidence
    )
    title = one(report, "missing-title")
    assert (title.issues, title.title, title.positions) == ((THIRD,), "H - H Band", (6,))
    assert title.evidence.startswith(
        "it has 2 weeks on 2020-01-11 at 7 and 4 weeks on 2020-01-25 at 5: exactly the 1 short issue between more"
    )
    assert {each[5] for each in classes(report)} == {"missing-line"}
    # Weeks of H on three lines; last weeks of E, G and H on the fourth issue. H's peak of 5 is newer.
    assert [(each[1], each[2], each[3], each[4]) for each in classes(report)] == [
        ("H", "last", 6, None), ("H", "weeks", 4, 3), ("G", "last", 8, 7), ("E", "last", 7, 6),
        ("H", "weeks", 5, 4), ("H", "weeks", 6, 5),
    ]  # fmt: skip


def test_the_hole_is_a_range_where_no_number_speaks() -> None:
    # C and H leave after the third issue; only E and G, below, go on. H is what is missing between A and E.
    charts = [*EIGHT[:3], "D B F A X Y G E", "D F B Y A G X E"]
    hole = one(linted(without(published(charts), THIRD, "H")), "missing-line")
    # F at 4 goes on with last week 4; C at 5 is gone, and has no new peak there; E at 6 goes on with 7.
    assert hole.positions == (5, 6)
    assert hole.cause.startswith("a line is missing at 5 to 6")
    assert "nothing is told of the lines from 5 to 5" in hole.evidence


def test_a_title_that_left_from_too_high_is_likely_what_is_missing() -> None:
    # Q is second on the second issue and never seen again; the other title that leaves, H, was eighth. On the third
    # issue a line is missing at 3, as A, F, C and E say.
    charts = ["A Q B C D E F G H", "B Q A D C F E G H", "B D Q A F C E G I", "B D A F C E G I J"]
    report = linted(without(published(charts), THIRD, "Q"))
    hole = one(report, "missing-line")
    assert (hole.positions, hole.title) == ((3,), "Q - Q Band")
    assert "it stood at 2 the issue before and is never seen again; the others that left stood at 9" in hole.evidence


def test_the_peak_of_a_missing_title_follows_from_its_holes() -> None:
    # Q climbs 4, 2, 1, 3; the archive lacks it on the second and third issue, and its columns were made from what is
    # left: on the fourth it has 4 weeks, and a peak of 3 only.
    charts = ["A B C Q D E", "A Q B C D E", "Q A B C D E", "A B Q C D E"]
    rows = without(without(published(charts), SECOND, "Q"), THIRD, "Q")
    line(rows, FOURTH, "Q").update(peak=3, last=None)
    title = one(linted(rows), "missing-title")
    assert title.positions == (2, 1)
    assert title.consistent == "2 lines more of it: 4 weeks in all, and a peak of 1, not 3"


def test_two_lines_are_missing_from_one_issue() -> None:
    # D (2nd) and H (6th) of the third issue are missing: A, F and C stand one too high, E and G two.
    rows = without(without(published(EIGHT), THIRD, "D"), THIRD, "H")
    report = linted(rows)
    holes = [each for each in report.findings if each.kind == "missing-line"]
    assert [each.positions for each in holes] == [(2,), (6,)]
    assert {each[5] for each in classes(report)} == {"missing-line"}


def test_a_short_issue_without_columns_has_its_hole_anywhere() -> None:
    hole = one(linted(without(published(EIGHT, columns=False), THIRD, "H")), "missing-line")
    assert (hole.positions, hole.evidence) == ((1, 2, 3, 4, 5, 6, 7, 8), "no column tells where")


def test_two_lines_that_changed_places() -> None:
    rows = published(EIGHT)
    line(rows, THIRD, "F")["position"], line(rows, THIRD, "C")["position"] = 5, 4
    report = linted(rows)
    moved = [(each.kind, each.positions, each.consistent) for each in report.findings]
    # C is at 4 in the archive and F at 5; their last weeks on the fourth issue are 5 and 4.
    assert moved == [("exchanged-lines", (4,), "5"), ("exchanged-lines", (5,), "4")]
    # F's last week and peak; C's last week; its peak of 3 is older. F's 4 on the third is bettered on the fourth.
    assert {each[5] for each in classes(report)} == {"exchanged-lines"}
    assert [each[1:5] for each in classes(report)] == [("F", "peak", 4, 5), ("F", "last", 4, 5), ("C", "last", 5, 4)]


def test_a_line_out_of_its_place() -> None:
    # Of B D A F C H E G the archive has H first and the five above it one lower.
    rows = published(EIGHT)
    for place, title in enumerate("HBDAFC", 1):
        line(rows, THIRD, title)["position"] = place
    report = linted(rows)
    assert kinds(report) == ["moved-line", "moved-line"]
    assert [each.positions for each in report.findings] == [(1,), (2, 3, 4, 5, 6)]
    assert {each[5] for each in classes(report)} == {"moved-line"}


def test_lines_that_the_publisher_numbers_otherwise() -> None:
    # The publisher prints D, A and F of the third issue at 1, 2 and 3, so two lines at 1 and none at 4, and counts on
    # from there: the last weeks of the fourth issue are 1, 2 and 3, and D's peak is 1 already. The archive has 2, 3, 4.
    rows = published(EIGHT)
    for title, last in zip("DAF", (1, 2, 3), strict=True):
        line(rows, FOURTH, title)["last"] = last
    line(rows, THIRD, "D")["peak"] = 1
    line(rows, THIRD, "F")["peak"] = 3
    shifted = one(linted(rows), "shifted-lines")
    assert (shifted.positions, shifted.lines, shifted.severity) == ((2, 3, 4), 3, "warning")
    assert shifted.found == "by the publisher's own numbers, positions 2 to 4 stood at 1 to 3"
    assert shifted.cause == "the publisher's numbers give 1 twice and 4 to nobody; the archive counts straight through"
    assert shifted.consistent == "1 to 3: two lines at 1, none at 4"
    assert {each[5] for each in classes(linted(rows))} == {"shifted-lines"}


@pytest.mark.parametrize("size", [8, None])
def test_lint_does_not_care_for_the_order_of_rows(size: int | None) -> None:
    rows = without(published(EIGHT), THIRD, "H")
    ordered, mixed = linted(rows, size=size), linted(rows[::-1], size=size)
    told = [(each.kind, each.issues, each.positions, each.found, each.evidence) for each in ordered.findings]
    assert told == [(each.kind, each.issues, each.positions, each.found, each.evidence) for each in mixed.findings]
    assert classes(ordered) == classes(mixed)
