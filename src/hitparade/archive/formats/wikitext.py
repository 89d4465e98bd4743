"""Tables in wikitext: lists of number ones and year-end lists, as encyclopedias keep them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import wikitextparser as wtp

from hitparade.archive.formats.names import COMMON, bare
from hitparade.archive.formats.printed import FIELDS, Broken, Printed
from hitparade.archive.formats.source import Source
from hitparade.archive.formats.wikicell import plain, unquoted
from hitparade.archive.series import CHART, YEAR_END
from hitparade.errors import ArchiveError
from hitparade.problems import Problem

_MORE: Mapping[str, tuple[str, ...]] = {
    "issue": ("issuedate", "weekending", "weekendingdate", "weekof", "weekcommencing", "weekstarting",
              "reachednumberone", "datereachednumberone", "firstweekatnumberone", "chartdateweekending"),
    "title": ("songs", "singles", "songtitles", "singletitle"),
    "credit": ("artists", "recordingartist", "recordingartists", "acts", "artistcredit"),
    "position": ("position", "pos", "rank", "ranking"),
}  # fmt: skip
_NUMBER = ("no", "number", "nr", "n")
_RUN = re.compile(r"weeks?(at|as|on)?(number|no)?(one|1)?(inarow)?|weeksattop")
_NUMBER_ONES = re.compile(r"number[\s_-]*ones?\b|no\.?\s*1s?\b|chart[\s_-]*topp", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?![\ds])")
_NO_YEAR = re.compile(r"([A-Za-z]{3,9}\.?\s+\d{1,2}|\d{1,2}\s+[A-Za-z]{3,9}\.?)")
_LONGEST_RAW = 2000
_SPAN = re.compile(r"((?:row|col)span\s*=\s*[\"']?\s*)0*(\d{4,})", re.IGNORECASE)
_WIDEST = "999"
"""As many rows or columns as a cell may span: a slip of the pen would fill the memory."""


@dataclass(slots=True)
class _Table:
    """One table that lists songs: its cells as text, where it stands, and what its columns are."""

    number: int
    header: tuple[str, ...]
    rows: list[list[str]]
    at: dict[str, int]
    context: tuple[str, ...]
    """What tells its year and subject: caption, headings from the nearest up, file name."""

    @property
    def year(self) -> str:
        found = (set(_YEAR.findall(text)) for text in self.context)
        return next((years.pop() for years in found if len(years) == 1), "")

    @property
    def number_ones(self) -> bool:
        """Whether it lists what stood at number one, a row for each."""
        return "position" not in self.at and "issue" in self.at and any(map(_NUMBER_ONES.search, self.context))

    @property
    def kind(self) -> str:
        return CHART if "issue" in self.at else YEAR_END


def read(text: str, source: Source, kind: str) -> tuple[str, str, Printed]:
    """Return the layout's name, the kind of series, and the rows of every table that lists songs.

    Raises:
        ArchiveError: no table does, or tables are of several kinds.
    """
    tables, others = _tables(_SPAN.sub(rf"\g<1>{_WIDEST}", text), source)
    kinds = sorted({table.kind for table in tables})
    if len(kinds) > 1 and not kind:
        raise ArchiveError(
            f"{source.name}: it has tables by issue and year-end tables; --kind chart or year-end takes one"
        )
    kind = kind or kinds[0]
    taken = [table for table in tables if table.kind == kind]
    for table in taken:
        _place(table, source)
    notes = [_note(source, "table-left-out", f"{others} tables", "tables with songs and artists")] if others else []
    notes += [note for table in taken for note in _notes(table, source)]
    return "wikitext", kind, _printed(taken, tuple(notes), source)


def _tables(text: str, source: Source) -> tuple[list[_Table], int]:
    page = wtp.parse(text)
    found, others = [], 0
    for number, table in enumerate(page.tables, 1):
        cells = [[plain(cell.value) if cell is not None else "" for cell in row] for row in _rows(table)]
        top = next(((n, at) for n, row in enumerate(cells) if {"title", "credit"} <= set(at := _columns(row))), None)
        if top is None:
            others += 1
            continue
        header = tuple(cells[top[0]])
        rows = [row for row in cells[top[0] + 1 :] if tuple(row) != header]
        context = (plain(table.caption or ""), *_headings(page, table.span[0]), source.bare_name.replace("_", " "))
        found.append(_Table(number, header, rows, top[1], context))
    if not found:
        raise ArchiveError(f"{source.name}: none of its {others} tables has a column of songs and one of artists")
    return found, others


def _rows(table: wtp.Table) -> list[list[Any]]:
    """Return the cells of a table by row; a cell that spans more rows than there are makes none."""
    spanned: list[list[Any]] = table.cells(span=True)
    return spanned[: len(table.cells(span=False))]


def _columns(row: list[str]) -> dict[str, int]:
    """Return the place of each field in a header."""
    names = [bare(cell) for cell in row]
    at = {}
    for field in ("issue", "title", "credit", "position"):
        known = _MORE[field] if field == "position" else (*_MORE[field], *COMMON[field])
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None:
            at[field] = place
    if "issue" not in at and "position" not in at:
        signs = [n for n, cell in enumerate(row) if bare(cell) in _NUMBER or cell.strip() in {"#", "\u2116"}]
        at.update({"position": signs[0]} if signs else {})
    run = next((n for n, name in enumerate(names) if name and _RUN.fullmatch(name) and n not in at.values()), None)
    return at if run is None else {**at, "run": run}


def _headings(page: wtp.WikiText, start: int) -> Iterator[str]:
    """Give the headings above a place, the nearest first."""
    before = [section for section in page.get_sections(include_subsections=False) if section.span[0] <= start]
    for section in reversed(before):
        if section.title:
            yield plain(section.title)


def _place(table: _Table, source: Source) -> None:
    """Refuse a table whose rows have no position and no year."""
    where = f"{source.name} table {table.number}"
    if "position" not in table.at and not table.number_ones:
        columns = ", ".join(name or "(no name)" for name in table.header)
        raise ArchiveError(
            f"{where}: no column says the position, and neither its caption nor a heading nor the file's name "
            f"says that it lists number ones; its columns are {columns}"
        )
    if table.kind == YEAR_END and not table.year:
        raise ArchiveError(f"{where}: neither its caption nor a heading nor the file's name says its one year")


def _notes(table: _Table, source: Source) -> Iterator[Problem]:
    if table.number_ones:
        yield _note(
            source, "number-one-list", f"table {table.number}", "a column of positions; every row is taken as 1"
        )
    runs = [row[table.at["run"]] for row in table.rows if "run" in table.at]
    if table.number_ones and any(text.isdecimal() and int(text) > 1 for text in runs):
        dates = [row[table.at["issue"]] for row in table.rows]
        if len(set(dates)) == len(dates) and not _every_week(table):
            found = f"table {table.number}, column {table.header[table.at['run']]}"
            yield _note(
                source, "weeks-not-spelled-out", found, "a row for each issue; each row is taken as its one issue"
            )


def _every_week(table: _Table) -> bool:
    """Return whether a song has as many rows as its column of weeks says, so that rows are issues."""
    title, run = table.at["title"], table.at["run"]
    first = table.rows[0]
    rows = sum(row[title] == first[title] for row in table.rows)
    return first[run].isdecimal() and rows == int(first[run])


def _printed(tables: list[_Table], notes: tuple[Problem, ...], source: Source) -> Printed:
    rows: list[dict[str, str]] = []
    numbers: list[int] = []
    places: list[str] = []
    broken: list[Broken] = []
    number = 0
    for table in tables:
        for n, row in enumerate(table.rows, 1):
            number += 1
            place = f"{source.name} table {table.number} row {n}"
            if len({*row}) == 1 and len(row) > 1:
                raw = row[0][:_LONGEST_RAW]
                broken.append(Broken(number, "row-of-one-cell", raw, "a row with a song and its artist", raw, place))
                continue
            rows.append(_line(table, row))
            numbers.append(number)
            places.append(place)
    columns = {field: pa.array([row.get(field) for row in rows], pa.string()) for field in FIELDS}
    return Printed(columns, pa.array(numbers, pa.int64()), tuple(broken), notes, places=pa.array(places, pa.string()))


def _line(table: _Table, row: list[str]) -> dict[str, str]:
    said = {field: row[place] for field, place in table.at.items() if field in FIELDS}
    said["title"] = unquoted(said["title"])
    if table.number_ones:
        said["position"] = "1"
    if table.kind == YEAR_END:
        said["issue"] = f"{table.year}-12-31"
    elif _NO_YEAR.fullmatch(said["issue"].strip()) and table.year:
        said["issue"] = _dated(said["issue"].strip(), table.year)
    return said


def _dated(day: str, year: str) -> str:
    return f"{day}, {year}" if day[0].isalpha() else f"{day} {year}"


def _note(source: Source, reason: str, found: str, allowed: str) -> Problem:
    return Problem(source.name, "note", reason, found, allowed)
