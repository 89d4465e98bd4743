"""A process killed at any moment leaves a house that the doctor makes clean.

Doing the work again then gives the same digests.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from hitparade import database as db
from hitparade.house import new, open_house

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")

TIMES = 50
MONDAY = date(2016, 1, 4)
SONGS = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")

POINTS = (
    *("receive:written", "receive:moved", "receive:committed"),
    *("totals:written", "totals:committed"),
    *("draft:written", "draft:committed"),
    *("publish:written", "publish:moved", "publish:committed"),
)


Undisturbed = tuple[dict[str, Any], dict[str, Any]]
"""The driver's report on the whole work, and what the house holds then."""


class Driver:
    """The helper process; see ``crash_driver.py``."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("crash_driver.py")
        self.process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, **job: object) -> dict[str, Any]:
        """Do a job and return how it ended."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        assert said, f"the driver itself ended, with code {self.process.wait()}; what it said is on standard error"
        found: dict[str, Any] = json.loads(said)
        return found


@pytest.fixture(scope="module")
def driver() -> Iterator[Driver]:
    made = Driver()
    yield made
    made.process.communicate()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two files of plays, two days of a week each."""
    folder = tmp_path_factory.mktemp("files")
    made = []
    for n in range(2):
        lines = ["day,channel,measure,title,artist,quantity"]
        for back in range(2):
            day = MONDAY + timedelta(7 * n + back)
            lines += [
                f"{day},radio,on_demand,{title},Band,{(7 * n + back) * place % 11 + 1}"
                for place, title in enumerate(SONGS)
            ]
        place = folder / f"week{n}.csv"
        place.write_text("\n".join(lines) + "\n", "utf-8")
        made.append(str(place))
    return made


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house to copy, so that every attempt has the same salt."""
    folder = tmp_path_factory.mktemp("template") / "house"
    new(folder, name="Crash house").close()
    return folder


def truth(folder: Path) -> dict[str, Any]:
    """Return every digest that a house holds."""
    house = open_house(folder)
    with house.database.connect() as connection:
        deliveries = connection.execute(select(db.deliveries.c.id, db.deliveries.c.accepted).order_by("id")).all()
        totals = connection.execute(select(db.totals_days).order_by(*db.totals_days.primary_key)).all()
    found = {
        "deliveries": [tuple(row) for row in deliveries],
        "totals": [tuple(row) for row in totals],
        "drafts": [(row.issue_date, row.digest) for row in house.drafts()],
        "editions": [(row.issue_date, row.number, row.digest) for row in house.editions()],
        "ledger": sorted(
            (each.name, each.parent.name, each.read_bytes()) for each in house.paths.rows.rglob("*.parquet")
        ),
    }
    house.close()
    return found


@pytest.fixture(scope="module")
def undisturbed(driver: Driver, empty: Path, files: list[str]) -> Undisturbed:
    """How the work ends when nobody disturbs it: the driver's report, and what the house holds."""
    folder = empty.with_name("undisturbed")
    shutil.copytree(empty, folder)
    report = driver.run(house=str(folder), files=files)
    assert report["code"] == 0, report
    found = truth(folder)
    assert len(found["editions"]) == 2
    return report, found


def recovers(driver: Driver, folder: Path, files: list[str], whole: dict[str, Any]) -> None:
    """The doctor makes the house clean, and doing the same work again ends in the same truth."""
    house = open_house(folder)
    found = house.doctor(deep=True)
    assert (found.missing, found.clean) == ((), True)
    house.close()
    again = driver.run(house=str(folder), files=files)
    assert again["code"] == 0, again
    assert truth(folder) == whole


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_commit_point(
    driver: Driver,
    empty: Path,
    files: list[str],
    undisturbed: Undisturbed,
    tmp_path: Path,
    point: str,
) -> None:
    """At the first and at the last time that the work passes the point."""
    report, whole = undisturbed
    times = report["passed"][point]
    for nth in sorted({1, times}):
        folder = tmp_path / f"house{nth}"
        shutil.copytree(empty, folder)
        assert driver.run(house=str(folder), files=files, point=point, nth=nth)["killed"]
        recovers(driver, folder, files, whole)
        house = open_house(folder)
        assert house.doctor(deep=True).leftovers == ()
        assert all(found.sound for found in house.verify())
        house.close()


def test_every_commit_point_is_tried(undisturbed: Undisturbed) -> None:
    assert set(undisturbed[0]["passed"]) == set(POINTS)


@pytest.mark.slow
def test_killed_at_random_times(
    driver: Driver,
    empty: Path,
    files: list[str],
    undisturbed: Undisturbed,
    tmp_path: Path,
) -> None:
    """Fifty times, spread over the whole of the work by a seed that stays the same."""
    report, whole = undisturbed
    dice, killed, span = random.Random(20160104), 0, report["seconds"]
    for _ in range(TIMES):
        folder = tmp_path / "house"
        shutil.copytree(empty, folder)
        if driver.run(house=str(folder), files=files, after=span * dice.random())["killed"]:
            killed += 1
        else:
            span = span * 9 / 10  # the machine was busier when the work was timed
        recovers(driver, folder, files, whole)
        shutil.rmtree(folder)
    assert killed > TIMES // 2
