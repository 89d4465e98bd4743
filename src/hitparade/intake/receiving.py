"""Receiving: each file becomes a delivery of its own, or says in one sentence why not."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine as Database
from sqlalchemy import select

from hitparade import database, storage
from hitparade.config import Config
from hitparade.digest import digest_of
from hitparade.engine.duck import Duck
from hitparade.errors import HouseError, IntakeError, UsageError
from hitparade.intake import force
from hitparade.intake.codes import check_territory
from hitparade.intake.commit import aside, listed, moved, places, sync_made, write_row
from hitparade.intake.control import Control, check_balance, check_scope, control_of, scope_digest
from hitparade.intake.heads import head_of
from hitparade.intake.landing import Arrival, Landed, arrivals, land, plain
from hitparade.intake.layout import Layout, Wish
from hitparade.intake.making import Made, Tell, make
from hitparade.intake.receipt import Receipt
from hitparade.intake.recognise import recognise
from hitparade.storage import HousePaths, writer_lock

_DELIVERY = re.compile(r"d-[0-9a-f]{12}")
Advance = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Gate:
    """Where deliveries come in: the house's folders, settings, database and engine, and the clock."""

    paths: HousePaths
    config: Config
    database: Database
    duck: Duck
    clock: Callable[[], datetime]

    @property
    def mappings(self) -> Path:
        """The house's own column mappings."""
        return self.paths.root / "mappings"


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who hands in files says of them."""

    format: str | None = None
    territory: str = ""
    supplier: str = ""
    part: str = ""
    dry_run: bool = False
    replaces: str = ""
    again: bool = False
    balance: Mapping[str, int] = field(default_factory=dict)


def receive(
    gate: Gate, paths: Iterable[str | Path], options: Options, advance: Advance | None = None
) -> tuple[Receipt, ...]:
    """Return a receipt for each file; one that is refused does not stop the others.

    Raises:
        HouseError: there is one file only, and it is refused; or the call makes no sense.
    """
    if options.territory:
        options = replace(options, territory=check_territory(options.territory, "--territory"))
    named = [str(path) for path in paths]
    waiting = [*_kept(gate, named, options), *((each, options) for each in arrivals(_not_kept(named)))]
    if options.replaces and len(waiting) > 1:
        raise UsageError(f"--replaces {options.replaces}: {len(waiting)} files are named; one can take its place")
    receipts = []
    for arrival, said in waiting:
        tell = _teller(arrival.name, advance)
        receipts.append(_or_refused(gate, arrival, said, tell, alone=len(waiting) == 1))
        if advance:
            advance(1, arrival.name)
    return tuple(receipts)


def count(paths: Iterable[str | Path]) -> int:
    """Return how many files ``paths`` name, for a progress bar."""
    named = [str(path) for path in paths]
    return len(named) - len(_not_kept(named)) + len(arrivals(_not_kept(named)))


def _not_kept(named: list[str]) -> list[str]:
    return [path for path in named if not (_DELIVERY.fullmatch(path) and not Path(path).exists())]


def _kept(gate: Gate, named: list[str], options: Options) -> list[tuple[Arrival, Options]]:
    """Return the kept originals of the deliveries that are named, with what was said of them then."""
    ids = [path for path in named if path not in _not_kept(named)]
    if ids and not options.again:
        raise UsageError(f"{ids[0]}: this is a delivery and no file; say --again to read its kept original again")
    found = []
    with gate.database.connect() as connection:
        for id_ in ids:
            row = connection.execute(select(database.deliveries).where(database.deliveries.c.id == id_)).one_or_none()
            if row is None:
                raise UsageError(f"{id_}: there is no such delivery; `hitparade deliveries` lists them")
            if row.original is None or not (gate.paths.originals / row.original).is_file():
                raise IntakeError(f"{id_}: the original {row.name} was not kept; receive the file itself")
            said = replace(
                options, format=options.format or _format(row.format, row.mapping), territory=row.territory,
                supplier=row.supplier, part=row.part,
            )  # fmt: skip
            found.append((Arrival(row.name, gate.paths.originals / row.original), said))
    return found


def _format(name: str, mapping: str) -> str:
    return f"{name}:{mapping}" if name == "radio-log" else name


def _teller(name: str, advance: Advance | None) -> Callable[[str], None]:
    """Return what says on the progress bar how far one file is."""

    def tell(what: str) -> None:
        if advance:
            advance(0, f"{name}: {what}")

    return tell


def _or_refused(gate: Gate, arrival: Arrival, options: Options, tell: Tell, *, alone: bool) -> Receipt:
    try:
        return _take(gate, arrival, options, tell)
    except HouseError as error:
        if alone:
            raise
        return Receipt(arrival.name, "refused", why=str(error))


@dataclass(frozen=True, slots=True)
class _Taken:
    """A landed file, how to read it, and who its delivery is."""

    landed: Landed
    file: Path
    layout: Layout
    control: Control
    asked: force.Asked
    simulated: bool


def _take(gate: Gate, arrival: Arrival, options: Options, tell: Tell) -> Receipt:
    with aside(gate.paths, "receive") as folder:
        keep = gate.config.keep_originals and not options.dry_run
        tell("landing")
        landed = land(arrival, folder / "original" if keep or arrival.file is None else None)
        taken = _know(gate, arrival, landed, folder, options)
        here = _already_here(gate, taken, options)
        if here:
            return here
        made = make(gate.duck, taken.layout, taken.file, arrival.name, folder, tell)
        _check(taken, made, options)
        if options.dry_run:
            return _dry(gate, taken, made, folder)
        return _commit(gate, taken, made, folder, keep=keep)


def _know(gate: Gate, arrival: Arrival, landed: Landed, folder: Path, options: Options) -> _Taken:
    control = control_of(arrival.file)
    file = plain(landed, folder / "plain", arrival.name)
    name = re.sub(r"\.gz$", "", arrival.name, flags=re.IGNORECASE) if landed.compressed else arrival.name
    head = head_of(gate.duck, file, arrival.name, compressed=landed.compressed)
    declared = control.scope.get("territory", "")
    territory = options.territory or (check_territory(declared, arrival.name) if declared else "")
    wish = Wish(territory, gate.config.zones, gate.config.consumer_salt)
    layout = recognise(replace(head, name=name), wish, options.format, gate.mappings)
    supplier = options.supplier or control.supplier or layout.supplier
    part = options.part or control.part
    scope = scope_digest(supplier, layout.format, part, control.scope or layout.declares)
    one = layout.cells["territory"].strip("'") if layout.cells["territory"].startswith("'") else ""
    id_ = digest_of([landed.digest, layout.reader, layout.mapping_digest, one, supplier, part])[:12]
    asked = force.Asked(
        f"d-{id_}", arrival.name, landed.digest, one, supplier, part, layout.reader, scope, options.replaces,
        options.again,
    )  # fmt: skip
    return _Taken(landed, file, layout, control, asked, control.simulated or head.simulated)


def _already_here(gate: Gate, taken: _Taken, options: Options) -> Receipt | None:
    asked = taken.asked
    with gate.database.connect() as connection:
        row = force.same(connection, asked)
    if row is None or options.again or (row.replaced_by is not None and row.id != asked.id):
        return None
    if row.replaced_by is not None and not options.replaces:
        why = f"delivery {row.replaced_by} has taken its place; --again puts it back in force"
    elif row.replaced_by is not None:
        return None
    elif row.id != asked.id:
        why = f"it was read by {row.reader} and mapping {row.mapping!r}; --again reads it with what is here now"
    else:
        why = "the same bytes were received before"
    return Receipt(
        asked.name, "already here", row.id, row.format, row.mapping, taken.layout.recognised, row.supplier, row.part,
        row.received, row.accepted, row.rejected, row.notes, row.quantity, row.first_day or "", row.last_day or "",
        simulated=bool(row.simulated), why=why,
    )  # fmt: skip


def _check(taken: _Taken, made: Made, options: Options) -> None:
    name, layout, extent = taken.asked.name, taken.layout, made.extent
    check_balance(name, {**taken.control.balance, **options.balance}, made.received, made.quantity)
    check_scope(name, taken.control.scope, extent)
    if layout.declares and taken.control.scope:
        check_scope(name, layout.declares, extent)


def _predecessor(gate: Gate, taken: _Taken, made: Made, cells: Path) -> str:
    """Return the delivery that this one takes the place of; refuse what overlaps another."""
    with gate.database.connect() as connection:
        was = connection.scalar(
            select(database.deliveries.c.replaced_by).where(database.deliveries.c.id == taken.asked.id)
        )
        replaces = str(was or "") or force.replaced_by(connection, taken.asked)
        force.check_overlap(
            connection, gate.duck, gate.paths, taken.asked, made.extent, cells, taken.layout.days, replaces
        )
    return replaces


def _dry(gate: Gate, taken: _Taken, made: Made, folder: Path) -> Receipt:
    replaces = _predecessor(gate, taken, made, folder / "about" / "cells.parquet")
    return _receipt(taken, made, replaces, back=False, dry=True)


def _commit(gate: Gate, taken: _Taken, made: Made, folder: Path, *, keep: bool) -> Receipt:
    asked = taken.asked
    original = (asked.digest, asked.name) if keep else None
    waiting = places(gate.paths, folder, asked.id, original)
    sync_made(waiting)
    with writer_lock(gate.paths):
        replaces = _predecessor(gate, taken, made, folder / "about" / "cells.parquet")
        with gate.database.connect() as connection:
            old = select(database.deliveries.c.id).where(database.deliveries.c.id == asked.id)
            back = bool(replaces) and connection.scalar(old) is not None
        with moved(waiting), database.writing(gate.database) as connection:
            write_row(connection, _values(gate, taken, made, original), replaces)
        storage.commit_point("receive:committed")
    return _receipt(taken, made, replaces, back=back, dry=False)


def _values(gate: Gate, taken: _Taken, made: Made, original: tuple[str, str] | None) -> dict[str, object]:
    asked, layout, extent = taken.asked, taken.layout, made.extent
    days = (str(layout.days[0]), str(layout.days[1])) if layout.days else (extent.first_day, extent.last_day)
    return {
        "id": asked.id, "name": asked.name, "digest": asked.digest, "bytes": taken.landed.size,
        "format": layout.format, "reader": layout.reader, "mapping": layout.mapping, "supplier": asked.supplier,
        "territory": asked.territory, "part": asked.part, "scope": asked.scope, "first_day": days[0],
        "last_day": days[1], "channels": listed(extent.channels), "measures": listed(extent.measures),
        "territories": listed(extent.territories), "received": made.received, "accepted": made.accepted,
        "rejected": made.rejected, "notes": len(made.notes), "quantity": made.quantity,
        "simulated": int(taken.simulated), "original": "/".join(original) if original else None,
        "received_at": gate.clock().isoformat(),
    }  # fmt: skip


def _receipt(taken: _Taken, made: Made, replaces: str, *, back: bool, dry: bool) -> Receipt:
    asked, layout, extent = taken.asked, taken.layout, made.extent
    return Receipt(
        file=asked.name,
        status="would be received" if dry else "back in force" if back else "received",
        delivery=asked.id,
        format=layout.format,
        mapping=layout.mapping,
        recognised=layout.recognised,
        supplier=asked.supplier,
        part=asked.part,
        received=made.received,
        accepted=made.accepted,
        rejected=made.rejected,
        notes=len(made.notes),
        quantity=made.quantity,
        first_day=extent.first_day or "",
        last_day=extent.last_day or "",
        territories=extent.territories,
        channels=extent.channels,
        measures=extent.measures,
        simulated=taken.simulated,
        replaces=replaces,
        refusals=made.refusals,
        findings=made.notes,
    )
