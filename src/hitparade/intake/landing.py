"""Where received bytes land: what lies at a path, its digest, a copy of it, and plain text to read."""

import codecs
import glob
import gzip
import hashlib
import re
import shutil
import sys
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self

from hitparade.errors import IntakeError, UsageError

_CHUNK = 1 << 22
_ENDINGS = re.compile(r"\.(csv|tsv|parquet)(\.gz)?$", re.IGNORECASE)
CONTROL = ".control.toml"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file to receive, under the name that it is known by; ``file`` is none for standard input."""

    name: str
    file: Path | None


def arrivals(paths: Iterable[str | Path]) -> tuple[Arrival, ...]:
    """Return the files that ``paths`` name: files, folders (all CSV, TSV and Parquet files below), globs, ``-``.

    Raises:
        UsageError: a path names nothing.
    """
    found: dict[Path | None, Arrival] = {}
    for path in paths:
        for arrival in _at(str(path)):
            found.setdefault(arrival.file and arrival.file.resolve(), arrival)
    return tuple(found.values())


def _at(path: str) -> Iterator[Arrival]:
    place = Path(path)
    if path == "-":
        yield Arrival("stdin", None)
    elif place.is_file():
        yield Arrival(place.name, place)
    elif place.is_dir():
        files = [file for file in _below(place) if _ENDINGS.search(file.name)]
        if not files:
            raise UsageError(f"{path}: no file in this folder ends in .csv, .tsv or .parquet, plain or with .gz")
        yield from (Arrival(file.name, file) for file in files)
    else:
        matches = [Path(match) for match in sorted(glob.glob(path, recursive=True))]  # noqa: PTH207 - ~ and ** as typed
        files = [file for file in matches if file.is_file() and not file.name.endswith(CONTROL)]
        if not files:
            raise UsageError(f"{path}: there is no such file or folder, and no file matches it")
        yield from (Arrival(file.name, file) for file in files)


def _below(folder: Path) -> list[Path]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return sorted(file for file in files if not any(part.startswith(".") for part in file.relative_to(folder).parts))


@dataclass(frozen=True, slots=True)
class Landed:
    """Received bytes: where they lie, their digest and size, and what their text is like."""

    file: Path
    digest: str
    size: int
    compressed: bool
    returns: bool
    """Whether there is a carriage return in it."""


def land(arrival: Arrival, target: Path | None) -> Landed:
    """Return what arrived, copied to ``target`` when one is given (always, for standard input).

    Raises:
        IntakeError: it cannot be read.
    """
    seal, size, returns, start = hashlib.sha256(), 0, False, b""
    room = bytearray(_CHUNK)  # one piece of memory for all of the file
    try:
        stream: Any = arrival.file.open("rb", buffering=0) if arrival.file else sys.stdin.buffer
        with stream, target.open("wb") if target else _Nowhere() as copy, ThreadPoolExecutor(1) as aside:
            while read := stream.readinto(room):
                part = memoryview(room)[:read]
                sealed = aside.submit(seal.update, part)  # while the copy is written
                copy.write(part)
                start = start or bytes(part[:2])
                size += read
                returns = returns or room.find(b"\r", 0, read) >= 0
                sealed.result()
    except OSError as error:
        raise IntakeError(f"{arrival.name}: the file cannot be read: {error.strerror or error}") from error
    file = target or arrival.file
    if file is None:
        raise IntakeError(f"{arrival.name}: standard input needs a place to land")
    return Landed(file, seal.hexdigest(), size, start == b"\x1f\x8b", returns)


class _Nowhere:
    """A copy that nobody keeps."""

    def write(self, chunk: memoryview) -> None:
        """Forget ``chunk``."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def plain(landed: Landed, target: Path, name: str) -> Path:
    """Return a file without byte order mark whose lines end in line feeds alone, the landed one or a copy of it.

    The engine's reader tells lines apart for certain only when all of them end alike.

    Raises:
        IntakeError: the file is compressed and damaged.
    """
    with landed.file.open("rb") as start:
        first = start.read(4)
    marked = first.startswith(codecs.BOM_UTF8)
    if first == b"PAR1" or not (landed.compressed or landed.returns or marked):
        return landed.file
    try:
        with gzip.open(landed.file) if landed.compressed else landed.file.open("rb") as source:
            _unreturned(source, target)  # type: ignore[arg-type]
    except (OSError, EOFError, zlib.error) as error:
        raise IntakeError(f"{name}: the gzip file is damaged: {error}") from error
    return target


def _unreturned(source: BinaryIO, target: Path) -> None:
    with target.open("wb") as stream:
        first = source.read(_CHUNK)
        if first.startswith(b"PAR1"):
            stream.write(first)
            shutil.copyfileobj(source, stream, _CHUNK)
            return
        first, held = first.removeprefix(codecs.BOM_UTF8), False
        while first:
            if held:
                first = b"\r" + first
            held = first.endswith(b"\r")
            stream.write(first[: len(first) - held].replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
            first = source.read(_CHUNK)
        if held:
            stream.write(b"\n")
