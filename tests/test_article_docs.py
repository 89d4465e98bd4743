"""``docs/article.md`` is true: its table covers the example, its commands, tests and sample exist."""

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from article_maker import EXAMPLE, ROOT
from hitparade.article.findings import VERDICTS
from hitparade.serve.cli import article as commands
from hitparade.serve.cli.app import app
from hitparade.serve.cli.output import out

PAGE = (ROOT / "docs" / "article.md").read_text("utf-8")
HEAD = "| line | fact | feature | command | test |\n|---|---|---|---|---|\n"
ROWS = [[cell.strip() for cell in row.strip("|").split("|")] for row in PAGE.split(HEAD)[1].splitlines()]
NOT_YET = "not yet"


def lines_of(cell: str) -> list[int]:
    first, _, last = cell.partition("-")
    return list(range(int(first), int(last or first) + 1))


def test_every_line_of_the_example_stands_in_exactly_one_row() -> None:
    written = [n for n, line in enumerate(EXAMPLE.read_text("utf-8").splitlines(), 1) if line.strip()]
    assert [line for row in ROWS for line in lines_of(row[0])] == written


def test_every_row_is_whole() -> None:
    assert all(len(row) == 5 and all(row) for row in ROWS)


def test_every_command_named_exists() -> None:
    group = typer.main.get_command(app).commands["article"]  # type: ignore[attr-defined]
    known = {f"article {name}" for name in group.commands}
    named = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[3]) or [row[3]]}
    assert named <= known | {NOT_YET}


def test_every_test_named_exists() -> None:
    tests = "".join(path.read_text("utf-8") for path in (ROOT / "tests").glob("test_*.py"))
    named = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[4]) or [row[4]]}
    assert [name for name in sorted(named - {NOT_YET}) if f"\ndef {name}(" not in tests] == []


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_is_explained_with_its_mark(verdict: str) -> None:
    assert f"| `{commands.MARKS[verdict][0]}` | `{verdict}` | {VERDICTS[verdict]} |" in PAGE


def test_the_sample_is_what_the_command_prints() -> None:
    sample = PAGE.split("```\n")[1].splitlines()
    before, out.width = out.width, 100
    try:
        printed = CliRunner().invoke(app, ["article", "check", str(EXAMPLE)]).output.splitlines()
    finally:
        out.width = before
    assert [line for line in sample if line not in [each.rstrip() for each in printed]] == []


def test_the_last_line_of_the_short_form_is_what_the_command_prints() -> None:
    before, out.width = out.width, 100
    try:
        printed = CliRunner().invoke(app, ["article", "check", "--short", str(EXAMPLE)]).output.splitlines()
    finally:
        out.width = before
    assert f"```\n{printed[-1].rstrip()}\n```" in PAGE


@pytest.mark.real
def test_the_example_has_the_facts_of_the_seed_and_none_of_its_sentences(shared_data: Path) -> None:
    """Lines that are no prose are equal; of the prose no nine words in a row are the same."""
    seed = (shared_data.parent / "seed" / EXAMPLE.name).read_text("utf-8").split("\n")
    example = EXAMPLE.read_text("utf-8").split("\n")
    assert len(seed) == len(example)
    prose = [21, 23, 26, 29, 32, 37, 40]
    assert [n for n in range(1, len(seed) + 1) if n not in prose and seed[n - 1] != example[n - 1]] == []
    for n in prose:
        theirs = f" {' '.join(words(seed[n - 1]))} "
        ours = words(example[n - 1])
        runs = (" ".join(ours[at : at + 9]) for at in range(len(ours) - 8))
        assert [run for run in runs if f" {run} " in theirs] == []


def words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.casefold())
