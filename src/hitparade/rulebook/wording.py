"""Values of a book in the words of a person."""

from typing import Any

_PAIR = 2


def said(value: Any) -> str:  # noqa: ANN401 - a number, text, list or table
    """Return a value in force as a person reads it; what is not set is left out."""
    if isinstance(value, dict):
        return "; ".join(f"{_word(key)} {_within(key, each)}" for key, each in value.items() if _is_set(each))
    if isinstance(value, list | tuple):
        return ", ".join(said(each) if not isinstance(each, dict) else f"({said(each)})" for each in value)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def ratio(value: Any) -> str:  # noqa: ANN401 - a whole number, a pair, or a table with more about it
    """Return how many make one unit, a pair as a fraction; what else is said of it follows in brackets."""
    if isinstance(value, dict) and "value" in value:
        more = said({key: each for key, each in value.items() if key != "value"})
        return f"{ratio(value['value'])} ({more})" if more else ratio(value["value"])
    if isinstance(value, list | tuple):
        return str(value[0]) if len(value) == _PAIR and value[1] == 1 else "/".join(map(str, value))
    return str(value)


def _word(key: str) -> str:
    return key if "." in key else key.replace("_", " ")


def _is_set(value: Any) -> bool:  # noqa: ANN401 - a value of a book
    return value is not None and value not in ([], (), {}, "")


def _within(key: str, value: Any) -> str:  # noqa: ANN401 - a value of a book
    if not isinstance(value, dict):
        return said(value)
    if key == "units":
        return f"({', '.join(f'{measure} {ratio(each)}' for measure, each in value.items())})"
    return f"({said(value)})"
