"""``radio-log``: any delimited log of plays, its columns bound by a :class:`hitparade.intake.mapping.Mapping`."""

import re
from datetime import datetime

from hitparade.catalog.text import clipped
from hitparade.digest import digest_of
from hitparade.engine import reading_cells as sql
from hitparade.engine.duck import literal
from hitparade.engine.reading import Check
from hitparade.errors import IntakeError
from hitparade.intake.codes import check_territory
from hitparade.intake.heads import fields_of
from hitparade.intake.layout import (
    EMPTY_CELLS,
    Head,
    Layout,
    Wish,
    identity_checks,
    place_checks,
    time_checks,
)
from hitparade.intake.mapping import Mapping
from hitparade.intake.zones import check_zone, offsets

NAME = "radio-log"
VERSION = 1
BATCH = 60
"""Sixty plays or more under one equal stamp at one station are reported: no station plays sixty songs in an hour, so
such a stamp is the time at which somebody fetched a list, not the time of a play."""

_TIMES = {
    "unix": "seconds since 1970, such as 1402943314",
    "unix-milliseconds": "milliseconds since 1970",
    "iso": "a time with Z or an offset, such as 2026-01-31T18:30:00Z",
    "local": "a date and time of the station",
}
_LOCAL_SPAN = (datetime(1970, 1, 3), datetime(2100, 1, 1))  # noqa: DTZ001 - civil times


def recognise(head: Head, wish: Wish, mapping: Mapping, *, told: bool) -> Layout | None:
    """Return how to read the file if its columns are those of ``mapping``.

    Raises:
        IntakeError: it is meant to be read by this mapping, and cannot be.
    """
    for skip, line in enumerate(head.lines, 1):
        if not all(name in line for name in mapping.wanted):
            continue
        names, delimiter = fields_of(line, mapping.wanted, mapping.delimiter)
        if set(mapping.wanted) <= set(names):
            return _layout(head, wish, mapping, names, delimiter, skip)
    if told:
        raise IntakeError(
            f"{head.name}: no line among the first {len(head.lines)} has all columns of the mapping "
            f"{mapping.name}: {', '.join(mapping.wanted)}"
        )
    return None


def _refuse_twice(name: str, names: tuple[str, ...], mapping: Mapping) -> None:
    """Refuse a file in which a column that the mapping reads stands twice: nobody knows which is meant."""
    read = (*mapping.columns.values(), *mapping.time_columns)
    twice = next((column for column in read if names.count(column) > 1), None)
    if twice is not None:
        raise IntakeError(
            f"{name}: column {clipped(twice)!r} of the mapping {mapping.name} stands there {names.count(twice)} times; "
            "once is allowed"
        )


def _layout(head: Head, wish: Wish, mapping: Mapping, names: tuple[str, ...], delimiter: str, skip: int) -> Layout:
    _refuse_twice(head.name, names, mapping)
    column = {name: f"c{n}" for n, name in reversed(list(enumerate(names)))}
    territory = _territory(head, wish, mapping)
    stamp = " || ' ' || ".join(sql.said(column[name]) for name in mapping.time_columns)
    zone = _zone(head, wish, mapping, territory)
    at, day = _time(mapping, stamp, column, zone)
    cells = EMPTY_CELLS | {
        field: sql.said(column[name], empty=mapping.empty) for field, name in mapping.columns.items() if name in column
    }
    isrc = column.get(mapping.columns.get("isrc", ""), "")
    if isrc:
        cells["isrc"] = sql.isrc(isrc, mapping.empty)
    if "channel" not in mapping.columns:
        cells["channel"] = literal(_channel(head, mapping))
    cells["territory"] = f"upper({cells['territory']})" if "territory" in mapping.columns else f"'{territory}'"
    cells |= {"at": at, "day": day, "measure": f"'{mapping.measure}'"}
    return Layout(
        format=NAME,
        version=VERSION,
        mapping=mapping.name,
        mapping_digest=digest_of([mapping.digest, zone, cells["channel"]]),
        recognised=f"by its columns, those of the mapping {mapping.name}",
        columns=names,
        kinds=(sql.CELL,) * len(names),
        delimiter=delimiter,
        skip=skip,
        cells=cells,
        checks=_checks(mapping, stamp, sql.said(isrc) if isrc else "''"),
        batch=BATCH,
        prepared={"civil": sql.civil(stamp, mapping.written)} if zone else {},
    )


def _checks(mapping: Mapping, stamp: str, isrc: str) -> tuple[Check, ...]:
    places = place_checks(territory="territory" in mapping.columns, measure=False)
    return (*identity_checks(isrc), *places, *time_checks(stamp, _TIMES[mapping.time_kind]))


def _territory(head: Head, wish: Wish, mapping: Mapping) -> str:
    if "territory" in mapping.columns:
        return ""
    territory = wish.territory or mapping.territory
    if not territory:
        raise IntakeError(f"{head.name}: rows of this log name no territory; say it with --territory, such as GB")
    return check_territory(territory, head.name)


def _channel(head: Head, mapping: Mapping) -> str:
    found = re.search(mapping.channel_from_name, head.name) if mapping.channel_from_name else None
    channel = (found["channel"] if found else "") or mapping.channel
    if not channel:
        raise IntakeError(
            f"{head.name}: the mapping {mapping.name} finds the station in the name of the file by "
            f"{mapping.channel_from_name!r}, and this name does not match"
        )
    return channel


def _time(mapping: Mapping, stamp: str, column: dict[str, str], zone: str) -> tuple[str, str]:
    """Return the SQL of the instant and of the sender's own day."""
    first = column[mapping.time_columns[0]]
    if mapping.time_kind == "unix":
        return sql.unix(first), "null::date"
    if mapping.time_kind == "unix-milliseconds":
        return sql.unix(first, per_second=1000), "null::date"
    if mapping.time_kind == "iso":
        return sql.instant_in(f"({stamp})"), "null::date"
    return sql.from_zone("civil", offsets(zone, *_LOCAL_SPAN)), "civil::date"


def _zone(head: Head, wish: Wish, mapping: Mapping, territory: str) -> str:
    if mapping.time_kind != "local":
        return ""
    zone = mapping.zone or wish.zones.get(territory, "")
    if not zone:
        raise IntakeError(
            f"{head.name}: times of this log are civil times, and no zone is known; write [zones] "
            f'{territory or "GB"} = "Europe/London" (or whichever it is) into house.toml, or time.zone into the mapping'
        )
    return check_zone(zone, f"{head.name}, zone")
