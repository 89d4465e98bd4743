"""Which song is meant: in a pipe several songs of one name are listed and refused, on a terminal one is chosen."""

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from hitparade.serve.cli.output import err

if TYPE_CHECKING:
    from hitparade.history import Records
    from hitparade.records.finding import Found


def day(text: str, option: str) -> date | None:
    """Return the day that an option says, or None where it is not given."""
    from hitparade.errors import UsageError

    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option}: found {text!r}; allowed: a day such as 2016-10-08") from None


def meant(records: "Records", text: str, chart: str, on: date | None) -> "Found":
    """Return the song that ``text`` means; somebody at a terminal is asked where several answer to it."""
    found = records.songs(text, chart, on)
    if len(found) < 2 or not (sys.stdin.isatty() and sys.stdout.isatty()):  # noqa: PLR2004 - one or none
        return records.one_song(text, chart, on)
    from hitparade.records.finding import told_apart

    for number, each in enumerate(told_apart(found), 1):
        err.print(f"{number:>3}  {each}", markup=False, soft_wrap=True)
    return found[_chosen(len(found)) - 1]


def _chosen(most: int) -> int:
    import typer

    numbers: Any = typer.prompt(f"Which one, 1 to {most}", type=int, err=True)
    while not 1 <= numbers <= most:
        numbers = typer.prompt(f"Which one, 1 to {most}", type=int, err=True)
    return int(numbers)
