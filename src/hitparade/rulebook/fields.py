"""The smallest parts of a book: kinds of fields, each refusing what it cannot take in one clear sentence.

A refusal is a pydantic error of the kind ``refused`` that carries what was found and what is allowed, so that
``complaints`` need not translate it.
"""

import re
from datetime import date
from typing import Annotated, Any, NoReturn, TypeGuard
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from hitparade.weeks import WEEKDAYS, WeekStart

USES = ("on_demand", "programmed", "video", "ugc", "download", "physical", "detection", "view")
TIERS = ("premium", "ad_funded", "trial")
_MEASURE = re.compile(rf"^({'|'.join(USES)})(\.({'|'.join(TIERS)}))?$")
_PATTERN = re.compile(rf"^({'|'.join(USES)})(\.({'|'.join(TIERS)}|\*))?$")
_START = re.compile(rf"^({'|'.join(WEEKDAYS)}) ([01]\d|2[0-3]):[0-5]\d$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_TERRITORY = re.compile(r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|GLOBAL)$")
_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_MEASURES = f"a measure: one of {', '.join(USES)}, each with or without .{', .'.join(TIERS)}"
_TWO = 2


def refuse(found: str, allowed: str) -> NoReturn:
    """Stop validation here with what was found and what is allowed."""
    raise PydanticCustomError("refused", "{found}; allowed: {allowed}", {"found": found, "allowed": allowed})


