"""The blocks of a book that look back: at earlier windows, at what the chart remembers, at other charts."""

from pydantic import Field, model_validator

from hitparade.rulebook.fields import ChartId, refuse
from hitparade.rulebook.parts import Sourced


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
