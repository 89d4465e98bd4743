"""Doctor: does every row have its files and every file its row?

What a crash left is removed, what is lost is named.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from hitparade import storage
from hitparade.archive import checkup
from hitparade.archive.finding import Finding
from hitparade.catalog import log
from hitparade.storage import HousePaths

ContentOf = Callable[[Path], str]
"""Give the content digest of a totals file; only an engine can."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the doctor found: leftovers (removed, unless it was a dry run) and what is missing or damaged."""

    leftovers: tuple[str, ...]
    missing: tuple[str, ...]
    removed: bool

    @property
    def clean(self) -> bool:
        """Whether the house is whole now."""
        return not self.missing and (self.removed or not self.leftovers)


def doctor(
    paths: HousePaths,
    database: Engine,
    *,
    dry_run: bool = False,
    deep: bool = False,
    content_of: ContentOf | None = None,
) -> Report:
    """Check a house, remove what a crash left, and return what was found; nobody else writes meanwhile.

    Args:
        paths: the house.
        database: its database.
        dry_run: name leftovers without removing them.
        deep: read every original, totals file and edition, and compare digests.
        content_of: how to take the content digest of a totals file, for ``deep``.
    """
    with nullcontext() if dry_run else storage.writer_lock(paths):
        found = tuple(_findings(paths, database, deep=deep, content_of=content_of))
        leftovers = [each for each in found if each.remedy is not None]
        if not dry_run:
            _clean(leftovers)
            _prune(_folders(paths))
    return Report(
        tuple(each.sentence for each in leftovers),
        tuple(each.sentence for each in found if each.remedy is None),
        removed=not dry_run,
    )


def _findings(paths: HousePaths, database: Engine, *, deep: bool, content_of: ContentOf | None) -> Iterator[Finding]:
    yield from checkup.deliveries(paths, database, deep=deep)
    yield from checkup.archives(paths, database, deep=deep)
    yield from checkup.totals(paths, database, content_of=content_of if deep else None)
    yield from checkup.drafts(paths, database)
    yield from checkup.editions(paths, database, deep=deep)
    yield from checkup.year_ends(paths, database, deep=deep)
    yield from checkup.scratch(paths)
    yield from (Finding(sentence) for sentence in log.damaged(log.lines(database)))


def _clean(leftovers: Iterable[Finding]) -> None:
    for each in leftovers:
        if each.remedy is not None:
            each.remedy()


def _folders(paths: HousePaths) -> tuple[Path, ...]:
    published = paths.editions, paths.year_ends, paths.archives
    return paths.rows, paths.deliveries, paths.originals, paths.totals, paths.drafts, *published


def _prune(roots: Iterable[Path]) -> None:
    """Remove empty folders, which say nothing."""
    for root in roots:
        for folder in sorted((each for each in root.rglob("*") if each.is_dir()), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()
