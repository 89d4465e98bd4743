"""Levels that were granted, by the log of a house and by the lists of awards that it imported."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hitparade.catalog.credits import parse
from hitparade.catalog.folding import fold
from hitparade.catalog.titles import parse_title
from hitparade.certify import grants
from hitparade.certify.programme import Programme
from hitparade.certify.reckon import Granted
from hitparade.certifying_ledger import simulated
from hitparade.records.awards_held import AwardList, in_order, is_of, territory_of
from hitparade.records.held import award_lists, awards
from hitparade.records.query import Award, Series

if TYPE_CHECKING:
    from hitparade.certify.load import Programmes
    from hitparade.house import House

_MULTI = re.compile(r"^(?:(\d+)\s*[x\N{MULTIPLICATION SIGN}]\s*)?multi-?\s*(?=\w)", re.IGNORECASE)
_TWICE = 2

Listed = tuple[Series, Award]


@dataclass(frozen=True, slots=True)
class GrantedLevels:
    """What was granted under one programme.

    Attributes:
        logged: the grants in force by the key that their song has today.
        listed: the awards of imported lists by folded title.
    """

    programme: Programme
    logged: Mapping[str, tuple[Granted, ...]]
    listed: Mapping[str, tuple[Listed, ...]]

    def of(self, key: str, title: str, credit: str) -> tuple[Granted, ...]:
        """Return the levels that were granted to a song; one that the log has is not told again from a list."""
        logged = self.logged.get(key, ())
        names = {each.level for each in logged}
        return (*logged, *(each for each in self._listed(title, credit) if each.level not in names))

    def unknown(self, title: str, credit: str) -> Iterator[str]:
        """Give a sentence for each list on levels of a song that no ladder of the programme has."""
        found = defaultdict[str, list[str]](list)
        for one, award in self._of_song(title, credit):
            if known_as(self.programme, award.level) is None:
                found[one.id].append(award.level)
        for name, levels in sorted(found.items()):
            yield f"{name} lists what is no level of {self.programme.id} and not counted: {', '.join(levels)}"

    def _listed(self, title: str, credit: str) -> Iterator[Granted]:
        for one, award in self._of_song(title, credit):
            if (level := known_as(self.programme, award.level)) is not None:
                yield Granted(level, award.given, f"{one.id}, {award.place}")

    def _of_song(self, title: str, credit: str) -> list[Listed]:
        wanted = fold(parse_title(title).base)
        artists = {fold(credit), *(fold(each.name) for each in parse(credit))}
        found = {award: one for one, award in self.listed.get(wanted, ()) if is_of(award, wanted, artists)}
        return [(found[award], award) for award in in_order(found)]


def granted_levels(house: "House", programmes: "Programmes", programme: Programme) -> GrantedLevels:
    """Return what was granted under a programme, by log and by imported lists."""
    identity, logged = house.ledger.identity, defaultdict[str, list[Granted]](list)
    for line in grants.in_force(house.database, programme.id):
        song = identity.resolve(line.song)
        logged[song.key if song else line.song].append(line.said)
    listed = defaultdict[str, list[Listed]](list)
    for one in _lists(house, programmes, programme):
        for award in awards(house.paths, house.database, one.id):
            for title in {fold(award.title), fold(parse_title(award.title).base)}:
                listed[title].append((one, award))
    return GrantedLevels(
        programme,
        {key: tuple(each) for key, each in logged.items()},
        {title: tuple(each) for title, each in listed.items()},
    )


def known_as(programme: Programme, level: str) -> str | None:
    """Return how a programme writes a level of a list, such as ``2x Multi-Platinum``; None when it has no such one."""
    multi = _MULTI.match(level)
    said = f"{multi[1] or _TWICE}x {level[multi.end() :]}" if multi else level
    return next((rung.name for each in programme.every_ladder() if (rung := each.find(said)) is not None), None)


def _lists(house: "House", programmes: "Programmes", programme: Programme) -> Iterator[Series]:
    """Give the lists of a programme: those under one of its names, or of a territory that no other certifies in."""
    names = set(map(fold, programme.names))
    alone = [each.id for each in programmes.readable() if each.territory == programme.territory] == [programme.id]
    for one in award_lists(house.database):
        said = {fold(one.id), fold(one.publisher)}
        if not one.simulated and (said & names or (alone and territory_of(one) == programme.territory)):
            yield one


def grants_held(house: "House", title: str, artists: Iterable[str]) -> tuple[AwardList, ...]:
    """Return what the log of grants says of a song, one list a programme; nothing where its ledger is simulated."""
    known = {each.id: each for each in house.certifications.programmes().readable()}
    names = tuple(map(fold, artists))
    wanted, by_programme = fold(parse_title(title).base), defaultdict[str, list[Award]](list)
    for line in grants.in_force(house.database):
        award = Award(line.title, line.credit, line.level, line.granted_on, None, f"line {line.serial}", "log")
        if line.programme in known and is_of(award, wanted, names):
            by_programme[line.programme].append(award)
    return tuple(
        _as_list(known[name], in_order(found))
        for name, found in sorted(by_programme.items())
        if not simulated(house, known[name])
    )


def _as_list(programme: Programme, found: tuple[Award, ...]) -> AwardList:
    told = programme.id, programme.title, programme.territory
    return AwardList(*told, found[0].given, found[-1].given, simulated=False, awards=found, whole=False)
