"""What people decided of who is who, and what it does to groups of prints.

A *name* here is a print key (``folded title / folded credit``), the key of what has no title (``isrc:…``), or a
:func:`span` of a print key. Decisions are gone through in the order of the log, each on what those before it left;
so of two that contradict each other the later one holds.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple, get_args

from hitparade.digest import digest_of

Action = Literal["merge", "split", "move", "rename", "accept", "reject", "new", "undo"]
ACTIONS: tuple[str, ...] = get_args(Action)

_JOINING, _LEAVING = ("merge", "accept"), ("split", "new")
_SPAN = re.compile(r"(?P<key>.+) \[(?P<first>\d{4}-\d\d-\d\d)?\.\.(?P<last>\d{4}-\d\d-\d\d)?\]", re.DOTALL)


class Span(NamedTuple):
    """The lines of a print on the issues from ``first`` to ``last``, both included; None is without end."""

    key: str
    first: date | None
    last: date | None

    def holds(self, issue: date) -> bool:
        """Return whether a line of that issue belongs to it."""
        return (self.first is None or self.first <= issue) and (self.last is None or issue <= self.last)

    @property
    def days(self) -> int:
        """How long it is; what has no end reaches to the end of all calendars."""
        return ((self.last or date.max) - (self.first or date.min)).days

    def within(self, other: "Span") -> bool:
        """Return whether every issue of it is one of ``other``."""
        begins = (other.first or date.min) <= (self.first or date.min)
        return self.key == other.key and begins and (self.last or date.max) <= (other.last or date.max)


def span(key: str, first: date | None, last: date | None) -> str:
    """Return the name of a print's lines in a time: two songs of one title and artist are years apart."""
    return f"{key} [{first or ''}..{last or ''}]"


