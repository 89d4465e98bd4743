"""The catalog's log: who decided when and why that songs or artists are one, are not, or are called otherwise.

The log is only ever added to. A line is taken back by another line, an undo, which can be taken back itself; both
stay. Everything that is derived from identity is a function of the evidence and of what :func:`in_force` returns.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, RowMapping, func, select

from hitparade import database as db
from hitparade import storage
from hitparade.catalog.decisions import ACTIONS, NO_DECISIONS, Decisions, Ruling
from hitparade.digest import digest_of
from hitparade.errors import CatalogError, UsageError
from hitparade.storage import HousePaths


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: its number and id, what it decides or which line it takes back, and why, whence, who and when."""

    serial: int
    id: str
    action: str
    ruling: Ruling | None
    why: str
    source: str
    undoes: str
    by: str
    at: str


def standing(lines: Iterable[LogLine]) -> frozenset[str]:
    """Return the ids of the lines in force: those that no undo in force takes back."""
    taken_back: set[str] = set()
    found: set[str] = set()
    for line in sorted(lines, key=lambda each: each.serial, reverse=True):
        if line.id in taken_back:
            continue
        found.add(line.id)
        if line.undoes:
            taken_back.add(line.undoes)
    return frozenset(found)


def in_force(lines: Iterable[LogLine]) -> Decisions:
    """Return what the lines decide, in the order of the log."""
    told = sorted(lines, key=lambda each: each.serial)
    held = standing(told)
    return Decisions(_rulings(line for line in told if line.id in held))


def ever_joined(known: Iterable[LogLine]) -> Decisions:
    """Return every ruling that was ever entered to join songs, whatever came of it, or none when all still hold.

    What an edition printed as one song while such a line was in force is no evidence that it is one.
    """
    told = sorted(known, key=lambda each: each.serial)
    held = standing(told)
    joining = [line for line in told if line.ruling and line.action in {"merge", "move", "accept"}]
    return NO_DECISIONS if all(line.id in held for line in joining) else Decisions(_rulings(joining))


def _rulings(known: Iterable[LogLine]) -> tuple[Ruling, ...]:
    return tuple(line.ruling for line in known if line.ruling)


def imagined(known: Sequence[LogLine], ruling: Ruling | None, undone: str = "") -> LogLine:
    """Return the line that would decide that, or take back a line, by nobody and at no time: to see what follows."""
    serial = max((line.serial for line in known), default=0) + 1
    return LogLine(serial, "c-imagined", ruling.action if ruling else "undo", ruling, "", "", undone, "", "")


def lines(database: Engine) -> tuple[LogLine, ...]:
    """Return every line of the log, the oldest first."""
    with database.connect() as connection:
        rows = connection.execute(select(db.catalog_log).order_by(db.catalog_log.c.serial)).mappings().all()
    return tuple(_line(row) for row in rows)


def decisions(database: Engine) -> Decisions:
    """Return what the log of a house decides."""
    return in_force(lines(database))


def length(database: Engine) -> int:
    """Return how many lines the log has; it has changed when this has."""
    with database.connect() as connection:
        return connection.scalar(select(func.max(db.catalog_log.c.serial))) or 0


def enter(
    paths: HousePaths, database: Engine, ruling: Ruling, *, why: str, source: str = "", by: str, at: datetime
) -> LogLine:
    """Add a line that decides something and return it.

    Raises:
        UsageError: the action is unknown, or there is no reason.
    """
    if ruling.action not in ACTIONS or ruling.action == "undo":
        raise UsageError(f"{ruling.action!r} is no action of the log; allowed: {', '.join(ACTIONS[:-1])}")
    return _enter(paths, database, (ruling.action, ruling, ""), why, source, by, at)


def enter_all(
    paths: HousePaths, database: Engine, rulings: Iterable[tuple[Ruling, str]], *, by: str, at: datetime
) -> tuple[LogLine, ...]:
    """Add lines that decide something, each with its reason, all or none, and return them."""
    made: list[LogLine] = []
    with storage.writer_lock(paths):
        last = length(database)
        for serial, (ruling, why) in enumerate(rulings, last + 1):
            id_ = _id(serial, ruling.action, ruling, "")
            made.append(LogLine(serial, id_, ruling.action, ruling, why, "", "", by, at.isoformat()))
        _write(database, made)
    return tuple(made)


