"""Is the seal intact? Every byte of an edition's files against the digests that the edition states."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hitparade.archive import sealed
from hitparade.archive.edition import (
    EDITION,
    INPUTS,
    OLDER_COLUMNS,
    TABLE,
    UNREADABLE,
    WITHDRAWAL,
    Edition,
    Json,
    content_digest,
    read,
    seal_of,
    table_of,
    text_of,
)
from hitparade.archive.index import EditionRow
from hitparade.digest import digest_of
from hitparade.errors import ArchiveError

LookUp = Callable[[str, date, int], str | None]
"""Give the digest of another edition (chart, issue date, number), or None when it is not at hand."""

FILES = (EDITION, TABLE, INPUTS)


def breaks(folder: Path, look_up: LookUp) -> Iterator[str]:
    """Return a sentence for everything in an edition's folder that is not as it was sealed."""
    yield from (f"{folder / name}: the file is missing" for name in FILES if not (folder / name).is_file())
    yield from _withdrawal_breaks(folder)
    if not (folder / EDITION).is_file():
        return
    try:
        edition = read(folder)
        yield from _own_breaks(edition)
        yield from _stray_withdrawal(edition)
        yield from _file_breaks(edition)
        yield from _link_breaks(edition, look_up)
    except ArchiveError as error:
        yield str(error)
    except UNREADABLE as error:
        yield f"{folder / EDITION}: altered so that it cannot be read ({error})"


def row_breaks(edition: Edition, row: EditionRow) -> Iterator[str]:
    """Return a sentence for everything in which the house database and an edition's folder disagree."""
    stated = (edition.chart, edition.issue_date, edition.number)
    if stated != (row.chart, row.issue_date, row.number):
        yield f"{edition.folder / EDITION}: says it is {edition.name}, and lies in the place of {row.name}"
    if edition.digest != row.digest:
        yield f"{edition.folder / EDITION}: has digest {edition.digest[:12]}, {row.digest[:12]} was published"
    yield from _told_apart(edition.folder / EDITION, edition.said, row, ("reason", "published_at", "published_by"))
    if (edition.said.get("status") == "internal") != row.internal:
        which = "is internal" if row.internal else "is not internal"
        yield f"{edition.folder / EDITION}: the house logged that it {which}"
    place = edition.folder / WITHDRAWAL
    if bool(row.withdrawn_at) != place.is_file():
        which = "is missing" if row.withdrawn_at else "is there, and the house knows of no withdrawal"
        yield f"{place}: the file {which}"
    elif row.withdrawn_at:
        note = {f"withdrawn_{key}" if key == "reason" else key: value for key, value in _note(place).items()}
        yield from _told_apart(place, note, row, ("withdrawn_at", "withdrawn_by", "withdrawn_reason"))


def _told_apart(place: Path, said: Mapping[str, Any], row: EditionRow, names: Sequence[str]) -> Iterator[str]:
    """Give a sentence for each fact that a file and the row of its edition state differently."""
    for name in names:
        if said.get(name) != getattr(row, name):
            yield f"{place}: says {name} {said.get(name)!r}, and {getattr(row, name)!r} is what the house logged"


def _note(place: Path) -> Json:
    """Return what a withdrawal says; nothing when it cannot be read, which is found elsewhere."""
    try:
        return dict(json.loads(place.read_bytes()))
    except UNREADABLE:
        return {}


def _own_breaks(edition: Edition) -> Iterator[str]:
    place, said = edition.folder / EDITION, edition.said
    if place.read_bytes() != text_of(said):
        yield f"{place}: not written as an edition is; a byte was altered, added or lost"
    if said["seal"] != seal_of(said):
        yield f"{place}: what it says does not fit its seal"
    if said["digest"] != content_digest(said):
        yield f"{place}: its chart, inputs or links do not fit its digest {edition.digest[:12]}"


def _file_breaks(edition: Edition) -> Iterator[str]:
    stated = edition.said["files"]
    for name in (TABLE, INPUTS):
        place = edition.folder / name
        if place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() != stated[name]:
            yield f"{place}: altered; its bytes do not fit the digest in {EDITION}"
    tables = {table_of(edition.said), table_of(edition.said, OLDER_COLUMNS)}
    if (place := edition.folder / TABLE).is_file() and place.read_bytes() not in tables:
        yield f"{place}: its rows are not the entries in {EDITION}"
    if (place := edition.folder / INPUTS).is_file():
        yield from _inputs_breaks(place, edition.said)


def _inputs_breaks(place: Path, said: dict[str, Any]) -> Iterator[str]:
    try:
        inputs = sealed.unpack(place.read_bytes())
        stated = {name: digest_of(inputs[name]) for name in ("rules", "state_in", "state_out")}
        stated["inputs"] = digest_of(inputs)
    except UNREADABLE as error:
        yield f"{place}: altered so that it cannot be read ({error})"
        return
    for name, found in sorted(stated.items()):
        if found != said[f"{name}_digest"]:
            yield f"{place}: its {name.replace('_', ' ')} do not fit the digest in {EDITION}"


def _link_breaks(edition: Edition, look_up: LookUp) -> Iterator[str]:
    for key, what in (("replaces", "replaces"), ("last_week_from", "takes last week from")):
        link = edition.said[key]
        if link is None:
            continue
        found = look_up(edition.chart, date.fromisoformat(link["issue_date"]), int(link["edition"]))
        if found is not None and found != link["digest"]:
            other = f"{edition.chart} {link['issue_date']} ed{link['edition']}"
            stated = link["digest"][:12]
            yield f"{edition.folder / EDITION}: {what} {other} of digest {stated}, and that has {found[:12]}"


def _stray_withdrawal(edition: Edition) -> Iterator[str]:
    """Give a sentence when the withdrawal beside an edition is that of another one."""
    place = edition.folder / WITHDRAWAL
    if note := _note(place) if place.exists() else {}:
        names = ("chart", "issue_date", "edition", "digest")
        if any(note.get(name) != edition.said[name] for name in names):
            other = " ".join(str(note.get(name)) for name in names[:3])
            yield f"{place}: withdraws {other}, or other facts of it, and lies beside {edition.name}"


def _withdrawal_breaks(folder: Path) -> Iterator[str]:
    place = folder / WITHDRAWAL
    if not place.exists():
        return
    try:
        note = json.loads(place.read_bytes())
        if note["seal"] != seal_of(note) or place.read_bytes() != text_of(note):
            yield f"{place}: what it says does not fit its seal"
    except UNREADABLE as error:
        yield f"{place}: altered so that it cannot be read ({error})"
