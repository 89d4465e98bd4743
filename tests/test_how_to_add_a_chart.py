"""docs/how-to/add-a-chart.md does what it says: its own files are written and its own commands are run, in order."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import ROOT

PAGE = ROOT / "docs" / "how-to" / "add-a-chart.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`([\w./-]+\.(?:toml|csv))`[^`]*$", re.DOTALL)
PROGRAM = [sys.executable, "-m", "hitparade"]


class Doing(NamedTuple):
    """One thing that the page has its reader do: write a file, or run a command."""

    file: str
    text: str


def doings(page: str) -> list[Doing]:
    """Return what the page has its reader do, in order; a file's name stands last before its text."""
    found, end = [], 0
    for block in BLOCK.finditer(page):
        kind, text = block.groups()
        if kind == "console":
            found += [Doing("", line[2:]) for line in text.splitlines() if line.startswith("$ ")]
        else:
            named = FILE.search(page[end : block.start()])
            assert named, f"no file name stands before: {text[:40]!r}"
            found.append(Doing(named[1], text))
        end = block.end()
    return found


def run(command: str, folder: Path) -> str:
    words = shlex.split(command, comments=True)
    assert words[0] == "hitparade", command
    wide = {**os.environ, "COLUMNS": "160"}
    done = subprocess.run([*PROGRAM, *words[1:]], cwd=folder, env=wide, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each command of the page printed, after everything on the page was done in a fresh folder."""
    folder, printed = tmp_path_factory.mktemp("how-to"), {}
    for doing in doings(PAGE.read_text("utf-8")):
        if doing.text.startswith("cd "):
            folder = folder / doing.text.removeprefix("cd ")
        elif doing.file:
            path = folder / doing.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(doing.text, "utf-8")
        else:
            printed[doing.text.split("  #")[0].strip()] = run(doing.text, folder)
    return printed


def test_a_chart_is_one_book_and_two_cases(told: dict[str, str]) -> None:
    files = [doing.file for doing in doings(PAGE.read_text("utf-8")) if doing.file.endswith(".toml")]
    assert [file.count("/") for file in files] == [1, 3, 3]
    checked = told["hitparade check books"]
    assert "3 checked, 0 wrong" in checked
    assert checked.count("good") == 3


def test_the_rules_in_force_are_printed(told: dict[str, str]) -> None:
    assert "Town Radio, chart rules of January 2024, page 2" in told["hitparade rules town-radio-20 --on 2024-01-08"]


def test_the_chart_is_compiled_and_explained(told: dict[str, str]) -> None:
    """First has two plays, Alone one."""
    compiled = told["hitparade compile town-radio-20"]
    assert compiled.index("First") < compiled.index("Alone")
    assert "First" in told["hitparade explain town-radio-20 latest 1"]


def test_the_register_lists_charts_without_a_book(told: dict[str, str]) -> None:
    listed = told["hitparade rules --register"]
    assert "Sverigetopplistan" in listed
    assert "UK Official Singles Chart" in listed
