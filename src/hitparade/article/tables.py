"""Tables of an article: rows become claims, and every cell that lost something is named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hitparade.article import words
from hitparade.article.claims import Claim, Damage, Value
from hitparade.article.layout import Line

_YEAR = re.compile(r"\((\d{4})\)")
_MARKUP = re.compile(r"^(?:scope|rowspan|colspan|style|class|align)\s*=", re.IGNORECASE)
_SPAN_LOST = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its line, and its cells by the name of their column."""

    line: int
    section: str
    cells: dict[str, str]
    surplus: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the names in its header, the year that the header states, and its rows."""

    line: int
    section: str
    names: tuple[str, ...]
    width: int
    kind: str
    year: int | None
    rows: tuple[Row, ...]


def read(lines: Sequence[Line]) -> Iterator[Claim | Damage]:
    """Yield the claims and damages of one table, its header first."""
    table = _table(lines)
    yield from _header_damage(table)
    yield from (_open_row(line) for line in lines if not line.text.rstrip().endswith("|"))
    for row in table.rows:
        damages = tuple(_row_damage(row, table))
        yield from damages
        yield _claim(row, table, damages)


def _split(text: str) -> list[str]:
    return [cell.strip() for cell in text.strip().removeprefix("|").removesuffix("|").split("|")]


def _table(lines: Sequence[Line]) -> Table:
    header = _split(lines[0].text)
    names = tuple(name for name in header if name)
    year = _YEAR.search(header[0])
    rows = tuple(_row(line, names) for line in lines[1:])
    kind = _kind([_YEAR.sub("", name).strip().casefold() for name in names], lines[0].section.casefold())
    return Table(lines[0].number, lines[0].section, names, len(header), kind, int(year[1]) if year else None, rows)


def _row(line: Line, names: Sequence[str]) -> Row:
    cells = _split(line.text)
    surplus = tuple(cell for cell in cells[len(names) :] if cell)
    padded = [*cells, *[""] * len(names)]
    return Row(line.number, line.section, dict(zip(names, padded, strict=False)), surplus, line.text.strip())


def _kind(names: Sequence[str], section: str) -> str:
    if names[:1] == ["chart"]:
        return "year_end" if "year-end" in section or "peak position" not in names else "weekly_peak"
    if "result" in names and "category" in names:
        return "accolade"
    if "certification" in names and names[:1] in (["region"], ["country"], ["territory"]):
        return "certification"
    if "date" in names and "label" in names:
        return "release"
    return "row"


def _header_damage(table: Table) -> Iterator[Damage]:
    if table.width > len(table.names):
        names = words.plural(len(table.names), "name")
        sentence = f"the header has {names} for {table.width} cells; the last column has no name"
        yield Damage(table.line, "", "header-name-missing", " | ".join(table.names), sentence)


def _open_row(line: Line) -> Damage:
    return Damage(line.number, "", "row-open", line.said, "the row does not end in '|'; its last cell may be cut")


def _row_damage(row: Row, table: Table) -> Iterator[Damage]:
    filled = [name for name in table.names if row.cells[name]]
    first = row.cells[table.names[0]] if table.names else ""
    if _MARKUP.match(first):
        yield Damage(
            row.line,
            "",
            "row-stray",
            first,
            f"the row is a piece of markup, '{first}', without a name and a value",
        )
    elif filled == [*table.names[:1]] and len(table.names) > _SPAN_LOST:
        yield Damage(row.line, "", "row-shifted", first, _shifted(first, row, table))
    else:
        for name in table.names:
            if not row.cells[name]:
                yield Damage(row.line, name, "cell-empty", "", f"{name} is empty")
        if (
            table.kind in ("weekly_peak", "year_end")
            and (said := row.cells[table.names[-1]])
            and not _is_position(said)
        ):
            yield Damage(
                row.line,
                table.names[-1],
                "cell-not-a-position",
                said,
                f"'{said}' is not a position (a whole number from 1)",
            )
        for name in table.names:
            if name.casefold() == "date" and (why := words.no_day(row.cells[name])):
                yield Damage(row.line, name, "cell-not-a-day", row.cells[name], why)
    if row.surplus:
        yield Damage(
            row.line,
            "",
            "row-width",
            " | ".join(row.surplus),
            f"'{row.surplus[0]}' stands in a column without a name",
        )


def _shifted(first: str, row: Row, table: Table) -> str:
    others = [other for other in table.rows if other.line != row.line]
    home = next(((n, o.line) for o in others for n in table.names[1:] if o.cells[n] == first), None)
    lost = ", ".join(table.names[1:])
    if home is None:
        return f"only '{first}' is left of the row; {lost} are lost"
    lost = words.spoken([name for name in table.names if name != home[0]])
    return f"'{first}' stands under {table.names[0]}, where line {home[1]} has it as {home[0]}; {lost} are lost"


def _is_position(text: str) -> bool:
    return text.isascii() and text.isdecimal() and int(text) > 0


def _claim(row: Row, table: Table, damages: Sequence[Damage]) -> Claim:
    # A header year belongs to every claim of its table: "Chart (2016)" dates each row below it.
    values: dict[str, Value] = {} if table.year is None else {"year": table.year}
    lost = any(not damage.column and damage.reason in ("row-stray", "row-shifted") for damage in damages)
    for name in () if lost else table.names:
        key = _YEAR.sub("", name).strip().casefold().replace(" ", "_").replace("organisation", "organization")
        if (value := _value(key, row.cells[name])) is not None:
            values[key.removeprefix("peak_") if table.kind in ("weekly_peak", "year_end") else key] = value
    if table.kind == "certification" and (level := words.level(str(values.get("certification", "")))):
        values |= {"level": level[0], "times": level[1]}
    subject = row.cells[table.names[0]] if table.names else row.text
    why = "; ".join(damage.sentence for damage in damages)
    return Claim(f"{row.line}.1", row.line, row.section, table.kind, subject, values, row.text, why)


def _value(key: str, cell: str) -> Value | None:
    if not cell:
        return None
    if key in ("peak_position", "position", "year"):
        return int(cell) if _is_position(cell) else None
    return words.day(cell) or cell if key == "date" else cell
