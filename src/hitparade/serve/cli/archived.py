"""How an issue of an imported archive looks in a terminal: its columns as published, and where they come from."""

from collections.abc import Iterator

from hitparade.archived import ArchivedIssue, PrintedLine
from hitparade.serve.cli.output import number, out, table

_MARK = "SIMULATED"
_PRINTED = (("last", "LW"), ("peak", "peak"), ("weeks", "wks"))


def print_issue(issue: ArchivedIssue, *, top: int) -> None:
    """Print an issue as its archive has it; 0 prints all lines."""
    lines = issue.lines[: top or None]
    mark = f"   {_MARK}" if issue.simulated else ""
    out.print(f"{_title(issue)}{mark}", style="bold", markup=False, soft_wrap=True)
    there = [(name, head) for name, head in _PRINTED if any(getattr(each, name) is not None for each in issue.lines)]
    pointed = any(each.points is not None for each in issue.lines)
    columns: list[str | tuple[str, str]] = [
        ("pos", "right"), *(["move"] if there else []), *((head, "right") for _, head in there), "song", "credit",
        *([("points", "right")] if pointed else []), *([""] if mark else []),
    ]  # fmt: skip
    fields = [name for name, _ in there]
    out.print(table(columns, (_row(line, fields, pointed=pointed, mark=mark.strip()) for line in lines)))
    if len(lines) < len(issue.lines):
        out.print(f"… {len(issue.lines) - len(lines)} more lines (--top 0 prints all)", markup=False)
    out.print()
    for line in _sources(issue, [head for _, head in there]):
        out.print(line, markup=False, soft_wrap=True)


def _title(issue: ArchivedIssue) -> str:
    if issue.kind == "year-end":
        return f"{issue.title}   {issue.issue_date:%Y}   as published"
    return f"{issue.title}   issue {issue.issue_date}   as published"


def _row(line: PrintedLine, fields: list[str], *, pointed: bool, mark: str) -> tuple[object, ...]:
    said = [getattr(line, name) for name in fields]
    return (
        line.position,
        *([_movement(line)] if fields else []),
        *("-" if each is None else each for each in said),
        line.title,
        line.credit,
        *(["" if line.points is None else number(line.points)] if pointed else []),
        *([mark] if mark else []),
    )


def _movement(line: PrintedLine) -> str:
    if line.movement in {"new", "re"}:
        return line.movement.upper()
    return line.movement.replace("+", "▲").replace("-", "▼")


def _sources(issue: ArchivedIssue, heads: list[str]) -> Iterator[str]:
    """Give the lines below the table: what is as printed, where it comes from, and what stands beside it."""
    missing = [head for _, head in _PRINTED if head not in heads]
    if issue.kind != "year-end" and missing:
        yield f"{', '.join(missing)}: not in this archive"
    said = f" · {issue.said}" if issue.said else ""
    by = f" · published by {issue.publisher}" if issue.publisher else ""
    yield (
        f"archive {issue.series} · import {issue.source} ({issue.file}) of {issue.imported_at[:10]} · "
        f"{issue.lines[0].place} ff.{by}{said}"
    )
    before, after = issue.previous or "none held", issue.next or "none held"
    yield f"as published, nothing derived · issue before: {before}, after: {after}"
