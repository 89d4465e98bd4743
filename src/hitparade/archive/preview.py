"""What publishing or correcting an issue would change, before anybody does it."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Engine

from hitparade.archive import decisions, drafts, index
from hitparade.archive.downstream import Downstream, downstream
from hitparade.archive.edition import Link
from hitparade.archive.effects import Change, effects
from hitparade.archive.index import EditionRow
from hitparade.archive.policy import PROPAGATE, Policy, policy_of, readers, refuse_frozen
from hitparade.archive.publish import edition_at, last_week_from
from hitparade.chart import Chart
from hitparade.compile.compiled import Compiled
from hitparade.errors import ArchiveError
from hitparade.storage import HousePaths


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change.

    Attributes:
        chart: the issue as it would come out.
        edition: the number that it would get.
        published: the edition in force of this issue, or None.
        before: that edition's chart, or None.
        later: the later published issues that would change, in order.
        obstacle: why it cannot be published now, or nothing.
        policy: what the book does with a published issue that turns out wrong.
        last_week_from: the edition that feeds last week, or None for a chart's first issue.
        readers: published issues of other charts that were made from this one.
        elsewhere: published issues of other charts that would come out differently, those that follow them included;
            a correction of this issue leaves them as they are.
    """

    chart: Chart
    edition: int
    published: EditionRow | None
    before: Chart | None
    later: tuple[Change, ...]
    obstacle: str
    policy: Policy = field(default_factory=Policy)
    last_week_from: Link | None = None
    readers: tuple[EditionRow, ...] = ()
    elsewhere: tuple[Downstream, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether the issue itself would come out differently from what is published."""
        return self.before is None or replace(self.before, left_out=()) != replace(self.chart, left_out=())


def preview(paths: HousePaths, database: Engine, compiled: Compiled, after: AbstractSet[date] = frozenset()) -> Preview:
    """Return what bringing out ``compiled``, once the issues ``after`` are out, would change; nothing is written."""
    issue = compiled.chart
    last = index.newest(database, issue.chart, issue.issue_date)
    row = None if last is None or last.withdrawn_at else last
    known, policy = decisions.rulings(database, issue.chart), policy_of(compiled.rules)
    later = (
        edition_at(paths, each).compiled
        for each in index.chain(database, issue.chart)
        if each.issue_date > issue.issue_date
    )
    return Preview(
        chart=issue,
        edition=last.number + 1 if last else 1,
        published=row,
        before=edition_at(paths, row).compiled.chart if row else None,
        later=tuple(effects(compiled.state_out, later, lambda day: decisions.holding(known, day))),
        obstacle=_obstacle(paths, database, compiled, row, after),
        policy=policy,
        last_week_from=_fed_by(paths, database, compiled),
        readers=tuple(readers(paths, database, issue.chart, issue.issue_date)) if row else (),
        elsewhere=tuple(downstream(paths, database, compiled, follows=policy.name == PROPAGATE)) if row else (),
    )


def _fed_by(paths: HousePaths, database: Engine, compiled: Compiled) -> Link | None:
    try:
        return last_week_from(paths, database, compiled)
    except ArchiveError:  # said as the obstacle
        return None


def _obstacle(
    paths: HousePaths, database: Engine, compiled: Compiled, in_force: EditionRow | None, after: AbstractSet[date]
) -> str:
    try:
        refuse_frozen(compiled.rules, in_force)
        if compiled.state_in.issue_date not in after:
            last_week_from(paths, database, compiled)
        if index.newest(database, compiled.chart.chart, compiled.chart.issue_date) is None:
            refuse_stale(database, compiled)
    except ArchiveError as error:
        return str(error)
    return ""


def refuse_stale(database: Engine, compiled: Compiled) -> None:
    """Refuse an issue whose draft, the one that somebody looked at, is not what would be published now.

    Raises:
        ArchiveError: it is not.
    """
    issue = compiled.chart
    row = drafts.row_of(database, issue.chart, issue.issue_date)
    if row is not None and row.digest != drafts.draft_digest(compiled):
        raise ArchiveError(
            f"{issue.chart} {issue.issue_date}: the draft is out of date, its inputs have changed; "
            f"`hitparade compile {issue.chart} --issue {issue.issue_date}` shows what it is now"
        )
