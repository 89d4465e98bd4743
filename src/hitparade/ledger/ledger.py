"""The ledger's front: what is in force, and totals brought up to date before anything is read from them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine as Database

from hitparade.catalog.recordings import Recording
from hitparade.chart import CandidateSet, Received
from hitparade.engine.candidates import WindowSums, window_sums
from hitparade.engine.duck import Duck
from hitparade.engine.sources import days_of, rows_of, told_on
from hitparade.engine.totals import partitions
from hitparade.errors import CompileError
from hitparade.ledger.candidates import candidates
from hitparade.ledger.coverage import Coverage, Report, coverage
from hitparade.ledger.force import InForce, in_force
from hitparade.ledger.identity import Identity, identity_of
from hitparade.ledger.shelf import Shelf
from hitparade.ledger.sources import HeldBy
from hitparade.ledger.totals import Advance, TotalsSet, build
from hitparade.storage import HousePaths
from hitparade.weeks import Window, slots

_KEPT_LINES = 4_000_000
"""Lines of window sums held in memory, so that windows looked back to are summed once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one issue of a chart asks of the ledger.

    Attributes:
        windows: this window, the one before, and so on.
        measures: those that count, sorted.
        panel: the weight of each channel that counts, or None for every channel at weight 1.
    """

    territory: str
    totals_set: TotalsSet
    windows: tuple[Window, ...]
    measures: tuple[str, ...]
    panel: Mapping[str, int] | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """Every civil day that a window touches, in order."""
        return tuple(sorted({day for window in self.windows for day in window.days}))

    def refuse_uncut(self) -> None:
        """Refuse windows that begin or end inside a slot: half a slot has no total.

        Raises:
            CompileError: the days are not cut there.
        """
        for window in self.windows:
            held = [s for d in window.days for s in slots(d, self.totals_set.zone, self.totals_set.real_cuts)]
            if window.starts not in {s.starts for s in held} or window.ends not in {s.ends for s in held}:
                raise CompileError(
                    f"{window.starts} to {window.ends} UTC: the days of {self.totals_set.zone} are not cut at"
                    " these instants; the book's week must name them"
                )

    def counts(self, channel: str, measure: str) -> bool:
        """Return whether that measure and that channel count."""
        return not self.why_out(channel, measure)

    def why_out(self, channel: str, measure: str) -> str:
        """Return why that measure or that channel does not count, or nothing."""
        if measure not in self.measures:
            return "no_units"
        return "" if self.panel is None or channel in self.panel else "off_panel"


class Ledger:
    """An open ledger; what it holds in memory is dropped when a delivery comes or goes."""

    def __init__(self, paths: HousePaths, database: Database, engine: Duck) -> None:
        self.paths, self.database, self.engine = paths, database, engine
        self._force = InForce(paths, ())
        self._identity: Identity | None = None
        self._files: dict[tuple[str, str], dict[date, Path | None]] = {}
        self._sums: dict[tuple[object, ...], WindowSums] = {}
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

    @property
    def force(self) -> InForce:
        """The deliveries in force now, or since :meth:`still` began."""
        if self._still:
            return self._force
        now = in_force(self.paths, self.database)
        if now.deliveries != self._force.deliveries:
            self._force, self._identity = now, None
            self._files.clear()
        return self._force

    @property
    def identity(self) -> Identity:
        """Who is who among the spellings in force."""
        force = self.force
        if self._identity is None:
            self._identity = identity_of(force)
        return self._identity

    def build(self, totals_set: TotalsSet, territory: str, days: Iterable[date], advance: Advance | None = None) -> int:
        """Return how many of ``days`` had to be computed; then the totals of all are up to date."""
        wanted, identity = sorted(set(days)), self.identity
        shelf = Shelf(self.paths, self.database, totals_set.id, territory)
        built = build(self._force, identity, self.engine, shelf, totals_set, wanted, advance)
        files = shelf.files(wanted)
        known = self._files.setdefault((totals_set.id, territory), {})
        known.update({day: files.get(day) for day in wanted})
        return built

    def files(self, asked: Asked, windows: Sequence[Window]) -> dict[date, Path]:
        """Return the totals file of each day of ``windows`` that has one; what is missing is built first."""
        self.force  # noqa: B018 - forgets files when deliveries changed
        days = sorted({day for window in windows for day in window.days})
        known = self._files.get((asked.totals_set.id, asked.territory), {})
        if any(day not in known or not _there(known[day]) for day in days):
            self.build(asked.totals_set, asked.territory, days)
            known = self._files[asked.totals_set.id, asked.territory]
        return {day: file for day in days if (file := known[day]) is not None}

    def contents(self, asked: Asked) -> tuple[tuple[date, str], ...]:
        """Return the content digests (their first digits) of the totals that ``asked`` reads, by day."""
        files = self.files(asked, asked.windows)
        return tuple((day, file.stem.rpartition("-")[2]) for day, file in files.items())

    def words(self, asked: Asked) -> tuple[str, ...]:
        """Return the digests of how the songs are named and dated in the deliveries that ``asked`` reads.

        Rows of another day can change which spelling is printed, or the release day, and leave sums as they are.
        """
        identity, zone, cuts = self.identity, asked.totals_set.zone, asked.totals_set.real_cuts
        parts = {part for day in asked.days for part in partitions(day, slots(day, zone, cuts))}
        held = self._force.holding(asked.territory, parts)
        return tuple(sorted({identity.words_in(delivery) for delivery in held}))

    def candidates(self, asked: Asked, k: int, named: Iterable[str]) -> CandidateSet:
        """Return the ``k`` largest songs of each measure and the named ones, with their sums by window."""
        asked.refuse_uncut()
        files = self.files(asked, asked.windows)
        sums = [self._window_sums(asked, window, files) for window in asked.windows]
        return candidates(self.identity, sums, asked.measures, k, named)

    def counts_any(self, asked: Asked) -> bool:
        """Return whether anything in this window counts."""
        window = asked.windows[0]
        return bool(len(self._window_sums(asked, window, self.files(asked, [window])).recordings))

    def coverage(self, asked: Asked) -> Coverage:
        """Return what was reported and what is missing in this window, for the measures that count.

        Deliveries know the UTC date of an instant. Where the zone's days are other days, what was reported
        within the window is taken from totals, which are by the zone's day.
        """
        window, force = asked.windows[0], self.force
        series = {key: days for key, days in force.series.get(asked.territory, {}).items() if asked.counts(*key)}
        spans = {key: (min(days), max(days)) for key, days in series.items()}
        if _in_utc(window):
            told = [Report(*key, day, *days[day]) for key, days in series.items() for day in window.days if day in days]
        else:
            files = self.files(asked, asked.windows[:1])
            told = [Report(*row) for row in told_on(self.engine, list(files.values())) if asked.counts(*row[:2])]
        return coverage(asked.territory, window.first_day, window.last_day, told, spans)

    def sources(self, asked: Asked, song: str) -> tuple[Received, ...]:
        """Return what was received of a song in this window, by day, channel, measure and why it is out.

        Beside the row rules, ``no_units`` marks a measure that does not count and ``off_panel`` a channel
        that does not.
        """
        recording, window = self.identity.resolve(song), asked.windows[0]
        if recording is None:
            return ()
        files = self.files(asked, asked.windows[:1])
        lines = days_of(self.engine, list(files.values()), window, recording.id)
        return tuple(
            Received(day, channel, measure, why or asked.why_out(channel, measure), rows, quantity)
            for day, channel, measure, why, rows, quantity in lines
        )

    def deliveries(self, asked: Asked, song: str) -> tuple[HeldBy, ...]:
        """Return which deliveries hold rows of a song in this window, spelling by spelling."""
        recording = self.identity.resolve(song)
        return tuple(self._held(asked, recording)) if recording is not None else ()

    def _held(self, asked: Asked, recording: Recording) -> Iterable[HeldBy]:
        spellings, window = self.identity.spellings(recording.id), asked.windows[0]
        by_id = {delivered.id: delivered for delivered in self._force.deliveries}
        zone, cuts = asked.totals_set.zone, asked.totals_set.real_cuts
        days = {part for day in window.days for part in partitions(day, slots(day, zone, cuts))}
        files = self._force.files(asked.territory, days)
        for delivery, spelling, rows, quantity in rows_of(self.engine, files, window, spellings):
            yield HeldBy(*by_id[delivery], *spellings[spelling], rows, quantity)

    def _window_sums(self, asked: Asked, window: Window, files: Mapping[date, Path]) -> WindowSums:
        held = tuple(files[day] for day in window.days if day in files)
        panel = None if asked.panel is None else tuple(sorted(asked.panel.items()))
        key = (held, window, asked.measures, panel)
        if key not in self._sums:
            self._sums[key] = window_sums(self.engine, held, window, asked.measures, asked.panel)
            while len(self._sums) > 1 and sum(len(sums.recordings) for sums in self._sums.values()) > _KEPT_LINES:
                del self._sums[next(iter(self._sums))]
        return self._sums[key]


def _there(file: Path | None) -> bool:
    return file is None or file.is_file()


def _in_utc(window: Window) -> bool:
    """Return whether the window's civil days are UTC days."""
    return all(
        slot.starts.date() == day and slot.starts.time() == slot.ends.time() == slot.starts.min.time()
        for day in window.days
        for slot in slots(day, window.zone)
    )
