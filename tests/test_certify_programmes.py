"""Programmes as data: every shipped one is whole, and every mistake is one sentence."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hitparade.certify import load
from hitparade.certify.model import ProgrammeFile
from hitparade.certify.schema import schema
from hitparade.certifying_cases import Checker
from hitparade.errors import BookError

BROKEN = Path(__file__).parent / "broken_programmes"
SHIPPED = load.shipped()


def tables(path: Path) -> dict[str, Any]:
    """A file as an editor hands it to a JSON Schema."""
    said: dict[str, Any] = json.loads(json.dumps(tomllib.loads(path.read_text("utf-8")), default=str))
    return said


@pytest.mark.parametrize("name", list(SHIPPED))
def test_a_shipped_programme_has_no_mistake_and_cites(name: str) -> None:
    made, complaints = load.read(SHIPPED.paths[name])
    assert complaints == ()
    assert made is not None
    assert "not affiliated" in made.title
    assert all(" " in each.source for series in made.series.values() for each in series.values)
    jsonschema.validate(tables(SHIPPED.paths[name]), schema())


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.toml")), ids=lambda path: path.stem)
def test_one_mistake_gives_one_sentence(path: Path) -> None:
    _, complaints = load.read(path)
    keys = ", ".join(ProgrammeFile.model_fields)
    expected = path.with_suffix(".txt").read_text("utf-8").replace("KEYS", keys)
    assert [str(each).replace(f"{BROKEN}/", "") for each in complaints] == expected.splitlines()


def test_there_are_enough_broken_programmes() -> None:
    assert len(list(BROKEN.glob("*.toml"))) >= 25


def test_the_json_schema_marks_mistakes_of_layout() -> None:
    for name in ("unknown-judge", "no-ladder", "misspelt-key", "threshold-zero", "no-source", "no-such-weekday"):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(tables(BROKEN / f"{name}.toml"), schema())


def test_a_programme_is_found_by_the_name_of_its_body() -> None:
    assert SHIPPED.find("riaa").id == "us-riaa"
    assert SHIPPED.find("Bundesverband Musikindustrie (BVMI)").id == "de-bvmi"


def test_an_unknown_programme_is_answered_with_the_nearest() -> None:
    with pytest.raises(BookError, match='there is no programme "us-ria"; did you mean us-riaa'):
        SHIPPED.find("us-ria")


def test_the_how_to_s_programme_and_case_hold(tmp_path: Path) -> None:
    """What docs/how-to/certify.md shows is checked as it stands there."""
    page = (Path(__file__).parent.parent / "docs" / "how-to" / "certify.md").read_text("utf-8")
    parts = {"programme": "", "case": ""}
    for name, start in (("programme", "    format = 1"), ("case", '    programme = "my-awards"')):
        block = page[page.index(start) :].split("\n\n|")[0].split("\n\n## ")[0]
        parts[name] = "\n".join(line.removeprefix("    ") for line in block.splitlines())
    folder = tmp_path / "books" / "programmes"
    folder.mkdir(parents=True)
    (folder / "my-awards.toml").write_text(parts["programme"], "utf-8")
    case = tmp_path / "case.toml"
    case.write_text(parts["case"], "utf-8")
    checker = Checker(tmp_path / "books")
    found = [checker(path, tomllib.loads(path.read_text("utf-8"))) for path in (folder / "my-awards.toml", case)]
    assert [(each.kind, each.state, each.complaints) for each in found if each] == [
        ("programme", "good", ()),
        ("case", "good", ()),
    ]
