"""Frozen values and plain JSON, both ways and exactly, read off the types of their fields."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hitparade.errors import ArchiveError

Turn = Callable[[Any], Any]

_TAGS = ((datetime, "$instant"), (date, "$day"), (time, "$time"))
_BACK: dict[str, Turn] = {
    "$instant": datetime.fromisoformat,
    "$day": date.fromisoformat,
    "$time": time.fromisoformat,
    "$tuple": lambda value: tuple(_open(each) for each in value),
    "$set": lambda value: frozenset(_open(each) for each in value),
}
ROWS = ("Candidate", "SongState", "LeftOut")
"""Values that come in thousands: written as rows, whose columns are the fields in order."""
KEPT = ("SongState",)
"""Those that stay the same objects from issue to issue unless they change."""
_KEPT_RECORDS = 1 << 16


def _loose(value: Any) -> Any:  # noqa: ANN401 - a book's own value
    """Return a value of unknown type as JSON that names its type where JSON has none of its own."""
    if value is None or isinstance(value, str | bool | int):
        return value
    for kind, tag in _TAGS:
        if isinstance(value, kind):
            return {tag: value.isoformat()}
    if isinstance(value, Mapping):
        return {str(key): _loose(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_loose(each) for each in value]
    if isinstance(value, tuple):
        return {"$tuple": [_loose(each) for each in value]}
    if isinstance(value, set | frozenset):
        return {"$set": sorted((_loose(each) for each in value), key=repr)}
    raise ArchiveError(f"{value!r} cannot be sealed; only whole numbers, text, dates, lists and tables can")


def _open(value: Any) -> Any:  # noqa: ANN401 - a book's own value
    if isinstance(value, list):
        return [_open(each) for each in value]
    if isinstance(value, dict):
        if len(value) == 1 and (back := _BACK.get(next(iter(value)))):
            return back(next(iter(value.values())))
        return {key: _open(each) for key, each in value.items()}
    return value


def _same(value: Any) -> Any:  # noqa: ANN401 - a plain value
    return value


def _table(value: Mapping[str, Any]) -> dict[str, Any]:
    return value if isinstance(value, dict) else dict(value)


@lru_cache(maxsize=1 << 14)
def _day(value: date) -> str:
    return value.isoformat()


def _iso(value: Any) -> str:  # noqa: ANN401 - a date, an instant or a time
    # Days come again and again; of instants two that are equal may be written differently.
    return _day(value) if type(value) is date else str(value.isoformat())


def _optional(hint: Any) -> Any:  # noqa: ANN401 - a type
    """Return the type beside None in ``X | None``."""
    rest = [each for each in get_args(hint) if each is not NoneType]
    if len(rest) != 1:
        raise TypeError(f"{hint} is no type that can be sealed")
    return rest[0]


@cache
def encoder(hint: Any) -> Turn:  # noqa: ANN401, PLR0911 - one return for each kind of type
    """Return the function that turns a value of the type ``hint`` into plain JSON values."""
    origin, args = get_origin(hint), get_args(hint)
    if hint is Any:
        return _loose
    if origin in {Union, UnionType}:
        inner = encoder(_optional(hint))
        return inner if inner is _same else lambda value: None if value is None else inner(value)
    if hint in {date, datetime, time}:
        return _iso
    if origin is tuple:
        return _tuple_encoder(args)
    if origin is frozenset:
        inner = encoder(args[0])
        return lambda value: sorted(inner(each) for each in value)
    if origin is not None and issubclass(origin, Mapping):
        inner = encoder(args[1])
        return _table if inner is _same else lambda value: {key: inner(each) for key, each in value.items()}
    return _record_encoder(hint) if is_dataclass(hint) else _same


def _tuple_encoder(args: tuple[Any, ...]) -> Turn:
    if args[-1] is Ellipsis:
        inner = encoder(args[0])
        return _same if inner is _same else lambda value: [inner(each) for each in value]
    turns = [encoder(each) for each in args]
    return lambda value: [turn(each) for turn, each in zip(turns, value, strict=True)]


def _record_encoder(kind: Any) -> Turn:  # noqa: ANN401 - a dataclass
    hints, names = get_type_hints(kind), [each.name for each in fields(kind)]
    turns = [encoder(hints[name]) for name in names]
    work = [(n, turn) for n, turn in enumerate(turns) if turn is not _same]
    get = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)

    def row(value: Any) -> list[Any]:  # noqa: ANN401 - one of ``kind``
        cells = list(get(value))
        for n, turn in work:
            cells[n] = turn(cells[n])
        return cells

    if kind.__name__ in KEPT:
        return _once(row)
    return row if kind.__name__ in ROWS else lambda value: dict(zip(names, row(value), strict=True))


def _once(row: Callable[[Any], list[Any]]) -> Turn:
    """Return ``row`` with a memory of the values it has turned: most songs go unchanged from issue to issue."""
    known: dict[int, tuple[Any, list[Any]]] = {}

    def remembered(value: Any) -> list[Any]:  # noqa: ANN401 - a frozen record
        found = known.get(id(value))
        if found is None or found[0] is not value:
            if len(known) >= _KEPT_RECORDS:
                known.clear()
            found = known[id(value)] = (value, row(value))
        return found[1]

    return remembered


@cache
def decoder(hint: Any) -> Turn:  # noqa: ANN401, PLR0911 - one return for each kind of type
    """Return the function that turns what :func:`encoder` made back into a value of the type ``hint``."""
    origin, args = get_origin(hint), get_args(hint)
    if hint is Any:
        return _open
    if origin in {Union, UnionType}:
        inner = decoder(_optional(hint))
        return lambda value: None if value is None else inner(value)
    if hint in {date, datetime, time}:
        made: Turn = hint.fromisoformat
        return made
    if origin is tuple:
        return _tuple_decoder(args)
    if origin is frozenset:
        inner = decoder(args[0])
        return lambda value: frozenset(inner(each) for each in value)
    if origin is not None and issubclass(origin, Mapping):
        inner = decoder(args[1])
        return _checked_table(inner)
    if is_dataclass(hint):
        return _record_decoder(hint)
    return _checked(hint) if isinstance(hint, type) else _same


def _checked(kind: type) -> Turn:
    def same(value: Any) -> Any:  # noqa: ANN401 - a plain value
        if type(value) is not kind:
            raise TypeError(f"{value!r} is not {kind.__name__}")
        return value

    return same


def _row_of(kind: type) -> Turn:
    def row(value: Any) -> Any:  # noqa: ANN401 - a list of plain values
        if not {kind}.issuperset(map(type, value)):
            raise TypeError(f"{value!r} is not all {kind.__name__}")
        return tuple(value)

    return row


def _checked_table(inner: Turn) -> Turn:
    return lambda value: {key: inner(each) for key, each in value.items()}


def _tuple_decoder(args: tuple[Any, ...]) -> Turn:
    if args[-1] is Ellipsis:
        if args[0] in {int, str}:
            return _row_of(args[0])
        inner = decoder(args[0])
        return lambda value: tuple([inner(each) for each in value])
    turns = [decoder(each) for each in args]
    return lambda value: tuple(turn(each) for turn, each in zip(turns, value, strict=True))


def _record_decoder(kind: Any) -> Turn:  # noqa: ANN401 - a dataclass
    hints, names = get_type_hints(kind), [each.name for each in fields(kind)]
    turns = [decoder(hints[name]) for name in names]
    if kind.__name__ in ROWS:
        # What was sealed before the newest columns were known has fewer cells; ``sealed`` refuses other differences.
        return lambda value: kind(*[turn(each) for turn, each in zip(turns, value, strict=False)])
    known = dict(zip(names, turns, strict=True))
    return lambda value: kind(**{name: known[name](each) for name, each in value.items()})
