"""The reference of the book layout, made from the models: ``python -m hitparade.rulebook.reference FILE``."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from hitparade.rulebook.book import MEASURED
from hitparade.rulebook.books import shipped
from hitparade.rulebook.complaints import models_in
from hitparade.rulebook.model import BLOCKS, BookFile, Life
from hitparade.rulebook.parts import Dated, DatedByTracking, Off, Sourced
from hitparade.rulebook.schema import clean

_INTRODUCTION = """# The rulebook layout

A rulebook is one TOML file for one chart. Every number in it is dated and says where it comes from. This
page is made from the program's own models (`make docs`), and a test keeps it true. How to write a book step
by step: [add a chart](how-to/add-a-chart.md).

`hitparade check FILE` names each mistake with file, key, what was found and what is allowed. `hitparade check
--schema FILE` writes a JSON Schema, with which an editor completes keys while you write.

## How values are dated

`KEY.values.YYYY-MM-DD = { ... }` says that a value is in force from that day on, until the next day that the
key names. What the day means is said by the book's `dated_by`: the first tracking day of a window
(`tracking_start`) or the date printed on the chart (`issue_date`). A block may say otherwise for itself. The
value in force on a window's first day holds for the whole window.

When `week` changes, the last window of the old kind ends at the instant at which the first one of the new
kind begins, so it may be shorter than the others.

A rule that ends is switched off: `values.2018-07-06 = { off = true, source = "..." }`.
"""
_VALUES = """## What every dated value says

Beside its own keys each value has these.
"""
_WHAT_IF = """## What-if

`hitparade rules CHART --with FILE` and `hitparade compile CHART --with FILE` lay a small TOML file over the
book. It has the layout of a book, sources may be left out, and there are three words more:

```toml
off = ["artist_cap"]                    # switched off for the whole life of the chart

[week]
every = { zone = "America/New_York" }   # sets a parameter in each dated value

[units."on_demand.premium"]
values.2016-04-01 = { value = 150 }     # adds or replaces a value

[decisions]
off = ["withhold"]                      # leaves out all decisions of an action, or one by its id
```

Every value that a what-if touches is marked as one wherever it is shown.
"""
_LIKE = dict.fromkeys(("half_year", "decade", "all_time"), "year_end")
"""Blocks whose keys are those of another one, described there."""
_EXAMPLES = {"panel": "demo-airplay", "about": "demo-airplay"}


def keys() -> dict[str, str]:
    """Return every key that a book may hold, with its description."""
    fields = {name: field.description or "" for name, field in BookFile.model_fields.items()}
    for name in (*BLOCKS, "life"):
        for model in () if name in _LIKE else _values(name):
            fields |= {f"{name}.{key}": said for key, said in _own(model).items()}
            fields |= {f"{name}.{key}": said.description or "" for key, _, said in _inner(model)}
    common = {key: field.description or "" for key, field in (Sourced.model_fields | Off.model_fields).items()}
    return fields | common | {"dated_by of a block": Dated.model_fields["dated_by"].description or ""}


def reference() -> str:
    """Return the reference as Markdown."""
    return "\n".join(_page()).rstrip() + "\n"


def _page() -> Iterator[str]:
    yield _INTRODUCTION
    yield "## The head of a book\n"
    for name in (name for name in BookFile.model_fields if name not in BLOCKS and name != "life"):
        yield from _heading(name, BookFile.model_fields[name], BookFile, name)
    yield _VALUES
    for name, field in (Sourced.model_fields | Off.model_fields).items():
        yield from _heading(name, field, Off, name)
    yield from _heading("dated_by of a block", Dated.model_fields["dated_by"], Dated[Life], "dated_by")
    yield "## The blocks\n"
    for name in ("life", *BLOCKS):
        yield from _block(name)
    yield _WHAT_IF


def _block(name: str) -> Iterator[str]:
    field = BookFile.model_fields[name]
    yield f'### `{name}."<measure>"`\n' if name in MEASURED else f"### `{name}`\n"
    need = "Every book has it." if field.is_required() else "May be left out."
    yield f"{field.description} {need}\n"
    if example := _example(name):
        yield f"```toml\n{example}\n```\n"
    if name in _LIKE:
        yield f"Its keys are those of `{_LIKE[name]}`.\n"
        return
    for model in _values(name):
        for key in _own(model):
            yield from _heading(f"{name}.{key}", _field(model, key), model, key, level=4)
            for inner, table, field in _inner(model):
                if inner.startswith(f"{key}."):
                    yield from _heading(f"{name}.{inner}", field, table, inner.split(".")[-1], level=4)


def _heading(title: str, field: FieldInfo, model: type[BaseModel], key: str, *, level: int = 3) -> Iterator[str]:
    yield f"{'#' * level} `{title}`\n"
    said = clean(model.model_json_schema(by_alias=True))["properties"].get(key, {})
    kind = _kind(said)
    nothing = field.is_required() or field.default in (None, [], {})
    default = "" if nothing else f"Default: `{str(field.default).lower()}`."
    optional = "" if field.is_required() or default else "May be left out."
    yield " ".join(part for part in (field.description or "", kind, default, optional) if part) + "\n"


def _kind(said: dict[str, Any]) -> str:
    if "enum" in said:
        return "One of " + ", ".join(f"`{each}`" for each in said["enum"]) + "."
    if said.get("type") == "integer" and "minimum" in said:
        upto = f"to {said['maximum']}" if "maximum" in said else "or more"
        return f"A whole number, {said['minimum']} {upto}."
    if "enum" in said.get("items", {}):
        return "A list of " + ", ".join(f"`{each}`" for each in said["items"]["enum"]) + "."
    return {"boolean": "`true` or `false`."}.get(str(said.get("type")), "")


def _values(name: str) -> list[type[BaseModel]]:
    """Return the models of a block's values, without the one that switches it off."""
    held = list(models_in(BookFile.model_fields[name].annotation))
    dated = [m for m in held if issubclass(m, Dated | DatedByTracking)]
    found = [each for m in dated for each in models_in(m.model_fields["values"].annotation)] if dated else held
    return [model for model in found if model is not Off]


def _own(model: type[BaseModel]) -> dict[str, str]:
    fields = model.model_fields.items()
    return {f.alias or name: f.description or "" for name, f in fields if name not in Sourced.model_fields}


def _inner(model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel], FieldInfo]]:
    """Give the keys of the tables within a value, such as the tiers of ``recurrent``, each with its table."""
    for key in _own(model):
        for table in models_in(_field(model, key).annotation):
            yield from ((f"{key}.{f.alias or name}", table, f) for name, f in table.model_fields.items())


def _field(model: type[BaseModel], key: str) -> FieldInfo:
    return next(f for name, f in model.model_fields.items() if key in (name, f.alias))


def _example(name: str) -> str:
    path = shipped().paths[_EXAMPLES.get(name, "demo-singles")]
    found = re.search(rf"^(\[+{name}[\].].*?)(?:\n\n|\Z)", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return found[1].rstrip() if found else ""


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), "utf-8")
