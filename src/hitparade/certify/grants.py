"""The log of grants: which levels were certified, by whom and why. It is only ever added to; a line can be revoked."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, func, select

from hitparade import database as db
from hitparade import storage
from hitparade.certify.ladder import Ladder
from hitparade.certify.reckon import Granted
from hitparade.errors import UsageError
from hitparade.storage import HousePaths

_T = db.grants


@dataclass(frozen=True, slots=True)
class Grant:
    """A line of the log: a level granted to a song on a day, or the revocation of another line."""

    serial: int
    programme: str
    song: str
    title: str
    credit: str
    level: str
    granted_on: date
    why: str
    by: str
    at: str
    revokes: int | None = None

    @property
    def said(self) -> Granted:
        """The level and its day."""
        return Granted(self.level, self.granted_on)


def logged(database: Engine, programme: str | None = None) -> tuple[Grant, ...]:
    """Return the lines of the log, of one programme or of all, in order."""
    asked = select(_T).order_by(_T.c.serial)
    with database.connect() as connection:
        rows = connection.execute(asked if programme is None else asked.where(_T.c.programme == programme)).all()
    return tuple(
        Grant(
            row.serial, row.programme, row.song, row.title, row.credit, row.level, date.fromisoformat(row.granted_on),
            row.why, row.entered_by, row.entered_at, row.revokes,
        )
        for row in rows
    )  # fmt: skip


def in_force(database: Engine, programme: str | None = None) -> tuple[Grant, ...]:
    """Return the grants that nothing revoked, in order."""
    lines = logged(database, programme)
    gone = {line.revokes for line in lines if line.revokes is not None}
    return tuple(line for line in lines if line.revokes is None and line.serial not in gone)


def known_level(programme: str, ladder: Ladder, level: str, on: date) -> str:
    """Return a level as its ladder writes it.

    Raises:
        UsageError: there is no such level in the ladder.
    """
    rung = ladder.find(level)
    if rung is None:
        held = f"the levels in force on {on}, known since {ladder.since}"
        raise UsageError(f'{programme}: there is no level "{level}" among {held}; allowed: {ladder}')
    return rung.name


def grant(
    paths: HousePaths, database: Engine, programme: str, song: tuple[str, str, str], level: str, on: date, *,
    why: str, by: str, at: datetime,
) -> Grant:  # fmt: skip
    """Log that a level was granted to a song (key, title, credit), and return the line.

    Raises:
        UsageError: there is no reason, or the level is granted already.
    """
    if not why.strip():
        raise UsageError("a grant needs a reason; say it with --why")
    with storage.writer_lock(paths):
        for each in in_force(database, programme):
            if (each.song, each.level) == (song[0], level):
                said = f"{level} is granted to {song[1]} - {song[2]} since {each.granted_on}, by line {each.serial}"
                raise UsageError(f"{programme}: {said}; --revoke {each.serial} takes it back")
        return _enter(database, Grant(0, programme, *song, level, on, why.strip(), by, at.isoformat()))


def revoke(paths: HousePaths, database: Engine, serial: int, *, why: str, by: str, at: datetime) -> Grant:
    """Log that a grant is taken back, and return the line.

    Raises:
        UsageError: there is no such grant in force, or no reason.
    """
    if not why.strip():
        raise UsageError("taking a grant back needs a reason; say it with --why")
    with storage.writer_lock(paths):
        held = next((each for each in in_force(database) if each.serial == serial), None)
        if held is None:
            raise UsageError(f"--revoke {serial}: no grant of that number is in force; `hitparade certify --log` lists")
        told = held.programme, held.song, held.title, held.credit, held.level, held.granted_on
        return _enter(database, Grant(0, *told, why.strip(), by, at.isoformat(), serial))


def _enter(database: Engine, line: Grant) -> Grant:
    with db.writing(database) as connection:
        serial = (connection.scalar(select(func.max(_T.c.serial))) or 0) + 1
        connection.execute(
            _T.insert().values(
                serial=serial, programme=line.programme, song=line.song, title=line.title, credit=line.credit,
                level=line.level, granted_on=str(line.granted_on), why=line.why, revokes=line.revokes,
                entered_by=line.by, entered_at=line.at,
            )
        )  # fmt: skip
    told = line.programme, line.song, line.title, line.credit, line.level, line.granted_on
    return Grant(serial, *told, line.why, line.by, line.at, line.revokes)
