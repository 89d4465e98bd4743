"""Which known song a spelling means: scored candidates, each with its evidence; certain, doubtful or new.

What comes out derives from the spellings alone: their order, and that of the known songs, change nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter

from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from hitparade.catalog.matching_index import Index
from hitparade.catalog.matching_reading import Form, read
from hitparade.catalog.matching_scores import (
    ISRC,
    MARGIN,
    NO_MARGIN,
    Evidence,
    Spelled,
    is_certain,
    is_doubtful,
    weigh,
)
from hitparade.catalog.matching_words import FULL

CERTAIN, DOUBTFUL, NEW = "certain", "doubtful", "new"
_AT_ONCE = 20_000
_WORTH_WEIGHING = 500
"""Least likeness of bare titles; below it nothing can come out as doubtful."""

May = Callable[[Spelled, Spelled], bool]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known song that a spelling may mean, under the one of its spellings that is most like it."""

    song: Spelled
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """What matching says of one spelling.

    Attributes:
        spelled: the spelling.
        outcome: ``certain``, ``doubtful`` or ``new``.
        best, second: the likeliest song and the next, which is another song; None when there is none.
        margin: by how much the second is behind; all of the score when there is none.
    """

    spelled: Spelled
    outcome: str
    best: Candidate | None = None
    second: Candidate | None = None
    margin: int = FULL

    @property
    def doubts(self) -> tuple[str, ...]:
        """What speaks against the best, in words."""
        said = self.best.evidence.doubts if self.best else ()
        return (*said, NO_MARGIN) if self.margin < MARGIN else said


def match(spelled: Iterable[Spelled], known: Iterable[Spelled] | Index, may: May | None = None) -> Iterator[Finding]:
    """Yield what matching says of each spelling, in the order in which they come.

    Args:
        spelled: the spellings that are sought.
        known: the spellings of the known songs, or an index of them.
        may: says whether a spelling may mean a song at all; without it every song but its own may.
    """
    index = known if isinstance(known, Index) else Index(known)
    coming = iter(spelled)
    while some := list(islice(coming, _AT_ONCE)):
        yield from _match_some(some, index, may or _another)


def _another(spelled: Spelled, song: Spelled) -> bool:
    return spelled.key != song.key


def _match_some(some: list[Spelled], index: Index, may: May) -> Iterator[Finding]:
    forms = [read(each.title, each.credit) for each in some]
    near = _worth(some, forms, index)
    found = {place: [row for _, row in pairs] for place, pairs in groupby(near, itemgetter(0))}
    for place, spelled in enumerate(some):
        songs = (index.known[row] for row in found.get(place, ()))
        known = index.words(spelled.key)
        weighed = [Candidate(song, weigh(spelled, song, known)) for song in songs if may(spelled, song)]
        yield _finding(spelled, weighed)


def _worth(some: list[Spelled], forms: list[Form], index: Index) -> Iterator[tuple[int, int]]:
    """Yield pairs of places that are worth weighing: the titles are alike, or something else speaks for it."""
    places, rows = index.look(some, forms)
    pairs = list(zip(places.tolist(), rows.tolist(), strict=True))
    said = ["".join(form.title) for form in forms]
    one, two = [said[place] for place, _ in pairs], [index.bare[row] for _, row in pairs]
    alike = cpdist(one, two, scorer=OSA.normalized_similarity, score_multiplier=FULL) >= _WORTH_WEIGHING
    for (place, row), yes in zip(pairs, alike.tolist(), strict=True):
        known, mine, theirs = index.known[row], said[place], index.bare[row]
        if yes or forms[place].foreign or mine in theirs or theirs in mine or {*some[place].isrcs} & {*known.isrcs}:
            yield place, row


def _finding(spelled: Spelled, weighed: list[Candidate]) -> Finding:
    best_of: dict[str, Candidate] = {}
    for candidate in sorted(weighed, key=_order):
        best_of.setdefault(candidate.song.key, candidate)
    if not best_of:
        return Finding(spelled, NEW)
    best, *others = best_of.values()
    second = others[0] if others else None
    rival = second.evidence.total if second else 0
    if second and ISRC in best.evidence.equal and ISRC not in second.evidence.equal:
        rival = 0
    margin = best.evidence.total - rival
    if is_certain(best.evidence, margin):
        return Finding(spelled, CERTAIN, best, second, margin)
    return Finding(spelled, DOUBTFUL if is_doubtful(best.evidence) else NEW, best, second, margin)


def _order(candidate: Candidate) -> tuple[int, int, str, str, str]:
    song, evidence = candidate.song, candidate.evidence
    return -evidence.total, len(evidence.doubts), song.key, song.title, song.credit
