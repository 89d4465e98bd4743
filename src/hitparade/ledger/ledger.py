"""The ledger's front: what is in force, and totals brought up to date before anything is read from them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine as Database

from hitparade.catalog import log
from hitparade.catalog.decisions import NO_DECISIONS, Decisions
from hitparade.catalog.recordings import Recording
from hitparade.chart import CandidateSet, Received
from hitparade.engine.candidates import Summing, WindowSums
from hitparade.engine.duck import Duck
from hitparade.engine.sources import days_of, holding, rows_of, told_on
from hitparade.ledger.asked import Asked
from hitparade.ledger.building import Advance, Builder
from hitparade.ledger.candidates import candidates
from hitparade.ledger.coverage import Coverage, Report, coverage, together
from hitparade.ledger.estimates import donors, estimates
from hitparade.ledger.force import InForce, files_using, in_force
from hitparade.ledger.identity import Identity, identity_if, identity_of
from hitparade.ledger.shelf import Shelf
from hitparade.ledger.sources import HeldBy
from hitparade.ledger.totals import TotalsSet
from hitparade.ledger.windows import Windows
from hitparade.storage import HousePaths
from hitparade.weeks import Slot, Window, slots

_FILES_AT_ONCE = 64
"""Row files that are looked into together for the first that holds a song."""

_KEPT_DAYS, _AHEAD = 1_000, 180
"""Days whose reporters are remembered, as an issue asks for them several times, and days that are read ahead."""

Told = tuple[str, str, date, int, int]


class Ledger:
    """An open ledger; what it holds in memory is dropped when a delivery comes or goes."""

    def __init__(self, paths: HousePaths, database: Database, engine: Duck) -> None:
        self.paths, self.database, self.engine = paths, database, engine
        self._force = InForce(paths, ())
        self._identity: Identity | None = None
        self._log, self._decided = (0, NO_DECISIONS), NO_DECISIONS
        self._files: dict[tuple[str, str], dict[date, Path | None]] = {}
        self._windows = Windows(engine)
        self._ahead: dict[object, list[Asked]] = {}
        self._known: dict[Path, list[Told]] = {}
        self._still = 0

    @contextmanager
    def still(self) -> Iterator[None]:
        """Read the deliveries in force once and keep to them while the block runs.

        A walk over many issues then sees one ledger throughout, and does not ask the database for every issue.
        """
        _ = self.force
        self._still += 1
        try:
            yield
        finally:
            self._still -= 1
            if not self._still:
                self._ahead.clear()

    @property
    def force(self) -> InForce:
        """The deliveries in force now, or since :meth:`still` began."""
        if self._still:
            return self._force
        now, decided = in_force(self.paths, self.database), self._read_log()
        if now.deliveries != self._force.deliveries:
            self._force, self._identity = now, None
            self._files.clear()
        if decided != self._decided:
            self._decided, self._identity = decided, None
            self._files.clear()
        return self._force

    def _read_log(self) -> Decisions:
        """Return what the catalog's log decides; it is read again when it is longer."""
        length = log.length(self.database)
        if length != self._log[0]:
            self._log = length, log.decisions(self.database)
        return self._log[1]

    @property
    def identity(self) -> Identity:
        """Who is who among the spellings in force."""
        force = self.force
        if self._identity is None:
            self._identity = identity_of(force, self._decided)
        return self._identity

    def identity_under(self, decisions: Decisions) -> Identity:
        """Return who is who if these decisions were in force; nothing of it is kept."""
        return identity_if(self.force, decisions)

    def first_day(self, names: Collection[str]) -> date | None:
        """Return the first partition day with rows of songs that these keys are of; None when there are none."""
        spellings = self.identity.numbers(names)
        using = files_using(self.force, spellings)
        for some in range(0, len(using), _FILES_AT_ONCE):
            days = {file: day for day, file in using[some : some + _FILES_AT_ONCE]}
            if found := holding(self.engine, list(days), spellings):
                return min(days[file] for file in found)
        return None

    def build(self, totals_set: TotalsSet, territory: str, days: Iterable[date], advance: Advance | None = None) -> int:
        """Return how many of ``days`` had to be computed; then the totals of all are up to date."""
        wanted, identity = sorted(set(days)), self.identity
        shelf = Shelf(self.paths, self.database, totals_set.id, territory)
        built = Builder(self._force, identity, self.engine, shelf, totals_set).build(wanted, advance or _quiet)
        files = shelf.files(wanted)
        known = self._files.setdefault((totals_set.id, territory), {})
        known.update({day: files.get(day) for day in wanted})
        return built

    def build_for(self, asked: Asked, advance: Advance | None = None) -> int:
        """Return how many days of all territories that ``asked`` reads had to be computed."""
        places = self.territories(asked)
        return sum(self.build(asked.totals_set, territory, asked.days, advance) for territory in places)

    def build_ahead(self, several: Iterable[Asked]) -> None:
        """Bring up to date the totals of all days that some issues, given in order, read.

        While the ledger is still, the windows of those issues are summed some at a time as well.
        """
        wanted, ahead = dict[object, tuple[Asked, set[date]]](), dict[object, list[Asked]]()
        for asked in several:
            scope = asked.totals_set.id, *self.territories(asked)
            wanted.setdefault(scope, (asked, set()))[1].update(asked.days)
            ahead.setdefault(self._scope(asked), []).append(asked)
        for asked, days in wanted.values():
            self.files(asked, days)
        if self._still:
            self._ahead.update(ahead)

    def _scope(self, asked: Asked) -> object:
        """Return what issues share whose windows may be summed together."""
        return asked.totals_set.id, self.territories(asked), asked.measures

    def territories(self, asked: Asked) -> tuple[str, ...]:
        """Return the territories whose rows count, of those that anybody reported."""
        wanted, force = asked.counting.territories, self.force
        return (asked.territory,) if wanted is None else tuple(filter(wanted.holds, sorted(force.series)))

    def files(self, asked: Asked, days: Iterable[date]) -> dict[tuple[str, date], Path]:
        """Return the totals file of each territory and day that has one; what is missing is built first."""
        days, found = sorted(set(days)), {}
        for territory in self.territories(asked):
            known = self._of_days(asked.totals_set, territory, days)
            found.update({(territory, day): file for day in days if (file := known[day]) is not None})
        return found

    def _of_days(self, totals_set: TotalsSet, territory: str, days: Sequence[date]) -> Mapping[date, Path | None]:
        known = self._files.get((totals_set.id, territory), {})
        if any(day not in known or not _there(known[day]) for day in days):
            self.build(totals_set, territory, days)
            known = self._files[totals_set.id, territory]
        return known

    def contents(self, asked: Asked) -> tuple[tuple[date, str], ...]:
        """Return the content digests (their first digits) of the totals that ``asked`` reads, by day."""
        several = asked.counting.territories is not None
        made = [
            (day, f"{territory} {_content(file)}" if several else _content(file))
            for (territory, day), file in self.files(asked, asked.days).items()
        ]
        for back in range(len(asked.windows)) if asked.counting.imputation else ():
            guessed = self.coverage(asked, back).estimated
            files = self.files(asked, {each.donor for each in guessed})
            made += [(e.day, f"{e} {_content(file)}") for e in guessed if (file := files.get((e.territory, e.donor)))]
        return tuple(made)

    def words(self, asked: Asked) -> tuple[str, ...]:
        """Return the digests of how the songs are named and dated in the deliveries that ``asked`` reads.

        Rows of another day can change which spelling is printed, or the release day, and leave sums as they are.
        """
        identity = self.identity
        parts = {part for day in asked.days for part in asked.totals_set.partitions(day)}
        held = {id_ for territory in self.territories(asked) for id_ in self._force.holding(territory, parts)}
        return tuple(sorted({identity.words_in(delivery) for delivery in held}))

    def candidates(self, asked: Asked, k: int, named: Iterable[str]) -> CandidateSet:
        """Return the ``k`` largest songs of each measure and the named ones, with their sums by window."""
        asked.refuse_uncut()
        sums = self._sums(asked, range(len(asked.windows)))
        return candidates(self.identity, sums, asked.measures, k, named)

    def counts_any(self, asked: Asked) -> bool:
        """Return whether anything in this window counts."""
        return bool(len(self._sums(asked, (0,))[0].recordings))

    def coverage(self, asked: Asked, back: int = 0) -> Coverage:
        """Return what was reported and what is missing in a window, for the measures that count.

        Deliveries know the UTC date of an instant. Where the zone's days are other days, what was reported
        within the window is taken from totals, which are by the zone's day.
        """
        by_window: dict[Window, set[str]] = {}
        for measure in asked.measures:
            by_window.setdefault(asked.window(measure, back), set()).add(measure)
        parts = [
            self._reported(asked, territory, window, measures)
            for territory in self.territories(asked)
            for window, measures in by_window.items()
        ]
        wanted = asked.counting.territories
        label = asked.territory if wanted is None else str(wanted)
        found = together(parts, label, asked.days_of(back), several=wanted is not None)
        if not asked.counting.imputation:
            return found
        made = estimates(found.missing, asked.counting.imputation, self._force.series)
        return replace(found, estimated=made)

    def _reported(self, asked: Asked, territory: str, window: Window, measures: set[str]) -> Coverage:
        of_territory = self._force.series.get(territory, {})
        series = {key: days for key, days in of_territory.items() if asked.counts(*key) and key[1] in measures}
        spans = {key: (min(days), max(days)) for key, days in series.items()}
        if _in_utc(window) and not asked.totals_set.zones:
            told = [(*key, day, *days[day]) for key, days in series.items() for day in window.days if day in days]
        else:
            known = self._of_days(asked.totals_set, territory, window.days)
            rows = self._told(known, window.days)
            told = [row for row in rows if asked.counts(*row[:2]) and row[1] in measures]
        reports = [Report(*row, territory) for row in told]
        return coverage(territory, window.first_day, window.last_day, reports, spans)

    def _told(self, files: Mapping[date, Path | None], days: Sequence[date]) -> list[Told]:
        """Return what the totals of some days hold by channel, measure and day; a file never changes under its name.

        Where one is not known yet, those of the days after it, which the next issues ask for, are read with it.
        """
        if any(file not in self._known for day in days if (file := files[day]) is not None):
            ahead = (day for day in sorted(files) if day > days[-1])
            read = {day: file for day in (*days, *islice(ahead, _AHEAD)) if (file := files[day]) and _there(file)}
            self._known.update({file: [] for file in read.values()})
            for row in told_on(self.engine, list(read.values())):
                self._known[read[row[2]]].append(row)
        found = [row for day in days if (file := files[day]) is not None for row in self._known[file]]
        for old in list(islice(self._known, max(len(self._known) - _KEPT_DAYS, 0))):
            del self._known[old]
        return found

    def sources(self, asked: Asked, song: str) -> tuple[Received, ...]:
        """Return what was received of a song in this window, by day, channel, measure and why it is out.

        Beside the row rules, ``no_units`` marks a measure that does not count, ``off_panel`` a channel,
        ``off_hours`` a time and ``other_currency`` money that does not.
        """
        recording = self.identity.resolve(song)
        if recording is None:
            return ()
        files = self.files(asked, asked.days_of(0))
        found: dict[tuple[date, str, str, str], list[int]] = {}
        for slot, day, channel, measure, currency, why, rows, quantity in days_of(
            self.engine, list(files.values()), recording.id
        ):
            said = why or asked.why_out_in(Slot(day, slot, slot, whole=False), channel, measure, currency)
            if said is not None:
                sums = found.setdefault((day, channel, measure, said), [0, 0])
                sums[0], sums[1] = sums[0] + rows, sums[1] + quantity
        return tuple(Received(*key, *sums) for key, sums in sorted(found.items()))

    def deliveries(self, asked: Asked, song: str) -> tuple[HeldBy, ...]:
        """Return which deliveries hold rows of a song in this window, spelling by spelling."""
        recording = self.identity.resolve(song)
        return tuple(self._held(asked, recording)) if recording is not None else ()

    def _held(self, asked: Asked, recording: Recording) -> Iterable[HeldBy]:
        spellings = self.identity.spellings(recording.id)
        windows = [asked.window(measure) for measure in asked.measures]
        window = replace(
            asked.windows[0],
            first_day=min(each.first_day for each in windows), last_day=max(each.last_day for each in windows),
            starts=min(each.starts for each in windows), ends=max(each.ends for each in windows),
        )  # fmt: skip
        by_id = {delivered.id: delivered for delivered in self._force.deliveries}
        days = {part for day in window.days for part in asked.totals_set.partitions(day)}
        files = [file for territory in self.territories(asked) for file in self._force.files(territory, days)]
        for delivery, spelling, rows, quantity in rows_of(
            self.engine, files, window, spellings, asked.totals_set.zones
        ):
            yield HeldBy(*by_id[delivery], *spellings[spelling], rows, quantity)

    def _sums(self, asked: Asked, backs: Iterable[int]) -> list[WindowSums]:
        return self._windows.of([self._summing(asked, back) for back in backs], partial(self._next, asked))

    def _next(self, asked: Asked) -> Iterator[Summing]:
        """Return what the windows of the issues ahead are made of."""
        ahead, starts = self._ahead.get(self._scope(asked), ()), asked.windows[0].starts
        return (self._summing(each, 0) for each in ahead if each.windows[0].starts > starts)

    def _summing(self, asked: Asked, back: int) -> Summing:
        """Return what the sums of a window are made of; what is missing of its totals is built first."""
        scope, window = asked.counting, asked.windows[back]
        guessed = self.coverage(asked, back).estimated if scope.imputation else ()
        donor_files = self.files(asked, {each.donor for each in guessed}) if guessed else {}
        places = {territory: place for place, territory in enumerate(sorted({each.territory for each in guessed}))}
        of_place = [tuple(file for (code, _), file in donor_files.items() if code == place) for place in places]
        return Summing(
            files=tuple(self.files(asked, asked.days_of(back)).values()),
            measures=asked.measures,
            starts=window.starts,
            ends=window.ends,
            spans=None if asked.plain else asked.spans(back),
            panel=asked.weights(back),
            paneled=frozenset(filter(asked.is_paneled, asked.measures)) if asked.paneled else None,
            amounts=tuple(sorted(scope.amounts.items())),
            net=scope.net,
            donors=donors(asked, guessed, places),
            donor_files=tuple(of_place),
            prices=tuple(sorted(scope.prices.items())),
        )


def _quiet(*_: object) -> None:
    """Advance nothing."""


def _content(file: Path) -> str:
    return file.stem.rpartition("-")[2]


def _there(file: Path | None) -> bool:
    return file is None or file.is_file()


def _in_utc(window: Window) -> bool:
    """Return whether the window's civil days are UTC days."""
    return all(
        slot.starts.date() == day and slot.starts.time() == slot.ends.time() == slot.starts.min.time()
        for day in window.days
        for slot in slots(day, window.zone)
    )
