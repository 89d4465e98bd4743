"""A chart over many issues as a value, and what it was added up from, so that it can be added up again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from hitparade.compile.accumulate import Part, Sums, Table, Tally, accumulate
from hitparade.digest import digest_of
from hitparade.rulebook.rules import Value
from hitparade.rulebook.spans import Terms


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A chart over many issues.

    Attributes:
        label: the span as it was asked for: ``2016``, ``2016-1``, ``2010s`` or ``all-time``.
        first, last: the days of the span; ``as_of`` is the newest issue in it that the house holds.
        issues: how many issues of the span are counted, of which ``drafts`` are not published.
        expected: how many issues the book gives the span.
        per_unit: how much of a total makes one unit; 1 where no units are added.
        rule: what is added up, with its source.
        notes: sentences on what is missing or was decided.
    """

    chart: str
    title: str
    block: str
    label: str
    first: date
    last: date
    as_of: date
    issues: int
    drafts: int
    expected: int
    per_unit: int
    lines: tuple[Tally, ...]
    rule: Value
    notes: tuple[str, ...]
    simulated: bool

    @property
    def digest(self) -> str:
        """The digest of the table and of what it was made from."""
        return digest_of(asdict(self))


@dataclass(frozen=True, slots=True)
class Workings:
    """What a chart over many issues was added up from.

    Attributes:
        parts: the issues that were read, in order, without the sentences and songs that are not added up.
        terms: what is added up.
        sums: the songs' totals over all weeks, where the terms ask for them.
        renamed: song keys of published issues that identity has changed since, and what they are now.
    """

    parts: tuple[Part, ...]
    terms: Terms
    sums: Sums | None
    renamed: Mapping[str, str]

    def table(self) -> Table:
        """Return the table that these add up to."""
        return accumulate(self.parts, self.terms, self.sums, self.renamed)


def bare(part: Part) -> Part:
    """Return a part with no more of its issue than is added up."""
    entries = tuple(replace(entry, reasons=(), sums={}) for entry in part.chart.entries)
    return replace(part, chart=replace(part.chart, entries=entries, drop_outs=(), left_out=(), notes=()))
