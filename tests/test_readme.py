"""The first screen of the README shows what the program prints."""

import re
import subprocess
import sys

from conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_the_sample_of_the_article_is_what_the_command_prints() -> None:
    """Each cell of the sample stands in the output; where it ends early, the output goes on."""
    block = README.split("$ hitparade article check examples/we-dont-talk-anymore.txt\n")[1].split("\n\n")[0]
    done = subprocess.run(
        [sys.executable, "-m", "hitparade", "article", "check", "examples/we-dont-talk-anymore.txt"],
        capture_output=True, text=True, check=True, cwd=ROOT, env={"COLUMNS": "120"},
    )  # fmt: skip
    printed = re.sub(r"\s+", " ", done.stdout)
    for line in block.splitlines():
        for cell in re.split(r"\s{2,}", line.strip()):
            assert re.sub(r"\s+", " ", cell) in printed, cell


def test_the_first_screen_is_a_screen() -> None:
    """What hitparade does with the article and with your data stands within the first forty lines."""
    first = "\n".join(README.splitlines()[:40])
    for words in ("make demo", "make test", "article check", "hitparade receive", "hitparade explain"):
        assert words in first
