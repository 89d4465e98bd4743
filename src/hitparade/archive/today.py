"""Do an edition's sealed inputs equal what the ledger gives today, and if not, why?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hitparade.catalog.log import LogLine
from hitparade.chart import Candidate, CandidateSet
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.rulebook.rules import Rules

SHOWN = 5
"""How many songs are named before the rest are counted."""


def candidate_changes(then: CandidateSet, now: CandidateSet, renamed: Mapping[str, str]) -> Iterator[str]:
    """Return a sentence for each way in which today's candidates differ from the sealed ones.

    ``renamed`` are song keys of that time whose song has another key today, with that key.
    """
    before = {each.song: each for each in then.candidates}
    after = {each.song: each for each in now.candidates}
    yield from _some("identity changed", _identity(before, after, renamed))
    both = sorted(before.keys() & after.keys())
    yield from _some(
        "sums differ",
        [
            f"{_named(before[song])}: {_sums(before[song], after[song])}"
            for song in both
            if before[song].sums != after[song].sums
        ],
    )
    yield from _some(
        "printed words or details differ",
        [
            _named(before[song])
            for song in both
            if before[song].sums == after[song].sums and _words(before[song]) != _words(after[song])
        ],
    )
    for what, old, new in (("K-th value", then.kth, now.kth), ("market", then.market, now.market)):
        for measure in sorted(old.keys() | new.keys()):
            if old.get(measure) != new.get(measure):
                yield f"{what} of {measure}: {_plain(old.get(measure))} then, {_plain(new.get(measure))} now"


def _identity(before: Mapping[str, Candidate], after: Mapping[str, Candidate], renamed: Mapping[str, str]) -> list[str]:
    """Return the songs whose key came, went, or stands for other recordings."""
    homes = {recording: song for song, each in after.items() for recording in each.recordings}
    found = []
    for song in sorted(before):
        if song in after:
            if before[song].recordings != after[song].recordings:
                found.append(f"{_named(before[song])} is made of other recordings")
        else:
            parts = (homes[each] for each in before[song].recordings if each in homes)
            home = renamed.get(song) or next(parts, None)
            found.append(f"{_named(before[song])} is now {'part of ' + repr(home) if home else 'not in the ledger'}")
    return [
        *found,
        *(f"{_named(after[song])} is new among the candidates" for song in sorted(after.keys() - before.keys())),
    ]


def memory_changes(then: Compiled, renamed: Mapping[str, str]) -> Iterator[str]:
    """Return a sentence for each song that the chart remembered, was no candidate, and has another key since."""
    known = {each.song for each in then.candidates.candidates}
    for old, new in sorted(renamed.items()):
        if old not in known and then.renamed.get(old) != new:
            yield f"identity changed: {old!r}, which the chart remembered, is now part of {new!r}"

    for old, home in sorted(then.renamed.items()):
        if old not in renamed and old in {*then.state_in.songs, *then.state_in.joined}:
            yield f"identity changed: {old!r}, which was part of {home!r}, is a song of its own now"


def log_changes(then: Compiled, since: str, lines: Sequence[LogLine]) -> Iterator[str]:
    """Return a sentence for each line of the catalog's log entered since that speaks of a song of the issue."""
    known = {*then.state_in.songs, *then.state_in.joined, *then.renamed}
    known |= {name for each in then.candidates.candidates for name in (each.song, *each.recordings)}
    by_id = {line.id: line for line in lines}
    for line in lines:
        about = line
        while about.undoes:
            about = by_id[about.undoes]
        if line.at >= since and about.ruling and not known.isdisjoint(about.ruling.all):
            what = f"{line.action} of {line.undoes}, the {about.action}" if line.undoes else line.action
            yield f"since then {line.id} ({what} of {', '.join(map(repr, about.ruling.all))}: {line.why}) by {line.by}"


def standing_changes(then: Compiled, notes: Sequence[str], *, simulated: bool) -> Iterator[str]:
    """Return a sentence for each gap in what was reported that came or went, and one when simulation did."""
    yield from (f"noted since: {note}" for note in notes if note not in then.notes)
    yield from (f"noted then and not today: {note}" for note in then.notes if note not in notes)
    if simulated != then.simulated:
        was, is_now = ("simulated" if each else "not simulated" for each in (then.simulated, simulated))
        yield f"the data of its territory was {was}, and is {is_now} now"


def _named(it: Candidate) -> str:
    return f"{it.title or it.song} by {it.credit}" if it.credit else it.title or it.song


def _words(it: Candidate) -> tuple[object, ...]:
    return it.title, it.credit, it.released, it.channels, it.audience, it.traits


def _plain(value: int | tuple[int, ...] | None) -> str:
    return "none" if value is None else ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _sums(then: Candidate, now: Candidate) -> str:
    parts = [
        f"{measure} {_plain(then.sums.get(measure))} then, {_plain(now.sums.get(measure))} now"
        for measure in sorted(then.sums.keys() | now.sums.keys())
        if then.sums.get(measure) != now.sums.get(measure)
    ]
    return "; ".join(parts)


def _some(what: str, found: Sequence[str]) -> Iterator[str]:
    yield from (f"{what}: {each}" for each in found[:SHOWN])
    if len(found) > SHOWN:
        yield f"{what}: {len(found) - SHOWN} more songs"


def rule_changes(then: Rules, now: Rules) -> Iterator[str]:
    """Return a sentence for each value in force that the book states otherwise today."""
    before, after = ({each.key: each for each in rules.values} for rules in (then, now))
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old != new:
            was, is_now = (each.value if each else "not there" for each in (old, new))
            yield f"the book's {key} was {was}, and is {is_now} now"
    if then.issue.window != now.issue.window:
        yield f"the window ended on {then.issue.window.last_day}, and would end on {now.issue.window.last_day} now"
    elif before == after and replace(then, profile=now.profile) != now:
        yield "the book's rules in force differ"
    for each in now.profile.struck:
        if each not in then.profile.struck:
            yield f"decision {each.id} ({each} do not count, {each.why}) was taken since"
    for each in then.profile.struck:
        if each not in now.profile.struck:
            yield f"decision {each.id} ({each} do not count, {each.why}) is no longer in force"


def decision_changes(then: Sequence[Decision], now: Sequence[Decision]) -> Iterator[str]:
    """Return a sentence for each decision that was taken, or is gone, since."""
    for each in now:
        if each not in then:
            yield f"decision {each.id} ({each.action} {each.song!r}, {each.why}) was taken since"
    for each in then:
        if each not in now:
            yield f"decision {each.id} ({each.action} {each.song!r}) is no longer in the house"
