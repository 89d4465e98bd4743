"""Names: which joined names ("Simon & Garfunkel") are one artist, learnt from credits and from sourced decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hitparade.catalog.folding import fold


@dataclass(frozen=True, slots=True)
class Decided:
    """What sourced decisions say of joined names, folded: ``whole`` is one artist, ``split`` is several."""

    whole: frozenset[str] = frozenset()
    split: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of names, all folded.

    Attributes:
        whole: joined names that are one artist.
        known: how many lines stand behind each name that was seen as an artist of its own.
        decided: the decisions that went into it.
    """

    whole: frozenset[str] = frozenset()
    known: Mapping[str, int] = field(default_factory=dict)
    decided: Decided = Decided()

    def one(self, name: str) -> bool:
        """Return whether a name with a joining word inside is one artist."""
        return fold(name) in self.whole


NO_NAMES = Names()
"""Nothing learnt: every joining word parts names."""


def learn(credits: Iterable[tuple[str, int]], decided: Decided = Decided()) -> Names:  # noqa: A002
    """Return which joined names are one artist, from credits as printed with their weights, and from decisions."""
    from hitparade.catalog.credits import parse  # noqa: PLC0415

    known: dict[str, int] = {}
    for credit, weight in credits:
        for part in parse(credit, NO_NAMES):
            known[fold(part.name)] = known.get(fold(part.name), 0) + weight
    return Names(decided.whole, known, decided)