def span_of(name: str) -> Span | None:
    """Return the span that a name means, or None when it means a print at all times."""
    if not name.endswith("]") or (found := _SPAN.fullmatch(name)) is None:
        return None
    ends = [date.fromisoformat(found[end]) if found[end] else None for end in ("first", "last")]
    return Span(found["key"], *ends)


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision: what is done to which names, sorted and each once.

    Attributes:
        action: ``merge``: the names are one. ``split`` and ``new``: they leave what they are part of, those that
            leave the same together. ``move``: they leave it and join ``to``. ``accept``: they are part of ``to``.
            ``reject``: they are not part of ``to``. ``rename``: what they are part of is printed otherwise.
        names: print keys, spans, ISRC keys; of artists their keys.
        to: the name that they join or do not join.
        title, credit: what a renamed song is printed as; None leaves it. A renamed artist has a ``title`` only.
        artists: whether the names are of artists.
    """

    action: str
    names: tuple[str, ...]
    to: str = ""
    title: str | None = None
    credit: str | None = None
    artists: bool = False

    @property
    def all(self) -> tuple[str, ...]:
        """Every name that it speaks of."""
        return (*self.names, *((self.to,) if self.to else ()))


@dataclass(frozen=True)
class Decisions:
    """The rulings in force, in the order in which they were entered."""

    rulings: tuple[Ruling, ...] = ()

    @cached_property
    def songs(self) -> tuple[Ruling, ...]:
        """Those on songs."""
        return tuple(each for each in self.rulings if not each.artists)

    @cached_property
    def artists(self) -> tuple[Ruling, ...]:
        """Those on artists."""
        return tuple(each for each in self.rulings if each.artists)

    @cached_property
    def named(self) -> frozenset[str]:
        """Every name that a ruling on songs speaks of."""
        return frozenset(name for each in self.songs for name in each.all)

    @cached_property
    def spans(self) -> Mapping[str, tuple[tuple[Span, str], ...]]:
        """By print key, the spans of it that rulings speak of with their names: the shorter one first, which counts."""
        found: dict[str, list[tuple[Span, str]]] = {}
        for name in sorted(self.named):
            if said := span_of(name):
                found.setdefault(said.key, []).append((said, name))
        return {key: tuple(sorted(spans, key=lambda each: each[0].days)) for key, spans in found.items()}

    def span_at(self, key: str, issue: date) -> str:
        """Return the name of the span of a print that an issue lies in, or nothing."""
        return next((name for said, name in self.spans.get(key, ()) if said.holds(issue)), "")

    @cached_property
    def reach(self) -> frozenset[str]:
        """Every name that a ruling on songs speaks of, and the prints of its spans."""
        return self.named | self.spans.keys()

    @cached_property
    def rejected(self) -> frozenset[tuple[str, str]]:
        """Pairs of names of which the last ruling on both says that they are two songs, each in order."""
        last: dict[tuple[str, str], bool] = {}
        for each in self.songs:
            if each.action in {"reject", "accept"}:
                last.update({_pair(name, each.to): each.action == "reject" for name in each.names})
        return frozenset(pair for pair, no in last.items() if no)

    @cached_property
    def settled(self) -> frozenset[str]:
        """Names that somebody accepted, moved, merged or called new, and that no queue need ask about."""
        asked = {"accept", "new", "move", "merge", "split"}
        return frozenset(name for each in self.songs if each.action in asked for name in each.all)

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """By artist key that a merge took up, the key of the artist; the first name of a merge stays."""
        found: dict[str, str] = {}
        for each in self.artists:
            if each.action == "merge":
                found.update(dict.fromkeys(each.names, each.to))
            elif each.action == "split":
                for name in each.names:
                    found.pop(name, None)
        return {key: _followed(found, key) for key in sorted(found) if _followed(found, key) != key}

    @cached_property
    def artist_names(self) -> Mapping[str, str]:
        """By artist key, the name that a rename gives it."""
        renamed = [each for each in self.artists if each.action == "rename" and each.title]
        return {name: each.title or "" for each in renamed for name in each.names}

    @cached_property
    def digest(self) -> str:
        """The digest of what is decided; who, when, why and lines that were taken back do not count."""
        return digest_of(
            [[each.action, each.names, each.to, each.title, each.credit, each.artists] for each in self.rulings]
        )


NO_DECISIONS = Decisions()


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _followed(aliases: Mapping[str, str], key: str) -> str:
    seen = {key}
    while (then := aliases.get(key, key)) not in seen:
        seen.add(then)
        key = then
    return key


def apply(groups: Iterable[Iterable[str]], decisions: Decisions) -> tuple[tuple[str, ...], ...]:
    """Return groups of names as the rulings on songs leave them: each sorted, in the order of their first names.

    A name that is in no group counts as one of its own, so that two merges with it join what they name. A span is
    part of what its print is until a ruling speaks of it.
    """
    home: dict[str, set[str]] = {}
    for group in groups:
        together = set(group)
        home.update(dict.fromkeys(together, together))
    for name in decisions.named:
        if span_of(name) is None:
            home.setdefault(name, {name})
    for ruling in decisions.songs:
        _introduce(home, ruling.all)
        _follow(home, ruling)
    return tuple(sorted({id(group): tuple(sorted(group)) for group in home.values()}.values()))


def _introduce(home: dict[str, set[str]], names: Iterable[str]) -> None:
    """Give spans that nothing spoke of yet the home of the shortest span around them, or of their print."""
    new = [(said, name) for name in names if name not in home and (said := span_of(name))]
    for said, name in sorted(new, key=lambda each: (-each[0].days, each[1])):
        around = [(other.days, each) for each in home if (other := span_of(each)) and said.within(other)]
        group = home.setdefault(min(around)[1] if around else said.key, {said.key})
        group.add(name)
        home[name] = group


def _follow(home: dict[str, set[str]], ruling: Ruling) -> None:
    if ruling.action in _JOINING:
        _join(home, ruling.all)
    elif ruling.action in _LEAVING:
        _leave(home, ruling.names)
    elif ruling.action == "move":
        _leave(home, [name for name in ruling.names if name != ruling.to])
        _join(home, ruling.all)
    elif ruling.action == "reject":
        _leave(home, [name for name in ruling.names if name != ruling.to and home[name] is home[ruling.to]])


def _join(home: dict[str, set[str]], names: Sequence[str]) -> None:
    largest = max((home[name] for name in names), key=len)
    for name in names:
        group = home[name]
        if group is not largest:
            largest |= group
            home.update(dict.fromkeys(group, largest))


def _leave(home: dict[str, set[str]], names: Iterable[str]) -> None:
    """Take names out of their groups; those of one group go together."""
    leaving: dict[int, set[str]] = {}
    for name in names:
        leaving.setdefault(id(home[name]), set()).add(name)
    for gone in leaving.values():
        home[next(iter(gone))].difference_update(gone)
        home.update(dict.fromkeys(gone, gone))
