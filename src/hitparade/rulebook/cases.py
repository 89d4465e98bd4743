"""Cases: a small ledger in, positions and reasons out, the arithmetic in words; no Python is needed.

A case is a TOML file: ``tests/cases/charts/<chart>/*.toml``, or in ``books/cases`` of a house. How it
is compiled is not known here: :func:`run` is given a callable.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field, ValidationError, model_validator

from hitparade.chart import Chart, Entry
from hitparade.errors import BookError
from hitparade.rulebook.complaints import Complaint, from_validation
from hitparade.rulebook.fields import ChartId, CivilDay, Measure, Positive, Territory, Text, refuse
from hitparade.rulebook.load import read_toml
from hitparade.rulebook.parts import Table

_COLUMNS = ("territory", "day", "at", "channel", "measure", "isrc", "title", "artist", "quantity",
            "ms_played", "consumer", "released")  # fmt: skip
_ON_TOP: tuple[str, ...] = ("traits", "audience", "price", "currency", "customer", "product", "event", "titles",
                            "tracks", "lead_track")  # fmt: skip
"""Columns that a file only has when one of its rows says something there."""


class CaseRow(Table):
    """One row of the case's ledger; ``weeks`` repeats it every seven days."""

    title: Text = Field(description="The song's title.")
    artist: Text = Field(description="The credit as printed.")
    measure: Measure = Field(description="What was consumed.")
    channel: Text = Field("shop-a", description="Where.")
    quantity: Positive = Field(1, description="How many.")
    day: CivilDay | None = Field(None, description="The sender's day; instead of `at`.")
    at: Text | None = Field(
        None, description="The UTC instant as text, such as 2016-01-04T10:59:59Z; instead of `day`."
    )
    isrc: Text | None = Field(None, description="The recording's ISRC.")
    consumer: Text | None = Field(None, description="Who consumed.")
    ms_played: Positive | None = Field(None, description="Milliseconds played.")
    released: CivilDay | None = Field(None, description="The release day that the sender states.")
    traits: Text | None = Field(None, description="What the sender says of the song besides, such as `seconds=217`.")
    territory: Territory | None = Field(None, description="Where; the book's own territory when left out.")
    audience: Positive | None = Field(None, description="How many people a detection reached.")
    price: Text | None = Field(None, description="What one piece cost, such as `0.99`.")
    currency: Text | None = Field(None, description="In which currency.")
    customer: Text | None = Field(None, description="Who bought.")
    product: Text | None = Field(None, description="The product's code.")
    event: Text | None = Field(None, description="Sold, ordered, shipped, delivered, redeemed or returned.")
    titles: Positive | None = Field(None, description="How many titles the product holds; versions of one are one.")
    tracks: Positive | None = Field(None, description="How many tracks the product holds.")
    lead_track: Literal["yes", "no"] | None = Field(
        None, description="Whether the song is the product's lead track, or a bundle's main product."
    )
    weeks: Positive = Field(1, description="The row is there so many weeks running, seven days apart.")

    @model_validator(mode="after")
    def _when(self) -> "CaseRow":
        if (self.day is None) is (self.at is None):
            refuse(f"found {'neither' if self.day is None else 'both'}", "either day or at")
        if self.at is not None and self.weeks > 1:
            refuse("found weeks with at", "weeks with day")
        return self


class Ruled(Table):
    """One decision of the case, an input of the fold."""

    song: Text = Field(description="The song's title.")
    rule: Text = Field(description="The rule it rests on.")
    action: Text = Field(description="What it does: exclude, exempt, admit, reset, seasonal or withhold.")
    first_issue: CivilDay = Field(description="The first issue it holds for.")
    last_issue: CivilDay = Field(description="The last one.")
    why: Text = Field(description="The reason.")


class Line(Table):
    """One expected line of a chart; what is left out is not compared."""

    position: Positive
    title: Text
    artist: Text | None = None
    points: Positive | None = None
    movement: Text | None = None
    previous_position: Positive | None = None
    peak: Positive | None = None
    weeks_on_chart: Positive | None = None


