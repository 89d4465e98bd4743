"""How much a chart rests on values that nobody has published: an issue tried with other values inside their ranges."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

from hitparade.chart import Chart
from hitparade.compile.compiled import Compiled
from hitparade.rulebook.book import Book, Series
from hitparade.rulebook.fixed import with_value
from hitparade.rulebook.rules import IssueDates
from hitparade.rulebook.wording import ratio
from hitparade.showing import standing
from hitparade.supposing import other_rules, supposed

if TYPE_CHECKING:
    from hitparade.house import House

_TRIES = 41
"""How many values of one range are tried at most: both ends, the stated one, and others evenly between."""
_TOGETHER = 6
"""Up to how many ranges the ends are tried in every combination."""


@dataclass(frozen=True, slots=True)
class Try:
    """One or several values in place of the stated ones, and what would change.

    Attributes:
        values: (key, value) of each.
        moved: songs at another position, on or off the chart; 0 when the chart is the same.
        unproved: why that cannot be said for certain from the sealed inputs; empty when it can.
    """

    values: tuple[tuple[str, str], ...]
    moved: int
    unproved: str


@dataclass(frozen=True, slots=True)
class Reach:
    """One range: the stated value, both ends, and between which tried values the chart is the same."""

    key: str
    stated: str
    low: str
    high: str
    confidence: str
    same_from: str
    same_to: str
    tries: tuple[Try, ...]


@dataclass(frozen=True, slots=True)
class Swing:
    """A song whose position depends on values inside their ranges; None where it is off the chart."""

    song: str
    title: str
    credit: str
    position: int | None
    best: int | None
    worst: int | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What an issue owes to values that are not published.

    Attributes:
        origin: where the issue comes from.
        size: how many positions it has.
        ranges: each value with a range, tried alone.
        together: all ranges at their ends at once, in every combination.
        swings: the songs whose position is not the same in all tries, by their position.
        notes: what was not tried, and what else must be known.
    """

    chart: str
    title: str
    issue_date: date
    origin: str
    size: int
    ranges: tuple[Reach, ...]
    together: tuple[Try, ...]
    swings: tuple[Swing, ...]
    notes: tuple[str, ...]
    simulated: bool


