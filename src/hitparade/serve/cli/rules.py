"""``rules`` and ``check``: what is in force, and whether books make sense."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import BookError, NoHouseError, UsageError
from hitparade.serve.cli.app import RULES, app
from hitparade.serve.cli.output import Json, complain, out, print_json, table

if TYPE_CHECKING:
    from hitparade.rulebook.books import Shelf
    from hitparade.rulebook.check import Checked
    from hitparade.rulebook.register import Row
    from hitparade.rulebook.rules import Rules, Value


@app.command(rich_help_panel=RULES)
def rules(
    context: typer.Context,
    chart: Annotated[
        str | None,
        typer.Argument(metavar="CHART", help="The chart's id or name; without it the books are listed."),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="The newest issue dated up to this day; today if not given."),
    ] = None,
    what_if: Annotated[
        Path | None, typer.Option("--with", metavar="FILE", help="A what-if to lay over the book.")
    ] = None,
    schema: Annotated[
        Path | None,
        typer.Option("--schema", metavar="FILE", help="Write the JSON Schema of books for editors to FILE."),
    ] = None,
    register: Annotated[
        bool, typer.Option("--register", help="List every chart that is known, also those without a book.")
    ] = False,
    json: Json = False,
) -> None:
    """Print the rules in force for a chart, each with start, source and confidence; or list the books."""
    from hitparade.rulebook.ask import rules_until

    if register:
        _register(shelf_of(context.obj), json=json)
        return
    if schema:
        from hitparade.rulebook.schema import write

        write(schema)
        out.print(f"{schema}: the JSON Schema of books; in a book: #:schema {schema}", soft_wrap=True, markup=False)
        return
    shelf = shelf_of(context.obj)
    if chart is None:
        _list(shelf, json=json)
        return
    found = rules_until(shelf.find(chart), _day(on), what_if)
    if json:
        print_json(found)
    else:
        _print(found)


@app.command(rich_help_panel=RULES)
def check(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Books, cases or folders of them; without any, all books there are."),
    ] = None,
    schema: Annotated[
        Path | None,
        typer.Option("--schema", metavar="FILE", help="Write the JSON Schema of books for editors to FILE."),
    ] = None,
    json: Json = False,
) -> None:
    """Check books and run their cases; a mistake is named with file, key, found and allowed."""
    if schema:
        rules(context, schema=schema)
        return
    missing = [path for path in paths or () if not path.exists()]
    if missing:
        raise UsageError(f"{missing[0]}: there is no such file or folder")
    results = _checked(context.obj, paths or [])
    if json:
        print_json([result._asdict() for result in results])
    else:
        _print_checked(results)
    if any(result.state == "wrong" for result in results):
        raise typer.Exit(1)


def _checked(folder: Path, paths: list[Path]) -> "tuple[Checked, ...]":
    from functools import partial

    from hitparade.casework import compile_case
    from hitparade.certifying_cases import Checker
    from hitparade.house import open_house
    from hitparade.rulebook.check import check as check_books

    try:
        house = open_house(folder)
    except NoHouseError:
        return check_books(shelf_of(folder), paths, partial(compile_case, None), Checker(None))
    return house.check(paths)


def shelf_of(folder: Path) -> "Shelf":
    """Return the books of a house; where there is no house, those that ship."""
    from hitparade.rulebook.books import available, shipped
    from hitparade.storage import HousePaths

    paths = HousePaths(folder)
    return available(paths.books) if paths.config.is_file() else shipped()


def _day(text: str | None) -> date:
    from hitparade.house import now

    try:
        return date.fromisoformat(text) if text else now().date()
    except ValueError as error:
        raise UsageError(f"--on {text}: not a day; write it as 2016-01-29") from error


def _list(shelf: "Shelf", *, json: bool) -> None:
    rows, broken = [], []
    for name in shelf:
        try:
            book = shelf[name]
        except BookError as error:
            broken.append(str(error))
            continue
        rows.append(
            {
                "id": book.id,
                "title": book.title,
                "territory": book.territory,
                "life": book.lifetime,
                "file": book.where,
            }
        )
    if json:
        print_json({"books": rows, "broken": broken})
    else:
        out.print(
            table(
                ["chart", "title", "where", "issues"],
                [(r["id"], r["title"], r["territory"], r["life"]) for r in rows],
            )
        )
        out.print("hitparade rules CHART prints what is in force; hitparade check looks for mistakes.")
    for sentence in broken:
        complain(sentence)


def _register(shelf: "Shelf", *, json: bool) -> None:
    from hitparade.rulebook.register import registered

    rows = registered(shelf)
    if json:
        print_json(rows)
        return
    out.print(
        table(
            ["chart", "name", "publisher", "where", "status", "issues"],
            [(r.id, r.name, r.publisher, r.territory, r.status, _of_its_life(r)) for r in rows],
        )
    )
    out.print("complete, partial: there is a book, of which a part is secret; line: only this is known here.")


def _of_its_life(row: "Row") -> str:
    covered = f"book of {row.years[0]} to {row.years[1]}" if row.years else ""
    return "; ".join(filter(None, (row.lifetime, covered))) or "not known"


def _print(rules: "Rules") -> None:
    window = rules.issue.window
    out.print(f"[bold]{rules.title}[/bold] · {rules.publisher} · {rules.territory}", soft_wrap=True)
    out.print(
        f"issue {rules.issue.issue_date}: tracks {window.first_day} to {window.last_day}, {window.zone}"
        f" ({window.starts:%Y-%m-%d %H:%M} to {window.ends:%Y-%m-%d %H:%M} UTC)",
        soft_wrap=True,
    )
    weights = ", ".join(f"{measure} {weight}" for measure, weight in rules.weights.items())
    out.print(f"points: {weights}; one unit is {rules.points_per_unit} points", soft_wrap=True, markup=False)
    out.print(
        f"order: decisions, {', '.join(rules.steps) or 'no further steps'}; ties by {', '.join(rules.ties)}",
        soft_wrap=True,
    )
    out.print()
    sources = list(dict.fromkeys(value.source for value in rules.values))
    rows = [(*_row(value), sources.index(value.source) + 1) for value in rules.values]
    out.print(table(["rule", "in force", "since", "by", "confidence", ("source", "right")], rows))
    out.print()
    for number, source in enumerate(sources, 1):
        out.print(f"{number}. {source}", markup=False, soft_wrap=True)


def _row(value: "Value") -> tuple[object, ...]:
    sure = "what-if" if value.what_if else value.confidence
    if value.between:
        sure = f"{sure}, {value.between[0]:,} to {value.between[1]:,}"
    by = "tracking" if value.dated_by == "tracking_start" else "issue"
    return _bare(value.key), _bare(_in_force(value)), value.since, by, sure


def _in_force(value: "Value") -> str:
    from hitparade.rulebook.wording import said

    if value.key.startswith("units.") and isinstance(value.value, list | tuple):
        return "/".join(map(str, value.value))
    if value.key == "names" and isinstance(value.value, dict):
        return "; also ".join([value.value["value"], *value.value.get("aliases", [])])
    return said(value.value)


def _bare(text: str) -> str:
    """Return ``text`` so that rich prints brackets as they are."""
    return text.replace("[", "\\[")


def _print_checked(results: "tuple[Checked, ...]") -> None:
    out.print(table(["kind", "name", "state"], [(r.kind, _bare(r.name), r.state) for r in results]))
    for result in results:
        for sentence in result.complaints:
            out.print(sentence, markup=False, soft_wrap=True)
    wrong = sum(result.state == "wrong" for result in results)
    idle = sum(result.state == "not run" for result in results)
    tail = f"; {idle} cases were read and not run" if idle else ""
    out.print(f"{len(results)} checked, {wrong} wrong{tail}")
