"""Reads the SQL that stands beside this module as text, cut into named pieces."""

import re
from functools import cache
from importlib.resources import files

_NAME = re.compile(r"^-- :(\w+)$", re.MULTILINE)
_COMMENT = re.compile(r"^--.*\n?", re.MULTILINE)


@cache
def pieces(name: str) -> dict[str, str]:
    """Return the pieces of ``engine/<name>.sql`` by their names; a piece begins with a line ``-- :name``."""
    _, *parts = _NAME.split(files("hitparade.engine").joinpath(f"{name}.sql").read_text("utf-8"))
    return {key: _COMMENT.sub("", text).strip() for key, text in zip(parts[::2], parts[1::2], strict=True)}
