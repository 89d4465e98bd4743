"""``article read`` and ``article check``: what an encyclopedia article says, and which lines of it hold."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hitparade.serve.cli.app import LOOK_UP, app
from hitparade.serve.cli.output import Json, out, print_json

if TYPE_CHECKING:
    from rich.table import Table

    from hitparade.article.claims import Article
    from hitparade.article.findings import Finding, Report
    from hitparade.article.wording import Group
    from hitparade.house import House

article = typer.Typer(help="Read an article on a song and say which lines of it hold.", no_args_is_help=True)
app.add_typer(article, name="article", rich_help_panel=LOOK_UP)

MARKS = {
    "contradicted": ("NO", "bold red"),
    "inconsistent": ("<>", "bold red"),
    "impossible": ("!!", "bold red"),
    "damaged": ("xx", "yellow"),
    "confirmed": ("ok", "bold green"),
    "later": (">>", "cyan"),
    "outside": ("..", "dim"),
    "same_source": ("==", "dim"),
    "not_checkable": ("--", "dim"),
}
OPEN = ("??", "yellow")
_LINES, _KIND, _WIDE = 13, 17, 130

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="An article in the plain layout; see docs/article.md.")
]
All = Annotated[bool, typer.Option("--all", help="List every claim, also those that would be summed up.")]
Proof = Annotated[
    bool, typer.Option("--proof", help="List what each verdict rests on: issues, books, other lines.")
]


@article.command("read")
def read_command(context: typer.Context, file: File, json: Json = False) -> None:
    """Print the facts of an article with their lines, and every cell that is damaged; nothing is repaired."""
    from hitparade import article as room

    house = _house(context)
    said = house.article_read(file) if house else room.read(file)
    if json:
        print_json(said)
        return
    _headline(said)
    _print_facts(said)


@article.command("check")
def check_command(
    context: typer.Context, file: File, all: All = False, proof: Proof = False, json: Json = False
) -> None:
    """Give every fact of an article a verdict and a reason. In any folder; a house adds its own books."""
    from hitparade import article as room

    house = _house(context)
    report = house.article_check(file) if house else room.check(file)
    if json:
        print_json(_as_json(report))
        return
    _headline(report.article)
    out.print(", ".join(f"{n} {_words(verdict)}" for verdict, n in report.counts.items() if n))
    for verdict in report.counts:
        _print_verdict(report, verdict, every=all, proof=proof)
    _print_end(report, every=all, proof=proof)


def _house(context: typer.Context) -> "House | None":
    from hitparade.errors import NoHouseError
    from hitparade.house import open_house

    folder: Path = context.obj
    try:
        return open_house(folder)
    except NoHouseError:
        if folder != Path():
            raise
        return None


def _as_json(report: "Report") -> dict[str, Any]:
    said = report.article
    head = {"path": said.path, "title": said.title, "facts": len(said.claims)}
    damage = {
        "damaged_cells": said.damaged_cells,
        "damaged_lines": said.damaged_lines,
        "damages": said.damages,
    }
    rest = {"findings": report.findings, "notes": report.notes, "rests_on": report.rests_on}
    return {**head, **damage, "counts": report.counts, **rest}


def _words(verdict: str) -> str:
    return verdict.replace("_", " ")


def shown(text: str) -> str:
    """Return text of a file for a terminal: control characters become visible, brackets are no markup."""
    from rich.markup import escape

    return escape("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text))


def _headline(said: "Article") -> None:
    from hitparade.article.words import plural

    out.print(f"[bold]{shown(said.title)}[/]  {shown(str(said.path))}")
    cells, lines = plural(said.damaged_cells, "cell"), plural(said.damaged_lines, "line")
    out.print(f"{plural(len(said.claims), 'fact')} read, {cells} and {lines} damaged")


def _table(*between: int) -> "Table":
    """Return a table of mark, lines and text, with columns of these widths between lines and text."""
    from rich.table import Table

    widths = (2, _LINES, *between)
    rest = min(max(out.width, 60), _WIDE) - sum(widths) - 2 * len(widths)
    made = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    for width in (*widths, rest):
        made.add_column(width=width, overflow="fold")
    return made


def _verdict_table() -> "Table":
    return _table((min(max(out.width, 60), _WIDE) - _LINES - 8) * 2 // 5)


def _print_facts(said: "Article") -> None:
    from hitparade.article.wording import brief, damaged_lines

    section, table = "", _table(_KIND)
    for claim in said.claims:
        if claim.section != section:
            out.print(table)
            section, table = claim.section, _table(_KIND)
            out.print(f"\n[bold]{shown(section)}[/]")
        mark = "[yellow]xx[/]" if claim.damaged else ""
        table.add_row(
            mark,
            f"line {claim.line}",
            _words(claim.kind),
            shown(brief(claim)) + (f" [yellow]{shown(claim.damaged)}[/]" if claim.damaged else ""),
        )
    out.print(table)
    _print_lines(damaged_lines(said.damages, said.claims), "Damaged lines that state no fact")


def _print_lines(lines: tuple[tuple[str, str], ...], title: str) -> None:
    if not lines:
        return
    if title:
        out.print(f"\n[bold]{title}[/]")
    table = _table()
    for where, sentence in lines:
        table.add_row("[yellow]xx[/]", shown(where), shown(sentence))
    out.print(table)


def _print_verdict(report: "Report", verdict: str, *, every: bool, proof: bool) -> None:
    from hitparade.article.findings import VERDICTS
    from hitparade.article.wording import damaged_lines, groups

    findings = report.of(verdict)
    extra = damaged_lines(report.article.damages, report.article.claims) if verdict == "damaged" else ()
    if not findings and not extra:
        return
    table = _verdict_table()
    for group in groups(findings, every=every):
        mark, style = _mark(group, verdict)
        table.add_row(f"[{style}]{mark}[/]", group.lines, shown(group.what), shown(_reason(group)))
        if proof and group.single:
            _add_proof(table, group.single)
    out.print(f"\n[bold]{_words(verdict)}[/]: {VERDICTS[verdict]}")
    out.print(table)
    _print_lines(extra, "")


def _mark(group: "Group", verdict: str) -> tuple[str, str]:
    from hitparade.article.wording import speaks

    return OPEN if verdict == "outside" and speaks(group.findings[0]) else MARKS[verdict]


def _reason(group: "Group") -> str:
    finding = group.single
    if finding is None:
        return group.reason
    sources = sorted({one.name.split("/")[0] for one in finding.evidence if one.kind in ("fact", "book", "register")})
    rest = f" [{', '.join(sources)}]" if sources else ""
    return finding.reason + (f"; {finding.hint}" if finding.hint else "") + rest


def _add_proof(table: "Table", finding: "Finding") -> None:
    for one in finding.evidence:
        name = f"line {one.name}" if one.kind == "line" else one.name.split("/")[0]
        table.add_row("", "", f"[dim]{shown(name)}[/]", f"[dim]{shown(one.sentence)}[/]")


def _print_end(report: "Report", *, every: bool, proof: bool) -> None:
    from hitparade.article.findings import named

    if report.notes:
        out.print("\n[bold]notes[/]: no verdicts, but an editor should know")
        table = _table()
        for note in report.notes:
            whole = len(note.lines) == 2 and note.lines[1] - note.lines[0] > 20  # noqa: PLR2004 - a range of a table
            where = f"lines {note.lines[0]}-{note.lines[1]}" if whole else named(list(note.lines))
            table.add_row("--", where, shown(note.sentence))
        out.print(table)
    out.print(f"\nrests on {shown('; '.join(report.rests_on) or 'nothing')}")
    more = [
        *([] if every else ["--all lists every fact"]),
        *([] if proof else ["--proof lists what a verdict rests on"]),
    ]
    if more:
        out.print("; ".join(more))
