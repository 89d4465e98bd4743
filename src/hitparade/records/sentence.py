"""Numbers, days and songs as a sentence has them: words to ten, months in full, titles in quotation marks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WORDS_TO = 10


def number(n: int) -> str:
    """Return a number as an encyclopedia writes it: words to ten, then digits."""
    return _NUMBERS[n] if 0 <= n <= _WORDS_TO else f"{n:,}"


def ordinal(n: int) -> str:
    """Return an ordinal as an encyclopedia writes it: words to tenth, then digits."""
    if 1 <= n <= _WORDS_TO:
        return _ORDINALS[n - 1]
    last_two, last = n % 100, n % 10
    ending = "th" if last_two in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
    return f"{n:,}{ending}"


def plural(n: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``one week``, ``87 weeks``."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def day(when: date) -> str:
    """Return a day: ``8 October 2016``."""
    return f"{when.day} {when:%B %Y}"


def month(when: date) -> str:
    """Return the month of a day: ``October 2016``."""
    return f"{when:%B %Y}"


def place(depth: int) -> str:
    """Return where a song is when it is at ``depth`` or above: ``at number one``, ``in the top ten``."""
    return "at number one" if depth == 1 else f"in the top {number(depth)}"


def quoted(row: Mapping[str, Any]) -> str:
    """Return a song with its credit: ``"Radioactive" by Imagine Dragons``."""
    return f'"{row["title"]}" by {row["credit"]}'


def listed(parts: list[str]) -> str:
    """Return parts as a person says them: ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def possessive(name: str) -> str:
    """Return a name with its apostrophe: ``Charlie Puth's``."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"
