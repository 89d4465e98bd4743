"""The docs say what is true: generated pages are up to date, links lead somewhere, named commands exist."""

import re
from pathlib import Path

import pytest

from conftest import ROOT
from hitparade.serve.reference import cli_reference, commands

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:^    |`|^\$ )(?:\$ )?hitparade (?:-C \S+ )?([a-z][a-z-]*)(?: ([a-z]+))?", re.MULTILINE)


def test_the_command_line_page_is_what_the_program_says_of_itself() -> None:
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == cli_reference(), "run `make docs`"


def test_every_command_says_what_it_does_and_what_its_options_do() -> None:
    for path, command in commands():
        assert command.help, path
        for parameter in command.params:
            if parameter.name != "help":
                assert getattr(parameter, "help", None), f"{path}: {parameter.name} has no help"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_a_page_that_is_there(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_that_a_page_names_exist(page: Path) -> None:
    known = {path for path, _ in commands()}
    for first, second in COMMAND.findall(page.read_text("utf-8")):
        assert first in known or f"{first} {second}" in known, f"{page.name}: hitparade {first} {second}"


def test_every_page_is_reached_from_the_start_page() -> None:
    start = ROOT / "docs" / "index.md"
    linked = {(start.parent / target).resolve() for target in LINK.findall(start.read_text("utf-8"))}
    missing = {page for page in (ROOT / "docs").rglob("*.md") if page != start} - linked
    assert not missing, sorted(page.name for page in missing)
