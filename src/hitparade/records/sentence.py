"""Numbers, days, names and songs as a sentence has them.

Words to ten and digits above, months in full, titles in quotation marks. In the possessive a name that ends in s takes
an apostrophe alone, as the music press writes it: one rule then holds for people and bands, James' and the Beatles'.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WORDS_TO = 10
_MARKS = re.compile(r"[\"\u201c\u201d\u201e]")


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
    return f"{marked(row['title'])} by {row['credit']}"


def marked(title: str) -> str:
    """Return a title in quotation marks; marks within it become single ones: ``"Theme (From 'Batman')"``."""
    return f'"{_MARKS.sub(chr(39), title)}"'


def listed(parts: list[str]) -> str:
    """Return parts as a person says them: ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def possessive(name: str) -> str:
    """Return a name with its apostrophe: ``Charlie Puth's``."""
    return f"{name}'" if name.casefold().endswith("s") else f"{name}'s"


_POSSESSIVES = {"he": "his", "she": "her", "they": "their"}


def whose(names: Sequence[str], pronouns: Sequence[str]) -> list[str]:
    """Return what stands before what each artist has: pronouns where all are known and differ, else names."""
    if all(pronouns) and len(set(pronouns)) == len(pronouns):
        return [_POSSESSIVES[each] for each in pronouns]
    return [possessive(name) for name in names]


def top(depth: int) -> str:
    """Return what reaching a depth is called: ``number one``, ``top ten``, ``top 40``."""
    return "number one" if depth == 1 else f"top {number(depth)}"
