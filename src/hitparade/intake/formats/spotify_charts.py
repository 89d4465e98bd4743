"""``spotify-charts``: the daily and weekly lists of a streaming service, in the layout of 2017 and in today's."""

import re
from datetime import date, timedelta

from hitparade.digest import digest_of
from hitparade.engine import reading_cells as sql
from hitparade.engine.reading import Check
from hitparade.errors import IntakeError
from hitparade.intake.codes import check_territory
from hitparade.intake.heads import fields_of
from hitparade.intake.layout import EMPTY_CELLS, Head, Layout, Wish, identity_checks

NAME = "spotify-charts"
VERSION = 1
_COLUMNS = {
    "2017": ("Position", "Track Name", "Artist", "Streams", "URL"),
    "today": (
        "rank",
        "uri",
        "artist_names",
        "track_name",
        "source",
        "peak_rank",
        "previous_rank",
        None,
        "streams",
    ),
}
_NAMED = re.compile(
    r"(?:^|[^a-z])regional-(?P<place>global|[a-z]{2})-(?P<span>daily|weekly)-(?P<first>\d{4}-\d{2}-\d{2})"
    r"(?:--(?P<after>\d{4}-\d{2}-\d{2}))?(?!\d)"
)
_DAY_ONLY = re.compile(r"^(?P<first>\d{4}-\d{2}-\d{2})(?!\d|--)")


def recognise(head: Head, wish: Wish, *, told: bool) -> Layout | None:
    """Return how to read the file if it is of this layout.

    Raises:
        IntakeError: it is, but its name does not say of which day and territory it is.
    """
    for skip, line in enumerate(head.lines[:3], 1):
        for mapping, wanted in _COLUMNS.items():
            names, delimiter = fields_of(line, [name for name in wanted if name])
            if _equal(names, wanted):
                return _layout(head, wish, mapping, names, delimiter, skip)
    if told:
        raise IntakeError(
            f"{head.name}: these are not the columns of spotify-charts; allowed are Position,Track Name,Artist,"
            "Streams,URL and rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams"
        )
    return None


def _equal(names: tuple[str, ...], wanted: tuple[str | None, ...]) -> bool:
    spans = ("days_on_chart", "weeks_on_chart")
    return len(names) == len(wanted) and all(
        name == right or (right is None and name in spans) for name, right in zip(names, wanted, strict=True)
    )


def _layout(head: Head, wish: Wish, mapping: str, names: tuple[str, ...], delimiter: str, skip: int) -> Layout:
    territory, weekly, first, last = _said_by_name(head.name, wish)
    title, artist, streams = ("c1", "c2", "c3") if mapping == "2017" else ("c3", "c2", "c8")
    cells = EMPTY_CELLS | {
        "title": sql.said(title), "artist": sql.said(artist), "day": f"date '{last}'", "channel": "'spotify'",
        "measure": "'on_demand'", "territory": f"'{territory}'", "quantity": sql.whole(streams),
    }  # fmt: skip
    wrong = Check(
        "quantity-not-whole", "quantity is null or quantity < 0", sql.said(streams), "a whole number of streams"
    )
    large = Check("quantity-too-large", f"quantity > {10**12}", sql.said(streams), "at most 10^12 streams")
    declares = {
        "territory": territory, "channels": "spotify", "measures": "on_demand", "from": str(first), "to": str(last),
    }  # fmt: skip
    return Layout(
        format=NAME,
        version=VERSION,
        mapping=f"{mapping} {'weekly' if weekly else 'daily'}",
        mapping_digest=digest_of(declares),
        recognised="by its columns and its name",
        columns=names,
        kinds=(sql.CELL,) * len(names),
        delimiter=delimiter,
        skip=skip,
        cells=cells,
        checks=(*identity_checks(), wrong, large),
        supplier="spotify",
        declares=declares,
        days=(first, last) if weekly else None,
    )


def _said_by_name(name: str, wish: Wish) -> tuple[str, bool, date, date]:
    named = _NAMED.search(name.lower()) or _DAY_ONLY.search(name)
    if not named:
        raise IntakeError(
            f"{name}: the name says no day; such files are named regional-gb-daily-2017-01-01.csv, "
            "regional-gb-weekly-2017-01-06--2017-01-13.csv or 2017-01-01.csv"
        )
    parts = named.groupdict()
    said = (parts.get("place") or "").upper()
    if said and wish.territory and said != wish.territory:
        raise IntakeError(f"{name}: the name says territory {said}, and --territory says {wish.territory}")
    if not said and not wish.territory:
        raise IntakeError(f"{name}: the name says no territory; say it with --territory, such as GLOBAL or GB")
    weekly = parts.get("span") == "weekly"
    first, last = _span(name, parts, weekly=weekly)
    return check_territory(said or wish.territory, name), weekly, first, last


def _span(name: str, parts: dict[str, str | None], *, weekly: bool) -> tuple[date, date]:
    try:
        first = date.fromisoformat(parts["first"] or "")
        after = date.fromisoformat(parts["after"] or "") if parts.get("after") else None
    except ValueError as error:
        raise IntakeError(f"{name}: the day in the name does not exist") from error
    if not weekly:
        return first, first
    if after is None:  # today's names give the last day of a week
        return first - timedelta(6), first
    if after - first != timedelta(7):
        raise IntakeError(f"{name}: the week in the name has {(after - first).days} days; 7 are allowed")
    return first, after - timedelta(1)
