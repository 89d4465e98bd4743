"""A TOML file becomes a :class:`Book`, or a list of complaints."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hitparade.counting import PanelLine
from hitparade.errors import BookError
from hitparade.rulebook.book import Book, DatedValue, Series, Span, measured_key
from hitparade.rulebook.complaints import Complaint, from_validation
from hitparade.rulebook.kinds_counting import Panel
from hitparade.rulebook.lint import lint
from hitparade.rulebook.model import BLOCKS, BookFile
from hitparade.rulebook.panels import FOLDER, read_panel
from hitparade.rulebook.parts import Dated, DatedByTracking, Off, Sourced

Touched = frozenset[tuple[str, str]]
"""(key, day) of every value that a what-if put into a book."""

_CITED = {"source", "confidence", "between"}


def load(path: Path) -> Book:
    """Return the book in ``path``.

    Raises:
        BookError: with one line for each mistake.
    """
    book, complaints = read(path)
    if book is None or complaints:
        raise BookError("\n".join(map(str, complaints)))
    return book


def read(path: Path) -> tuple[Book | None, tuple[Complaint, ...]]:
    """Return the book in ``path`` and what is wrong with it; no book when it cannot be read at all."""
    said, complaints = read_toml(path)
    if said is None:
        return None, complaints
    book, complaints = make(said, str(path))
    if book and book.id != path.stem:
        allowed = f'the file\'s own name, "{path.stem}"'
        complaints = (Complaint(str(path), "id", f'found "{book.id}"', allowed), *complaints)
    return book, complaints


def read_toml(path: Path) -> tuple[dict[str, Any] | None, tuple[Complaint, ...]]:
    """Return the tables in ``path``, or None and why they cannot be read, with the line."""
    try:
        return tomllib.loads(path.read_text("utf-8")), ()
    except OSError as error:
        return None, (Complaint(str(path), "", f"cannot be read: {error.strerror}", ""),)
    except UnicodeDecodeError as error:
        found = f"byte {error.start + 1} is not UTF-8"
        return None, (Complaint(str(path), "", found, "a TOML file in UTF-8"),)
    except tomllib.TOMLDecodeError as error:
        return None, (Complaint(str(path), "", f"is not TOML: {str(error)[:1].lower()}{str(error)[1:]}", ""),)


def make(
    said: Mapping[str, Any], where: str, touched: Touched = frozenset(), folder: Path | None = None
) -> tuple[Book | None, tuple[Complaint, ...]]:
    """Return the book that tables say, and what is wrong with it.

    ``where`` is named in complaints; panel files are looked for in ``folder``, else beside ``where``.
    """
    try:
        file = BookFile.model_validate(said)
    except ValidationError as error:
        return None, from_validation(where, BookFile, error)
    panels, complaints = _panels(file, where, (folder or Path(where).parent) / FOLDER)
    book = _book(file, where, touched, panels)
    return book, (*complaints, *lint(book, file.sources, _sources(file)))


def _panels(file: BookFile, where: str, folder: Path) -> tuple[dict[str, tuple[PanelLine, ...]], list[Complaint]]:
    """Return the panel files that a book names, and what is wrong with them."""
    held = file.panel.values.values() if file.panel else ()
    names = sorted({each.file for each in held if isinstance(each, Panel) and each.file})
    found = {name: read_panel(folder / name, where) for name in names}
    complaints = [complaint for _, complaints in found.values() for complaint in complaints]
    return {name: lines for name, (lines, _) in found.items()}, complaints


def _book(file: BookFile, where: str, touched: Touched, panels: Mapping[str, tuple[PanelLine, ...]]) -> Book:
    life = sorted(file.life, key=lambda span: span.begins)
    return Book(
        id=file.id,
        title=file.title,
        publisher=file.publisher,
        territory=file.territory,
        where=where,
        life=tuple(
            Span(s.begins, s.ends, file.sources.get(s.source, s.source), s.confidence, s.covered_from) for s in life
        ),
        steps=tuple(file.steps),
        series={series.key: series for series in _all_series(file, touched)},
        about=(file.about or "").strip(),
        panels=panels,
    )


def _keyed(file: BookFile) -> Iterator[tuple[str, Dated[Any] | DatedByTracking[Any]]]:
    for block in BLOCKS:
        held = getattr(file, block)
        if isinstance(held, dict):
            yield from ((measured_key(block, measure), dated) for measure, dated in held.items())
        elif held is not None:
            yield block, held


def _sources(file: BookFile) -> list[tuple[str, str]]:
    dated = [(f"{key} {day}, source", value.source) for key, held in _keyed(file) for day, value in held.values.items()]
    return [(f"life, {n}.source", span.source) for n, span in enumerate(file.life, 1)] + dated


def _all_series(file: BookFile, touched: Touched) -> Iterator[Series]:
    for key, held in _keyed(file):
        own = held.dated_by if isinstance(held, Dated) else "tracking_start"
        values = [_dated(file, day, value, (key, day.isoformat()) in touched) for day, value in held.values.items()]
        yield Series(key, own or file.dated_by, tuple(sorted(values, key=lambda dated: dated.since)))


def _dated(file: BookFile, day: date, value: Sourced, what_if: bool) -> DatedValue:  # noqa: FBT001 - private
    source = file.sources.get(value.source, value.source)
    return DatedValue(day, _plain(value), source, value.confidence, value.between, what_if)


def _plain(value: Sourced) -> Any:  # noqa: ANN401 - a number, text or table
    if isinstance(value, Off):
        return None
    table = value.model_dump(mode="json", by_alias=True, exclude=_CITED, exclude_none=True)
    plain = table["value"] if set(table) == {"value"} else table
    return plain[0] if isinstance(plain, list) and plain[1:] == [1] else plain
