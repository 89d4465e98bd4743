"""Continuity: a text that changes overnight is one song, one text may be two, and the publisher's columns say which."""

from datetime import date, timedelta

from hitparade.archive.continuity import Continuity, PartLine, continuity
from hitparade.catalog.songs import Print, songs_of
from lint_maker import SATURDAY, Row, classes, kinds, line, linted, one, published, table, weekly

SIX = ["A B C D", "B A C D", "A C B D", "A D B C", "B D A C", "D B A C"]
SECOND, THIRD, FOURTH, FIFTH = (SATURDAY + timedelta(7 * each) for each in range(1, 5))


def told(rows: list[Row]) -> Continuity:
    return continuity(table(rows))


def renamed(rows: list[Row], name: str, since: date, **words: str) -> list[Row]:
    """Return the lines with one title printed otherwise from an issue on."""
    return [row | words if row["title"] == name and row["issue"] >= since else row for row in rows]


def agreed(rows: list[Row]) -> list[tuple[int, int, int]]:
    return [(each.lines, each.exact, each.songs) for each in linted(rows).agreement]


def test_a_credit_that_changes_overnight_does_not_break_the_run() -> None:
    rows = renamed(published(SIX), "C", FOURTH, credit="Ann & The C Band")
    found = told(rows)
    assert [(each.one, each.other, each.issue, each.position) for each in found.joined] == [
        ("c / ann and the c band", "c / c band", FOURTH, 4)
    ]
    assert found.joined[0].evidence == (
        "C - C Band ended on 2020-01-18 at 2 with 3 weeks, this begins with last week 2 and 4 weeks; the same title;"
        " the credit differs"
    )
    # C has 3 lines under either credit. By exact text the new one has no last week on its first line, its weeks begin
    # again on all 3, and its peak of 2 was reached under the old one, so that is wrong on all 3 too.
    assert agreed(rows) == [(24, 23, 24), (24, 21, 24), (24, 21, 24)]
    change = one(linted(rows), "changed-text")
    assert change.found == "printed as C - C Band until 2020-01-18, as C - Ann & The C Band from then on"
    assert (change.cause, change.lines) == ("the credit changed; the song is the same", 3)


def test_a_text_may_change_back() -> None:
    rows = renamed(published(SIX), "C", THIRD, credit="Ann & The C Band")
    rows = renamed(rows, "C", FIFTH, credit="C Band")
    assert linted(rows).disagreements == ()
    assert kinds(linted(rows)) == ["changed-text", "changed-text"]


def test_a_title_that_changes_and_the_sides_of_a_single() -> None:
    titled = renamed(published(SIX), "C", FOURTH, title="C (Love Theme)", credit="C Band")
    assert one(linted(titled), "changed-text").cause == "the title changed; the song is the same"
    rows = renamed(published(SIX), "C", SATURDAY, title="First Side")
    for since, words in ((SECOND, "First Side/Other Side"), (FOURTH, "Other Side/First Side"), (FIFTH, "Other Side")):
        rows = [row | {"title": words} if "Side" in row["title"] and row["issue"] >= since else row for row in rows]
    report = linted(rows)
    assert [each.cause for each in report.findings] == [
        "the sides of the single are named otherwise; the song is the same"
    ] * 3
    assert report.disagreements == ()


def test_an_unlike_text_is_named_and_not_joined() -> None:
    rows = renamed(published(SIX), "C", FOURTH, title="Z", credit="Somebody Else")
    assert told(rows).joined == ()
    report = linted(rows)
    other = one(report, "other-text")
    assert other.evidence == "C - C Band stood at 2 the issue before and left: another text of the same song?"
    # One last week that no line of that text has, and three lines whose weeks are three more than ours; and C's
    # peak of 2 is printed, where Z stands at 4.
    assert {each[5] for each in classes(report)} == {"other-text"}
    assert [each[2] for each in classes(report)].count("last") == 1
    assert [(each[3], each[4]) for each in classes(report) if each[2] == "weeks"] == [(4, 1), (5, 2), (6, 3)]


