"""The blocks of a book that look back: at earlier windows, at what the chart remembers, at other charts."""

from typing import Literal

from pydantic import Field, model_validator

from hitparade.rulebook.fields import ChartId, Measure, Positive, Ratio, refuse
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