def sensitivity(house: "House", chart: str, issue_date: date | str, *, totals: bool = False) -> Sensitivity:
    """Return which positions of an issue would change if values were elsewhere in their ranges.

    Every try begins with the state that the issue began with.

    Raises:
        CompileError: the issue is neither published nor drafted.
    """
    issue, origin, _ = standing(house, chart, issue_date)
    trial = _Trial(house, house.book(chart), issue, totals=totals)
    spans = {span.key: span for span in trial.spans()}
    ranges = tuple(trial.alone(span) for span in spans.values())
    together = tuple(trial.together(list(spans.values()))) if 1 < len(spans) <= _TOGETHER else ()
    return Sensitivity(
        chart=issue.chart.chart,
        title=issue.chart.title,
        issue_date=issue.chart.issue_date,
        origin=origin,
        size=len(issue.chart.entries),
        ranges=ranges,
        together=together,
        swings=tuple(_swings(trial.stated, trial.charts)),
        notes=tuple(trial.notes),
        simulated=issue.chart.simulated,
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """A value with a range and the values to be tried, in order; the stated one is among them."""

    key: str
    stated: Any
    tries: tuple[Any, ...]
    confidence: str


class _Trial:
    """The tries on one issue, the charts that came of them, and what must be said of them."""

    def __init__(self, house: "House", book: Book, issue: Compiled, *, totals: bool) -> None:
        self.house, self.book, self.issue, self.totals = house, book, issue, totals
        self.dates: IssueDates = issue.rules.issue
        self.charts: list[Chart] = []
        self.notes: list[str] = []
        self.stated, _ = self._chart(book)
        if _places(self.stated) != _places(issue.chart):
            self.notes.append("the book gives another chart today than was sealed; tries are compared with today's")

    def spans(self) -> Iterator[_Span]:
        """Give what has a range that holds more than the stated value."""
        for key, series in self.book.series.items():
            held = series.at(self.dates)
            if held is None or held.value is None or not held.between or held.between[0] == held.between[1]:
                continue
            tries = tuple(_tries(held.value, held.between, series))
            if tries:
                yield _Span(key, held.value, tries, held.confidence)
            else:
                low, high = held.between
                self.notes.append(f"{key} has a range, {low} to {high}, and several numbers; it was not tried")

    def alone(self, span: _Span) -> Reach:
        """Return what changes when one value is another."""
        made = [self._try([(span, value)]) for value in span.tries]
        at = span.tries.index(span.stated)
        first, last = at, at
        while first > 0 and not made[first - 1].moved:
            first -= 1
        while last + 1 < len(made) and not made[last + 1].moved:
            last += 1
        said = [each.values[0][1] for each in made]
        return Reach(
            span.key, said[at], said[0], said[-1], span.confidence, said[first], said[last],
            tuple(each for n, each in enumerate(made) if n != at),
        )  # fmt: skip

    def together(self, spans: Sequence[_Span]) -> Iterator[Try]:
        """Give what changes when all ranges are at their ends at once."""
        for ends in product(*((span.tries[0], span.tries[-1]) for span in spans)):
            yield self._try(list(zip(spans, ends, strict=True)))

    def _try(self, values: Sequence[tuple[_Span, Any]]) -> Try:
        book = self.book
        for span, value in values:
            book = with_value(book, span.key, self.dates, value)
        chart, doubt = self._chart(book)
        self.charts.append(chart)
        before, after = _places(self.stated), _places(chart)
        moved = sum(before.get(song) != after.get(song) for song in before.keys() | after.keys())
        return Try(tuple((span.key, _said(value)) for span, value in values), moved, doubt)

    def _chart(self, book: Book) -> tuple[Chart, str]:
        rules = other_rules(book, self.issue)
        made = supposed(self.house, self.issue, rules, self.issue.state_in, totals=self.totals)
        return made.compiled.chart, made.doubt


def _tries(value: Any, between: tuple[int, int], series: Series) -> Iterator[Any]:  # noqa: ANN401 - a book's value
    """Give the values to try in order, the stated one among them; none when it is not one number."""
    if isinstance(value, dict):
        if "value" in value:
            yield from ({**value, "value": each} for each in _tries(value["value"], between, series))
    elif isinstance(value, list):
        top, bottom = value
        yield from ([each, bottom] for each in _numbers(top, between[0] * bottom, between[1] * bottom))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from _numbers(value, *between)


def _numbers(stated: int, low: int, high: int) -> list[int]:
    low = max(low, 1)
    steps = min(_TRIES, high - low + 1) - 1
    return sorted({stated, *(low + (high - low) * n // steps for n in range(steps + 1))}) if steps > 0 else [stated]


def _said(value: Any) -> str:  # noqa: ANN401 - a book's value
    return ratio(value["value"] if isinstance(value, dict) else value)


def _places(chart: Chart) -> dict[str, int]:
    return {entry.song: entry.position for entry in chart.entries}


def _swings(stated: Chart, charts: Sequence[Chart]) -> Iterator[Swing]:
    all_places = [_places(stated), *map(_places, charts)]
    words = {entry.song: entry for chart in (stated, *charts) for entry in chart.entries}
    found = []
    for song, entry in words.items():
        held = [places.get(song) for places in all_places]
        if len(set(held)) > 1:
            on = [place for place in held if place]
            worst = None if None in held else max(on)
            found.append(Swing(song, entry.title, entry.credit, held[0], min(on), worst))
    nowhere = len(words) + 1
    yield from sorted(found, key=lambda each: (each.position or nowhere, each.best or nowhere, each.song))
