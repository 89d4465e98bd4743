"""Our own editions, of this house or another: ``edition.json`` with its seal, or its table alone."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hitparade.archive.edition import OLDER_COLUMNS, TABLE, UNREADABLE, WITHDRAWAL, content_digest, seal_of
from hitparade.archive.formats.printed import FIELDS, Printed, of_rows
from hitparade.archive.formats.source import EDITION, Source
from hitparade.errors import ArchiveError
from hitparade.problems import Problem

_KEYS = {
    "position": "position", "title": "title", "credit": "credit", "last": "previous_position", "peak": "peak",
    "weeks": "weeks_on_chart", "points": "points",
}  # fmt: skip
_PLACE = re.compile(r"ed(\d+)")


def is_edition(said: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Return whether a JSON value is an edition of ours."""
    return isinstance(said, dict) and {"seal", "digest", "body", "issue_date", "edition"} <= set(said)


def is_table(header: Sequence[str]) -> bool:
    """Return whether a header is that of an edition's table."""
    return set(OLDER_COLUMNS) <= set(header)


def newest(found: tuple[Source, ...]) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """Return the sources without editions that a later one in the same folder replaced, and those left out."""
    last: dict[Path, tuple[int, Source]] = {}
    for source in found:
        place = _PLACE.fullmatch(source.file.resolve().parent.name)
        if source.file.name == EDITION and place:
            issue, number = source.file.resolve().parent.parent, int(place[1])
            if issue not in last or number > last[issue][0]:
                last[issue] = number, source
    kept = {source for _, source in last.values()}
    out = tuple(
        each for each in found
        if each not in kept and each.file.name == EDITION and each.file.resolve().parent.parent in last
    )  # fmt: skip
    return tuple(each for each in found if each not in out), out


def read(said: Mapping[str, Any], source: Source) -> Printed:
    """Return the lines of an edition whose seal is intact.

    Raises:
        ArchiveError: it was altered or withdrawn.
    """
    _check(said, source)
    issue = str(said["issue_date"])
    rows = [
        {"issue": issue, **{field: _text(entry.get(key)) for field, key in _KEYS.items()}}
        for entry in said["body"]["entries"]
    ]
    note = Problem(source.name, "note", "edition", f"{said['chart']} {issue} ed{said['edition']}", "its seal is intact")
    return of_rows(rows, FIELDS, notes=(note,), simulated=bool(said["simulated"]))


def _check(said: Mapping[str, Any], source: Source) -> None:
    try:
        intact = content_digest(dict(said)) == said["digest"] and seal_of(dict(said)) == said["seal"]
        table = said["files"][TABLE]
    except UNREADABLE as error:
        raise ArchiveError(f"{source.name}: this edition cannot be read: {error}") from error
    if not intact:
        raise ArchiveError(f"{source.name}: the seal is broken: this edition was altered after it was published")
    beside = source.file.with_name(TABLE)
    if beside.is_file() and hashlib.sha256(beside.read_bytes()).hexdigest() != table:
        raise ArchiveError(f"{source.name}: the seal is broken: {TABLE} beside it was altered after it was published")
    if source.file.with_name(WITHDRAWAL).exists():
        raise ArchiveError(f"{source.name}: this edition was withdrawn; {WITHDRAWAL} beside it says why")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
