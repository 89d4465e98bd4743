"""The desk where issues are signed: what a person does with one issue, checked before it is done."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Engine

from hitparade.archive import decisions, drafts, index, series, sources, today
from hitparade.archive import publish as press
from hitparade.archive.edition import Edition, folder_of, read
from hitparade.archive.index import EditionRow
from hitparade.archive.policy import refuse_frozen
from hitparade.archive.preview import refuse_stale
from hitparade.archive.publish import Signature
from hitparade.catalog import log
from hitparade.chart import CandidateSet, ChartState
from hitparade.compile.compiled import Compiled
from hitparade.errors import ArchiveError, HouseError, UsageError
from hitparade.rulebook.rules import Rules
from hitparade.storage import HousePaths

_IMPORT = re.compile(r"a-[0-9a-f]{12}")

Fetch = Callable[[Rules, int, Sequence[str]], CandidateSet]
RulesOf = Callable[[str, date], Rules]
RenamedOf = Callable[[Rules, ChartState, Sequence[str]], Mapping[str, str]]
StandingOf = Callable[[Rules], tuple[tuple[str, ...], bool]]
"""Give the notes on coverage, and whether any data of the territory is simulated."""


def edition(
    paths: HousePaths, database: Engine, chart: str, issue_date: date, number: int | None = None
) -> Edition | None:
    """Return the edition of an issue that is shown, or the one of that number; None when there is none."""
    rows = index.editions(database, chart, issue_date)
    row = next((each for each in index.public(database, chart) if each.issue_date == issue_date), None)
    if number is not None:
        row = next((each for each in rows if each.number == number), None)
    return None if row is None else read(folder_of(paths.editions, chart, issue_date, row.number))


def publish(paths: HousePaths, database: Engine, compiled: Compiled, *, by: str, at: datetime) -> EditionRow:
    """Publish the first edition of an issue, unless its draft shows something else.

    Raises:
        AlreadyPublishedError: somebody did.
        ArchiveError: the draft is out of date, or the issue before is not published.
    """
    press.refuse_published(index.newest(database, compiled.chart.chart, compiled.chart.issue_date))
    refuse_stale(database, compiled)
    return press.publish(paths, database, compiled, _signature(database, compiled, by, at))


def correct(
    paths: HousePaths,
    database: Engine,
    compiled: Compiled,
    *,
    reason: str,
    by: str,
    at: datetime,
    even_if_same: bool,
    deliveries: Sequence[Mapping[str, str]] | None = None,
    internal: bool = False,
) -> EditionRow:
    """Publish the next edition of an issue, with its reason; it rests on today's deliveries if none are given.

    One that is ``internal`` feeds later issues and is not shown.

    Raises:
        ArchiveError: the book freezes what is published, or nothing would change.
    """
    refuse_frozen(compiled.rules, index.in_force(database, compiled.chart.chart, compiled.chart.issue_date))
    signature = _signature(database, compiled, by, at)
    if deliveries is not None:
        signature = replace(signature, deliveries=deliveries)
    signature = replace(signature, internal=internal)
    return press.correct(paths, database, compiled, signature, reason=reason, even_if_same=even_if_same)


def withdraw(
    paths: HousePaths, database: Engine, chart: str, issue_date: date, *, reason: str, by: str, at: datetime
) -> EditionRow:
    """Withdraw the edition in force of an issue and return its row.

    Raises:
        ArchiveError: there is none, or it is internal.
    """
    row = index.in_force(database, chart, issue_date)
    if row is None:
        raise ArchiveError(f"{chart} {issue_date}: no edition is in force, so there is nothing to withdraw")
    if row.internal:
        raise ArchiveError(f"{row.name} is internal; `hitparade correct` brings out one that can be withdrawn")
    return press.withdraw(paths, database, row, reason=reason, by=by, at=at)


_HEED = {"admit": ("nomination", "release_age"), "reset": ("accelerated",), "seasonal": ("accelerated", "recurrent")}
"""The steps that each of these actions speaks to."""


def refuse_idle(chart: str, steps: Sequence[str], rule: str, action: str) -> None:
    """Refuse to exempt a song from a step that the book does not have, or to tell a step what it does not heed.

    Raises:
        UsageError: it would do nothing.
    """
    if action in _HEED and (rule not in steps or rule not in _HEED[action]):
        heed = " and ".join(_HEED[action])
        known = ", ".join(steps) or "none"
        raise UsageError(f"--action {action} --rule {rule!r} does nothing: {heed} heed it; steps of {chart}: {known}")
    if action == "exempt" and rule not in steps:
        known = ", ".join(steps) or "none"
        raise UsageError(f"--rule {rule!r}: {chart} has no such step to leave a song alone; its steps: {known}")


def known_issue(paths: HousePaths, database: Engine, chart: str, issue_date: date) -> Compiled:
    """Return an issue as it stands, or the last one that the house has, so that songs can be named by it.

    Raises:
        ArchiveError: nothing is compiled, so no song is known.
    """
    sealed = edition(paths, database, chart, issue_date)
    known = sealed.compiled if sealed else drafts.read(paths, database, chart, issue_date)
    rows = drafts.drafts(database, chart)
    if known is None and rows:
        known = drafts.read(paths, database, chart, rows[-1].issue_date)
    if known is None:
        raise ArchiveError(
            f"{chart} {issue_date}: nothing is compiled, so no song is known; `hitparade compile {chart}`"
        )
    return known


def _signature(database: Engine, compiled: Compiled, by: str, at: datetime) -> Signature:
    return Signature(by, at, sources.deliveries_of(database, compiled.rules))


@dataclass(frozen=True, slots=True)
class Today:
    """What the house would compile an edition from today, compared with what was sealed."""

    database: Engine
    fetch: Fetch
    rules_of: RulesOf
    renamed_of: RenamedOf
    standing_of: StandingOf

    def __call__(self, edition: Edition) -> Iterator[str]:
        """Give a sentence for each difference; deliveries are named only where they made one."""
        then = edition.compiled
        named = [each.song for each in then.candidates.candidates]
        renamed = self.renamed_of(then.rules, then.state_in, named)
        now = self.fetch(then.rules, then.k, named)
        notes, simulated = self.standing_of(then.rules)
        found = [
            *today.candidate_changes(then.candidates, now, renamed),
            *today.memory_changes(then, renamed),
            *today.standing_changes(then, notes, simulated=simulated),
        ]
        if found:
            yield from sources.changes(self.database, then.rules, edition.said["deliveries"])
        yield from found
        if found:
            yield from today.log_changes(then, edition.said["published_at"], log.lines(self.database))
        yield from self._rules(then)
        known = decisions.rulings(self.database, edition.chart)
        yield from today.decision_changes(then.decisions, decisions.holding(known, edition.issue_date))
        yield from self._last_week(edition)
        yield from self._archive(then)
        yield from self._upstream(then)

    def _rules(self, then: Compiled) -> Iterator[str]:
        try:
            now = self.rules_of(then.rules.chart, then.chart.issue_date)
        except HouseError as error:
            yield f"the book gives no rules for this issue today: {error}"
            return
        yield from today.rule_changes(then.rules, now)

    def _archive(self, then: Compiled) -> Iterator[str]:
        """Give a sentence for each import of the archive that the chart went on from and that is no longer in force."""
        gone = {*_IMPORT.findall(then.state_in.source)} - {each.id for each in series.imports(self.database)}
        yield from (f"it went on from import {name}, which is no longer in force" for name in sorted(gone))

    def _last_week(self, edition: Edition) -> Iterator[str]:
        link = edition.said["last_week_from"]
        if link is None:
            earlier = [row for row in index.chain(self.database, edition.chart) if row.issue_date < edition.issue_date]
            yield from (f"it began the chart, and {row.name} is before it now" for row in earlier[-1:])
            return
        row = index.in_force(self.database, edition.chart, date.fromisoformat(link["issue_date"]))
        if row is None or row.digest != link["digest"]:
            now = f"ed{row.number} is in force now" if row else "it is withdrawn now"
            yield f"last week came from {link['issue_date']} ed{link['edition']}, and {now}"

    def _upstream(self, then: Compiled) -> Iterator[str]:
        """Give each chart whose edition that was read is no longer in force; one read as a draft is not known here."""
        for chart, taken in then.upstream.items():
            rows = {row.digest: row for row in index.editions(self.database, chart, taken.chart.issue_date)}
            now = index.in_force(self.database, chart, taken.chart.issue_date)
            if taken.digest in rows and (now is None or now.digest != taken.digest):
                stands = f"ed{now.number} is in force now" if now else "it is withdrawn now"
                yield f"it reads {rows[taken.digest].name}, and {stands}"
