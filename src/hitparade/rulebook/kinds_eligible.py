"""What a book says of the rule kinds that decide who may be on a chart."""

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from hitparade.rulebook.fields import ChartId, Positive, Text, refuse, shown
from hitparade.rulebook.kinds_accumulation import MonthDay
from hitparade.rulebook.parts import Sourced, Table

_TRAIT = re.compile(r"^[a-z][a-z0-9_]*(=[^;=]+)?$")


def _trait(value: object) -> object:
    if not isinstance(value, str) or not _TRAIT.match(value):
        refuse(f"found {shown(value)}", 'a trait such as "exclusive", "lang" or "lang=el"')
    return value


Trait = Annotated[str, Field(pattern=_TRAIT.pattern), BeforeValidator(_trait)]


class Readmission(Table):
    """How a song that is too old may return."""

    absent_years: Positive = Field(description="So many years the song has not been on the chart ...")
    within: Positive = Field(description="... and it would stand at this position or above, to come in.")
    weeks: Positive = Field(description="So many issues it may then be on the chart.")


class Aged(Sourced):
    """A limit of age, in years or in months."""

    years: Positive | None = Field(None, description="The limit in years; a song of exactly that age stays.")
    months: Positive | None = Field(None, description="The limit in months, instead of years.")

    @model_validator(mode="after")
    def _one_limit(self) -> "Aged":
        if (self.years is None) is (self.months is None):
            refuse(f"found {'neither' if self.years is None else 'both'}", "either years or months")
        return self


class ReleaseAge(Aged):
    """The greatest age of a song that may enter."""

    since: Literal["release"] = Field("release", alias="from", description="What the age is counted from.")
    keep: Literal["younger", "older"] = Field(
        "younger",
        description="`younger`: older songs leave; `older`: only they are ranked, as on a catalogue chart.",
    )
    readmit: Readmission | None = Field(
        None,
        description="An older song that a decision admits comes in under these conditions: a table of"
        " `absent_years`, `within` and `weeks`.",
    )

    @model_validator(mode="after")
    def _readmits_older_songs(self) -> "ReleaseAge":
        if self.readmit and self.keep == "older":
            refuse("found readmit where older songs are kept", 'readmit with keep = "younger" only')
        return self


class ChartAge(Aged):
    """The greatest age of a song, counted from its first issue on the chart."""

    to: ChartId | None = Field(None, description="The chart that the song goes on on, with its history.")


class Inherits(Sourced):
    """Songs that have left another chart for their age go on here with their history."""

    chart: ChartId = Field(description="The chart that they come from.")
    years: Positive | None = Field(None, description="Only songs first on that chart more than so many years ago.")
    months: Positive | None = Field(None, description="The same in months.")
    only: bool = Field(default=False, description="`true`: no other song is ranked.")
    takes: Literal["left", "all"] = Field(
        "left",
        description="`left`: songs that have left that chart; `all`: those on it as well, as when it was merged into"
        " this one or this one was split from it; the same week is counted here only.",
    )

    @model_validator(mode="after")
    def _one_limit_at_most(self) -> "Inherits":
        if self.years is not None and self.months is not None:
            refuse("found both years and months", "one of them, or neither")
        return self


class OnOther(Table):
    """What another chart says against a song."""

    chart: ChartId = Field(description="The other chart; its issue of the same week, or the newest before it.")
    when: Literal["on", "ever", "recurrent", "peaked"] = Field(
        description="A song is not ranked when on that chart it is `on` the issue, was `ever` on one, is"
        " `recurrent`, or has `peaked` within a position."
    )
    within: Positive | None = Field(None, description="The position of `peaked`.")

    @model_validator(mode="after")
    def _position(self) -> "OnOther":
        if (self.within is None) is (self.when == "peaked"):
            refuse(f"found {self.when} {'with' if self.within else 'without'} within", "within with peaked only")
        return self


