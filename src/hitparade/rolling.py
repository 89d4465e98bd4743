"""What a house asks of its ledger for one song, when several recordings count for it."""

from collections.abc import Iterable
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


def renamed(house: "House", rules: "Rules", state: ChartState) -> dict[str, str]:
    """Return the keys in ``state`` that are another song now: by identity, or because the book counts them for one."""
    counted = {key: song for song, keys in rules.versions.items() for key in keys}
    known = {key: counted.get(now, now) for key, now in house.renamed(state).items()}
    return {**{key: counted[key] for key in state.songs if key in counted}, **known}


def _keys(rules: "Rules", song: str) -> tuple[str, ...]:
    return song, *rules.versions.get(song, ())
