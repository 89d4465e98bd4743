"""How a house keeps its files: where each kind lies, and how a file is written so that a crash leaves old or new.

The order is always the same: files are written beside their place, synced and renamed; then the row in
``house.db`` is committed, and that row is the truth. A file without a row is an orphan, and ``doctor`` removes it.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from hitparade.errors import LockedError

_SYNCED_AT_ONCE = 8
"""Files that wait for the disk together."""


@dataclass(frozen=True, slots=True)
class HousePaths:
    """The places of a house folder."""

    root: Path

    @property
    def config(self) -> Path:
        """``house.toml``: name, zones, memory limit, privacy."""
        return self.root / "house.toml"

    @property
    def database(self) -> Path:
        """``house.db``: the rows that make files true."""
        return self.root / "house.db"

    @property
    def books(self) -> Path:
        """``books/``: the house's own rulebooks, before those that ship."""
        return self.root / "books"

    @property
    def rows(self) -> Path:
        """``ledger/rows/territory=XX/day=YYYY-MM-DD/<delivery>.parquet``."""
        return self.root / "ledger" / "rows"

    @property
    def deliveries(self) -> Path:
        """``ledger/deliveries/<delivery>/``: spellings, cells and problems of one delivery, as Parquet."""
        return self.root / "ledger" / "deliveries"

    @property
    def originals(self) -> Path:
        """``ledger/originals/<sha256>/<name>``: received files, byte for byte."""
        return self.root / "ledger" / "originals"

    @property
    def totals(self) -> Path:
        """``totals/<set>/<territory>/<day>-<content digest>.parquet``."""
        return self.root / "totals"

    @property
    def drafts(self) -> Path:
        """``drafts/<chart>/<issue date>.json.gz``: compiled and not published."""
        return self.root / "drafts"

    @property
    def editions(self) -> Path:
        """``editions/<chart>/<issue date>/ed<N>/``: what was published, with its inputs."""
        return self.root / "editions"

    @property
    def year_ends(self) -> Path:
        """``year-ends/<chart>/<span>/ed<N>/``: charts over many issues that were published, with their workings."""
        return self.root / "year-ends"

    @property
    def archives(self) -> Path:
        """``archives/<series>/<import>/``: published charts compiled elsewhere, as they were imported."""
        return self.root / "archives"

    @property
    def mirror(self) -> Path:
        """``mirror/``: entries of editions and archives as Parquet, for records; losing it loses nothing."""
        return self.root / "mirror"

    @property
    def scratch(self) -> Path:
        """``scratch/``: files under construction and spill; always safe to empty when nobody writes."""
        return self.root / "scratch"


def commit_point(name: str) -> None:
    """Mark a moment at which a crash must leave a house whole; the crash tests stop the process here.

    The names are listed in ``docs/architecture.md``.
    """


def sync_file(path: Path) -> None:
    """Flush one written file to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Flush a folder's entries, so that a rename survives a power cut (a no-op where folders cannot be opened)."""
    if os.name == "posix":
        sync_file(path)


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` so that ``path`` holds the old bytes or the new, never part of them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    with beside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def write_all(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write several files, each so that its path holds the old bytes or the new, never part of them.

    A disk syncs many files that wait in much less time than one after the other.
    """
    beside = {path: _written_beside(path, data) for path, data in files}
    sync_all(beside.values())
    for path, part in beside.items():
        part.replace(path)
    for folder in {path.parent for path in beside}:
        sync_folder(folder)


def sync_all(files: Iterable[Path], sync: Callable[[Path], None] = sync_file) -> None:
    """Flush several written files (or, by :func:`sync_folder`, folders) to the disk, some at a time."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only a writer needs threads

    with ThreadPoolExecutor(_SYNCED_AT_ONCE) as threads:
        list(threads.map(sync, files))


def _written_beside(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(data)
    return part


@contextmanager
def writer_lock(paths: HousePaths, *, wait: float = 10.0) -> Iterator[None]:
    """Hold the one writer's lock of a house.

    Raises:
        LockedError: somebody else still holds it after ``wait`` seconds.
    """
    lock = FileLock(paths.root / "house.lock", timeout=wait)
    try:
        lock.acquire()
    except Timeout as error:
        raise LockedError(
            f"{paths.root}: another hitparade is writing to this house; try again when it is done"
        ) from error
    try:
        yield
    finally:
        lock.release()
