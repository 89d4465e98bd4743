"""The page of primitives is true: each id is there, and each kind, book and file that it names exists."""

import re
from functools import cache
from pathlib import Path

import pytest

from hitparade.certify import load
from hitparade.compile.decision import ACTIONS
from hitparade.rulebook.books import shipped
from hitparade.rulebook.reference import reference

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "primitives.md").read_text("utf-8")
CASES = ROOT / "tests" / "cases" / "charts"
IDS = [
    *(f"T{n}" for n in range(1, 11)), *(f"W{n}" for n in range(1, 12)), *(f"A{n}" for n in range(1, 7)),
    *(f"I{n}" for n in range(1, 7)), *(f"E{n}" for n in range(1, 12)), *(f"M{n}" for n in range(1, 10)),
    *(f"K{n}" for n in range(1, 9)), *(f"V{n}" for n in range(1, 8)),
    "names", "life", "year-end-size", "keyed", "quorum", "rounding", "returns", "release-day", "channel-zone",
    "merge-split", "withheld", "double-sided", "credit-only", "panel-data",
]  # fmt: skip
"""The ids of sections 8.1 to 8.8 of the methodologies, and a word for each phrase of 8.8b."""
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| id ")
]
BY_ID = {row[0].strip("| "): row for row in ROWS}


@cache
def layout() -> set[str]:
    """The blocks and keys of the rulebook layout."""
    keys = set(re.findall(r"^#+ `([^`]+)`", reference(), re.MULTILINE))
    keys |= {key.partition('."')[0] for key in keys}
    return keys | {f"{key}.between" for key in keys}


def named(cell: str) -> list[str]:
    """What a cell names between backquotes."""
    return re.findall(r"`([^`]+)`", cell)


def test_every_id_has_one_row_of_five_cells() -> None:
    assert [row[0].strip("| ") for row in ROWS] == IDS
    assert {len(row) for row in ROWS} == {5}


@pytest.mark.parametrize("primitive", IDS)
def test_what_a_row_names_as_its_kind_exists(primitive: str) -> None:
    """A block or key of the layout, an action of decisions after that word, a command, or the folder of programmes."""
    cell = BY_ID[primitive][2]
    commands = (ROOT / "docs" / "cli.md").read_text("utf-8")
    actions = re.findall(r"decision `(\w+)`", cell)
    assert set(actions) <= set(ACTIONS)
    assert named(cell) or "every block" in cell
    for name in named(cell):
        if name.startswith("hitparade "):
            assert f"### `{name}`" in commands, name
        elif name.startswith("books/"):
            assert (ROOT / "src" / "hitparade" / name).is_dir()
        elif name not in actions:
            assert name in layout(), name


@pytest.mark.parametrize("primitive", IDS)
def test_the_book_of_a_row_has_the_block(primitive: str) -> None:
    cell, kinds = BY_ID[primitive][3], named(BY_ID[primitive][2])
    if cell == "case only":
        return
    (name,) = named(cell)
    if name in load.shipped().paths:
        return
    book = shipped()[name]
    blocks = {key.partition(".")[0] for key in book.series} | {"life"}
    wanted = {kind.partition(".")[0] for kind in kinds} & {key.partition(".")[0] for key in _all_blocks()}
    assert not wanted or wanted & blocks, f"{name} has none of {sorted(wanted)}"


@cache
def _all_blocks() -> set[str]:
    return {key for book in shipped().values() for key in book.series}


@pytest.mark.parametrize("primitive", IDS)
def test_the_proof_of_a_row_exists(primitive: str) -> None:
    proofs = named(BY_ID[primitive][4])
    assert proofs
    for name in proofs:
        path = ROOT / name if name.startswith("tests/") else CASES / f"{name}.toml"
        assert path.is_file(), name
