"""What would have been of charts that a chart reads: folded again beside it where a what-if touches them.

Other rules for a chart say little when they hold for a chart that it reads as well, and that one is taken as it was
published. So each chart that is read is folded again from its own sealed inputs, issue by issue as its reader comes to
them, if the what-if speaks of it; what is taken as published is said, with the reason.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from hitparade.archive import drafts, index
from hitparade.chart import Upstream
from hitparade.compile.compiled import Compiled
from hitparade.errors import BookError, CompileError, NotInForceError
from hitparade.rulebook.book import Book
from hitparade.rulebook.rules import Rules
from hitparade.showing import standing

if TYPE_CHECKING:
    from hitparade.house import House
    from hitparade.supposing import Week

_KEPT = 12
"""So many newest issues of a chart are held: charts that read one another are dated within days."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was done with a chart that is read.

    Attributes:
        why: why it was taken as published; empty when it was folded again.
        days: the issues that were folded again.
        changed: on how many of them another song stands at a position.
        unproved: the issues that their sealed inputs do not prove, each with the reason.
    """

    chart: str
    why: str
    days: tuple[date, ...] = ()
    changed: int = 0
    unproved: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Laid:
    """The rules to suppose for a chart that is read: a book, or why there is none."""

    book: Book | None
    why: str = ""


Walked = Iterator[tuple["Week", Compiled]]
Walk = Callable[[Book, date | None, "Readings"], Walked]
"""Fold the issues of a chart again, from a date on or from its first one at hand."""


class Readings:
    """The charts that the issues of one stretch read, each folded again at most once.

    Each begins with the first of its issues that is read, or ``whole`` with the first one at hand.
    """

    def __init__(self, house: "House", reader: str, rules: Callable[[str], Laid], walk: Walk, *, whole: bool) -> None:
        self.house, self.reader, self.rules, self.walk, self.whole = house, reader, rules, walk, whole
        self._lives: dict[str, _Life | str] = {}

    def of(self, issue: Compiled, rules: Rules) -> tuple[Mapping[str, Upstream], tuple[str, ...]]:
        """Return what an issue reads under other rules, and what of it is not certain."""
        found, doubts = dict(issue.upstream), []
        for chart in rules.upstream:
            sealed = issue.upstream.get(chart)
            day = sealed.chart.issue_date if sealed else self._newest(chart, issue.chart.issue_date)
            life = self._life(chart, day) if day else None
            if isinstance(life, _Life) and day:
                again, doubt = life.on(day)
                found |= {chart: again} if again else {}
                doubts += [f"{chart} {day} {doubt}"] if doubt else []
            elif day and not sealed:
                made, _, digest = standing(self.house, chart, day)
                found[chart] = made.as_read(digest)
        return dict(sorted(found.items())), tuple(doubts)

    def told(self) -> tuple[Read, ...]:
        """Return what was done with each chart that was read."""
        lives = sorted(self._lives.items())
        return tuple(Read(chart, life) if isinstance(life, str) else life.told() for chart, life in lives)

    def _life(self, chart: str, day: date) -> "_Life | str":
        if chart not in self._lives:
            laid = self.rules(chart)
            walked = self.walk(laid.book, None if self.whole else day, self) if laid.book else None
            self._lives[chart] = laid.why if walked is None else _Life(chart, walked)
        return self._lives[chart]

    def _newest(self, chart: str, issue_date: date) -> date | None:
        """Return the newest issue of a chart at hand up to a date."""
        return max((day for day in issues_at_hand(self.house, chart) if day <= issue_date), default=None)


class _Life:
    """A chart that is read, folded again as far as its readers have come."""

    def __init__(self, chart: str, walked: Walked) -> None:
        self.chart, self._walked = chart, walked
        self._held: dict[date, tuple[Upstream, str]] = {}
        self._seen: list[tuple[date, bool, str]] = []

    def on(self, day: date) -> tuple[Upstream | None, str]:
        """Return its issue of a date and why it is not certain; nothing where it cannot be folded again."""
        while not self._seen or self._seen[-1][0] < day:
            week, made = next(self._walked, (None, None))
            if week is None or made is None:
                break
            self._seen.append((week.issue_date, week.changed, week.unproved))
            doubt = f"is not proved: {week.unproved}" if week.unproved else ""
            self._held[week.issue_date] = made.as_read(drafts.draft_digest(made)), doubt
            for old in tuple(islice(self._held, max(0, len(self._held) - _KEPT))):
                del self._held[old]
        missing = "is not here to be folded again, so it is read as it was sealed"
        return self._held.get(day, (None, missing))

    def told(self) -> Read:
        """Return what was done with the chart."""
        days = tuple(day for day, _, _ in self._seen)
        changed = sum(changed for _, changed, _ in self._seen)
        unproved = tuple((day, why) for day, _, why in self._seen if why)
        return Read(self.chart, "", days, changed, unproved)


def issues_at_hand(house: "House", chart: str) -> tuple[date, ...]:
    """Return the issue dates that have an edition in force or a draft, in order."""
    drafted = {row.issue_date for row in drafts.drafts(house.database, chart)}
    return tuple(sorted(drafted | {row.issue_date for row in index.chain(house.database, chart)}))


def laid_by(house: "House", chart: str, other: Callable[[Book], Book | None], why_not: str) -> Laid:
    """Return the rules to suppose for a chart; ``other`` gives None where the what-if does not touch it."""
    try:
        book = other(house.book(chart))
    except NotInForceError as error:
        return Laid(None, str(error))
    except (BookError, CompileError) as error:
        if chart in house.books():
            raise
        return Laid(None, str(error))
    return Laid(book, "" if book else why_not)
