"""Column mappings of archives: small TOML files that say which column is what, and how days are written."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from hitparade.archive.formats.delimited import DELIMITERS
from hitparade.archive.formats.printed import AWARD_FIELDS, FIELDS, Wish
from hitparade.digest import digest_of
from hitparade.errors import ArchiveError

FORMAT = 1
_KEYS: dict[str, type] = {"format": int, "name": str, "delimiter": str, "encoding": str, "dates": str, "columns": dict}


def find(own: Path, name: str) -> Path:
    """Return the mapping file that ``name`` means: a file, or one of the house's own in the folder ``own``.

    Raises:
        ArchiveError: there is none.
    """
    given, kept = Path(name), own / f"{name}.toml"
    if given.is_file():
        return given
    if kept.is_file():
        return kept
    known = ", ".join(sorted(each.stem for each in own.glob("*.toml"))) or "none"
    raise ArchiveError(f"--mapping {name}: there is no such file, and none of that name in {own}; those there: {known}")


def read(file: Path) -> Wish:
    """Return how the mapping in ``file`` wants archives to be read.

    Raises:
        ArchiveError: it cannot be read, or says something that no mapping may say.
    """
    try:
        said = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ArchiveError(f"{file}: this mapping cannot be read") from error
    except tomllib.TOMLDecodeError as error:
        raise ArchiveError(f"{file}: not readable as TOML: {error}") from error
    _check(said, file)
    return Wish(
        name=said.get("name", file.stem),
        columns=said.get("columns", {}),
        dates=said.get("dates", ""),
        delimiter=said.get("delimiter", ""),
        encoding=said.get("encoding", ""),
        digest=digest_of(said),
    )


def _check(said: dict[str, Any], file: Path) -> None:
    if said.get("format") != FORMAT:
        raise ArchiveError(
            f"{file}: format is {said.get('format')!r}; this hitparade reads mappings of format {FORMAT}"
        )
    for key, value in said.items():
        if key not in _KEYS:
            raise ArchiveError(f"{file}: unknown key {key!r}; allowed here: {', '.join(sorted(_KEYS))}")
        if not isinstance(value, _KEYS[key]):
            kind = "a text" if _KEYS[key] is str else "a table"
            raise ArchiveError(f"{file}: {key} is {value!r}; allowed is {kind}")
    if said.get("delimiter", ",") not in DELIMITERS:
        raise ArchiveError(f"{file}: delimiter is {said['delimiter']!r}; allowed is one of , ; | and tab")
    for key, value in said.get("columns", {}).items():
        if key not in {*FIELDS, *AWARD_FIELDS}:
            allowed = ", ".join(dict.fromkeys((*FIELDS, *AWARD_FIELDS)))
            raise ArchiveError(f"{file}: unknown key 'columns.{key}'; allowed here: {allowed}")
        if not isinstance(value, str):
            raise ArchiveError(f"{file}: columns.{key} is {value!r}; allowed is the name of a column")
    _check_dates(said.get("dates", ""), file)


def _check_dates(style: str, file: Path) -> None:
    day = datetime(2016, 10, 8)  # noqa: DTZ001 - any civil day will do
    try:
        same = not style or datetime.strptime(day.strftime(style), style) == day  # noqa: DTZ007 - the same
    except ValueError:
        same = False
    if not same:
        raise ArchiveError(f"{file}: dates is {style!r}; allowed is how a day is written, such as %d/%m/%Y or %Y%m%d")
