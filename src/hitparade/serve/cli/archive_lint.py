"""``archive lint``: what contradicts itself in a published archive, and why its numbers disagree."""

import csv as layout
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import UsageError
from hitparade.serve.cli.archive import SeriesName, archive
from hitparade.serve.cli.output import Json, number, out, print_json, progress, table
from hitparade.storage import write_whole

if TYPE_CHECKING:
    from hitparade.archive.lint import Report
    from hitparade.archive.lint_finding import Finding
    from hitparade.archive.series import SeriesInfo

_SHOWN = 3
_STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


@archive.command()
def lint(
    context: typer.Context,
    series: SeriesName,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="All findings of this kind; may be repeated.")
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Write every number that disagrees, with its class, to a CSV file."),
    ] = None,
    json: Json = False,
) -> None:
    """Check an archive against its calendar, its positions and the publisher's own columns; exit 1 on an error.

    Each finding says where, the likely cause, and what would be consistent. Nothing is changed.
    """
    from hitparade.archive.lint import KINDS
    from hitparade.house import open_house

    for each in kind or ():
        if each not in KINDS:
            raise UsageError(f"--kind {each}: there is no such kind of finding; allowed are {', '.join(KINDS)}")
    archives = open_house(context.obj).archives
    info = archives.find(series)
    with progress("checking", None):
        report = archives.lint(info.id)
    found = [each for each in report.findings if not kind or each.kind in kind]
    if csv:
        _write(report, csv)
    if json:
        print_json(_plain(report, found))
    else:
        _print(report, found, info, chosen=bool(kind))
        if csv:
            out.print(f"{csv}: {number(len(report.disagreements))} numbers that disagree", markup=False, soft_wrap=True)
    if not report.sound:
        raise typer.Exit(1)


def _plain(report: "Report", found: "Sequence[Finding]") -> dict[str, object]:
    return {
        "chart": report.series,
        "issues": report.issues,
        "lines": report.lines,
        "first_issue": report.first,
        "last_issue": report.last,
        "sound": report.sound,
        "agreement": report.agreement,
        "counts": {kind: {"findings": each[0], "lines": each[1]} for kind, each in report.counts.items()},
        "classes": [{"column": at[0], "kind": at[1], "numbers": size} for at, size in report.classes.items()],
        "too_good": report.too_good,
        "findings": found,
        "disagreements": report.disagreements,
    }


def _write(report: "Report", place: Path) -> None:
    """Write the disagreements as CSV, whole or not at all."""
    from io import StringIO

    from hitparade.archive.lint_finding import Disagreement

    names = [each.name for each in fields(Disagreement)]
    made = StringIO(newline="")
    writer = layout.DictWriter(made, names)
    writer.writeheader()
    writer.writerows(asdict(each) for each in report.disagreements)
    write_whole(place, made.getvalue().encode())


def _print(report: "Report", found: "Sequence[Finding]", info: "SeriesInfo", *, chosen: bool) -> None:
    mark = "   SIMULATED" if info.simulated else ""
    publisher = f" · {info.publisher}" if info.publisher else ""
    out.print(f"{info.title}{publisher}{mark}", style="bold", markup=False, soft_wrap=True)
    out.print(
        f"{number(report.lines)} lines in {number(report.issues)} issues, {report.first} to {report.last}", markup=False
    )
    if not chosen:
        _print_columns(report)
    _print_findings(report, found, chosen=chosen)
    source = f"; {info.source}" if info.source else ""
    imports = ", ".join(f"{each.id} ({each.name})" for each in info.imports)
    out.print(f"\nas of {report.last}; from {imports}{source}", markup=False, soft_wrap=True)


def _print_columns(report: "Report") -> None:
    from hitparade.archive.lint import KINDS

    if not report.agreement:
        out.print("No last week, peak or weeks are printed, so positions and dates alone were checked.\n")
        return
    out.print("\nThe publisher's columns against what the issues held say:")
    rows = [
        (each.column, number(each.lines), _share(each.exact, each.lines), _share(each.songs, each.lines),
         number(each.lines - each.songs)) for each in report.agreement
    ]  # fmt: skip
    numbers = ("lines", "agree by exact text", "by songs", "disagree")
    columns: list[str | tuple[str, str]] = ["column", *((name, "right") for name in numbers)]
    out.print(table(columns, rows))
    if report.classes:
        out.print("\nWhy they disagree:")
        told = [(column, number(size), kind, KINDS[kind]) for (column, kind), size in report.classes.items()]
        out.print(table(["column", ("numbers", "right"), "class", "which is"], told))
    out.print()


def _share(part: int, whole: int) -> str:
    """Return a share in per cent, rounded down, so that only all of it is 100."""
    return f"{part * 100_000 // whole / 1000:.3f} %" if whole else ""


def _print_findings(report: "Report", found: "Sequence[Finding]", *, chosen: bool) -> None:
    from hitparade.archive.lint import KINDS

    if not found:
        out.print("Nothing of that kind." if chosen else "Nothing contradicts itself.")
        return
    for kind, (times, lines) in report.counts.items():
        lot = [each for each in found if each.kind == kind]
        if not lot:
            continue
        findings = "1 finding" if times == 1 else f"{number(times)} findings"
        out.print(
            f"[bold]{kind}[/bold]  {KINDS[kind]}: {findings}, {number(lines)} {'line' if lines == 1 else 'lines'}",
            style=_STYLES[lot[0].severity],
            soft_wrap=True,
        )
        for each in lot if chosen else lot[:_SHOWN]:
            _print_finding(each)
        if not chosen and len(lot) > _SHOWN:
            out.print(f"  ... {number(len(lot) - _SHOWN)} more: --kind {kind}", markup=False)
    errors = sum(each.severity == "error" for each in report.findings)
    out.print(
        f"\n{number(len(report.findings))} findings, {number(errors)} of them errors; nothing was changed", markup=False
    )


def _print_finding(each: "Finding") -> None:
    first, last = each.issues[0], each.issues[-1]
    days = f"{first}" if len(each.issues) == 1 else f"{first} to {last} ({number(len(each.issues))} issues)"
    if len(each.issues) == 2:  # noqa: PLR2004 - both can be named
        days = f"{first}, {last}"
    out.print(f"  {days}   {each.place}", markup=False, soft_wrap=True)
    said = {"found": each.found, "cause": each.cause, "evidence": each.evidence, "consistent": each.consistent}
    for word, text in said.items():
        if text:
            out.print(f"    {word:<11}{text}", markup=False, soft_wrap=True)
