"""Average price: the sales of a format that cost too little on average over the window do not count.

A song's pieces of a measure with a known price in the book's currency brought so much money in the window; when that
is less than the pieces times ``value``, all its sales of the measure in the window count for nothing, or, with
``takes = "song"``, the song is not ranked. A song of which nobody knows a price is left as it is. Earlier windows that
other rules look back to are judged each by itself, at the same price.

Nothing is divided: the money is compared with the pieces times the least price.

Rule W8 of the methodologies: an average selling price for each category in Norway [NO1].
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hitparade.chart import Candidate
from hitparade.compile.context import Context
from hitparade.compile.line import Line
from hitparade.compile.words import plural
from hitparade.counting import of_measure

stage = "weigh"
raises_points = False
holds_below = True


class Judged(NamedTuple):
    """The pieces of a measure whose price is known, what they brought, and the least price of one, in minor units."""

    measure: str
    pieces: int
    paid: int
    least: int
    currency: str

    @property
    def below(self) -> bool:
        """Whether the average is below the least price."""
        return self.pieces > 0 and self.paid < self.pieces * self.least


class Facts(NamedTuple):
    """Every measure that was judged, the one to be cited, whether the song itself goes, and whose price takes it."""

    judged: tuple[Judged, ...]
    measure: str
    off: bool
    takers: tuple[str, ...] = ()


def apply(lines: Sequence[Line], context: Context) -> None:
    """Leave out the sales that cost too little, and take off each song that has nothing left."""
    terms = _by_measure(context)
    for line in lines:
        if line.candidate.song in context.exempt:
            continue
        sold = [measure for measure in terms if any(line.candidate.sums.get(measure, ()))]
        judged = tuple(_judged(line.candidate, measure, terms[measure], 0) for measure in sold)
        low = [each.measure for each in judged if each.below]
        line.leave_out(_counted(line.candidate, sold, terms), context.weights)
        takers = tuple(measure for measure in low if terms[measure].get("takes") == "song")
        cited = (*takers, *low, *sold, "")[0]
        facts = Facts(judged, cited, off=bool(low) and (bool(takers) or not line.base), takers=takers)
        if facts.off:
            line.goes("average_price", facts)
        elif judged:
            line.stays("average_price", facts)


def _by_measure(context: Context) -> dict[str, Mapping[str, Any]]:
    found = ((measure, of_measure(context.params, measure)) for measure in sorted(context.weights))
    return {measure: context.params[pattern] for measure, pattern in found if pattern is not None}


def _judged(song: Candidate, measure: str, terms: Mapping[str, Any], ago: int) -> Judged:
    windows = song.prices.get(measure, ())
    pieces, paid = windows[ago] if ago < len(windows) else (0, 0)
    return Judged(measure, pieces, paid, int(terms["value"]), str(terms["currency"]))


def _counted(
    song: Candidate, sold: Sequence[str], terms: Mapping[str, Mapping[str, Any]]
) -> dict[str, tuple[int, ...]]:
    """Return the sums that are not those of windows in which the measure cost too little."""
    changed = {}
    for measure in sold:
        low = [_judged(song, measure, terms[measure], ago).below for ago in range(len(song.sums[measure]))]
        if any(low):
            windows = zip(song.sums[measure], low, strict=True)
            changed[measure] = tuple(0 if out else quantity for quantity, out in windows)
    return changed


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is asked for."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: no position is read."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return what the sales of each measure brought, and what they had to."""
    return "; ".join(_said(each, takes_song=each.measure in facts.takers) for each in facts.judged)


def _said(each: Judged, *, takes_song: bool) -> str:
    if each.pieces <= 0:
        return f"no price of {each.measure} in {each.currency} is known, so none is too low"
    brought = f"{plural(each.pieces, 'piece')} of {each.measure} brought {each.paid:,} minor units of {each.currency}"
    asked = f"{each.pieces:,} x {each.least:,} = {each.pieces * each.least:,}"
    effect = "the song is not ranked" if takes_song else "its sales do not count"
    return f"{brought}, {f'less than {asked}: {effect}' if each.below else f'at least {asked}'}"
