"""Text as senders and archives deliver it, set right: what was changed is said in words, never silently."""

import html
import re
import unicodedata
from typing import NamedTuple

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BLANKS = re.compile(r"\s{2,}|[^\S ]")
_TWICE_CODED = re.compile(r"[\u00c2-\u00f4][\u0080-\u00ff\u0152-\u2122]")
_CURLED = re.compile(r"\{\s*((?:featuring|feat\.?|ft\.?|f/|with)\s[^{}]*?)\s*\}", re.IGNORECASE)
_LABEL_CODE = re.compile(r"\s*[(\[][A-Z][\w .&/-]{0,40}?\s(?=[\w-]*\d)[A-Z]{0,6}[- ]?\d{2,8}(?:-\d{1,4})?[)\]]\s*$")


class Cleaned(NamedTuple):
    """A text set right, and what was done to it, each in words."""

    text: str
    notes: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """Return ``text`` with damage of its way repaired, and a note for each kind of repair."""
    notes: list[str] = []
    for repair, note in _REPAIRS:
        after = repair(text)
        if after != text:
            notes.append(note)
            text = after
    return Cleaned(text.strip(), tuple(notes))


def _entities(text: str) -> str:
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda at: html.unescape(at[0]), text)
    return text


def _decoded(text: str) -> str:
    if text.isascii() or not _TWICE_CODED.search(text):
        return text
    for coding in ("cp1252", "latin-1"):
        try:
            return text.encode(coding).decode()
        except UnicodeError:
            continue
    return text


def _curled(text: str) -> str:
    return _CURLED.sub(lambda at: f"({at[1]})", text) if "{" in text else text


def _uncoded(text: str) -> str:
    bare = _LABEL_CODE.sub("", text) if text[-1:] in {")", "]"} else text
    return bare or text


_REPAIRS = (
    (_entities, "HTML entities were turned into the signs that they stand for"),
    (_decoded, "letters that were decoded with a wrong encoding were decoded again as UTF-8"),
    (lambda text: _BREAKS.sub(" ", text), "line ends and tabs inside the text became blanks"),
    (lambda text: _UNSEEN.sub("", text), "control signs and signs without width were taken out"),
    (lambda text: unicodedata.normalize("NFC", text), "letters and their accents were joined"),
    (lambda text: _BLANKS.sub(" ", text), "several blanks became one"),
    (_curled, "curly brackets about a featured artist became round ones"),
    (_uncoded, "a label and its catalogue number behind the text were taken off"),
)
