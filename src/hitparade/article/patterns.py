"""The patterns of prose: sentences that editors write of hits, read into values.

Each pattern is one function that yields what it finds in a sentence. Numbers may stand in words or digits.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hitparade.article import places
from hitparade.article.claims import Value
from hitparade.article.words import DAY, LEVEL, MONTH, MONTHS, NUMBER, ORDINAL, day, level, number, ordinal
from hitparade.catalog.folding import fold


class Found(NamedTuple):
    """One thing that a pattern found in a sentence, and where it begins there."""

    start: int
    kind: str
    subject: str
    values: Mapping[str, Value]
    text: str
    damaged: str = ""


_TOP = rf"top[- ](?P<top>{NUMBER})"
_WORD = r"(?:[^\W\d_][\w.\u2019'$-]*)"
_NAME = r"[A-Z][\w.$-]*(?: [A-Z][\w.$-]*)*"
_PLACE = rf"(?:the )?(?!(?:Gold|Platinum|Diamond|{MONTH})\b){_NAME}(?!\w|['\u2019]s\b)"
_LIST = rf"(?P<list>{_PLACE}(?:(?:, and |, | and ){_PLACE})*)"
_NUMBERED = rf"(?:number|no\.|nr\.|position|#)[- ]?(?P<position>{NUMBER})(?!\w)"
_QUOTE = r"[\"“](?P<quoted>[^\"”]+?),?[\"”]"
_WHOSE = rf"(?P<name>{_NAME})(?:['\u2019]s?| (?:his|her|their|its|a))"
_NTH = rf"(?P<nth>(?i:{ORDINAL}))"
_VERBS = r"(?:(?:peak|reach|climb)(?:ed|ing|e?s)?|rose|rising|went|got|stopped|topped out)"

_WHEN = re.compile(rf"\b(?:(?P<month>{MONTH})(?: \d{{1,2}})?,? )?(?P<year>\d{{4}})\b")
_PEAK = re.compile(
    rf"\b{_VERBS}(?: (?:up|as high as|to|at|a peak of|its peak of|its peak at|a high of|out))* {_NUMBERED}"
    rf"(?: (?:in|during) (?P<early>(?:{MONTH},? )?\d{{4}}))?"
    rf" (?:on|in) (?:the )?(?P<chart>(?!(?:{MONTH}|\d{{4}})\b)(?-i:[A-Z0-9])[^,;]*?)"
    rf"(?: (?:in|during) (?P<when>(?:{MONTH},? )?\d{{4}}))?"
    rf"(?=[,;]|\.?$| (?:and|where|with|for|on|in|during|after|before|making|earning|giving|becoming)\b)",
    re.IGNORECASE,
)
_NTH_TOP_TEN = re.compile(rf"{_WHOSE} {_NTH}\b(?=(?P<after>[^,;.]*))")
_NTH_HIGHEST = re.compile(
    rf"{_WHOSE} (?:{_NTH}[- ])?highest[- ]charting (?:single|song|hit)"
    rf"(?P<lead> as (?:a |the )?lead(?: artist)?)?(?: to date)?(?:,? (?:behind|after) {_QUOTE})?"
)
_AT_THE_TOP = r"the top(?: spot| position)?(?: of the (?:\w+ )?charts?)?|topp(?:ed|ing|s) (?:the )?(?:\w+ )?charts?"
_IN_PLACES = re.compile(
    rf"(?<!\w)(?i:{_NUMBERED}(?: (?:position|spot|place|hit|single|song))?|{_AT_THE_TOP})"
    rf" in (?i:both |(?:countries|markets|territories),? (?:including|like|such as) )?{_LIST}"
)
_COUNTRIES = re.compile(
    rf"{_TOP}(?: (?:positions?|spots?|places?))?(?: (?:of|on) (?:the )?charts?)? (?:in|of) "
    rf"(?P<more>more than|over|at least|some|about|nearly)? ?"
    rf"(?P<n>{NUMBER}) (?:countries|territories|nations|markets)",
    re.IGNORECASE,
)
_NTH_SINGLE = re.compile(
    rf"{_NTH} (?:and (?:final|last) )?single (?:from|off|of|taken from) .*?\balbum,? "
    rf"(?P<album>{_WORD}(?: {_WORD})*)"
)
_LEVEL = re.compile(
    rf"\b(?P<level>(?i:{LEVEL}))(?i: certifications?| awards?| status| ones)?"
    rf"(?: in {_LIST}| by (?:the )?(?P<body>{_NAME}))(?P<when> (?:in|on) (?:{DAY}|(?:{MONTH},? )?\d{{4}}))?"
)
_RELEASED = re.compile(rf"\b(?:released|issued|came out)\b[^.;]*? on (?P<day>{DAY})")
_EVENT = re.compile(rf"\b(?i:on|of|from) (?P<day>{DAY})")
_NOMINATED = re.compile(
    rf"\b(?:nominated|up) for (?:an? |the )?(?:award of )?[\"“]?(?P<category>{_NAME})[\"”]?"
    rf" at (?:the )?(?P<year>\d{{4}}) (?P<body>{_NAME})(?P<lost>,? (?:but|and|where it) lost)?"
)


def found_in(sentence: str, artists: Sequence[str]) -> Iterator[Found]:
    """Yield everything that the patterns find in a sentence; it may shorten the full names ``artists``."""
    as_of = _month_in(sentence)
    yield from _positions(sentence)
    yield from _nth_top_tens(sentence, artists, as_of)
    yield from _nth_highest(sentence, artists, as_of)
    yield from _top_ten_countries(sentence)
    yield from _nth_singles(sentence)
    yield from _certifications(sentence)
    yield from _nominations(sentence)
    yield from _events(sentence)


def _month_in(text: str) -> dict[str, Value]:
    # The first month with a year wins; a year alone says less and is taken only when there is no month.
    found = sorted(_WHEN.finditer(text), key=lambda match: (match["month"] is None, match.start()))
    if not found:
        return {}
    year: dict[str, Value] = {"year": int(found[0]["year"])}
    return year | ({"month": MONTHS[found[0]["month"]]} if found[0]["month"] else {})


def _full_name(short: str, artists: Sequence[str]) -> str:
    said = fold(short.removesuffix("'s").removesuffix("\u2019s"))
    matches = [name for name in artists if f" {said} " in f" {fold(name)} "]
    return matches[0] if len(matches) == 1 else ""


def _positions(sentence: str) -> Iterator[Found]:
    # "number five in Italy" is of a place, "number five in the Hot 100" of a chart; the number never decides which.
    charts = {match.start("position"): match for match in _PEAK.finditer(sentence)}
    for match in _IN_PLACES.finditer(sentence):
        names = places.listed(match["list"])
        if match.start("position") in charts and len(names) == 1 and names[0] not in places.countries():
            continue
        if not places.names_a_chart(names[0]):
            charts.pop(match.start("position"), None)
            yield from _in_places(match, names)
    for match in charts.values():
        position, lost = _from_one(match["position"], "a position")
        values: dict[str, Value] = position | _month_in(match["early"] or match["when"] or sentence)
        yield Found(match.start(), "peak", match["chart"], values, match[0], lost)


def _in_places(match: re.Match[str], names: Sequence[str]) -> Iterator[Found]:
    said = match["position"] or "one"
    position, lost = _from_one(said, "a position")
    for n, place in enumerate(names):
        yield Found(match.start() + n, "place_peak", place, position, f"number {said} in {place}", lost)


def _from_one(said: str, what: str, name: str = "position") -> tuple[dict[str, Value], str]:
    """Return the values of a number that counts from 1, and what is wrong with it when it does not."""
    n = number(said) or ordinal(said)
    return ({name: n}, "") if n else ({}, f"'{said}' is not {what} (a whole number from 1)")


def _nth_top_tens(sentence: str, artists: Sequence[str], as_of: Mapping[str, Value]) -> Iterator[Found]:
    # "Puth's second top-10 single and Gomez's sixth": the second ordinal borrows the noun of the first.
    top = ""
    for match in _NTH_TOP_TEN.finditer(sentence):
        named = re.match(rf" {_TOP}\b(?: single| song| hit| entry)?", match["after"], re.IGNORECASE)
        elided = top and re.match(r"$| (?:and|on|in|overall|there|,)\b", match["after"])
        top = named["top"] if named else top
        name = _full_name(match["name"], artists)
        if (named or elided) and name:
            nth, lost = _from_one(match["nth"], "a place in an order", "nth")
            values: dict[str, Value] = {**nth, "top": number(top) or 0, **as_of}
            text = match[0] + (named[0] if named else f" (top {top})")
            yield Found(match.start(), "nth_top_ten", name, values, text, lost)


def _nth_highest(sentence: str, artists: Sequence[str], as_of: Mapping[str, Value]) -> Iterator[Found]:
    for match in _NTH_HIGHEST.finditer(sentence):
        nth, lost = _from_one(match["nth"] or "first", "a place in an order", "nth")
        name = _full_name(match["name"], artists)
        if name:
            role, behind = "lead" if match["lead"] else "", match["quoted"] or ""
            values: dict[str, Value] = {**nth, "role": role, "behind": behind, **as_of}
            yield Found(match.start(), "nth_highest", name, values, match[0], lost)


def _top_ten_countries(sentence: str) -> Iterator[Found]:
    for match in _COUNTRIES.finditer(sentence):
        more = (match["more"] or "").casefold() in ("more than", "over")
        least = (number(match["n"]) or 0) + (1 if more else 0)
        values: dict[str, Value] = {"least": least, "top": number(match["top"]) or 0}
        yield Found(match.start(), "top_ten_countries", "countries", values, match[0])


def _nth_singles(sentence: str) -> Iterator[Found]:
    for match in _NTH_SINGLE.finditer(sentence):
        nth, lost = _from_one(match["nth"], "a place in an order", "nth")
        text = f"{match['nth']} single from {match['album']}".rstrip(".")
        yield Found(match.start(), "nth_single", match["album"].rstrip(" .,;"), nth, text, lost)


def _certifications(sentence: str) -> Iterator[Found]:
    if not re.search(r"\bcertifi(?:ed|cations?)\b", sentence, re.IGNORECASE):
        return
    for match in _LEVEL.finditer(sentence):
        metal, times = level(match["level"]) or ("", 1)
        values: dict[str, Value] = {"level": metal, "times": times, **_given(match["when"] or "")}
        named = places.listed(match["list"]) if match["list"] else (match["body"].rstrip("."),)
        where = "in" if match["list"] else "by"
        for n, place in enumerate(named):
            text = f"{match['level']} {where} {place}{match['when'] or ''}"
            yield Found(match.start() + n, "certification", place, values, text)


def _given(when: str) -> dict[str, Value]:
    """Return the day, or the month and year, of an award: only what stands right behind it."""
    full = day(when.partition("n ")[2])
    return {"date": full} if full else _month_in(when)


def _nominations(sentence: str) -> Iterator[Found]:
    for match in _NOMINATED.finditer(sentence):
        values: dict[str, Value] = {
            "category": match["category"],
            "year": int(match["year"]),
            "result": "lost" if match["lost"] else "nominated",
        }
        yield Found(match.start(), "nomination", match["body"], values, match[0])


def _events(sentence: str) -> Iterator[Found]:
    released = _RELEASED.search(sentence)
    for match in _EVENT.finditer(sentence):
        same = released and released["day"] == match["day"]
        about = "release" if same and re.match(r"(?:It|The (?:song|single|track))\b", sentence) else "event"
        when = day(match["day"])
        lost = "" if when else f"'{match['day']}' is not a day of the calendar"
        yield Found(match.start(), "event", about, {"date": when} if when else {}, sentence, lost)
