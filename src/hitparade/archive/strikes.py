"""Strikes: rows that people took out of a chart's count, such as bought-up sales of one channel, who and when.

A strike is an input of counting: the totals of an issue are made without these rows, which stay in the ledger with
``struck`` as the reason. Lifting one makes them count again in what is compiled from then on (E10).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Engine, RowMapping, select, update

from hitparade import database as db
from hitparade import storage
from hitparade.counting import Strike
from hitparade.digest import digest_of
from hitparade.errors import UsageError
from hitparade.storage import HousePaths

_NAMED = ("song", "channel", "measure", "consumer", "delivery")


@dataclass(frozen=True, slots=True)
class Struck:
    """A strike with its chart, who decided it when, and if it is lifted why, by whom and when."""

    chart: str
    strike: Strike
    by: str
    at: str
    lifted_why: str | None = None
    lifted_by: str | None = None
    lifted_at: str | None = None


def made(chart: str, said: Strike, *, by: str, at: datetime) -> Struck:
    """Return a strike whose id derives from what it takes out, so that deciding it twice is deciding it once.

    Raises:
        UsageError: it names no rows, its days are the wrong way round, or the reason is empty.
    """
    if not any(getattr(said, name) for name in _NAMED):
        raise UsageError(f"a strike names rows by at least one of {', '.join(_NAMED)}; without, it would take out all")
    if said.first_day > said.last_day:
        raise UsageError(f"--from {said.first_day} is after --to {said.last_day}; the earlier day comes first")
    if not said.why.strip():
        raise UsageError("a strike needs a reason; say it with --why")
    id_ = "x-" + digest_of([chart, *said.takes, said.why.strip()])[:12]
    return Struck(chart, replace(said, id=id_, why=said.why.strip()), by, at.isoformat())


def enter(paths: HousePaths, database: Engine, new: Struck) -> Struck:
    """Log a strike and return it as logged; one that was lifted holds again, by whoever decides it now."""
    table = db.strikes
    row = {name: getattr(new.strike, name) for name in ("id", *_NAMED, "why")}
    row |= {"chart": new.chart, "first_day": str(new.strike.first_day), "last_day": str(new.strike.last_day)}
    row |= {"decided_by": new.by, "decided_at": new.at, "lifted_why": None, "lifted_by": None, "lifted_at": None}
    with storage.writer_lock(paths):
        known = next((old for old in strikes(database, new.chart) if old.strike.id == new.strike.id), None)
        if known is not None and known.lifted_at is None:
            return known
        with db.writing(database) as transaction:
            if known is None:
                transaction.execute(table.insert().values(row))
            else:
                transaction.execute(update(table).where(table.c.id == new.strike.id).values(row))
    return new


def lift(paths: HousePaths, database: Engine, id_: str, *, why: str, by: str, at: datetime) -> Struck:
    """Lift a strike and return it as logged.

    Raises:
        UsageError: there is no such strike in force, or no reason.
    """
    if not why.strip():
        raise UsageError("lifting a strike needs a reason; say it with --why")
    table = db.strikes
    with storage.writer_lock(paths):
        if id_ not in {each.strike.id for each in strikes(database) if each.lifted_at is None}:
            raise UsageError(f"{id_}: no strike of that name is in force; `hitparade decisions` lists them")
        with db.writing(database) as transaction:
            said = {"lifted_why": why.strip(), "lifted_by": by, "lifted_at": at.isoformat()}
            transaction.execute(update(table).where(table.c.id == id_).values(said))
    return next(each for each in strikes(database) if each.strike.id == id_)


def _struck(said: RowMapping) -> Struck:
    days = date.fromisoformat(said["first_day"]), date.fromisoformat(said["last_day"])
    strike = Strike(said["id"], *days, why=said["why"], **{name: said[name] for name in _NAMED})
    lifted = said["lifted_why"], said["lifted_by"], said["lifted_at"]
    return Struck(said["chart"], strike, said["decided_by"], said["decided_at"], *lifted)


def strikes(database: Engine, chart: str | None = None) -> tuple[Struck, ...]:
    """Return the logged strikes of a chart, or of all, lifted ones too, in order of chart, first day and id."""
    table = db.strikes
    ask = select(table).order_by(table.c.chart, table.c.first_day, table.c.id)
    if chart is not None:
        ask = ask.where(table.c.chart == chart)
    with database.connect() as connection:
        return tuple(_struck(said) for said in connection.execute(ask).mappings())


def holding(database: Engine, chart: str, first_day: date, last_day: date) -> tuple[Strike, ...]:
    """Return the strikes of a chart that are in force and touch any of these days, in their order."""
    known = (each.strike for each in strikes(database, chart) if each.lifted_at is None)
    return tuple(each for each in known if each.first_day <= last_day and first_day <= each.last_day)
