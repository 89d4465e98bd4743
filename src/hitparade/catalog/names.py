"""Names: which joined names ("Simon & Garfunkel") are one artist, learnt from credits and from sourced decisions.

A credit is cut wherever names may end. A name is *free* when credits show it apart from its neighbours: as a whole
credit, as the whole of what follows "Featuring", or beside different people. What is never free is no artist, so
"Kool & The Gang" is one name and "Sting & Shaggy" are two. Sourced decisions stand above all evidence.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from hitparade.catalog.folding import fold
from hitparade.catalog.joins import LEAD, Piece, pieces

LONGEST = 8
"""A name of more parts than this is not looked for."""
_ONE_HIT, _SEVERAL_HITS = 12, 60
"""As many lines as one shared hit collects, and more than two do: who stays together so long does so by profession."""
_GROUP_WORDS = ("the ", "his ", "her ", "their ", "our ", "th ", "tha ", "los ", "las ", "les ", "die ", "os ")
"""How the name of a band that backs somebody begins."""
_APART = frozenset({"x", "\u00d7", "vs", "versus"})
"""Signs that stand between artists and never inside a name."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What sourced decisions say of joined names, folded: ``whole`` is one artist, ``split`` is several.

    Where no joining word stands between several artists ("Jay Z Kanye West"), ``parts`` has their names by the whole.
    """

    whole: frozenset[str] = frozenset()
    split: frozenset[str] = frozenset()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NOTHING_DECIDED = Decided()


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of names, all folded.

    Attributes:
        whole: joined names that are one artist, learnt or decided.
        known: how many lines stand behind each name that credits show to be an artist of its own.
        decided: the decisions that went into it.
    """

    whole: frozenset[str] = frozenset()
    known: Mapping[str, int] = field(default_factory=dict)
    decided: Decided = NOTHING_DECIDED

    def one(self, name: str) -> bool:
        """Return whether a name with a joining word inside is one artist."""
        return fold(name) in self.whole

    def free(self, name: str) -> bool:
        """Return whether credits show a name to be an artist of its own."""
        return fold(name) in self.known


NO_NAMES = Names()
"""Nothing learnt: every joining word parts names."""


def learn(credits: Iterable[tuple[str, int]], decided: Decided = NOTHING_DECIDED) -> Names:  # noqa: A002
    """Return which joined names are one artist, from credits as printed with their weights, and from decisions."""
    seen = _Seen()
    for credit, weight in credits:
        for run in runs(apart(pieces(credit)[0], decided)):
            seen.add(run, weight)
            for side in _sides(run):
                seen.add(side, weight)
    known = seen.free()
    whole = {key for key in seen.parts if _is_one(key, seen, known)}
    whole = (whole | decided.whole) - decided.split
    return Names(frozenset(whole), known, decided)


def apart(found: list[Piece], decided: Decided) -> list[Piece]:
    """Return the names of a credit with those parted that decisions say are several without a joining word."""
    if not decided.parts:
        return found
    return [part for piece in found for part in _in_parts(piece, decided.parts.get(fold(piece.name), ()))]


def _in_parts(piece: Piece, parts: tuple[str, ...]) -> Iterator[Piece]:
    for part in parts[:-1]:
        blanks = (at for at, sign in enumerate(piece.name) if sign.isspace())
        end = next((at for at in blanks if fold(piece.name[:at]) == part), None)
        if end is None:  # printed with other blanks than the decision knows
            break
        rest = piece.name[end:].lstrip()
        yield piece._replace(name=piece.name[:end])
        piece = Piece(piece.name[end : len(piece.name) - len(rest)], rest, piece.role, goes_on=True)
    yield piece


