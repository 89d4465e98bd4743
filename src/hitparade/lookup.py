"""Songs that an issue did not have to look at: found by name in the ledger, and placed among the others."""

from dataclasses import replace
from typing import TYPE_CHECKING

from hitparade.chart import Candidate
from hitparade.compile.compiled import Compiled
from hitparade.compile.find import at_position, find, one_of
from hitparade.compile.proof import bound
from hitparade.errors import CompileError
from hitparade.rulebook.rules import Rules

if TYPE_CHECKING:
    from hitparade.house import House

_DEEPEST = 200_000
"""Songs a measure; deeper than that a song's points are told and its place is not."""


def song(house: "House", compiled: Compiled, text: str) -> str:
    """Return the key of the one song that ``text`` means, among those of the issue and all that the ledger holds.

    A song of that very name counts beside those of the issue when it has points in the window. Songs that only
    have all the words of ``text`` are looked for in the ledger when the issue has none.

    Raises:
        AmbiguousError: several songs answer to it.
        CompileError: none does.
    """
    from hitparade.ledger import search  # noqa: PLC0415 - opens the ledger, which a position has no need of

    known = at_position(compiled, text)
    if known or text.strip() in {each.song for each in compiled.candidates.candidates}:
        return known[0] if len(known) == 1 else one_of(compiled, text, known or (text.strip(),))
    if text.strip().removeprefix("#") != text.strip():
        raise CompileError(_unknown(compiled, text))
    identity, here = house.ledger.identity, find(compiled, text)
    called = search.named(identity, text)
    others = called if here or called else search.with_words(identity, text)
    heard = {each.song for each in _lines(house, compiled.rules, others) if _points(each, compiled.rules)}
    found = tuple(sorted({*here, *heard})) or others
    if not found:
        raise CompileError(_unknown(compiled, text))
    return one_of(compiled, text, found)


def _unknown(compiled: Compiled, text: str) -> str:
    chart, said = f"{compiled.chart.chart} {compiled.chart.issue_date}", text.strip().removeprefix("#")
    if said.isascii() and said.isdecimal():
        deepest = max((entry.position for entry in compiled.chart.entries), default=0)
        return f"{chart}: there is no position {said}, and no song of that name; its positions are 1 to {deepest}"
    return f"{chart}: no song answers to {text!r}, neither on this issue nor anywhere in the ledger"


def reaching(house: "House", compiled: Compiled, key: str) -> Compiled:
    """Return the issue with the song ``key`` and the songs above it among its candidates.

    Raises:
        CompileError: the issue was made from a ledger in which this song had fewer points.
    """
    if key in {each.song for each in compiled.candidates.candidates}:
        return compiled
    line = next(iter(_lines(house, compiled.rules, [key])), None)
    if line is None:
        return compiled
    points, most = _points(line, compiled.rules), bound(compiled.candidates, compiled.rules)
    if points > most:
        name = f"{compiled.chart.chart} {compiled.chart.issue_date}"
        raise CompileError(
            f"{name}: {key!r} has {points:,} points in today's ledger, and at most {most:,} when this issue was made; "
            "`hitparade publish --dry-run` says what today's ledger would change"
        )
    return _wider(house, compiled, line, points)


def _wider(house: "House", compiled: Compiled, line: Candidate, points: int) -> Compiled:
    """Return the issue with more candidates, until no song left out has as many points as ``line``."""
    most, k = bound(compiled.candidates, compiled.rules), compiled.k
    found = replace(compiled.candidates, candidates=(line,))
    while 0 < points <= bound(found, compiled.rules) and k < _DEEPEST:
        k *= 4
        found = house.candidates(compiled.rules, k, [line.song])
    known = {each.song: each for each in compiled.candidates.candidates}
    added = {each.song: each for each in found.candidates if _points(each, compiled.rules) <= most}
    together = {**added, **known}
    lines = tuple(together[key] for key in sorted(together))
    return replace(compiled, candidates=replace(compiled.candidates, candidates=lines, k=k, kth=found.kth))


def _lines(house: "House", rules: Rules, keys: "tuple[str, ...] | list[str]") -> tuple[Candidate, ...]:
    """Return the sums of these songs in the issue's window, as the ledger has them now."""
    if not keys:
        return ()
    wanted = set(keys)
    return tuple(each for each in house.candidates(rules, 1, keys).candidates if each.song in wanted)


def _points(line: Candidate, rules: Rules) -> int:
    return sum(weight * next(iter(line.sums.get(measure, ())), 0) for measure, weight in rules.weights.items())
