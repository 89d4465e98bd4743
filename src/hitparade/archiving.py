"""``house.archives``: charts that were published elsewhere, held beside the house's own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from hitparade.archive import importing, series
from hitparade.archive.importing import About, Imported, Options
from hitparade.archive.series import SeriesInfo
from hitparade.errors import UsageError

if TYPE_CHECKING:
    from hitparade.house import House

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
    ) -> Imported:  # fmt: skip
        """Import files as a part of a series, all or none, and return what became of them."""
        about = self._about(About(name, title, publisher, territory, size, source, kind))
        options = Options(format, dry_run=dry_run, replaces=replaces, keep=self.house.config.keep_originals)
        named = [paths] if isinstance(paths, str | Path) else list(paths)
        return importing.import_(self.house.paths, self.house.database, about, named, options, self.house.clock())

    def series(self) -> tuple[SeriesInfo, ...]:
        """Return the series that the house holds, by id."""
        return series.held(self.house.database)

    def lines(self, name: str) -> pa.Table:
        """Return the printed lines in force of a series by issue, position and record."""
        return series.lines(self.house.paths, self.house.database, name)

    def _about(self, said: About) -> About:
        if not _ID.fullmatch(said.id):
            raise UsageError(
                f"{said.id!r} is no id of a series; allowed are small letters, digits and single hyphens, "
                "such as us-hot-100"
            )
        return said
