"""Markers: signs printed beside lines of the chart, such as a bullet.

Each of ``signs`` names a sign and ``when`` it is given, and may name the ``measures`` that it looks at (all that count
when absent):

- ``gain``: as many points as in the window before, or more; or fewer by no greater a share than ``down_time``, in which
  the stations could not report.
- ``greatest_gain``: the one line that gained most points over the window before; the higher one of several.
- ``highest_debut``: the highest line that has never been on the chart before.
- ``climb``: so many ``places`` up or more.
- ``debut``: never on the chart before.

``within`` asks for that position or a higher one. ``debuts = false`` keeps a gain from songs that were not on the issue
before. ``not_with`` names signs beside which this one is not given; they stand before it in the list.

Rule K3 of the methodologies: bullets of US radio charts [B16], greatest gainer and hot shot debut [B15, G1], stip and
superstip of the Dutch Top 40 [NL5].
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hitparade.compile.context import Context
from hitparade.compile.line import Line
from hitparade.compile.trend import points_of
from hitparade.compile.words import ordinal, plural

stage = "after"
raises_points = False
holds_below = False


class Facts(NamedTuple):
    """Which sign is given, by which test, and the numbers that it looked at: now and before, points or places."""

    sign: str
    when: str
    now: int
    before: int


def apply(lines: Sequence[Line], context: Context) -> None:
    """Give each sign to the lines that earn it."""
    signed = [line for line in lines if line.candidate.song not in context.exempt]
    for sign in context.params["signs"]:
        for line, facts in _earned(signed, sign, context):
            if sign["sign"] not in line.markers:
                line.sign(sign["sign"])
                line.stays("markers", facts)


def _earned(lines: Sequence[Line], sign: Mapping[str, Any], context: Context) -> Iterator[tuple[Line, Facts]]:
    """Give the lines that earn a sign, with what it looked at."""
    within, beside = int(sign.get("within", context.size)), set(sign.get("not_with", ()))
    here = [line for line in lines if line.place <= within and not beside & set(line.markers)]
    when = sign["when"]
    if when in {"gain", "greatest_gain"}:
        found = _gaining(here, sign, context)
    elif when == "climb":
        found = [
            (line, line.place, line.previous)
            for line in here
            if line.previous and line.previous - line.place >= int(sign["places"])
        ]
    else:
        found = [(line, line.place, 0) for line in here if line.state is None]
        found = found[:1] if when == "highest_debut" else found
    for line, now, before in found:
        yield line, Facts(sign["sign"], when, now, before)


def _gaining(lines: Sequence[Line], sign: Mapping[str, Any], context: Context) -> list[tuple[Line, int, int]]:
    """Return the lines that gain, or the one that gains most, with their points now and before."""
    weights = {measure: context.weights.get(measure, 0) for measure in sign.get("measures", context.weights)}
    known = [line for line in lines if line.previous or sign.get("debuts", True)]
    points = [
        (line, points_of(line.candidate.sums, weights, 0), points_of(line.candidate.sums, weights, 1)) for line in known
    ]
    if sign["when"] == "greatest_gain":
        rising = [each for each in points if each[1] > each[2]]
        return [min(rising, key=lambda each: (each[2] - each[1], each[0].key))] if rising else []
    lost, of = sign.get("down_time", (0, 1))
    return [each for each in points if each[1] and (each[2] - each[1]) * of <= lost * each[2]]


def look_back(params: Mapping[str, Any]) -> int:
    """Return 1 when a sign looks at gains."""
    return int(any(sign["when"] in {"gain", "greatest_gain"} for sign in params["signs"]))


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: only lines of the chart are looked at."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - only places on the chart are named
    """Return which sign it is and what it is given for."""
    return (
        f"{facts.sign}: "
        + {
            "gain": f"{plural(facts.now, 'point')} after {facts.before:,}",
            "greatest_gain": f"the greatest gain, {plural(facts.now - facts.before, 'point')}",
            "highest_debut": f"the highest debut, at {ordinal(facts.now)}",
            "climb": f"up {facts.before - facts.now} to {ordinal(facts.now)}",
            "debut": f"a debut at {ordinal(facts.now)}",
        }[facts.when]
    )
