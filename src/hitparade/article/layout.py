"""The plain layout of an article: which line is what. Nothing here knows what a line means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hitparade.errors import ArticleError

LARGEST = 1_000_000
_TITLE = re.compile(r"^= (?P<title>[^=].*?) =$")
_HEADING = re.compile(r"^(?P<marks>={2,6})\s*(?P<name>[^=]+?)\s*(?P=marks)$")
_BOX = re.compile(r"^- (?P<key>[A-Z][\w ]*?):(?:\s+(?P<said>.*))?$")
_WIKI = re.compile(r"\{\{|\{\||\[\[|'{2,5}|<!--|#REDIRECT", re.IGNORECASE)
_WIKITEXT = "this is the wikitext of a page, which is not read yet; only the plain layout is"
_LAYOUT = "an article begins with '= title =' and has '- Key: value' lines, '==' headings, tables and prose below"


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its place and what it is.

    ``kind`` is ``title``, ``name``, ``box``, ``heading``, ``caption``, ``cells``, ``item``, ``prose``,
    ``blank`` or ``broken``; ``section`` the headings above it.
    """

    number: int
    kind: str
    text: str
    section: str = ""
    key: str = ""
    said: str = ""


def text_of(path: Path) -> str:
    """Return the text of an article's file.

    Raises:
        ArticleError: there is no such file, or it is not text.
    """
    try:
        if path.is_dir():
            raise ArticleError(f"{path}: this is a folder; an article is one text file")
        if path.stat().st_size > LARGEST:
            raise ArticleError(
                f"{path}: {path.stat().st_size:,} bytes are too many for an article; allowed: {LARGEST:,}"
            )
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ArticleError(f"{path}: there is no such file") from None
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path}: byte {error.start + 1} is not UTF-8; an article is plain text in UTF-8") from None
    except OSError as error:
        raise ArticleError(
            f"{path}: the file cannot be read: {(error.strerror or 'no reason given').lower()}"
        ) from None
    if "\0" in text:
        raise ArticleError(f"{path}: the file holds zero bytes, so it is not text; an article is plain text in UTF-8")
    if not text.strip():
        raise ArticleError(f"{path}: the file is empty; {_LAYOUT}")
    return text


def lines_of(path: Path) -> tuple[Line, ...]:
    """Return every line of the article at ``path``, blank ones included.

    Raises:
        ArticleError: the file cannot be read, or is in another layout.
    """
    raw = text_of(path).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    first = next(n for n, line in enumerate(raw) if line.strip())
    if not _TITLE.match(raw[first].strip()):
        what = f"{_WIKITEXT}: " if _WIKI.match(raw[first].strip()) else ""
        raise ArticleError(f"{path}, line {first + 1}: found {_short(raw[first])!r}; {what}{_LAYOUT}")
    if not any(line.strip() for line in raw[first + 1 :]):
        raise ArticleError(f"{path}: there is nothing below the title; {_LAYOUT}")
    return tuple(_classify(raw))


def _short(text: str, most: int = 40) -> str:
    return text.strip() if len(text.strip()) <= most else text.strip()[:most] + "…"


def _classify(raw: list[str]) -> Iterator[Line]:
    headings: list[str] = []
    in_box = titled = False
    for number, text in enumerate(raw, 1):
        section = " / ".join(filter(None, headings)) or "lead"
        heading = _HEADING.match(text.strip())
        box = _BOX.match(text)
        if heading:
            depth = len(heading["marks"]) - 2
            headings = [*headings[:depth], *[""] * (depth - len(headings)), heading["name"]]
            in_box = False
            yield Line(number, "heading", text, " / ".join(filter(None, headings)), said=heading["name"])
        elif not titled and (title := _TITLE.match(text.strip())):
            titled = in_box = True
            yield Line(number, "title", text, "lead", said=title["title"])
        elif in_box and box:
            yield Line(number, "box", text, "infobox", box["key"], (box["said"] or "").strip())
        else:
            kind = _kind(text, raw, number, in_box=in_box)
            in_box = in_box and kind in ("name", "blank")
            yield Line(number, kind, text, section, said=text.strip())


def _kind(text: str, raw: list[str], number: int, *, in_box: bool) -> str:
    bare = text.strip()
    if not bare:
        return "blank"
    if bare.startswith("="):
        return "broken"
    if bare.startswith("|"):
        return "cells"
    if text.startswith((" ", "\t")) and bare.startswith("- "):
        return "caption"
    if bare.startswith("- "):
        return "item"
    before_box = in_box and number < len(raw) and bool(_BOX.match(raw[number]))
    return "name" if before_box else "prose"
