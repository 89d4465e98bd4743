"""What is said of each series of a mirror: whose chart it is, where, since when, and where its lines come from."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.archive.series import YEAR_END, SeriesInfo
from hitparade.engine.duck import Duck, literal
from hitparade.errors import BookError
from hitparade.records.mirror_columns import columns
from hitparade.rulebook.books import available
from hitparade.storage import HousePaths

SERIES = columns(
    series=pa.string(),
    title=pa.string(),
    publisher=pa.string(),
    territory=pa.string(),
    kind=pa.string(),
    size=pa.int32(),
    first_issue=pa.date32(),
    last_issue=pa.date32(),
    issues=pa.int32(),
    simulated=pa.bool_(),
    source=pa.string(),
)

_REACH = "select min(issue), max(issue), count(*), max(lines) from read_parquet({file})"
OWN_SOURCE = "editions of this house"


def series_table(
    paths: HousePaths, held: Mapping[str, SeriesInfo], files: Mapping[str, Mapping[str, Path]], duck: Duck
) -> pa.Table:
    """Return one row for each series; kind ``year-end`` is a published list of a year, not a chart's issues."""
    rows = [_row(paths, name, held.get(name), parts, duck) for name, parts in sorted(files.items())]
    return pa.Table.from_pylist(rows, SERIES)


def _row(
    paths: HousePaths, name: str, info: SeriesInfo | None, parts: Mapping[str, Path], duck: Duck
) -> dict[str, object]:
    first, last, count, longest = duck.rows(_REACH.format(file=literal(parts["issues"])))[0]
    reach = {"series": name, "first_issue": first, "last_issue": last, "issues": count}
    own = _simulated(parts["own"]) if "own" in parts else False
    simulated = own or bool(info and info.simulated)
    if info is None:
        title, publisher, territory = _book(paths, name)
        return {
            **reach, "title": title, "publisher": publisher, "territory": territory, "kind": "compiled",
            "size": longest, "simulated": simulated, "source": OWN_SOURCE,
        }  # fmt: skip
    if "own" in parts:
        # What is imported under the id of a chart of ours does not say what ours is called.
        info = replace(info, title=_book(paths, name, info.title)[0])
    kind = YEAR_END if info.kind == YEAR_END else "both" if "own" in parts else "archive"
    source = f"{info.source}; {OWN_SOURCE}" if "own" in parts else info.source
    return {
        **reach, "title": info.title, "publisher": info.publisher, "territory": info.territory, "kind": kind,
        "size": info.size or longest, "simulated": simulated, "source": source,
    }  # fmt: skip


def _simulated(file: Path) -> bool:
    return any(pq.read_table(file, columns=["simulated"], partitioning=None).column(0).to_pylist())


def _book(paths: HousePaths, name: str, title: str = "") -> tuple[str, str, str]:
    shelf = available(paths.books)
    try:
        book = shelf[name]
    except (KeyError, BookError):
        return title or name, "", ""
    return book.title, str(getattr(book, "publisher", "")), str(getattr(book, "territory", ""))
