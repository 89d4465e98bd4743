"""Panels as data: which channels count, from which day to which, at which weight; a CSV file beside the book."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

from hitparade.counting import OTHER, PanelLine, PanelRow
from hitparade.rulebook.complaints import Complaint

FOLDER = "panels"
_NEEDED = ("channel", "weight")
_COLUMNS = (*_NEEDED, "first_day", "last_day", "daypart", "survey", "format")


def read_panel(path: Path, where: str) -> tuple[tuple[PanelLine, ...], tuple[Complaint, ...]]:
    """Return the lines of a panel file, and what is wrong with it; ``where`` names the book."""
    name = f"{path.parent.name}/{path.name}"
    try:
        lines = list(csv.reader(path.read_text("utf-8").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return (), (Complaint(where, name, f"cannot be read: {getattr(error, 'strerror', None) or error}", ""),)
    head = [cell.strip() for cell in lines[0]] if lines else []
    if not set(_NEEDED) <= set(head) <= set(_COLUMNS) or len(set(head)) < len(head):
        found = f"found the columns {', '.join(head) or 'none'}"
        return (), (
            Complaint(where, f"{name}, line 1", found, f"{', '.join(_NEEDED)}, and any of {', '.join(_COLUMNS[2:])}"),
        )
    made, complaints = [], []
    for number, cells in enumerate(lines[1:], 2):
        if any(cells):
            try:
                made.append(_line(dict(zip(head, (cell.strip() for cell in cells), strict=True))))
            except ValueError as error:
                allowed = "a channel, a weight of 1 or more, and days such as 2016-01-31 in order, or nothing"
                complaints.append(
                    Complaint(where, f"{name}, line {number}", f"found {','.join(cells)} ({error})", allowed)
                )
    complaints += [Complaint(where, name, *each) for each in _overlaps(made)]
    return tuple(made), tuple(complaints)


def _line(said: Mapping[str, str]) -> PanelLine:
    first, last = (date.fromisoformat(day) if (day := said.get(name)) else None for name in ("first_day", "last_day"))
    weight = int(said["weight"])
    if not said["channel"] or weight < 1:
        raise ValueError("no channel" if not said["channel"] else "no weight")
    if first and last and last < first:
        raise ValueError("it ends before it begins")
    return PanelLine(PanelRow(said["channel"], said.get("daypart", ""), weight, first, last), said.get("format", ""))


def _overlaps(lines: list[PanelLine]) -> Iterator[tuple[str, str]]:
    """Give each pair of lines that say two weights of one channel and daypart for one day."""
    in_order = sorted(lines, key=lambda line: (line.format, line.row.channel, line.row.daypart, _from(line)))
    for before, after in pairwise(in_order):
        same = (before.format, before.row.channel, before.row.daypart)
        if (
            same == (after.format, after.row.channel, after.row.daypart)
            and after.row.holds(max(_from(after), _from(before)))
            and before.row.holds(_from(after))
        ):
            yield (
                f"channel {after.row.channel} has two weights on {_from(after)}",
                "one weight of a channel and daypart on a day",
            )


def _from(line: PanelLine) -> date:
    return line.row.first_day or date.min


def rows_in_book(channels: Mapping[str, int | Mapping[str, int]]) -> tuple[PanelRow, ...]:
    """Return the rows of channels as a book writes them, weights by daypart included."""
    return tuple(
        PanelRow(channel, part, weight)
        for channel, said in channels.items()
        for part, weight in (said.items() if isinstance(said, Mapping) else (("", said),))
    )


def dayparts_named(rows: tuple[PanelRow, ...]) -> set[str]:
    """Return the dayparts that rows speak of."""
    return {row.daypart for row in rows} - {"", OTHER}
