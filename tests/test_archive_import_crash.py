"""An import that is killed at a commit point leaves the old state or the new one, and the doctor makes it clean."""

import os
import signal
from pathlib import Path

import pytest

import archive_files as files
from hitparade import storage
from hitparade.house import House, new, open_house

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")

SERIES = "my-archive"
POINTS = ("archive:written", "archive:moved", "archive:committed")


def killed_at(folder: Path, file: Path, point: str, replaces: str) -> None:
    """Import in a child that stops with SIGKILL when it comes to the point."""
    child = os.fork()
    if child == 0:  # pragma: no cover - it is killed

        def die(name: str) -> None:
            if name == point:
                os.kill(os.getpid(), signal.SIGKILL)

        storage.commit_point = die
        open_house(folder).archives.import_(SERIES, file, replaces=replaces)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def truth(house: House) -> tuple[list[str], list[dict[str, object]]]:
    in_force = [each.id for series in house.archives.series() for each in series.imports]
    return in_force, house.archives.lines(SERIES).to_pylist()


@pytest.mark.parametrize("replacing", [False, True])
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_commit_point(tmp_path: Path, point: str, *, replacing: bool) -> None:
    folder = tmp_path / "house"
    house = new(folder, name="Crash house")
    old = files.text(tmp_path, "old.csv", files.HOT_CSV)
    file = files.text(tmp_path, "new.csv", files.HOT_CSV.replace("Alpha", "Alfa")) if replacing else old
    replaces = house.archives.import_(SERIES, old).id if replacing else ""
    before = truth(house)
    house.close()

    killed_at(folder, file, point, replaces)

    house = open_house(folder)
    assert (truth(house) == before) is (point != "archive:committed")
    found = house.doctor(deep=True)
    assert (found.missing, found.clean) == ((), True)
    assert any("scratch" in sentence for sentence in found.leftovers)
    assert any("archives/" in sentence for sentence in found.leftovers) is (point == "archive:moved")
    assert house.doctor(deep=True).leftovers == ()
    if point != "archive:committed":
        assert truth(house) == before
        house.archives.import_(SERIES, file, replaces=replaces)
    titles = {row["title"] for row in truth(house)[1]}
    assert titles == {"Alfa" if replacing else "Alpha", "Beta"}
    assert house.archives.import_(SERIES, file).status == "already here"
    assert house.doctor(deep=True).leftovers == ()
    house.close()


def test_the_points_are_in_the_documentation() -> None:
    told = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text("utf-8")
    assert all(f"`{point}`" in told for point in POINTS)
