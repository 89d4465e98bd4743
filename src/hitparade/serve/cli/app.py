"""The typer application: global options, groups of commands, and how errors leave the process."""

import importlib
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from hitparade.errors import HouseError, UsageError
from hitparade.serve.cli.output import Json, complain, out

app = typer.Typer(
    name="hitparade",
    help="Charts you can check: plays and sales in, sealed and explained charts out.",
    epilog=(
        "Exit codes: 0 done · 1 could not be done, or what was checked is not in order · 2 the call makes no sense · "
        "3 several answer to a name · 130 stopped by Ctrl-C (docs/exit-codes.md)"
    ),
    no_args_is_help=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    add_completion=True,
)

EVERY_DAY = "Every day"
LOOK_UP = "Look up"
RULES = "Rules"
HOUSE = "House"

INTERRUPTED = 130
"""What typer makes of Ctrl-C: the exit code."""

COMMANDS = (
    *("house", "receive", "compile", "publish", "strike", "verify", "article", "year_end"),
    *("rules", "diff_rules", "what_if", "simulate", "demo", "archive", "archive_lint", "records"),
    *("certify", "identity", "match", "song", "song_compare", "song_artist", "song_week"),
)
"""Modules beside this one; each registers its commands on :data:`app` when imported."""


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Option("-C", "--house", metavar="DIR", help="The house to work in; the current folder if not given."),
    ] = Path(),
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version and stop.")] = False,
    json: Json = False,
) -> None:
    """Charts you can check. Without a command: the state of this house and the next step."""
    context.obj = folder
    if version:
        from hitparade._version import __version__

        out.print(f"hitparade {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        from hitparade.serve.cli.house import status

        status(context, json=json)
    elif json:
        raise UsageError(f"--json stands before the command; allowed is after it: {context.invoked_subcommand} --json")


def run() -> None:
    """Run the command line; a user's mistake ends in one sentence on standard error, never in a traceback."""
    for name in COMMANDS:
        importlib.import_module(f"hitparade.serve.cli.{name}")
    try:
        app(prog_name="hitparade")
    except HouseError as error:
        complain(str(error))
        sys.exit(error.exit_code)
    except SystemExit as end:
        if end.code == INTERRUPTED:
            complain("stopped; nothing half-done was kept, the same command may be given again")
        raise
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        complain(f"{error.filename or 'a file'}: {error.strerror or error}")
        sys.exit(1)