class Missing(Table):
    """One song that must not be on the chart, and the rule that keeps it off."""

    title: Text
    rule: Text
    would_be: Positive | None = None


class Expected(Table):
    """What one issue must look like; ``lines`` is the whole chart when ``whole`` is true."""

    issue: CivilDay
    whole: bool = True
    lines: list[Line] = Field([], description="What must be on the chart.")
    off: list[Missing] = Field([], description="What must not be on it, and why.")


class YearLine(Table):
    """One expected line of a chart over many issues; what is left out is not compared."""

    position: Positive
    title: Text
    total: Positive | None = None
    weeks: Positive | None = None
    peak: Positive | None = None


class ExpectedYear(Table):
    """What a chart over many issues must look like; ``lines`` is the whole of it when ``whole`` is true."""

    span: Text = Field(description="A year `2016`, a half `2016-1`, a decade `2010s`, or `all-time`.")
    whole: bool = True
    lines: list[YearLine] = Field(description="What must be on it.", min_length=1)


class CaseFile(Table):
    """A case as written."""

    chart: ChartId = Field(description="The id of the book.")
    title: Text = Field(description="What the case shows, as a sentence.")
    why: Text = Field(description="The arithmetic, worked out by hand.")
    each: dict[str, Any] = Field({}, description="Columns that every entry has unless it says otherwise.")
    what_if: dict[str, Any] = Field({}, description="Other rules for this case, in the layout of a what-if.")
    entries: list[CaseRow] = Field(description="The ledger.", min_length=1)
    decisions: list[Ruled] = Field([], description="What people decided.")
    expected: list[Expected] = Field(description="The issues, in order.", min_length=1)
    year: list[ExpectedYear] = Field([], description="Charts over the issues of the case.")

    @model_validator(mode="after")
    def _no_year_of_a_what_if(self) -> "CaseFile":
        if self.year and self.what_if:
            refuse("found year with what_if", "a year of the book as it is, since what-ifs are not kept")
        return self


class Case(NamedTuple):
    """A case that can be run."""

    where: str
    chart: str
    title: str
    why: str
    what_if: Mapping[str, Any]
    rows: tuple[CaseRow, ...]
    expected: tuple[Expected, ...]
    decisions: tuple[Ruled, ...] = ()
    years: tuple[ExpectedYear, ...] = ()

    @property
    def first_day(self) -> date:
        """The first day on which anything was consumed."""
        return min(row.day or date.fromisoformat((row.at or "")[:10]) for row in self.rows)

    @property
    def last_issue(self) -> date:
        """The last issue that the case looks at."""
        return max(each.issue for each in self.expected)


class Made(NamedTuple):
    """What became of a case: its charts by issue, and the lines of charts over many issues by span."""

    charts: Mapping[date, Chart]
    years: Mapping[str, Sequence[Any]]


CompileCase = Callable[[Case], Made]
"""Compiles the issues of a case, from the first one that tracks ``case.first_day`` to ``case.last_issue``."""


def is_case(said: Mapping[str, Any]) -> bool:
    """Return whether the tables of a TOML file are a case and not a book."""
    return "format" not in said and bool({"entries", "expected", "chart", "why"} & set(said))


def read_case(path: Path) -> tuple[Case | None, tuple[Complaint, ...]]:
    """Return the case in ``path``, or None and what is wrong with it."""
    said, complaints = read_toml(path)
    if said is None:
        return None, complaints
    each, entries = said.get("each", {}), said.get("entries", [])
    if isinstance(each, dict) and isinstance(entries, list):
        said = {
            **said,
            "entries": [{**each, **entry} if isinstance(entry, dict) else entry for entry in entries],
        }
    try:
        file = CaseFile.model_validate(said)
    except ValidationError as error:
        return None, from_validation(str(path), CaseFile, error)
    rows = every_week(file.entries)
    told = tuple(file.expected), tuple(file.decisions), tuple(file.year)
    return Case(str(path), file.chart, file.title, file.why, file.what_if, rows, *told), ()


