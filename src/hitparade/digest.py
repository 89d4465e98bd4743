"""Content digests: the same facts give the same sixty-four hexadecimal digits, on any machine and engine."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

_CHUNK = 1 << 20


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Return the one JSON text of ``value``: keys sorted, no blanks, UTF-8, dates as ISO text, no floats."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain)
    return text.encode()


def joined(parts: Mapping[str, bytes]) -> bytes:
    """Return the canonical JSON of an object whose values are canonical JSON already."""
    return b"{" + b",".join([_quoted(key) + b":" + parts[key] for key in sorted(parts)]) + b"}"


@lru_cache(maxsize=1 << 16)
def _quoted(key: str) -> bytes:
    return canonical(key)


def digest_of(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return the SHA-256 of the canonical JSON of ``value``."""
    return hashlib.sha256(canonical(value)).hexdigest()


def digest_file(path: Path) -> str:
    """Return the SHA-256 of the file's bytes."""
    seal = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            seal.update(chunk)
    return seal.hexdigest()


def digest_columns(columns: Iterable[tuple[str, bytes]]) -> str:
    """Return the SHA-256 of named columns, each given as its canonical bytes (see ``engine``)."""
    seal = hashlib.sha256()
    for name, data in columns:
        seal.update(f"{name}\0{len(data)}\0".encode())
        seal.update(data)
    return seal.hexdigest()