def shown(value: object) -> str:
    """Return a value as a person wrote it, shortened to one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return f"[{', '.join(shown(part) for part in value)}]"
    return str(value)


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _whole(least: int, most: int | None) -> BeforeValidator:
    upto = "or more" if most is None else f"to {most}"

    def check(value: object) -> object:
        if not _is_whole(value) or value < least or (most is not None and value > most):
            refuse(f"found {shown(value)}", f"a whole number, {least} {upto}")
        return value

    return BeforeValidator(check)


def _day(value: object) -> date:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and _DAY.match(value) else _no_day(value)
    except ValueError:
        _no_day(value)


def _no_day(value: object) -> NoReturn:
    refuse(f"found {shown(value)}", "a day of the calendar such as 2016-01-29")


def _civil_day(value: object) -> object:
    if type(value) is not date:
        refuse(f"found {shown(value)}", "a date without quotes and without a time, such as 2016-01-29")
    return value


def _text(value: object) -> object:
    if not isinstance(value, str) or not value.strip():
        refuse(f"found {shown(value)}", "text that is not empty")
    return value


def _source(value: object) -> object:
    if not isinstance(value, str) or not value.strip():
        refuse(f"found {shown(value)}", "where the value comes from: a citation, or a key of [sources]")
    return value


def _chart_id(value: object) -> object:
    if not isinstance(value, str) or not _ID.match(value):
        refuse(f"found {shown(value)}", "small letters, digits and single hyphens, such as demo-singles")
    return value


def _territory(value: object) -> object:
    if not isinstance(value, str) or not _TERRITORY.match(value) or not _exists(value):
        refuse(f"found {shown(value)}", "an ISO 3166 code such as GB or US-CA, or GLOBAL")
    return value


def _exists(territory: str) -> bool:
    import pycountry  # noqa: PLC0415 - takes longer to import than a book to load

    if territory == "GLOBAL":
        return True
    known = pycountry.subdivisions if "-" in territory else pycountry.countries
    return bool(known.get(code=territory) if "-" in territory else known.get(alpha_2=territory))


def _zone(value: object) -> object:
    try:
        ZoneInfo(value if isinstance(value, str) else "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        refuse(f"found {shown(value)}", "a time zone of the IANA list such as Europe/London or UTC")
    return value


def _week_start(value: object) -> object:
    try:
        WeekStart.parse(value if isinstance(value, str) else "")
    except ValueError:
        refuse(f"found {shown(value)}", 'a weekday and a time such as "friday 00:00"')
    return value


def _measure(value: object) -> object:
    if not isinstance(value, str) or not _MEASURE.match(value):
        refuse(f"found {shown(value)}", _MEASURES)
    return value


def _pattern(value: object) -> object:
    if not isinstance(value, str) or not _PATTERN.match(value):
        refuse(f"found {shown(value)}", f"{_MEASURES}, or .* for all of them")
    return value


def _ratio(value: object) -> tuple[int, int]:
    parts: list[Any] = value if isinstance(value, list) else [value, 1]
    if len(parts) != _TWO or not all(_is_whole(part) and part > 0 for part in parts):
        allowed = "a whole number, 1 or more, or [numerator, denominator] of two such numbers"
        refuse(f"found {shown(value)}", allowed)
    return parts[0], parts[1]


def _range(value: object) -> tuple[int, int]:
    parts: list[Any] = value if isinstance(value, list) else []
    if len(parts) != _TWO or not all(map(_is_whole, parts)) or parts[0] > parts[1]:
        refuse(f"found {shown(value)}", "[lowest, highest] as two whole numbers in that order")
    return parts[0], parts[1]


def _channels(value: object) -> dict[str, int | dict[str, int]]:
    named = isinstance(value, list) and all(isinstance(c, str) for c in value)
    weights = dict.fromkeys(value, 1) if isinstance(value, list) and named else value
    repeated = isinstance(value, list) and isinstance(weights, dict) and len(weights) < len(value)
    if not isinstance(weights, dict) or not weights or repeated:
        allowed = "a list of channels, each once, or a table of channels with whole-number weights"
        refuse(f"found {shown(value)}", allowed)
    for channel, weight in weights.items():
        if isinstance(weight, dict) and weight:
            for part, one in weight.items():
                _weight(one, f"channel {channel}, {part}")
        else:
            _weight(weight, f"channel {channel}")
    return weights


def _weight(weight: object, whose: str) -> None:
    if not _is_whole(weight) or weight < 1:
        refuse(f"found {shown(weight)} for {whose}", "a whole number, 1 or more")


_RATIO_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "integer", "minimum": 1},
        {"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 2, "maxItems": 2},
    ]
}
_RANGE_SCHEMA: dict[str, Any] = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
_WEIGHT_SCHEMA: dict[str, Any] = {"type": "integer", "minimum": 1}
_BY_DAYPART: dict[str, Any] = {"type": "object", "additionalProperties": _WEIGHT_SCHEMA, "minProperties": 1}
_CHANNELS_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True},
        {"type": "object", "additionalProperties": {"anyOf": [_WEIGHT_SCHEMA, _BY_DAYPART]}, "minProperties": 1},
    ]
}

Positive = Annotated[int, Field(ge=1), _whole(1, None)]
WindowDays = Annotated[int, Field(ge=1, le=366), _whole(1, 366)]
LabelDays = Annotated[int, Field(ge=-31, le=56), _whole(-31, 56)]
Day = Annotated[date, BeforeValidator(_day)]
CivilDay = Annotated[date, BeforeValidator(_civil_day)]
Text = Annotated[str, Field(min_length=1), BeforeValidator(_text)]
Source = Annotated[str, Field(min_length=1), BeforeValidator(_source)]
ChartId = Annotated[str, Field(pattern=_ID.pattern), BeforeValidator(_chart_id)]
Territory = Annotated[str, Field(pattern=_TERRITORY.pattern), BeforeValidator(_territory)]
Zone = Annotated[str, BeforeValidator(_zone)]
Starts = Annotated[str, Field(pattern=_START.pattern), BeforeValidator(_week_start)]
Measure = Annotated[str, Field(pattern=_MEASURE.pattern), BeforeValidator(_measure)]
MeasurePattern = Annotated[str, Field(pattern=_PATTERN.pattern), BeforeValidator(_pattern)]
Ratio = Annotated[tuple[int, int], BeforeValidator(_ratio), WithJsonSchema(_RATIO_SCHEMA)]
Range = Annotated[tuple[int, int], BeforeValidator(_range), WithJsonSchema(_RANGE_SCHEMA)]
Channels = Annotated[dict[str, int | dict[str, int]], BeforeValidator(_channels), WithJsonSchema(_CHANNELS_SCHEMA)]
