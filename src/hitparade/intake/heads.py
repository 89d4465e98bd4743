"""The head of a file: its first lines, split as its header would be."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.catalog.text import unmarked_utf16
from hitparade.engine.duck import Duck
from hitparade.engine.reading import parquet_kinds
from hitparade.errors import IntakeError
from hitparade.intake.layout import Head

DELIMITERS = (",", ";", "\t", "|")
_READ = 1 << 16
_LINES = 60


def fields_of(line: str, wanted: Iterable[str], delimiter: str = "") -> tuple[tuple[str, ...], str]:
    """Return the trimmed fields of a header line and the delimiter that finds most of the ``wanted`` names."""
    wanted = set(wanted)
    best: tuple[tuple[str, ...], str] = ((), delimiter or ",")
    for sign in (delimiter,) if delimiter else DELIMITERS:
        try:
            fields = tuple(field.strip() for field in next(csv.reader([line], delimiter=sign), ()))
        except csv.Error:
            continue
        if len(wanted & set(fields)) > len(wanted & set(best[0])) or not best[0]:
            best = fields, sign
    return best


def head_of(duck: Duck, file: Path, name: str, *, compressed: bool) -> Head:
    """Return the head of a plain file.

    Raises:
        IntakeError: it is neither text in UTF-8 nor Parquet, or it is empty.
    """
    with file.open("rb") as stream:
        start = stream.read(_READ)
    if start.startswith(b"PAR1"):
        return _parquet_head(duck, file, name)
    if not start.strip():
        raise IntakeError(f"{name}: the file is empty")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise IntakeError(f"{name}: the file is text in UTF-16; allowed is UTF-8")
    if encoding := unmarked_utf16(start):
        raise IntakeError(
            f"{name}: the file seems to be text in UTF-16 without a mark ({encoding}); allowed is UTF-8, as made by "
            f"iconv -f {encoding.upper()} -t UTF-8"
        )
    if b"\0" in start.split(b"\n", 1)[0]:
        raise IntakeError(f"{name}: the file is neither text nor Parquet; allowed are CSV in UTF-8 and Parquet")
    text = start.decode("utf-8-sig", errors="replace")
    return Head(name, tuple(text.split("\n")[:_LINES]), compressed=compressed)


def _parquet_head(duck: Duck, file: Path, name: str) -> Head:
    try:
        metadata = pq.read_schema(file).metadata or {}
    except (pa.ArrowException, OSError) as error:
        raise IntakeError(f"{name}: the Parquet file cannot be read: {str(error).splitlines()[0]}") from error
    kinds = parquet_kinds(duck, file)
    return Head(name, columns=tuple(kinds.items()), simulated=metadata.get(b"hitparade.simulated") == b"true")
