"""Checking programmes, and running their cases: a small house of its own for each, from received file to answer."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hitparade.certify import cases, load
from hitparade.certify.cases import Case
from hitparade.certify.reckon import Certification
from hitparade.errors import HouseError
from hitparade.rulebook.cases import rows_as_csv
from hitparade.rulebook.check import Checked
from hitparade.rulebook.complaints import Complaint


class Checker:
    """Checks the files that are programmes, or cases of one; ``books`` is the folder of a house's own, or None."""

    def __init__(self, books: Path | None) -> None:
        self.books = books
        self.shelf = load.shipped() if books is None else load.available(books)

    def files(self) -> Iterator[Path]:
        """Give the programmes that there are."""
        yield from self.shelf.paths.values()

    def __call__(self, path: Path, said: Mapping[str, Any]) -> Checked | None:
        """Return the outcome for a file, or None where it is neither a programme nor a case of one."""
        if cases.is_case(said):
            return self._case(path)
        if not load.is_programme(said):
            return None
        made, complaints = load.read(path)
        return _checked(path, "programme", made.title if made else path.stem, complaints)

    def _case(self, path: Path) -> Checked:
        case, complaints = cases.read_case(path)
        if case is None:
            return _checked(path, "case", path.stem, complaints)
        if case.programme not in self.shelf:
            found = Complaint(str(path), "programme", f'found "{case.programme}"', f"one of {', '.join(self.shelf)}")
            return _checked(path, "case", case.title, (found,))
        try:
            return _checked(path, "case", case.title, cases.run(case, lambda each: certify_case(self.books, each)))
        except HouseError as error:
            return _checked(path, "case", case.title, (f"{case.where}: cannot be certified: {error}",))


def _checked(path: Path, kind: str, name: str, complaints: Sequence[object]) -> Checked:
    said = tuple(map(str, complaints))
    return Checked(str(path), kind, name, "wrong" if said else "good", said)


def certify_case(books: Path | None, case: Case) -> list[Certification]:
    """Return the answer to each thing that a case expects; its file takes the way of any other.

    ``books`` is the folder of a house's own programmes, or None for those that ship.
    """
    from hitparade.house import new  # noqa: PLC0415 - the front door imports this room when a case is run

    with tempfile.TemporaryDirectory(prefix="hitparade-case-") as place:
        folder = Path(place)
        house = new(folder / "house")
        if books is not None:
            shutil.copytree(books, house.paths.books, dirs_exist_ok=True)
        said, programme = house.certifications, house.certifications.programmes()[case.programme]
        rows = folder / "case.csv"
        rows.write_text(rows_as_csv(case.rows, programme.territory), "utf-8")
        house.receive([rows])
        for each in case.granted:
            said.grant(programme.id, each.song, each.level, each.on, why="the case says so", by="case")
        made = [said.of(programme.id, each.song, each.as_of) for each in case.expected]
        house.close()
        return made
