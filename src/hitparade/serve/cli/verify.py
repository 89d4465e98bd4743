"""Verify editions, and look after the house."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import UsageError
from hitparade.serve.cli.app import HOUSE, app
from hitparade.serve.cli.output import Json, out, print_json

if TYPE_CHECKING:
    from hitparade.archive.verify import Answer, Verification
    from hitparade.house import House

_WORDS = {True: "yes", False: "NO", None: "not asked"}


@app.command(rich_help_panel=HOUSE)
def verify(
    context: typer.Context,
    chart: Annotated[str | None, typer.Argument(metavar="[CHART]", help="One chart; all if not given.")] = None,
    issue: Annotated[
        datetime | None,
        typer.Option("--issue", metavar="DATE", formats=["%Y-%m-%d"], help="One issue; all if not given."),
    ] = None,
    copy: Annotated[
        Path | None, typer.Option("--copy", metavar="DIR", help="Verify a copied folder; it needs no house.")
    ] = None,
    json: Json = False,
) -> None:
    """Ask three things of each edition; exit 1 if any answer is no.

    Is its seal intact? Does the chart follow from its sealed inputs? Do these equal today's ledger? A published
    year-end is added up again, from what was sealed with it and from the issues of today.
    """
    if copy and (chart or issue):
        raise UsageError("--copy verifies a whole folder; give neither CHART nor --issue with it")
    found = _found(context.obj, chart, issue, copy)
    if json:
        print_json([{**_plain(each)} for each in found])
    elif not found:
        out.print("Nothing is published, so there is nothing to verify.")
    else:
        _print(found)
    if not all(each.sound for each in found):
        raise typer.Exit(1)


def _found(folder: Path, chart: str | None, issue: datetime | None, copy: Path | None) -> "list[Verification]":
    if copy is not None:
        from hitparade.archive import years
        from hitparade.archive.edition import EDITION
        from hitparade.archive.verify import verify_copy

        added = list(years.verify_copy(copy))
        return [*(verify_copy(copy) if not added or any(copy.rglob(EDITION)) else ()), *added]
    from hitparade.house import open_house

    house = open_house(folder)
    name = chart and _id_of(house, chart)
    return [*house.verify(name, issue.date() if issue else None), *(() if issue else house.years.verify(name))]


def _id_of(house: "House", chart: str) -> str:
    """Return the chart's id; a chart whose book is gone still has its editions under the id."""
    return chart if house.editions(chart) else house.book(chart).id


def _plain(each: "Verification") -> dict[str, object]:
    answers = [{"question": a.question, "holds": a.holds, "findings": a.findings} for a in each.answers]
    return {
        "edition": each.name,
        "folder": each.folder,
        "withdrawn": each.withdrawn,
        "simulated": each.simulated,
        "sound": each.sound,
        "answers": answers,
    }


def _print(found: "list[Verification]") -> None:
    for each in found:
        state = "   withdrawn" if each.withdrawn else ""
        mark = "   SIMULATED" if each.simulated else ""
        out.print(f"{each.name}{state}{mark}", style="bold", markup=False)
        for answer in each.answers:
            _print_answer(answer)
    sound = sum(each.sound for each in found)
    editions = "1 edition" if len(found) == 1 else f"{len(found)} editions"
    out.print(f"\n{editions}, {sound} sound, {len(found) - sound} with a NO.", markup=False)


def _print_answer(answer: "Answer") -> None:
    out.print(f"  {answer.question + ':':<40} {_WORDS[answer.holds]}", markup=False)
    for finding in answer.findings:
        out.print(f"    {finding}", markup=False, soft_wrap=True)


@app.command(rich_help_panel=HOUSE)
def doctor(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Name leftovers, remove nothing.")] = False,
    deep: Annotated[bool, typer.Option("--deep", help="Read every file and compare digests.")] = False,
    json: Json = False,
) -> None:
    """Check rows against files, remove what a crash left, name what is missing; exit 1 if not clean."""
    from hitparade.house import open_house

    report = open_house(context.obj).doctor(dry_run=dry_run, deep=deep)
    if json:
        found = {"leftovers": report.leftovers, "missing": report.missing, "removed": report.removed}
        print_json({"clean": report.clean, **found})
    else:
        for line in report.leftovers:
            out.print(f"{'removed' if report.removed else 'leftover'}  {line}", markup=False, soft_wrap=True)
        for line in report.missing:
            out.print(f"MISSING  {line}", markup=False, soft_wrap=True)
        out.print("clean" if report.clean else "not clean", markup=False)
    if not report.clean:
        raise typer.Exit(1)
