"""Drafts: compiled and not published.

A draft can always be made again, so it is checked when read, never trusted.
"""

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.dialects.sqlite import insert

from hitparade import database as db
from hitparade import storage
from hitparade.archive import sealed
from hitparade.archive.edition import UNREADABLE
from hitparade.archive.state_text import StateTexts
from hitparade.compile.compiled import Compiled
from hitparade.digest import canonical, joined
from hitparade.storage import HousePaths

_FAST = 1
_OUTCOME = ("state_out", "left_out")


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What the database says of one draft: the digests of the issue and of what it was compiled from."""

    chart: str
    issue_date: date
    digest: str
    inputs: str


@dataclass(frozen=True, slots=True)
class _Written:
    row: DraftRow
    text: bytes


def place_of(paths: HousePaths, chart: str, issue_date: date) -> Path:
    """Return where a draft lies."""
    return paths.drafts / chart / f"{issue_date.isoformat()}.json.gz"


def draft_digest(compiled: Compiled) -> str:
    """Return the content digest of a compiled issue: equal facts, equal digest, however they came in."""
    return _write(compiled, StateTexts()).row.digest


def inputs_digest(compiled: Compiled) -> str:
    """Return the digest of what an issue was compiled from; a draft with another one is out of date."""
    return _write(compiled, StateTexts()).row.inputs


def _write(compiled: Compiled, states: StateTexts, rests_on: str | None = None) -> _Written:
    """Return the draft's canonical text and its row; what several issues share is turned into text once."""
    chart, said = sealed.without_states(compiled)
    parts = {key: canonical(value) for key, value in said.items()}
    parts.update(state_in=states.text(compiled.state_in), state_out=states.text(compiled.state_out))
    text = joined({"chart": canonical(chart), "inputs": joined(parts)})
    if rests_on is None:
        rests_on = _sha256(joined({key: part for key, part in parts.items() if key not in _OUTCOME}))
    return _Written(DraftRow(compiled.chart.chart, compiled.chart.issue_date, _sha256(text), rests_on), text)


def _sha256(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def store(
    paths: HousePaths, database: Engine, issues: Sequence[Compiled], rests_on: Sequence[str] = ()
) -> tuple[DraftRow, ...]:
    """Keep compiled issues as drafts, all in one transaction, and return their rows.

    Files are not synced: after a power cut a draft that does not fit its row counts as not there.

    Args:
        paths: the house.
        database: its database.
        issues: what was compiled.
        rests_on: for each issue a digest by which the caller knows later, without compiling, whether the
            draft still stands; by default that of its inputs.
    """
    states = StateTexts()
    digests: Sequence[str | None] = rests_on or [None] * len(issues)
    written = [_write(each, states, digest) for each, digest in zip(issues, digests, strict=True)]
    files = [(place_of(paths, each.row.chart, each.row.issue_date), sealed.pack(each.text, _FAST)) for each in written]
    with storage.writer_lock(paths):
        for place, data in files:
            _place(place, data)
        storage.commit_point("draft:written")
        _enter(database, [each.row for each in written])
        storage.commit_point("draft:committed")
    return tuple(each.row for each in written)


def _place(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.part")
    beside.write_bytes(data)
    beside.replace(place)


def _enter(database: Engine, rows: Sequence[DraftRow]) -> None:
    if not rows:
        return
    said = [
        {
            "chart": row.chart,
            "issue_date": row.issue_date.isoformat(),
            "digest": row.digest,
            "inputs": row.inputs,
        }
        for row in rows
    ]
    ask = insert(db.drafts)
    ask = ask.on_conflict_do_update(
        index_elements=["chart", "issue_date"],
        set_={"digest": ask.excluded.digest, "inputs": ask.excluded.inputs},
    )
    with db.writing(database) as transaction:
        transaction.execute(ask, said)


def drafts(database: Engine, chart: str | None = None) -> tuple[DraftRow, ...]:
    """Return the drafts of a chart, or of all, in order of chart and issue."""
    ask = select(db.drafts).order_by(db.drafts.c.chart, db.drafts.c.issue_date)
    if chart is not None:
        ask = ask.where(db.drafts.c.chart == chart)
    with database.connect() as connection:
        return tuple(
            DraftRow(said["chart"], date.fromisoformat(said["issue_date"]), said["digest"], said["inputs"])
            for said in connection.execute(ask).mappings()
        )


def row_of(database: Engine, chart: str, issue_date: date) -> DraftRow | None:
    """Return what the database says of one draft, or None."""
    return next((row for row in drafts(database, chart) if row.issue_date == issue_date), None)


def read(paths: HousePaths, database: Engine, chart: str, issue_date: date) -> Compiled | None:
    """Return the draft of an issue, or None when there is none that fits its row."""
    row = row_of(database, chart, issue_date)
    if row is None:
        return None
    try:
        text = gzip.decompress(place_of(paths, chart, issue_date).read_bytes())
        fits = hashlib.sha256(text).hexdigest() == row.digest
        return sealed.from_json(json.loads(text)) if fits else None
    except UNREADABLE:
        return None
