"""The frame of a run graph: how positions and issues become places on the page, and the parts every graph shares.

Position 1 is at the top. Nothing is told by colour alone: lines differ in dashes and marks too, and what a graph
shows stands in its text alternative. Colours follow the reader's light or dark page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

WIDTH = 860
LEFT, RIGHT, TOP, BOTTOM = 52, 24, 46, 44
HEIGHT = 260
_FEWEST = 10

STYLE = """
svg { background: #ffffff; font: 13px/1.3 system-ui, sans-serif; }
text { fill: #1b1b1b; } .small { font-size: 11px; fill: #4a4a4a; } .head { font-weight: 600; font-size: 14px; }
.grid { stroke: #d8d8d8; stroke-width: 1; } .away { fill: #8a8a8a; fill-opacity: .13; }
.unheld { stroke: #8a8a8a; stroke-width: 1; stroke-dasharray: 2 3; }
.run { fill: none; stroke-width: 2; stroke-linejoin: round; } .mark { stroke-width: 1.5; }
.c0 { stroke: #0b5cad; } .m0 { fill: #0b5cad; stroke: #0b5cad; }
.c1 { stroke: #a34700; } .m1 { fill: #ffffff; stroke: #a34700; }
.c2 { stroke: #00735c; } .m2 { fill: #00735c; stroke: #00735c; }
.c3 { stroke: #8a2f7a; } .m3 { fill: #ffffff; stroke: #8a2f7a; }
.c1 { stroke-dasharray: 7 3; } .c2 { stroke-dasharray: 2 3; } .c3 { stroke-dasharray: 9 3 2 3; }
@media (prefers-color-scheme: dark) {
svg { background: #16181c; } text { fill: #ececec; } .small { fill: #bdbdbd; } .grid { stroke: #3a3d44; }
.c0 { stroke: #7db9ff; } .m0 { fill: #7db9ff; stroke: #7db9ff; }
.c1 { stroke: #ffab66; } .m1 { fill: #16181c; stroke: #ffab66; }
.c2 { stroke: #5fd3b3; } .m2 { fill: #5fd3b3; stroke: #5fd3b3; }
.c3 { stroke: #e7a1da; } .m3 { fill: #16181c; stroke: #e7a1da; }
}
"""
KINDS = 4
"""How many lines can be told apart."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One panel: ``top`` is where it begins on the page, ``steps`` how many places lie between its ends."""

    top: int
    steps: int
    lowest: int

    @property
    def bottom(self) -> int:
        """Where its plot ends."""
        return self.top + HEIGHT

    def x(self, step: int, parts: int = 1) -> str:
        """Return the place of a step, or of so many parts of one."""
        return _hundredths(LEFT * 100 + step * (WIDTH - LEFT - RIGHT) * 100 // max(self.steps * parts, 1))

    def y(self, position: int) -> str:
        """Return the height of a position; 1 is at the top."""
        return _hundredths(self.top * 100 + (position - 1) * HEIGHT * 100 // max(self.lowest - 1, 1))

    def grid(self) -> Iterable[str]:
        """Give the lines and numbers of positions."""
        for position in positions(self.lowest):
            at = self.y(position)
            yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at}" y2="{at}"/>'
            yield text(str(LEFT - 8), at, str(position), "small", anchor="end", middle=True)


def _hundredths(number: int) -> str:
    return f"{number // 100}.{number % 100:02d}"


def positions(lowest: int) -> tuple[int, ...]:
    """Return the positions that get a line: 1, and every tenth, twentieth or fiftieth."""
    step = 10 if lowest <= 50 else 20 if lowest <= 100 else 50  # noqa: PLR2004 - as many lines as can be read
    if lowest <= _FEWEST:
        return tuple(range(1, lowest + 1))
    return (1, *(() if step == _FEWEST else (_FEWEST,)), *range(step, lowest + 1, step))


def lowest_of(seen: Iterable[int], size: int | None) -> int:
    """Return how far down a panel goes: to the chart's size, or the next ten below what is seen."""
    deepest = max(seen, default=1)
    tens = -(-deepest // 10) * 10
    return max(_FEWEST, tens if size is None else max(size, deepest))


def text(x: str, y: str, said: str, kind: str = "", *, anchor: str = "start", middle: bool = False) -> str:
    """Return a text at a place."""
    shift = ' dominant-baseline="middle"' if middle else ""
    cls = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}"{cls}{shift}>{escape(said)}</text>'


_MARKS = (
    '<circle class="mark m0" cx="{x}" cy="{y}" r="2.6"{hint}',
    '<rect class="mark m1" x="{x}" y="{y}" width="5.2" height="5.2" transform="translate(-2.6 -2.6)"{hint}',
    '<path class="mark m2" d="M0 -3.6 L3.4 2.6 L-3.4 2.6 Z" transform="translate({x} {y})"{hint}',
    '<path class="mark m3" d="M0 -3.8 L3.8 0 L0 3.8 L-3.8 0 Z" transform="translate({x} {y})"{hint}',
)


def mark(kind: int, x: str, y: str, hint: str = "") -> str:
    """Return the mark of a line of that kind, with words that a pointer brings up."""
    made = _MARKS[kind % KINDS].format(x=x, y=y, hint=">")
    name = made[1 : made.index(" ")]
    return f"{made}<title>{escape(hint)}</title></{name}>" if hint else made[:-1] + "/>"


def line(kind: int, points: Sequence[tuple[str, str]]) -> str:
    """Return an unbroken line through points."""
    return f'<polyline class="run c{kind % KINDS}" points="{" ".join(f"{x},{y}" for x, y in points)}"/>'


def page(title: str, description: str, height: int, parts: Iterable[str]) -> str:
    """Return a whole SVG file with its name and its text alternative."""
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    return "\n".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="name told">',
        f"<title id={quoteattr('name')}>{escape(title)}</title>",
        f'<desc id="told">{escape(description)}</desc>',
        f"<style>{STYLE}</style>",
        *parts,
        "</svg>\n",
    ))  # fmt: skip
