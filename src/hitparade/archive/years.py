"""Published charts over many issues: sealed with what they were added up from, and verified like editions.

A folder ``year-ends/<chart>/<span>/ed<N>/`` holds ``year-end.json`` (the table, its terms, and the editions of the
issues it counts), ``year-end.csv``, and ``inputs.json.gz`` with the lines of those issues and the sums of the ledger,
from which the table is added up again.
"""

import csv
import hashlib
import io
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from hitparade import database as db
from hitparade import storage
from hitparade._version import __version__
from hitparade.archive import sealed
from hitparade.archive.codec import decoder, encoder
from hitparade.archive.edition import UNREADABLE, Json, content_digest, seal_of, text_of
from hitparade.archive.index import EditionRow
from hitparade.archive.publish import move_folder, write_folder
from hitparade.archive.verify import FOLLOWS, SEAL, Answer, Verification
from hitparade.compile.years import Workings, YearEnd
from hitparade.digest import canonical
from hitparade.errors import ArchiveError, HouseError
from hitparade.storage import HousePaths

TABLE_FILE, CSV_FILE, INPUTS_FILE = "year-end.json", "year-end.csv", "inputs.json.gz"
FILES = (TABLE_FILE, CSV_FILE, INPUTS_FILE)
COLUMNS = (
    *("position", "title", "credit", "song", "total", "weeks", "peak", "peak_weeks", "first_issue"),
    *("entry_position", "last_issue", "per_unit", "chart", "span", "edition", "simulated"),
)
TODAY = "adds up to the same today"

Again = Callable[[str, str], tuple[YearEnd, Sequence[EditionRow]]]
"""Add up a chart over a span from what the house holds today, and name the editions that were read."""


@dataclass(frozen=True, slots=True)
class YearRow:
    """What the database says of one published chart over many issues; the time is ISO text in UTC."""

    chart: str
    span: str
    number: int
    digest: str
    reason: str
    published_at: str
    published_by: str

    @property
    def name(self) -> str:
        """Its name in a sentence: ``gb-singles 2016 ed1``."""
        return f"{self.chart} {self.span} ed{self.number}"


def rows(database: Engine, chart: str | None = None, span: str | None = None) -> tuple[YearRow, ...]:
    """Return what is published, replaced ones too, in order of chart, span and number."""
    table = db.year_ends
    ask = select(table).order_by(table.c.chart, table.c.span, table.c.number)
    for column, said in ((table.c.chart, chart), (table.c.span, span)):
        ask = ask if said is None else ask.where(column == said)
    with database.connect() as connection:
        return tuple(YearRow(**said) for said in connection.execute(ask).mappings())


def in_force(database: Engine, chart: str, span: str) -> YearRow | None:
    """Return the newest edition of a chart over a span, or None when there is none."""
    return next(reversed(rows(database, chart, span)), None)


def place_of(paths: HousePaths, row: YearRow) -> Path:
    """Return the folder of a published chart over many issues."""
    return paths.year_ends / row.chart / row.span / f"ed{row.number}"


def read(folder: Path) -> tuple[Json, YearEnd]:
    """Return what ``year-end.json`` says, and its table.

    Raises:
        ArchiveError: it cannot be read.
    """
    place = folder / TABLE_FILE
    try:
        said = json.loads(place.read_bytes())
        made: YearEnd = decoder(YearEnd)(said["body"])
    except UNREADABLE as error:
        raise ArchiveError(f"{place}: this is no readable year-end ({error})") from error
    return said, made