class Elsewhere(Sourced):
    """Songs that another chart speaks against are not ranked."""

    charts: list[OnOther] = Field(description="Each a table of `chart`, `when` and `within`.", min_length=1)


class Rerank(Sourced):
    """The chart is another one again, without the lines that its own rules take off."""

    chart: ChartId = Field(description="The chart whose lines are ranked again, in its order.")


class Distribution(Sourced):
    """How widely a song must be available."""

    channels: Positive = Field(description="So many channels at least must have reported the song.")


class Nomination(Sourced):
    """Only songs that were nominated are ranked."""

    once: bool = Field(default=True, description="`true`: a song that has been on the chart stays nominated.")


class ArtistCap(Sourced):
    """How many entries one artist may have."""

    entries: Positive = Field(description="Songs of one artist that may be on the chart.")
    by: Literal["credit", "lead", "any"] = Field(
        "credit",
        description="`credit`: the credit up to the featured ones is one lead artist; `lead`: each lead artist of it;"
        " `any`: each featured artist as well.",
    )
    names: list[Text] | None = Field(None, description="Names that hold a joining word, such as `Simon & Garfunkel`.")


class AlbumCap(Sourced):
    """How many entries one album may have."""

    entries: Positive = Field(description="Songs of one album that may be on the chart.")
    guests: Literal["exempt", "count"] = Field(
        "exempt", description="`exempt`: a song that the album's artist does not lead is not counted for it."
    )
    names: list[Text] | None = Field(None, description="Names that hold a joining word, such as `Simon & Garfunkel`.")


class Duration(Sourced):
    """How long a song may last, as senders state it by the trait `seconds`."""

    at_least_seconds: Positive | None = Field(None, description="A song that lasts less is not ranked.")
    at_most_seconds: Positive | None = Field(None, description="A song that lasts longer is not ranked.")

    @model_validator(mode="after")
    def _some_limit(self) -> "Duration":
        least, most = self.at_least_seconds, self.at_most_seconds
        if least is None and most is None:
            refuse("found neither", "at_least_seconds, at_most_seconds or both")
        if least and most and least > most:
            refuse(f"found {least} to {most}", "a least that is not above the most")
        return self


class Repertoire(Sourced):
    """Which songs are ranked, by the traits that senders state."""

    only: list[Trait] | None = Field(None, description="A song has one of these traits: `lang=el`, or any `lang`.")
    without: list[Trait] | None = Field(None, description="A song has none of these traits.")

    @model_validator(mode="after")
    def _some_trait(self) -> "Repertoire":
        if not self.only and not self.without:
            refuse("found no trait", "only, without or both, each with one trait at least")
        return self


class Tier(Table):
    """One step of a recurrent rule."""

    weeks: Positive = Field(description="A song with so many issues on the chart before this one ...")
    below: Positive = Field(description="... and would stand below this position leaves.")


class Season(Table):
    """When titles of the season may return."""

    begins: MonthDay = Field(alias="from", description="The first issue date of the season, as month and day.")
    ends: MonthDay = Field(alias="to", description="The last one; it may lie in the next year.")
    within: Positive = Field(description="A title of the season returns when it would stand here or above.")


class Recurrent(Sourced):
    """Long-running songs that fall leave the chart."""

    tiers: list[Tier] = Field(description="Each tier a table of `weeks` and `below`.", min_length=1)
    passes: Literal["one", "fixpoint"] = Field(
        "one",
        description="`one`: positions before anything leaves; `fixpoint`: positions after it has left.",
    )
    descending_only: bool = Field(
        default=False,
        description="`true`: only songs that would stand lower than the last position they held leave.",
    )
    return_within: Positive | None = Field(
        None,
        description="A song that left returns when it would stand here or above and no tier applies.",
    )
    season: Season | None = Field(
        None,
        description="Titles of the season, named by decisions, return under conditions of their own: a table of"
        " `from`, `to` and `within`.",
    )
