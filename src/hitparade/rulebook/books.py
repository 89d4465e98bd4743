"""The shelf: books that ship and the house's own, each read when it is first asked for."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from hitparade.errors import BookError
from hitparade.rulebook.book import Book
from hitparade.rulebook.load import load
from hitparade.rulebook.panels import FOLDER

_CHARTS = Path(__file__).parent.parent / "books" / "charts"


class Shelf(Mapping[str, Book]):
    """Books by their ids; a book is read when it is first taken down, so a broken one harms no other."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self.paths = dict(sorted(paths.items()))

    def __getitem__(self, name: str) -> Book:
        path = self.paths[name]
        return _load(path, _changed(path))

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def find(self, name: str) -> Book:
        """Return the book of that id, or whose chart is known by that name.

        Raises:
            BookError: there is none, with the nearest ids, or the book is broken.
        """
        if name in self.paths:
            return self[name]
        wanted = name.casefold()
        readable = list(self._readable())
        for book in readable:
            if wanted in {each.casefold() for each in (book.id, *book.names)}:
                return book
        raise BookError(f'there is no chart "{name}"{_nearest(name, readable, self.paths)}')

    def _readable(self) -> Iterator[Book]:
        for name in self.paths:
            try:
                yield self[name]
            except BookError:
                continue


def shipped() -> Shelf:
    """Return the books that come with hitparade."""
    return Shelf(_in(_CHARTS))


def available(folder: Path) -> Shelf:
    """Return the books that ship and those in ``folder``, which come before shipped ones of equal id."""
    return Shelf({**_in(_CHARTS), **_in(folder)})


def _in(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in folder.glob("*.toml")}


def _changed(path: Path) -> tuple[int, ...]:
    """Return when a book, and the panel files beside it, were last changed."""
    panels = sorted((path.parent / FOLDER).glob("*.csv"))
    return tuple(each.stat().st_mtime_ns for each in (path, *panels))


@lru_cache(maxsize=256)
def _load(path: Path, changed: tuple[int, ...]) -> Book:  # noqa: ARG001 - a book changed on disk is read again
    return load(path)


def _nearest(name: str, books: Iterable[Book], ids: Iterable[str]) -> str:
    names = {each.casefold(): book.id for book in books for each in book.names} | {each: each for each in ids}
    near = difflib.get_close_matches(name.casefold(), names, 3, 0.5)
    suggestions = dict.fromkeys(names[each] for each in near)
    if suggestions:
        return f"; did you mean {' or '.join(suggestions)}?"
    return f"; the charts are {', '.join(ids)}"
