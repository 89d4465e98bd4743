"""The files of an import: which ones are meant, their digests, and their text."""

import codecs
import glob
import gzip
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hitparade.catalog.text import unmarked_utf16
from hitparade.errors import ArchiveError, UsageError
from hitparade.problems import Problem

_ENDINGS = re.compile(r"\.(csv|tsv|txt|json|parquet|wiki|wikitext|mediawiki)(\.gz)?$", re.IGNORECASE)
EDITION = "edition.json"
_OF_AN_EDITION = ("edition.csv", "inputs.json.gz", "withdrawal.json")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """One file, under the name that places give it, with the digest of its bytes."""

    name: str
    file: Path
    digest: str

    def bytes(self) -> bytes:
        """Return its bytes, unpacked where they are compressed.

        Raises:
            ArchiveError: they are compressed and damaged.
        """
        data = self.file.read_bytes()
        if not data.startswith(_GZIP):
            return data
        try:
            return gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise ArchiveError(f"{self.name}: the gzip file is damaged: {error}") from error

    @property
    def bare_name(self) -> str:
        """The name without the ending of compression."""
        return re.sub(r"\.gz$", "", self.name, flags=re.IGNORECASE)


def sources(paths: Iterable[str | Path]) -> tuple[Source, ...]:
    """Return the files that ``paths`` name, each once, by name: files, folders with all below, and patterns.

    Raises:
        UsageError: a path names nothing.
        ArchiveError: a file cannot be read.
    """
    found: dict[Path, str] = {}
    for path in paths:
        for file, name in _at(str(path)):
            found.setdefault(file.resolve(), name)
    return tuple(Source(name, file, _digest(file, name)) for file, name in sorted(found.items(), key=_by_name))


def _by_name(item: tuple[Path, str]) -> tuple[str, Path]:
    return item[1], item[0]


def _at(path: str) -> Iterator[tuple[Path, str]]:
    place = Path(path)
    if place.is_file():
        yield _sealed(place), _sealed(place).name
    elif place.is_dir():
        below = [file for file in sorted(place.rglob("*")) if file.is_file() and _ENDINGS.search(file.name)]
        files = [file for file in below if not _is_part_of_an_edition(file) and not _is_hidden(file, place)]
        if not files:
            raise UsageError(
                f"{path}: no file in this folder ends in .csv, .tsv, .txt, .json, .parquet or .wiki, plain or with .gz"
            )
        yield from ((file, file.relative_to(place).as_posix()) for file in files)
    else:
        files = [Path(match) for match in sorted(glob.glob(path, recursive=True))]  # noqa: PTH207 - ~ and ** as typed
        files = [file for file in files if file.is_file()]
        if not files:
            raise UsageError(f"{path}: there is no such file or folder, and no file matches it")
        yield from ((file, file.name) for file in files)


def _sealed(file: Path) -> Path:
    """Return the edition that a table belongs to, so that its seal can be checked."""
    beside = file.with_name(EDITION)
    return beside if _is_part_of_an_edition(file) and beside.is_file() else file


def _is_part_of_an_edition(file: Path) -> bool:
    return file.name in _OF_AN_EDITION and file.with_name(EDITION).is_file()


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _digest(file: Path, name: str) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ArchiveError(f"{name}: the file cannot be read: {error.strerror or error}") from error


def text_of(data: bytes, name: str, encoding: str = "") -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file, and notes on how its letters were read where that is not UTF-8.

    Text that is not UTF-8 is read line by line, so that a file put together from two encodings comes out right.

    Raises:
        ArchiveError: it is no text, or not in the ``encoding`` that somebody named.
    """
    if encoding:
        return _named(data, name, encoding), ()
    if data.startswith(_UTF16):
        return _named(data, name, "utf-16"), (_note(name, "encoding", "UTF-16", "UTF-8; it is read as UTF-16"),)
    if encoding := unmarked_utf16(data):
        found = f"UTF-16 without a mark, it seems ({encoding})"
        return _named(data, name, encoding), (_note(name, "encoding", found, f"UTF-8; it is read as {encoding}"),)
    if b"\0" in data[:4096]:
        raise ArchiveError(f"{name}: the file is neither text nor Parquet; allowed are text in UTF-8 and Parquet")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _line_by_line(data.removeprefix(codecs.BOM_UTF8), name)


def _named(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise ArchiveError(f"{name}: {encoding!r} is no encoding; allowed are names such as utf-8 or cp1252") from error
    except UnicodeDecodeError as error:
        raise ArchiveError(f"{name}: byte {error.start} is not {encoding}") from error


def _line_by_line(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    lines, numbers, marks = [], [], set()
    for number, line in enumerate(re.split(rb"(?<=\n)|(?<=\r)(?!\n)", data), 1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            text, mark = _western(line)
            lines.append(text)
            numbers.append(number)
            marks.add(mark)
    found = f"{len(numbers)} lines, the first is line {numbers[0]}"
    note = _note(name, "encoding", found, f"UTF-8; these lines are read as {' and '.join(sorted(marks))}")
    return "".join(lines), (note,)


def _western(line: bytes) -> tuple[str, str]:
    try:
        return line.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        return line.decode("latin-1"), "Latin-1"


def _note(name: str, reason: str, found: str, allowed: str) -> Problem:
    return Problem(name, "note", reason, found, allowed)
