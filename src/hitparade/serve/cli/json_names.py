"""The names of what JSON says: one name for one thing in every command, those of docs/records.md.

Values in Python keep the short names of their rooms, where a run's ``title`` can only be the chart's.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

COMMON: Mapping[str, str] = {
    "series": "chart",
    "issue": "issue_date",
    "top_ten_first": "first_top_ten",
    "at_one_first": "first_number_one",
    "one_first": "first_number_one",
    "nth_one": "nth_number_one",
}
"""What is called the same wherever it stands."""
_LINE = {"last": "previous_position", "weeks": "weeks_on_chart", "printed_last": "printed_previous_position"}
_CHART = {"title": "chart_title"}
OF_CLASS: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(("RunLine", "Moment", "PrintedLine"), _LINE),
    **dict.fromkeys(("ChartRun", "ArtistChart", "Comparison", "ThisWeek", "ArchivedIssue"), _CHART),
    "ArtistSong": {"weeks": "weeks_on_chart"},
    "YearPlace": {**_CHART, "dated": "issue_date"},
    "Citation": {"chart": "chart_title"},
    "Found": {"first": "first_issue", "last": "last_issue"},
}
"""What a field of one kind of value is called, where its short name says something else elsewhere."""
OF_ROWS: Mapping[str, str] = {
    "series": "chart",
    "chart": "chart_title",
    "issue": "issue_date",
    "last": "previous_position",
}
"""What the columns of records are called."""


def named(value: object) -> object:
    """Return a value with each dataclass in it as an object, its fields under the names of JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        return fields_of(value)
    if isinstance(value, Mapping):
        return {key: named(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [named(each) for each in value]
    return value


def fields_of(value: "DataclassInstance") -> dict[str, object]:
    """Return the fields of a dataclass under the names of JSON; an ``issue`` with days of its own is no date."""
    own = OF_CLASS.get(type(value).__name__, {})
    said: dict[str, object] = {}
    for field in fields(value):
        held = getattr(value, field.name)
        common = field.name if is_dataclass(held) else COMMON.get(field.name, field.name)
        said[own.get(field.name, common)] = named(held)
    return said


def row(found: Mapping[str, object]) -> dict[str, object]:
    """Return a row of a record under the names of JSON."""
    return {OF_ROWS.get(name, name): value for name, value in found.items()}


def column(text: str) -> str:
    """Return a comparison or an order with a column's short name, whichever of its names it has."""
    for short, name in OF_ROWS.items():
        if name != "chart" and text.lstrip("-").startswith(name):
            return text.replace(name, short, 1)
    return text
