"""Ordinals: an artist's n-th top ten as of an issue, and the n-th highest, each with its proof."""

from dataclasses import dataclass
from datetime import date

from hitparade.records.facts import TOP_TEN, ChartFacts, Hit


@dataclass(frozen=True, slots=True)
class Ordinal:
    """The place of a song in a list, and the list that proves it.

    Attributes:
        first, last: the ordinal; they differ only when songs share it.
        as_of: the last issue that the list rests on.
        proof: the list up to the song, in order.
        depth: of which top it is: 10 for top tens.
    """

    first: int
    last: int
    artist: str
    as_of: date
    proof: tuple[Hit, ...]
    depth: int = TOP_TEN

    def holds(self, n: int) -> bool:
        """Return whether ``n`` is the song's ordinal, or one of those that it shares."""
        return self.first <= n <= self.last


def top_tens(facts: ChartFacts, artist: str, as_of: date, *, role: str = "", depth: int = TOP_TEN) -> tuple[Hit, ...]:
    """Return an artist's top tens as of an issue, in the order of first reaching the top ten.

    Args:
        facts: what is known.
        artist: as credited; a member of a credited group is not the group.
        as_of: only songs that had reached the top ten by this issue.
        role: ``lead`` or ``featured``; both when empty.
        depth: another depth, such as 5 or 40, where the facts tell of it.
    """
    roles = ("lead", "featured") if not role else (role,)
    reached = [hit for hit in facts.hits if hit.role_of(artist) in roles and hit.since(depth) <= as_of]
    return tuple(sorted(reached, key=lambda hit: (hit.since(depth), hit.fact)))


def nth_top_ten(
    facts: ChartFacts, artist: str, song: Hit, as_of: date, *, role: str = "", depth: int = TOP_TEN
) -> Ordinal | None:
    """Return which of an artist's top tens a song is as of an issue; None when that is not known."""
    known_to = facts.known_to(artist)
    # An ordinal is settled on the day the song arrives: what comes later takes later numbers.
    if known_to is None or song.since(depth) > min(as_of, known_to):
        return None
    hits = top_tens(facts, artist, min(as_of, known_to), role=role, depth=depth)
    if song not in hits:
        return None
    day = song.since(depth)
    before = sum(1 for hit in hits if hit.since(depth) < day)
    upto = tuple(hit for hit in hits if hit.since(depth) <= day)
    return Ordinal(before + 1, len(upto), artist, min(as_of, known_to), upto, depth)


def nth_highest(facts: ChartFacts, artist: str, song: Hit, *, role: str = "") -> Ordinal | None:
    """Return where a song stands among an artist's songs by peak, as of the last issue looked through."""
    known_to = facts.known_to(artist)
    hits = top_tens(facts, artist, known_to, role=role) if known_to else ()
    if known_to is None or song not in hits:
        return None
    ranked = tuple(sorted(hits, key=lambda hit: (hit.peak, hit.top_ten_since, hit.fact)))
    better = sum(1 for hit in ranked if hit.peak < song.peak)
    upto = tuple(hit for hit in ranked if hit.peak <= song.peak)
    return Ordinal(better + 1, len(upto), artist, known_to, upto)
