"""What one issue asks of the ledger, and which slots of which window count for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from hitparade.counting import OTHER, Counting, PanelRow, of_measure
from hitparade.engine.candidates import Weight
from hitparade.errors import CompileError
from hitparade.ledger.totals import TotalsSet
from hitparade.weeks import Slot, Window, earlier

_HOUR = 60


@dataclass(frozen=True)
class Asked:
    """What one issue of a chart asks of the ledger.

    Attributes:
        territory: the one whose rows count, unless ``counting`` names a set.
        windows: this window, the one before, and so on.
        measures: those that count, sorted.
        panel: the weight of each channel that counts, or None for every channel at weight 1.
        counting: what is added up beyond the quantities of the windows.
        rows: the panel's weights by daypart and span of days, in place of ``panel``.
        paneled: the measures that the panel is for; all when empty.
    """

    territory: str
    totals_set: TotalsSet
    windows: tuple[Window, ...]
    measures: tuple[str, ...]
    panel: Mapping[str, int] | None = None
    counting: Counting = field(default_factory=Counting)
    rows: tuple[PanelRow, ...] = ()
    paneled: tuple[str, ...] = ()

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every civil day that a window touches, in order."""
        return tuple(sorted({day for back in range(len(self.windows)) for day in self.days_of(back)}))

    def days_of(self, back: int) -> tuple[date, ...]:
        """Return the civil days of the window so many windows before, in order, whatever the measure."""
        return tuple(sorted({day for measure in self.measures for day in self.window(measure, back).days}))

    def window(self, measure: str, back: int = 0) -> Window:
        """Return the window of a measure, so many windows before this one."""
        own = self.counting.windows.get(measure)
        return self.windows[back] if own is None else earlier(own, back) if back else own

    def refuse_uncut(self) -> None:
        """Refuse windows that begin or end inside a slot: half a slot has no total.

        Raises:
            CompileError: the days are not cut there.
        """
        for window, measure in {self.window(m, n): m for m in self.measures for n in range(len(self.windows))}.items():
            held = [slot for day in (window.first_day, window.last_day) for slot in self._slots(measure, day)]
            if window.starts not in {s.starts for s in held} or window.ends not in {s.ends for s in held}:
                raise CompileError(
                    f"{window.starts} to {window.ends} UTC: the days of {self.totals_set.zone} are not cut at"
                    " these instants; the book's week must name them"
                )

    def _slots(self, measure: str, day: date) -> tuple[Slot, ...]:
        return self.totals_set.slots_for(measure, day)

    @property
    def plain(self) -> bool:
        """Whether all measures share one window, all of whose hours count, at weights that hold in all of it."""
        return not self.counting.windows and not self.counting.hours and not self.rows

    def spans(self, back: int) -> tuple[tuple[str, datetime], ...]:
        """Return the slots that count of each measure in a window."""
        return tuple(
            (measure, slot.starts)
            for measure in self.measures
            for slot in self._within(measure, back)
            if self.heard(measure, slot)
        )

    def _within(self, measure: str, back: int) -> Iterable[Slot]:
        window = self.window(measure, back)
        slots = (slot for day in window.days for slot in self._slots(measure, day))
        return (slot for slot in slots if window.starts <= slot.starts < window.ends)

    def heard(self, measure: str, slot: Slot) -> bool:
        """Return whether the hours of a slot count for a measure."""
        hours = self.counting.hours.get(measure)
        return hours is None or any(span.holds(slot.day.weekday(), self._minute(slot)) for span in hours)

    def _minute(self, slot: Slot) -> int:
        civil = slot.starts.replace(tzinfo=UTC).astimezone(ZoneInfo(self.totals_set.zone))
        return civil.hour * _HOUR + civil.minute if civil.date() == slot.day else 0

    def is_paneled(self, measure: str) -> bool:
        """Return whether the panel is for a measure."""
        return not self.paneled or of_measure(dict.fromkeys(self.paneled, 1), measure) is not None

    @property
    def has_panel(self) -> bool:
        """Whether there is a panel for any measure that counts."""
        return (self.panel is not None or bool(self.rows)) and any(map(self.is_paneled, self.measures))

    def weights(self, back: int) -> tuple[Weight, ...] | None:
        """Return the weights of the channels that count in a window."""
        if not self.has_panel:
            return None
        if not self.rows:
            return tuple(Weight(channel, None, factor) for channel, factor in sorted((self.panel or {}).items()))
        paneled = [measure for measure in self.measures if self.is_paneled(measure)]
        slots = {slot.starts: slot for measure in paneled for slot in self._within(measure, back)}
        return tuple(
            Weight(channel, starts, factor)
            for starts, slot in sorted(slots.items())
            for channel, factor in sorted(self._factors(slot).items())
        )

    def _factors(self, slot: Slot) -> dict[str, int]:
        """Return the weights in one slot: that of its daypart, else that of the other hours, else that of all."""
        parts = self._dayparts(slot)
        found: dict[str, dict[str, int]] = {}
        for row in self.rows:
            if row.holds(slot.day):
                found.setdefault(row.channel, {})[row.daypart] = row.weight
        wanted = (*parts, "") if parts else (OTHER, "")
        said = {channel: next((by[p] for p in wanted if p in by), 0) for channel, by in found.items()}
        return {channel: factor for channel, factor in said.items() if factor}

    def _dayparts(self, slot: Slot) -> Sequence[str]:
        minute, weekday = self._minute(slot), slot.day.weekday()
        parts = self.counting.dayparts.items()
        return [name for name, spans in parts if any(span.holds(weekday, minute) for span in spans)]

    @cached_property
    def channels(self) -> frozenset[str] | None:
        """The channels on the panel at any time, or None when every channel counts."""
        if not self.has_panel:
            return None
        return frozenset(row.channel for row in self.rows) if self.rows else frozenset(self.panel or {})

    def counts(self, channel: str, measure: str) -> bool:
        """Return whether that measure and that channel count."""
        return not self.why_out(channel, measure)

    def why_out(self, channel: str, measure: str) -> str:
        """Return why that measure or that channel does not count, or nothing."""
        if measure not in self.measures:
            return "no_units"
        on = self.channels is None or not self.is_paneled(measure) or channel in self.channels
        return "" if on else "off_panel"

    def why_out_in(self, slot: Slot, channel: str, measure: str, currency: str) -> str | None:
        """Return why what lies in a slot does not count, or nothing, or None when it is outside of the window."""
        window = self.window(measure)
        if not window.starts <= slot.starts < window.ends:
            return None
        if said := self.why_out(channel, measure):
            return said
        weighed = not self.rows or not self.is_paneled(measure) or channel in self._factors(slot)
        if not self.heard(measure, slot) or not weighed:
            return "off_hours"
        amount = self.counting.amounts.get(measure)
        return "other_currency" if amount and amount.of == "revenue" and currency != amount.currency else ""
