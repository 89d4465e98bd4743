"""Column mappings: small TOML files that say which column of a play log is what."""

import re
import tomllib
from collections.abc import Mapping as Values
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from hitparade.digest import digest_of
from hitparade.errors import IntakeError
from hitparade.intake.codes import MEASURES

FORMAT = 1
_KEYS: dict[str, dict[str, type]] = {
    "": {"format": int, "name": str, "title": str, "delimiter": str, "empty": list, "columns": dict, "time": dict,
         "defaults": dict},
    "columns": {"title": str, "artist": str, "isrc": str, "channel": str, "territory": str, "needs": list},
    "time": {"columns": list, "kind": str, "zone": str, "written": list},
    "defaults": {"measure": str, "territory": str, "channel": str, "channel_from_name": str},
}  # fmt: skip
_KINDS = ("unix", "unix-milliseconds", "iso", "local")


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the columns of a play log mean.

    Attributes:
        name: how people call it.
        delimiter: what stands between fields; empty to find out.
        empty: words that stand for nothing.
        columns: our name of a field to the file's column.
        needs: columns that must be there so that the file is recognised.
        time_columns: the columns that make the time, joined by one blank.
        time_kind: ``unix``, ``unix-milliseconds``, ``iso`` (with zone) or ``local``.
        zone: the zone of local times; empty for the territory's.
        written: how a local time is written, as strptime formats; none for ISO.
        measure, territory, channel: what holds for all rows.
        channel_from_name: a pattern that finds the channel in the file's name.
        digest: of everything above.
    """

    name: str
    delimiter: str
    empty: tuple[str, ...]
    columns: Values[str, str]
    needs: tuple[str, ...]
    time_columns: tuple[str, ...]
    time_kind: str
    zone: str
    written: tuple[str, ...]
    measure: str
    territory: str
    channel: str
    channel_from_name: str
    digest: str

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns without which the file is another."""
        return (
            *(name for field, name in self.columns.items() if field != "isrc"),
            *self.time_columns,
            *self.needs,
        )


def read(file: Path) -> Mapping:
    """Return the mapping in ``file``.

    Raises:
        IntakeError: it is not there, no TOML, or says something that no mapping may say.
    """
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(f"{file}: this mapping cannot be read") from error
    return parse(text, str(file))


def parse(text: str, where: str) -> Mapping:
    """Return the mapping written in ``text``; ``where`` names it in complaints."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise IntakeError(f"{where}: not readable as TOML: {error}") from error
    _check_keys(said, where)
    columns, time, defaults = said.get("columns", {}), said.get("time", {}), said.get("defaults", {})
    _check_values(columns, time, defaults, where)
    return Mapping(
        name=said.get("name", Path(where).stem),
        delimiter=said.get("delimiter", ""),
        empty=tuple(said.get("empty", ())),
        columns={field: name for field, name in columns.items() if field != "needs"},
        needs=tuple(columns.get("needs", ())),
        time_columns=tuple(time["columns"]),
        time_kind=time["kind"],
        zone=time.get("zone", ""),
        written=tuple(time.get("written", ())),
        measure=defaults.get("measure", "detection"),
        territory=defaults.get("territory", "").upper(),
        channel=defaults.get("channel", ""),
        channel_from_name=defaults.get("channel_from_name", ""),
        digest=digest_of(said),
    )


def _check_keys(said: dict[str, Any], where: str) -> None:
    if said.get("format") != FORMAT:
        raise IntakeError(
            f"{where}: format is {said.get('format')!r}; this hitparade reads mappings of format {FORMAT}"
        )
    for table, keys in _KEYS.items():
        for key, value in (said if not table else said.get(table, {})).items():
            place = f"{table}.{key}" if table else key
            if key not in keys:
                raise IntakeError(f"{where}: unknown key {place!r}; allowed here: {', '.join(sorted(keys))}")
            listed = isinstance(value, list) and not all(isinstance(each, str) for each in value)
            if not isinstance(value, keys[key]) or listed:
                kind = {list: "a list of texts", dict: "a table", int: "a whole number"}.get(keys[key], "a text")
                raise IntakeError(f"{where}: {place} is {value!r}; allowed is {kind}")


def _check_values(columns: dict[str, Any], time: dict[str, Any], defaults: dict[str, Any], where: str) -> None:
    kind, measure = time.get("kind"), defaults.get("measure", "detection")
    station = {"channel"} & set(columns) or {"channel", "channel_from_name"} & set(defaults)
    for holds, complaint in (
        ({"title", "artist"} <= set(columns), "columns.title and columns.artist are needed"),
        (time.get("columns"), "time.columns is needed, the column or columns that make the time"),
        (kind in _KINDS, f"time.kind is {kind!r}; allowed are {', '.join(_KINDS)}"),
        (measure in MEASURES, f"defaults.measure is {measure!r}; allowed are {', '.join(MEASURES)}"),
        (station, "columns.channel, defaults.channel or defaults.channel_from_name is needed"),
        (_finds_channel(defaults.get("channel_from_name", "")),
         "defaults.channel_from_name must be a pattern with the group (?P<channel>...)"),
    ):  # fmt: skip
        if not holds:
            raise IntakeError(f"{where}: {complaint}")


def _finds_channel(pattern: str) -> bool:
    try:
        return not pattern or "channel" in re.compile(pattern).groupindex
    except re.error:
        return False


def shipped() -> tuple[Mapping, ...]:
    """Return the mappings that come with hitparade, by name."""
    folder = resources.files("hitparade.intake").joinpath("mappings")
    files = sorted((place for place in folder.iterdir() if place.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(parse(file.read_text("utf-8"), file.name) for file in files)


def known(own: Path) -> tuple[Mapping, ...]:
    """Return the mappings in the folder ``own`` and those that ship and are not replaced there by name."""
    mine = tuple(read(file) for file in sorted(own.glob("*.toml"))) if own.is_dir() else ()
    names = {mapping.name for mapping in mine}
    return (*mine, *(mapping for mapping in shipped() if mapping.name not in names))
