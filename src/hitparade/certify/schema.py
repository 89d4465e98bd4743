"""The JSON Schema of a programme, so that editors can complete keys and mark mistakes while somebody writes."""

from typing import Any

from hitparade.certify.model import ProgrammeFile
from hitparade.rulebook.schema import clean


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a programme's file."""
    tidy = clean(ProgrammeFile.model_json_schema(by_alias=True))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hitparade certification programme",
        **tidy,
    }
