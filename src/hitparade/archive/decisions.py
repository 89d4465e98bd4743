"""Decisions: what people ruled on one song, who and when; the fold reads the ruling, never the person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, RowMapping, select

from hitparade import database as db
from hitparade import storage
from hitparade.compile.decision import ACTIONS, Decision
from hitparade.digest import digest_of
from hitparade.errors import UsageError
from hitparade.storage import HousePaths


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision with its chart, and who took it when."""

    chart: str
    decision: Decision
    by: str
    at: str


def ruling(
    chart: str,
    song: str,
    *,
    rule: str,
    action: str,
    first_issue: date,
    last_issue: date,
    why: str,
    by: str,
    at: datetime,
) -> Ruling:
    """Return a decision whose id derives from what it rules, so that taking it twice is taking it once.

    Raises:
        UsageError: the action is unknown, the issues are the wrong way round, or the reason is empty.
    """
    if action not in ACTIONS:
        raise UsageError(f"--action {action!r} is not known; allowed: {', '.join(ACTIONS)}")
    if first_issue > last_issue:
        raise UsageError(f"--from {first_issue} is after --to {last_issue}; the earlier issue comes first")
    if not why.strip():
        raise UsageError("a decision needs a reason; say it with --why")
    content = [chart, first_issue, last_issue, song, rule, action, why.strip()]
    made = Decision("r-" + digest_of(content)[:12], first_issue, last_issue, song, rule, action, why.strip())
    return Ruling(chart, made, by, at.isoformat())


def enter(paths: HousePaths, database: Engine, new: Ruling) -> Ruling:
    """Log a decision and return it as logged: the same decision taken before keeps its person and time."""
    with storage.writer_lock(paths):
        known = next((old for old in rulings(database, new.chart) if old.decision == new.decision), None)
        if known is not None:
            return known
        it = new.decision
        with db.writing(database) as transaction:
            transaction.execute(
                db.decisions.insert().values(
                    id=it.id,
                    chart=new.chart,
                    first_issue=it.first_issue.isoformat(),
                    last_issue=it.last_issue.isoformat(),
                    song=it.song,
                    rule=it.rule,
                    action=it.action,
                    why=it.why,
                    decided_by=new.by,
                    decided_at=new.at,
                )
            )
    return new


def _ruling(said: RowMapping) -> Ruling:
    first, last = date.fromisoformat(said["first_issue"]), date.fromisoformat(said["last_issue"])
    it = Decision(said["id"], first, last, said["song"], said["rule"], said["action"], said["why"])
    return Ruling(said["chart"], it, said["decided_by"], said["decided_at"])


def rulings(database: Engine, chart: str | None = None) -> tuple[Ruling, ...]:
    """Return the logged decisions of a chart, or of all, in order of chart, first issue and id."""
    table = db.decisions
    ask = select(table).order_by(table.c.chart, table.c.first_issue, table.c.id)
    if chart is not None:
        ask = ask.where(table.c.chart == chart)
    with database.connect() as connection:
        return tuple(_ruling(said) for said in connection.execute(ask).mappings())


def holding(known: Iterable[Ruling], issue_date: date) -> tuple[Decision, ...]:
    """Return the decisions that hold for one issue, in their order: what the fold is given."""
    return tuple(sorted(each.decision for each in known if each.decision.holds(issue_date)))


def for_issue(database: Engine, chart: str, issue_date: date) -> tuple[Decision, ...]:
    """Return the decisions that hold for one issue of a chart, in their order."""
    return holding(rulings(database, chart), issue_date)
