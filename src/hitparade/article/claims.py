"""The values of an article: what it claims and where, and what is damaged in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

Value = str | int | date | tuple[str, ...]

CHART_ROWS = ("weekly_peak", "year_end")
"""Kinds of claims that are a row of a table of charts."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact that an article states.

    Attributes:
        id: the line and the number of the claim in it, such as ``23.2``.
        line: the line of the file, from 1.
        section: the headings above it, joined by " / "; ``lead`` before the first, ``infobox`` in the box.
        kind: ``title``, ``name``, ``infobox``, ``credit``, ``link``; for rows ``weekly_peak``, ``year_end``,
            ``accolade``, ``release``, ``row``; in prose ``peak``, ``nth_top_ten``, ``nth_highest``,
            ``place_peak``, ``top_ten_countries``, ``nth_single``, ``certification`` (of a row too), ``nomination``,
            ``event`` or ``sentence``.
        subject: what it is about: a chart, a person, a key of the box, a place.
        values: what is said of the subject; a damaged value is absent.
        text: the words of the article.
        damaged: why the claim lost something that it needs, or empty.
    """

    id: str
    line: int
    section: str
    kind: str
    subject: str
    values: Mapping[str, Value] = field(default_factory=dict)
    text: str = ""
    damaged: str = ""

    def whole(self, name: str) -> int | None:
        """Return a whole number of the claim, or None when it says none."""
        said = self.values.get(name)
        return said if isinstance(said, int) else None

    def said(self, name: str) -> str:
        """Return a text of the claim, or an empty one."""
        said = self.values.get(name)
        return said if isinstance(said, str) else ""

    def day(self, name: str) -> date | None:
        """Return a day of the claim, or None when it says none."""
        said = self.values.get(name)
        return said if isinstance(said, date) else None

    def names(self, name: str) -> tuple[str, ...]:
        """Return a list of the claim, or an empty one."""
        said = self.values.get(name)
        return said if isinstance(said, tuple) else ()


@dataclass(frozen=True, slots=True)
class Damage:
    """One cell or line of an article that lost something.

    Attributes:
        line: the line of the file.
        column: the cell's column as its header names it, or empty when the whole line is meant.
        reason: a short fixed word: ``cell-empty``, ``cell-not-a-position``, ``cell-not-a-day``, ``row-shifted``,
            ``row-stray``, ``row-width``, ``row-open``, ``header-name-missing``, ``caption-broken``,
            ``heading-broken``.
        found: what stands there, verbatim.
        sentence: what is wrong, in plain words.
    """

    line: int
    column: str
    reason: str
    found: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read: its claims and damages in the order of its lines."""

    path: Path
    title: str
    name: str
    lines: int
    claims: tuple[Claim, ...]
    damages: tuple[Damage, ...]

    @property
    def damaged_cells(self) -> int:
        """How many single cells are damaged."""
        return sum(1 for damage in self.damages if damage.column)

    @property
    def damaged_lines(self) -> int:
        """How many lines are damaged as a whole."""
        return sum(1 for damage in self.damages if not damage.column)

    def of(self, *kinds: str) -> tuple[Claim, ...]:
        """Return the claims of these kinds, in order."""
        return tuple(claim for claim in self.claims if claim.kind in kinds)

    def box(self, key: str) -> Claim | None:
        """Return the first claim of the infobox with this key, or None."""
        return next((claim for claim in self.of("infobox") if claim.subject.casefold() == key.casefold()), None)
