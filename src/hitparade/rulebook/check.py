"""Check books and their cases, and say everything that is wrong."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from hitparade.errors import HouseError
from hitparade.rulebook.books import Shelf
from hitparade.rulebook.cases import Case, CompileCase, is_case, read_case, run
from hitparade.rulebook.complaints import Complaint
from hitparade.rulebook.load import read, read_toml


class Checked(NamedTuple):
    """The outcome for one file: a ``book`` or ``case`` that is ``good``, ``wrong`` or ``not run``."""

    path: str
    kind: str
    name: str
    state: str
    complaints: tuple[str, ...]


class Others(Protocol):
    """What checks the files that are no chart's book and no case of one."""

    def files(self) -> Iterator[Path]:
        """Give those that there are."""

    def __call__(self, path: Path, said: Mapping[str, Any]) -> Checked | None:
        """Return the outcome for a file, or None where it is none of them."""


def check(
    shelf: Shelf,
    paths: Iterable[Path] = (),
    compile_case: CompileCase | None = None,
    others: Others | None = None,
) -> tuple[Checked, ...]:
    """Return the outcome for each book and case in ``paths`` (files or folders), or for all that there are.

    Without ``compile_case`` cases are read but not run. ``others`` knows files of other kinds.
    """
    named = [file for path in paths for file in _files(path)]
    files = named or [*_shelved(shelf), *(others.files() if others else ())]
    return tuple(_check(file, shelf, compile_case, others) for file in files)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(path.rglob("*.toml"))
    else:
        yield path


def _shelved(shelf: Shelf) -> Iterator[Path]:
    yield from shelf.paths.values()
    for folder in sorted({path.parent / "cases" for path in shelf.paths.values()}):
        yield from sorted(folder.rglob("*.toml"))


def _check(path: Path, shelf: Shelf, compile_case: CompileCase | None, others: Others | None) -> Checked:
    said, complaints = read_toml(path)
    if said is None:
        return _checked(path, "book", path.stem, complaints)
    if others is not None and (found := others(path, said)) is not None:
        return found
    if is_case(said):
        return _check_case(path, shelf, compile_case)
    book, complaints = read(path)
    return _checked(path, "book", book.title if book else path.stem, complaints)


def _check_case(path: Path, shelf: Shelf, compile_case: CompileCase | None) -> Checked:
    case, complaints = read_case(path)
    if case is None:
        return _checked(path, "case", path.stem, complaints)
    if case.chart not in shelf:
        found = Complaint(str(path), "chart", f'found "{case.chart}"', f"one of {', '.join(shelf)}")
        return _checked(path, "case", case.title, (found,))
    if compile_case is None:
        return Checked(str(path), "case", case.title, "not run", ())
    return _checked(path, "case", case.title, _told(lambda: run(case, compile_case), case))


def _told(running: Callable[[], tuple[str, ...]], case: Case) -> tuple[str, ...]:
    try:
        return running()
    except HouseError as error:
        return (f"{case.where}: cannot be compiled: {error}",)


def _checked(path: Path, kind: str, name: str, complaints: Iterable[object]) -> Checked:
    said = tuple(map(str, complaints))
    return Checked(str(path), kind, name, "wrong" if said else "good", said)
