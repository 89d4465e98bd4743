"""``house.certifications``: what songs have under certification programmes, what is due, and what was granted."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from hitparade.certify import grants, load
from hitparade.certify.grants import Grant
from hitparade.certify.heard import Heard
from hitparade.certify.programme import Programme
from hitparade.certify.reckon import Certification, bounded, reckon
from hitparade.certifying_granted import granted_levels
from hitparade.certifying_ledger import Held, asked, heard, held, largest
from hitparade.compile.words import plural
from hitparade.errors import AmbiguousError, BookError, CompileError, UsageError

if TYPE_CHECKING:
    from hitparade.certify.ladder import Ladder
    from hitparade.house import House

_LISTED = 20
_FIRST_K = 1000

Advance = Callable[..., None]


@dataclass(frozen=True, slots=True)
class State:
    """One programme as the overview shows it.

    Attributes:
        first, last: the days that the ledger holds of its territories; None when it holds nothing.
        due: how many songs reached a level that was not granted; None where that cannot be told, ``why`` says why.
    """

    programme: str
    title: str
    territory: str
    first: date | None
    last: date | None
    granted: int
    due: int | None
    why: str
    simulated: bool


class Certifications:
    """The programmes of a house, asked of its ledger."""

    def __init__(self, house: "House") -> None:
        self.house = house

    def programmes(self) -> load.Programmes:
        """Return the programmes by id: those that ship, and the house's own before them."""
        return load.available(self.house.paths.books)

    def of(
        self, programme: str, song: str, as_of: date | None = None, *, released: date | None = None
    ) -> Certification:
        """Return what a song has under a programme as of a day, the last that the ledger holds if none is said.

        ``released`` is the release day where the ledger knows none, or another.

        Raises:
            AmbiguousError: several songs answer to the name.
            CompileError: the ledger holds nothing of the programme's territory by then, or no such song.
        """
        found = self.programmes().find(programme)
        key = self.song(song)
        there = held(self.house, found, as_of)
        made = self._certified(found, there, [key], released)[0]
        return replace(made, notes=(*made.notes, *self._other_money(found, there, key)))

    def _other_money(self, programme: Programme, there: Held, key: str) -> Iterator[str]:
        """Give a sentence on what was paid in another currency, and so does not count."""
        if programme.unit != "money":
            return
        received = (each for span in there.spans for each in self.house.ledger.sources(asked(programme, span), key))
        other = [each for each in received if each.why_out == "other_currency"]
        if other:
            rows = plural(sum(each.rows for each in other), "row")
            pieces = sum(each.quantity for each in other)
            yield f"not counted: {rows}, quantity {pieces:,}, paid in another currency than {programme.currency}"

    def song(self, text: str) -> str:
        """Return the key of the one song that a name means, among all that the ledger holds."""
        from hitparade.ledger import search  # noqa: PLC0415 - opens the ledger

        identity = self.house.ledger.identity
        found = search.named(identity, text) or search.with_words(identity, text)
        if not found:
            raise CompileError(f"no song of the ledger answers to {text!r}")
        if len(found) > 1:
            songs = [song for key in found[:_LISTED] if (song := identity.resolve(key))]
            listed = "".join(f"\n  {song.title} - {song.credit}" for song in songs)
            more = f"\n  and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
            raise AmbiguousError(f'{len(found)} songs answer to "{text}"; say which, as "title artist":{listed}{more}')
        return found[0]

    def due(self, programme: str, as_of: date | None = None, advance: Advance | None = None) -> list[Certification]:
        """Return the songs that reached a level above the one granted, those with most units first."""
        found = self.programmes().find(programme)
        there = held(self.house, found, as_of)
        keys = self._could(found, there, advance)
        made = [each for each in self._certified(found, there, keys, None) if each.due]
        return sorted(made, key=lambda each: (-Fraction(each.total, each.per_unit), each.song))

    def grant(
        self, programme: str, song: str, level: str, on: date, *, why: str, by: str, released: date | None = None
    ) -> Grant:
        """Log that a level was granted to a song, and return the line; ``released`` as for :meth:`of`.

        Raises:
            UsageError: the ladder in force on the day that the programme judges by has no such level.
        """
        found, key = self.programmes().find(programme), self.song(song)
        known = self.house.ledger.identity.resolve(key)
        words = (key, known.title, known.credit) if known else (key, song, "")
        held_ladder = self._ladder(found, key, on, released)
        named = grants.known_level(found.id, held_ladder, level, on)
        house = self.house
        return grants.grant(house.paths, house.database, found.id, words, named, on, why=why, by=by, at=house.clock())

    def revoke(self, serial: int, *, why: str, by: str) -> Grant:
        """Log that a grant is taken back, and return the line."""
        house = self.house
        return grants.revoke(house.paths, house.database, serial, why=why, by=by, at=house.clock())

    def log(self, programme: str | None = None) -> tuple[Grant, ...]:
        """Return the lines of the log of a programme, or of all, in order."""
        return grants.logged(self.house.database, self.programmes().find(programme).id if programme else None)

    def overview(self) -> tuple[State, ...]:
        """Return every programme with what is granted and, where the ledger holds its territory, what is due."""
        counts = Counter(each.programme for each in grants.in_force(self.house.database))
        return tuple(self._state(each, counts[each.id]) for each in self.programmes().readable())

    def _state(self, programme: Programme, granted: int) -> State:
        told = programme.id, programme.title, programme.territory
        try:
            there = held(self.house, programme, None)
        except CompileError as error:
            return State(*told, None, None, granted, None, str(error), simulated=False)
        try:
            due, why = len(self.due(programme.id)), ""
        except BookError as error:
            due, why = None, str(error)
        return State(*told, there.first, there.last, granted, due, why, there.simulated)

    def _ladder(self, programme: Programme, key: str, on: date, released: date | None) -> "Ladder":
        """Return the ladder that a song is judged by on a day of certification."""
        from hitparade.certify.eras import judged  # noqa: PLC0415 - only grants need it

        known = self.house.ledger.identity.resolve(key)
        song = Heard(key, "", "", released or (known.released if known else None), known.traits if known else {})
        found = judged(programme, song, on)
        if found.ladder is None:
            raise UsageError(f"{programme.id}: {found.notes[0]}")
        return found.ladder

    def _certified(
        self, programme: Programme, there: Held, keys: Sequence[str], released: date | None
    ) -> list[Certification]:
        songs = heard(self.house, programme, there, keys, released)
        granted = granted_levels(self.house, self.programmes(), programme)
        made = []
        for song in songs:
            held_levels = granted.of(song.song, song.title, song.credit)
            one = reckon(programme, song, there.spans, there.as_of, held_levels, there.granted_by)
            lower, notes = _known(song, there)
            told = (*notes, *granted.unknown(song.title, song.credit))
            made.append(bounded(one, lower_bound=lower, simulated=there.simulated, notes=told))
        return made

    def _could(self, programme: Programme, there: Held, advance: Advance | None) -> list[str]:
        """Return the songs that could have a level: K doubles until no song left out can have the smallest one."""
        least = min(each.least for each in programme.every_ladder())
        k = _FIRST_K
        while True:
            most, left_out = largest(self.house, programme, there, k, advance)
            if left_out < least:
                return sorted(key for key, units in most.items() if units >= least)
            k *= 2


def _known(song: Heard, there: Held) -> tuple[bool, list[str]]:
    """Return whether there may be more units than the ledger holds, and sentences on that."""
    began = max(filter(None, (song.released, there.counts_from)), default=None)
    lower = began is None or there.first > began
    notes = list(_begins(song, there, lower=lower))
    if there.last < there.as_of:
        lower = True
        notes.append(f"the ledger ends {there.last}: units until {there.last}, a lower bound")
    if there.missing:
        lower, few = True, plural(there.missing, "day")
        notes.append(f"{few} of channels not reported in between: units are a lower bound")
    return lower, notes


def _begins(song: Heard, there: Held, *, lower: bool) -> Iterator[str]:
    if lower:
        released = f"released {song.released}" if song.released else "no release day is known"
        yield f"{released}; the ledger begins {there.first}: units since {there.first}, a lower bound"
