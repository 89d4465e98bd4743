"""Which layout a file has, seen from its content, and what its printed records are."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from hitparade.archive.formats import delimited, hot100_json, names, parquet, sealed_edition, wikitext
from hitparade.archive.formats.printed import Printed, Wish
from hitparade.archive.formats.source import EDITION, Source, text_of
from hitparade.archive.series import AWARDS, CHART, YEAR_END
from hitparade.catalog.text import listed
from hitparade.errors import ArchiveError, UsageError
from hitparade.problems import Problem

FORMATS = ("hot100-json", "hot100-csv", "delimited", "parquet", "edition", "wikitext")
_WIDER = {("delimited", "hot100-csv"), ("delimited", "edition")}
"""What may be asked for where a narrower layout is found."""
_DAY = re.compile(r"(?<!\d)((?:1[89]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


def read(source: Source, wish: Wish, asked: str, kind: str) -> tuple[str, str, Printed]:
    """Return the layout of a file, the kind of its series and its records; ``asked`` and ``kind`` may be empty.

    Raises:
        ArchiveError: it is in none of the layouts, or not in the one that was asked for.
    """
    if asked and asked not in FORMATS:
        raise UsageError(f"--format {asked}: there is no such format; allowed are {', '.join(FORMATS)}")
    data = source.bytes()
    found = _parquet(source, data, wish, kind) if data.startswith(b"PAR1") else _text(source, data, wish, kind)
    if asked and found[0] != asked and (asked, found[0]) not in _WIDER:
        raise ArchiveError(f"{source.name}: found the layout {found[0]}; asked for was --format {asked}")
    return found


def _parquet(source: Source, data: bytes, wish: Wish, kind: str) -> tuple[str, str, Printed]:
    columns = parquet.columns(data, source.name)
    kind, fields, day = _meant(source, columns, wish, kind)
    printed = parquet.read(data, source.name, fields)
    return "parquet", kind, _dated(printed, day)


def _text(source: Source, data: bytes, wish: Wish, kind: str) -> tuple[str, str, Printed]:
    text, notes = text_of(data, source.name, wish.encoding)
    if not text.strip():
        raise ArchiveError(f"{source.name}: the file is empty")
    if text.lstrip().startswith(('{"', "{ ", "{\n", "{\r", "{\t", "{}", "[")) and not text.lstrip().startswith("[["):
        layout, kind, printed = _json(source, text, wish, kind)
    elif "{|" in text:
        layout, kind, printed = wikitext.read(text, source, kind)
    else:
        layout, kind, printed = _delimited(source, text, wish, kind)
    return layout, kind, replace(printed, notes=(*notes, *printed.notes))


def _json(source: Source, text: str, wish: Wish, kind: str) -> tuple[str, str, Printed]:
    said = hot100_json.loaded(text, source.name)
    if sealed_edition.is_edition(said):
        hot100_json.refuse_doubled(said, source.name)
        return "edition", CHART, sealed_edition.read(said, source)
    return "hot100-json", kind or CHART, hot100_json.read(said, source.name, wish.columns)


def _delimited(source: Source, text: str, wish: Wish, kind: str) -> tuple[str, str, Printed]:
    header, sign = delimited.columns(text, wish.columns, wish.delimiter)
    kind, fields, day = _meant(source, header, wish, kind)
    printed = _dated(delimited.read(text, source.name, header, sign, fields), day)
    if not sealed_edition.is_table(header):
        return ("hot100-csv" if delimited.is_hot_100(header) else "delimited"), kind, printed
    note = Problem(
        source.name, "note", "seal-not-checked", "a table", f"{EDITION} beside it, whose seal can be checked"
    )
    simulated = "SIMULATED" in text
    return "edition", kind, replace(printed, notes=(*printed.notes, note), simulated=simulated)


def _meant(source: Source, columns: tuple[str, ...], wish: Wish, kind: str) -> tuple[str, dict[str, str], str]:
    """Return the kind of series, the column of each field, and the issue where one holds for all rows."""
    kind = kind or _kind(source, columns, wish)
    fields = names.fields_of(columns, wish.columns, awards=kind == AWARDS)
    unknown = sorted(set(wish.columns.values()) - set(columns))
    if unknown:
        raise ArchiveError(f"{source.name}: there is no column {unknown[0]!r}; its columns are {listed(columns)}")
    if not sealed_edition.is_table(columns):  # its song is a key, and its title is the title
        names.refuse_rivals(source.name, columns, wish.columns, awards=kind == AWARDS)
    needed = ("title", "credit", "level", "date") if kind == AWARDS else ("position", "title", "credit")
    missing = [each for each in needed if each not in fields]
    day = _year(source, columns, fields) if kind == YEAR_END and not missing else _day(source, fields)
    if kind == CHART and "issue" not in fields and not day:
        missing.append("issue")
    if missing:
        raise ArchiveError(
            f"{source.name}: no column says the {missing[0]}; its columns are {listed(columns)}; "
            f"a mapping says which one does, --mapping FILE with [columns] {missing[0]} = ..."
        )
    return kind, fields, "" if kind == AWARDS else day


def _kind(source: Source, columns: tuple[str, ...], wish: Wish) -> str:
    as_chart = names.fields_of(columns, wish.columns)
    as_awards = names.fields_of(columns, wish.columns, awards=True)
    if {"level", "date"} <= set(as_awards) and "position" not in as_chart:
        return AWARDS
    return CHART if "issue" in as_chart or _day(source, as_chart) else YEAR_END


def _day(source: Source, fields: Mapping[str, str]) -> str:
    """Return the day in the file's name where no column says the issue; of several days, as of a week, the last."""
    found = _DAY.findall(source.name.rsplit("/", 1)[-1])
    return max(found) if found and "issue" not in fields else ""


def _year(source: Source, columns: tuple[str, ...], fields: dict[str, str]) -> str:
    """Return the last day of the year in the file's name; a column of years is taken before it."""
    own = next((column for column in columns if names.bare(column) in {"year", "chartyear"}), None)
    if own is not None:
        fields["issue"] = own
    if "issue" in fields:
        return ""
    found = _YEAR.findall(source.name.rsplit("/", 1)[-1])
    if len(set(found)) != 1:
        raise ArchiveError(
            f"{source.name}: a year-end list needs its year, in a column or in the file's name; found "
            f"{' and '.join(found) or 'none'}"
        )
    return f"{found[0]}-12-31"


def _dated(printed: Printed, day: str) -> Printed:
    """Return the records with ``day`` as their issue, where the file's name says it for all of them."""
    if day:
        issue = pa.array([day] * len(printed.records), pa.string())
        return replace(printed, columns={**printed.columns, "issue": issue})
    return printed
