"""What a book says of what is counted: where, when, of which rows, and in which amounts."""

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from hitparade.counting import Hours
from hitparade.rulebook.fields import (
    Channels,
    CivilDay,
    MeasurePattern,
    Positive,
    Ratio,
    Starts,
    Territory,
    Text,
    WindowDays,
    Zone,
    refuse,
    shown,
)
from hitparade.rulebook.parts import Sourced, Table
from hitparade.weeks import WEEKDAYS

_CURRENCY = re.compile(r"^[A-Z]{3}$")
_FILE = re.compile(r"^[a-z0-9]+([-_.][a-z0-9]+)*\.csv$")
_WEEKDAY = re.compile(rf"^({'|'.join(WEEKDAYS)}) ([01]\d|2[0-3]):[0-5]\d$")
_OF_MONTH = re.compile(r"^([1-9]|1\d|2[0-8]) ([01]\d|2[0-3]):[0-5]\d$")
_OF_YEAR = re.compile(r"^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8]) ([01]\d|2[0-3]):[0-5]\d$")
_YEARLY = (_OF_YEAR, 'a month, a day up to 28 and a time such as "01-01 00:00"')
_FORMS = {
    "days": (_WEEKDAY, 'a weekday and a time such as "friday 00:00"'),
    "month": (_OF_MONTH, 'a day of the month up to 28 and a time such as "19 00:00"'),
    **dict.fromkeys(("quarter", "half_year", "year"), _YEARLY),
}


def _currency(value: object) -> object:
    if not isinstance(value, str) or not _CURRENCY.match(value):
        refuse(f"found {shown(value)}", "an ISO 4217 code such as EUR")
    return value


def _period_starts(value: object) -> object:
    if not isinstance(value, str) or not any(form.match(value) for form, _ in _FORMS.values()):
        refuse(f"found {shown(value)}", _FORMS["days"][1])
    return value


def _hours(value: object) -> object:
    try:
        Hours.parse(value if isinstance(value, str) else "")
    except ValueError:
        refuse(f"found {shown(value)}", 'weekdays and hours such as "monday-friday 07:00-19:00"')
    return value


def _panel_file(value: object) -> object:
    if not isinstance(value, str) or not _FILE.match(value):
        refuse(f"found {shown(value)}", "the name of a file in the folder panels beside the book, such as us-pop.csv")
    return value


Currency = Annotated[str, Field(pattern=_CURRENCY.pattern), BeforeValidator(_currency)]
_ANY_FORM = "|".join(form.pattern for form in (_WEEKDAY, _OF_MONTH, _OF_YEAR))
PeriodStarts = Annotated[str, Field(pattern=_ANY_FORM), BeforeValidator(_period_starts)]
HourSpan = Annotated[str, BeforeValidator(_hours)]
PanelFile = Annotated[str, Field(pattern=_FILE.pattern), BeforeValidator(_panel_file)]
Rows = Annotated[list[HourSpan], Field(min_length=1)]


class Week(Sourced):
    """The tracking window."""

    starts: PeriodStarts = Field(
        description="Civil time at which the window begins, after a weekday (`friday 00:00`), a day of the month"
        " (`19 00:00`) or a month and a day (`01-01 00:00`)."
    )
    zone: Zone = Field(description="The time zone of that weekday and time.")
    days: WindowDays = Field(7, description="How many days a window has that begins on a weekday.")
    every: Literal["days", "month", "quarter", "half_year", "year"] | None = Field(
        None, description="What a window lasts: so many `days` (when absent), or a period of the calendar."
    )
    aligned: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] | None = Field(
        None, description="A period begins on this weekday, on or before its own first day."
    )

    @model_validator(mode="after")
    def _starts_suits_every(self) -> "Week":
        every = self.every or "days"
        form, example = _FORMS[every]
        if not form.match(self.starts):
            refuse(f'found "{self.starts}" with every = "{every}"', example)
        if every == "days" and self.aligned:
            refuse('found aligned with every = "days"', "aligned with a period of the calendar")
        return self


