"""``song``: one song on every chart that the house holds, issue by issue."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hitparade.serve.cli.app import LOOK_UP, app
from hitparade.serve.cli.json_names import fields_of
from hitparade.serve.cli.output import Json, foot, out, print_json, table
from hitparade.serve.cli.song_asking import day, meant

if TYPE_CHECKING:
    from hitparade.records.finding import Found
    from hitparade.records.runs import RunLine
    from hitparade.records.song import ChartRun, SongHistory

NAMESAKES = 5
"""How many other songs of the same title are named before the rest are counted."""

Chart = Annotated[str, typer.Option("--chart", metavar="SERIES", help="Only this chart: its id or title.")]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="As of this day; nothing later is known.")]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write the table to a CSV file as well.")]
Graph = Annotated[
    Path | None, typer.Option("--graph", metavar="FILE.svg", help="Draw it, with its table in a CSV file beside it.")
]


@app.command(rich_help_panel=LOOK_UP)
def song(
    context: typer.Context,
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="A title, or 'title - artist', any spelling.")],
    chart: Chart = "", on: On = "",
    weeks: Annotated[bool, typer.Option("--weeks", help="Print every issue of every chart.")] = False,
    graph: Graph = None, csv: Csv = None, json: Json = False,
) -> None:  # fmt: skip
    """Show a song's run on every chart and country that it was on, drop-outs and re-entries marked."""
    from hitparade.house import open_house

    records = open_house(context.obj).records
    until = day(on, "--on")
    said = records.song(meant(records, " ".join(name), chart, until), chart, until)
    if graph:
        _draw(said, graph)
    if csv:
        _write(csv, said)
    if json:
        print_json(as_json(said))
    else:
        _print(said, weeks=weeks or len(said.charts) == 1)
        if graph:
            out.print(f"graph in {graph}, its table in {graph.with_suffix('.csv')}", markup=False, soft_wrap=True)


def as_json(said: "SongHistory") -> dict[str, Any]:
    """Return a history as JSON: the facts of each run beside its lines."""
    runs = [
        {
            **fields_of(run),
            "debut": {"issue_date": run.debut.issue, "position": run.debut.position},
            "peak": run.last.peak,
            "peak_issue": run.last.peak_issue,
            "peak_weeks": run.last.peak_weeks,
            "weeks_on_chart": run.last.weeks,
            "last": {"issue_date": run.last.issue, "position": run.last.position},
            "re_entries": [{"issue_date": line.issue, "position": line.position} for line in run.re_entries],
            "sources": run.sources,
        }
        for run in said.charts
    ]
    return {**fields_of(said), "charts": runs}


def _print(said: "SongHistory", *, weeks: bool) -> None:
    out.print(f"{said.title} - {said.credit}", style="bold", markup=False)
    if said.artists:
        out.print(", ".join(f"{each.name} ({each.role})" for each in said.artists), markup=False)
    if len(said.charts) > 1:
        out.print()
        out.print(_summary(said))
    for run in said.charts:
        _print_run(run, weeks=weeks)
    for year in said.years:
        out.print(f"\n{year.title}: no. {year.position} ({year.dated.year}; {year.place}, {year.source})", markup=False)
    _print_others(said.others, said.credit)
    if len(said.charts) > 1 and not weeks:
        out.print("\n--chart SERIES shows one chart issue by issue, --weeks all of them", markup=False)


def _summary(said: "SongHistory") -> Any:  # noqa: ANN401 - a table of rich, imported late
    right = [("debut", "right"), ("peak", "right"), ("weeks", "right")]
    rows = (
        (
            _marked(run.title, simulated=run.simulated), run.territory, run.debut.position, run.last.peak,
            run.last.weeks, run.debut.issue, run.last.peak_issue, "still on" if run.still_on else run.last.issue,
        )
        for run in said.charts
    )  # fmt: skip
    return table(["chart", "", *right, "debut on", "peak on", "last on"], rows)


def _marked(text: str, *, simulated: bool) -> str:
    return f"{text}   SIMULATED" if simulated else text


def _print_run(run: "ChartRun", *, weeks: bool) -> None:
    place = f", {run.territory}" if run.territory else ""
    out.print(f"\n{_marked(f'{run.title} ({run.series}{place})', simulated=run.simulated)}", style="bold", markup=False)
    out.print(run.run, markup=False)
    out.print("; ".join(facts(run)), markup=False)
    if weeks:
        out.print(_lines(run.lines))
    for note in run.notes:
        out.print(f"note: {note}", markup=False)
    foot(f"as of {run.as_of}", f"from {', '.join(run.sources)}", run.source)


def facts(run: "ChartRun") -> list[str]:
    """Return what there is to say of a run, a few words each."""
    last = run.last
    said = [
        f"debut {run.debut.position} on {run.debut.issue}",
        f"peak {last.peak} on {last.peak_issue} ({_weeks(last.peak_weeks)} there)",
        f"{_weeks(last.weeks)} on chart",
    ]
    if run.top_ten_first:
        said.append(f"{_weeks(run.top_ten_weeks)} in the top ten, first on {run.top_ten_first}")
    if run.at_one_first and last.peak == 1:
        said.append(f"number one first on {run.at_one_first}")
    said += [f"re-entry {line.position} on {line.issue}" for line in run.re_entries]
    ends = "still on at" if run.still_on else "last"
    return [*said, f"{ends} {last.position} on {last.issue}"]


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"


def _lines(lines: "tuple[RunLine, ...]") -> Any:  # noqa: ANN401 - a table of rich, imported late
    right = [("pos", "right"), ("move", "left"), ("LW", "right"), ("peak", "right"), ("wks", "right")]
    rows = (
        (line.issue, line.position, moved(line.movement), line.last or "-", line.peak, line.weeks, _also(line))
        for line in lines
    )
    return table(["issue", *right, ""], rows)


def _also(line: "RunLine") -> str:
    return f"another print at {', '.join(map(str, line.also))}" if line.also else ""


def moved(movement: str) -> str:
    """Return the movement in words and signs that need no colour: NEW, RE, ▲3, ▼2 or =."""
    return movement.upper() if movement in ("new", "re") else movement.replace("+", "▲").replace("-", "▼")


def _print_others(others: "tuple[Found, ...]", credit: str) -> None:
    for each in others[:NAMESAKES]:
        where = f"the song by {each.credit} ({each.years}, peak {each.peak} on {each.series})"
        out.print(f"\nNot {each.dated if each.credit == credit else where}", markup=False, end="")
    if len(others) > NAMESAKES:
        out.print(f"\nnor {len(others) - NAMESAKES} more of that title", markup=False, end="")
    if others:
        out.print()


COLUMNS = (
    *("series", "issue", "position", "last", "movement", "peak", "peak_issue", "peak_weeks", "weeks", "spell"),
    *("title", "credit", "source", "place"),
)


def _write(path: Path, said: "SongHistory") -> None:
    from csv import writer

    with path.open("w", encoding="utf-8", newline="") as stream:
        sheet = writer(stream, lineterminator="\n")
        sheet.writerow(COLUMNS)
        for run in said.charts:
            sheet.writerows([run.series, *(getattr(line, name) for name in COLUMNS[1:])] for line in run.lines)


def _draw(said: "SongHistory", path: Path) -> None:
    from hitparade.records.graph import of_song

    path.write_text(of_song(said), encoding="utf-8")
    _write(path.with_suffix(".csv"), said)
