"""Values of a book in the words of a person."""

from typing import Any


def said(value: Any) -> str:  # noqa: ANN401 - a number, text, list or table
    """Return a value in force as a person reads it."""
    if isinstance(value, dict):
        return "; ".join(f"{key.replace('_', ' ')} {said(each)}" for key, each in value.items() if each is not None)
    if isinstance(value, list | tuple):
        return ", ".join(said(each) if not isinstance(each, dict) else f"({said(each)})" for each in value)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def ratio(value: Any) -> str:  # noqa: ANN401 - a whole number or a pair
    """Return how many make one unit, a pair as a fraction."""
    return "/".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