class TerritorySet(Sourced):
    """The territories that count, in place of the book's one."""

    of: list[Territory] = Field(
        description="Territories that are added up; a country includes its subdivisions, `GLOBAL` is all of them.",
        min_length=1,
    )
    minus: list[Territory] = Field([], description="Territories that are left out again.")


class Derivation(Table):
    """How a published ratio follows from the worth of a measure (the value is then a dated constant)."""

    revenue: Positive = Field(description="Minor units of money that `quantity` of the measure brought ...")
    quantity: Positive = Field(description="... in the reference period.")
    unit_worth: Positive = Field(description="Minor units of money that one unit is worth.")
    period: Text = Field(description="The reference period, in words.")


class Unit(Sourced):
    """How many of a measure make one unit."""

    value: Ratio = Field(description="How many make one unit: a whole number or [numerator, denominator].")
    of: Literal["quantity", "audience", "revenue"] | None = Field(
        None,
        description="What is added up: the `quantity` (when absent), the `audience`, or the `revenue` in minor units"
        " of `currency`.",
    )
    currency: Currency | None = Field(None, description="The currency of the revenue; rows in another do not count.")
    rounded_to: Positive | None = Field(
        None, description="Each song's sum of a window is rounded to multiples of this; not at all when absent."
    )
    rounding: Literal["down", "half_up"] | None = Field(None, description="How it is rounded; `down` when absent.")
    derived: Derivation | None = Field(
        None, description="How the value follows from `revenue`, `quantity` and `unit_worth`, to the nearest whole."
    )

    @model_validator(mode="after")
    def _revenue_has_a_currency(self) -> "Unit":
        if (self.of == "revenue") is (self.currency is None):
            found = "revenue without currency" if self.currency is None else f"currency with {self.of or 'quantity'}"
            refuse(f"found {found}", 'currency together with of = "revenue"')
        return self

    @model_validator(mode="after")
    def _value_is_what_it_derives_from(self) -> "Unit":
        if self.derived:
            top, bottom = self.derived.unit_worth * self.derived.quantity, self.derived.revenue
            nearest = (2 * top + bottom) // (2 * bottom)
            if tuple(self.value) not in {(nearest, 1), (top, bottom)}:
                refuse(f"found value {self.value[0]}, but its derivation gives {nearest}", f"value = {nearest}")
        return self


class ComponentWeek(Sourced):
    """The window of one measure that differs from the chart's own."""

    starts: Starts = Field(description="Weekday and civil time at which the measure's window begins.")
    after_days: Annotated[int, Field(ge=-28, le=28)] = Field(
        description="So many days after the first day of the chart's own window; negative: before it."
    )


class OnlyHours(Sourced):
    """The hours of the week that count."""

    only: Rows = Field(description="Weekdays and hours, such as `monday-friday 07:00-19:00`.")


class Dayparts(Sourced):
    """The dayparts that a panel's weights speak of."""

    parts: dict[Text, Rows] = Field(
        description="A name for each, and its hours; `other` is all the rest.", min_length=1
    )


class Panel(Sourced):
    """The channels that count."""

    channels: Channels | None = Field(
        None,
        description="A list of channels, or a table of channels with whole-number weights, or with a table of"
        " weights by daypart each.",
    )
    file: PanelFile | None = Field(
        None,
        description="Instead of `channels`: a CSV file in `panels/` beside the book with the columns channel, weight,"
        " and, each may be left out, first_day, last_day, daypart, survey, format.",
    )
    format: Text | None = Field(None, description="Of the file only the rows of this format.")
    measures: list[MeasurePattern] | None = Field(
        None, description="The measures that the panel is for; others count at every channel. All when absent."
    )

    @model_validator(mode="after")
    def _channels_or_file(self) -> "Panel":
        if (self.channels is None) is (self.file is None):
            refuse(f"found {'neither' if self.file is None else 'both'}", "either channels or file")
        return self


class ChannelZones(Sourced):
    """The channels whose days are those of their own clock."""

    zones: dict[Text, Zone] = Field(
        description="For each such channel its time zone; what happened there is put in days, weeks and hours by the"
        " civil time there, and compared with the book's weeks as if it had happened at that time in the book's zone.",
        min_length=1,
    )


