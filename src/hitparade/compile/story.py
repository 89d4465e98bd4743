"""The values that tell one song's story on one issue; faces print them and compute nothing."""

from dataclasses import dataclass
from datetime import date

from hitparade.chart import Received
from hitparade.rulebook.rules import Value


@dataclass(slots=True, frozen=True)
class Part:
    """What one measure gives: ``quantity`` x ``weight`` = ``points``, exactly; ``value`` backs the weight.

    ``of`` says what is added up: the ``quantity``, the ``audience``, or the ``revenue`` in minor units of ``currency``.
    """

    measure: str
    quantity: int
    weight: int
    points: int
    value: Value | None
    of: str = "quantity"
    currency: str = ""


@dataclass(slots=True, frozen=True)
class Effect:
    """What one rule or decision said of the song.

    ``off`` says whether it keeps the song off; ``value`` is the dated value, None for decisions.
    """

    rule: str
    sentence: str
    off: bool
    value: Value | None

    @property
    def cited(self) -> str:
        """The sentence with the day since when the rule is in force, its source and how sure it is."""
        if self.value is None:
            return self.sentence
        sure = "" if self.value.confidence == "published" else f", {self.value.confidence}"
        return f"{self.sentence}; in force since {self.value.since} ({self.value.source}{sure})"


@dataclass(slots=True, frozen=True)
class Neighbour:
    """The line above or below; ``gap`` is its points minus the song's, negative below.

    ``gap`` is None where points do not order the chart; ``growth`` is what does, where that is growth.
    """

    position: int
    song: str
    title: str
    credit: str
    points: int
    gap: int | None
    growth: str = ""


@dataclass(slots=True, frozen=True)
class Needed:
    """What would have been enough, whatever ties say, to stand above the next line.

    ``quantity`` of ``measure``, the one that gives the song the most points, makes at least ``points``.
    """

    position: int
    points: int
    measure: str
    quantity: int
    of: str = "quantity"


@dataclass(slots=True, frozen=True)
class Past:
    """A window ``ago`` windows back, at this issue's weights: points of the song and of all songs."""

    ago: int
    points: int
    market: int


@dataclass(slots=True, frozen=True)
class NotCounted:
    """Rows of the song that were received and did not count, by reason, with the rule that says so."""

    why_out: str
    sentence: str
    measure: str
    rows: int
    quantity: int
    value: Value | None


@dataclass(slots=True, frozen=True)
class Story:
    """One song's story on one issue.

    Attributes:
        headline: where the song stands, in one sentence.
        position: None when it is not on the chart.
        previous_position, last_issue: where it stood on the issue before, and which issue that was.
        peak, peak_weeks, weeks_on_chart: as of this issue; None for a song that has never been on the chart.
        rule: what keeps it off: a rule, ``decision``, ``size`` or ``no_points``; empty when it is on.
        place: its place among the songs that no rule keeps off; 0 when it is kept off or not proven.
        points, points_per_unit: what orders the chart, but for one of growth in percent.
        growth: what it gained, where growth orders the chart.
        market_points: the points of all songs.
        parts: one for each measure that counts, largest points first.
        effects: decisions and rules in the order they looked.
        above, below: the neighbours, None at the ends; above a song that is too low is the last position.
        needed: None at the top and for a song that a rule keeps off.
        history: earlier windows, where the rules look back.
        received: by day, channel, measure and reason.
        not_counted: what of it did not count.
        rows, counted: how many rows were received, and how many of them counted.
        recordings: what counts for the song.
        decisions: how many decisions hold for the issue.
        in_force: the blocks that decide what counts and when, as far as they concern the song.
    """

    chart: str
    title: str
    issue_date: date
    tracking_start: date
    tracking_end: date
    zone: str
    simulated: bool
    song: str
    song_title: str
    credit: str
    headline: str
    position: int | None
    movement: str
    previous_position: int | None
    last_issue: date | None
    peak: int | None
    peak_weeks: int | None
    weeks_on_chart: int | None
    rule: str
    place: int
    points: int
    points_per_unit: int
    market_points: int
    parts: tuple[Part, ...]
    effects: tuple[Effect, ...]
    above: Neighbour | None
    below: Neighbour | None
    needed: Needed | None
    history: tuple[Past, ...]
    received: tuple[Received, ...]
    not_counted: tuple[NotCounted, ...]
    rows: int
    counted: int
    recordings: tuple[str, ...]
    decisions: int
    notes: tuple[str, ...]
    in_force: tuple[Effect, ...] = ()
    growth: str = ""
