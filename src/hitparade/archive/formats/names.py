"""Which column of a table is what: by the names that people give their columns."""

import re
from collections.abc import Mapping, Sequence

from hitparade.archive.formats.printed import AWARD_FIELDS, FIELDS
from hitparade.catalog.text import clipped
from hitparade.errors import ArchiveError

COMMON: Mapping[str, tuple[str, ...]] = {
    "issue": ("issue", "issuedate", "date", "chartdate", "chartweek", "week", "weekid", "weekdate", "charteddate"),
    "position": ("position", "pos", "rank", "thisweek", "currentweek", "currentposition", "weekposition",
                 "chartposition", "yearrank", "tw", "no"),
    "title": ("title", "song", "songtitle", "songname", "track", "trackname", "single", "name"),
    "credit": ("credit", "artist", "artists", "performer", "performers", "artistname", "act"),
    "last": ("last", "lastweek", "lw", "lastpos", "lastposition", "previousposition", "previousweekposition",
             "previousrank", "lastweekposition"),
    "peak": ("peak", "peakpos", "peakposition", "peakrank"),
    "weeks": ("weeks", "wks", "weeksonchart", "wksonchart", "woc", "weeksonboard"),
    "points": ("points", "units", "totalpoints"),
    "level": ("level", "award", "certification", "certificationtype", "certificationlevel"),
    "date": ("certificationdate", "certdate", "awarddate", "certified", "datecertified", "date"),
    "released": ("released", "releasedate"),
}  # fmt: skip
"""Our name of a field, and how columns are called that hold it: small letters without signs."""


def bare(name: str) -> str:
    """Return a column's name in small letters without blanks and signs."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def rivals(columns: Sequence[str], said: Mapping[str, str], *, awards: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the first field that several columns may be, and those columns; empty where every field is clear.

    Where somebody said which column a field is, only that name must not stand there twice.
    """
    for field in AWARD_FIELDS if awards else FIELDS:
        if field in said:
            found = tuple(column for column in columns if column == said[field])
        else:
            found = tuple(column for column in columns if bare(column) in COMMON[field])
        if len(found) > 1:
            return field, found
    return "", ()


def refuse_rivals(name: str, columns: Sequence[str], said: Mapping[str, str], *, awards: bool = False) -> None:
    """Refuse a file of which several columns may be one field.

    Raises:
        ArchiveError: it is so; both are named, and how to say which is meant.
    """
    field, found = rivals(columns, said, awards=awards)
    if not field:
        return
    names = " and ".join(repr(clipped(column)) for column in found)
    if len(set(found)) == 1:
        raise ArchiveError(f"{name}: {len(found)} columns are called {found[0]!r}, the {field}; allowed is one")
    raise ArchiveError(
        f"{name}: {len(found)} columns may be the {field}, {names}; a mapping says which one is, --mapping FILE with "
        f'[columns] {field} = "{clipped(found[0])}"'
    )


def fields_of(columns: Sequence[str], said: Mapping[str, str], *, awards: bool = False) -> dict[str, str]:
    """Return the column of each field: as somebody said, else by common names, the first such name that is there."""
    found = {}
    plain = {bare(column): column for column in reversed(columns)}
    for name in AWARD_FIELDS if awards else FIELDS:
        known = [said[name]] if name in said else [plain[each] for each in COMMON[name] if each in plain]
        if known and known[0] in columns:
            found[name] = known[0]
    return found
