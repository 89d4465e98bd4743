"""Published issues of other charts that would come out differently if an issue that they read did.

They are folded again from their own sealed inputs, with the changed issue in the place of the one that they read; what
then changes is read by others in turn, and handed on to the later issues of the same chart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from graphlib import TopologicalSorter

from sqlalchemy import Engine

from hitparade.archive import index
from hitparade.archive.edition import Edition
from hitparade.archive.effects import Change
from hitparade.archive.index import EditionRow
from hitparade.archive.publish import edition_at
from hitparade.chart import ChartState, Upstream
from hitparade.compile.compiled import Compiled
from hitparade.compile.refold import refold
from hitparade.storage import HousePaths

Changed = dict[str, dict[date, Compiled]]
"""By chart and issue, those that would be other than the sealed ones."""


@dataclass(frozen=True, slots=True)
class Downstream:
    """One published issue of another chart that would come out differently.

    Attributes:
        edition: the edition in force.
        change: what would change.
        because: the issues that it would differ for: those that it reads, and the one before.
    """

    edition: EditionRow
    change: Change
    because: tuple[str, ...]


def downstream(paths: HousePaths, database: Engine, changed: Compiled, *, follows: bool) -> Iterator[Downstream]:
    """Give the published issues of other charts that would change with this one, in the order they are compiled.

    ``follows``: later issues of its own chart come out again with it, so that other charts read those, too.
    """
    issue = changed.chart
    chains = _chains(paths, database, issue.issue_date)
    reads = {chart: {name for _, each in chain for name in each.said["upstream"]} for chart, chain in chains.items()}
    found: Changed = {issue.chart: {issue.issue_date: changed}}
    own = [pair for pair in chains.pop(issue.chart, []) if pair[0].issue_date > issue.issue_date]
    if follows:
        list(_of_chart(own, found, (f"{issue.chart} {issue.issue_date}", changed.state_out)))
    for chart in TopologicalSorter(reads).static_order():
        yield from _of_chart(chains.get(chart, []), found)


def _chains(paths: HousePaths, database: Engine, issue_date: date) -> dict[str, list[tuple[EditionRow, Edition]]]:
    """Return the editions in force of every chart from a date on."""
    found: dict[str, list[tuple[EditionRow, Edition]]] = {}
    for chart in sorted({row.chart for row in index.editions(database)}):
        rows = (row for row in index.chain(database, chart) if row.issue_date >= issue_date)
        found[chart] = [(row, edition_at(paths, row)) for row in rows]
    return found


def _of_chart(
    chain: list[tuple[EditionRow, Edition]], found: Changed, before: tuple[str, ChartState] | None = None
) -> Iterator[Downstream]:
    """Give the issues of one chart that would change, and note what they would be."""
    for row, edition in chain:
        read = _read_anew(edition, found)
        if before is None and not read:
            continue
        sealed = edition.compiled
        upstream = {**sealed.upstream, **{name: _as_read(sealed.upstream[name], made) for name, made in read.items()}}
        follows = before is not None and sealed.state_in.issue_date == before[1].issue_date
        state = before[1] if before and follows else sealed.state_in
        made = refold(sealed, state=state, upstream=upstream)
        because = [f"{name} {made_of.chart.issue_date}" for name, made_of in sorted(read.items())]
        because += [before[0]] if before and follows else []
        after = made.compiled.chart
        if made.doubt or replace(after, left_out=()) != replace(sealed.chart, left_out=()):
            yield Downstream(row, Change(row.issue_date, sealed.chart, after, made.doubt), tuple(because))
        same = made.compiled.state_out == sealed.state_out
        if not same or after != sealed.chart:
            found.setdefault(row.chart, {})[row.issue_date] = made.compiled
        before = None if same else (row.name, made.compiled.state_out)


def _read_anew(edition: Edition, found: Changed) -> Mapping[str, Compiled]:
    """Return the changed issues among those that an edition was made from."""
    read = {name: date.fromisoformat(said["issue_date"]) for name, said in edition.said["upstream"].items()}
    return {name: found[name][day] for name, day in read.items() if day in found.get(name, {})}


def _as_read(sealed: Upstream, made: Compiled) -> Upstream:
    again = made.as_read(sealed.digest)
    return again if sealed.before is not None else replace(again, before=None)
