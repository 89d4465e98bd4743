"""SQL for one cell of a delivered row: from what was written to a whole number, a day or an instant, or to nothing.

A cell is an expression over the raw columns ``c0``, ``c1``, ... of a reading and over their texts ``t0``, ``t1``, ...
Text is never null; every other kind is null where the cell cannot be read, and the checks of a layout say so.
"""

from collections.abc import Sequence
from datetime import datetime

from hitparade.engine.duck import literal

FIRST_INSTANT, LAST_INSTANT = "timestamp '1900-01-01'", "timestamp '2100-01-01'"
CELL = "CELL"
"""The kind of a cell of a text file: a text that is never null."""
_ISO = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.]\d{1,6})?)?"
_ISRC = "'[A-Z]{2}[A-Z0-9]{3}[0-9]{7}'"
_WHOLE_ISRC = "'^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$'"
_TYPED_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")


def said(column: str, empty: Sequence[str] = ()) -> str:
    """Return the text of a cell without blanks around it; ``empty`` are words that mean nothing was said."""
    text = "t" + column.removeprefix("c")
    if not empty:
        return text
    words = ", ".join(literal(word) for word in empty)
    return f"(case when {text} in ({words}) then '' else {text} end)"


def trimmed(column: str, kind: str) -> str:
    """Return what :func:`said` names: the text of a raw column, never null, without blanks around it."""
    text = column if kind in (CELL, "VARCHAR") else f"{column}::varchar"
    blank = f"starts_with({text}, ' ') or ends_with({text}, ' ')"  # few cells have one, and trimming is dear
    bare = f"case when {blank} then trim({text}) else {text} end"
    return bare if kind == CELL else f"coalesce({bare}, '')"


def whole(column: str, kind: str = CELL, *, digits: int = 15) -> str:
    """Return a whole number of up to ``digits`` digits, or null; one below zero may come back too."""
    if kind in _TYPED_WHOLE:
        return f"{column}::bigint"
    text = said(column)
    number = f"try_cast({text} as bigint)"
    return (
        f"case when strlen({text}) > {digits} then null when {number}::varchar = {text} then {number} "
        f"when regexp_full_match({text}, '[0-9]+') then {number} end"
    )


def yes_or_no(text: str) -> str:
    """Return whether the SQL ``text`` says yes; null where it says neither yes nor no."""
    return f"case when lower({text}) in ('yes', 'true') then true when lower({text}) in ('no', 'false') then false end"


def day(column: str, kind: str = CELL) -> str:
    """Return the day of an ISO date such as 2026-01-31, or null."""
    if kind == "DATE":
        return column
    text = said(column)
    return f"case when regexp_full_match({text}, '\\d{{4}}-\\d{{2}}-\\d{{2}}') then try_cast({text} as date) end"


def instant(column: str, kind: str = CELL) -> str:
    """Return the naive UTC instant of an ISO time with Z or an offset, or null; a typed timestamp is UTC."""
    return f"{column}::timestamp" if kind.startswith("TIMESTAMP") else instant_in(said(column))


def instant_in(text: str) -> str:
    """Return the naive UTC instant of an ISO time with Z or an offset in the SQL ``text``, or null."""
    pattern = literal(_ISO + r"(Z|[+-]\d{2}:\d{2})")
    return (
        f"case when {text} like '____-__-__T__:__:__Z' then try_cast({text} as timestamp) "
        f"when regexp_full_match({text}, {pattern}) then try_cast({text} as timestamptz)::timestamp end"
    )


def unix(column: str, *, per_second: int = 1) -> str:
    """Return the naive UTC instant of seconds since 1970 (or of parts of a second, ``per_second`` of them)."""
    return f"make_timestamp({whole(column, digits=14)} * {1_000_000 // per_second})"


def civil(text: str, formats: Sequence[str]) -> str:
    """Return the civil date and time written in ``text``: by one of ``formats``, or as ISO without an offset."""
    if formats:
        return f"try_strptime({text}, [{', '.join(literal(each) for each in formats)}])"
    return f"case when regexp_full_match({text}, {literal(_ISO)}) then try_cast({text} as timestamp) end"


def from_zone(civil_time: str, offsets: Sequence[tuple[datetime | None, int]]) -> str:
    """Return the naive UTC instant of a civil time.

    Args:
        civil_time: SQL of the civil time.
        offsets: (first civil time after it no longer holds, seconds east of UTC), in order; the last has no end.
    """
    return f"({civil_time} - to_seconds({_seconds(civil_time, offsets)}))"


def _seconds(civil_time: str, offsets: Sequence[tuple[datetime | None, int]]) -> str:
    """Return the offset in force by halving, so that a century of changes costs a few comparisons."""
    if len(offsets) == 1:
        return str(offsets[0][1])
    middle = len(offsets) // 2
    limit = literal(str(offsets[middle - 1][0]))
    before, after = _seconds(civil_time, offsets[:middle]), _seconds(civil_time, offsets[middle:])
    return f"(case when {civil_time} < timestamp {limit} then {before} else {after} end)"


def isrc(column: str, empty: Sequence[str] = ()) -> str:
    """Return an ISRC in upper case without hyphens and blanks, empty where none is said, null where it is none."""
    text = said(column, empty)
    bare = f"upper(replace(replace({text}, '-', ''), ' ', ''))"
    # The bare form stands here once: what an engine sees twice it works out for every row, written well or not.
    return (
        f"case when {text} = '' or regexp_full_match({text}, {_ISRC}) then {text} "
        f"else nullif(regexp_extract({bare}, {_WHOLE_ISRC}), '') end"
    )


def minor_units(price: str, digits: str) -> str:
    """Return a decimal price in whole minor units of a currency with ``digits`` decimals, or null if it is finer."""
    ten_thousandths = f"(try_cast({price} as decimal(18, 4)) * 10000)::bigint"
    unit = f"(case {digits} when 0 then 10000 when 2 then 100 when 3 then 10 when 4 then 1 end)"
    return (
        f"case when regexp_full_match({price}, '[0-9]{{1,12}}([.][0-9]{{1,4}})?') "
        f"and {ten_thousandths} % {unit} = 0 then {ten_thousandths} // {unit} end"
    )


def hashed(text: str, salt: str) -> str:
    """Return sixteen hexadecimal digits that stand for a consumer; null where none is named."""
    return f"case when {text} <> '' then substr(md5({literal(salt)} || {text}), 1, 16) end"
