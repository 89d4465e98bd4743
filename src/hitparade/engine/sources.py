"""Looks behind a sum: the days and channels of one recording, and the row files that hold it."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hitparade.engine.duck import Duck, file_list
from hitparade.engine.pieces import pieces
from hitparade.engine.zones import moved
from hitparade.engine.zones import table as shifted
from hitparade.weeks import Window

_FAR = 2
"""More days than the clocks of two zones lie apart."""


def days_of(engine: Duck, files: Sequence[Path], recording: int) -> list[tuple[Any, ...]]:
    """Return slot, day, channel, measure, currency, why_out, rows and quantity of one recording."""
    if not files:
        return []
    return engine.rows(pieces("sources")["days"].format(files=file_list(files)), {"recording": recording})


def told_on(engine: Duck, files: Sequence[Path]) -> list[tuple[str, str, date, int, int]]:
    """Return channel, measure, day, rows and quantity of everything in files of totals, counted or not."""
    if not files:
        return []
    rows = engine.rows(pieces("sources")["told"].format(files=file_list(files)))
    return [(channel, measure, day, count, quantity) for channel, measure, day, count, quantity in rows]


def holding(engine: Duck, files: Sequence[Path], spellings: Collection[int]) -> list[Path]:
    """Return the row files, of some, that hold rows of one of these spellings."""
    numbers = ", ".join(str(int(spelling)) for spelling in sorted(spellings))
    if not files or not numbers:
        return []
    found = engine.rows(pieces("sources")["holding"].format(files=file_list(files), spellings=numbers))
    return [Path(name) for (name,) in found]


def rows_of(
    engine: Duck, files: Sequence[Path], window: Window, spellings: Collection[int], zones: Mapping[str, str]
) -> list[tuple[str, int, int, int]]:
    """Return delivery, spelling, rows and quantity of some spellings in row files, within a window.

    ``zones`` are those of channels whose days are not those of the window's zone.
    """
    if not files or not spellings:
        return []
    numbers = ", ".join(str(int(spelling)) for spelling in sorted(spellings))
    source = moved(f"read_parquet({file_list(files)}, filename = true)", zones)
    sql = pieces("sources")["deliveries"].format(source=source, spellings=numbers)
    bound = {
        "starts": window.starts,
        "ends": window.ends,
        "first_day": window.first_day,
        "last_day": window.last_day,
    }
    found: dict[tuple[str, int], list[int]] = {}
    far = range(-_FAR, len(window.days) + _FAR)
    handed = shifted(window.zone, zones, (window.first_day + timedelta(n) for n in far)) if zones else None
    with engine.table("shifts", handed) if handed else nullcontext():
        told = engine.rows(sql, bound)
    for name, spelling, count, quantity in told:
        sums = found.setdefault((Path(name).stem, spelling), [0, 0])
        sums[0], sums[1] = sums[0] + count, sums[1] + quantity
    return [(delivery, spelling, rows, total) for (delivery, spelling), (rows, total) in sorted(found.items())]
