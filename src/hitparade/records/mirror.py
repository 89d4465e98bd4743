"""The mirror: entries of editions and archives as Parquet, with the views that all records read and nothing else.

Losing it loses nothing: it is made again from editions, imports and the catalog when it is next opened.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
from sqlalchemy import Engine

from hitparade.engine.duck import Duck, file_list
from hitparade.records import mirror_build, mirror_keys
from hitparade.records.mirror_build import CATALOG, MANIFEST, PARTS, Advance
from hitparade.records.mirror_empty import EMPTY
from hitparade.storage import HousePaths

Values = Sequence[Any] | Mapping[str, Any] | None


class Mirror:
    """An open mirror; ``key`` is the digest of everything that it was made from."""

    def __init__(self, duck: Duck, folder: Path, told: mirror_build.Told) -> None:
        self.duck = duck
        self.key = str(told["key"])
        for part in PARTS:
            _view(duck, part, [folder / files[part] for files in told["series"].values()])
        for part in CATALOG:
            _view(duck, part, [folder / told["catalog"][part]])

    @classmethod
    def open(cls, paths: HousePaths, database: Engine, engine: Duck, advance: Advance | None = None) -> Self:
        """Return the mirror of what the house holds now, brought up to it where something changed."""
        found = mirror_keys.evidence(paths, database)
        duck = engine.beside()
        # Files of a mirror are never written twice, so what they say of themselves may be remembered.
        duck.run("set parquet_metadata_cache = true")
        told = mirror_keys.read_json(paths.mirror / MANIFEST)
        if told.get("key") != found.key or not mirror_build.whole(paths, told):
            told = mirror_build.make(paths, database, found, duck, advance)
        return cls(duck, paths.mirror, told)

    def fresh(self, paths: HousePaths, database: Engine) -> bool:
        """Return whether the house still holds what this mirror was made from."""
        return mirror_keys.evidence(paths, database).key == self.key

    def rows(self, sql: str, values: Values = None) -> list[tuple[Any, ...]]:
        """Return the rows of a statement over the views, with ``values`` bound."""
        return self.duck.rows(sql, values)

    def table(self, sql: str, values: Values = None) -> pa.Table:
        """Return the result of a statement over the views as an Arrow table."""
        return self.duck.arrow(sql, values)

    def close(self) -> None:
        """Give the memory back."""
        self.duck.close()


def _view(duck: Duck, name: str, files: list[Path]) -> None:
    if files:
        duck.run(
            f"create temp view {name} as select * from read_parquet({file_list(files)}, hive_partitioning = false)"
        )
    else:
        duck.run(f"create temp view {name} as {EMPTY[name]}")
