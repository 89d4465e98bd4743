"""What a book says for one issue: the values in force, ready for compiling and for printing.

A :class:`Rules` is made by ``rulebook.inforce`` and sealed with every edition, so it turns into JSON and back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hitparade.counting import Bulk, Counting, Floor, PanelRow, Products, Strike
from hitparade.weeks import Window


@dataclass(slots=True, frozen=True)
class Value:
    """One dated value in force.

    Attributes:
        key: where it stands in the book, for instance ``size`` or ``units."on_demand.premium"``.
        since: the day from which it is in force, by its block's own kind of date.
        dated_by: that kind: ``tracking_start`` or ``issue_date``.
        value: a number, text or table, without source and confidence.
        source: the citation.
        confidence: ``published``, ``reported``, ``estimated`` or ``undisclosed``.
        between: the range of a value that is not published, or None.
        what_if: True when a what-if put it there.
    """

    key: str
    since: date
    dated_by: str
    value: Any
    source: str
    confidence: str = "published"
    between: tuple[int, int] | None = None
    what_if: bool = False


@dataclass(slots=True, frozen=True)
class Profile:
    """The counting profile: the rules that must see single rows. An engine applies it; totals carry its digest.

    ``minimum_play`` and ``cap`` map a measure, or a use with ``.*`` for all its tiers, to milliseconds and to plays
    a day of one consumer at one channel. ``repeats`` is ``count`` or ``once`` (equal channel, instant, consumer and
    recording count once). ``events`` names by measure the event of a sale that counts, ``floor`` the least price and
    ``bulk`` how much of one customer and product counts. ``struck`` are rows that decisions take out. ``zones`` are the
    zones of channels whose days are those of their own clock. ``products`` says by measure of which products a sale
    counts, and for which of their songs.
    """

    minimum_play: Mapping[str, int] = field(default_factory=dict)
    cap: Mapping[str, int] = field(default_factory=dict)
    repeats: str = "count"
    events: Mapping[str, str] = field(default_factory=dict)
    floor: Mapping[str, Floor] = field(default_factory=dict)
    bulk: Mapping[str, Bulk] = field(default_factory=dict)
    struck: tuple[Strike, ...] = ()
    zones: Mapping[str, str] = field(default_factory=dict)
    products: Mapping[str, Products] = field(default_factory=dict)


@dataclass(slots=True, frozen=True)
class Panel:
    """The channels that count, with whole-number weights; ``None`` for channels means every channel at weight 1.

    ``rows`` are weights by daypart and span of days, in place of ``weights``. With ``measures`` it is for those alone.
    """

    weights: Mapping[str, int] | None = None
    rows: tuple[PanelRow, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True)
class IssueDates:
    """When an issue is dated and what it tracks."""

    issue_date: date
    window: Window


@dataclass(slots=True, frozen=True)
class Rules:
    """The rules of one chart in force for one issue.

    Attributes:
        weights: for each measure that counts, the whole number a quantity is multiplied by.
        points_per_unit: how many points make one of the book's units; ``weights[m] / points_per_unit`` is exact.
        steps: the rule kinds in the declared order, each a module of ``compile.rules``.
        params: for each step, its parameters in force (absent: the step does nothing for this issue).
        ties: keys in order, the last always ``id``.
        shared: ``no``, ``competition`` (1, 2, 2, 4) or ``dense`` (1, 2, 2, 3).
        look_back: how many earlier windows the steps read.
        cuts: (weekday, "HH:MM") at which days must be cut for this book's windows.
        values: everything above as dated, sourced values, in the order of the book.
        cuts_of: the same by measure, for measures with hours or a window of their own.
        counting: what is added up beyond the quantities of one window.
        versions: for each song the keys of the other versions that count for it.
        repeats: whether the issue repeats the one before, whatever was consumed.
        upstream: the ids of the charts that must be compiled first, because the book reads them.
    """

    chart: str
    title: str
    publisher: str
    territory: str
    issue: IssueDates
    size: int
    weights: Mapping[str, int]
    points_per_unit: int
    profile: Profile
    panel: Panel
    steps: tuple[str, ...]
    params: Mapping[str, Mapping[str, Any]]
    ties: tuple[str, ...]
    shared: str
    look_back: int
    cuts: frozenset[tuple[int, str]]
    values: tuple[Value, ...]
    upstream: tuple[str, ...] = ()
    repeats: bool = False
    versions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cuts_of: Mapping[str, frozenset[tuple[int, str]]] = field(default_factory=dict)
    counting: Counting = field(default_factory=Counting)