def undo(
    paths: HousePaths, database: Engine, line: str, *, why: str, source: str = "", by: str, at: datetime
) -> LogLine:
    """Add a line that takes back the line of that id, which may be an undo, and return it.

    Raises:
        CatalogError: there is no such line, or it is taken back already.
        UsageError: there is no reason.
    """
    return _enter(paths, database, ("undo", None, line), why, source, by, at)


def one_line(known: Sequence[LogLine], said: str) -> LogLine:
    """Return the line with that id, or with that beginning of an id.

    Raises:
        CatalogError: there is none, or several.
    """
    found = [line for line in known if line.id == said] or [line for line in known if said and line.id.startswith(said)]
    if len(found) != 1:
        what = "several lines begin" if found else "no line of the log begins"
        raise CatalogError(f"{said!r}: {what} so; `hitparade log` shows the lines and their ids")
    return found[0]


def _enter(
    paths: HousePaths, database: Engine, said: tuple[str, Ruling | None, str], why: str, source: str, by: str,
    at: datetime,
) -> LogLine:  # fmt: skip
    if not why.strip():
        raise UsageError("a line of the log needs a reason; say it with --why")
    action, ruling, undoes = said
    with storage.writer_lock(paths):
        known = lines(database)
        if undoes:
            refuse_idle_undo(known, undoes)
        serial = (known[-1].serial if known else 0) + 1
        id_ = _id(serial, action, ruling, undoes)
        line = LogLine(serial, id_, action, ruling, why.strip(), source.strip(), undoes, by, at.isoformat())
        _write(database, [line])
    return line


def _id(serial: int, action: str, ruling: Ruling | None, undoes: str) -> str:
    return "c-" + digest_of([serial, action, _said(ruling), undoes])[:12]


def _write(database: Engine, made: Iterable[LogLine]) -> None:
    with db.writing(database) as transaction:
        _insert(transaction, made)
        storage.commit_point("log:written")
    storage.commit_point("log:committed")


def add(database: Engine, made: Iterable[LogLine]) -> None:
    """Add lines as they are, to the log of a house that is only imagined."""
    with db.writing(database) as transaction:
        _insert(transaction, made)


def _insert(transaction: Connection, made: Iterable[LogLine]) -> None:
    for line in made:
        transaction.execute(db.catalog_log.insert().values(**_row(line)))


def damaged(known: Sequence[LogLine]) -> tuple[str, ...]:
    """Return a sentence for each line that is not what its id was made from, and for each gap: nobody removes lines."""
    found = [
        f"line {line.id} of the catalog's log does not say what it said when it was entered"
        for line in known
        if line.id != _id(line.serial, line.action, line.ruling, line.undoes)
    ]
    gone = sorted(set(range(1, known[-1].serial + 1)) - {line.serial for line in known}) if known else []
    return (*found, *(f"line {serial} of the catalog's log is gone" for serial in gone))


def refuse_idle_undo(known: Sequence[LogLine], undoes: str) -> None:
    """Refuse to take back what is taken back already.

    Raises:
        CatalogError: it is, or there is no such line.
    """
    held = standing(known)
    if one_line(known, undoes).id not in held:
        by = next(each for each in known if each.undoes == undoes and each.id in held)
        raise CatalogError(f"{undoes}: this line is taken back already, by {by.id}; undo {by.id} to bring it back")


def _said(ruling: Ruling | None) -> dict[str, object]:
    if ruling is None:
        return {}
    told = {"what": "artist" if ruling.artists else "song", "names": list(ruling.names), "to": ruling.to}
    words = {"title": ruling.title, "credit": ruling.credit}
    return {**told, **{key: word for key, word in words.items() if word is not None}}


def _row(line: LogLine) -> dict[str, object]:
    return {
        "serial": line.serial, "id": line.id, "action": line.action,
        "said": json.dumps(_said(line.ruling), ensure_ascii=False, sort_keys=True),
        "why": line.why, "source": line.source, "undoes": line.undoes or None,
        "entered_by": line.by, "entered_at": line.at,
    }  # fmt: skip


def _line(row: RowMapping) -> LogLine:
    said = json.loads(row["said"])
    ruling = None
    if said:
        words = said.get("title"), said.get("credit")
        ruling = Ruling(row["action"], tuple(said["names"]), said["to"], *words, said["what"] == "artist")
    return LogLine(
        row["serial"], row["id"], row["action"], ruling, row["why"], row["source"], row["undoes"] or "",
        row["entered_by"], row["entered_at"],
    )  # fmt: skip
