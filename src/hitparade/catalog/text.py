"""Text as senders and archives deliver it, set right: what was changed is said in words, never silently."""

import html
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
    r"|(?<![\u0600-\uffff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\uffff])"
)
"""Joiners without width stay inside scripts that write with them."""
_BLANKS = re.compile(r"\s{2,}|[^\S ]")
_CURLED = re.compile(r"\{\s{0,3}((?:featuring|feat\.?|ft\.?|f/|with)\s[^{}]{1,300}?)\s{0,3}\}", re.IGNORECASE)


class Cleaned(NamedTuple):
    """A text set right, and what was done to it, each in words."""

    text: str
    notes: tuple[str, ...] = ()


_LISTED = 20
"""How many names a message lists before it counts the rest."""
_NAME = 40
"""How many letters of a name a message shows."""
_BEGINNING = 4096
_SELDOM = 8
"""Of so many signs of a table at least one is a comma, a digit, a blank or a line end."""


def clipped(name: str) -> str:
    """Return a name as a message shows it: its beginning, where it is very long."""
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def listed(names: Sequence[str]) -> str:
    """Return names as a message lists them: long ones cut, and of very many the first."""
    shown = ", ".join(clipped(name) or "(no name)" for name in names[:_LISTED])
    return f"{shown} and {len(names) - _LISTED} more" if len(names) > _LISTED else shown or "none"


