"""``records``, ``cite`` and ``number-ones``: what history shows, with the issues that prove it."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hitparade.serve.cli.app import LOOK_UP, app
from hitparade.serve.cli.json_names import column, fields_of, row
from hitparade.serve.cli.output import Json, number, out, print_json, table
from hitparade.serve.cli.song_asking import day as read_day

if TYPE_CHECKING:
    from hitparade.history import Records
    from hitparade.records.lists import Answer
    from hitparade.records.proof import Line
    from hitparade.records.query import Ask

_RUN_SHOWN = 40
"""How many lines of one proof are printed before the rest are counted."""

Chart = Annotated[str, typer.Option("--chart", metavar="SERIES", help="A series' id or title; needed if several.")]
Song = Annotated[str, typer.Option("--song", metavar="SONG", help="A title, or 'title - credit', in any spelling.")]
Artist = Annotated[str, typer.Option("--artist", metavar="X", help="An artist, in any spelling.")]
Role = Annotated[str, typer.Option("--role", help="The artist's role: credited (any), lead, featured or solo.")]
From = Annotated[str, typer.Option("--from", metavar="DATE", help="Only issues dated from this day.")]
To = Annotated[str, typer.Option("--to", metavar="DATE", help="Only issues dated up to this day.")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="Nothing after this day is known.")]
Issue = Annotated[str, typer.Option("--issue", metavar="DATE", help="The issue, for records of one issue.")]
Depth = Annotated[int, typer.Option("--depth", metavar="N", help="Look down to position N where it matters.")]
Top = Annotated[int | None, typer.Option("--top", metavar="N", help="How many rows; 0 prints all.")]
Order = Annotated[str, typer.Option("--order", help="A column of the record; -column for the largest first.")]
Where = Annotated[list[str] | None, typer.Option("--where", help="A comparison such as 'peak<=10'; may be repeated.")]
Against = Annotated[str, typer.Option("--against", metavar="SERIES", help="A published list to compare a year with.")]
Points = Annotated[str, typer.Option("--table", metavar="N,N", help="Points from position 1 down, not their inverse.")]
Proof = Annotated[bool, typer.Option("--proof", help="Print the issues that each row rests on.")]
Sentence = Annotated[bool, typer.Option("--sentence", help="Say it in sentences.")]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write the rows to a CSV file as well.")]


@app.command(rich_help_panel=LOOK_UP)
def records(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME...]", help="Records; --list names them.")] = None,
    chart: Chart = "", song: Song = "", artist: Artist = "", role: Role = "credited",
    first: From = "", last: To = "", as_of: AsOf = "", issue: Issue = "", depth: Depth = 0, top: Top = None,
    order: Order = "", where: Where = None, against: Against = "", points: Points = "",
    proof: Proof = False, sentence: Sentence = False,
    list_: Annotated[bool, typer.Option("--list", help="List the records, a line each.")] = False,
    csv: Csv = None, json: Json = False,
) -> None:  # fmt: skip
    """Answer from published issues: most weeks, number ones, n-th top tens and many more; without a name, songs."""
    from hitparade.house import open_house
    from hitparade.records.query import Ask

    if list_:
        _print_list(json=json)
        return
    ask = Ask(
        chart=chart, song=song, artist=artist, role=role, first=read_day(first, "--from"), last=read_day(last, "--to"),
        as_of=read_day(as_of, "--as-of"), issue=read_day(issue, "--issue"), depth=depth, top=top, order=column(order),
        where=tuple(map(column, where or ())), against=against, table=_points(points),
    )  # fmt: skip
    held = open_house(context.obj).records
    answers = [(name, held.ask(name, ask)) for name in names or [""]]
    if csv:
        _write_csv(csv, [answer for _, answer in answers])
    if json:
        print_json([_as_json(held, answer, ask, proof=proof) for _, answer in answers])
        return
    for _, answer in answers:
        _print(held, answer, ask, proof=proof, sentence=sentence)


@app.command(name="number-ones", rich_help_panel=LOOK_UP)
def number_ones(
    context: typer.Context,
    chart: Annotated[str, typer.Argument(metavar="SERIES", help="A series' id or title.")],
    year: Annotated[str, typer.Argument(metavar="[YEAR]", help="A year 2016 or a decade 2010s; else all.")] = "",
    proof: Proof = False, sentence: Sentence = False, csv: Csv = None, json: Json = False,
) -> None:  # fmt: skip
    """List the number ones of a year, a decade or of all time, with their weeks there."""
    first, last = _span(year)
    records(
        context,
        ["number-ones"],
        chart=chart,
        first=first,
        last=last,
        proof=proof,
        sentence=sentence,
        csv=csv,
        json=json,
    )


@app.command(rich_help_panel=LOOK_UP)
def cite(
    context: typer.Context,
    chart: Annotated[str, typer.Argument(metavar="SERIES", help="A series' id or title.")],
    issue: Annotated[str, typer.Argument(metavar="DATE", help="The issue date.")],
    what: Annotated[str, typer.Argument(metavar="[POSITION|SONG]", help="A line of it; the issue if not given.")] = "",
    format: Annotated[str, typer.Option("--format", help="text, wikitext, bibtex or csl-json.")] = "text",
    json: Json = False,
) -> None:
    """Cite an issue or a line of it, with the edition or the archive import that shows it."""
    from hitparade.errors import UsageError
    from hitparade.house import open_house
    from hitparade.records.cite import FORMATS, written

    if format not in FORMATS:
        raise UsageError(f"--format: found {format!r}; allowed: {', '.join(FORMATS)}")
    day = read_day(issue, "DATE")
    if day is None:
        raise UsageError("DATE: found nothing; allowed: a day such as 2016-10-08")
    found = open_house(context.obj).records.cite(chart, day, what)
    if json:
        print_json([{**fields_of(one), "cited": written(one, format)} for one in found])
        return
    for one in found:
        out.print(written(one, format), markup=False, soft_wrap=True)


def _span(text: str) -> tuple[str, str]:
    from hitparade.errors import UsageError

    if not text:
        return "", ""
    digits, decade = text.removesuffix("s"), text.endswith("s")
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 4):  # noqa: PLR2004 - a year's digits
        raise UsageError(f"YEAR: found {text!r}; allowed: a year such as 2016 or a decade such as 2010s")
    return f"{digits}-01-01", f"{int(digits) + (9 if decade else 0):04d}-12-31"


def _points(text: str) -> tuple[int, ...]:
    from hitparade.errors import UsageError

    parts = [part.strip() for part in text.split(",")] if text else []
    if not all(part.isascii() and part.isdecimal() for part in parts):
        raise UsageError(f"--table: found {text!r}; allowed: whole numbers such as 25,20,15")
    return tuple(map(int, parts))


def _print_list(*, json: bool) -> None:
    from hitparade.records.lists import known

    if json:
        print_json(
            [
                {"name": one.name, "title": one.title, "says": one.says, "columns": one.columns, "needs": one.needs}
                for one in known().values()
            ]
        )
        return
    rows = [(one.name, f"{one.says}{_needs(one.needs)}") for one in known().values()]
    out.print(table(["record", "what it lists"], rows))
    out.print("\nhitparade records NAME --chart SERIES; --proof prints the issues behind it", markup=False)


def _needs(needs: tuple[str, ...]) -> str:
    return f" (needs {' and '.join('--' + need for need in needs)})" if needs else ""


def _as_json(held: "Records", answer: "Answer", ask: "Ask", *, proof: bool) -> dict[str, Any]:
    said = {name: value for name, value in asdict(answer).items() if name not in ("rows", "rests")}
    said |= {"columns": list(row(dict.fromkeys(answer.columns))), "facts": row(answer.facts)}
    said["rows"] = [row(each) for each in answer.dicts()]
    if proof:
        said["proof"] = held.proof(answer, ask)
    return said


def _write_csv(path: Path, answers: "list[Answer]") -> None:
    import csv

    with path.open("w", encoding="utf-8", newline="") as stream:
        sheet = csv.writer(stream, lineterminator="\n")
        for answer in answers:
            sheet.writerow(answer.columns)
            sheet.writerows(answer.rows)


def _print(held: "Records", answer: "Answer", ask: "Ask", *, proof: bool, sentence: bool) -> None:
    from hitparade.serve.cli.records_table import print_rows

    mark = "   SIMULATED" if answer.simulated else ""
    where = f"   {answer.chart_title}" if answer.chart else ""
    out.print(f"{answer.title}{where}{mark}", style="bold", markup=False, soft_wrap=True)
    if sentence and answer.sentences:
        for said in answer.sentences:
            out.print(said, markup=False, soft_wrap=True)
    elif answer.rows:
        print_rows(answer)
    else:
        out.print("nothing", markup=False)
    if answer.more:
        out.print(f"… {_left_out(answer)}; --top 0 prints all", markup=False)
    for line in _facts(answer):
        out.print(line, markup=False, soft_wrap=True)
    if proof:
        _print_proof(held, answer, ask)
    _print_end(answer)


def _left_out(answer: "Answer") -> str:
    """Return how many rows are not shown, and how many of them share the place of the last one."""
    from hitparade.article.words import nth

    if not answer.tied:
        return f"{number(answer.more)} more"
    shares = f"{number(answer.tied)} more {'shares' if answer.tied == 1 else 'share'} {nth(answer.places[-1])} place"
    below = answer.more - answer.tied
    return f"{shares}, {number(below)} {'is' if below == 1 else 'are'} below" if below else shares


def _facts(answer: "Answer") -> list[str]:
    from hitparade.serve.cli.records_table import shown, words

    return [f"{words(name)}: {shown(value)}" for name, value in row(answer.facts).items()]


def _print_proof(held: "Records", answer: "Answer", ask: "Ask") -> None:
    from hitparade.records.proof import spans

    out.print("\nrests on", style="bold")
    for n, lines in enumerate(held.proof(answer, ask), 1):
        for span in spans(lines[:_RUN_SHOWN]):
            out.print(f"  {n:>3}  {_span_of(span)}", markup=False, soft_wrap=True)
        if len(lines) > _RUN_SHOWN:
            out.print(f"       … {len(lines) - _RUN_SHOWN} more lines; --json has them all", markup=False)


def _span_of(span: "tuple[Line, ...]") -> str:
    first, last = span[0], span[-1]
    when = f"{first.issue}" if first.issue == last.issue else f"{first.issue} to {last.issue}"
    at = "-".join(str(line.position) for line in span if line.position)
    role = f" ({first.role})" if first.role else ""
    where = first.place if first == last else f"{first.place} to {last.place}"
    return f"{when}  {at}  {first.title} - {first.credit}{role}  [{first.source}{f', {where}' if first.place else ''}]"


def _print_end(answer: "Answer") -> None:
    if answer.method:
        out.print(f"method: {answer.method}", markup=False, soft_wrap=True)
    for note in answer.notes:
        out.print(f"note: {note}", markup=False, soft_wrap=True)
    parts = [
        *([f"as of {answer.as_of}"] if answer.as_of else []),
        *([f"held from {answer.begins}"] if answer.begins else []),
        *([f"source: {answer.source}"] if answer.source else []),
    ]
    out.print("\n" + " · ".join(parts or ["all series held here"]), markup=False, soft_wrap=True)
