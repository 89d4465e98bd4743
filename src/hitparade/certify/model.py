"""What a programme may hold, as pydantic models; the descriptions are the reference and the JSON Schema as well.

Unknown keys are refused everywhere. Only ``load`` sees these models: the rest of hitparade gets a plain
:class:`hitparade.certify.programme.Programme`.
"""

from typing import Generic, Literal, TypeVar

from pydantic import Field, model_validator

from hitparade.rulebook.fields import (
    ChartId,
    CivilDay,
    Day,
    Measure,
    MeasurePattern,
    Positive,
    Range,
    Ratio,
    Source,
    Territory,
    Text,
    Zone,
    refuse,
)
from hitparade.rulebook.kinds_counting import Currency, PriceFloor, Returns, TerritorySet, Uplift
from hitparade.rulebook.kinds_eligible import Trait
from hitparade.rulebook.model import Cap, MinimumPlay
from hitparade.rulebook.parts import Confidence, OnOrOff, Sourced, Table

V = TypeVar("V")

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class History(Table, Generic[V]):
    """A value with its history."""

    values: dict[Day, V] = Field(description="Day from which a value is in force, and the value.", min_length=1)


class Level(Table):
    """One step of a ladder."""

    name: Text = Field(description="The level's name, such as `Gold`.")
    at: Positive = Field(description="So many units, streams or minor units of money make it.")
    once: bool = Field(
        default=False, description="It stands beside the ladder and is given once, whatever else is reached."
    )
    confidence: Confidence | None = Field(None, description="How sure this threshold is, where not as its ladder.")
    between: Range | None = Field(None, description="The range within which a threshold that is not published lies.")


class Repeat(Table):
    """Multiples of a level that are levels of their own."""

    level: Text = Field(description="The name of a level of this ladder; n times it is reached at n times its `at`.")
    begins: Positive = Field(2, alias="from", description="The first multiple.")
    ends: Positive | None = Field(None, alias="to", description="The last multiple; without end when absent.")
    by: Positive = Field(1, description="Only every so many: from 3 by 2 gives 3, 5, 7.")


class Ladder(Sourced):
    """The levels and what makes them."""

    levels: list[Level] = Field(description="The levels, the smallest first.", min_length=1)
    repeat: list[Repeat] = Field([], description="Multiples that are levels too.")
    combined: bool = Field(
        default=False,
        description="Levels are added up into one: `Diamond + 2x Platinum + Gold`; then there is no `repeat`.",
    )
    domestic: Trait | None = Field(
        None,
        description="What senders state of domestic songs, such as `lang=pl`; other songs are judged by `foreign`.",
    )
    foreign: list[Level] = Field([], description="The levels of songs that are not domestic, the smallest first.")
    grace_months: Positive | None = Field(
        None, description="So long after a change, what was reached before it is still certified by the levels before."
    )

    @model_validator(mode="after")
    def _two_scales_need_a_trait(self) -> "Ladder":
        if (self.domestic is None) is bool(self.foreign):
            found = "foreign without domestic" if self.foreign else "domestic without foreign"
            refuse(f"found {found}", "both, or one scale for all songs")
        if self.combined and self.repeat:
            refuse("found combined with repeat", "one of the two")
        return self


class UnitOf(Sourced):
    """How many of a measure make one unit (a stream, where the programme counts streams)."""

    value: Ratio = Field(description="How many make one unit: a whole number or [numerator, denominator].")
    available_from: CivilDay | None = Field(
        None, description="The measure counts only for songs that were first released on that day or later."
    )


class JudgedBy(Sourced):
    """Whose day's levels hold."""

    value: Literal["certification", "release", "all"] = Field(
        description="The levels in force on the day of the `certification`, on the day of the song's `release`, or"
        " the newest ones for `all` songs, whatever was in force before."
    )