def unmarked_utf16(data: bytes) -> str:
    """Return ``utf-16-le`` or ``utf-16-be`` if bytes look like such a text that does not begin with its mark, or "".

    Every sign of an alphabet of Europe, and every comma and digit of any other, is two bytes of which one is zero. Few
    zeros are stray signs in a text of another encoding.
    """
    start = data[: min(_BEGINNING, len(data) // 2 * 2)]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if bool(even) == bool(odd) or (even + odd) * _SELDOM < len(start) // 2:
        return ""
    encoding = "utf-16-le" if odd else "utf-16-be"
    text = start.decode(encoding, errors="replace")
    return encoding if not any(sign < " " and sign not in "\t\n\r" for sign in text) else ""


def clean(text: str) -> Cleaned:
    """Return ``text`` with damage of its way repaired, and a note for each kind of repair."""
    if text.isascii() and text.isprintable() and not _DOUBTFUL.search(text):
        bare = text.strip()
        return Cleaned(bare, () if bare == text else (_TRIMMED,))
    notes: list[str] = []
    for repair, note in _REPAIRS:
        after = repair(text)
        if after != text:
            notes.append(note)
            text = after
    if "\ufffd" in text:
        notes.append("some letters were lost before the text came here")
    return Cleaned(text, tuple(notes))


def decode(raw: bytes) -> Cleaned:
    """Return bytes as text: line by line UTF-8, and Windows-1252 where a line is not, as in files put together."""
    marked = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return Cleaned(marked.decode())
    except UnicodeDecodeError:
        lines = [_decoded_line(line) for line in re.split(rb"(?<=\n)|(?<=\r)(?!\n)", marked)]
    wrong = sum(1 for _, is_utf8 in lines if not is_utf8)
    what = "line was" if wrong == 1 else "lines were"
    return Cleaned("".join(line for line, _ in lines), (f"{wrong} {what} not UTF-8 and read as Windows-1252",))


def _decoded_line(line: bytes) -> tuple[str, bool]:
    try:
        return line.decode(), True
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace") if _has_no_gap(line) else line.decode("latin-1"), False


def _has_no_gap(line: bytes) -> bool:
    return not set(line) & {0x81, 0x8D, 0x8F, 0x90, 0x9D}


def _entities(text: str) -> str:
    """Return a text without HTML entities, also where the sign of one was itself written as one ("&amp;amp;")."""
    for _ in range(3):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda at: html.unescape(at[0]), text)
    return text


def _bytes_of_signs() -> dict[str, int]:
    """Return the byte of every sign under Windows-1252, and under Latin-1 where that has none."""
    signs = {chr(code): code for code in range(128, 256)}
    for code in range(128, 160):
        sign = bytes([code]).decode("cp1252", "ignore")
        if sign:
            signs[sign] = code
    return signs


_BYTES = _bytes_of_signs()
_FIRST_HEAD = 0xC0
_TAIL = "".join(re.escape(sign) for sign, code in _BYTES.items() if code < _FIRST_HEAD)
_TWICE = re.compile(rf"[\u00c2-\u00df][{_TAIL}]|[\u00e0-\u00ef][{_TAIL}]{{2}}|[\u00f0-\u00f4][{_TAIL}]{{3}}")
_SURE = re.compile(rf"[\u00c2\u00c3][{_TAIL}]|[\u00e2-\u00ef][{_TAIL}]{{2}}|[\u00f0-\u00f4][{_TAIL}]{{3}}")


def _once_decoded(text: str) -> str:
    """Return a text whose UTF-8 had been read as Windows-1252 as it was meant, up to two times over."""
    for _ in range(2):
        if text.isascii() or not (_SURE.search(text) or len(_TWICE.findall(text, 0, 1 << 12)) > 1):
            break
        text = _TWICE.sub(_meant, text)
    return text


def _meant(at: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[sign] for sign in at[0]).decode()
    except UnicodeDecodeError:
        return at[0]


def _curled(text: str) -> str:
    return _CURLED.sub(lambda at: f"({at[1]})", text) if "{" in text else text


_CODE = re.compile(
    r"\s+(?:\((?P<round>[^()]{4,60})\)|\[(?P<square>[^\[\]]{4,60})\])$",
)
_CAPITALS = re.compile(r"[A-Z]{2,5}(?:[ /-][A-Z]{2,8})? (?:[A-Z]{1,4}[ -]?)?\d{2,3}-?\d{1,6}")
_LABEL = re.compile(r"[A-Z][A-Za-z.&']*(?: [A-Z&][A-Za-z.&']*){0,2} (?:[A-Z]{1,4}[ -]?\d{3,8}|\d{1,3}-\d{3,6}|\d{4,8})")
_NO_LABEL = re.compile(
    r"(?:\w+ )?(?:part|pt|vol|volume|no|number|op|opus|chapter|episode|room|suite|route|highway|area|live|version|mix"
    r"|remix|take|track|summer|winter|spring|autumn|fall|in|of|at|since|until|year|class|january|february|march|april"
    r"|may|june|july|august|september|october|november|december|channel|studio|apollo|world cup|bpm|phone|agent)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d$")


def _uncoded(text: str) -> str:
    """Return a text without a label and its catalogue number behind it, only where it can hardly be anything else."""
    if text[-1:] not in {")", "]"}:
        return text
    at = _CODE.search(text, max(0, len(text) - 80))
    note = (at["round"] or at["square"]).strip() if at else ""
    is_code = (
        (_CAPITALS.fullmatch(note) or _LABEL.fullmatch(note)) and not _NO_LABEL.match(note) and not _YEAR.search(note)
    )
    return text[: at.start()] if at and is_code and text[: at.start()].strip() else text


_TRIMMED = "blanks before or behind the text were taken off"
_DOUBTFUL = re.compile(r"[&{]|\s\s|[)\]]\s*$")
_REPAIRS = (
    (_entities, "HTML entities were turned into the signs that they stand for"),
    (_once_decoded, "letters that had been read in a wrong encoding were read again as UTF-8"),
    (lambda text: _BREAKS.sub(" ", text.strip("\r\n")), "line ends or tabs inside or behind the text became blanks"),
    (lambda text: _UNSEEN.sub("", text), "control signs and signs without width were taken out"),
    (lambda text: unicodedata.normalize("NFC", text), "letters and their accents were joined"),
    (lambda text: _BLANKS.sub(" ", text), "unusual or repeated blanks became single ones"),
    (lambda text: text.strip(), _TRIMMED),
    (_curled, "curly brackets about a featured artist became round ones"),
    (_uncoded, "a label and its catalogue number behind the text were taken off"),
)
