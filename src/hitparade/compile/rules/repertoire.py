"""Repertoire: only songs of which senders state certain traits are ranked, or only those without them.

A song stays when it has one of ``only`` and none of ``without``. A trait is named as it is stated: ``lang=el`` is that
value, ``lang`` any value, ``exclusive`` the bare word. What nobody states a song does not have.

Rules E1, E8, E11 and I6 of the methodologies: lists by language beside a mixed one [GR1], lists of domestic songs
[HU2, B27], genre charts [B23]; a title that one platform alone has is not eligible [F1].
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hitparade.compile.context import Context
from hitparade.compile.line import Line

stage = "mark"
raises_points = False
holds_below = True


class Facts(NamedTuple):
    """The trait that decides: one that the song has, or all of those of which it has none; and whether it goes."""

    has: str
    lacks: tuple[str, ...]
    off: bool


def apply(lines: Sequence[Line], context: Context) -> None:
    """Take off every song that has none of the traits asked for, or one of those excluded."""
    only, without = (tuple(map(str, context.params.get(name) or ())) for name in ("only", "without"))
    for line in lines:
        if line.candidate.song in context.exempt:
            continue
        facts = _look(line.candidate.traits, only, without)
        if facts.off:
            line.goes("repertoire", facts)
        else:
            line.stays("repertoire", facts)


def _look(said: Mapping[str, str], only: Sequence[str], without: Sequence[str]) -> Facts:
    barred = next((trait for trait in without if _has(said, trait)), "")
    if barred:
        return Facts(barred, (), off=True)
    asked = next((trait for trait in only if _has(said, trait)), "")
    return Facts(asked, () if asked else tuple(only), off=bool(only) and not asked)


def _has(said: Mapping[str, str], trait: str) -> bool:
    name, equals, value = trait.partition("=")
    return name in said and (not equals or said[name].casefold() == value.casefold())


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: no position is read."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return which stated trait decides."""
    if facts.has:
        return f"a sender states {facts.has!r}{', which is not ranked here' if facts.off else ''}"
    if facts.lacks:
        return f"no sender states {' or '.join(map(repr, facts.lacks))}"
    return "no sender states anything that keeps it off"
