"""Reading: a file in the plain layout becomes an :class:`Article`. Nothing is repaired on the way."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from hitparade.article import prose, tables, words
from hitparade.article.claims import Article, Claim, Damage, Value
from hitparade.article.layout import Line, lines_of

_CREDIT = re.compile(r"^(?P<name>.+?) [–—-] (?P<roles>.+)$")  # noqa: RUF001 - credits stand with an en dash
_JOIN = re.compile(r"\s+(?:featuring|feat\.?|ft\.?|with|&|and|x)\s+|,\s*", re.IGNORECASE)
_PEOPLE = ("artist", "writer", "producer")


def read(path: str | Path) -> Article:
    """Return the article at ``path``: every fact with its line, every damage by its place.

    Raises:
        ArticleError: the file cannot be read, or is in another layout.
    """
    place = Path(path)
    lines = lines_of(place)
    people = _people(lines)
    found = [part for group in _blocks(lines) for part in _read_block(group, people)]
    claims = sorted(
        (part for part in found if isinstance(part, Claim)), key=lambda c: (c.line, int(c.id.split(".")[1]))
    )
    damages = sorted((part for part in found if isinstance(part, Damage)), key=lambda d: (d.line, d.column, d.reason))
    title = next(line.said for line in lines if line.kind == "title")
    name = next((line.said for line in lines if line.kind == "name"), re.sub(r" \([^)]*\)$", "", title))
    return Article(place, title, name, len(lines), tuple(claims), tuple(damages))


def artists_in(credit: str) -> tuple[str, ...]:
    """Return the names in a credit such as ``A featuring B & C``."""
    return tuple(part.strip() for part in _JOIN.split(credit) if part.strip())


def _people(lines: Sequence[Line]) -> tuple[str, ...]:
    boxed = [
        name
        for line in lines
        if line.kind == "box" and line.key.casefold() in _PEOPLE
        for name in artists_in(line.said)
    ]
    credited = [match["name"] for line in lines if line.kind == "item" and (match := _CREDIT.match(line.said[2:]))]
    return tuple(dict.fromkeys([*boxed, *credited]))


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    for kind, group in groupby(lines, key=lambda line: line.kind):
        together = list(group)
        yield from [together] if kind == "cells" else ([line] for line in together)


def _read_block(block: Sequence[Line], people: Sequence[str]) -> Iterator[Claim | Damage]:
    line = block[0]
    match line.kind:
        case "cells":
            yield from tables.read(block)
        case "prose":
            yield from prose.read(line, people)
        case "title" | "name":
            yield Claim(f"{line.number}.1", line.number, "lead", line.kind, line.said, {}, line.said)
        case "box":
            yield from _box(line)
        case "item":
            yield _item(line)
        case "caption" if line.said.endswith("**") or line.said.count('"') % 2:
            yield Damage(
                line.number,
                "",
                "caption-broken",
                line.said,
                f"the caption ends in {line.said[-3:]!r}; what opened it is lost",
            )
        case "broken":
            yield Damage(line.number, "", "heading-broken", line.said, "the heading's marks do not match on both sides")


def _box(line: Line) -> Iterator[Claim | Damage]:
    why = "" if line.said else f"{line.key} is empty"
    if why:
        yield Damage(line.number, line.key, "cell-empty", "", why)
    elif why := words.no_day(line.said):
        yield Damage(line.number, line.key, "cell-not-a-day", line.said, why)
    values: dict[str, Value] = {"said": line.said} if line.said else {}
    if when := words.day(line.said):
        values["date"] = when
    yield Claim(f"{line.number}.1", line.number, "infobox", "infobox", line.key, values, line.said, why)


def _item(line: Line) -> Claim:
    said = line.said[2:].strip()
    credit = _CREDIT.match(said)
    if credit is None:
        return Claim(f"{line.number}.1", line.number, line.section, "link", said, {}, said)
    roles = tuple(role.strip() for role in credit["roles"].split(","))
    return Claim(f"{line.number}.1", line.number, line.section, "credit", credit["name"], {"roles": roles}, said)