def runs(found: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Return the names of a credit in runs that no role word interrupts: only inside one may a name go on."""
    run: list[Piece] = []
    for piece in found:
        if run and not piece.goes_on:
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _sides(run: list[Piece]) -> Iterator[list[Piece]]:
    """Return what stands between the slashes of a run that has other signs too: "A & B/C" holds "A & B"."""
    slashes = [at for at, piece in enumerate(run) if at and piece.join.strip() == "/"]
    if 0 < len(slashes) < len(run) - 1:
        for start, end in pairwise([0, *slashes, len(run)]):
            yield run[start:end]


def joined(run: Iterable[Piece]) -> str:
    """Return a run as printed, without what stands before its first name."""
    first, *rest = run
    return first.name + "".join(piece.join + piece.name for piece in rest)


class _Seen:
    """What credits show: lines of every whole run, the parts of joined ones, and the company that a name keeps."""

    def __init__(self) -> None:
        self.lines: dict[str, int] = defaultdict(int)
        self.parts: dict[str, tuple[str, ...]] = {}
        self.leading: set[str] = set()
        self.slashed: set[str] = set()
        self.apart: set[str] = set()
        self.full: set[str] = set()
        self.company: dict[str, frozenset[str]] = {}

    def add(self, run: list[Piece], weight: int) -> None:
        key = fold(joined(run))
        self.lines[key] += weight
        if len(run) == 1:
            return
        if run[0].role == LEAD:
            self.leading.add(key)
        signs = {piece.join.strip(" .").casefold() for piece in run[1:]}
        if "/" in signs:
            self.slashed.add(key)
        if ("/" in signs and len(signs) > 1) or signs & _APART:
            self.apart.add(key)
        if key not in self.parts:
            self._part(key, run)

    def _part(self, key: str, run: list[Piece]) -> None:
        names = tuple(fold(piece.name) for piece in run)
        self.parts[key] = names
        self.full.update(name for name, piece in zip(names, run, strict=True) if " " in piece.name)
        for name in names:
            others = frozenset(names) - {name}
            self.company[name] = self.company.get(name, others) & others
        if len(run) > 2 and _is_group(names[-1]):  # noqa: PLR2004 - "A & B & The Cs" may hold "B & The Cs"
            self.leading.add(fold(joined(run[-2:])))
            self.parts.setdefault(fold(joined(run[-2:])), names[-2:])

    def free(self) -> dict[str, int]:
        """Return the lines of every name that stands apart somewhere: alone, or in company that changes wholly."""
        found = {key: lines for key, lines in self.lines.items() if key not in self.parts}
        for name, always in self.company.items():
            if not always and name not in found and name in self.full and not _is_group(name):
                found[name] = 0
        return found


def _is_group(name: str) -> bool:
    return name.startswith(_GROUP_WORDS)


def _is_one(key: str, seen: _Seen, known: Mapping[str, int]) -> bool:
    """Return whether a run of names is one artist, as far as credits show."""
    parts = seen.parts[key]
    if key in seen.apart or len(parts) > LONGEST:
        return False
    free = [known[part] for part in parts if part in known]
    backed = _is_group(parts[-1]) and len(parts) == 2  # noqa: PLR2004 - a name and its band
    if backed and parts[-1] not in known:
        return True
    if key not in seen.leading:
        return False
    if key in seen.slashed:
        return len(free) * 2 < len(parts)
    if len(free) < len(parts):
        return not free or backed or _outweighs(parts, seen.lines[key], seen.full, known)
    return len(parts) == 2 and _stays_together(parts, seen.lines[key], seen.full, known)  # noqa: PLR2004 - as above


def _outweighs(parts: tuple[str, ...], lines: int, full: set[str], known: Mapping[str, int]) -> bool:
    """Return whether names of which some are artists are one together: they have more lines than those alone."""
    most = max(known.get(part, 0) for part in parts)
    bare = [part not in full for part in parts]
    if all(bare):
        return lines >= most
    if len(parts) > 2 or not most:  # noqa: PLR2004 - a list with full names is a list of people
        return False
    if bare[0] and parts[0] not in known:
        return lines * 2 >= most and lines > _ONE_HIT  # "Ike & Tina Turner" share the name of both
    return lines >= 3 * most


def _stays_together(parts: tuple[str, ...], lines: int, full: set[str], known: Mapping[str, int]) -> bool:
    """Return whether two artists are a third one together: a singer with the band, or a duo of one-word names."""
    first, second = parts
    if _is_group(second):
        return not _is_group(first) and lines * 4 >= known[second] and lines > _ONE_HIT
    return not full & {first, second} and lines > _SEVERAL_HITS and lines >= 4 * min(known[first], known[second])
