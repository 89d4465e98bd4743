"""Whatever is handed in: every row is accepted or rejected, and the order of rows does not matter."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hitparade.config import Config
from hitparade.engine.duck import Duck
from hitparade.errors import HouseError
from hitparade.house import House, new, open_house
from intake_files import ENTRIES, files_of, write

MADE = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def shared_house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return new(tmp_path_factory.mktemp("any") / "house")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


CELL = st.one_of(
    st.sampled_from(["", "2026-01-31", "GB", "shop", "download", "GBAYE0601498", "Help!", "1", "x", '"', "-1", "é"]),
    st.text(st.characters(blacklist_characters='\r\n",', blacklist_categories=("Cs",)), max_size=8),
)
LINE = st.lists(CELL, min_size=2, max_size=10).map(",".join)


@MADE
@given(lines=st.lists(LINE, min_size=1, max_size=12))
def test_every_line_is_accepted_or_rejected(shared_house: House, place: Path, lines: list[str]) -> None:
    file = write(place, "e.csv", ENTRIES, "2026-01-31,GB,shop,download,,A,B,1", *lines)
    (receipt,) = shared_house.receive(file, format="entries", dry_run=True)
    assert receipt.accepted + receipt.rejected == receipt.received
    if not any('"' in line for line in lines):  # a stray quote may join lines to one record
        # lines that are only line breaks in disguise do not exist here: every line has a comma
        assert receipt.received == len(lines) + 1


@MADE
@given(data=st.binary(max_size=300), told=st.sampled_from([None, "entries", "radio-log", "spotify-charts"]))
def test_garbage_gives_a_receipt_or_one_sentence(
    shared_house: House, place: Path, data: bytes, told: str | None
) -> None:
    (place / "2017-01-01.csv").write_bytes(data)
    try:
        receipts = shared_house.receive(place / "2017-01-01.csv", format=told, territory="GB", dry_run=True)
    except HouseError as error:
        assert "\n" not in str(error)
    else:
        assert all(each.accepted + each.rejected == each.received for each in receipts)


@MADE
@given(data=st.binary(max_size=200))
def test_garbage_below_a_good_header_gives_a_receipt_or_one_sentence(
    shared_house: House, place: Path, data: bytes
) -> None:
    (place / "e.csv").write_bytes(f"{ENTRIES}\n2026-01-31,GB,shop,download,,A,B,1\n".encode() + data)
    try:
        (receipt,) = shared_house.receive(place / "e.csv", dry_run=True)
    except HouseError as error:
        assert "\n" not in str(error)
    else:
        assert receipt.accepted + receipt.rejected == receipt.received


def _plays(count: int, seed: int) -> list[str]:
    dice = random.Random(seed)
    return [
        f"2026-01-{dice.randrange(1, 8):02},{dice.choice(['GB', 'US'])},ch{dice.randrange(5)},on_demand,,"
        f"Song {dice.randrange(50)},Band,{dice.randrange(3)}"
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_changes_no_byte(tmp_path: Path, seed: int) -> None:
    lines = _plays(400, seed)
    seen = []
    for n in range(3):
        house = new(tmp_path / f"house{n}")
        (receipt,) = house.receive(write(tmp_path, "e.csv", ENTRIES, *lines))
        seen.append(files_of(house, receipt.delivery))
        random.Random(n).shuffle(lines)
    assert seen[0] == seen[1] == seen[2]


@pytest.mark.slow
def test_the_number_of_threads_changes_no_byte(tmp_path: Path) -> None:
    file = write(tmp_path, "e.csv", ENTRIES, *_plays(300_000, 7))
    seen = []
    for threads in (1, 2, 4):
        new(tmp_path / f"house{threads}")
        house = open_house(tmp_path / f"house{threads}")
        text = house.paths.config.read_text().replace("threads = 0 ", f"threads = {threads} ")
        house.paths.config.write_text(text)
        house = open_house(house.paths.root)
        assert house.config.threads == threads
        (receipt,) = house.receive(file)
        seen.append(files_of(house, receipt.delivery))
    assert seen[0] == seen[1] == seen[2]


def test_an_engine_of_one_thread_is_an_engine(tmp_path: Path) -> None:
    assert Duck(1, Config("x").memory_limit, tmp_path).rows("select current_setting('threads')") == [(1,)]