def publish(
    paths: HousePaths, database: Engine, made: YearEnd, workings: Workings, editions: Sequence[EditionRow], *,
    by: str, at: datetime, reason: str = "",
) -> YearRow:  # fmt: skip
    """Seal a chart over many issues and return its row.

    Raises:
        ArchiveError: it is out already and nothing would change, or a next edition has no reason.
    """
    with storage.writer_lock(paths):
        last = in_force(database, made.chart, made.label)
        if last is not None:
            _refuse_same(paths, last, made)
            if not reason.strip():
                raise ArchiveError(f"{last.name} is out; another edition needs a reason; say it with --why")
        row = YearRow(made.chart, made.label, last.number + 1 if last else 1, "", reason.strip(), at.isoformat(), by)
        said, files = _files(row, made, workings, editions, last)
        row = replace(row, digest=said["digest"])
        draft = paths.scratch / f"year-end-{row.chart}-{row.span}-ed{row.number}-{os.getpid()}"
        write_folder(draft, files)
        storage.commit_point("year:written")
        move_folder(draft, place_of(paths, row))
        storage.commit_point("year:moved")
        with db.writing(database) as transaction:
            transaction.execute(db.year_ends.insert().values({name: getattr(row, name) for name in row.__slots__}))
        storage.commit_point("year:committed")
    return row


def _refuse_same(paths: HousePaths, last: YearRow, made: YearEnd) -> None:
    _, before = read(place_of(paths, last))
    if not list(differences(before, made)):
        raise ArchiveError(f"{last.name}: it adds up to the same, so there is nothing to bring out")


def _files(
    row: YearRow, made: YearEnd, workings: Workings, editions: Sequence[EditionRow], last: YearRow | None
) -> tuple[Json, dict[str, bytes]]:
    """Return what ``year-end.json`` says, and the bytes of the three files by name."""
    inputs = canonical({"format": sealed.FORMAT, "workings": encoder(Workings)(workings)})
    head: Json = {
        "format": sealed.FORMAT,
        "chart": row.chart,
        "span": row.span,
        "edition": row.number,
        "simulated": made.simulated,
        "digest": "",
        "seal": "",
        "reason": row.reason,
        "replaces": last and {"edition": last.number, "digest": last.digest},
        "inputs_digest": hashlib.sha256(inputs).hexdigest(),
        "editions": [
            {"issue_date": each.issue_date.isoformat(), "edition": each.number, "digest": each.digest}
            for each in editions
        ],
        "body": encoder(YearEnd)(made),
        "published_at": row.published_at,
        "published_by": row.published_by,
        "made_with": f"hitparade {__version__}",
    }
    files = {CSV_FILE: _csv(head), INPUTS_FILE: sealed.pack(inputs)}
    head["files"] = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    head["digest"] = content_digest(head)
    head["seal"] = seal_of(head)
    return head, {TABLE_FILE: text_of(head), **files}


def _csv(said: Json) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    rest: dict[str, Any] = {key: said[key] for key in ("chart", "span", "edition")}
    rest |= {"per_unit": said["body"]["per_unit"], "simulated": "SIMULATED" if said["simulated"] else ""}
    writer.writerows({**line, **rest} for line in said["body"]["lines"])
    return stream.getvalue().encode()


def differences(before: YearEnd, now: YearEnd) -> Iterator[str]:
    """Give a sentence for each way in which two charts over the same issues differ, the first five lines named."""
    for name in ("first", "last", "as_of", "issues", "per_unit"):
        one, other = getattr(before, name), getattr(now, name)
        if one != other:
            yield f"{name.replace('_', ' ')} was {one}, and is {other}"
    lines = [{line.song: line for line in each.lines} for each in (before, now)]
    changed = [song for song in lines[0] | lines[1] if lines[0].get(song) != lines[1].get(song)]
    for song in changed[:5]:
        old, new = (each.get(song) for each in lines)
        said = [f"{it.position} with {it.total:,}" if it else "not there" for it in (old, new)]
        line = old or new
        yield f"{line.title if line else song} was {said[0]}, and is {said[1]}"
    if len(changed) > len(changed[:5]):
        yield f"{len(changed) - 5} more lines differ"