def every_week(entries: Iterable[CaseRow]) -> tuple[CaseRow, ...]:
    """Return the rows of a ledger, those that say so once for each of their weeks."""
    return tuple(row for entry in entries for row in _weekly(entry))


def _weekly(row: CaseRow) -> Iterator[CaseRow]:
    if row.day is None:
        yield row
        return
    for week in range(row.weeks):
        yield row.model_copy(update={"day": row.day + timedelta(7 * week), "weeks": 1})


def as_csv(case: Case, territory: str) -> str:
    """Return the case's ledger as a CSV file of the ``entries`` layout."""
    return rows_as_csv(case.rows, territory)


def rows_as_csv(rows: Sequence[CaseRow], territory: str) -> str:
    """Return rows of a case as a CSV file of the ``entries`` layout."""
    text = io.StringIO()
    columns = (*_COLUMNS, *(name for name in _ON_TOP if any(getattr(row, name) for row in rows)))
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({**row.model_dump(include=set(columns)), "territory": row.territory or territory})
    return text.getvalue()


def load_case(path: Path) -> Case:
    """Return the case in ``path``; a :class:`BookError` says what is wrong with it."""
    case, complaints = read_case(path)
    if case is None:
        raise BookError("\n".join(map(str, complaints)))
    return case


def run(case: Case, compile_case: CompileCase) -> tuple[str, ...]:
    """Return where the compiled charts differ from what the case expects, as sentences."""
    made = compile_case(case)
    weekly = [_compare(case, expected, made.charts.get(expected.issue)) for expected in case.expected]
    yearly = [_compare_year(case, expected, made.years[expected.span]) for expected in case.years]
    return tuple(sentence for found in (*weekly, *yearly) for sentence in found)


def _compare_year(case: Case, expected: ExpectedYear, lines: Sequence[Any]) -> Iterator[str]:
    at, found = f"{case.where}, {expected.span}", {line.title: line for line in lines}
    for wanted in expected.lines:
        line = found.pop(wanted.title, None)
        for name in YearLine.model_fields:
            want, got = getattr(wanted, name), getattr(line, name, None)
            if want is not None and want != got:
                yield f'{at}, "{wanted.title}": {name} is {got}; expected: {want}'
    for title, line in found.items() if expected.whole else ():
        yield f'{at}, position {line.position}: found "{title}", which the case does not expect'


def _compare(case: Case, expected: Expected, chart: Chart | None) -> Iterator[str]:
    at = f"{case.where}, issue {expected.issue}"
    if chart is None:
        yield f"{at}: was not compiled"
        return
    for line in expected.lines:
        yield from _compare_line(at, line, [entry for entry in chart.entries if entry.title == line.title])
    listed = {line.title for line in expected.lines}
    for entry in chart.entries if expected.whole else ():
        if entry.title not in listed:
            yield f'{at}, position {entry.position}: found "{entry.title}", which the case does not expect'
    kept_off = {line.title: (line.rule, line.would_be) for line in chart.left_out}
    dropped = {line.title: (line.rule, None) for line in chart.drop_outs}
    for missing in expected.off:
        rule, would_be = kept_off.get(missing.title) or dropped.get(missing.title) or ("nothing", None)
        if (rule, would_be if missing.would_be else None) != (missing.rule, missing.would_be):
            place = f" from position {missing.would_be}" if missing.would_be else ""
            found = f"{rule} from position {would_be}" if missing.would_be and would_be else rule
            yield f'{at}: "{missing.title}" is kept off by {found}; expected: by {missing.rule}{place}'


def _compare_line(at: str, line: Line, found: list[Entry]) -> Iterator[str]:
    if not found:
        yield f'{at}: "{line.title}" is not on the chart; expected: at position {line.position}'
        return
    for name in Line.model_fields:
        wanted = getattr(line, name)
        got = getattr(found[0], "credit" if name == "artist" else name)
        if wanted is not None and wanted != got:
            yield f'{at}, "{line.title}": {name.replace("_", " ")} is {got}; expected: {wanted}'
