"""``compare``: songs side by side on one chart, week by week since each entered."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.serve.cli.app import LOOK_UP, app
from hitparade.serve.cli.output import Json, foot, out, print_json, table
from hitparade.serve.cli.song import Chart, Csv, Graph, On, facts
from hitparade.serve.cli.song_asking import day, meant

if TYPE_CHECKING:
    from hitparade.records.compare import Comparison

MOST = 4
"""Songs of one graph whose lines can still be told apart."""


@app.command(rich_help_panel=LOOK_UP)
def compare(
    context: typer.Context,
    songs: Annotated[list[str], typer.Argument(metavar="SONG SONG...", help="Two or more songs, each in quotes.")],
    chart: Chart = "", on: On = "", graph: Graph = None, csv: Csv = None, json: Json = False,
) -> None:  # fmt: skip
    """Compare songs on one chart, week by week since each entered it, and what their runs come to."""
    from hitparade.errors import UsageError
    from hitparade.house import open_house

    if len(songs) < 2 or (graph and len(songs) > MOST):  # noqa: PLR2004 - a comparison is of two
        raise UsageError(
            f"SONG: found {len(songs)}; allowed: two or more, each in quotes, and up to {MOST} for a graph"
        )
    records = open_house(context.obj).records
    until = day(on, "--on")
    said = records.compare([meant(records, name, chart, until) for name in songs], chart, until)
    if graph:
        _draw(said, graph)
    if csv:
        _write(csv, said)
    if json:
        print_json(said)
        return
    _print(said)
    if graph:
        out.print(f"graph in {graph}, its table in {graph.with_suffix('.csv')}", markup=False, soft_wrap=True)


def _print(said: "Comparison") -> None:
    mark = "   SIMULATED" if said.simulated else ""
    out.print(f"{said.title} ({said.series}){mark}", style="bold", markup=False)
    letters = [chr(ord("A") + number) for number in range(len(said.songs))]
    for letter, side in zip(letters, said.songs, strict=True):
        out.print(f"{letter}  {side.title} - {side.credit}: {'; '.join(facts(side.run))}", markup=False)
    rows = ((week, *("-" if at is None else at for at in row)) for week, row in enumerate(said.weeks, 1))
    out.print()
    out.print(table([("week since entry", "right"), *((letter, "right") for letter in letters)], rows))
    if said.together:
        ahead = ", ".join(f"{letter} on {side.ahead}" for letter, side in zip(letters, said.songs, strict=True))
        issues = "1 issue has" if said.together == 1 else f"{said.together} issues have"
        out.print(f"\n{issues} them all; highest: {ahead}", markup=False)
    else:
        out.print("\nno issue has them all", markup=False)
    sources = sorted({source for side in said.songs for source in side.run.sources})
    foot(f"as of {said.as_of}", f"from {', '.join(sources)}", said.source)


def _write(path: Path, said: "Comparison") -> None:
    from csv import writer

    with path.open("w", encoding="utf-8", newline="") as stream:
        sheet = writer(stream, lineterminator="\n")
        sheet.writerow(["week", *(f"{side.title} - {side.credit}" for side in said.songs)])
        sheet.writerows([week, *row] for week, row in enumerate(said.weeks, 1))


def _draw(said: "Comparison", path: Path) -> None:
    from hitparade.records.graph import of_comparison

    path.write_text(of_comparison(said), encoding="utf-8")
    _write(path.with_suffix(".csv"), said)
