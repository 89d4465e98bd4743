"""Totals of a day when only identity changed: those of the touched recordings anew, from ledger rows, the rest kept.

Row rules look at the rows of one recording only, and a cap does not commute with a merge. So of the recordings that
gained or lost a spelling every row is counted again, and of no others. Who was who when a day was built is kept as a
file named by its content; where it is gone, the day is built whole.
"""

import contextlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hitparade.digest import digest_columns
from hitparade.engine.totals import SCHEMA
from hitparade.ledger.identity import Identity
from hitparade.ledger.kept import parquet
from hitparade.storage import write_whole

_KEPT = 8
"""How many former identities are kept; the oldest go first."""
_ORDER = ("slot", "channel", "measure", "recording", "currency", "why_out")
_MOST = 2
"""When more than one spelling in so many is touched, building whole days is no more work."""


class Inputs(NamedTuple):
    """What a day was made of: what counts for whether it stands, its deliveries, and who was who."""

    whole: str
    deliveries: str
    join: str

    @classmethod
    def read(cls, text: str) -> "Inputs":
        """Return what :meth:`__str__` wrote; of an older hitparade's text only the first part is known."""
        return cls(*[*text.split(" "), "", ""][:3])

    def __str__(self) -> str:
        """Return it as the house database keeps it."""
        return " ".join(self)


def join_digest(identity: Identity) -> str:
    """Return sixteen digits of the digest of which spelling is which recording."""
    columns = ((name, identity.join.column(name).to_numpy()) for name in ("spelling", "recording"))
    return digest_columns((name, column.astype("<i8").tobytes()) for name, column in columns)[:16]


@dataclass(frozen=True)
class Touched:
    """The recordings that a change of identity touched, and the spellings that are theirs now."""

    recordings: "pa.Array[Any]"
    join: pa.Table

    def together(self, before: pa.Table, anew: pa.Table) -> pa.Table:
        """Return a day's totals: of touched recordings ``anew``, of all others as ``before``, in key order."""
        stays = pc.invert(pc.is_in(before.column("recording"), self.recordings))
        whole = pa.concat_tables([before.filter(stays).select(SCHEMA.names).cast(SCHEMA), anew.cast(SCHEMA)])
        return whole.sort_by([(name, "ascending") for name in _ORDER]).combine_chunks()


class Redo:
    """Who is who now, and what is touched since a day was built."""

    def __init__(self, folder: Path, identity: Identity) -> None:
        self.folder, self.identity = folder, identity
        self._known: dict[str, Touched | None] = {}

    @cached_property
    def name(self) -> str:
        """The name of who is who now; kept for later when first asked for."""
        name = join_digest(self.identity)
        if not self._file(name).is_file():
            write_whole(self._file(name), parquet(self.identity.join))
            old = sorted(self.folder.glob("join-*.parquet"), key=lambda file: (file.stat().st_mtime_ns, file.name))
            for file in old[:-_KEPT]:
                file.unlink(missing_ok=True)
        return name

    def touched(self, then: str) -> Touched | None:
        """Return what is touched since who was who had the name ``then``; None if it is not known, or nearly all."""
        if then not in self._known:
            self._known[then] = self._touched(then)
        return self._known[then]

    def _file(self, name: str) -> Path:
        return self.folder / f"join-{name}.parquet"

    def _touched(self, then: str) -> Touched | None:
        with contextlib.suppress(OSError, pa.ArrowInvalid):
            before = pq.ParquetFile(self._file(then)).read()
            return _difference(before, self.identity.join)
        return None


def _difference(before: pa.Table, now: pa.Table) -> Touched | None:
    old, new = (_by_spelling(table) for table in (before, now))
    _, left, right = np.intersect1d(old[0], new[0], assume_unique=True, return_indices=True)
    moved = old[1][left] != new[1][right]
    recordings = pa.array(np.union1d(old[1][left][moved], new[1][right][moved]), pa.int64())
    join = now.filter(pc.is_in(now.column("recording"), recordings))
    return None if join.num_rows * _MOST > now.num_rows > 1000 else Touched(recordings, join)  # noqa: PLR2004


def _by_spelling(table: pa.Table) -> tuple[Any, Any]:
    spelling, recording = (table.column(name).to_numpy() for name in ("spelling", "recording"))
    order = np.argsort(spelling, kind="stable")
    return spelling[order], recording[order]


def read(file: Path) -> pa.Table | None:
    """Return the totals in a file, or None when it is gone or altered."""
    with contextlib.suppress(OSError, pa.ArrowInvalid):
        return pq.ParquetFile(file).read()
    return None
