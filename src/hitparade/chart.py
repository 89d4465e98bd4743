"""The values that rooms hand to each other: candidates, entries and issues of a chart.

All quantities are whole numbers. A *song* is named by its key, a text made from identifiers or folded words
(see ``catalog``), so that ties end in an order that does not depend on when a file came in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(slots=True, frozen=True)
class Version:
    """One version of a song as its senders name it, with its own sums of this window by measure."""

    title: str
    credit: str
    sums: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True, frozen=True)
class Candidate:
    """One song's sums that could matter to an issue.

    Attributes:
        song: the song's key.
        title, credit: as printed, in the sender's most used spelling.
        recordings: keys of the recordings that count for the song.
        released: earliest release date that a sender stated, or None.
        sums: for each measure, the sum in this window, then in the window before, and so on (``look_back`` + 1
            numbers); quantities after row rules and panel weights, before any ratio.
        audience: the same for audience.
        channels: how many channels reported the song in this window.
        traits: what senders say of the song besides its name, such as ``album`` or ``seconds``.
        estimated: for each measure, what of its sum in this window nobody reported, where that is anything.
        versions: the versions that count for the song, where the book counts several as one.
        prices: for each measure whose prices the book asks for, the pieces with a known price in its currency and the
            minor units of money that they brought, in this window, the one before, and so on.
    """

    song: str
    title: str
    credit: str
    recordings: tuple[str, ...] = ()
    released: date | None = None
    sums: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    audience: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    channels: int = 0
    traits: Mapping[str, str] = field(default_factory=dict)
    estimated: Mapping[str, int] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    prices: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)


@dataclass(slots=True, frozen=True)
class CandidateSet:
    """The candidates of one window, with what proves that no other song could matter.

    Attributes:
        candidates: in order of their song keys.
        k: how many of the largest songs of each measure were asked for.
        kth: for each measure the largest quantity a song that was left out can have (0: none was left out).
        market: for each measure the total of all songs, in this window, the one before, and so on.
    """

    candidates: tuple[Candidate, ...]
    k: int
    kth: Mapping[str, int]
    market: Mapping[str, tuple[int, ...]]


@dataclass(slots=True, frozen=True)
class Received:
    """What was received of a song on one day from one channel in one measure, counted or not.

    ``why_out`` is empty for what counted, else a short word such as ``short_play``, ``over_cap`` or ``repeat``.
    """

    day: date
    channel: str
    measure: str
    why_out: str
    rows: int
    quantity: int


@dataclass(slots=True, frozen=True)
class SongState:
    """What next week's rules must remember of a song that has been on the chart, as of an issue.

    ``last_position`` belongs to ``last_issue``, which need not be the issue before. ``memory`` holds what rule
    kinds noted of the song, under keys such as ``accelerated.since``; days are whole numbers like 20170707.
    ``issues`` are the numbers of the issues that it was on: the first and the last of each spell, one after another;
    where they are not all known, they are fewer than ``weeks_on_chart``. What an archive that a chart began from
    does not say of a song is None.
    """

    song: str
    title: str
    credit: str
    first_issue: date | None
    last_issue: date
    last_position: int
    peak: int
    peak_issue: date | None
    peak_weeks: int | None
    weeks_on_chart: int
    recurrent_since: date | None = None
    memory: Mapping[str, int] = field(default_factory=dict)
    issues: tuple[int, ...] = ()


@dataclass(slots=True, frozen=True)
class Joined:
    """A run that identity made part of the song ``home``, as it is by itself, under the key that it had."""

    home: str
    run: SongState


@dataclass(frozen=True)
class ChartState:
    """What a chart remembers after an issue: the issue, each song's state, and the issue's number in its life.

    ``number`` is 0 before the first issue, and where it is not known how many there were. ``joined`` holds the runs
    that became part of a song, by their own keys, so that they can be told apart when somebody takes that back.
    ``source`` says which archive it was read from, in a sentence; it is empty for what an issue of this house left.
    """

    issue_date: date | None = None
    songs: Mapping[str, SongState] = field(default_factory=dict)
    number: int = 0
    joined: Mapping[str, Joined] = field(default_factory=dict)
    source: str = ""

    @cached_property
    def standing(self) -> Mapping[str, SongState]:
        """The songs of the newest issue; the others are remembered from earlier ones."""
        return {key: song for key, song in self.songs.items() if song.last_issue == self.issue_date}

    @property
    def next_number(self) -> int:
        """The number of the next issue; 0 if it cannot be known."""
        return self.number + 1 if self.number or self.issue_date is None else 0


@dataclass(slots=True, frozen=True)
class Entry:
    """One line of a chart.

    ``previous_position`` is None for new entries and re-entries; ``movement`` is ``new``, ``re``, or the number of
    places gained (negative: lost) as text such as ``+3``, ``-2``, ``=``. ``reasons`` are the sentences of every rule
    that looked at the line, each ``(rule, sentence)``. ``markers`` are the signs printed beside it, in order.
    ``peak_issue`` and ``peak_weeks`` are None where the peak lies in an archive that does not say them.
    """

    position: int
    song: str
    title: str
    credit: str
    points: int
    previous_position: int | None
    movement: str
    peak: int
    peak_issue: date | None
    peak_weeks: int | None
    weeks_on_chart: int
    sums: Mapping[str, int]
    reasons: tuple[tuple[str, str], ...] = ()
    markers: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True)
class LeftOut:
    """A candidate that has points but no position: ``rule`` kept it off, or ``size`` did.

    ``would_be`` is where it stood before rules removed anything, or 0 when that lies deeper than the issue is proven.
    """

    song: str
    title: str
    credit: str
    points: int
    would_be: int
    rule: str
    sentence: str


@dataclass(slots=True, frozen=True)
class DropOut:
    """A song of the last issue that is not on this one, and the rule that took it off."""

    song: str
    title: str
    credit: str
    previous_position: int
    weeks_on_chart: int
    peak: int
    rule: str
    sentence: str


@dataclass(slots=True, frozen=True)
class Chart:
    """One compiled issue: what the fold makes of candidates, state, decisions and the rules in force."""

    chart: str
    title: str
    issue_date: date
    tracking_start: date
    tracking_end: date
    zone: str
    points_per_unit: int
    previous_issue: date | None
    entries: tuple[Entry, ...]
    drop_outs: tuple[DropOut, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...] = ()
    simulated: bool = False


@dataclass(slots=True, frozen=True)
class Upstream:
    """Another chart as a book reads it: its newest issue up to the date of ours.

    ``state`` is what it remembers after that issue, and ``digest`` names the edition or the draft it was read from.
    ``before`` is what it remembered, before that issue, of the songs on it; None where the reader does not need it.
    """

    chart: Chart
    state: ChartState
    digest: str = ""
    before: Mapping[str, SongState] | None = None
