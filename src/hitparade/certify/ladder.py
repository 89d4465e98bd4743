"""Ladders: the levels of a programme in order, multiples and sums of levels among them (K7)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_TIMES = re.compile(r"^(\d+)\s*x\s*(.+)$")
_SHOWN = 3
"""How many multiples are named before the rest are hinted at."""


@dataclass(frozen=True, slots=True, order=True)
class Rung:
    """One level: what makes it, its name, and whether it stands beside the ladder."""

    at: int
    name: str
    once: bool = False


@dataclass(frozen=True, slots=True)
class Multiples:
    """Multiples of a level that are levels: from the first to the last (None: without end), every so many."""

    base: Rung
    first: int
    last: int | None
    by: int

    def highest(self, limit: int) -> Rung | None:
        """Return the largest multiple that ``limit`` reaches, or None."""
        n = min(limit // self.base.at, limit if self.last is None else self.last)
        n -= (n - self.first) % self.by
        return self.rung(n) if n >= self.first else None

    def after(self, limit: int) -> Rung | None:
        """Return the first multiple that ``limit`` does not reach, or None."""
        n = limit // self.base.at + 1
        n = max(self.first, n + (self.first - n) % self.by)
        return self.rung(n) if self.last is None or n <= self.last else None

    def rung(self, n: int) -> Rung:
        """Return n times the level."""
        return Rung(n * self.base.at, f"{n}x {self.base.name}")

    def holds(self, n: int) -> bool:
        """Return whether n times the level is a level."""
        return n >= self.first and (self.last is None or n <= self.last) and (n - self.first) % self.by == 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """The levels that hold from one day on, with what they rest on.

    Attributes:
        levels: as listed, in order of what makes them.
        combined: levels are added up into one, the largest first.
        scale: ``domestic`` or ``foreign`` where there are two, else empty.
    """

    since: date
    levels: tuple[Rung, ...]
    multiples: tuple[Multiples, ...]
    combined: bool
    source: str
    confidence: str
    scale: str = ""

    @property
    def least(self) -> int:
        """What makes the smallest level."""
        return self.levels[0].at

    def highest(self, total: int) -> Rung | None:
        """Return the largest level that ``total`` whole units make, or None; awards given once aside."""
        if self.combined:
            return self._sum(total - total % self.least) if total >= self.least else None
        listed = [rung for rung in self.levels if rung.at <= total and not rung.once]
        further = [rung for each in self.multiples if (rung := each.highest(total)) is not None]
        return max([*listed, *further], default=None)

    def after(self, total: int) -> Rung | None:
        """Return the next level of the ladder above ``total``, or None at its top; awards given once are no step."""
        if self.combined:
            return self._sum((total // self.least + 1) * self.least)
        listed = [rung for rung in self.levels if rung.at > total and not rung.once]
        further = [rung for each in self.multiples if (rung := each.after(total)) is not None]
        return min([*listed, *further], default=None)

    def find(self, name: str) -> Rung | None:
        """Return the level of that name, in any case and with any sign for times; None when there is none."""
        said = _plain(name)
        if self.combined:
            total = sum(self._worth(part) for part in said.split("+"))
            rung = self._sum(total) if total >= self.least else None
            return rung if rung and _plain(rung.name) == said else None
        found = next((rung for rung in self.levels if _plain(rung.name) == said), None)
        match = _TIMES.match(said)
        for each in self.multiples if match and found is None else ():
            if match and _plain(each.base.name) == match[2] and each.holds(int(match[1])):
                return each.rung(int(match[1]))
        return found

    def _worth(self, part: str) -> int:
        match = _TIMES.match(part.strip())
        times, name = (int(match[1]), match[2]) if match else (1, part.strip())
        return sum(times * rung.at for rung in self.levels if _plain(rung.name) == name)

    def _sum(self, total: int) -> Rung:
        """Return the sum of levels that ``total`` makes, the largest first."""
        left, parts = total, []
        for rung in reversed(self.levels):
            times, left = divmod(left, rung.at)
            parts += [rung.name if times == 1 else f"{times}x {rung.name}"] if times else []
        return Rung(total - left, " + ".join(parts))

    def __str__(self) -> str:
        """Return its levels as a sentence lists them."""
        return ", ".join(self._names())

    def _names(self) -> Iterator[str]:
        yield from (f"{rung.name} (once)" if rung.once else rung.name for rung in self.levels)
        if self.combined:
            yield "and their sums"
        for each in self.multiples:
            numbers = [each.first + n * each.by for n in range(_SHOWN) if each.holds(each.first + n * each.by)]
            if each.last is not None and len(numbers) == 1:
                yield f"{numbers[0]}x {each.base.name}"
            elif each.last is not None:
                yield f"{numbers[0]}x to {each.last}x {each.base.name}"
            else:
                yield f"{', '.join(f'{n}x' for n in numbers)} {each.base.name} and so on"


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("\N{MULTIPLICATION SIGN}", "x").split())


def ladder(since: date, said: Mapping[str, Any], source: str, confidence: str, traits: Mapping[str, str]) -> Ladder:
    """Return a ladder as a file says it, for a song of which senders state these traits."""
    domestic = said.get("domestic")
    foreign = domestic is not None and not has_trait(traits, domestic)
    levels = _rungs(said["foreign" if foreign else "levels"])
    by_name = {rung.name: rung for rung in levels}
    multiples = [
        Multiples(by_name[each["level"]], each["from"], each.get("to"), each["by"])
        for each in said.get("repeat", ())
        if each["level"] in by_name
    ]
    scale = "" if domestic is None else "foreign" if foreign else "domestic"
    return Ladder(since, levels, tuple(multiples), said.get("combined", False), source, confidence, scale)


def _rungs(levels: Iterable[Mapping[str, Any]]) -> tuple[Rung, ...]:
    return tuple(sorted(Rung(each["at"], each["name"], each["once"]) for each in levels))


def has_trait(traits: Mapping[str, str], wanted: str) -> bool:
    """Return whether senders state a trait: ``lang=pl``, or any ``lang``."""
    name, equals, value = wanted.partition("=")
    return traits.get(name) == value if equals else name in traits
