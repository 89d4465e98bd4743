"""JSON of published issues: one object with ``date`` and ``data``, a list of such objects, or a list of lines."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from hitparade.archive.formats.names import bare, fields_of, refuse_rivals
from hitparade.archive.formats.printed import Broken, Printed
from hitparade.catalog.text import listed
from hitparade.errors import ArchiveError

_HALF = re.compile("[\ud800-\udfff]")
"""Half of a sign, which JSON can name and no text can hold."""
_LISTS = ("data", "entries", "lines", "chart")
_DAYS = ("date", "chartdate", "issuedate", "issue", "week", "chartweek")


def loaded(text: str, name: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return what a JSON text says.

    Raises:
        ArchiveError: it is no JSON.
    """
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ArchiveError(f"{name}: {place}: not readable as JSON: {error.msg}") from error
    except RecursionError as error:
        raise ArchiveError(f"{name}: not readable as JSON: too deeply nested") from error


class _Doubled(dict[str, Any]):
    """An object of which a key stands there twice: JSON lets the last one win, and nobody knows which was meant."""

    def __init__(self, pairs: Sequence[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs

    @property
    def key(self) -> str:
        """The first key that comes again."""
        return next(key for key, times in Counter(key for key, _ in self.pairs).items() if times > 1)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else _Doubled(pairs)


def _doubled(value: object) -> str:
    """Return the first key that stands twice in a value or in anything that it holds; empty where none does."""
    if isinstance(value, _Doubled):
        return value.key
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next(filter(None, map(_doubled, held)), "")


def refuse_doubled(said: object, name: str) -> None:
    """Refuse a value in which a key stands twice.

    Raises:
        ArchiveError: one does.
    """
    if key := _doubled(said):
        raise ArchiveError(f"{name}: the key {key!r} stands twice in one object; allowed is once")


def read(said: Any, name: str, wanted: Mapping[str, str]) -> Printed:  # noqa: ANN401 - any JSON value
    """Return the records of a JSON file, one a line; ``wanted`` says which key holds what, where somebody said it.

    Raises:
        ArchiveError: it is not laid out as issues.
    """
    rows, broken = [], []
    for number, (issue, line) in enumerate(_lines(said, name), 1):
        if isinstance(line, dict) and (key := _doubled(line)):
            broken.append(Broken(number, "key-twice", f"the key {key!r} twice", "each key once", _raw(line)))
        elif isinstance(line, dict) and not (half := _half(issue, line)):
            rows.append((number, issue, line))
        elif isinstance(line, dict):
            broken.append(Broken(number, "not-a-text", half, "whole signs of Unicode", _raw(line)))
        else:
            raw = _raw(line)
            broken.append(Broken(number, "not-a-line", raw[:80], "an object with position, title and artist", raw))
    keys = tuple(dict.fromkeys(key for _, _, line in rows for key in line))
    refuse_rivals(name, keys, wanted)
    fields = fields_of(keys, wanted)
    columns = {
        field: pa.array([_cell(line.get(key)) for _, _, line in rows], pa.string()) for field, key in fields.items()
    }
    if "issue" not in columns:
        columns["issue"] = pa.array([issue for _, issue, _ in rows], pa.string())
    _need(columns, keys, name)
    return Printed(columns, pa.array([number for number, _, _ in rows], pa.int64()), tuple(broken))


def _lines(said: Any, name: str) -> Iterable[tuple[str | None, Any]]:  # noqa: ANN401 - any JSON value
    """Give each line with the day of its issue, where the issue says one."""
    issues = said if isinstance(said, list) else [said]
    if not all(isinstance(each, dict) for each in issues):
        raise ArchiveError(
            f'{name}: allowed are objects such as {{"date": "2016-10-08", "data": [...]}}, or a list of them'
        )
    for number, issue in enumerate(issues, 1):
        held = next((issue[key] for key in issue if bare(key) in _LISTS and isinstance(issue[key], list)), None)
        if held is not None and isinstance(issue, _Doubled):
            raise ArchiveError(f"{name}: issue {number}: the key {issue.key!r} stands there twice; allowed is once")
        day = next((_cell(issue[key]) for key in issue if bare(key) in _DAYS), None)
        yield from [(day, issue)] if held is None else [(day, line) for line in held]


def _half(issue: str | None, line: Mapping[str, Any]) -> str:
    """Return the first text of a line that holds half of a sign, spelled as JSON does; empty where none does."""
    texts = filter(None, map(_cell, (issue, *line, *line.values())))
    return next((json.dumps(text) for text in texts if not text.isascii() and _HALF.search(text)), "")


def _raw(line: object) -> str:
    if isinstance(line, _Doubled):
        return "{" + ", ".join(f"{json.dumps(key)}: {_raw(value)}" for key, value in line.pairs) + "}"
    raw = json.dumps(line, ensure_ascii=False)
    return json.dumps(line) if _HALF.search(raw) else raw


def _cell(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _need(columns: Mapping[str, object], keys: tuple[str, ...], name: str) -> None:
    missing = [each for each in ("position", "title", "credit") if each not in columns]
    if missing:
        raise ArchiveError(f"{name}: no key of its lines says the {missing[0]}; the keys are {listed(keys)}")
