"""Which spellings are one song, in slow and obvious Python; it imports nothing of hitparade."""

import unicodedata
from functools import cache
from typing import Any

Row = dict[str, Any]


@cache
def folded(text: str) -> str:
    """Return a text without case, accents and punctuation; an apostrophe leaves no gap."""
    for apostrophe in "'`\u00b4\u02bc\u2018\u2019\u2032":
        text = text.replace(apostrophe, "")
    spelled = unicodedata.normalize("NFKD", text.replace("&", " and ").casefold())
    letters = "".join(c if c.isalnum() else "" if unicodedata.combining(c) else " " for c in spelled)
    return " ".join(letters.split()) or text.strip().casefold()


def spelling(row: Row) -> tuple[str, str, str]:
    """Return what the sender calls the song."""
    return row["isrc"], row["title"], row["artist"]


def identities(rows: list[Row]) -> dict[tuple[str, str, str], Row]:
    """Return for each spelling its song: spellings that share an ISRC or their folded words, again and again."""
    groups = [{each} for each in sorted({spelling(row) for row in rows})]
    merged = True
    while merged:
        merged = False
        for one in groups:
            for other in groups:
                if one is not other and any(same(a, b) for a in one for b in other):
                    one.update(other)
                    groups.remove(other)
                    merged = True
                    break
            if merged:
                break
    found = {}
    for group in groups:
        song = describe(group, [row for row in rows if spelling(row) in group])
        found.update(dict.fromkeys(group, song))
    return found


def same(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Return whether two spellings are one recording on their own."""
    if one[0] and one[0] == other[0]:
        return True
    return bool(one[1] and other[1]) and [folded(x) for x in one[1:]] == [folded(x) for x in other[1:]]


def describe(group: set[tuple[str, str, str]], rows: list[Row]) -> Row:
    """Return a song's key, printed words and release day."""
    titled = [each for each in group if each[1]]
    if titled:
        key = min(f"{folded(title)} / {folded(artist)}" for _, title, artist in titled)
        used = {each: sum(1 for row in rows if spelling(row) == each) for each in titled}
        printed = min(titled, key=lambda each: (-used[each], each[1], each[2], each[0]))
        title, credit = printed[1:]
    else:
        title, credit = min(isrc for isrc, _, _ in group), ""
        key = f"isrc:{title}"
    released = [row["released"] for row in rows if row["released"]]
    return {"key": key, "title": title, "credit": credit, "released": min(released, default=None)}
