"""``diff-rules``: what changed in a chart's rules between two days, in sentences with their sources."""

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import UsageError
from hitparade.serve.cli.app import RULES, app
from hitparade.serve.cli.output import Json, out, print_json

if TYPE_CHECKING:
    from hitparade.rulebook.difference import RuleChange, RuleChanges


@app.command(name="diff-rules", rich_help_panel=RULES)
def diff_rules(
    context: typer.Context,
    chart: Annotated[str, typer.Argument(metavar="CHART", help="A chart's id, title or alias.")],
    first: Annotated[str, typer.Argument(metavar="DATE", help="The newest issue dated up to this day ...")],
    second: Annotated[str, typer.Argument(metavar="DATE", help="... and the newest one up to this day.")],
    json: Json = False,
) -> None:
    """Say what changed in a chart's rules between two days, in order of time, each change with its source."""
    from hitparade.rulebook.difference import difference
    from hitparade.serve.cli.rules import shelf_of

    found = difference(shelf_of(context.obj).find(chart), _day(first), _day(second))
    if json:
        print_json(found)
    else:
        _print(found)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text}: not a day; write it as 2016-01-29") from error


def _print(found: "RuleChanges") -> None:
    out.print(
        f"{found.title}: from the issue of {found.first.issue_date} to that of {found.second.issue_date}",
        markup=False,
        soft_wrap=True,
    )
    sources: list[str] = []
    for _, group in groupby(found.changes, key=lambda change: change.issue_date):
        changes = list(group)
        start = changes[0].tracking_start
        out.print(f"\nissue {changes[0].issue_date}, tracked from {start}", markup=False, soft_wrap=True)
        for change in changes:
            if change.source not in sources:
                sources.append(change.source)
            out.print(f"  {change.sentence}{_sure(change)} [{sources.index(change.source) + 1}]", markup=False)
    for key in found.back:
        out.print(f"\n{key} changed and is as it was again.", markup=False, soft_wrap=True)
    if not found.changes:
        out.print("\nNothing changed in between.")
        return
    out.print()
    for number, source in enumerate(sources, 1):
        out.print(f"{number}. {source}", markup=False, soft_wrap=True)


def _sure(change: "RuleChange") -> str:
    if change.confidence == "published":
        return ""
    span = f", {change.between[0]:,} to {change.between[1]:,}" if change.between else ""
    return f" ({change.confidence}{span})"
