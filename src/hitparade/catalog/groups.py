"""Groups of names: joined by marks, then changed by decisions, and the one key of each."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence

from hitparade.catalog.decisions import Decisions, apply, span_of
from hitparade.catalog.titles import song_mark

ISRC_KEY = "isrc:"
"""Begins the key of what no sender gave a title."""

_JOINING_WORDS = frozenset((
    *("and", "duet", "f", "feat", "featuring", "ft", "introducing", "meets", "or", "plus", "presents", "starring"),
    *("the", "versus", "vs", "w", "with", "x", "a", "avec", "con", "e", "et", "met", "mit", "und", "y"),
))  # fmt: skip
"""Words that may stand in one print of a song and not in another with the same mark; more of them do no harm."""

Renamer = Callable[[str, str, str], tuple[str, str]]
"""Gives title and credit of what has a key, once its own are given."""


class Links:
    """Names that are joined one after another, and the groups that this makes."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.places: dict[str, int] = {name: place for place, name in enumerate(dict.fromkeys(names))}
        self._parent: list[int] = list(range(len(self.places)))

    def mark(self, marked: Iterable[tuple[str, Hashable]]) -> None:
        """Join the names that have a mark in common; a name may come several times."""
        first: dict[Hashable, int] = {}
        places, met_first = self.places, first.setdefault
        for name, mark in marked:
            place = places.get(name, -1)
            if place < 0:
                place = self._place(name)
            met = met_first(mark, place)
            if met != place:
                self._join(met, place)

    def join(self, names: Iterable[str]) -> None:
        """Join names with each other."""
        first, *rest = map(self._place, names)
        for place in rest:
            self._join(first, place)

    def groups(self) -> list[list[str]]:
        """Return the names by group, in no order that says anything."""
        found: dict[int, list[str]] = {}
        parent = self._parent
        for name, place in self.places.items():
            root = place if parent[place] == place else self._root(place)
            if root in found:
                found[root].append(name)
            else:
                found[root] = [name]
        return list(found.values())

    def _place(self, name: str) -> int:
        place = self.places.setdefault(name, len(self._parent))
        if place == len(self._parent):
            self._parent.append(place)
        return place

    def _root(self, place: int) -> int:
        parent = self._parent
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    def _join(self, one: int, other: int) -> None:
        one, other = self._root(one), self._root(other)
        self._parent[max(one, other)] = min(one, other)


def marks(keys: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    """Give key and song mark of the prints, by title and credit, that may share their mark with one of another key.

    Reading a credit costs more than anything else here, and prints of one mark have the same words, but for those
    that join names; so a print that nobody shares its words with is not read.
    """
    alike: dict[int, str] = {}
    shared = set()
    # A number stands for the words: two sets that happen to have the same only cost a reading.
    bags = {key: hash(frozenset(key.split(" ")) - _JOINING_WORDS) for key in keys.values()}
    for key, bag in bags.items():
        if alike.setdefault(bag, key) != key:
            shared.add(bag)
    for (title, credit), key in keys.items():
        if title and bags[key] in shared:
            yield key, song_mark(title, credit)


def decided(
    groups: Sequence[Sequence[str]], decisions: Decisions, spans: Collection[str] = ()
) -> list[Sequence[str]]:  # fmt: skip
    """Return groups as decisions leave them, without names that no group has but for ``spans`` of theirs.

    Groups that no decision speaks of are not looked at.
    """
    if not decisions.named:
        return list(groups)
    touched = [group for group in groups if not decisions.reach.isdisjoint(group)]
    there = {name for group in touched for name in group}.union(spans)
    made = ([name for name in group if name in there] for group in apply(touched, decisions))
    return [*(group for group in groups if decisions.reach.isdisjoint(group)), *filter(None, made)]


def key_of(names: Sequence[str]) -> str:
    """Return the key of a group: its smallest print key, else its smallest ISRC key, else its smallest span."""
    return names[0] if len(names) == 1 else min(names, key=_rank)


def _rank(name: str) -> tuple[bool, bool, str]:
    return span_of(name) is not None, name.startswith(ISRC_KEY), name


def renamer(groups: Iterable[Sequence[str]], decisions: Decisions) -> Renamer:
    """Return what gives the title and credit of a song by its key, once its own are given: as last renamed."""
    said = [ruling for ruling in decisions.songs if ruling.action == "rename"]
    wanted = {name for ruling in said for name in ruling.names}
    homes = {name: key_of(group) for group in groups if wanted for name in group if name in wanted}
    titles, credited = dict[str, str](), dict[str, str]()
    for ruling in said:
        for key in (homes[name] for name in ruling.names if name in homes):
            titles.update({key: ruling.title} if ruling.title is not None else {})
            credited.update({key: ruling.credit} if ruling.credit is not None else {})
    return lambda key, title, credit: (titles.get(key, title), credited.get(key, credit))
