"""Publishing: an edition's folder is written, synced and moved into place; then its row makes it true."""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from hitparade import storage
from hitparade.archive import index, sealed
from hitparade.archive.edition import (
    UNREADABLE,
    WITHDRAWAL,
    Edition,
    Imprint,
    Link,
    folder_of,
    make,
    read,
    seal_of,
    text_of,
)
from hitparade.archive.index import EditionRow
from hitparade.compile.compiled import Compiled
from hitparade.digest import digest_of
from hitparade.errors import AlreadyPublishedError, ArchiveError
from hitparade.storage import HousePaths


@dataclass(frozen=True, slots=True)
class Signature:
    """Who publishes, when, and from which deliveries, which changes no digest; and whether it is only for the house."""

    by: str
    at: datetime
    deliveries: Sequence[Mapping[str, str]] = ()
    internal: bool = False


def publish(paths: HousePaths, database: Engine, compiled: Compiled, signature: Signature) -> EditionRow:
    """Publish the first edition of an issue and return its row.

    Raises:
        AlreadyPublishedError: the issue is out, or was and is withdrawn.
        ArchiveError: the issue before is not published, or is not the one this was compiled from.
    """
    issue = compiled.chart
    with storage.writer_lock(paths):
        refuse_published(index.newest(database, issue.chart, issue.issue_date))
        last_week = last_week_from(paths, database, compiled)
        return _bring_out(paths, database, compiled, _imprint(signature, 1, "", None, last_week))


def correct(
    paths: HousePaths,
    database: Engine,
    compiled: Compiled,
    signature: Signature,
    *,
    reason: str,
    even_if_same: bool = False,
) -> EditionRow:
    """Publish the next edition of an issue, with its reason, and return its row.

    Raises:
        ArchiveError: no reason, no edition to correct, or nothing would change.
    """
    issue = compiled.chart
    if not reason.strip():
        raise ArchiveError(f"{issue.chart} {issue.issue_date}: a correction needs a reason; say it with --why")
    with storage.writer_lock(paths):
        before = index.newest(database, issue.chart, issue.issue_date)
        if before is None:
            raise ArchiveError(f"{issue.chart} {issue.issue_date} is not published, so there is nothing to correct")
        if not before.withdrawn_at and not even_if_same:
            _refuse_same(edition_at(paths, before), compiled)
        replaces = Link(before.issue_date, before.number, before.digest)
        last_week = last_week_from(paths, database, compiled)
        return _bring_out(
            paths, database, compiled, _imprint(signature, before.number + 1, reason, replaces, last_week)
        )


def withdraw(paths: HousePaths, database: Engine, row: EditionRow, *, reason: str, by: str, at: datetime) -> EditionRow:
    """Withdraw the edition in force of an issue and return its row.

    Its files stay, with a sealed note beside them.

    Raises:
        ArchiveError: no reason, or it is not the edition in force.
    """
    if not reason.strip():
        raise ArchiveError(f"{row.name}: a withdrawal needs a reason; say it with --why")
    with storage.writer_lock(paths):
        if index.in_force(database, row.chart, row.issue_date) != row:
            raise ArchiveError(f"{row.name} is no longer the edition in force; nothing was withdrawn")
        note: dict[str, Any] = {
            "format": sealed.FORMAT,
            "chart": row.chart,
            "issue_date": row.issue_date.isoformat(),
            "edition": row.number,
            "digest": row.digest,
            "reason": reason,
            "withdrawn_at": at.isoformat(),
            "withdrawn_by": by,
        }
        note["seal"] = seal_of(note)
        storage.write_whole(
            folder_of(paths.editions, row.chart, row.issue_date, row.number) / WITHDRAWAL, text_of(note)
        )
        storage.commit_point("withdraw:written")
        index.mark_withdrawn(database, row, at=at, by=by, reason=reason)
        storage.commit_point("withdraw:committed")
    last = index.newest(database, row.chart, row.issue_date)
    return last or row


def edition_at(paths: HousePaths, row: EditionRow) -> Edition:
    """Return the edition of a row, read from its folder."""
    return read(folder_of(paths.editions, row.chart, row.issue_date, row.number))


