"""Two processes at one house: one wins, the other is told in one sentence."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from hitparade.archive import index
from hitparade.house import House
from ledger_maker import Row, deliver

CHART = "my-top-40"
MONDAY = date(2016, 1, 4)
ISSUES = [MONDAY + timedelta(7 * n + 6) for n in range(3)]


@pytest.fixture
def stocked(house: House) -> House:
    """A house with three issues drafted."""
    for n in range(3):
        day = MONDAY + timedelta(7 * n)
        rows = [
            Row(title, "Band", day=day, measure="on_demand", quantity=9 - place, territory="GLOBAL")
            for place, title in enumerate(("Alpha", "Beta", "Gamma"))
        ]
        deliver(house, rows, name=f"week{n}.csv")
    house.compile(CHART, every=True)
    return house


def start(root: Path, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "hitparade", "-C", str(root), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ends(*running: "subprocess.Popen[str]") -> list[tuple[int, str, str]]:
    ended = []
    for each in running:
        out, err = each.communicate(timeout=120)
        ended.append((each.returncode, out, err))
    return ended


def test_one_of_two_processes_publishes_and_the_other_is_told(stocked: House) -> None:
    for day in ISSUES:
        words = ("publish", CHART, "--issue", str(day), "--by")
        ended = ends(*(start(stocked.paths.root, *words, person) for person in ("anna", "bert")))
        assert sorted(code for code, _, _ in ended) == [0, 1], ended
        [won] = [place for place, (code, _, _) in enumerate(ended) if code == 0]
        winner, (_, said, complaint) = ("anna", "bert")[won], ended[1 - won]
        assert said == ""
        assert f"hitparade: {CHART} {day} was published as ed1 by {winner} at " in complaint
        assert len(complaint.splitlines()) == 1
        assert f"Published {CHART} {day} ed1 by {winner}" in ended[won][1]
    rows = index.editions(stocked.database, CHART)
    assert [(row.issue_date, row.number) for row in rows] == [(day, 1) for day in ISSUES]
    assert stocked.doctor(deep=True).leftovers == ()
    assert all(found.sound for found in stocked.verify())


def test_two_corrections_at_once_are_two_editions(stocked: House) -> None:
    """Each had a reason; the later one replaces the earlier one, and neither is lost."""
    stocked.publish(CHART, ISSUES[0], by="anna")
    words = ("correct", CHART, "--issue", str(ISSUES[0]), "--even-if-same", "--why")
    ended = ends(*(start(stocked.paths.root, *words, reason, "--by", "x") for reason in ("one", "other")))
    assert [code for code, _, _ in ended] == [0, 0], ended
    rows = index.editions(stocked.database, CHART)
    assert [row.number for row in rows] == [1, 2, 3]
    assert {row.reason for row in rows} == {"", "one", "other"}
    third = stocked.edition(CHART, ISSUES[0])
    assert third is not None
    assert third.said["replaces"]["digest"] == rows[1].digest
