"""Commands that pages print can be given as they stand: their words are read by the program's own reader."""

import re
import shlex
from pathlib import Path

import pytest

from conftest import ROOT
from hitparade.serve.reference import commands

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PRINTED = re.compile(r"^(?:\$ |    (?:\$ )?)hitparade (?:-C \S+ )?(.+)$", re.MULTILINE)
ASIDE = re.compile(r"(?:\s{2,}| #).*| &&.*")
"""What stands behind a command: an explanation, or the next command."""
GENERATED = ("cli.md",)


def printed(page: Path) -> list[list[str]]:
    """Return the words of each command that a page prints on a line of its own."""
    text = re.sub(r"\\\n\s*", "", page.read_text("utf-8"))
    return [shlex.split(ASIDE.sub("", line)) for line in PRINTED.findall(text)]


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in GENERATED], ids=lambda page: page.name)
def test_every_option_that_a_page_gives_is_one(page: Path) -> None:
    known = dict(commands())
    for words in printed(page):
        path = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
        # The words are read only; nothing is run.
        known[path].make_context(path, words[len(path.split()) :])


def test_the_pages_print_commands() -> None:
    assert sum(len(printed(page)) for page in PAGES) > 100
