"""The rows of a record on a page: a table where it fits, headers on two lines where it is tight, else a block a row."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from hitparade.serve.cli.output import number, out

if TYPE_CHECKING:
    from hitparade.records.lists import Answer

_GAP = 2
_SHORT = 12
"""Texts up to this length, such as roles and levels, never wrap."""
_LEAST = 18
"""How narrow titles and names may get, so that most of them stay on one line or two."""
_INDENT, _TIED = "   ", "\u00a0"
_PLACES = ("", "nth", "position")
_WHOSE = (("title", "credit"), ("title", "artist"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column as shown: its name in words, and the text of every cell."""

    name: str
    cells: tuple[str, ...]
    right: bool

    @property
    def widest(self) -> int:
        """How wide its widest cell is."""
        return max((len(cell) for cell in self.cells), default=0)

    @property
    def wraps(self) -> bool:
        """Whether it may be narrower than its widest cell."""
        return not self.right and self.widest > _SHORT

    def header(self, width: int) -> str:
        """Return the name on as many lines as it takes in a width."""
        return "\n".join(textwrap.wrap(self.name, width, break_long_words=False))

    def least(self) -> int:
        """Return how narrow it may get."""
        word = max(map(len, self.name.split()), default=0)
        return max(word, min(self.widest, _LEAST) if self.wraps else self.widest)


def print_rows(answer: "Answer") -> None:
    """Print the rows of an answer at the width of the page; what is the same in all of them stands above."""
    columns = list(_columns(answer))
    columns = [one for one in columns if any(one.cells)]
    for names in _WHOSE:
        same = [one for one in columns if one.name in names and len(answer.rows) > 1 and len(set(one.cells)) == 1]
        if len(same) == len(names):
            out.print(" - ".join(one.cells[0] for one in same), markup=False, soft_wrap=True)
            columns = [one for one in columns if one not in same]
    if answer.places:
        columns.insert(0, Column("", tuple(map(str, answer.places)), right=True))
    widths = fitted(columns, out.width)
    if widths:
        out.print(_table(columns, widths))
    else:
        _print_blocks(columns, len(answer.rows))


def words(name: str) -> str:
    """Return a column's name as words."""
    return name.replace("_", " ")


def shown(value: object) -> str:
    """Return a value as people read it: whole numbers with commas, nothing for none."""
    return "" if value is None else number(value) if isinstance(value, int) else str(value)


def _columns(answer: "Answer") -> Iterator[Column]:
    for n, name in enumerate(answer.columns):
        # The one series that was asked for stands above the table already.
        if not (name == "series" and answer.chart):
            values = [row[n] for row in answer.rows]
            right = all(isinstance(value, int | date | None) for value in values)
            yield Column(words(name), tuple(map(shown, values)), right)


def fitted(columns: Sequence[Column], page: int) -> list[int]:
    """Return the width of each column on a page, or nothing where the columns do not fit side by side."""
    room = page - _GAP * (len(columns) - 1)
    whole = [max(len(one.name), one.widest) for one in columns]
    if sum(whole) <= room:
        return whole
    widths = [one.least() for one in columns]
    if sum(widths) > room:
        return []
    for _ in range(room - sum(widths)):
        missing = [wanted - width for wanted, width in zip(whole, widths, strict=True)]
        # Cells come before headers: a header reads well on two lines.
        cells = [m if one.wraps and w < one.widest else 0 for one, w, m in zip(columns, widths, missing, strict=True)]
        most = cells if any(cells) else missing
        if max(most) <= 0:
            break
        widths[most.index(max(most))] += 1
    return widths


def _table(columns: Sequence[Column], widths: Sequence[int]) -> Table:
    made = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    headers = [one.header(width) for one, width in zip(columns, widths, strict=True)]
    lines = max(header.count("\n") for header in headers)
    for one, header, width in zip(columns, headers, widths, strict=True):
        low = "\n" * (lines - header.count("\n")) + header
        made.add_column(Text(low), justify="right" if one.right else "left", overflow="fold", width=width)
    for row in zip(*(one.cells for one in columns), strict=True):
        made.add_row(*map(Text, row))
    return made


def _print_blocks(columns: Sequence[Column], rows: int) -> None:
    places = [one for one in columns[:1] if one.name in _PLACES]
    names = [one for one in columns if one.name in ("title", "credit", "artist")] or list(columns[:1])
    heads = [*places, *names]
    for n in range(rows):
        place = "".join(f"{one.cells[n]}  " for one in places)
        name = " - ".join(one.cells[n] for one in names if one.cells[n])
        out.print(f"{place}{name}", style="bold", markup=False, soft_wrap=True)
        rest = [one for one in columns if one not in heads and one.cells[n]]
        # A name stays with its value: blanks within a pair are no place to break a line.
        pairs = [f"{one.name} {one.cells[n]}".replace(" ", _TIED) for one in rest]
        wide = max(out.width, 2 * _LEAST)
        lines = textwrap.wrap(" · ".join(pairs), wide - len(_INDENT), break_long_words=False, break_on_hyphens=False)
        for line in lines:
            out.print(f"{_INDENT}{line}".replace(_TIED, " "), markup=False, soft_wrap=True)
