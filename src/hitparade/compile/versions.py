"""Versions of a song that a book counts as one: their sums together, each version's own beside them.

Which recordings are versions of which song is the book's word (remixes, live and sped-up versions; a re-recording is a
song of its own). Rule I1 of the methodologies: UK, US, Norway, the Netherlands, Sweden.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import zip_longest

from hitparade.chart import Candidate, CandidateSet, Version

Versions = Mapping[str, tuple[str, ...]]
"""For each song the keys of its other versions."""


def with_versions(named: Iterable[str], versions: Versions) -> tuple[str, ...]:
    """Return the songs to ask for by name: a song and its versions are known whole or not at all."""
    return tuple(sorted({*named, *versions, *(key for others in versions.values() for key in others)}))


def roll_up(found: CandidateSet, versions: Versions) -> CandidateSet:
    """Return the candidates with the versions of each song as one."""
    if not versions:
        return found
    known = {each.song: each for each in found.candidates}
    for song, others in versions.items():
        parts = [known.pop(key) for key in (song, *others) if key in known]
        if parts:
            known[song] = parts[0] if [each.song for each in parts] == [song] else _together(song, parts)
    return replace(found, candidates=tuple(known[key] for key in sorted(known)))


def _together(song: str, parts: list[Candidate]) -> Candidate:
    """Return one candidate of several; its words are those of the song itself where it is among them."""
    first = parts[0]
    return Candidate(
        song=song,
        title=first.title,
        credit=first.credit,
        recordings=tuple(sorted(key for each in parts for key in each.recordings)),
        released=min((each.released for each in parts if each.released), default=None),
        sums=_summed([each.sums for each in parts]),
        audience=_summed([each.audience for each in parts]),
        channels=max(each.channels for each in parts),
        traits=first.traits,
        estimated={key: each[0] for key, each in _summed([_single(each.estimated) for each in parts]).items()},
        prices=_prices([each.prices for each in parts]),
        versions=tuple(sorted((_version(each) for each in parts), key=lambda each: (each.title, each.credit))),
    )


def _version(part: Candidate) -> Version:
    return Version(part.title, part.credit, {measure: windows[0] for measure, windows in part.sums.items() if windows})


def _single(numbers: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    return {key: (number,) for key, number in numbers.items()}


def _prices(tables: list[Mapping[str, tuple[tuple[int, int], ...]]]) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return pieces and money of several versions together."""
    measures = sorted({measure for table in tables for measure in table})
    held = {m: zip_longest(*(t.get(m, ()) for t in tables), fillvalue=(0, 0)) for m in measures}
    return {m: tuple((sum(p for p, _ in at), sum(money for _, money in at)) for at in held[m]) for m in measures}


def _summed(tables: list[Mapping[str, tuple[int, ...]]]) -> dict[str, tuple[int, ...]]:
    measures = sorted({measure for table in tables for measure in table})
    return {
        measure: tuple(map(sum, zip_longest(*(table.get(measure, ()) for table in tables), fillvalue=0)))
        for measure in measures
    }
