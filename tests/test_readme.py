"""The first screen of the README shows what the program prints."""

import re

from typer.testing import CliRunner

from conftest import ROOT
from hitparade.serve.cli.app import app
from hitparade.serve.cli.output import out
from hitparade.serve.reference import commands

README = (ROOT / "README.md").read_text("utf-8")


def test_the_sample_of_the_article_is_what_the_command_prints() -> None:
    """Each cell of the sample stands in the output; where it ends early, the output goes on."""
    commands()
    block = README.split("$ hitparade article check examples/we-dont-talk-anymore.txt\n")[1].split("\n\n")[0]
    before, out.width = out.width, 120
    try:
        result = CliRunner().invoke(app, ["article", "check", str(ROOT / "examples" / "we-dont-talk-anymore.txt")])
    finally:
        out.width = before
    printed = re.sub(r"\s+", " ", result.output)
    assert result.exit_code == 0
    for line in block.splitlines():
        for cell in re.split(r"\s{2,}", line.strip()):
            assert re.sub(r"\s+", " ", cell) in printed, cell


def test_the_first_screen_is_a_screen() -> None:
    """What hitparade does with the article and with your data stands within the first forty lines."""
    first = "\n".join(README.splitlines()[:40])
    for words in ("make demo", "make test", "article check", "hitparade receive", "hitparade explain"):
        assert words in first
