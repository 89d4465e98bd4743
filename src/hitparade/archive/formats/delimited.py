"""Delimited text: a header and one record a printed line, columns by mapping or by common names."""

import csv
import re
from collections.abc import Iterator, Mapping

import pyarrow as pa

from hitparade.archive.formats.names import bare, fields_of
from hitparade.archive.formats.printed import Broken, Printed
from hitparade.errors import ArchiveError

DELIMITERS = (",", ";", "\t", "|")
_HELD = "\x85"
"""Stands for a carriage return inside a cell while the text is taken apart."""


def columns(text: str, said: Mapping[str, str], delimiter: str = "") -> tuple[tuple[str, ...], str]:
    """Return the columns in the header, and the delimiter that finds most fields among them."""
    line = re.split(r"\r\n|\r|\n", text.lstrip("\r\n"), maxsplit=1)[0]
    best: tuple[tuple[str, ...], str, tuple[int, int]] = ((), delimiter or ",", (-1, -1))
    for sign in (delimiter,) if delimiter else DELIMITERS:
        try:
            names = tuple(name.strip() for name in next(csv.reader([line], delimiter=sign), ()))
        except csv.Error:
            continue
        found = len(fields_of(names, said)), len(names)
        if found > best[2]:
            best = names, sign, found
    return best[0], best[1]


def read(text: str, name: str, header: tuple[str, ...], delimiter: str, fields: Mapping[str, str]) -> Printed:
    """Return the records of a delimited text; ``fields`` says which column holds what.

    Raises:
        ArchiveError: the text cannot be taken apart.
    """
    at = {field: header.index(column) for field, column in fields.items()}
    rows: list[list[str]] = []
    numbers: list[int] = []
    broken: list[Broken] = []
    for number, row in enumerate(_rows(text, name, delimiter), 1):
        swallowed = _swallowed(row, delimiter, len(header))
        if len(row) == len(header) and not swallowed:
            rows.append(row)
            numbers.append(number)
        else:
            raw = delimiter.join(row)
            allowed = f"{len(header)} cells, as the header has"
            reason = "quote-left-open" if swallowed else "row-of-wrong-length"
            broken.append(Broken(number, reason, swallowed or f"{len(row)} cells", allowed, raw))
    across = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    columns = {field: pa.array(_restored(across[place]), pa.string()) for field, place in at.items()}
    return Printed(columns, pa.array(numbers, pa.int64()), tuple(broken))


def _swallowed(row: list[str], delimiter: str, width: int) -> str:
    """Return what is wrong with a row of which one cell holds whole rows, as after a quote that nobody closed."""
    held = next((cell for cell in row if "\n" in cell and cell.count(delimiter) >= width - 1), "")
    lines = held.rstrip("\n").count("\n") + 1
    return f"a cell over {lines} lines; a quotation mark is open" if held else ""


def _rows(text: str, name: str, delimiter: str) -> Iterator[list[str]]:
    """Give the rows below the header that hold anything."""
    # A carriage return ends a line only where most lines end so; else it is part of a cell.
    text = text.replace("\r\n", "\n")
    text = text.replace("\r", "\n" if text.count("\r") >= text.count("\n") else _HELD)
    reader = csv.reader(_split(text), delimiter=delimiter)
    began = 1
    try:
        for row in reader:
            if began > 1 and any(row):
                yield row
            began = reader.line_num + 1
    except csv.Error as error:
        cause = "; a quotation mark in it may be open" if reader.line_num > began else ""
        raise ArchiveError(f"{name}: what begins in line {began} cannot be taken apart: {error}{cause}") from error


def _split(text: str) -> Iterator[str]:
    """Give lines that end in a line feed and in nothing else."""
    return (f"{line}\n" for line in text.lstrip("\n").split("\n"))


def _restored(cells: tuple[str, ...]) -> list[str]:
    return [cell.replace(_HELD, "\r") for cell in cells]


def is_hot_100(header: tuple[str, ...]) -> bool:
    """Return whether a header is the common layout of the Hot 100 as CSV."""
    return {"chartweek", "currentweek", "title", "performer"} <= {bare(name) for name in header}
