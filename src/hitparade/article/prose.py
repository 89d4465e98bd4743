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


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph; no quotation is cut, nor a name such as NJ.com, nor a number."""
    ends = [match.end() for match in _END.finditer(text) if _is_end(text, match)]
    starts = [0, *ends]
    return [part for a, b in zip(starts, [*ends, len(text)], strict=True) if (part := text[a:b].strip())]


def _is_end(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()]
    word = re.search(r"[\w.]+$", before)
    inside = (text[: match.end()].count('"') % 2 == 1) and text.count('"') % 2 == 0
    open_quote = before.count("“") > before.count("”") and "”" not in match[0]
    return not (inside or open_quote or (word and (word[0] in _SHORT or re.fullmatch("[A-Z]", word[0]))))


def read(line: Line, artists: Sequence[str]) -> Iterator[Claim]:
    """Yield the claims of one paragraph; a sentence without a known pattern is a ``sentence``."""
    count = 0
    for sentence in sentences(line.said):
        found = sorted(patterns.found_in(sentence, artists), key=lambda f: (f.start, f.kind, f.subject))
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
            )


def is_opinion(sentence: str, section: str) -> bool:
    """Return whether a sentence gives somebody's opinion or words, which no chart can check."""
    quotes = any(
        len(quote.split()) >= _OPINION_WORDS for quote in _QUOTED.findall(sentence) if quote[1:2].islower()
    )
    return quotes or "reception" in section.casefold() or bool(_OPINION.search(sentence))
