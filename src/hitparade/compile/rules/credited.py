"""Credited version: a song is printed under the title and credit of its version with most points in this window.

The song stays the same, and so do its run and its peak; only what is printed may change from week to week. Of versions
with equal points the one printed last stays, else the one that sorts first. The points are those of the standard
weights. Later steps, such as a cap by artist, see the credit of the week. A song that a decision exempts is printed as
the book's own song.

Rule I2 of the methodologies: the US charts credit the version with the most activity [B23, B24].
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from hitparade.chart import Version
from hitparade.compile.context import Context
from hitparade.compile.line import Line
from hitparade.compile.words import plural

stage = "weigh"
raises_points = False
holds_below = False


class Facts(NamedTuple):
    """The version that is printed, its points, how many versions there are, and the one printed before if another."""

    words: str
    points: int
    versions: int
    before: str


def apply(lines: Sequence[Line], context: Context) -> None:
    """Print each song of several versions as the one that leads this window."""
    for line in lines:
        song = line.candidate
        if len(song.versions) > 1 and song.song not in context.exempt:
            known = (line.state.title, line.state.credit) if line.state else ("", "")
            best, points = _best(song.versions, context.weights, known)
            line.candidate = replace(song, title=best.title, credit=best.credit)
            changed = bool(line.state) and known != (best.title, best.credit)
            before = f"{known[0]} - {known[1]}" if changed else ""
            line.stays("credited", Facts(f"{best.title} - {best.credit}", points, len(song.versions), before))


def _best(versions: Sequence[Version], weights: Mapping[str, int], known: tuple[str, str]) -> tuple[Version, int]:
    """Return the version with most points, and its points."""
    counted = [(sum(n * weights.get(measure, 0) for measure, n in each.sums.items()), each) for each in versions]
    points, best = min(
        counted, key=lambda pair: (-pair[0], (pair[1].title, pair[1].credit) != known, pair[1].title, pair[1].credit)
    )
    return best, points


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: no position is read."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return which version is credited, and whether that is another than before."""
    instead = f"; before, {facts.before}" if facts.before else ""
    leads = f"leads its {facts.versions} versions with {plural(facts.points, 'point')}"
    return f"credited as {facts.words}, which {leads}{instead}"
