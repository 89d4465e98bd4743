"""The log of openings: from which archive, after which issue, a chart goes on. The last line of a chart holds."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, func, select

from hitparade import database as db

_T = db.openings


@dataclass(frozen=True, slots=True)
class Opening:
    """What a person said: ``chart`` goes on after ``issue`` of ``series``; an empty series takes it back."""

    serial: int
    chart: str
    series: str
    issue: date | None
    why: str
    entered_by: str
    entered_at: str


def logged(database: Engine, chart: str | None = None) -> tuple[Opening, ...]:
    """Return the lines of the log, of one chart or of all, in order."""
    asked = select(_T).order_by(_T.c.serial)
    with database.connect() as connection:
        rows = connection.execute(asked if chart is None else asked.where(_T.c.chart == chart)).all()
    return tuple(
        Opening(
            row.serial, row.chart, row.series, row.issue and date.fromisoformat(row.issue), row.why, row.entered_by,
            row.entered_at,
        )
        for row in rows
    )  # fmt: skip


def in_force(database: Engine, chart: str) -> Opening | None:
    """Return the opening of a chart, or None where it begins with nothing."""
    found = logged(database, chart)
    return found[-1] if found and found[-1].series else None


def enter(database: Engine, chart: str, series: str, issue: date | None, *, why: str, by: str, at: datetime) -> Opening:
    """Add a line to the log and return it."""
    with db.writing(database) as connection:
        serial = (connection.scalar(select(func.max(_T.c.serial))) or 0) + 1
        connection.execute(
            _T.insert().values(
                serial=serial, chart=chart, series=series, issue=issue and issue.isoformat(), why=why, entered_by=by,
                entered_at=at.isoformat(),
            )
        )  # fmt: skip
    return Opening(serial, chart, series, issue, why, by, at.isoformat())
