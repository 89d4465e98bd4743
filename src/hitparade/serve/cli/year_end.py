"""``year-end``: charts over a year, half a year, a decade or all time."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.compile.words import ordinal
from hitparade.errors import UsageError
from hitparade.serve.cli.app import LOOK_UP, app
from hitparade.serve.cli.output import OLDER, Json, number, out, print_json, table
from hitparade.serve.cli.publish import By, signed

if TYPE_CHECKING:
    from hitparade.adding_story import YearStory
    from hitparade.compile.years import YearEnd


@app.command(name="year-end", rich_help_panel=LOOK_UP)
def year_end(
    context: typer.Context,
    chart: Annotated[str, typer.Argument(metavar="CHART", help="A chart's id, title or alias.")],
    span: Annotated[
        str | None,
        typer.Argument(
            metavar="[YEAR]",
            help="A year 2016, a half 2016-1, a decade 2010s, or all-time; the newest year if not given.",
        ),
    ] = None,
    top: Annotated[int, typer.Option(metavar="N", help="How many lines to print; 0 prints all.")] = 40,
    publish: Annotated[
        bool, typer.Option("--publish", help="Seal it with what it was added up from, as an edition.")
    ] = False,
    by: By = "",
    reason: Annotated[
        str, typer.Option("--why", "--reason", metavar="TEXT", help=f"Why another edition comes out. {OLDER}")
    ] = "",
    so_far: Annotated[
        bool, typer.Option("--so-far", help="With --publish: although issues of the span are still to come.")
    ] = False,
    song: Annotated[
        str, typer.Option("--song", metavar="SONG", help="Say what each week added for a song or a position.")
    ] = "",
    what_if: Annotated[
        Path | None, typer.Option("--with", metavar="FILE", help="Other rules: a TOML file laid over the book.")
    ] = None,
    json: Json = False,
) -> None:
    """Add up the issues of a year, half a year, a decade or all time, as the chart's book says.

    Published issues count as they were published; for others their drafts do. Of an imported archive of year-end
    lists it shows the list of that year as it was published. `--publish` keeps the table for good; `hitparade verify`
    adds it up again. `--with` adds the same issues up under other rules, and `--song` tells of one line.

    Example: hitparade year-end nl-top-40 2016 --song 1
    """
    if publish and (what_if or song):
        raise UsageError("--with and --song do not belong to --publish")
    if not publish and (by or reason or so_far):
        raise UsageError("--by, --why and --so-far belong to --publish")
    from hitparade.house import open_house
    from hitparade.serve.cli.archived import print_issue

    house = open_house(context.obj)
    if song:
        from hitparade.adding_story import tell

        story = tell(house, chart, span, song, what_if)
        print_json(story) if json else _print_story(story)
        return
    published = None if what_if else house.published_year(chart, span)
    if published is not None:
        print_json(published) if json else print_issue(published, top=top)
        return
    if publish:
        row = house.years.publish(chart, span, by=signed(by), reason=reason, so_far=so_far)
        print_json(row) if json else out.print(f"Published: {row.name} by {row.published_by}", markup=False)
        return
    found = house.year_end(chart, span, what_if)
    sealed = None if what_if else house.years.published(found.chart, found.label)
    if json:
        print_json({"digest": found.digest, "table": found, "published": sealed and asdict(sealed.row)})
        return
    _print(found, top)
    if sealed is not None:
        same = "it adds up to the same today" if not sealed.differs else f"today differs: {'; '.join(sealed.differs)}"
        text = f"published as {sealed.row.name} by {sealed.row.published_by} · {sealed.row.digest[:12]} · {same}"
        out.print(text, markup=False, soft_wrap=True)


def _print(found: "YearEnd", top: int) -> None:
    mark = "   SIMULATED" if found.simulated else ""
    out.print(f"{found.title}, {found.label}{mark}", markup=False, style="bold", soft_wrap=True)
    out.print(_span(found), markup=False, soft_wrap=True)
    lines = found.lines[: top or None]
    columns = ("", "right"), "title", "artist", ("total", "right"), ("weeks", "right"), ("peak", "right"), "since"
    rows = [(it.position, it.title, it.credit, number(it.total), it.weeks, it.peak, it.first_issue) for it in lines]
    out.print(table(columns, rows))
    if len(lines) < len(found.lines):
        out.print(f"… {number(len(found.lines) - len(lines))} more; --top 0 prints all", markup=False)
    for note in found.notes:
        out.print(note, markup=False, soft_wrap=True)
    _print_end(found)


def _print_story(story: "YearStory") -> None:
    """Print what each week added for a song."""
    found, line = story.table, story.line
    mark = "   SIMULATED" if found.simulated else ""
    out.print(f"{line.title} - {line.credit}{mark}", markup=False, style="bold", soft_wrap=True)
    above = "" if story.ahead is None else f", {number(story.ahead)} less than the line above"
    where = f"{found.title}, {found.label}: {ordinal(line.position)}, total {number(line.total)}{above}"
    out.print(where, markup=False, soft_wrap=True)
    columns = "issue", ("position", "right"), ("worth", "right"), ("era", "right"), ("adds", "right")
    rows = [(it.issue, it.position, number(it.worth), f"x {it.era}", number(it.adds)) for it in story.shares]
    out.print(table(columns, rows))
    adds = number(sum(it.adds for it in story.shares))
    more = "; the total is that of all weeks in the ledger, on the chart or not" if story.from_ledger else ""
    out.print(f"{len(story.shares)} weeks on the chart, together {adds}{more}", markup=False, soft_wrap=True)
    for note in found.notes:
        out.print(note, markup=False, soft_wrap=True)
    _print_end(found)


def _print_end(found: "YearEnd") -> None:
    """Print the rule, and what the table rests on."""
    value = found.rule.value
    terms = f"{value['method']}, {value['weeks']} weeks, runs {value['runs']}, ties by {', '.join(value['ties'])}"
    sure = "" if found.rule.confidence == "published" else f" ({found.rule.confidence})"
    out.print(f"[{found.block}] {terms}: {found.rule.source}{sure}", markup=False, soft_wrap=True)
    unit = f" · a total of {number(found.per_unit)} is one unit" if value["method"] != "positions" else ""
    end = f"as of {found.as_of} · digest {found.digest[:12]} · rules: {found.chart}{unit}"
    out.print(end, markup=False, soft_wrap=True)


def _span(found: "YearEnd") -> str:
    unpublished = f", {found.drafts} of them drafts" if found.drafts else ""
    return f"{found.first} to {found.last}: {found.issues} of {found.expected} issues{unpublished}"
