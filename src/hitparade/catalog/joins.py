"""The words and signs between the names of a credit: where a printed credit can be cut, and what each cut says.

What is cut here is every place where a name may end; which cuts lie inside one artist's name is for ``names``.
"""

import re
from typing import NamedTuple

LEAD, FEATURED, WITH, INTRODUCED, PRESENTS, REMIXER = "lead", "featured", "with", "introduced", "presents", "remixer"

_SAME, _CLOSED = "same", "closed"
OR = "or"
"""What a cut at "or" says: two versions of one song, one with each guest."""
_ROLE_WORDS = {
    FEATURED: r"featuring|feat\.?|ft\.?|f/|co-starring|starring|(?:with\s{1,3})?special\s{1,3}guests?|vocals?\s{1,3}by",
    WITH: r"(?:a\s{1,3})?duet\s{1,3}with|along\s{1,3}with|together\s{1,3}with|with|w/",
    INTRODUCED: r"introducing|intro\.",
    PRESENTS: r"presents|presenting|pres\.",
}
_AND_WORDS = r"&|\uff06|\+|and|vs\.?|versus"
_ROLES = "|".join(f"(?P<{role}>{words})" for role, words in _ROLE_WORDS.items())
_OPENED = "|".join(f"(?P<o_{role}>{words})" for role, words in _ROLE_WORDS.items())
_ANY = "|".join([*_ROLE_WORDS.values(), _AND_WORDS, "x"])
_SUFFIX = r"(?:jr|sr|snr|jnr|ii|iii|iv|inc|ltd|etc|esq|ph\.?d|m\.?d)\b|i\s*$"
_SCAN = re.compile(
    rf"(?P<keep>\"[^\"]{{1,80}}\"|[(\[{{](?!\s{{0,3}}(?:{_ANY})(?:\s|(?<=[./])\S))[^()\[\]{{}}]{{0,120}}[)\]}}])"
    rf"|[(\[{{]\s{{0,3}}(?:{_OPENED}|(?P<o_same>{_AND_WORDS}))(?:(?=\s)|(?<=[./])(?=\S))"
    rf"|(?<![^\s,;])(?:(?:{_ROLES})(?:(?=\s)|(?<=[./])(?=\S))|(?P<word>{_AND_WORDS})(?=\s)"
    rf"|(?P<letter>x)(?=\s)(?!\s+(?:{_ANY}|,)(?:\s|$)))"
    rf"|(?P<sign>,(?!\s{{0,3}}(?:{_SUFFIX}))(?!(?<=\d,)\d)|[;/\uff0c\u3001\uff0f\u00d7\uff06])",
    re.IGNORECASE,
)
_MAYBE = re.compile(rf"[,;/(\[{{&+\uff0c\u3001\uff0f\u00d7\uff06]|\s(?:{_ANY})[\s\S]", re.IGNORECASE)
_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_WEAK_WORDS = {
    WITH: r"con|avec|mit|met|med|com|z|\u0441",
    OR: r"or",
    _SAME: r"y|e|et|und|och|og|en|i|ja|meets|v\.?|\u0438|\u0442\u0430|\u0456|\u03ba\u03b1\u03b9",
}
_WEAK = re.compile(
    r"(?<!\S)(?:"
    + "|".join(f"(?P<{role}>{words})" for role, words in _WEAK_WORDS.items())
    + r")(?=\s)|(?P<east>[\u548c\u3068\u30fb])",
    re.IGNORECASE,
)


class Piece(NamedTuple):
    """A name between two cuts, what is printed before it, its role, and whether it goes on in the role before it."""

    join: str
    name: str
    role: str = LEAD
    goes_on: bool = False


class Cut(NamedTuple):
    """A place where names may part: its ends in the text, and what it says of the names behind it."""

    start: int
    end: int
    says: str


def pieces(credit: str) -> tuple[list[Piece], str]:
    """Return the names between all cuts of a credit, in order, and what is printed behind the last one."""
    body = credit.strip()
    if not body:
        return [], credit
    head = len(credit) - len(credit.lstrip())
    if not _MAYBE.search(body):
        return [Piece(credit[:head], body)], credit[head + len(body) :]
    return _between(credit, _cuts(credit, head, head + len(body)), head, head + len(body))


def weak_cuts(name: str) -> list[Cut]:
    """Return where a name holds a joining word of other languages, which parts only what is known on both sides."""
    found = []
    for at in _WEAK.finditer(name):
        if name[: at.start()].strip() and name[at.end() :].strip():
            says = _SAME if at.lastgroup == "east" else str(at.lastgroup)
            found.append(Cut(at.start(), at.end(), says))
    return found


def _cuts(credit: str, head: int, end: int) -> list[Cut]:
    found: list[Cut] = []
    closer = -1
    for at in _SCAN.finditer(credit, head, end):
        kind = str(at.lastgroup)
        if kind == "keep":
            continue
        if 0 <= closer < at.start():
            found.append(Cut(closer, closer + 1, _CLOSED))
            closer = -1
        if kind.startswith("o_"):
            closer = credit.find(_CLOSERS[at[0][0]], at.end(), end)
        says = kind.removeprefix("o_") if kind.removeprefix("o_") in _ROLE_WORDS else _SAME
        if at.start() > head or kind.startswith("o_"):
            found.append(Cut(at.start(), at.end(), says))
    if closer >= 0:
        found.append(Cut(closer, closer + 1, _CLOSED))
    return found


def _between(credit: str, cuts: list[Cut], head: int, end: int) -> tuple[list[Piece], str]:
    """Return the names between cuts; cuts with nothing but blanks between them are one."""
    found: list[Piece] = []
    start, join_from, role, goes_on = head, 0, LEAD, False
    for cut in cuts:
        name = credit[start : cut.start]
        bare = name.strip()
        if bare:
            begins = start + len(name) - len(name.lstrip())
            found.append(Piece(credit[join_from:begins], bare, role, goes_on))
            join_from, goes_on = begins + len(bare), True
        elif not found:
            continue
        role, goes_on = _said(cut.says, role, goes_on, found)
        start = cut.end
    name = credit[start:end]
    bare = name.strip()
    if bare:
        begins = start + len(name) - len(name.lstrip())
        found.append(Piece(credit[join_from:begins], bare, role, goes_on))
        join_from = begins + len(bare)
    return found, credit[join_from:]


def _said(says: str, role: str, goes_on: bool, found: list[Piece]) -> tuple[str, bool]:  # noqa: FBT001
    if says == _SAME:
        return role, goes_on
    if says == _CLOSED:
        return LEAD, False
    if says == PRESENTS:
        found[:] = [piece._replace(role=PRESENTS) if piece.role == LEAD else piece for piece in found]
        return LEAD, False
    return says, False
