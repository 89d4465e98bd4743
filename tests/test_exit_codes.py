"""The exit codes are those of docs/exit-codes.md, and --help says them."""

import re

import pytest

from conftest import ROOT
from hitparade import errors
from hitparade.serve.cli.app import INTERRUPTED, app, run

PAGE = (ROOT / "docs" / "exit-codes.md").read_text("utf-8")


def test_the_page_and_the_help_have_every_code() -> None:
    kinds = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.HouseError)]
    codes = {0, INTERRUPTED, *(each.exit_code for each in kinds)}
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)} == codes
    assert {int(code) for code in re.findall(r"(\d+) \w", str(app.info.epilog))} == codes


@pytest.mark.parametrize(
    ("words", "code"), [(["--help"], 0), (["-C", "/nowhere", "doctor"], 1), (["--json", "log"], 2)]
)
def test_a_command_ends_as_the_page_says(words: list[str], code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["hitparade", *words])
    with pytest.raises(SystemExit) as end:
        run()
    assert (end.value.code or 0) == code