class Events(Sourced):
    """Which of the events of one sale counts."""

    count: Literal["ordered", "shipped", "delivered", "redeemed"] = Field(
        description="Of a sale told in several events the one that counts. Plain sales always count."
    )


class Returns(Sourced):
    """Whether returned pieces are taken away."""

    value: Literal["gross", "net"] = Field(
        description="`net`: what came back in a window is taken away from what was sold in it; `gross`: it is not."
    )


class PriceFloor(Sourced):
    """The least price at which a sale counts."""

    value: Positive = Field(description="Minor units of money for one piece; a sale below does not count.")
    currency: Currency = Field(description="Their currency; a sale in another one, or of unknown price, counts.")


class AveragePrice(Sourced):
    """The least average price at which a song's sales count."""

    value: Positive = Field(
        description="Minor units of money for one piece; when a song's pieces of a window brought less together than"
        " their number times this, they do not count."
    )
    currency: Currency = Field(description="Their currency; sales in another one, or of unknown price, are not judged.")
    takes: Literal["sales", "song"] = Field(
        "sales",
        description="`sales`: the song's sales of this measure do not count; `song`: the song is not ranked.",
    )


class BulkRule(Sourced):
    """How much one customer may buy of one product."""

    counts: Positive = Field(description="So many pieces of one customer, product and recording count.")
    void_from: Positive | None = Field(None, description="From so many on, none of them does.")
    per: Literal["day", "week"] = Field("week", description="Added up over a `day` or over the tracking `week`.")

    @model_validator(mode="after")
    def _void_lies_above(self) -> "BulkRule":
        if self.void_from is not None and self.void_from <= self.counts:
            refuse(f"found void_from {self.void_from}", f"more than counts, {self.counts}")
        return self


class ProductRule(Sourced):
    """Of which products a sale counts, by the columns `titles`, `tracks` and `lead_track` of what was received."""

    titles: Positive | None = Field(
        None,
        description="A sale of a product of more titles does not count; versions of one title are one title. A sale"
        " of which the number is not stated counts.",
    )
    tracks: Positive | None = Field(
        None, description="A sale of a product of more tracks does not count; one of which it is not stated does."
    )
    counts_for: Literal["lead"] | None = Field(
        None,
        description="`lead`: a sale of a product of several titles counts only for its lead track, which is the main"
        " product of a bundle. Where nobody states which it is, and when absent, it counts for every song.",
    )

    @model_validator(mode="after")
    def _says_something(self) -> "ProductRule":
        if self.titles is None and self.tracks is None and self.counts_for is None:
            refuse("found no limit", 'titles, tracks or counts_for = "lead"')
        if self.titles and self.tracks and self.titles > self.tracks:
            refuse(f"found titles {self.titles} with tracks {self.tracks}", f"titles up to {self.tracks}")
        return self


class Quorum(Sourced):
    """How many channels must have reported."""

    channels: Positive = Field(description="With fewer channels the issue is compiled, and publishing is refused.")


class OutageRule(Sourced):
    """What happens when the last days of a window were not reported."""

    days: Annotated[int, Field(ge=1, le=6)] = Field(description="The window ends up to so many days earlier.")
    reporters: Ratio = Field(
        description="While less than this share of the expected reporters told of its last day: [1, 2] is half."
    )


class Holidays(Sourced):
    """Days on which no issue is dated."""

    days: list[CivilDay] = Field(
        description="An issue of one of them is dated the last working day before.", min_length=1
    )


class ImputationRule(Sourced):
    """How days that a channel missed are estimated."""

    weeks: Annotated[int, Field(ge=1, le=8)] = Field(
        1, description="From the same weekday, at most so many weeks before."
    )
    days: Positive = Field(description="At most so many missed days of one channel in a window; with more, none is.")


class Uplift(Sourced):
    """How much a measure is raised for channels that never report."""

    value: Ratio = Field(description="The ratio to what was reported: [119, 100] raises it by 19 %.")

    @model_validator(mode="after")
    def _raises(self) -> "Uplift":
        if self.value[0] <= self.value[1]:
            refuse(f"found {shown(list(self.value))}", "more than one, such as [119, 100]")
        return self
