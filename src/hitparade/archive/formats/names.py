"""Which column of a table is what: by the names that people give their columns."""

import re
from collections.abc import Mapping, Sequence

from hitparade.archive.formats.printed import AWARD_FIELDS, FIELDS

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


def fields_of(columns: Sequence[str], said: Mapping[str, str], *, awards: bool = False) -> dict[str, str]:
    """Return the column of each field: as somebody said, else by common names, the first such name that is there."""
    found = {}
    plain = {bare(column): column for column in reversed(columns)}
    for name in AWARD_FIELDS if awards else FIELDS:
        known = [said[name]] if name in said else [plain[each] for each in COMMON[name] if each in plain]
        if known and known[0] in columns:
            found[name] = known[0]
    return found
