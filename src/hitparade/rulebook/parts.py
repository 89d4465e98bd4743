"""The parts that every block of a book is made of: tables, sourced values, and their histories."""

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from hitparade.rulebook.fields import Day, Range, Source

DatedBy = Literal["tracking_start", "issue_date"]
Confidence = Literal["published", "reported", "estimated", "undisclosed"]

V = TypeVar("V")


class Table(BaseModel):
    """Any table of a book."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


class Sourced(Table):
    """What every dated value says beside the value itself."""

    source: Source = Field(description="Where the value comes from: a citation, or a key of `[sources]`.")
    confidence: Confidence = Field("published", description="How sure the value is.")
    between: Range | None = Field(None, description="The range within which a value that is not published lies.")


class Off(Sourced):
    """The block is not in force from this day on."""

    off: Literal[True] = Field(description="`true`: from this day on the block is not in force.")


class Dated(Table, Generic[V]):
    """A value with its history."""

    dated_by: DatedBy | None = Field(None, description="Overrides the book's `dated_by` for this block.")
    values: dict[Day, V] = Field(description="Day from which a value is in force, and the value.", min_length=1)


class DatedByTracking(Table, Generic[V]):
    """A value with its history, always dated by the first tracking day."""

    values: dict[Day, V] = Field(description="First tracking day of a value, and the value.", min_length=1)


def _on_or_off(value: Any) -> str:  # noqa: ANN401 - whatever stands in the file
    return "off" if (isinstance(value, dict) and "off" in value) or isinstance(value, Off) else "on"


OnOrOff = Annotated[Annotated[V, Tag("on")] | Annotated[Off, Tag("off")], Discriminator(_on_or_off)]
"""A value, or that the block is not in force."""

Switched = Dated[OnOrOff[V]]
