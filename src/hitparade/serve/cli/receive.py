"""Receive files; look at what was received and at what was wrong with it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import UsageError
from hitparade.serve.cli.app import EVERY_DAY, app
from hitparade.serve.cli.output import Json, number, out, print_json, progress, table

if TYPE_CHECKING:
    from hitparade.intake.receipt import Receipt

_FEW_NOTES = 8
_MANY = 12
_PLAIN = {"received", "would be received", "already here"}


def _control_totals(texts: Sequence[str]) -> dict[str, int]:
    totals = {}
    for text in texts:
        key, _, value = text.partition("=")
        if key not in ("rows", "quantity") or not value.isdecimal():
            raise UsageError(f"--balance {text}: allowed are rows=NUMBER and quantity=NUMBER")
        totals[key] = int(value)
    return totals


@app.command(rich_help_panel=EVERY_DAY)
def receive(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders or patterns, plain or gzip; - is standard input."),
    ],
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="entries, spotify-charts, radio-log or radio-log:MAPPING."),
    ] = None,
    territory: Annotated[
        str | None,
        typer.Option("--territory", metavar="XX", help="Where, when neither rows nor names say so."),
    ] = None,
    supplier: Annotated[str | None, typer.Option("--supplier", metavar="NAME", help="Who delivers.")] = None,
    part: Annotated[
        str | None,
        typer.Option("--part", metavar="NAME", help="Which part, when one delivery comes in several files."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
    replaces: Annotated[
        str | None, typer.Option("--replaces", metavar="ID", help="The delivery whose place this file takes.")
    ] = None,
    again: Annotated[
        bool,
        typer.Option("--again", help="Read a file again that is here already; PATH may be a delivery's id."),
    ] = False,
    balance: Annotated[
        list[str] | None,
        typer.Option("--balance", metavar="rows=N", help="A control total of the sender: rows=N or quantity=N."),
    ] = None,
    json: Json = False,
) -> None:
    """Take files in. Each becomes a delivery; rows that cannot be read are kept as problems, with their reasons."""
    from hitparade.house import open_house
    from hitparade.intake.receiving import count

    house = open_house(context.obj)
    totals = _control_totals(balance or ())
    with progress("receiving", count(paths)) as advance:
        receipts = house.receive(
            paths, format=format, territory=territory, supplier=supplier, part=part, dry_run=dry_run,
            replaces=replaces, again=again, balance=totals, advance=advance,
        )  # fmt: skip
    if json:
        print_json(receipts)
    elif len(receipts) == 1:
        _print_one(receipts[0])
    else:
        _print_many(receipts)
    if any(receipt.status == "refused" for receipt in receipts):
        raise typer.Exit(1)


def _print_one(receipt: "Receipt") -> None:
    simulated = "  SIMULATED" if receipt.simulated else ""
    out.print(f"{receipt.file}: {receipt.status}, delivery {receipt.delivery}{simulated}", markup=False)
    if receipt.why:
        out.print(f"  {receipt.why}", markup=False)
    mapping = f" ({receipt.mapping})" if receipt.mapping else ""
    how = f", recognised {receipt.recognised}" if receipt.recognised else ""
    out.print(f"  format    {receipt.format}{mapping}{how}", markup=False)
    out.print(
        f"  rows      {number(receipt.received)} received = {number(receipt.accepted)} accepted + "
        f"{number(receipt.rejected)} rejected; quantity {number(receipt.quantity)}"
    )
    if receipt.territories:
        out.print(f"  about     {_about(receipt)}", markup=False)
    if receipt.replaces:
        verb = "would take" if receipt.status == "would be received" else "takes"
        out.print(f"  replaces  {receipt.replaces}, whose place it {verb}")
    _print_problems(receipt)


def _about(receipt: "Receipt") -> str:
    where = ", ".join(receipt.territories[:4]) + (" ..." if len(receipt.territories) > 4 else "")  # noqa: PLR2004
    channels = f"{len(receipt.channels)} channel" + ("s" if len(receipt.channels) != 1 else "")
    days = receipt.first_day + (f" to {receipt.last_day}" if receipt.last_day != receipt.first_day else "")
    return f"{where}; {channels}; {', '.join(receipt.measures)}; {days}"


def _print_problems(receipt: "Receipt") -> None:
    if receipt.refusals:
        out.print(f"  rejected  the first {len(receipt.refusals)} of {number(receipt.rejected)}:")
    for each in receipt.refusals:
        _print_problem(f"    {each.place}", each.reason, each.found, each.allowed)
    if receipt.findings:
        out.print(f"  notes     {len(receipt.findings)}, none of which rejects a row:")
    for each in receipt.findings[:_FEW_NOTES]:
        out.print(f"    {each.reason}: {each.found}", markup=False)
    if len(receipt.findings) > _FEW_NOTES:
        out.print(f"    and {len(receipt.findings) - _FEW_NOTES} more")
    if (receipt.refusals or receipt.findings) and receipt.status != "would be received":
        out.print(f"  all of them: hitparade problems {receipt.delivery}")


def _print_problem(place: str, reason: str, found: str, allowed: str) -> None:
    out.print(f"{place}  {reason}: found {found or 'nothing'}; allowed: {allowed}", markup=False, soft_wrap=True)


def _named(name: str, simulated: bool) -> str:
    return f"{name} SIMULATED" if simulated else name


def _print_many(receipts: "Sequence[Receipt]") -> None:
    counts = ("delivery", "received", "accepted", "rejected", "notes")
    columns: list[str | tuple[str, str]] = ["file", "status", *((name, "right") for name in counts)]
    rows = [
        [_named(r.file, r.simulated), r.status, r.delivery,
         *(number(n) for n in (r.received, r.accepted, r.rejected, r.notes))]
        for r in receipts
        if len(receipts) <= _MANY or r.rejected or r.notes or r.status not in _PLAIN
    ]  # fmt: skip
    if rows:
        out.print(table(columns, rows))
    if len(rows) < len(receipts):
        out.print(f"{number(len(receipts) - len(rows))} files had nothing to complain of and are not listed.")
    statuses = sorted({receipt.status for receipt in receipts})
    became = ", ".join(f"{number(sum(r.status == status for r in receipts))} {status}" for status in statuses)
    received, accepted, rejected = (
        sum(getattr(r, name) for r in receipts) for name in ("received", "accepted", "rejected")
    )
    out.print(
        f"{number(len(receipts))} files: {became}. {number(received)} rows received = {number(accepted)} accepted + "
        f"{number(rejected)} rejected."
    )
    for receipt in receipts:
        if receipt.status == "refused":
            out.print(f"refused: {receipt.why}", markup=False)


@app.command(rich_help_panel=EVERY_DAY)
def deliveries(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Replaced deliveries too.")] = False,
    json: Json = False,
) -> None:
    """List what was received, in the order of receipt."""
    from hitparade.house import open_house

    found = open_house(context.obj).deliveries(all=every)
    if json:
        print_json(found)
        return
    columns: list[str | tuple[str, str]] = [
        "delivery",
        "file",
        "format",
        "about",
        ("accepted", "right"),
        ("rejected", "right"),
        "replaced by",
    ]
    rows = [
        [each.id, each.name + (" SIMULATED" if each.simulated else ""), each.format,
         f"{', '.join(each.territories[:3])} {each.first_day or ''}"
         + (f" to {each.last_day}" if each.last_day != each.first_day else ""),
         number(each.accepted), number(each.rejected), each.replaced_by or ""]
        for each in found
    ]  # fmt: skip
    if not every:
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    out.print(table(columns, rows))
    out.print(f"{number(len(found))} deliveries, {number(sum(each.accepted for each in found))} rows")


@app.command(rich_help_panel=EVERY_DAY)
def problems(
    context: typer.Context,
    delivery: Annotated[
        str | None, typer.Argument(metavar="[DELIVERY]", help="A delivery's id; all in force if not given.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write them to a .csv or .parquet file.")
    ] = None,
    json: Json = False,
) -> None:
    """List rejected rows and notes: where, why, what was found and what is allowed."""
    from hitparade.house import open_house

    house = open_house(context.obj)
    if export:
        written = house.export_problems(export, delivery)
        if json:
            print_json({"problems": written, "file": str(export)})
        else:
            out.print(f"{number(written)} problems written to {export}", markup=False)
        return
    found = house.problems(delivery)
    if json:
        print_json(found)
        return
    simulated = {each.id for each in house.deliveries(all=True) if each.simulated}
    for each in found:
        _print_problem(_named(each.place, each.delivery in simulated), each.reason, each.found, each.allowed)
    rejected = sum(each.severity == "rejected" for each in found)
    out.print(f"{number(rejected)} rejected rows, {number(len(found) - rejected)} notes")
