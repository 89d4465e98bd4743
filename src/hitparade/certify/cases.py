"""Cases of programmes: a small ledger in, levels and units out, the arithmetic in words; no Python is needed.

A case is a TOML file: ``tests/cases/programmes/<programme>/*.toml``, or in ``books/cases`` of a house. How the
answers are made is not known here: :func:`run` is given a callable.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import Field, ValidationError

from hitparade.certify.reckon import Certification
from hitparade.rulebook.cases import CaseRow, every_week
from hitparade.rulebook.complaints import Complaint, from_validation
from hitparade.rulebook.fields import ChartId, CivilDay, Ratio, Text
from hitparade.rulebook.load import read_toml
from hitparade.rulebook.parts import Table


class Grant(Table):
    """A level that was granted."""

    song: Text = Field(description="The song's title.")
    level: Text = Field(description="The level.")
    on: CivilDay = Field(description="The day of the certification.")


class Expected(Table):
    """What a song must have as of a day; what is left out is not compared."""

    song: Text = Field(description="The song's title.")
    as_of: CivilDay = Field(description="The day.")
    units: Ratio | None = Field(None, description="Units to date: a whole number, or [numerator, denominator].")
    level: str | None = Field(None, description="The highest level; empty for none.")
    since: CivilDay | None = Field(None, description="The day on which it was reached.")
    beside: list[Text] | None = Field(None, description="The awards that are given once.")
    next: str | None = Field(None, description="The next level; empty at the top.")
    missing: Ratio | None = Field(None, description="Units until then.")
    due: list[Text] | None = Field(None, description="What was reached and not granted.")
    lower_bound: bool | None = Field(None, description="Whether the ledger begins too late to know all.")


class CaseFile(Table):
    """A case as written."""

    programme: ChartId = Field(description="The id of the programme.")
    title: Text = Field(description="What the case shows, as a sentence.")
    why: Text = Field(description="The arithmetic, worked out by hand.")
    each: dict[str, Any] = Field({}, description="Columns that every entry has unless it says otherwise.")
    entries: list[CaseRow] = Field(description="The ledger.", min_length=1)
    granted: list[Grant] = Field([], description="What was granted.")
    expected: list[Expected] = Field(description="What songs must have.", min_length=1)


class Case(NamedTuple):
    """A case that can be run."""

    where: str
    programme: str
    title: str
    why: str
    rows: tuple[CaseRow, ...]
    granted: tuple[Grant, ...]
    expected: tuple[Expected, ...]


Certify = Callable[[Case], Sequence[Certification]]
"""Gives the certification of each of the case's ``expected``, in their order."""


def is_case(said: Mapping[str, Any]) -> bool:
    """Return whether the tables of a TOML file are a case of a programme."""
    return "programme" in said and "format" not in said


def read_case(path: Path) -> tuple[Case | None, tuple[Complaint, ...]]:
    """Return the case in ``path``, or None and what is wrong with it."""
    said, complaints = read_toml(path)
    if said is None:
        return None, complaints
    each, entries = said.get("each", {}), said.get("entries", [])
    if isinstance(each, dict) and isinstance(entries, list):
        said = {**said, "entries": [{**each, **row} if isinstance(row, dict) else row for row in entries]}
    try:
        file = CaseFile.model_validate(said)
    except ValidationError as error:
        return None, from_validation(str(path), CaseFile, error)
    told = every_week(file.entries), tuple(file.granted), tuple(file.expected)
    return Case(str(path), file.programme, file.title, file.why, *told), ()


def run(case: Case, certify: Certify) -> tuple[str, ...]:
    """Return where the answers differ from what the case expects, as sentences."""
    made = zip(case.expected, certify(case), strict=True)
    return tuple(sentence for expected, found in made for sentence in _compare(case.where, expected, found))


def _compare(where: str, expected: Expected, found: Certification) -> Iterator[str]:
    told = {
        "units": Fraction(found.total, found.per_unit),
        "level": found.level,
        "since": found.level_on,
        "beside": [each.level for each in found.reached if each.once],
        "next": found.next_level,
        "missing": None if found.missing is None else Fraction(found.missing, found.per_unit),
        "due": list(found.due),
        "lower_bound": found.lower_bound,
    }
    for name, have in told.items():
        want = getattr(expected, name)
        want = Fraction(*want) if isinstance(want, tuple) else want
        if want is not None and want != have:
            shown = ", ".join(have) if isinstance(have, list) else have
            wanted = ", ".join(want) if isinstance(want, list) else want
            at = f'{where}, "{expected.song}" as of {expected.as_of}'
            yield f"{at}: {name.replace('_', ' ')} is {shown or 'nothing'}; expected: {wanted or 'nothing'}"