def test_another_song_of_the_same_text_years_later() -> None:
    # A leaves after the sixth issue with a peak of 1; another A by the same band comes in at 4 years later.
    old = published(SIX)
    new = published(["B C D A", "B C A D", "B A C D"], weekly(3, date(2030, 1, 5)))
    # B, C and D are the old songs, of another time too: give them texts of their own.
    new = [row if row["title"] == "A" else row | {"title": row["title"] * 2} for row in new]
    found = told([*old, *new])
    assert [(each.key, each.name, each.first, each.last) for each in found.separated] == [
        ("a / a band", "a / a band [2030-01-05..2030-01-19]", date(2030, 1, 5), date(2030, 1, 19))
    ]
    assert found.separated[0].evidence == (
        "weeks begin again at 1 at once, and its peak begins again at 4 though the earlier one had 1"
    )
    assert (
        found.parted.to_pylist()[0]
        == PartLine(date(2030, 1, 5), 4, "A", "A Band", "a / a band [2030-01-05..2030-01-19]")._asdict()
    )
    assert found.parted.num_rows == 3
    report = linted([*old, *new])
    assert {each.kind for each in report.findings} == {"gap", "same-text"}
    assert report.disagreements == ()


def test_two_songs_of_one_text_on_one_issue() -> None:
    # Two recordings, E and F, are printed with one title and credit; F comes while E is there.
    charts = ["A B E C D", "A E B C D", "E A B F C", "A E F B C", "F A E B C"]
    rows = [
        row | {"title": "Tune", "credit": "Duo"} if row["title"] in {"E", "F"} else row for row in published(charts)
    ]
    found = told(rows)
    assert [(each.first, each.last, len(each.lines)) for each in found.separated] == [(THIRD, FIFTH, 3)]
    assert [(row["issue"], row["position"]) for row in found.parted.to_pylist()] == [
        (THIRD, 4),
        (FOURTH, 3),
        (FIFTH, 1),
    ]
    report = linted(rows)
    assert report.disagreements == ()
    assert kinds(report) == ["same-text"]


def test_a_return_that_keeps_its_peak_is_the_same_song_counted_again() -> None:
    # A leaves after the second issue and returns on the fifth at 4: the publisher counts its weeks from 1 again, and
    # prints its peak of 1.
    rows = published(["A B C D", "B A C D", "B C D E", "B C D E", "B C D A", "B C D A"])
    for number, day in enumerate((FIFTH, SATURDAY + timedelta(35)), 1):
        line(rows, day, "A")["weeks"] = number
    found = told(rows)
    assert found.separated == ()
    assert [(each.key, each.issue, each.position) for each in found.doubts] == [("a / a band", FIFTH, 4)]
    report = linted(rows)
    again = one(report, "weeks-begin-again")
    assert (again.severity, again.lines) == ("warning", 2)
    # We count on: 3 and 4 weeks, where 1 and 2 are printed.
    assert [(each[1], each[2], each[3], each[4], each[5]) for each in classes(report)] == [
        ("A", "weeks", 1, 3, "weeks-begin-again"), ("A", "weeks", 2, 4, "weeks-begin-again"),
    ]  # fmt: skip


def test_a_publisher_who_counts_every_return_afresh_makes_no_new_songs() -> None:
    # A and B come and go; each return has weeks from 1 and a peak of its own. Three returns, none counted on.
    charts = ["A B C", "B C D", "A C D", "B C D", "A B C", "A B C"]
    rows = published(charts)
    counts: dict[str, int] = {}
    for row in rows:
        here = counts.get(row["title"], 0)
        row["weeks"] = here + 1 if row["last"] else 1
        counts[row["title"]] = row["weeks"]
    assert told(rows).separated == ()
    assert {each[5] for each in classes(linted(rows))} == {"weeks-begin-again"}


def test_a_return_without_a_peak_column_is_a_doubt() -> None:
    rows = published(["A B C D", "B A C D", "B C D E", "B C D E", "B C D A", "B C D A"])
    rows = [row | {"peak": None} for row in rows]
    line(rows, FIFTH, "A")["weeks"] = 1
    line(rows, FIFTH + timedelta(7), "A")["weeks"] = 2
    found = told(rows)
    assert (found.separated, len(found.doubts)) == ((), 1)


def test_pairs_go_to_the_catalog() -> None:
    rows = renamed(published(SIX), "C", FOURTH, credit="Ann & The C Band")
    pairs = told(rows).pairs
    assert pairs == (("c / ann and the c band", "c / c band"),)
    prints = [Print("C", "C Band", 3), Print("C", "Ann & The C Band", 3)]
    assert len(songs_of(prints).songs) == 2
    assert [song.key for song in songs_of(prints, continuity=pairs).songs] == ["c / ann and the c band"]


def test_without_columns_nothing_is_said_of_songs() -> None:
    rows = renamed(published(SIX, columns=False), "C", FOURTH, credit="Ann & The C Band")
    assert told(rows) == Continuity()
