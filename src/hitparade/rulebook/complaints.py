"""What is wrong with a book, as values that name file, key, what was found and what is allowed."""

import difflib
import types
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hitparade.rulebook.book import MEASURED, measured_key
from hitparade.rulebook.fields import shown

_KINDS = {
    "model_type": "a table",
    "dict_type": "a table",
    "list_type": "a list",
    "bool_type": "true or false",
    "string_type": "text",
    "too_short": "at least one",
    "union_tag_not_found": "a table",
}
_CLOSE = 0.75


class Complaint(NamedTuple):
    """One mistake of a book."""

    where: str
    key: str
    found: str
    allowed: str

    def __str__(self) -> str:
        place = f"{self.where}, {self.key}" if self.key else self.where
        return f"{place}: {self.found}; allowed: {self.allowed}" if self.allowed else f"{place}: {self.found}"


def place_of(loc: Sequence[int | str]) -> str:
    """Return where a complaint is about, as in ``units."on_demand.premium" 2016-01-01, value``."""
    parts = [part for part in loc if part not in ("on", "off", "[key]")]
    head, rest = str(parts[0]), parts[1:]
    if head in MEASURED and rest and isinstance(rest[0], str):
        head, rest = measured_key(head, str(rest[0])), rest[1:]
    if rest[:1] == ["values"] and len(rest) > 1:
        head, rest = f"{head} {rest[1]}", rest[2:]
    if not rest:
        return head
    return ", ".join((head, ".".join(str(part + 1) if isinstance(part, int) else part for part in rest)))


def models_in(annotation: Any) -> Iterable[type[BaseModel]]:  # noqa: ANN401 - any annotation
    """Return the models that a field's type names, inside unions, tables and lists too."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Union, types.UnionType, dict, list, tuple, Annotated):
        for part in get_args(annotation):
            yield from models_in(part)


def _below(models: list[type[BaseModel]], part: int | str) -> list[type[BaseModel]]:
    """Return the tables under a key; a day, a measure or a number in a list leads to no other table."""
    fields = [field for model in models for name, field in model.model_fields.items() if part in (name, field.alias)]
    return [model for field in fields for model in models_in(field.annotation)] if fields else models


def _keys_at(model: type[BaseModel], loc: Sequence[int | str]) -> list[str]:
    models = [model]
    for part in loc:
        if part in ("on", "off"):
            models = [m for m in models if ("off" in m.model_fields) is (part == "off")]
        else:
            models = _below(models, part)
    return list(dict.fromkeys(field.alias or name for m in models for name, field in m.model_fields.items()))


def unknown(key: str, keys: Iterable[str]) -> tuple[str, str]:
    """Return what was found and what is allowed where a key is not known; the nearest one is suggested."""
    known = list(keys)
    near = difflib.get_close_matches(key, known, 1, _CLOSE)
    hint = f" (did you mean {near[0]}?)" if near else ""
    return f'unknown key "{key}"{hint}', ", ".join(known)


def _translate(where: str, model: type[BaseModel], error: ErrorDetails) -> Complaint:
    loc, kind, ctx = error["loc"], error["type"], error.get("ctx", {})
    if kind == "refused":
        return Complaint(where, place_of(loc), ctx["found"], ctx["allowed"])
    if kind == "missing":
        return Complaint(where, place_of(loc), "is missing", _allowed_for(model, loc))
    if kind == "extra_forbidden":
        return Complaint(
            where, place_of(loc[:-1]) if loc[:-1] else "", *unknown(str(loc[-1]), _keys_at(model, loc[:-1]))
        )
    allowed = (
        str(ctx["expected"]).replace(" or ", ", ").replace("True", "true")
        if kind == "literal_error"
        else _KINDS.get(kind, "another kind of value")
    )
    found = "nothing" if kind == "too_short" else shown(error["input"])
    return Complaint(where, place_of(loc), f"found {found}", allowed.replace("'", '"'))


def _allowed_for(model: type[BaseModel], loc: Sequence[int | str]) -> str:
    models = [model]
    for part in loc[:-1]:
        models = _below(models, part)
    said = [m.model_fields[str(loc[-1])].description for m in models if str(loc[-1]) in m.model_fields]
    return (said[0] or "").rstrip(".").replace("`", "") if said else ""


def from_validation(where: str, model: type[BaseModel], error: ValidationError) -> tuple[Complaint, ...]:
    """Return the complaints of a failed validation in our own words, each once."""
    details = error.errors()
    misspelt = {
        place for detail in details if detail["type"] == "extra_forbidden" for place in _meant(model, detail["loc"])
    }
    kept = [detail for detail in details if detail["type"] != "missing" or detail["loc"] not in misspelt]
    return tuple(dict.fromkeys(_translate(where, model, detail) for detail in kept))


def _meant(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[tuple[int | str, ...]]:
    """Return the place that a misspelt key was meant for; that it is missing need not be said as well."""
    return [(*loc[:-1], near) for near in difflib.get_close_matches(str(loc[-1]), _keys_at(model, loc[:-1]), 1, _CLOSE)]
