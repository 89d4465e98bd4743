"""``archive``: charts that were published elsewhere - import, list, problems, remove."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import UsageError
from hitparade.serve.cli.app import HOUSE, app
from hitparade.serve.cli.output import OLDER, Json, number, out, print_json, progress, visible
from hitparade.serve.cli.publish import By, signed

if TYPE_CHECKING:
    from hitparade.archive.imported import Imported, ProblemKind
    from hitparade.archive.series import SeriesInfo, SeriesProblem

archive = typer.Typer(help="Charts that were published elsewhere: import them, list them, see what was wrong.")
app.add_typer(archive, name="archive", rich_help_panel=HOUSE)

SeriesName = Annotated[str, typer.Argument(metavar="SERIES", help="A series' id or title, or its chart's name.")]
_MANY = 40


@archive.command(name="import")
def import_(
    context: typer.Context,
    series: Annotated[
        str, typer.Argument(metavar="SERIES", help="An id; that of a chart with a book takes its name and publisher.")
    ],
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders or patterns, plain or gzip, of one layout.")
    ],
    format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="NAME", help="hot100-json, hot100-csv, delimited, parquet, edition or wikitext."
        ),
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option("--mapping", metavar="FILE|NAME", help="Which column is what; a name is one of mappings/archive."),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="What the chart is called.")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="Who publishes it.")] = None,
    territory: Annotated[str | None, typer.Option("--territory", metavar="XX", help="Where.")] = None,
    size: Annotated[int | None, typer.Option("--size", metavar="N", help="How many lines an issue has.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Where this archive comes from, for citations.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="chart, year-end or awards, where the columns do not say it.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    replaces: Annotated[
        str | None, typer.Option("--replaces", metavar="ID", help="The import whose place these files take.")
    ] = None,
    json: Json = False,
) -> None:
    """Import published issues as a part of a series, all files or none. Nothing is repaired; rejected rows are kept."""
    from hitparade.house import open_house

    house = open_house(context.obj)
    with progress("importing", house.archives.count(paths)) as advance:
        made = house.archives.import_(
            series, paths, format=format or "", mapping=mapping or "", title=title or "", publisher=publisher or "",
            territory=territory or "", size=size, source=source or "", kind=kind or "", dry_run=dry_run,
            replaces=replaces or "", advance=advance,
        )  # fmt: skip
    if json:
        print_json(made)
    else:
        _print_import(made)


def _print_import(made: "Imported") -> None:
    simulated = "  SIMULATED" if made.simulated else ""
    out.print(f"{made.name}: {made.status}, {made.series} {made.id}{simulated}", markup=False, soft_wrap=True)
    if made.why:
        out.print(f"  {made.why}", markup=False)
    mapping = f", mapping {made.mapping}" if made.mapping else ""
    files = f", {number(made.files)} files" if made.files != 1 else ""
    out.print(f"  layout    {made.format}, {made.kind}{mapping}{files}", markup=False)
    out.print(
        f"  rows      {number(made.received)} received = {number(made.accepted)} accepted + "
        f"{number(made.rejected)} rejected"
    )
    what = "days" if made.kind == "awards" else "issues"
    out.print(f"  {what:<9} {number(made.issues)}, {made.first_issue} to {made.last_issue}")
    if made.replaces:
        verb = "would take" if made.status == "would be imported" else "takes"
        out.print(f"  replaces  {made.replaces}, whose place it {verb}")
    if made.lost:
        lost, verb = f"{number(made.lost)} {what if made.lost > 1 else what[:-1]}", "is" if made.lost == 1 else "are"
        out.print(f"  lost      {lost} of {made.replaces} {verb} not in these files, and no longer held", markup=False)
    for each in made.problems:
        _print_kind(each)
    if made.problems and made.status != "would be imported":
        out.print(f"  all of them: hitparade archive problems {made.series}", markup=False)


def _print_kind(kind: "ProblemKind") -> None:
    first, times = kind.first, f" {number(kind.count)} times, first" if kind.count > 1 else ""
    severity = "rejected" if kind.severity == "rejected" else "note"
    out.print(
        visible(
            f"  {severity:<9} {kind.reason}{times} {first.place}: found {first.found or 'nothing'}; "
            f"{'allowed: ' if severity == 'rejected' else ''}{first.allowed}"
        ),
        markup=False,
        soft_wrap=True,
    )


@archive.command(name="list")
def list_(context: typer.Context, json: Json = False) -> None:
    """List the series that this house holds, and the imports that each is made of."""
    from hitparade.house import open_house

    held = open_house(context.obj).archives.series()
    if json:
        print_json(held)
        return
    if not held:
        out.print("No archive yet. hitparade archive import SERIES FILE... brings one in.", markup=False)
        return
    for each in held:
        _print_series(each)


def _print_series(each: "SeriesInfo") -> None:
    of = ", ".join(part for part in (each.publisher, each.territory, each.kind) if part)
    mark = "   SIMULATED" if each.simulated else ""
    out.print(f"{each.id}   {each.title} ({of}){mark}", markup=False, soft_wrap=True)
    size = f", {each.size} to an issue" if each.size else ""
    out.print(f"  {number(each.lines)} lines{size}, {each.first_issue} to {each.last_issue}", markup=False)
    if each.source:
        out.print(f"  source: {each.source}", markup=False, soft_wrap=True)
    for one in each.imports:
        rejected = f", {number(one.rejected)} rejected" if one.rejected else ""
        out.print(f"  {one.id}  {one.name}: {number(one.accepted)} lines{rejected}", markup=False, soft_wrap=True)


@archive.command()
def problems(
    context: typer.Context,
    series: SeriesName,
    every: Annotated[bool, typer.Option("--all", help=f"All of them, not the first {_MANY}.")] = False,
    json: Json = False,
) -> None:
    """Show what was wrong with an archive: rejected rows as they were received, and notes."""
    from hitparade.house import open_house

    found = open_house(context.obj).archives.problems(series)
    if json:
        print_json(found)
        return
    if not found:
        out.print("Nothing: every row was accepted, and none was changed.")
        return
    _print_problems(found if every else found[:_MANY])
    if not every and len(found) > _MANY:
        out.print(f"... {number(len(found) - _MANY)} more; --all prints them", markup=False)
    rejected = sum(each.severity == "rejected" for each in found)
    out.print(f"{number(rejected)} rejected, {number(len(found) - rejected)} notes", markup=False)


def _print_problems(found: "Sequence[SeriesProblem]") -> None:
    for each in found:
        raw = f"   {each.raw}" if each.raw else ""
        out.print(
            visible(
                f"{each.place}  {each.severity}  {each.reason}: found {each.found or 'nothing'}; {each.allowed}{raw}"
            ),
            markup=False,
            soft_wrap=True,
        )


@archive.command()
def remove(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="An import, such as a-976ec97988fd.")],
    json: Json = False,
) -> None:
    """Take an import out of force. Its files stay; importing the same files again puts it back."""
    from hitparade.house import open_house

    gone = open_house(context.obj).archives.remove(name)
    if json:
        print_json(gone)
        return
    out.print(
        f"{gone.id} ({gone.name}) is out of force: {number(gone.accepted)} lines of {gone.series}. "
        "Importing the same files again puts it back.",
        markup=False,
        soft_wrap=True,
    )


@archive.command(name="open")
def open_(
    context: typer.Context,
    chart: Annotated[str, typer.Argument(metavar="CHART", help="A chart's id, title or alias.")],
    series: Annotated[
        str | None, typer.Option("--series", metavar="SERIES", help="The archive; the chart's own if not given.")
    ] = None,
    issue: Annotated[
        datetime | None,
        typer.Option(
            "--issue",
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="The last issue to read; the archive's last if not given.",
        ),
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="Take it back: the chart begins with nothing.")] = False,
    why: Annotated[str, typer.Option("--why", "--reason", metavar="TEXT", help=f"Why; it is logged. {OLDER}")] = "",
    by: By = "",
    json: Json = False,
) -> None:
    """Let a chart go on from an archive: last week, peak and weeks of its first compiled issue continue from there."""
    from hitparade.house import open_house

    if none and (series or issue):
        raise UsageError("--none takes neither --series nor --issue")
    house, person = open_house(context.obj), signed(by)
    if none:
        made = house.archives.take_back(chart, why=why, by=person)
    else:
        made = house.archives.open_(chart, series, issue and issue.date(), why=why, by=person)
    if json:
        print_json(made)
        return
    what = (
        f"goes on from the archive {made.series} after its issue {made.issue}" if made.series else "begins with nothing"
    )
    out.print(f"{made.chart} {what}; said by {made.entered_by}.", markup=False, soft_wrap=True)
    out.print(f"Next: hitparade compile {made.chart}", markup=False)
