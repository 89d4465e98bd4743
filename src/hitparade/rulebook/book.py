"""A book as plain frozen values: what the rest of hitparade sees of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hitparade.counting import PanelLine, Territories
from hitparade.rulebook.rules import IssueDates, Value

MEASURED = (
    "units", "component_week", "hours", "events", "price_floor", "average_price", "bulk", "products", "imputation",
    "uplift", "minimum_play", "cap_per_consumer",
)  # fmt: skip
"""The blocks that hold one history for each measure."""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value and the day from which it is in force; ``value`` is None where the block is switched off."""

    since: date
    value: Any
    source: str
    confidence: str = "published"
    between: tuple[int, int] | None = None
    what_if: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """The history of one key of a book, oldest value first."""

    key: str
    dated_by: str
    values: tuple[DatedValue, ...]

    def on(self, day: date) -> DatedValue | None:
        """Return the value in force on ``day``, or None when the first one begins later."""
        return next((value for value in reversed(self.values) if value.since <= day), None)

    def at(self, issue: IssueDates) -> DatedValue | None:
        """Return the value in force for an issue: by its first tracking day or by its issue date."""
        return self.on(issue.window.first_day if self.dated_by == "tracking_start" else issue.issue_date)

    def printed(self, dated: DatedValue) -> Value:
        """Return ``dated`` as it is printed and sealed."""
        value = "off" if dated.value is None else dated.value
        more = dated.source, dated.confidence, dated.between, dated.what_if
        return Value(self.key, dated.since, self.dated_by, value, *more)


@dataclass(frozen=True, slots=True)
class Span:
    """One span of a chart's life by issue date; ``ends`` is the last issue, None while the chart lives.

    A chart may be older than what its book knows: ``covered_from`` is then the first issue that can be compiled.
    """

    begins: date
    ends: date | None
    source: str
    confidence: str = "published"
    covered_from: date | None = None

    @property
    def first_issue(self) -> date:
        """The first issue date that the book can say the rules of."""
        return self.covered_from or self.begins

    def holds(self, issue_date: date) -> bool:
        """Return whether an issue of that date belongs to the span."""
        return self.begins <= issue_date and (self.ends is None or issue_date <= self.ends)

    def __str__(self) -> str:
        return f"from {self.begins} to {self.ends}" if self.ends else f"since {self.begins}"


@dataclass(frozen=True)
class Book:
    """The dated rules of one chart.

    Attributes:
        where: the file it was read from, as messages name it.
        life: its spans in order.
        steps: the declared order of rule kinds.
        series: every dated key in the order of the layout, such as ``size`` or ``units."on_demand.premium"``.
        panels: the lines of the panel files that it names.
        unruled: the decisions that a what-if leaves out, by id or by action.
    """

    id: str
    title: str
    publisher: str
    territory: str
    where: str
    life: tuple[Span, ...]
    steps: tuple[str, ...]
    series: Mapping[str, Series] = field(default_factory=dict)
    about: str = ""
    panels: Mapping[str, tuple[PanelLine, ...]] = field(default_factory=dict)
    unruled: frozenset[str] = frozenset()

    def counts(self, territory: str) -> bool:
        """Return whether rows of a territory ever count."""
        series = self.series.get("territories")
        said = [dated.value for dated in series.values] if series else [None]
        sets = [Territories(tuple(each["of"]), tuple(each["minus"])) for each in said if each]
        alone = len(sets) < len(said)
        return (alone and territory == self.territory) or any(each.holds(territory) for each in sets)

    def family(self, block: str) -> dict[str, Series]:
        """Return the series of one block by measure, for instance those of ``units``."""
        start = f"{block}."
        return {key[len(start) :].strip('"'): series for key, series in self.series.items() if key.startswith(start)}

    def lives_on(self, issue_date: date) -> bool:
        """Return whether the chart lives on an issue date."""
        return any(span.holds(issue_date) for span in self.life)

    def covers(self, issue_date: date) -> bool:
        """Return whether the chart lives on an issue date and the book can say its rules by then."""
        return any(span.holds(issue_date) and span.first_issue <= issue_date for span in self.life)

    @property
    def lifetime(self) -> str:
        """The spans of its life as words, for instance ``since 2020-09-19``."""
        return " and ".join(map(str, self.life))

    @property
    def names(self) -> tuple[str, ...]:
        """Every name and alias under which the chart has been known, its title first, each once."""
        named = self.series.get("names")
        said = [(v.value["value"], *v.value.get("aliases", ())) for v in named.values] if named else []
        return tuple(dict.fromkeys((self.title, *(name for names in said for name in names))))


def measured_key(block: str, measure: str) -> str:
    """Return the key of one measure of a block as TOML writes it."""
    return f'{block}."{measure}"' if set(measure) & set(".*") else f"{block}.{measure}"
