"""What a house asks of its ledger for one song, when several recordings count for it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hitparade.chart import CandidateSet, ChartState, Received
from hitparade.compile.versions import roll_up, with_versions

if TYPE_CHECKING:
    from hitparade.house import House
    from hitparade.ledger.sources import HeldBy
    from hitparade.rulebook.rules import Rules


def candidates(house: "House", rules: "Rules", k: int, named: Iterable[str]) -> CandidateSet:
    """Return the ``k`` largest songs of each measure and the named ones, the versions of a song as one."""
    found = house.ledger.candidates(house.asked(rules), k, with_versions(named, rules.versions))
    return roll_up(found, rules.versions)


def sources(house: "House", rules: "Rules", song: str) -> tuple[Received, ...]:
    """Return what was received of a song and of its versions in an issue's window."""
    asked = house.asked(rules)
    return tuple(each for key in _keys(rules, song) for each in house.ledger.sources(asked, key))


def deliveries(house: "House", rules: "Rules", song: str) -> "tuple[HeldBy, ...]":
    """Return which deliveries hold rows of a song and of its versions in an issue's window."""
    asked = house.asked(rules)
    return tuple(each for key in _keys(rules, song) for each in house.ledger.deliveries(asked, key))


def renamed(house: "House", rules: "Rules", state: ChartState, others: Sequence[str] = ()) -> dict[str, str]:
    """Return the keys in ``state`` and ``others`` that are another song now.

    They are so by identity, or because the book counts several recordings for one song.
    """
    counted = {key: song for song, keys in rules.versions.items() for key in keys}
    known = {key: counted.get(now, now) for key, now in led(house, state, others).items()}
    return {**{key: counted[key] for key in (*state.songs, *state.joined, *others) if key in counted}, **known}


def led(house: "House", state: ChartState, others: Iterable[str] = ()) -> dict[str, str]:
    """Return the keys that are another song today by identity alone, with the key of that song.

    A run that became part of a song and that no delivery names any more stays part of it.
    """
    identity, found = house.ledger.identity, {}
    for key in sorted({*state.songs, *state.joined, *others}):
        song = identity.resolve(key)
        now = song.key if song else state.joined[key].home if key in state.joined else key
        if now != key:
            found[key] = now
    return found


def _keys(rules: "Rules", song: str) -> tuple[str, ...]:
    return song, *rules.versions.get(song, ())
