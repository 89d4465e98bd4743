"""DuckDB as the engine: one connection with bounded memory, and the few ways in and out of it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa


def literal(value: str | Path) -> str:
    """Return ``value`` as an SQL text literal."""
    return "'" + str(value).replace("'", "''") + "'"


def file_list(files: Sequence[Path]) -> str:
    """Return an SQL list of file names for ``read_parquet`` and its kin."""
    return "[" + ", ".join(literal(file) for file in files) + "]"


class Duck:
    """An in-memory DuckDB that spills to a folder and never localises time."""

    def __init__(self, threads: int, memory_limit: str, scratch: Path) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        settings: dict[str, Any] = {
            "memory_limit": memory_limit,
            "temp_directory": str(scratch),
            "autoinstall_known_extensions": False,
        }
        if threads:
            settings["threads"] = threads
        self.connection = duckdb.connect(":memory:", config=settings)
        self.connection.execute("set TimeZone = 'UTC'")
        self.connection.execute("set enable_progress_bar = false")

    def beside(self) -> "Duck":
        """Return another connection to the same memory: its temporary tables and views are its own."""
        made = object.__new__(Duck)
        made.connection = self.connection.cursor()
        made.connection.execute("set TimeZone = 'UTC'")
        return made

    def run(self, sql: str, values: Sequence[Any] | Mapping[str, Any] | None = None) -> None:
        """Run a statement for its effect."""
        self.connection.execute(sql, values)

    def rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return all rows of a small result."""
        return self.connection.execute(sql, values).fetchall()

    def arrow(self, sql: str, values: Sequence[Any] | Mapping[str, Any] | None = None) -> pa.Table:
        """Return a result as an Arrow table."""
        made: pa.Table = self.connection.sql(sql, params=values).to_arrow_table()
        return made

    @contextmanager
    def table(self, name: str, data: pa.Table) -> Iterator[None]:
        """Let statements read ``data`` as ``name`` while the block runs."""
        self.connection.register(name, data)
        try:
            yield
        finally:
            self.connection.unregister(name)

    def close(self) -> None:
        """Close the connection and give its memory back."""
        self.connection.close()
