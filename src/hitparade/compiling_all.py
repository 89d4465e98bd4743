"""Compiling every chart of a house over a span of issues: a chart that others read comes before them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from hitparade.errors import BookError, CompileError
from hitparade.rulebook.steps import charts_read

if TYPE_CHECKING:
    from hitparade.house import House
    from hitparade.rulebook.book import Book


@dataclass(frozen=True, slots=True)
class Run:
    """What became of one chart: its issues from the first to the last, or why there are none.

    ``entries`` are those of all issues together.
    """

    chart: str
    issues: int
    first: date | None
    last: date | None
    entries: int
    why_not: str = ""


def reads(book: "Book") -> tuple[str, ...]:
    """Return the charts that a book reads at any time of its life, sorted."""
    series = book.series.get("upstream")
    named = {chart for dated in (series.values if series else ()) if dated.value for chart in dated.value["charts"]}
    for step in book.steps:
        if step in book.series:
            for dated in book.series[step].values:
                named.update(charts_read({step: dated.value}) if isinstance(dated.value, Mapping) else ())
    return tuple(sorted(named))


def in_order(books: "Mapping[str, Book]") -> tuple[str, ...]:
    """Return the ids of books, each after those that it reads, otherwise by name.

    Raises:
        CompileError: charts read each other in a circle.
    """
    sorter = TopologicalSorter({name: reads(books[name]) for name in sorted(books)})
    try:
        sorter.prepare()
    except CycleError as error:
        raise CompileError(f"{' reads '.join(reversed(error.args[1]))}: a chart cannot wait for itself") from None
    order: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        order += ready
        sorter.done(*ready)
    return tuple(name for name in order if name in books)


def compile_all(
    house: "House", first: date | None, last: date | None, advance: Callable[..., None] | None, workers: int = 1
) -> tuple[Run, ...]:
    """Compile every issue with data of every chart, or those dated from ``first`` to ``last``; keep them as drafts.

    With several ``workers`` charts that do not wait for each other are compiled at once, each in a process of its own;
    what comes out is the same.

    Raises:
        CompileError: no chart has anything to compile, or charts read each other in a circle.
    """
    books = _readable(house)
    order = in_order(books)
    if workers > 1:
        from hitparade.compiling_crew import compile_at_once  # noqa: PLC0415 - few need processes

        made = compile_at_once(house, {name: reads(books[name]) for name in order}, first, last, advance, workers)
        runs = tuple(made[name] for name in order)
    else:
        runs = tuple(run_of(house, chart, first, last, advance) for chart in order)
    if not any(run.issues for run in runs):
        raise CompileError(f"no chart of {len(runs)} has an issue with data{_span(first, last)}")
    return runs


def _readable(house: "House") -> "dict[str, Book]":
    """Return the books that can be read; a broken one is told by ``hitparade check`` and harms no other."""
    shelf, found = house.books(), {}
    for name in shelf:
        try:
            found[name] = shelf[name]
        except BookError:
            continue
    return found


def run_of(
    house: "House", chart: str, first: date | None, last: date | None, advance: Callable[..., None] | None
) -> Run:
    """Compile one chart and return what became of it."""
    try:
        shown = house.compile(chart, first=first, last=last, every=True, advance=advance)
    except CompileError as error:
        return Run(chart, 0, None, None, 0, str(error))
    dates = [each.chart.issue_date for each in shown]
    return Run(chart, len(shown), dates[0], dates[-1], sum(len(each.chart.entries) for each in shown))


def _span(first: date | None, last: date | None) -> str:
    return "".join(f" {word} {day}" for word, day in (("from", first), ("to", last)) if day)
