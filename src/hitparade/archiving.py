"""``house.archives``: charts that were published elsewhere, held beside the house's own."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from hitparade import beginning
from hitparade.archive import importing, lint, openings, series
from hitparade.archive.formats import mapping as mappings
from hitparade.archive.formats.printed import Wish
from hitparade.archive.formats.source import sources
from hitparade.archive.imported import About, Imported, Options
from hitparade.archive.lint import Report
from hitparade.archive.lint_finding import About as Checked
from hitparade.archive.openings import Opening
from hitparade.archive.series import KINDS, ImportInfo, SeriesInfo, SeriesProblem
from hitparade.catalog import log
from hitparade.errors import ArchiveError, BookError, UsageError
from hitparade.rulebook.register import shipped_register

if TYPE_CHECKING:
    from hitparade.house import House
    from hitparade.rulebook.book import Book

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TERRITORY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?|GLOBAL")


@dataclass(frozen=True, slots=True)
class Archives:
    """The archives of a house."""

    house: "House"

    def import_(
        self, name: str, paths: str | Path | Iterable[str | Path], *,
        format: str = "",  # noqa: A002 - the word that people know
        mapping: str = "", title: str = "", publisher: str = "", territory: str = "", size: int | None = None,
        source: str = "", kind: str = "", dry_run: bool = False, replaces: str = "",
        advance: Callable[..., None] | None = None,
    ) -> Imported:  # fmt: skip
        """Import files as a part of a series, all or none, and return what became of them.

        What nobody says of a series is taken from what the house knows of it, from the book or the register.
        """
        about = self._about(About(name, title, publisher, territory.upper(), size, source, kind))
        wish = mappings.read(mappings.find(self.mappings, mapping)) if mapping else Wish()
        keep = self.house.config.keep_originals
        options = Options(format, wish, dry_run=dry_run, replaces=replaces, keep=keep)
        named = [paths] if isinstance(paths, str | Path) else list(paths)
        house = self.house
        return importing.import_(house.paths, house.database, about, named, options, house.clock(), advance)

    @property
    def mappings(self) -> Path:
        """The folder of the house's own mappings of archives."""
        return self.house.paths.root / "mappings" / "archive"

    def count(self, paths: Iterable[str | Path]) -> int:
        """Return how many files ``paths`` name, for a progress bar."""
        return len(sources(paths))

    def series(self) -> tuple[SeriesInfo, ...]:
        """Return the series that the house holds, by id."""
        return series.held(self.house.database)

    def find(self, name: str) -> SeriesInfo:
        """Return the series of that id or title, or of the chart known by that name.

        Raises:
            ArchiveError: the house holds none.
        """
        held = self.series()
        book = self._book(name)
        wanted = {name.casefold(), book.id if book else ""}
        found = [each for each in held if each.id in wanted or each.title.casefold() in wanted]
        if len(found) != 1:
            known = ", ".join(each.id for each in held) or "none; `hitparade archive import SERIES FILE` brings one in"
            raise ArchiveError(f"no archive of {name!r} is in this house; there are {known}")
        return found[0]

    def lines(self, name: str) -> pa.Table:
        """Return the printed lines in force of a series by issue, position and record."""
        return series.lines(self.house.paths, self.house.database, name)

    def awards(self, name: str) -> pa.Table:
        """Return the awards in force of a series by date, artist, title and level."""
        return series.awards(self.house.paths, self.house.database, name)

    def problems(self, name: str) -> tuple[SeriesProblem, ...]:
        """Return the problems of a series: rejected records and notes."""
        return series.problems(self.house.paths, self.house.database, self.find(name).id)

    def lint(self, name: str) -> Report:
        """Return what contradicts itself in a series: its dates, its positions, and the publisher's own columns.

        Raises:
            ArchiveError: it is a list of awards, which has no issues.
        """
        found = self.find(name)
        if found.kind == series.AWARDS:
            raise ArchiveError(f"{found.id} is a list of awards: it has no issues and positions to check")
        about = Checked(found.id, found.kind, found.size)
        return lint.lint(self.lines(found.id), about, log.decisions(self.house.database))

    def remove(self, name: str) -> ImportInfo:
        """Take the import of that id out of force and return it; its files stay."""
        return importing.remove(self.house.paths, self.house.database, name)

    def open_(
        self, chart: str, name: str | None = None, issue: date | None = None, *, why: str = "", by: str
    ) -> Opening:
        """Log that a chart goes on from an archive, its own if no other is named, after the last or a named issue."""
        return beginning.open_(self.house, chart, name, issue, why=why, by=by)

    def take_back(self, chart: str, *, why: str = "", by: str) -> Opening:
        """Log that a chart begins with nothing again."""
        return beginning.take_back(self.house, chart, why=why, by=by)

    def openings(self, chart: str | None = None) -> tuple[Opening, ...]:
        """Return what was said of how charts begin, in order; the last line of a chart holds."""
        return openings.logged(self.house.database, chart)

    def _about(self, said: About) -> About:
        """Return what is known of a series: as said now, as said before, as its book or the register says."""
        if said.kind and said.kind not in KINDS:
            raise UsageError(f"--kind {said.kind}: there is no such kind; allowed are {', '.join(KINDS)}")
        if said.territory and not _TERRITORY.fullmatch(said.territory):
            raise UsageError(f"--territory {said.territory}: allowed are two letters such as US, or GLOBAL")
        if said.size is not None and said.size < 1:
            raise UsageError(f"--size {said.size}: allowed is a whole number of lines from 1")
        book = self._book(said.id)
        said = replace(said, id=book.id) if book else said
        if not _ID.fullmatch(said.id):
            raise UsageError(
                f"{said.id!r} is no id of a series and no chart's name; allowed are small letters, digits and single "
                "hyphens, such as us-hot-100"
            )
        for known in (_before(series.find(self.house.database, said.id)), _of_book(book), _of_register(said.id, book)):
            said = _filled(said, known)
        return said

    def _book(self, name: str) -> "Book | None":
        shelf = self.house.books()
        if _ID.fullmatch(name) and name not in shelf.paths:
            return None
        try:
            return shelf.find(name)
        except BookError:
            return None


def _before(known: SeriesInfo | None) -> About:
    if known is None:
        return About("")
    return About(known.id, known.title, known.publisher, known.territory, known.size, known.source, known.kind)


def _of_book(book: "Book | None") -> About:
    """Return what a book says; its chart's own name is taken before the title of our model of it."""
    if book is None:
        return About("")
    sizes = {each.value for each in book.series["size"].values} if "size" in book.series else set()
    size = next(iter(sizes)) if len(sizes) == 1 else None
    return About(book.id, (book.names[1:] or book.names)[0], book.publisher, book.territory, size)


def _of_register(name: str, book: "Book | None") -> About:
    chart = None if book else shipped_register().get(name)
    return About(chart.id, chart.all_names[0], chart.publisher, chart.territory) if chart else About("")


def _filled(said: About, known: About) -> About:
    """Return what is said, and of what is not said what is known."""
    return About(
        said.id, said.title or known.title, said.publisher or known.publisher, said.territory or known.territory,
        said.size if said.size is not None else known.size, said.source or known.source, said.kind or known.kind,
    )  # fmt: skip
