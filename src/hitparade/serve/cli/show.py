"""How a chart looks in a terminal: the table, who left, and where the numbers come from."""

from collections.abc import Iterator, Mapping, Sequence

from rich.table import Table

from hitparade.chart import Chart, DropOut, Entry
from hitparade.compile.story import Story
from hitparade.serve.cli.output import number, out, table

_MARK = "SIMULATED"


def marked(line: str, *, simulated: bool) -> str:
    """Return a line of output, with the mark that every simulated line carries."""
    return f"{line}   {_MARK}" if simulated else line


def tracking(issue: Chart | Story) -> str:
    """Return the tracking days in words; a window that begins in another year says so."""
    first, last = issue.tracking_start, issue.tracking_end
    year = "" if first.year == last.year else f" {first.year}"
    return f"tracking {first:%-d %b}{year} to {last:%-d %b %Y} ({issue.zone})"


def movement(entry: Entry) -> str:
    """Return the movement in words and signs that need no colour: NEW, RE, ▲3, ▼2 or =."""
    if entry.movement in ("new", "re"):
        return entry.movement.upper()
    return entry.movement.replace("+", "▲").replace("-", "▼")


def _rows(
    entries: Sequence[Entry], grown: Mapping[str, str] | None, *, simulated: bool, marked: bool
) -> Iterator[tuple[object, ...]]:
    for entry in entries:
        line = (
            entry.position,
            movement(entry),
            entry.previous_position or "-",
            entry.peak,
            entry.weeks_on_chart,
        )
        more = _more(entry, simulated=simulated, marked=marked)
        growth = () if grown is None else (grown.get(entry.song, ""),)
        yield (*line, entry.title, entry.credit, *growth, number(entry.points), *more)


def _more(entry: Entry, *, simulated: bool, marked: bool) -> tuple[str, ...]:
    return (*((", ".join(entry.markers),) if marked else ()), *((_MARK,) if simulated else ()))


def chart_table(chart: Chart, top: int | None = None, grown: Mapping[str, str] | None = None) -> Table:
    """Return the lines of a chart as a table, the first ``top`` of them when given; ``grown`` is what orders it."""
    columns: list[str | tuple[str, str]] = [
        ("pos", "right"),
        "move",
        ("LW", "right"),
        ("peak", "right"),
        ("wks", "right"),
        "song",
        "credit",
        *(() if grown is None else (("growth", "right"),)),
        ("points", "right"),
    ]
    marked = any(entry.markers for entry in chart.entries)
    if marked:
        columns.append("markers")
    if chart.simulated:
        columns.append("")
    return table(columns, _rows(chart.entries[:top], grown, simulated=chart.simulated, marked=marked))


def heading(chart: Chart) -> str:
    """Return the line above a chart: its title, issue and tracking days."""
    return marked(f"{chart.title}   issue {chart.issue_date}   {tracking(chart)}", simulated=chart.simulated)


def _left(line: DropOut) -> str:
    weeks = "1 week" if line.weeks_on_chart == 1 else f"{line.weeks_on_chart} weeks"
    return f"{line.previous_position} {line.title} - {line.credit} ({weeks}, peak {line.peak}): {line.sentence}"


def print_chart(chart: Chart, *, top: int | None, origin: str, grown: Mapping[str, str] | None = None) -> None:
    """Print a chart with its drop-outs, notes and ``origin``: edition or draft, digest, where its rules are."""
    out.print(heading(chart), style="bold", markup=False)
    out.print(chart_table(chart, top, grown))
    if top is not None and len(chart.entries) > top:
        out.print(f"… {len(chart.entries) - top} more lines (--top 0 prints all)", markup=False)
    if chart.drop_outs:
        out.print(f"\nLeft this week: {len(chart.drop_outs)}", markup=False)
        shown = chart.drop_outs if top is None else chart.drop_outs[: max(3, top // 3)]
        for line in shown:
            out.print(marked(f"  {_left(line)}", simulated=chart.simulated), markup=False)
        if len(shown) < len(chart.drop_outs):
            out.print(f"  … {len(chart.drop_outs) - len(shown)} more", markup=False)
    for note in chart.notes:
        out.print(f"note: {note}", markup=False)
    unit = "" if chart.points_per_unit == 1 else f" · {number(chart.points_per_unit)} points make one unit"
    out.print(f"\n{origin}{unit}", markup=False)
