"""Numbers as words, the same in every sentence."""

_TEENS = range(11, 14)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(number: int) -> str:
    """Return ``1st``, ``2nd``, ``3rd``, ``4th`` ... ``11th``, ``101st``."""
    ending = "th" if number % 100 in _TEENS else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def plural(number: int, word: str) -> str:
    """Return the number with its word: ``1 point``, ``1,204 points``."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
