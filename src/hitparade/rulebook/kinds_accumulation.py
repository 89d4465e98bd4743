"""What a book says of charts over many issues, and of published issues that turn out wrong."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from hitparade.rulebook.fields import Day, Positive, Text, refuse, shown
from hitparade.rulebook.parts import Sourced

TotalKey = Literal["total", "peak", "peak_weeks", "best", "weeks", "first_issue", "entry_position", "title", "id"]
LABEL = re.compile(r"^\d{4}(-[12]|s)?$")
_MONTH_DAY = re.compile(
    r"^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))$"
)


def _month_day(value: object) -> object:
    if not isinstance(value, str) or not _MONTH_DAY.match(value):
        refuse(f"found {shown(value)}", 'a month and a day such as "12-01"')
    return value


def _whole(value: object) -> object:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        refuse(f"found {shown(value)}", "a whole number, 0 or more")
    return value


def _label(value: object) -> object:
    if not isinstance(value, str) or not LABEL.match(value):
        refuse(f"found {shown(value)}", 'a year "2016", a half "2016-1" or "2016-2", or a decade "2010s"')
    return value


def _span(value: object) -> object:
    parts: list[Any] = value if isinstance(value, list) else []
    days = [each if isinstance(each, str) else "" for each in parts]
    if len(days) != len(("first", "last")) or not all(re.match(r"^\d{4}-\d{2}-\d{2}$", day) for day in days):
        refuse(f"found {shown(value)}", '["first day", "last day"] such as ["2015-12-05", "2016-11-26"]')
    if days[0] > days[1]:
        refuse(f"found {shown(value)}", "a last day that does not lie before the first")
    return days


MonthDay = Annotated[str, Field(pattern=_MONTH_DAY.pattern), BeforeValidator(_month_day)]
Whole = Annotated[int, Field(ge=0), BeforeValidator(_whole)]
Label = Annotated[str, Field(pattern=LABEL.pattern), BeforeValidator(_label)]
DaySpan = Annotated[list[Day], Field(min_length=2, max_length=2), BeforeValidator(_span)]


class Accumulation(Sourced):
    """A chart over many issues (K4, K5, K6)."""

    method: Literal["units", "points", "positions"] = Field(
        description="What is added up: `units`, the book's units, whatever made one in which week; `points`, the same"
        " of a chart that speaks of points; `positions`, points for each position.",
    )
    weeks: Literal["counted", "all"] = Field(
        "counted",
        description="With `units`: `counted` adds the weeks that a song was on the chart; `all` adds every week of the"
        " window, from the ledger, whether the song was on the chart or not.",
    )
    songs: Literal["charted", "all"] = Field(
        "all", description='With `weeks = "all"`: `charted` takes only songs that were on the chart in the window.'
    )
    table: list[Whole] = Field(
        [], description="With `positions`: the points of position 1, 2 and so on; others count as `inverse_of` says."
    )
    inverse_of: Whole | None = Field(
        None,
        description="With `positions`: position 1 gives this many points, each position below one less, down to none;"
        " the size of the issue when absent.",
    )
    eras: dict[Day, Positive] = Field(
        {}, description="What the points of an issue are multiplied by, from which issue date on; 1 before the first."
    )
    runs: Literal["split", "peak", "entry", "exit"] = Field(
        "split",
        description="`split`: each issue counts in the window that it falls into; `peak`, `entry`, `exit`: a song's"
        " whole run counts in the window of its first week at its peak, of its first or of its last week.",
    )
    begins: MonthDay = Field("01-01", description="Month and day on which the window begins.")
    begins_in: Literal["same", "previous"] = Field(
        "same", description="`previous`: the chart year of 2016 begins on that day of 2015."
    )
    exact: dict[Label, DaySpan] = Field(
        {}, description="First and last day of single windows, where they are not as `begins` says."
    )
    by: Literal["issue_date", "tracking_start", "tracking_end"] = Field(
        "issue_date", description="Which date of an issue must fall into the window."
    )
    size: Positive | None = Field(None, description="How many positions it has; all songs when absent.")
    ties: list[TotalKey] = Field(
        ["total", "peak", "weeks", "first_issue", "id"],
        description="Keys in order, `total` first: `peak` (best position in the window), `peak_weeks` (weeks there),"
        " `best` (most weeks at 1, then at 2, ...), `weeks`, `first_issue` (the earlier), `entry_position`.",
    )
    shared: Literal["no", "competition", "dense"] = Field(
        "no", description="Positions of songs equal in all keys but `id`, as under `ties`."
    )

    @model_validator(mode="after")
    def _makes_sense(self) -> "Accumulation":
        if self.weeks == "all" and self.method != "units":
            refuse(f'found weeks = "all" with method = "{self.method}"', 'weeks = "all" with method = "units" only')
        if self.weeks == "all" and self.runs != "split":
            refuse(f'found weeks = "all" with runs = "{self.runs}"', 'runs = "split" when all weeks count')
        if self.songs == "charted" and self.weeks == "counted":
            refuse('found songs = "charted" with counted weeks', 'songs = "charted" with weeks = "all" only')
        if self.method != "positions" and (self.table or self.inverse_of is not None):
            word = "table" if self.table else "inverse_of"
            refuse(f'found {word} with method = "{self.method}"', f'{word} with method = "positions" only')
        keys = list(self.ties)
        if keys[:1] != ["total"] or len(set(keys)) < len(keys) or "id" in keys[:-1]:
            refuse(f"found ties [{', '.join(keys)}]", "total first, then other keys once each, id only at the end")
        return self


class SeriesBreak(Sourced):
    """From this day on numbers do not compare with those before."""

    why: Text = Field(description="What changed, as a part of a sentence.")


class Restatement(Sourced):
    """What becomes of a published issue that turns out wrong (V2)."""

    policy: Literal["freeze", "replace", "replace_and_propagate"] = Field(
        description="`freeze`: what is published stays, a correction is refused; `replace`: a correction brings out"
        " that issue again, later ones stay; `replace_and_propagate`: later published issues that change follow.",
    )
