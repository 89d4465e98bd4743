"""``article read`` and ``article check``: what an encyclopedia article says, and which lines of it hold."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hitparade.serve.cli.app import LOOK_UP, app
from hitparade.serve.cli.output import Json, out, print_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table

    from hitparade.article.claims import Article
    from hitparade.article.findings import Evidence, Finding, Report
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
LOOK_AT = ("contradicted", "inconsistent", "impossible", "damaged", "confirmed", "later")
"""The verdicts that need or deserve a look: all that ``check --short`` shows."""
_LINES, _KIND, _WIDE = 13, 17, 130

File = Annotated[Path, typer.Argument(metavar="FILE", help="An article in the plain layout; see docs/article.md.")]
All = Annotated[bool, typer.Option("--all", help="List every claim, also those that would be summed up.")]
Short = Annotated[bool, typer.Option("--short", help="List only the verdicts that need or deserve a look.")]
Proof = Annotated[bool, typer.Option("--proof", help="List what each verdict rests on: issues, books, other lines.")]


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
    context: typer.Context,
    file: File,
    short: Short = False,
    all: All = False,
    proof: Proof = False,
    json: Json = False,
) -> None:
    """Give every fact of an article a verdict and a reason. In any folder; a house adds its own books."""
    from hitparade import article as room
    from hitparade.errors import UsageError

    if short and (all or proof):
        raise UsageError("--short leaves out what --all and --proof list; give it without them")
    house = _house(context)
    report = house.article_check(file) if house else room.check(file)
    if json:
        print_json(_as_json(report))
        return
    _headline(report.article)
    out.print(_counted(report, *report.counts))
    if short:
        _print_short(report)
        return
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


def _table(*between: int, lines: int = _LINES) -> "Table":
    """Return a table of mark, lines and text, with columns of these widths between; no lines when 0 wide."""
    from rich.table import Table

    widths = (2, *filter(None, [lines]), *between)
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


def _counted(report: "Report", *verdicts: str) -> str:
    return ", ".join(f"{n} {_words(one)}" for one, n in report.counts.items() if n and one in verdicts)


def _print_short(report: "Report") -> None:
    from hitparade.article.findings import VERDICTS
    from hitparade.article.words import plural

    for verdict in LOOK_AT:
        table, (mark, style) = _table(lines=0), MARKS[verdict]
        for said in _short_lines(report, verdict):
            table.add_row(f"[{style}]{mark}[/]", shown(said))
        if table.row_count:
            out.print(f"[bold]{_words(verdict)}[/]: {VERDICTS[verdict]}")
            out.print(table)
    counted = _counted(report, *(verdict for verdict in report.counts if verdict not in LOOK_AT))
    left = [*filter(None, [counted]), *([plural(len(report.notes), "note")] if report.notes else [])]
    if left:
        out.print(f"left out: {' and '.join(left)}; without --short they are listed")


def _short_lines(report: "Report", verdict: str) -> "Iterator[str]":
    # Lines, claim and reason stand in one cell: columns would wrap each of them and need half as many lines again.
    from hitparade.article.wording import damaged_lines, groups

    for group in groups(report.of(verdict)):
        yield f"{group.lines}  {group.what}: {_reason(group)}"
    if verdict == "damaged":
        for where, sentence in damaged_lines(report.article.damages, report.article.claims):
            yield f"{where}  {sentence}"


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
        table.add_row("", "", f"[dim]{shown(_source(one))}[/]", f"[dim]{shown(one.sentence)}[/]")


def _source(one: "Evidence") -> str:
    return f"line {one.name}" if one.kind == "line" else one.name.split("/")[0]


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
