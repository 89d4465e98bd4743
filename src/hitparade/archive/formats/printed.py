"""What a reader gives: the records of one file, every column as the text that stood there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from hitparade.problems import Problem

FIELDS = ("issue", "position", "title", "credit", "last", "peak", "weeks", "points")
"""What a printed line can say; year-end lists and charts."""
AWARD_FIELDS = ("title", "credit", "level", "date", "released")
"""What a line of a list of awards can say."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that has no columns at all, such as a row of the wrong length; it is received and rejected."""

    record: int
    reason: str
    found: str
    allowed: str
    raw: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """The records of one file.

    Attributes:
        columns: by name of :data:`FIELDS` or :data:`AWARD_FIELDS`, equally long, as text; null where nothing stood.
        records: the number of each row's record in the file, from 1.
        broken: records that could not be taken apart.
        notes: findings about the file.
        word: what a record is called in a place, such as ``record`` or ``row``.
        simulated: whether the file says that it comes from a simulated market.
        places: where each row stands, when ``word`` and number do not say it.
    """

    columns: "Mapping[str, pa.Array[Any]]"
    records: "pa.Array[Any]"
    broken: tuple[Broken, ...] = ()
    notes: tuple[Problem, ...] = ()
    word: str = "record"
    simulated: bool = False
    places: "pa.Array[Any] | None" = None


def of_rows(rows: Sequence[Mapping[str, str | None]], names: Sequence[str], **more: object) -> Printed:
    """Return the records given as one mapping each, numbered from 1."""
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    return Printed(columns, pa.array(range(1, len(rows) + 1), pa.int64()), **more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Wish:
    """How to read a file, as far as somebody said: the column of each field, dates, delimiter, encoding."""

    name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    delimiter: str = ""
    encoding: str = ""
    digest: str = ""
