"""Verify: three separate answers for each edition.

1. Is the seal intact? 2. Does the chart follow from its sealed inputs? 3. Do these inputs equal what today's
ledger gives? The third may well say no, with the names of what changed: that is what corrections are for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from hitparade.archive import index, seal
from hitparade.archive.edition import EDITION, UNREADABLE, WITHDRAWAL, Edition, folder_of, read
from hitparade.archive.index import EditionRow
from hitparade.compile.proof import differences
from hitparade.errors import ArchiveError, HouseError
from hitparade.storage import HousePaths

SEAL, FOLLOWS, TODAY = "seal intact", "chart follows from its sealed inputs", "inputs equal today's ledger"

Today = Callable[[Edition], Iterator[str]]
"""Give a sentence for each difference between an edition's inputs and what the house has today."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the three answers: yes, no or None (it could not be asked), and a sentence for each finding."""

    question: str
    holds: bool | None
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found about one edition."""

    name: str
    folder: str
    withdrawn: bool
    simulated: bool
    answers: tuple[Answer, ...]

    @property
    def sound(self) -> bool:
        """Whether no answer is a no."""
        return all(answer.holds is not False for answer in self.answers)


def verify_copy(folder: Path) -> Iterator[Verification]:
    """Return the first two answers for every edition in a copied folder, which needs nothing beside it.

    Raises:
        ArchiveError: there is no edition in it.
    """
    places = sorted({place.parent for name in seal.FILES for place in folder.rglob(name)})
    if not places:
        raise ArchiveError(f"{folder}: there is no edition here; an edition is a folder with {', '.join(seal.FILES)}")
    found = {}
    for place in places:
        edition = _readable(place)
        if edition is not None:
            found[edition.chart, edition.issue_date, edition.number] = edition.digest
    for place in places:
        yield _verification(place, _name(place), None, lambda *key: found.get(key), None)


def verify_house(
    paths: HousePaths, database: Engine, *, chart: str | None, issue_date: date | None, today: Today
) -> Iterator[Verification]:
    """Return the three answers for each edition that the house has published, in order.

    Raises:
        ArchiveError: an issue or chart was named that has no edition.
    """
    rows = index.editions(database, chart, issue_date)
    if not rows and (chart or issue_date):
        named = " ".join(str(each) for each in (chart, issue_date) if each)
        raise ArchiveError(f"{named}: nothing is published, so there is nothing to verify")
    digests = {(row.chart, row.issue_date, row.number): row.digest for row in index.editions(database)}
    for row in rows:
        place = folder_of(paths.editions, row.chart, row.issue_date, row.number)
        counts = index.in_force(database, row.chart, row.issue_date) == row
        yield _verification(place, row.name, row, lambda *key: digests.get(key, "none"), today if counts else None)


def _readable(folder: Path) -> Edition | None:
    try:
        return read(folder)
    except ArchiveError:
        return None


def _name(folder: Path) -> str:
    edition = _readable(folder)
    return edition.name if edition else "/".join(folder.parts[-3:])


def _verification(
    folder: Path, name: str, row: EditionRow | None, look_up: seal.LookUp, today: Today | None
) -> Verification:
    edition = _readable(folder)
    broken = list(seal.breaks(folder, look_up))
    if edition is not None and row is not None:
        broken.extend(seal.row_breaks(edition, row))
    answers = [Answer(SEAL, not broken, tuple(broken)), _follows(folder, edition)]
    if row is not None:
        answers.append(_today(edition, today))
    simulated = edition is not None and bool(edition.said.get("simulated"))
    return Verification(name, str(folder), (folder / WITHDRAWAL).exists(), simulated, tuple(answers))


def _follows(folder: Path, edition: Edition | None) -> Answer:
    if edition is None:
        return Answer(FOLLOWS, None, (f"{folder / EDITION}: cannot be read, so this cannot be asked",))
    try:
        found = differences(edition.compiled)
    except (*UNREADABLE, HouseError, ArithmeticError) as error:
        return Answer(FOLLOWS, None, (f"{folder}: its inputs cannot be read, so this cannot be asked ({error})",))
    return Answer(FOLLOWS, not found, tuple(f"{edition.name}: {each}" for each in found))


def _today(edition: Edition | None, today: Today | None) -> Answer:
    if edition is None or today is None:
        return Answer(TODAY, None, () if edition is None else ("not the edition in force, so it was not asked",))
    try:
        found = tuple(today(edition))
    except UNREADABLE as error:
        return Answer(TODAY, None, (f"{edition.folder}: its inputs cannot be read ({error})",))
    except HouseError as error:
        return Answer(TODAY, holds=False, findings=(f"cannot be compiled today: {error}",))
    return Answer(TODAY, not found, found)