def verify(paths: HousePaths, database: Engine, again: Again, chart: str | None = None) -> Iterator[Verification]:
    """Return for each published chart over many issues whether its seal, its sum and today's sum hold."""
    for row in rows(database, chart):
        folder = place_of(paths, row)
        broken = tuple(breaks(folder, row))
        answers = [Answer(SEAL, not broken, broken), _follows(folder)]
        answers.append(_today(folder, row, again, counts=in_force(database, row.chart, row.span) == row))
        simulated = _is_simulated(folder)
        yield Verification(row.name, str(folder), withdrawn=False, simulated=simulated, answers=tuple(answers))


def verify_copy(folder: Path) -> Iterator[Verification]:
    """Return the first two answers for every chart over many issues in a copied folder."""
    for place in sorted({each.parent for each in folder.rglob(TABLE_FILE)}):
        broken = tuple(breaks(place))
        answers = Answer(SEAL, not broken, broken), _follows(place)
        name = f"{'/'.join(place.parts[-3:])}"
        yield Verification(name, str(place), withdrawn=False, simulated=_is_simulated(place), answers=answers)


def _is_simulated(folder: Path) -> bool:
    try:
        return read(folder)[1].simulated
    except ArchiveError:
        return False


def breaks(folder: Path, row: YearRow | None = None) -> Iterator[str]:
    """Return a sentence for everything in a folder that is not as it was sealed."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    yield from (f"{folder / name}: the file is missing" for name in missing)
    if missing:
        return
    try:
        said, _ = read(folder)
        yield from _own_breaks(folder / TABLE_FILE, said, row)
        for name in (CSV_FILE, INPUTS_FILE):
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != said["files"][name]:
                yield f"{folder / name}: altered; its bytes do not fit the digest in {TABLE_FILE}"
        if (folder / CSV_FILE).read_bytes() != _csv(said):
            yield f"{folder / CSV_FILE}: its rows are not the lines in {TABLE_FILE}"
    except ArchiveError as error:
        yield str(error)
    except UNREADABLE as error:
        yield f"{folder / TABLE_FILE}: altered so that it cannot be read ({error})"


def _own_breaks(place: Path, said: Json, row: YearRow | None) -> Iterator[str]:
    if place.read_bytes() != text_of(said) or said["seal"] != seal_of(said):
        yield f"{place}: what it says does not fit its seal"
    if said["digest"] != content_digest(said):
        yield f"{place}: its table or its inputs do not fit its digest {said['digest'][:12]}"
    if row is not None and [said[key] for key in ("chart", "span", "edition", "digest", "reason", "published_by")] != [
        row.chart, row.span, row.number, row.digest, row.reason, row.published_by
    ]:  # fmt: skip
        yield f"{place}: is not what the house logged as {row.name}"


def _follows(folder: Path) -> Answer:
    try:
        _, made = read(folder)
        workings: Workings = decoder(Workings)(sealed.unpack((folder / INPUTS_FILE).read_bytes())["workings"])
        table = workings.table()
    except (*UNREADABLE, HouseError, ArithmeticError) as error:
        return Answer(FOLLOWS, None, (f"{folder}: cannot be read, so this cannot be asked ({error})",))
    found = tuple(differences(made, replace(made, lines=table.lines, per_unit=table.per_unit)))
    return Answer(FOLLOWS, not found, found)


def _today(folder: Path, row: YearRow, again: Again, *, counts: bool) -> Answer:
    if not counts:
        return Answer(TODAY, None, ("not the edition in force, so it was not asked",))
    try:
        said, before = read(folder)
        now, editions = again(row.chart, row.span)
    except (*UNREADABLE, HouseError) as error:
        return Answer(TODAY, holds=False, findings=(f"cannot be added up today: {error}",))
    found = tuple(differences(before, now))
    read_then = {each["issue_date"]: each["digest"] for each in said["editions"]}
    others = [each.name for each in editions if read_then.get(each.issue_date.isoformat(), each.digest) != each.digest]
    why = (f"other editions are in force since: {', '.join(others)}",) if found and others else ()
    return Answer(TODAY, not found, (*found, *why))
