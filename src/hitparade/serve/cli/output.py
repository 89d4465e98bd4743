"""How every command speaks: tables that wrap and never cut, JSON on request, complaints on standard error."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from hitparade.serve.cli.json_names import named
from hitparade.serve.cli.widths import broken, fitted

out = Console(highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False)

_STEERING = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
OLDER = "--reason is an older word for it."
"""Beside every --why: what people wrote before all commands had one word stays understood."""


def complain(sentence: str) -> None:
    """Print one sentence about what went wrong on standard error."""
    err.print(f"hitparade: {sentence}", markup=False, soft_wrap=True)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return named(value)
    if isinstance(value, date | datetime | Path):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(type(value).__name__)


def print_json(value: Any) -> None:  # noqa: ANN401 - any JSON value or dataclass
    """Print ``value`` as indented JSON, dataclasses as objects and dates as ISO text."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, default=_plain) + "\n")


def table(columns: Sequence[str | tuple[str, str]], rows: Iterable[Sequence[object]], *, narrow: int = 0) -> Table:
    """Return a table; a column is a name, or a name and ``right`` for numbers. Text wraps and is never cut.

    ``narrow`` gives the first column that width and leaves out the header.
    """
    made = Table(box=None, pad_edge=False, header_style="bold", show_edge=False, show_header=not narrow)
    for column in columns:
        name, justify = (column, "left") if isinstance(column, str) else column
        right = justify == "right"
        made.add_column(name, justify="right" if right else "left", overflow="fold", no_wrap=right)
    if narrow:
        made.columns[0].min_width = made.columns[0].max_width = narrow
    lines = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = None if narrow else _widths(made, lines)
    for row in lines:
        texts = row if widths is None else map(broken, row, widths)
        made.add_row(*map(Text, texts))
    return made


def _widths(made: Table, lines: Sequence[Sequence[str]]) -> list[int] | None:
    """Give the columns the widths at which no word is broken in the middle, if there are such, and return them."""
    columns = [[str(column.header), *(row[n] for row in lines)] for n, column in enumerate(made.columns)]
    widths = fitted(columns, [column.no_wrap for column in made.columns], out.width)
    for column, width in zip(made.columns, widths or (), strict=False):
        column.min_width = column.max_width = width
    return widths


def visible(text: str) -> str:
    """Return a text as received with what steers a terminal, such as ESC, spelled out."""
    return _STEERING.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)


def number(value: int) -> str:
    """Return a whole number with thousands separated by commas."""
    return f"{value:,}"


@contextmanager
def progress(title: str, total: int | None) -> Iterator[Any]:
    """Give a callable ``advance(n, note="")`` behind a bar on standard error; silent when that is not a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )
    with bar:
        task = bar.add_task(title, total=total, note="")

        def advance(step: int = 1, note: str = "") -> None:
            bar.update(task, advance=step, note=note)

        yield advance


def foot(*said: str) -> None:
    """Print the line below a table: as of when, from where; what is empty is left out."""
    out.print("; ".join(filter(None, said)), style="dim", markup=False)
