"""What an import is: what is said of a series, how to import, what was made of the files, and the receipt."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as arrow

from hitparade.archive.accepting import Complaint
from hitparade.archive.formats.printed import Wish
from hitparade.archive.formats.source import Source
from hitparade.archive.series import AWARDS
from hitparade.problems import Problem

pc: Any = arrow
"""Arrow's functions; its stubs know fewer kinds of columns than it takes."""


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a series; empty where nobody said it."""

    id: str
    title: str = ""
    publisher: str = ""
    territory: str = ""
    size: int | None = None
    source: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """How to import: format and mapping where somebody named them, and what is to happen."""

    format: str = ""
    wish: Wish = field(default_factory=Wish)
    dry_run: bool = False
    replaces: str = ""
    keep: bool = True


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """Problems of one kind: how many, and the first of them."""

    severity: str
    reason: str
    count: int
    first: Problem


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an import: ``status`` is imported, would be imported, or already here."""

    series: str
    status: str
    id: str
    name: str
    kind: str
    format: str
    mapping: str
    files: int
    received: int
    accepted: int
    rejected: int
    notes: int
    issues: int
    first_issue: date | None
    last_issue: date | None
    simulated: bool
    replaces: str = ""
    problems: tuple[ProblemKind, ...] = ()
    why: str = ""
    lost: int = 0
    """Issues (of awards, days) of the import that is replaced which these files do not hold."""


@dataclass(frozen=True, slots=True)
class Made:
    """An import before it is written."""

    id: str
    digest: str
    name: str
    kind: str
    format: str
    files: tuple[Source, ...]
    table: pa.Table
    complaints: tuple[Complaint, ...]
    received: int
    rejected: int
    simulated: bool

    @property
    def issues(self) -> "pa.Array[Any]":
        """The issues, or days of awards, that it holds."""
        found: pa.Array[Any] = pc.unique(self.table.column("date" if self.kind == AWARDS else "issue").drop_null())
        return found

    @property
    def notes(self) -> int:
        """How many problems rejected no row."""
        return len(self.complaints) - self.rejected
