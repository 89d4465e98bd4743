"""The generated reference pages: ``python -m hitparade.serve.reference FOLDER`` writes them, a test compares them."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from hitparade.serve.cli.app import COMMANDS, app

_INTRODUCTION = """# The command line

This page is generated from the program's own help (`make docs`); a test keeps it true.

`-C DIR` (or `--house DIR`) before the command chooses the house; without it the current folder is the house.
Every command has `--help`, and those that print something have `--json`. A mistake of yours ends in one sentence
on standard error and a non-zero exit: 1 when something is wrong with a file, a book or a chart, 2 when the call
itself makes no sense, 3 when several songs answer to one name (all are listed), 130 after Ctrl-C.
"""


def _option(parameter: Any) -> str:  # noqa: ANN401 - typer vendors its own click, whose types it does not export
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or parameter.name.upper()}`"
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    metavar = "" if parameter.is_flag else f" {parameter.metavar or 'VALUE'}"
    return f"`{names}{metavar}`"


def _command(path: str, command: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    yield f"### `hitparade {path}`\n"
    yield (command.help or "").strip() + "\n"
    shown = [p for p in command.params if not getattr(p, "hidden", False) and p.name != "help"]
    if shown:
        yield "| argument or option | what it does |"
        yield "|---|---|"
        for parameter in shown:
            yield f"| {_option(parameter)} | {(getattr(parameter, 'help', None) or '').replace('|', chr(92) + '|')} |"
        yield ""


def _walk(path: str, command: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - as above
    children = getattr(command, "commands", None)
    if children is None:
        yield path, command
        return
    if path and command.invoke_without_command:
        yield path, command
    for name in sorted(children):
        yield from _walk(f"{path} {name}".strip(), children[name])


def commands() -> list[tuple[str, Any]]:
    """Return every command as (words after ``hitparade``, click command), sorted."""
    for name in COMMANDS:
        importlib.import_module(f"hitparade.serve.cli.{name}")
    return list(_walk("", typer.main.get_command(app)))


def cli_reference() -> str:
    """Return the Markdown page of the command line, grouped as in the help."""
    groups: dict[str, list[tuple[str, Any]]] = {}
    every = commands()
    top = typer.main.get_command(app)
    for path, command in every:
        first = top.commands[path.split()[0]]  # type: ignore[attr-defined]
        groups.setdefault(getattr(first, "rich_help_panel", None) or "Other", []).append((path, command))
    lines = [_INTRODUCTION]
    for group in sorted(groups):
        lines.append(f"## {group}\n")
        for path, command in groups[group]:
            lines.extend(_command(path, command))
    return "\n".join(lines).rstrip() + "\n"


def main(folder: Path) -> None:
    """Write the reference pages into ``folder``."""
    from hitparade.rulebook.reference import reference  # noqa: PLC0415 - only this page needs the rulebook's model

    (folder / "cli.md").write_text(cli_reference(), "utf-8")
    (folder / "rulebook.md").write_text(reference(), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
