"""``what-if`` and ``sensitivity``: what other rules, or other values inside a stated range, would have changed."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hitparade.serve.cli.app import RULES, app
from hitparade.serve.cli.output import Json, number, out, print_json, progress, table

if TYPE_CHECKING:
    from hitparade.compile.fates import Fate
    from hitparade.compile.restated import Restated
    from hitparade.sensing import Reach, Sensitivity, Try
    from hitparade.supposing import Supposition

ChartName = Annotated[str, typer.Argument(metavar="CHART", help="A chart's id, title or alias.")]
Top = Annotated[int, typer.Option(metavar="N", help="How many songs of each list to print; 0 prints all.")]
Totals = Annotated[
    bool, typer.Option("--totals", help="Compile from the ledger what the sealed inputs do not prove; it takes longer.")
]
_WEEKS = 5


def _day(name: str, text: str) -> typer.models.OptionInfo:
    info: typer.models.OptionInfo = typer.Option(name, metavar="DATE", formats=["%Y-%m-%d"], help=text)
    return info


@app.command(name="what-if", rich_help_panel=RULES)
def what_if(
    context: typer.Context,
    chart: ChartName,
    first: Annotated[datetime | None, _day("--from", "First issue; the first at hand if not given.")] = None,
    last: Annotated[datetime | None, _day("--to", "Last issue; the last at hand if not given.")] = None,
    rules_of: Annotated[datetime | None, _day("--rules-of", "The rules in force on this day, for all issues.")] = None,
    file: Annotated[
        Path | None, typer.Option("--with", metavar="FILE", help="Other rules: a TOML file laid over the book.")
    ] = None,
    totals: Totals = False,
    top: Top = 15,
    json: Json = False,
) -> None:
    """Say who would have left, stayed and peaked otherwise under other rules, from sealed inputs; nothing is stored.

    An issue whose sealed inputs do not prove the answer is named. Charts that this one reads are folded again as well
    where the other rules touch them: --rules-of holds for all of them, and FILE speaks of one in tables [charts.ID].
    The answer says which were folded again, and which taken as published.

    Example: hitparade what-if us-radio-songs --rules-of 2025-10-25
    """
    from hitparade.house import open_house

    house = open_house(context.obj)
    with progress("folding again", None) as advance:
        found = house.what_if(
            chart,
            first and first.date(),
            last and last.date(),
            rules_of=rules_of and rules_of.date(),
            file=file,
            totals=totals,
            advance=advance,
        )
    if json:
        print_json(_plain(found))
    else:
        _print_supposition(found, top or None)


def _plain(found: "Supposition") -> dict[str, Any]:
    from hitparade.compile.compare import compare

    weeks = [
        {
            "issue_date": week.issue_date,
            "origin": week.origin,
            "unproved": week.unproved,
            "from_totals": week.from_totals,
            "comparison": compare(week.before, week.after),
            "printed_otherwise": week.restated,
        }
        for week in found.weeks
    ]
    head = {"chart": found.chart, "rules": found.rules, "simulated": found.simulated, "notes": found.notes}
    return {**head, "upstream": found.upstream, "songs": found.fates, "weeks": weeks}


def _print_supposition(found: "Supposition", top: int | None) -> None:
    mark = "   SIMULATED" if found.simulated else ""
    first, last = found.weeks[0].issue_date, found.weeks[-1].issue_date
    out.print(f"{found.title} {found.rules}{mark}", markup=False, style="bold", soft_wrap=True)
    changed = sum(week.changed for week in found.weeks)
    out.print(f"{len(found.weeks)} issues, {first} to {last}; {changed} would differ", markup=False, soft_wrap=True)
    positions = sum(week.positions for week in found.weeks)
    lines = [line for week in found.weeks for line in week.restated]
    told = f"{number(positions)} positions would differ, {number(len(lines))} printed last positions, peaks or weeks"
    out.print(told, markup=False, soft_wrap=True)
    out.print("compared by positions; weeks and peaks are those within these issues", markup=False, soft_wrap=True)
    left = [each for each in found.fates if each.off and each.weeks_after < each.weeks_before]
    stayed = [each for each in found.fates if each.on and each.weeks_after >= each.weeks_before]
    others = sorted((each for each in found.fates if each.peaked_otherwise), key=_height)
    _print_fates("Would have left, or not been on", left, top)
    _print_fates("Would have stayed, or been on", stayed, top)
    _print_fates("Would have peaked otherwise", others, top)
    _print_restated(lines, top)
    _print_read(found)
    _print_doubts(found)


def _print_read(found: "Supposition") -> None:
    """Print what was done with the charts that this one reads."""
    for read in found.upstream:
        said = f"{read.chart}, which is read: taken as published ({read.why})"
        if read.days:
            span = f"{read.days[0]} to {read.days[-1]}; {read.changed} would differ"
            said = f"{read.chart}, which is read: folded again as well, {len(read.days)} issues, {span}"
        if read.unproved:
            said += f"; not proved: {', '.join(str(day) for day, _ in read.unproved)}"
        out.print(f"\n{said}" if read is found.upstream[0] else said, markup=False, soft_wrap=True)


def _print_restated(lines: Sequence["Restated"], top: int | None) -> None:
    """Print the lines that would stand where they stand and say something else."""
    if not lines:
        return
    out.print(f"\nWould be printed otherwise at the same position: {number(len(lines))}", markup=False)
    rows = [(it.issue_date, it.position, it.title, it.credit, it.differs) for it in lines[:top]]
    out.print(table(["issue", ("pos", "right"), "title", "artist", "printed"], rows))
    if top and len(lines) > top:
        out.print(f"… {number(len(lines) - top)} more; --top 0 prints all", markup=False)


def _height(fate: "Fate") -> tuple[int, str]:
    return min(fate.peak_before or 0, fate.peak_after or 0), fate.song


def _print_fates(title: str, fates: Sequence["Fate"], top: int | None) -> None:
    if not fates:
        out.print(f"\n{title}: no song", markup=False)
        return
    out.print(f"\n{title}: {number(len(fates))}", markup=False)
    rows = [
        (
            it.title,
            it.credit,
            f"{it.weeks_before} -> {it.weeks_after}",
            _change(it.peak_before, it.peak_after),
            _when(it),
        )
        for it in fates[:top]
    ]
    out.print(table(["title", "artist", "weeks", "peak", "first on"], rows))
    if top and len(fates) > top:
        out.print(f"… {number(len(fates) - top)} more; --top 0 prints all", markup=False)


def _change(before: int | None, after: int | None) -> str:
    return f"{before or '-'} -> {after or '-'}"


def _when(fate: "Fate") -> str:
    """Return the first issue that differs, and what keeps the song off it."""
    if fate.off and (not fate.on or fate.off[0] < fate.on[0]):
        return f"{fate.off[0]}: off{f' ({fate.why})' if fate.why else ''}"
    return f"{fate.on[0]}: on" if fate.on else ""


def _print_doubts(found: "Supposition") -> None:
    out.print()
    for note in found.notes:
        out.print(note, markup=False, soft_wrap=True)
    for week in found.unproved[:_WEEKS]:
        out.print(f"not proved, {week.issue_date}: {week.unproved}", markup=False, soft_wrap=True)
    if len(found.unproved) > _WEEKS:
        rest = ", ".join(str(week.issue_date) for week in found.unproved[_WEEKS:])
        out.print(f"not proved either: {rest}", markup=False, soft_wrap=True)
    if found.unproved:
        out.print("--totals compiles these issues from the ledger.", markup=False)
    from_ledger = sum(week.from_totals for week in found.weeks)
    proved = len(found.weeks) - len(found.unproved) - from_ledger
    more = f", {from_ledger} compiled from the ledger" if from_ledger else ""
    out.print(
        f"{proved} of {len(found.weeks)} issues proved from {_inputs(found)}{more}; nothing was stored.", markup=False
    )


def _inputs(found: "Supposition") -> str:
    """Return what issues were proved from: sealed editions, drafts, or both."""
    drafted = sum(week.origin.startswith("draft") for week in found.weeks if not week.unproved and not week.from_totals)
    sealed = len(found.weeks) - len(found.unproved) - sum(week.from_totals for week in found.weeks) - drafted
    if not drafted:
        return "what was sealed"
    return f"what was sealed, {drafted} of them drafts" if sealed else "drafts; none of them is published"


@app.command(rich_help_panel=RULES)
def sensitivity(
    context: typer.Context,
    chart: ChartName,
    issue: Annotated[str, typer.Option("--issue", metavar="DATE", help="An issue date, or latest.")] = "latest",
    totals: Totals = False,
    top: Top = 20,
    json: Json = False,
) -> None:
    """Say which positions of an issue would change if values that are not published were elsewhere in their ranges."""
    from hitparade.house import open_house

    found = open_house(context.obj).sensitivity(chart, issue, totals=totals)
    if json:
        print_json(found)
    else:
        _print_sensitivity(found, top or None)


def _print_sensitivity(found: "Sensitivity", top: int | None) -> None:
    mark = "   SIMULATED" if found.simulated else ""
    out.print(f"{found.title}   issue {found.issue_date}   {found.origin}{mark}", markup=False, style="bold")
    if not found.ranges:
        out.print("No value in force has a range that could be tried, so no position rests on a guess.", soft_wrap=True)
    else:
        columns = "value", "stated", "range", "same chart", ("changes at most", "right"), ("not proved", "right")
        out.print(table(columns, [_row(each) for each in found.ranges]))
    if found.together:
        most = max(each.moved for each in found.together)
        out.print(f"All at their ends at once, in {len(found.together)} ways: up to {most} positions change.")
    _print_swings(found, top)
    for note in (*found.notes, *_doubts(found)):
        out.print(note, markup=False, soft_wrap=True)


def _row(reach: "Reach") -> tuple[object, ...]:
    same = f"{reach.same_from} to {reach.same_to}"
    unproved = sum(bool(each.unproved) for each in reach.tries)
    most = max(each.moved for each in reach.tries)
    return reach.key, reach.stated, f"{reach.low} to {reach.high}", same, most, f"{unproved} of {len(reach.tries)}"


def _print_swings(found: "Sensitivity", top: int | None) -> None:
    if not found.swings:
        out.print(f"No position of {found.size} changes." if found.ranges else "")
        return
    out.print(f"\n{len(found.swings)} songs stand elsewhere in one try or another:", markup=False)
    rows = [
        (it.position or "-", it.title, it.credit, f"{it.best or '-'} to {it.worst or 'off'}")
        for it in found.swings[:top]
    ]
    out.print(table([("", "right"), "title", "artist", "between"], rows))
    if top and len(found.swings) > top:
        out.print(f"… {len(found.swings) - top} more; --top 0 prints all", markup=False)


def _doubts(found: "Sensitivity") -> list[str]:
    tries: list[Try] = [*(one for reach in found.ranges for one in reach.tries), *found.together]
    reasons = dict.fromkeys(each.unproved for each in tries if each.unproved)
    return [f"not proved: {reason}" for reason in reasons]
