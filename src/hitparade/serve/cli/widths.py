"""How wide the columns of a table are: long words break after a dot or another sign, and not in the middle."""

import re
from collections.abc import Sequence

from rich.cells import cell_len

_LONG = 12
"""Words up to this length are never broken."""
_GAP = 2
_WORD = re.compile(r"\S+|\s+")
_PIECE = re.compile(r"[^./:,-]*[./:,-]+|[^./:,-]+")


def fitted(columns: Sequence[Sequence[str]], fixed: Sequence[bool], page: int) -> list[int] | None:
    """Return the width of each column on a page, or None where words would have to be broken in the middle.

    ``columns`` hold the text of all their cells, the header too; those that are ``fixed`` are never narrower.
    """
    widths = [max(map(cell_len, cells)) for cells in columns]
    least = [
        width if stays else max(_longest(cell) for cell in cells)
        for cells, stays, width in zip(columns, fixed, widths, strict=True)
    ]
    room = page - _GAP * len(columns)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        at = max((n for n in range(len(widths)) if widths[n] > least[n]), key=lambda n: widths[n])
        widths[at] -= 1
    return widths


def broken(text: str, width: int) -> str:
    """Return a text whose words that are longer than ``width`` are broken after signs."""
    if cell_len(text) <= width:
        return text
    return "".join(word if cell_len(word) <= width else _in_lines(word, width) for word in _WORD.findall(text))


def _longest(text: str) -> int:
    """Return the length of the longest piece that must stay on one line."""
    words = text.split()
    pieces = (piece for word in words for piece in (_PIECE.findall(word) if cell_len(word) > _LONG else [word]))
    return max(map(cell_len, pieces), default=0)


def _in_lines(word: str, width: int) -> str:
    lines = [""]
    for piece in _PIECE.findall(word):
        if lines[-1] and cell_len(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines)
