"""Commands about the house itself: its state, a new one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import NoHouseError
from hitparade.serve.cli.app import HOUSE, app
from hitparade.serve.cli.output import Json, number, out, print_json, table

if TYPE_CHECKING:
    from hitparade.overview import Status


@app.command(rich_help_panel=HOUSE)
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or an empty folder.")],
    name: Annotated[str | None, typer.Option(help="The name of the house; the folder's name if not given.")] = None,
    json: Json = False,
) -> None:
    """Make a house: a folder for deliveries, totals, books and editions."""
    from hitparade.house import new as make

    house = make(folder, name=name)
    if json:
        print_json({"house": str(folder), "name": house.config.name})
        return
    out.print(f"Made the house {house.config.name!r} in {folder}.", markup=False)
    there = "" if folder == Path() else f"cd {folder} && "
    out.print(f"Next: {there}hitparade receive FILE…", markup=False, soft_wrap=True)
    out.print("No file at hand? hitparade simulate market makes some.", markup=False)


@app.command(name="status", rich_help_panel=HOUSE)
def status_command(context: typer.Context, json: Json = False) -> None:
    """Print the state of the house and the next step (the same as `hitparade` alone)."""
    status(context, json=json)


def status(context: typer.Context, *, json: bool = False) -> None:
    """Print the state of the house in the chosen folder; where there is none, say how to begin."""
    from hitparade.house import open_house

    try:
        house = open_house(context.obj)
    except NoHouseError:
        if json or context.obj != Path():
            raise
        _welcome()
        return
    now = house.status()
    if json:
        print_json(now)
    else:
        _print_status(now)


def _welcome() -> None:
    out.print("There is no house in this folder. Three ways to begin:\n")
    out.print("  hitparade demo                 the whole story on simulated data, in a minute", markup=False)
    out.print("  hitparade article check FILE   which lines of an article on a song are right", markup=False)
    out.print("  hitparade new my-house         a house for your plays, sales and airplay", markup=False)
    out.print("\nhitparade --help lists every command.")


def _print_status(now: "Status") -> None:
    out.print(f"[bold]{now.name}[/bold]", highlight=False)
    rows = [
        (
            "deliveries in force",
            number(now.deliveries),
            f"{number(now.accepted)} rows accepted, {number(now.rejected)} rejected",
        ),
        ("days covered", now.days or "none", f"territories: {', '.join(now.territories) or 'none'}"),
        ("drafts", number(now.drafts), "compiled and not published"),
        ("editions", number(now.editions), "published, sealed and in force"),
    ]
    if now.matches is not None:
        told = f"{number(now.matches.certain)} certain, {number(now.matches.doubtful)} to answer: hitparade match"
        since = "" if now.matches.current else " (at the last look; the house has changed since)"
        rows.append(("matches waiting", number(now.matches.certain + now.matches.doubtful), told + since))
    if now.simulated:
        rows.insert(1, ("SIMULATED", number(now.simulated), "deliveries come from a simulated market"))
    out.print(table(["", ("", "right"), ""], rows, narrow=20))
    if now.charts:
        out.print()
        out.print(
            table(
                ["chart", "title", "last published", "next open issue"],
                [(c.chart, c.title, c.last_published or "-", c.next_open or "-") for c in now.charts],
            )
        )
    if now.archives:
        columns: list[str | tuple[str, str]] = ["archive", "title", ("lines", "right"), "first", "last"]
        lines = [(a.series, a.title, number(a.lines), a.first_issue, a.last_issue) for a in now.archives]
        out.print()
        out.print(table(columns, lines))
    out.print(f"\nNext: {now.next_step}", markup=False)