class Trigger(Sourced):
    """What makes a certification."""

    value: Literal["automatic", "application"] = Field(
        description="`automatic`: the programme counts by itself, and a level that is reached stays; `application`:"
        " somebody asks for it, and the levels of that day hold."
    )
    week_ends: Weekday | None = Field(
        None, description="It is looked at once a week, when this day is over; every day when absent."
    )


class BackFill(Sourced):
    """From when on consumption counts."""

    since: CivilDay = Field(description="The first day that is added up.")


class Eligible(Sourced):
    """Which songs may be certified."""

    released_from: CivilDay = Field(description="Songs that were first released on that day or later.")


class Platforms(Sourced):
    """The channels that count."""

    names: list[Text] = Field(description="Names of channels as senders say them.", min_length=1)


ByMeasure = dict[Measure, History[OnOrOff[UnitOf]]]


class ProgrammeFile(Table):
    """A certification programme: its levels and what counts towards them, dated and sourced."""

    format: Literal[1] = Field(description="The version of this layout.")
    id: ChartId = Field(description="The programme's id, equal to the file's name without `.toml`.")
    title: Text = Field(description="The programme's name.")
    publisher: Text = Field(description="Who certifies.")
    territory: Territory = Field(description="Where consumption counts: ISO 3166-1, ISO 3166-2 or `GLOBAL`.")
    zone: Zone = Field(description="The time zone of its days.")
    unit: Literal["units", "streams", "money"] = Field(
        description="What thresholds are counted in; money in minor units of `currency`."
    )
    currency: Currency | None = Field(None, description="The currency of the money; rows in another do not count.")
    aliases: list[Text] = Field([], description="Other names by which the programme is known.")
    about: Text | None = Field(None, description="A few sentences for the reader of the file.")
    sources: dict[str, Source] = Field({}, description="Citations by a short key, to be named as `source`.")
    ladder: History[Ladder] = Field(
        description="The levels, by the day that `judged_by` says: of certification or of release."
    )
    judged_by: History[JudgedBy] = Field(description="Whose day's levels hold, by day of certification.")
    trigger: History[Trigger] = Field(description="What makes a certification, by day of certification.")
    back_fill: History[BackFill] | None = Field(
        None, description="From when on consumption counts, by day of certification; all of it when absent."
    )
    eligible: History[OnOrOff[Eligible]] | None = Field(
        None, description="Which songs may be certified, by day of certification; all when absent."
    )
    units: ByMeasure = Field(
        description="For each measure, how many make one unit, by day of consumption.", min_length=1
    )
    uplift: dict[MeasurePattern, History[OnOrOff[Uplift]]] = Field(
        {}, description="For each measure, how much it is raised for channels that never report."
    )
    channels: History[OnOrOff[Platforms]] | None = Field(None, description="The channels that count; all when absent.")
    territories: History[OnOrOff[TerritorySet]] | None = Field(
        None, description="The set of territories that count; the programme's own alone when absent."
    )
    returns: History[Returns] | None = Field(
        None, description="Whether returned pieces are taken away; `gross` when absent."
    )
    price_floor: dict[MeasurePattern, History[OnOrOff[PriceFloor]]] = Field(
        {}, description="For each measure, the least price of one piece."
    )
    minimum_play: dict[MeasurePattern, History[OnOrOff[MinimumPlay]]] = Field(
        {}, description="For each measure, the shortest play that counts, in milliseconds."
    )
    cap_per_consumer: dict[MeasurePattern, History[OnOrOff[Cap]]] = Field(
        {}, description="For each measure, how many plays of one consumer, channel, recording and day count."
    )


BLOCKS = (
    "ladder", "judged_by", "trigger", "back_fill", "eligible", "units", "uplift", "channels", "territories", "returns",
    "price_floor", "minimum_play", "cap_per_consumer",
)  # fmt: skip
"""The blocks with dated values, in the order of the layout."""

BY_CONSUMPTION = BLOCKS[5:]
"""Those whose days are days of consumption."""
