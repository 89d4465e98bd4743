"""Whatever is damaged in an invented archive, lint finds where, and gives every number that disagrees its class."""

import random
from datetime import date, timedelta

import pytest

from hitparade.archive.continuity import continuity, continuity_of
from hitparade.archive.continuity_lines import lines_of
from hitparade.archive.continuity_runs import walk
from lint_maker import Row, linted, published, table, without

SIZE, ISSUES = 20, 14
SEEDS = range(12)


def chart(seed: int) -> list[Row]:
    """Return fourteen weeks of a top twenty: titles rise and fall by chance, leave, come back and are replaced."""
    chance, fresh = random.Random(seed), iter(range(1_000))
    strength = {f"T{next(fresh)}": chance.random() * 100 for _ in range(SIZE + 6)}
    charts = []
    for _ in range(ISSUES):
        for title in list(strength):
            strength[title] += chance.gauss(0, 8)
            if chance.random() < 0.04:
                del strength[title]
        while len(strength) < SIZE + 8:
            strength[f"N{next(fresh)}"] = chance.random() * 90
        charts.append(" ".join(sorted(strength, key=lambda title: -strength[title])[:SIZE]))
    return published(charts)


def damaged(seed: int) -> tuple[list[Row], date, random.Random]:
    rows = chart(seed)
    chance = random.Random(1_000 + seed)
    return rows, chance.choice(sorted({row["issue"] for row in rows})[3:10]), chance


@pytest.mark.parametrize("seed", SEEDS)
def test_an_undamaged_archive_is_clean(seed: int) -> None:
    report = linted(chart(seed))
    assert (report.findings, report.disagreements) == ((), ())
    assert all(each.songs == each.lines == SIZE * ISSUES for each in report.agreement)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_hole_of_a_missing_line_is_found(seed: int) -> None:
    rows, day, chance = damaged(seed)
    gone = chance.choice([row for row in rows if row["issue"] == day])
    report = linted(without(rows, day, gone["title"]))
    hole = next(each for each in report.findings if each.kind == "missing-line")
    assert hole.issues == (day,)
    assert gone["position"] in hole.positions
    assert hole.title in {"", f"{gone['title']} - {gone['credit']}"}
    assert {each.kind for each in report.disagreements} <= {"missing-line"}
    assert {each.kind for each in report.findings} <= {"missing-line", "missing-title"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_missing_issue_explains_every_number(seed: int) -> None:
    rows, day, _ = damaged(seed)
    report = linted([row for row in rows if row["issue"] != day])
    assert [each.kind for each in report.findings] == ["gap"]
    assert report.findings[0].consistent == f"an issue of {day}"
    assert {each.kind for each in report.disagreements} == {"gap"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_copied_issue_explains_every_number(seed: int) -> None:
    rows, day, _ = damaged(seed)
    week = timedelta(7)
    later = [row if row["issue"] <= day else row | {"issue": row["issue"] + week} for row in rows]
    report = linted([*later, *(row | {"issue": day + week} for row in rows if row["issue"] == day)])
    assert [(each.kind, each.issues) for each in report.findings] == [("repeated-issue", (day + week,))]
    assert {each.kind for each in report.disagreements} == {"repeated-issue"}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_archive_that_begins_later_explains_every_number(seed: int) -> None:
    rows, day, _ = damaged(seed)
    report = linted([row for row in rows if row["issue"] >= day])
    assert report.sound
    assert {each.kind for each in report.disagreements} == {"before-archive"}


@pytest.mark.parametrize("seed", SEEDS)
def test_two_lines_that_changed_places_leave_nothing_unexplained(seed: int) -> None:
    rows, day, chance = damaged(seed)
    one, other = chance.sample([row for row in rows if row["issue"] == day], 2)
    one["position"], other["position"] = other["position"], one["position"]
    report = linted(rows)
    assert "unexplained" not in {each.kind for each in report.disagreements}
    assert {each.issues for each in report.findings} <= {(day,), (day + timedelta(7),)} | {
        each.issues for each in report.findings if each.kind == "not-brought-up"
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_continuity_walks_through_what_is_doubtful_and_finds_what_all_lines_say(seed: int) -> None:
    rows, day, chance = damaged(seed)
    gone = chance.choice([row for row in rows if row["issue"] == day])
    # A title is printed otherwise from a week on, another takes the text of a title that left, a line is missing.
    rows = without(rows, day, gone["title"])
    for row in rows:
        changed = row["issue"] > day and row["title"] == rows[0]["title"]
        row.update({"credit": "Somebody Else"} if changed else {})
        row.update({"title": "T1", "credit": "T1 Band"} if row["title"] == "N30" else {})
    held = table(rows)
    lines = lines_of(held)
    assert continuity(held) == continuity_of(lines, walk(lines))
