"""The patterns of prose: sentences that editors write of hits, read into values.

Each pattern is one function that yields what it finds in a sentence. Numbers may stand in words or digits.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hitparade.article import places
from hitparade.article.claims import Value
from hitparade.article.words import DAY, MONTH, MONTHS, NUMBER, ORDINAL, day, number, ordinal
from hitparade.catalog.folding import fold


class Found(NamedTuple):
    """One thing that a pattern found in a sentence, and where it begins there."""

    start: int
    kind: str
    subject: str
    values: Mapping[str, Value]
    text: str


_TOP_TEN = r"top[- ](?:10|ten)"
_WORD = r"(?:[^\W\d_][\w.\u2019'$-]*)"
_NAME = r"[A-Z][\w.$-]*(?: [A-Z][\w.$-]*)*"
_PLACE = rf"(?:the )?(?!(?:Gold|Platinum|Diamond)\b){_NAME}"
_LIST = rf"(?P<list>{_PLACE}(?:(?:, and |, | and ){_PLACE})*)"
_NUMBERED = rf"(?:number|no\.|nr\.|position|#) ?(?P<position>{NUMBER})"
_QUOTE = r"[\"“](?P<quoted>[^\"”]+?),?[\"”]"
_WHOSE = rf"(?P<name>{_NAME})(?:['\u2019]s?| (?:his|her|their|its|a))"
_NTH = rf"(?P<nth>(?i:{ORDINAL}))"
_MULTIPLES = ["double", "triple", "quadruple", "quintuple", "sextuple", "septuple", "octuple", "nonuple"]
_TIMES = {word: n for n, word in enumerate(_MULTIPLES, 2)}
_VERBS = r"(?:(?:peak|reach|climb)(?:ed|ing|e?s)?|rose|rising|went|got|stopped|topped out)"

_WHEN = re.compile(rf"\b(?:(?P<month>{MONTH})(?: \d{{1,2}})?,? )?(?P<year>\d{{4}})\b")
_PEAK = re.compile(
    rf"\b{_VERBS}(?: (?:up|as high as|to|at|a peak of|its peak of|its peak at|a high of|out))* {_NUMBERED}"
    rf" (?P<link>on|in) (?:the )?(?P<chart>(?-i:[A-Z0-9])[^,;]*?)"
    rf"(?: (?:in|during) (?P<when>(?:{MONTH},? )?\d{{4}}))?"
    rf"(?=[,;]|\.?$| (?:and|where|with|for|on|in|during|after|before|making|earning|giving|becoming)\b)",
    re.IGNORECASE,
)
_NTH_TOP_TEN = re.compile(rf"{_WHOSE} {_NTH}\b(?=(?P<after>[^,;.]*))")
_NTH_HIGHEST = re.compile(
    rf"{_WHOSE} (?:{_NTH}[- ])?highest[- ]charting (?:single|song|hit)"
    rf"(?P<lead> as (?:a |the )?lead(?: artist)?)?(?: to date)?(?:,? (?:behind|after) {_QUOTE})?"
)
_NUMBER_ONE = re.compile(rf"\b(?i:number one|no\. 1|number 1|#1|the top(?: spot)?) in {_LIST}")
_COUNTRIES = re.compile(
    rf"{_TOP_TEN}(?: (?:positions?|spots?|places?))?(?: (?:of|on) (?:the )?charts?)? (?:in|of) "
    rf"(?P<more>more than|over|at least|some|about|nearly)? ?"
    rf"(?P<n>{NUMBER}) (?:countries|territories|nations|markets)",
    re.IGNORECASE,
)
_NTH_SINGLE = re.compile(
    rf"{_NTH} (?:and (?:final|last) )?single (?:from|off|of|taken from) .*?\balbum,? "
    rf"(?P<album>{_WORD}(?: {_WORD})*)"
)
_LEVEL = re.compile(
    rf"\b(?P<level>(?i:(?:(?:{'|'.join(_TIMES)}|\d+x|{NUMBER}[- ]times) )?(?:gold|platinum|diamond)))"
    rf"(?i: certifications?| awards?| status| ones)? in {_LIST}"
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
    yield from _peaks(sentence)
    yield from _nth_top_tens(sentence, artists, as_of)
    yield from _nth_highest(sentence, artists, as_of)
    yield from _number_ones(sentence)
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


def _peaks(sentence: str) -> Iterator[Found]:
    for match in _PEAK.finditer(sentence):
        position = number(match["position"])
        # "number one in Italy" is a claim of its own kind, with its own list of places.
        if position and (position > 1 or match["link"].casefold() == "on"):
            values: dict[str, Value] = {"position": position, **_month_in(match["when"] or sentence)}
            yield Found(match.start(), "peak", match["chart"], values, match[0])


def _nth_top_tens(sentence: str, artists: Sequence[str], as_of: Mapping[str, Value]) -> Iterator[Found]:
    # "Puth's second top-10 single and Gomez's sixth": the second ordinal borrows the noun of the first.
    borrowed = False
    for match in _NTH_TOP_TEN.finditer(sentence):
        named = re.match(rf" {_TOP_TEN}\b(?: single| song| hit| entry)?", match["after"], re.IGNORECASE)
        elided = borrowed and bool(re.match(r"$| (?:and|on|in|overall|there|,)\b", match["after"]))
        name, nth = _full_name(match["name"], artists), ordinal(match["nth"])
        borrowed = borrowed or bool(named)
        if (named or elided) and name and nth:
            text = match[0] + (named[0] if named else " (top ten)")
            yield Found(match.start(), "nth_top_ten", name, {"nth": nth, **as_of}, text)


def _nth_highest(sentence: str, artists: Sequence[str], as_of: Mapping[str, Value]) -> Iterator[Found]:
    for match in _NTH_HIGHEST.finditer(sentence):
        nth = ordinal(match["nth"]) if match["nth"] else 1
        name = _full_name(match["name"], artists)
        if name and nth:
            values: dict[str, Value] = {
                "nth": nth,
                "role": "lead" if match["lead"] else "",
                "behind": match["quoted"] or "",
                **as_of,
            }
            yield Found(match.start(), "nth_highest", name, values, match[0])


def _number_ones(sentence: str) -> Iterator[Found]:
    for match in _NUMBER_ONE.finditer(sentence):
        for n, place in enumerate(places.listed(match["list"])):
            yield Found(match.start() + n, "number_one", place, {"position": 1}, f"number one in {place}")


def _top_ten_countries(sentence: str) -> Iterator[Found]:
    for match in _COUNTRIES.finditer(sentence):
        count = number(match["n"])
        if count:
            more = (match["more"] or "").casefold() in ("more than", "over")
            yield Found(
                match.start(),
                "top_ten_countries",
                "countries",
                {"least": count + 1 if more else count},
                match[0],
            )


def _nth_singles(sentence: str) -> Iterator[Found]:
    for match in _NTH_SINGLE.finditer(sentence):
        nth = ordinal(match["nth"])
        if nth:
            yield Found(
                match.start(),
                "nth_single",
                match["album"].rstrip(" .,;"),
                {"nth": nth},
                f"{match['nth']} single from {match['album']}".rstrip("."),
            )


def _certifications(sentence: str) -> Iterator[Found]:
    if not re.search(r"\bcertifi(?:ed|cations?)\b", sentence, re.IGNORECASE):
        return
    for match in _LEVEL.finditer(sentence):
        for n, place in enumerate(places.listed(match["list"])):
            level = match["level"].casefold()
            text = f"{match['level']} in {place}"
            yield Found(
                match.start() + n,
                "certification",
                place,
                {"level": level.split()[-1], "times": _times(level)},
                text,
            )


def _times(level: str) -> int:
    first = re.split(r"x?[- ](?:times )?", level)[0]
    return number(first) or _TIMES.get(first, 1)


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
        when = day(match["day"])
        if when:
            about = (
                "release"
                if released
                and released["day"] == match["day"]
                and re.match(r"(?:It|The (?:song|single|track))\b", sentence)
                else "event"
            )
            yield Found(match.start(), "event", about, {"date": when}, sentence)
