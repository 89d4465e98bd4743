"""How alike two credits are: whole, and name for name, with whom one of them leaves out."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from hitparade.catalog.matching_reading import Form, Names
from hitparade.catalog.matching_words import ALIKE, FULL, TOLD, Known, Part, compared, in_one, likeness

DOUBTFUL_ARTIST = 600
"""What the artist must reach for a person to look."""


def artists(one: Form, two: Form, known: Known) -> Part:
    """Return how alike the credits of two spellings are."""
    foreign = one.foreign or two.foreign
    here, there = (tuple(word for name in form.names for word in name) for form in (one, two))
    if not here or not there:
        return Part(0, (), ("no artist",))
    here, there = _without_join(here, there), _without_join(there, here)
    whole = compared(here, there, known, "artist", foreign=foreign)
    if whole.score >= FULL - 10 or (len(one.names) == len(two.names) == 1):
        return whole
    by_name = _by_name(one, two, known)
    surer = whole.doubts and not by_name.doubts and by_name.score
    return by_name if surer or by_name.score - by_name.less > whole.score else whole


def _without_join(names: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of names without a "feat" that a slip turned into another word, which the others have not."""
    return tuple(
        word
        for place, word in enumerate(names)
        if not (0 < place < len(names) - 1 and word not in others and OSA.distance(word, "feat", score_cutoff=1) <= 1)
    )


def _by_name(one: Form, two: Form, known: Known) -> Part:
    """Return how alike two credits are, name for name."""
    foreign = one.foreign or two.foreign
    left, met = list(two.names), []
    for place, name in enumerate(one.names):
        if not left:
            break
        near = max(left, key=lambda each: (likeness(in_one(name), in_one(each)), each))
        part = _part(name, near, known, foreign=foreign)
        if part.score < ALIKE and _shortened(name, near):
            part = Part(FULL - 60, (), ("a name is shortened",) if len(one.names) == 1 else ())
        if part.score >= ALIKE:
            left.remove(near)
            met.append((place, two.names.index(near), name, part))
    absent = [name for name in one.names if name not in {name for _, _, name, _ in met}]
    if not met:
        return Part(0)
    score = sum(len(in_one(name)) * part.score for _, _, name, part in met)
    score //= sum(len(in_one(name)) for _, _, name, _ in met)
    doubts = tuple(doubt for _, _, _, part in met for doubt in part.doubts)
    if not absent and not left:
        return Part(score, ("all names",), doubts)
    # Whoever is missing must not be whom the song is by.
    lead = any(place == other == 0 for place, other, _, _ in met)
    if lead and not (absent and left):
        return Part(score, (f"artist without {_told(absent or left)}",), doubts, less=40)
    share = sum(len(in_one(name)) for _, _, name, _ in met) * 2
    share = score * share // sum(len(in_one(name)) for name in (*one.names, *two.names))
    # Whom the song is by and what it is called may agree while a guest is another: somebody should look.
    share = max(share, DOUBTFUL_ARTIST) if lead else share
    return Part(share, (), (*doubts, f"other names: {_told((*absent, *left))}"))


def _part(name: Sequence[str], near: Sequence[str], known: Known, *, foreign: bool) -> Part:
    """Return how alike two names are; the letters of most are too unlike for a closer look."""
    if foreign or likeness(in_one(name), in_one(near)) >= TOLD or not {*name}.isdisjoint(near):
        return compared(name, near, known, "artist", foreign=foreign)
    return Part(0)


def _shortened(name: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether one is the other's last word, with or without initials: "Cabello", "A Benjamin"."""
    shorter, longer = sorted((name, other), key=len)
    if len(shorter) == len(longer):
        return name[-1] == other[-1] and all(
            a[0] == b[0] and 1 in {len(a), len(b)} for a, b in zip(name[:-1], other[:-1], strict=True)
        )
    return shorter[-1] == longer[-1] and len(shorter) == 1


def _told(names: Sequence[tuple[str, ...]] | Names) -> str:
    return ", ".join(" ".join(name) for name in names)
