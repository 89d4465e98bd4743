"""A TOML file becomes a :class:`Programme`, or a list of complaints; and the shelf of all programmes."""

import difflib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hitparade.certify.lint import lint
from hitparade.certify.model import BLOCKS, BY_CONSUMPTION, History, ProgrammeFile
from hitparade.certify.programme import Programme
from hitparade.errors import BookError
from hitparade.rulebook.book import DatedValue, Series, measured_key
from hitparade.rulebook.complaints import Complaint, from_validation
from hitparade.rulebook.load import read_toml
from hitparade.rulebook.parts import Off, Sourced

_SHIPPED = Path(__file__).parent.parent / "books" / "programmes"
FOLDER = "programmes"
"""Where a house keeps programmes of its own, in its folder of books."""
_CITED = {"source", "confidence", "between"}


def is_programme(said: Mapping[str, Any]) -> bool:
    """Return whether the tables of a TOML file are a programme and not a chart's book."""
    return bool({"ladder", "judged_by", "trigger"} & set(said)) and "entries" not in said


def read(path: Path) -> tuple[Programme | None, tuple[Complaint, ...]]:
    """Return the programme in ``path`` and what is wrong with it; None when it cannot be read at all."""
    said, complaints = read_toml(path)
    if said is None:
        return None, complaints
    made, complaints = make(said, str(path))
    if made and made.id != path.stem:
        allowed = f'the file\'s own name, "{path.stem}"'
        complaints = (Complaint(str(path), "id", f'found "{made.id}"', allowed), *complaints)
    return made, complaints


def make(said: Mapping[str, Any], where: str) -> tuple[Programme | None, tuple[Complaint, ...]]:
    """Return the programme that tables say, and what is wrong with it; ``where`` is named in complaints."""
    try:
        file = ProgrammeFile.model_validate(said)
    except ValidationError as error:
        return None, from_validation(where, ProgrammeFile, error)
    made = Programme(
        file.id, file.title, file.publisher, file.territory, file.zone, file.unit, file.currency or "", where,
        {series.key: series for series in _all_series(file)}, tuple(file.aliases), (file.about or "").strip(),
    )  # fmt: skip
    return made, tuple(Complaint(where, *found) for found in lint(made, file.sources, _sources(file)))


def _keyed(file: ProgrammeFile) -> Iterator[tuple[str, str, History[Any]]]:
    for block in BLOCKS:
        held = getattr(file, block)
        for measure, history in held.items() if isinstance(held, dict) else [("", held)]:
            if history is not None:
                yield block, measured_key(block, measure) if measure else block, history


def _sources(file: ProgrammeFile) -> list[tuple[str, str]]:
    return [(f"{key} {day}", each.source) for _, key, held in _keyed(file) for day, each in held.values.items()]


def _all_series(file: ProgrammeFile) -> Iterator[Series]:
    for block, key, held in _keyed(file):
        dated_by = "consumption" if block in BY_CONSUMPTION else "certification"
        values = (
            DatedValue(day, _plain(each), file.sources.get(each.source, each.source), each.confidence, each.between)
            for day, each in held.values.items()
        )
        yield Series(key, dated_by, tuple(sorted(values, key=lambda dated: dated.since)))


def _plain(value: Sourced) -> Any:  # noqa: ANN401 - a number, text or table
    if isinstance(value, Off):
        return None
    table = value.model_dump(by_alias=True, exclude=_CITED, exclude_none=True)
    plain = next(iter(table.values())) if set(table) in ({"value"}, {"names"}) else table
    return plain[0] if isinstance(plain, tuple) and plain[1:] == (1,) else plain


class Programmes(Mapping[str, Programme]):
    """Programmes by their ids; one is read when it is first taken down, so a broken one harms no other."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self.paths = dict(sorted(paths.items()))

    def __getitem__(self, name: str) -> Programme:
        path = self.paths[name]
        return _load(path, path.stat().st_mtime_ns)

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def readable(self) -> Iterator[Programme]:
        """Give the programmes without a mistake."""
        for name in self.paths:
            try:
                yield self[name]
            except BookError:
                continue

    def broken(self) -> Iterator[str]:
        """Give one sentence for each programme that has a mistake: its first."""
        for name in self.paths:
            try:
                self[name]
            except BookError as error:
                yield str(error).splitlines()[0]

    def find(self, name: str) -> Programme:
        """Return the programme of that id or name.

        Raises:
            BookError: there is none, or the file is broken.
        """
        if name in self.paths:
            return self[name]
        wanted = name.strip().casefold()
        called = [each for each in self.readable() if wanted in {said.casefold() for said in each.names}]
        if len(called) == 1:
            return called[0]
        if called:
            raise BookError(f'"{name}" is {" and ".join(each.id for each in called)}; say which')
        near = difflib.get_close_matches(wanted, self.paths, 3, 0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"the programmes are {', '.join(self.paths)}"
        raise BookError(f'there is no programme "{name}"; {hint}')


def shipped() -> Programmes:
    """Return the programmes that come with hitparade."""
    return Programmes(_in(_SHIPPED))


def available(books: Path) -> Programmes:
    """Return those that ship and those in ``books/programmes``, which come before shipped ones of equal id."""
    return Programmes({**_in(_SHIPPED), **_in(books / FOLDER)})


def _in(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in folder.glob("*.toml")}


@lru_cache(maxsize=128)
def _load(path: Path, changed: int) -> Programme:  # noqa: ARG001 - a programme changed on disk is read again
    made, complaints = read(path)
    if made is None or complaints:
        raise BookError("\n".join(map(str, complaints)))
    return made
