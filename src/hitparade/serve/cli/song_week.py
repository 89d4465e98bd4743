"""``this-week``: the number ones, debuts and peaks of the same week in earlier years."""

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.serve.cli.app import LOOK_UP, app
from hitparade.serve.cli.output import Json, foot, out, print_json, table

if TYPE_CHECKING:
    from hitparade.records.this_week import Moment, PastIssue

_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")
Top = Annotated[int, typer.Option("--top", metavar="N", help="Debuts and peaks down to this position; 0 for all.")]
Chart = Annotated[str, typer.Option("--chart", metavar="SERIES", help="A series' id or title; needed if several.")]


@app.command(name="this-week", rich_help_panel=LOOK_UP)
def this_week(
    context: typer.Context,
    day: Annotated[str, typer.Argument(metavar="[MM-DD|DATE]", help="A day of the year, or a date; else today.")] = "",
    chart: Chart = "", top: Top = 10, json: Json = False,
) -> None:  # fmt: skip
    """Show this week in a chart's history: its number ones, debuts and peaks in earlier years."""
    from hitparade.house import open_house

    house = open_house(context.obj)
    said = house.records.this_week(chart, _day(day, house.clock().date()))
    if json:
        print_json(said)
        return
    mark = "   SIMULATED" if said.simulated else ""
    out.print(f"{said.title}: the week of {said.day:%-d %B} before {said.day.year}{mark}", style="bold", markup=False)
    rows = [row for issue in said.issues for row in _rows(issue, top or 1000)]
    out.print(table([("issue", "right"), ("pos", "right"), ("what", "left"), ("song", "left")], rows))
    sources = ", ".join(sorted({issue.source for issue in said.issues})[:3])
    out.print()
    foot("the issue nearest to that day of each year", f"from {sources}", said.source)


def _rows(issue: "PastIssue", top: int) -> list[tuple[object, ...]]:
    debuts = [(line, "debut") for line in issue.debuts if 1 < line.position <= top]
    new = {(line.title, line.credit) for line in issue.debuts}
    peaks = [
        (line, "peak") for line in issue.peaks if 1 < line.position <= top and (line.title, line.credit) not in new
    ]
    found = [(line, _one(line)) for line in issue.ones] + sorted(debuts + peaks, key=lambda each: each[0].position)
    return [
        (issue.issue if not number else "", line.position, what, f"{line.title} - {line.credit}")
        for number, (line, what) in enumerate(found)
    ]


def _one(line: "Moment") -> str:
    return "number one, debut" if line.weeks == 1 else f"number one, week {line.peak_weeks}"


def _day(text: str, today: date) -> date:
    from hitparade.errors import UsageError

    if not text:
        return today
    said = f"{today.year}-{text}" if _MONTH_DAY.fullmatch(text) else text
    if text == "02-29":
        said = f"{today.year + -today.year % 4}-02-29"
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise UsageError(f"MM-DD|DATE: found {text!r}; allowed: a day such as 10-08 or 2016-10-08") from None
