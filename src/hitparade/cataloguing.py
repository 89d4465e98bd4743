"""``house.catalog``: who is who, as people corrected it: merges, splits, moves, names, and taking them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hitparade.catalog import log
from hitparade.catalog.decisions import Decisions, Ruling, span, span_of
from hitparade.catalog.folding import fold
from hitparade.catalog.log import LogLine
from hitparade.errors import CatalogError, UsageError
from hitparade.identity_effects import Effects, effects
from hitparade.matching_desk import MatchingDesk
from hitparade.naming import Names

if TYPE_CHECKING:
    from hitparade.house import House


@dataclass(frozen=True, slots=True)
class Done:
    """What was decided and what that changes; no line when it was only looked at."""

    ruling: Ruling | None
    effects: Effects
    line: LogLine | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Who decides and why; ``source`` is where the fact can be looked up. ``dry_run`` only looks."""

    why: str = ""
    by: str = ""
    source: str = ""
    dry_run: bool = False


@dataclass(frozen=True)
class Catalog:
    """The corrections of a house."""

    house: "House"

    @property
    def log(self) -> tuple[LogLine, ...]:
        """Every line, the oldest first."""
        return log.lines(self.house.database)

    @property
    def decisions(self) -> Decisions:
        """What the log decides, without what was taken back."""
        return log.decisions(self.house.database)

    @property
    def names(self) -> Names:
        """What the house knows by name."""
        return Names(self.house)

    @property
    def matching(self) -> MatchingDesk:
        """The queue of spellings that may mean a song that is known under another."""
        return MatchingDesk(self.house)

    def merge(self, songs: Sequence[str], reason: Reason) -> Done:
        """Make several songs one.

        Raises:
            AmbiguousError: a name may mean several songs; all are listed.
            CatalogError: a name means none, or they are one song already.
            UsageError: there are fewer than two, or no reason.
        """
        names = self.names
        found = sorted({names.song(each).name for each in songs})
        if len(found) < 2:  # noqa: PLR2004 - one song cannot be merged
            raise UsageError(f"{' and '.join(map(repr, songs))}: a merge needs two songs or more")
        return self._do(Ruling("merge", tuple(found)), reason)

    def split(
        self, prints: Sequence[str], reason: Reason, *, first: date | None = None, last: date | None = None
    ) -> Done:
        """Let prints leave the song that they are part of; with dates only their lines on issues of that time.

        Raises:
            AmbiguousError: a name may mean several prints; all are listed.
            CatalogError: a name means none, or it is a song of its own already.
            UsageError: there is no reason.
        """
        if first and last and first > last:
            raise UsageError(f"--from {first} is after --to {last}; the earlier day comes first")
        names = self.names
        found = sorted({names.print(each).name for each in prints})
        if first or last:
            found = [_within(name, first, last) for name in found]
        return self._do(Ruling("split", tuple(found)), reason)

    def move(self, prints: Sequence[str], to: str, reason: Reason) -> Done:
        """Let prints leave their song and join the song that ``to`` means.

        Raises:
            AmbiguousError: a name may mean several; all are listed.
            CatalogError: a name means none, or they are part of that song already.
            UsageError: there is no reason.
        """
        names = self.names
        home = names.song(to).name
        found = sorted({names.print(each).name for each in prints} - {home})
        return self._do(Ruling("move", tuple(found), home), reason)

    def rename(self, song: str, reason: Reason, *, title: str | None = None, credit: str | None = None) -> Done:
        """Print a song under another title or credit; what was published stays as it is.

        Raises:
            AmbiguousError: the name may mean several songs; all are listed.
            CatalogError: it means none.
            UsageError: neither title nor credit is given, or no reason.
        """
        if not (title or credit):
            raise UsageError("a renamed song needs another --title or --credit")
        names = self.names
        return self._do(Ruling("rename", (names.song(song).name,), "", title, credit), reason)

    def merge_artists(self, artists: Sequence[str], reason: Reason) -> Done:
        """Take several names for one artist, the first of them the artist's own.

        Raises:
            UsageError: there are fewer than two names, or no reason.
        """
        keys = list(dict.fromkeys(map(fold, artists)))
        if len(keys) < 2:  # noqa: PLR2004 - one artist cannot be merged
            raise UsageError("a merge of artists needs two names or more")
        return self._do(Ruling("merge", tuple(sorted(keys[1:])), keys[0], artists=True), reason)

    def split_artists(self, artists: Sequence[str], reason: Reason) -> Done:
        """Let names be artists of their own again."""
        return self._do(Ruling("split", tuple(sorted(set(map(fold, artists)))), artists=True), reason)

    def rename_artist(self, artist: str, name: str, reason: Reason) -> Done:
        """Call an artist by another name."""
        return self._do(Ruling("rename", (fold(artist),), "", name, artists=True), reason)

    def rule(self, ruling: Ruling, reason: Reason) -> Done:
        """Enter a ruling as it is: for the queue of matches, whose names are print keys already.

        It is entered even where nothing changes today, such as of a spelling that no chart printed yet.
        """
        return self._do(ruling, reason, even_idle=True)

    def undo(self, line: str, reason: Reason) -> Done:
        """Take back a line of the log, which may be an undo itself; both lines stay.

        Raises:
            CatalogError: there is no such line, or it is taken back already.
            UsageError: there is no reason.
        """
        known = self.log
        taken = log.one_line(known, line)
        log.refuse_idle_undo(known, taken.id)
        found = effects(self.house, None, taken.id)
        if reason.dry_run:
            return Done(taken.ruling, found)
        made = log.undo(
            self.house.paths, self.house.database, taken.id, why=reason.why, source=reason.source, by=reason.by,
            at=self.house.clock(),
        )  # fmt: skip
        return Done(taken.ruling, found, made)

    def _do(self, ruling: Ruling, reason: Reason, *, even_idle: bool = False) -> Done:
        found = effects(self.house, ruling)
        if not even_idle:
            _refuse_idle(ruling, found)
        if reason.dry_run:
            return Done(ruling, found)
        made = log.enter(
            self.house.paths, self.house.database, ruling, why=reason.why, source=reason.source, by=reason.by,
            at=self.house.clock(),
        )  # fmt: skip
        return Done(ruling, found, made)


def _within(name: str, first: date | None, last: date | None) -> str:
    """Return the name of the lines of a print, or of a span of it, on issues of a time."""
    said = span_of(name)
    if said is None:
        return span(name, first, last)
    begins, ends = (
        max(filter(None, (said.first, first)), default=None),
        min(filter(None, (said.last, last)), default=None),
    )
    if begins and ends and begins > ends:
        raise UsageError(f"{name!r} has no issue in the time from {begins} to {ends} that --from and --to leave")
    return span(said.key, begins, ends)


def _refuse_idle(ruling: Ruling, found: Effects) -> None:
    if not ruling.names:
        raise UsageError("nothing is named but the song itself")
    if not ruling.artists and ruling.action in {"merge", "split", "move"} and found.before == found.after:
        told = {"merge": "are one song already", "split": "is a song of its own already"}
        said = told.get(ruling.action, "is part of that song already")
        raise CatalogError(f"{', '.join(map(repr, ruling.names))} {said}; nothing would change")
