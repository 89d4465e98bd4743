"""Compile, show and explain charts."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import HouseError, UsageError
from hitparade.serve.cli.app import EVERY_DAY, LOOK_UP, app
from hitparade.serve.cli.output import Json, number, out, print_json, progress, table

if TYPE_CHECKING:
    from hitparade.compiling import Shown
    from hitparade.house import House

ChartName = Annotated[str, typer.Argument(metavar="CHART", help="A chart's id, title or alias.")]
Day = Annotated[datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="The issue date.")]
WhatIf = Annotated[
    Path | None,
    typer.Option("--with", metavar="FILE", help="Other rules: a TOML file laid over the book. Nothing is stored."),
]
Top = Annotated[int, typer.Option(metavar="N", min=0, help="How many lines to print; 0 prints all.")]


@app.command(name="compile", rich_help_panel=EVERY_DAY)
def compile_command(
    context: typer.Context,
    chart: Annotated[str | None, typer.Argument(metavar="CHART", help="A chart's id, title or alias.")] = None,
    issue: Day = None,
    first: Annotated[
        datetime | None,
        typer.Option("--from", metavar="DATE", formats=["%Y-%m-%d"], help="First issue date."),
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", metavar="DATE", formats=["%Y-%m-%d"], help="Last issue date.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every issue that the ledger has days of.")] = False,
    what_if: WhatIf = None,
    top: Top = 40,
    all_charts: Annotated[
        bool,
        typer.Option("--all-charts", help="Every chart, those that others read first; --from and --to may bound it."),
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="With --all-charts: how many charts are compiled at once; as many as there are cores if not said.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Compile issues of a chart under its rules, print the last one and keep all as drafts.

    Without dates: the next open issue, that is the first one with data that is not published.
    """
    from hitparade.house import open_house

    if issue and (first or last or every):
        raise UsageError("give either --issue, or --from and --to, or --all")
    house = open_house(context.obj)
    if all_charts:
        if chart or issue or what_if:
            raise UsageError("--all-charts takes --from and --to, but no CHART, --issue or --with")
        _compile_all(house, first and first.date(), last and last.date(), workers or os.cpu_count() or 1, json=json)
        return
    if workers:
        raise UsageError("--workers belongs to --all-charts")
    if chart is None:
        raise UsageError("name a CHART, or take --all-charts")
    with progress("compiling", None) as advance:
        shown = house.compile(
            chart,
            issue and issue.date(),
            first=first and first.date(),
            last=last and last.date(),
            every=every,
            what_if=what_if,
            advance=advance,
        )
    if json:
        print_json([_plain(each) for each in shown])
        return
    _print(shown[-1], top)
    if what_if:
        _print_difference(house, shown[-1], top)
    if len(shown) > 1:
        kept = "compared only, nothing was stored" if what_if else "kept as drafts"
        out.print(
            f"{len(shown)} issues, {shown[0].chart.issue_date} to {shown[-1].chart.issue_date}, {kept}.",
            markup=False,
        )


def _compile_all(house: "House", first: date | None, last: date | None, workers: int, *, json: bool) -> None:
    with progress("compiling", None) as advance:
        runs = house.compile_all(first, last, advance=advance, workers=workers)
    if json:
        print_json(runs)
        return
    made = [run for run in runs if run.issues]
    columns: list[str | tuple[str, str]] = ["chart", ("issues", "right"), "first", "last", ("entries", "right")]
    out.print(table(columns, [(run.chart, run.issues, run.first, run.last, number(run.entries)) for run in made]))
    for run in runs:
        if run.why_not:
            out.print(f"none: {run.why_not}", markup=False)
    out.print(f"{sum(run.issues for run in made)} issues of {len(made)} charts, kept as drafts.", markup=False)


@app.command(name="chart", rich_help_panel=LOOK_UP)
def chart_command(
    context: typer.Context,
    chart: ChartName,
    issue: Annotated[str, typer.Argument(metavar="[DATE]", help="An issue date, or latest.")] = "latest",
    top: Top = 40,
    json: Json = False,
) -> None:
    """Show an issue of a chart: the edition in force, else the draft, else as an imported archive has it."""
    from hitparade.compiling import Shown
    from hitparade.house import open_house
    from hitparade.serve.cli.archived import print_issue

    shown = open_house(context.obj).issue(chart, issue)
    if not isinstance(shown, Shown):
        print_json(shown) if json else print_issue(shown, top=top)
    elif json:
        print_json(_plain(shown))
    else:
        _print(shown, top)


@app.command(rich_help_panel=EVERY_DAY)
def explain(
    context: typer.Context,
    chart: ChartName,
    issue: Annotated[str, typer.Argument(metavar="DATE", help="An issue date, or latest.")],
    song: Annotated[
        str,
        typer.Argument(metavar="SONG|POSITION", help="A title in any spelling, title / artist, or a position."),
    ],
    short: Annotated[bool, typer.Option("--short", help="Leave out days, channels and deliveries.")] = False,
    json: Json = False,
) -> None:
    """Tell one line's story: what was received, what did not count and why, each rule's effect with its source."""
    from hitparade.house import open_house
    from hitparade.serve.cli.story import print_story

    told = open_house(context.obj).explain(chart, issue, song)
    if json:
        print_json({"story": told.story, "deliveries": [each._asdict() for each in told.deliveries]})
    else:
        print_story(told, short=short)


def _plain(shown: "Shown") -> dict[str, object]:
    growth = {} if shown.grown is None else {"growth": shown.grown}
    return {"origin": shown.origin, "digest": shown.digest, "chart": shown.chart, **growth}


def _print(shown: "Shown", top: int) -> None:
    from hitparade.serve.cli.show import print_chart

    print_chart(
        shown.chart,
        top=top or None,
        origin=f"{shown.origin} · digest {shown.digest[:12]} · rules: {shown.rules}",
        grown=shown.grown,
    )


def _print_difference(house: "House", other: "Shown", top: int) -> None:
    """Print what the other rules change against the issue as it stands, when the house has it."""
    from hitparade.serve.cli.preview import print_difference

    try:
        stands = house.chart(other.rules, other.chart.issue_date)
    except HouseError:
        out.print(f"\nhitparade compile {other.rules} makes the issue to compare this with.", markup=False)
        return
    out.print(f"\nAgainst the issue as it stands ({stands.origin}):", markup=False)
    print_difference(stands.chart, other.chart, top)
