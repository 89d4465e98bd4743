"""What a format makes of a file's head: how to read it, and what the file says of itself."""

from dataclasses import dataclass, field
from datetime import date

from hitparade.engine.reading import Check
from hitparade.engine.reading_cells import FIRST_INSTANT, LAST_INSTANT
from hitparade.intake.codes import CHANNEL_RULE, MEASURES, TERRITORY_RULE


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a received file.

    Attributes:
        name: the file's name.
        lines: its first physical lines, empty for Parquet.
        columns: column names with their types, for Parquet only.
        simulated: whether its metadata say that it comes from a simulated market.
        compressed: whether it came as gzip.
    """

    name: str
    lines: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    simulated: bool = False
    compressed: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person who hands in a file says of it."""

    territory: str = ""
    zones: dict[str, str] = field(default_factory=dict)
    salt: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read one file.

    Attributes:
        format: the name of the format.
        version: raised whenever its reader makes something else of the same bytes.
        mapping: the layout within the format, or empty.
        mapping_digest: the digest of a column mapping, or empty.
        recognised: how the file was recognised, as a sentence part.
        columns, kinds, delimiter, skip: as in :class:`hitparade.engine.reading.Source`.
        cells: SQL of each field.
        checks: what rejects a row, first match.
        supplier: who delivers such files when nobody says.
        declares: the scope that the file's name declares, or none.
        days: the first and last day that are summed up in the file's one day, or none.
        batch: this many plays under one stamp are reported; 0 for never.
        prepared: SQL that cells read more than once, by name.
    """

    format: str
    version: int
    mapping: str
    mapping_digest: str
    recognised: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    delimiter: str
    skip: int
    cells: dict[str, str]
    checks: tuple[Check, ...]
    supplier: str = ""
    declares: dict[str, str] | None = None
    days: tuple[date, date] | None = None
    batch: int = 0
    prepared: dict[str, str] = field(default_factory=dict)

    @property
    def reader(self) -> str:
        """The reader's name and version."""
        return f"{self.format}/{self.version}"


EMPTY_CELLS = {
    "isrc": "''", "title": "''", "artist": "''", "at": "null::timestamp", "day": "null::date", "channel": "''",
    "measure": "''", "territory": "''", "quantity": "1::bigint", "audience": "null::bigint",
    "ms_played": "null::bigint", "consumer": "null::varchar", "revenue": "null::bigint",
    "currency": "null::varchar", "product": "null::varchar", "event": "null::varchar", "released": "null::date",
    "traits": "''", "titles": "null::bigint", "tracks": "null::bigint", "lead_track": "null::boolean",
}  # fmt: skip
"""The fields of a row of which nothing is said."""


def identity_checks(isrc: str = "''") -> tuple[Check, ...]:
    """Return what must hold of ISRC, title and artist; ``isrc`` is SQL of what is said of the first."""
    sep = "chr(31)"
    return (
        Check("title-missing", "isrc = '' and regexp_full_match(title, '[\\pZ\\pC]*')", "title",
              "a title, or an ISRC where the layout has one"),
        Check("artist-missing", "isrc = '' and regexp_full_match(artist, '[\\pZ\\pC]*')", "artist",
              "an artist, or an ISRC where the layout has one"),
        Check("isrc-malformed", "isrc is null", isrc, "an ISRC of 12 characters such as GBAYE0601498"),
        Check("text-separator", f"contains(title, {sep}) or contains(artist, {sep})", "title",
              "text without the unit separator, U+001F"),
    )  # fmt: skip


def time_checks(column: str, allowed: str) -> tuple[Check, ...]:
    """Return what must hold of an instant that every row has, read from the text ``column``."""
    return (
        Check("time-unreadable", '"at" is null', column, allowed),
        Check("time-out-of-range", f'"at" < {FIRST_INSTANT} or "at" >= {LAST_INSTANT}', column,
              "a time from 1900 to 2099"),
    )  # fmt: skip


def place_checks(*, territory: bool, measure: bool) -> tuple[Check, ...]:
    """Return what must hold of channel, and of territory and measure where rows name them."""
    checks = [Check("channel-missing", "channel = ''", "channel", CHANNEL_RULE)]
    if territory:
        shape = "regexp_full_match(territory, '[A-Z]{2}(-[A-Z0-9]{1,3})?|GLOBAL')"
        checks.append(Check("territory-unknown", f"not {shape}", "territory", TERRITORY_RULE))
    if measure:
        known = ", ".join(f"'{name}'" for name in MEASURES)
        checks.append(
            Check("measure-unknown", f"measure not in ({known})", "measure",
                  "one of on_demand, programmed, video, ugc, download, physical, detection, view, "
                  "and behind a dot premium, ad_funded or trial")
        )  # fmt: skip
    return tuple(checks)