def refuse_published(last: EditionRow | None) -> None:
    """Refuse an issue that already has an edition.

    Raises:
        AlreadyPublishedError: with who published (or withdrew) it, and when.
    """
    if last is None:
        return
    if last.withdrawn_at:
        raise AlreadyPublishedError(
            f"{last.name} was withdrawn by {last.withdrawn_by} at {last.withdrawn_at} "
            f"({last.withdrawn_reason}); `hitparade correct --why` brings out the next edition"
        )
    raise AlreadyPublishedError(
        f"{last.chart} {last.issue_date} was published as ed{last.number} by {last.published_by} "
        f"at {last.published_at}; `hitparade correct --why` brings out the next edition"
    )


def last_week_from(paths: HousePaths, database: Engine, compiled: Compiled) -> Link | None:
    """Return the edition whose closing state this issue began with; None for the first issue of a chart.

    Raises:
        ArchiveError: issues would come out of order, or the issue before has changed since this was compiled.
    """
    chart, issue_date, before = compiled.chart.chart, compiled.chart.issue_date, compiled.state_in.issue_date
    earlier = [row for row in index.chain(database, chart) if row.issue_date < issue_date]
    if (before is None or compiled.state_in.source) and not earlier:
        return None
    row = index.in_force(database, chart, before) if before else None
    if row is None:
        known = f"; the last one out is {earlier[-1].issue_date}" if earlier else ""
        missing = f"the issue before, {before}, is" if before else "issues before it are"
        raise ArchiveError(
            f"{chart} {issue_date}: {missing} not published{known}; publish in order, for instance with --all"
        )
    if edition_at(paths, row).said["state_out_digest"] != sealed.state_digest(compiled.state_in):
        raise ArchiveError(
            f"{chart} {issue_date} was compiled from another state than {row.name} left; compile it again"
        )
    return Link(row.issue_date, row.number, row.digest)


def _imprint(signature: Signature, number: int, reason: str, replaces: Link | None, last_week: Link | None) -> Imprint:
    said = signature.deliveries, signature.internal
    return Imprint(number, signature.by, signature.at, reason.strip(), replaces, last_week, *said)


def _refuse_same(before: Edition, compiled: Compiled) -> None:
    body = dict(sealed.to_json(compiled)["chart"])
    body.pop("chart")
    if digest_of(body) == digest_of(before.said["body"]):
        raise ArchiveError(f"{before.name}: nothing would change; --even-if-same brings out a new edition all the same")


def _bring_out(paths: HousePaths, database: Engine, compiled: Compiled, imprint: Imprint) -> EditionRow:
    said, files = make(compiled, imprint)
    row = EditionRow(
        said["chart"],
        compiled.chart.issue_date,
        imprint.number,
        said["digest"],
        imprint.reason,
        said["published_at"],
        imprint.by,
        internal=imprint.internal,
    )
    place = folder_of(paths.editions, row.chart, row.issue_date, row.number)
    draft = paths.scratch / f"edition-{row.chart}-{row.issue_date}-ed{row.number}-{os.getpid()}"
    write_folder(draft, files)
    _prove_readable(draft, compiled)
    storage.commit_point("publish:written")
    move_folder(draft, place)
    storage.commit_point("publish:moved")
    index.enter(database, row)
    storage.commit_point("publish:committed")
    return row


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder of their own, and sync it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
        storage.sync_file(folder / name)
    storage.sync_folder(folder)


def _prove_readable(folder: Path, compiled: Compiled) -> None:
    """Refuse to publish what would not read back exactly: a seal over less than the facts proves nothing."""
    try:
        same = read(folder).compiled == compiled
    except UNREADABLE:
        same = False
    if not same:
        shutil.rmtree(folder)
        name = f"{compiled.chart.chart} {compiled.chart.issue_date}"
        raise ArchiveError(f"{name}: it does not read back as it was sealed, so it was not published")


def move_folder(folder: Path, place: Path) -> None:
    """Move a written folder into place; what lies there has no row, so it is what a crash left."""
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(place)
    for parent in (place.parent, place.parent.parent, place.parent.parent.parent):
        storage.sync_folder(parent)
