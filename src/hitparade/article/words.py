"""Numbers, ordinals and days in words, as articles write them."""

import re
from datetime import date

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_FIRST = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_MONTHS = "January February March April May June July August September October November December"

_NUMBERS = {word: n for n, word in enumerate(_ONES.split(), 1)} | {
    word: n * 10 for n, word in enumerate(_TENS.split(), 2)
}
_ORDINALS = {word: n for n, word in enumerate(_FIRST.split(), 1)}
_ORDINALS |= {f"{word}th": n for word, n in _NUMBERS.items() if 12 < n < 20}  # noqa: PLR2004 - thirteenth to nineteenth
_ORDINALS |= {f"{word[:-1]}ieth": n for word, n in _NUMBERS.items() if n >= 20}  # noqa: PLR2004 - twentieth and so on
MONTHS = {month: n for n, month in enumerate(_MONTHS.split(), 1)}

_ONE, _TEN, _NTH = (
    r"(?:" + "|".join(sorted(w, key=len, reverse=True)) + r")" for w in (_ONES.split(), _TENS.split(), list(_ORDINALS))
)
_UNDER = rf"(?:{_TEN}(?:[- ]{_ONE})?|{_ONE})"
_HUNDREDS = re.compile(rf"(?P<n>a|{_ONE}) hundred(?:(?: and)? (?P<rest>{_UNDER}))?")
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|(?:a|{_ONE}) hundred(?:(?: and)? {_UNDER})?|{_UNDER})"
"""A whole number in digits or words."""
ORDINAL = rf"(?:\d+(?:st|nd|rd|th)|{_TEN}-{_NTH}|(?:one )?hundredth|{_NTH})"
"""An ordinal in digits or words."""
MONTH = "(?:" + "|".join(MONTHS) + ")"
DAY = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|{MONTH} \d+, \d{{4}}|\d+ {MONTH} \d{{4}})"
"""A full day: 2016-05-24, May 24, 2016 or 24 May 2016; it may be one that no calendar has."""


def number(text: str) -> int | None:
    """Return the whole number written in ``text``, in digits or words below two thousand, or None."""
    said = text.strip().casefold().replace(",", "")
    if said.isdecimal() and said.isascii():
        return int(said)
    if hundreds := _HUNDREDS.fullmatch(said):
        return _NUMBERS.get(hundreds["n"], 1) * 100 + (number(hundreds["rest"] or "0") or 0)
    parts = [_NUMBERS.get(word) for word in re.split("[- ]", said)]
    return None if None in parts else sum(part for part in parts if part)


def ordinal(text: str) -> int | None:
    """Return the number of an ordinal such as ``sixth``, ``6th`` or ``twenty-first``, or None."""
    said = text.strip().casefold()
    if re.fullmatch(r"\d+(?:st|nd|rd|th)", said):
        return int(said[:-2])
    if said in ("hundredth", "one hundredth"):
        return 100
    tens, dash, last = said.rpartition("-")
    if last not in _ORDINALS or (dash and tens not in _NUMBERS):
        return None
    return _ORDINALS[last] + (_NUMBERS[tens] if dash else 0)


def day(text: str) -> date | None:
    """Return the full day written in ``text``, or None."""
    words = re.findall(r"\d+|[A-Za-z]+", text)
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
            return date.fromisoformat(text.strip())
        if len(words) == 3 and words[0] in MONTHS:  # noqa: PLR2004 - month, day, year
            return date(int(words[2]), MONTHS[words[0]], int(words[1]))
        if len(words) == 3 and words[1] in MONTHS:  # noqa: PLR2004 - day, month, year
            return date(int(words[2]), MONTHS[words[1]], int(words[0]))
    except ValueError:
        return None
    return None


def no_day(text: str) -> str:
    """Return why a text that is written as a full day is none, or an empty text."""
    return f"'{text}' is not a day of the calendar" if re.fullmatch(DAY, text.strip()) and day(text) is None else ""


_MULTIPLES = ("double", "triple", "quadruple", "quintuple", "sextuple", "septuple", "octuple", "nonuple")
_TIMES = {word: n for n, word in enumerate(_MULTIPLES, 2)}
METALS = "silver|gold|platinum|diamond"
LEVEL = rf"(?:(?:{'|'.join(_MULTIPLES)}|\d+ ?[x\u00d7]|{NUMBER}[- ]times) ?)?(?:multi-?)?(?:{METALS})"
"""A level of certification, such as gold, five times platinum, 3x Multi-Platinum."""


def level(text: str) -> tuple[str, int] | None:
    """Return the metal of a level and how many times it was reached, or None when the text is no level."""
    said = re.fullmatch(rf"(?P<times>.*?)[- ]?(?:multi[- ]?)?(?P<metal>{METALS})", text.strip().casefold())
    if not said:
        return None
    first = re.sub(r"(?:[- ]times|[ ]?[x\u00d7])$", "", said["times"].strip())
    times = (number(first) or _TIMES.get(first)) if first else 1
    return (said["metal"], times) if times else None


def month_name(day: date) -> str:
    """Return the English name of a day's month."""
    return _MONTHS.split()[day.month - 1]


def spoken(parts: list[str] | tuple[str, ...]) -> str:
    """Return a list as a person says it: ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def nth(n: int) -> str:
    """Return the ordinal of ``n`` in digits, such as ``2nd`` and ``11th``."""
    last_two, last = n % 100, n % 10
    return f"{n}{'th' if 10 < last_two < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th')}"  # noqa: PLR2004


def plural(n: int, one: str, many: str = "") -> str:
    """Return a number with its noun, such as ``1 row`` and ``12 rows``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
