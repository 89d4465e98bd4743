"""The blocks of a book that look back: at earlier windows, at what the chart remembers, at other charts."""

from typing import Literal

from pydantic import Field, model_validator

from hitparade.rulebook.fields import ChartId, CivilDay, Measure, Positive, Ratio, Text, refuse
from hitparade.rulebook.kinds_accumulation import MonthDay
from hitparade.rulebook.parts import Sourced, Table


class Pause(Table):
    """A span of every year in which the accelerated ratio does not change."""

    begins: MonthDay = Field(alias="from", description="The first issue date of the span, as month and day.")
    ends: MonthDay = Field(alias="to", description="The last one; it may lie in the next year.")
    what: list[Literal["resets", "declines"]] = Field(
        description="`resets`: growth resets nothing; `declines`: nothing becomes accelerated.", min_length=1
    )


class Accelerated(Sourced):
    """More of a measure make one unit of a song that has been on the chart for long and falls."""

    units: dict[Measure, Ratio] = Field(
        description="For each measure concerned, how many then make one unit; no fewer than `units` says.", min_length=1
    )
    after_weeks: Positive = Field(description="With so many issues on the chart before this one ...")
    declines: Positive = Field(description="... and after so many windows in a row that were worse than the market.")
    against: Literal["market", "itself"] = Field(
        "market", description="`market`: growth and decline are compared with those of all songs; `itself`: not."
    )
    growth: Positive | None = Field(
        None, description="Percentage points of growth beyond the market's that bring a song back; none do when absent."
    )
    years: Positive | None = Field(
        None, description="A song released more than so many years ago is accelerated for good."
    )
    absent_years: Positive | None = Field(
        None, description="But not one that was not on the chart for so many years, unless it is called seasonal."
    )
    pauses: list[Pause] = Field([], description="Each a table of `from`, `to` and `what`: weeks of exception.")

    @model_validator(mode="after")
    def _absence_of_the_old(self) -> "Accelerated":
        if self.absent_years and not self.years:
            refuse("found absent_years without years", "absent_years beside years")
        return self


class UpstreamCharts(Sourced):
    """The charts that must be compiled before this one."""

    charts: list[ChartId] = Field(
        description="Ids of charts whose issue of the same week is compiled first and read.", min_length=1
    )

    @model_validator(mode="after")
    def _each_once(self) -> "UpstreamCharts":
        if len(set(self.charts)) < len(self.charts):
            refuse(f"found [{', '.join(self.charts)}]", "each chart once")
        return self


class Song(Table):
    """A song, and what counts for it."""

    song: Text = Field(description="The song's key, such as `old town road / lil nas x`.")
    versions: list[Text] = Field(description="The keys of the versions that count for it.", min_length=1)


class SongVersions(Sourced):
    """Versions that count for one song."""

    songs: list[Song] = Field(description="Each a table of `song` and `versions`.", min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> "SongVersions":
        keys = [key for each in self.songs for key in (each.song, *each.versions)]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            refuse(f'found "{twice}" twice', "each song and version once")
        return self


class Credited(Sourced):
    """A song is printed as its version with most points."""

    by: Literal["points"] = Field("points", description="`points`: the version with most points in the window.")


class Skipped(Sourced):
    """Issues that the chart leaves out, or that repeat the one before."""

    issues: list[CivilDay] = Field(description="The issue dates concerned.", min_length=1)
    how: Literal["skip", "together", "repeat"] = Field(
        description="`skip`: there is no such issue, and its window counts nowhere; `together`: there is none, and the"
        " next issue tracks its window as well; `repeat`: the positions of the issue before stand once more."
    )


class Growth(Sourced):
    """The chart is ordered by what songs gained over the window before."""

    by: Literal["points", "percent"] = Field(
        "points",
        description="`points`: songs stand by how many points they gained; `percent`: by what share of those of the"
        " window before, and of equal growth the one with more points is first.",
    )
    least: Positive | None = Field(
        None,
        description="So many units at least a song must have in this window; needed with `percent`, since growth from"
        " next to nothing has no bound.",
    )
    new: bool = Field(
        default=True, description="With `points`: `false`, a song with nothing in the window before is not ranked."
    )
    from_nothing: Literal["excluded", "first"] | None = Field(
        None,
        description="With `percent`, where it is needed: a song with nothing in the window before is `excluded`, or"
        " stands `first`, before all that grew from something.",
    )

    @model_validator(mode="after")
    def _bounded(self) -> "Growth":
        if self.by == "points" and self.from_nothing:
            refuse("found from_nothing by points", 'from_nothing with by = "percent"; new with points')
        if self.by == "percent" and not self.least:
            refuse(
                'found by = "percent" without least',
                "least beside it, the units a song needs to be ranked: growth from next to nothing has no bound",
            )
        if self.by == "percent" and ("new" in self.model_fields_set or not self.from_nothing):
            found = "with new" if "new" in self.model_fields_set else "without from_nothing"
            refuse(f'found by = "percent" {found}', 'from_nothing = "excluded" or "first" beside it, and no new')
        return self


class Sign(Table):
    """One sign, and when a line of the chart gets it."""

    sign: Text = Field(description="The sign as it is printed, such as `bullet`.")
    when: Literal["gain", "greatest_gain", "highest_debut", "climb", "debut"] = Field(
        description="`gain`: no fewer points than in the window before; `greatest_gain`: the one line that gained most;"
        " `highest_debut`: the highest new song; `climb`: up by `places`; `debut`: new."
    )
    places: Positive | None = Field(None, description="So many places up or more, with `climb`.")
    within: Positive | None = Field(None, description="At this position or above.")
    measures: list[Measure] | None = Field(None, description="The measures whose gain is looked at; all when absent.")
    down_time: Ratio | None = Field(
        None, description="With `gain`: a loss up to this share, in which stations could not report, is none."
    )
    debuts: bool = Field(default=True, description="`false`: a gain is only looked at for songs of the issue before.")
    not_with: list[Text] = Field([], description="Signs, earlier in the list, beside which this one is not given.")

    @model_validator(mode="after")
    def _fits(self) -> "Sign":
        if (self.places is None) is (self.when == "climb"):
            refuse(f"found {self.when} {'with' if self.places else 'without'} places", "places with climb only")
        if self.down_time and self.when != "gain":
            refuse(f"found {self.when} with down_time", "down_time with gain only")
        return self


class Markers(Sourced):
    """Signs printed beside lines of the chart."""

    signs: list[Sign] = Field(description="Each a table of `sign`, `when` and what that asks for.", min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> "Markers":
        named: list[str] = []
        for each in self.signs:
            missing = [other for other in each.not_with if other not in named]
            if missing:
                refuse(f'found {each.sign} not with "{missing[0]}"', "signs that stand before it in the list")
            named.append(each.sign)
        return self
