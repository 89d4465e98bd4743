"""The index of editions in the house database: which editions an issue has, and which one is in force."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, RowMapping, and_, select, update

from hitparade import database as db


@dataclass(frozen=True, slots=True)
class EditionRow:
    """What the database says of one edition; times are ISO text in UTC.

    One that is ``internal`` feeds later issues and is not shown.
    """

    chart: str
    issue_date: date
    number: int
    digest: str
    reason: str
    published_at: str
    published_by: str
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None
    withdrawn_reason: str | None = None
    internal: bool = False

    @property
    def name(self) -> str:
        """The edition's name in a sentence: ``gb-singles 2016-02-18 ed1``."""
        return f"{self.chart} {self.issue_date} ed{self.number}"


def _row(said: RowMapping) -> EditionRow:
    internal = said["internal"] is not None
    return EditionRow(**{**said, "issue_date": date.fromisoformat(said["issue_date"]), "internal": internal})


def editions(database: Engine, chart: str | None = None, issue_date: date | None = None) -> tuple[EditionRow, ...]:
    """Return every edition, withdrawn ones too, in order of chart, issue and number."""
    inside, same = db.internal_editions, ("chart", "issue_date", "number")
    beside = db.editions.outerjoin(inside, and_(*(db.editions.c[name] == inside.c[name] for name in same)))
    ask = select(*db.editions.c, inside.c.number.label("internal")).select_from(beside)
    ask = ask.order_by(db.editions.c.chart, db.editions.c.issue_date, db.editions.c.number)
    if chart is not None:
        ask = ask.where(db.editions.c.chart == chart)
    if issue_date is not None:
        ask = ask.where(db.editions.c.issue_date == issue_date.isoformat())
    with database.connect() as connection:
        return tuple(_row(said) for said in connection.execute(ask).mappings())


def newest(database: Engine, chart: str, issue_date: date) -> EditionRow | None:
    """Return the last edition of an issue, in force or withdrawn, or None."""
    return next(reversed(editions(database, chart, issue_date)), None)


def in_force(database: Engine, chart: str, issue_date: date) -> EditionRow | None:
    """Return the edition of an issue that counts: its newest, or None when that one was withdrawn.

    Withdrawing ed2 does not bring ed1 back: it was replaced for a reason, and nobody signed it again.
    """
    last = newest(database, chart, issue_date)
    return None if last is None or last.withdrawn_at else last


def chain(database: Engine, chart: str) -> tuple[EditionRow, ...]:
    """Return the editions in force of a chart, one an issue, in order of issue date."""
    last = {row.issue_date: row for row in editions(database, chart)}
    return tuple(row for row in last.values() if not row.withdrawn_at)


def public(database: Engine, chart: str) -> tuple[EditionRow, ...]:
    """Return the editions of a chart that are shown, one an issue: the newest not internal, unless withdrawn."""
    last = {row.issue_date: row for row in editions(database, chart) if not row.internal}
    return tuple(row for row in last.values() if not row.withdrawn_at)


def enter(database: Engine, row: EditionRow) -> None:
    """Commit the row that makes an edition's folder true."""
    with db.writing(database) as transaction:
        transaction.execute(
            db.editions.insert().values(
                chart=row.chart,
                issue_date=row.issue_date.isoformat(),
                number=row.number,
                digest=row.digest,
                reason=row.reason,
                published_at=row.published_at,
                published_by=row.published_by,
            )
        )
        if row.internal:
            key = {"chart": row.chart, "issue_date": row.issue_date.isoformat(), "number": row.number}
            transaction.execute(db.internal_editions.insert().values(key))


def mark_withdrawn(database: Engine, row: EditionRow, *, at: datetime, by: str, reason: str) -> None:
    """Commit that an edition is withdrawn."""
    table = db.editions
    with db.writing(database) as transaction:
        transaction.execute(
            update(table)
            .where(table.c.chart == row.chart, table.c.issue_date == row.issue_date.isoformat())
            .where(table.c.number == row.number)
            .values(withdrawn_at=at.isoformat(), withdrawn_by=by, withdrawn_reason=reason)
        )
