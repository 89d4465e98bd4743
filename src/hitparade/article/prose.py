"""Prose of an article: paragraphs into sentences, and each sentence into the claims that patterns find."""

import re
from collections.abc import Iterator, Sequence

from hitparade.article import patterns
from hitparade.article.claims import Claim
from hitparade.article.layout import Line

_SHORT = (
    "No",
    "no",
    "Nos",
    "feat",
    "ft",
    "vs",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "St",
    "Jr",
    "Sr",
    "Vol",
    "Pt",
    "approx",
    "c",
    "U.S",
    "U.K",
)
_END = re.compile(r"[.!?]+[\"”\u2019')\]]*(?=\s+[\"“\u2018(\[]?[A-Z0-9])")
_QUOTED = re.compile(r"[\"“][^\"”]+[\"”]")
_OPINION = re.compile(
    r"\b(?:acclaim|praise|prais(?:ed|ing)|critic(?:s|ised|ized)?|review(?:s|er|ers|ed)?|described|called|calling|deemed|opined|compared|"
    r"considered|found it|heard (?:it|in)|catchy|infectious|favou?rabl[ey]|positive)\b",
    re.IGNORECASE,
)
_OPINION_WORDS = 4
_LAST_WORD = re.compile(r"[\w.]+$")
_INITIAL = re.compile("[A-Z]")
_LONGEST_SHORT = 12
_LONGEST = 3000
"""Characters of a sentence that patterns look at; what is longer is not a sentence."""


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph; no quotation is cut, nor a name such as NJ.com, nor a number."""
    ends = list(_ends(text))
    return [part for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if (part := text[a:b].strip())]


def _ends(text: str) -> Iterator[int]:
    # Straight quotes are told apart by counting, which means nothing when one of them is missing.
    even = text.count('"') % 2 == 0
    at = straight = curly = 0
    for match in _END.finditer(text):
        straight += text.count('"', at, match.end())
        curly += text.count("“", at, match.end()) - text.count("”", at, match.end())
        at = match.end()
        word = _LAST_WORD.search(text[max(0, match.start() - _LONGEST_SHORT) : match.start()])
        short = word and (word[0] in _SHORT or _INITIAL.fullmatch(word[0]))
        if not (short or curly > 0 or (even and straight % 2)):
            yield match.end()


def read(line: Line, artists: Sequence[str]) -> Iterator[Claim]:
    """Yield the claims of one paragraph; a sentence without a known pattern is a ``sentence``."""
    count = 0
    for sentence in sentences(line.said):
        found = sorted(patterns.found_in(sentence[:_LONGEST], artists), key=lambda f: (f.start, f.kind, f.subject))
        if not found:
            kind = {"opinion": 1} if is_opinion(sentence, line.section) else {}
            found = [patterns.Found(0, "sentence", sentence, kind, sentence)]
        for claim in found:
            count += 1
            yield Claim(
                f"{line.number}.{count}",
                line.number,
                line.section,
                claim.kind,
                claim.subject,
                claim.values,
                claim.text,
                claim.damaged,
            )


def is_opinion(sentence: str, section: str) -> bool:
    """Return whether a sentence gives somebody's opinion or words, which no chart can check."""
    quotes = any(len(quote.split()) >= _OPINION_WORDS for quote in _QUOTED.findall(sentence) if quote[1:2].islower())
    return quotes or "reception" in section.casefold() or bool(_OPINION.search(sentence))
