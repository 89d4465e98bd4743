"""The JSON Schema of a book, so that editors can complete keys and mark mistakes while somebody writes."""

import json
import re
from pathlib import Path
from typing import Any

from hitparade.rulebook.model import BookFile

_GENERIC = re.compile(r"^(Dated|DatedByTracking)_(?:Annotated_Union_Annotated_)?([A-Za-z]+?)_.*$")


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a rulebook file."""
    made = BookFile.model_json_schema(by_alias=True)
    tidy = clean(made)
    tidy["$defs"] = {_short(name): table for name, table in sorted(tidy["$defs"].items())}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "hitparade rulebook", **tidy}


def write(path: Path) -> None:
    """Write the schema to ``path``."""
    path.write_text(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n", "utf-8")


def _short(name: str) -> str:
    return _GENERIC.sub(lambda match: f"Dated{match[2]}", name)


def clean(part: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Return a schema without pydantic's titles and without null, which TOML does not have."""
    if isinstance(part, list):
        return [clean(each) for each in part]
    if not isinstance(part, dict):
        return part.replace(part.rsplit("/", 1)[-1], _short(part.rsplit("/", 1)[-1])) if _is_reference(part) else part
    kept = {
        key: value
        for key, value in part.items()
        if key != "title" and not (key == "default" and value in (None, {}, []))
    }
    choices = [each for each in kept.get("anyOf", []) if each != {"type": "null"}]
    if "anyOf" in kept and len(choices) == 1:
        kept = {**{key: value for key, value in kept.items() if key != "anyOf"}, **choices[0]}
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    named = {"properties", "patternProperties", "$defs"}
    return {
        key: {k: clean(v) for k, v in value.items()} if key in named else clean(value) for key, value in kept.items()
    }


def _is_reference(part: object) -> bool:
    return isinstance(part, str) and part.startswith("#/$defs/")
