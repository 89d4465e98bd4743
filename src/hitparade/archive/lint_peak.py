"""Why published peaks differ from the issues held: walked along one run, with the best place so far."""

from collections.abc import Iterator, Sequence

from hitparade.archive.lint_known import Difference, Known, Reason
from hitparade.archive.lint_weeks import history


def peak(known: Known, run: Sequence[int]) -> Iterator[Difference]:
    """Give the differences in peaks of a run, each issue once."""
    yield from _Best(known, run).tell()


class _Best:
    """The best position in the archive, and the best place by the publisher's numbers, with why it is that."""

    def __init__(self, known: Known, run: Sequence[int]) -> None:
        self.known, self.lines, self.run = known, known.lines, run
        self.plain = self.plain_line = self.best = self.best_line = -1
        self.told: Reason | None = None

    def tell(self) -> Iterator[Difference]:
        """Give the differences."""
        for place, line in enumerate(self.run):
            self._reach(place, line)
            published = self.lines.peak[line]
            if published is None:
                continue
            if published == self.plain:
                self.best, self.best_line, self.told = self.plain, self.plain_line, None
                continue
            if published != self.best:
                reason, lasts = self._event(place, line, published)
                if not lasts:
                    yield Difference(line, "peak", self.plain, reason)
                    continue
                self.best, self.best_line, self.told = published, line, reason
            yield Difference(line, "peak", self.plain, self.told or self._shifted())

    def _reach(self, place: int, line: int) -> None:
        position, stood = self.lines.position[line], self.known.stood(line)
        if not place or position < self.plain:
            self.plain, self.plain_line = position, line
        if not place or stood < self.best:
            self.best, self.best_line, self.told = stood, line, None

    def _shifted(self) -> Reason:
        """Return why the best place by the publisher's numbers is not the best position in the archive."""
        return self.known.shift_of(self.plain_line if self.plain < self.best else self.best_line)

    def _event(self, place: int, line: int, published: int) -> tuple[Reason, bool]:
        """Return why a peak is none of the places so far, and whether it stays."""
        lines, at, day = self.lines, self.lines.at[line], self.lines.issues[self.lines.at[line]]
        before = self.run[place - 1] if place else None
        if published < self.best and (reason := self._unseen(line, published, before)):
            return reason, True
        if before is not None and (line in self.known.restarts or lines.weeks[line] == 1):
            return Reason("weeks-begin-again", at, f"its peak begins again on {day}"), True
        stays = self._stays(place, published)
        if published > self.best and before is not None and published == lines.peak[before]:
            why = f"the peak stays {published} though it stands at {lines.position[line]} on {day}"
            return Reason("not-brought-up", at, why), stays
        said = f"a peak of {published} on {day}, where {self.best} is the best so far"
        return Reason("wrong-from-here" if stays else "wrong-once", at, said), stays

    def _unseen(self, line: int, published: int, before: int | None) -> Reason | None:
        """Return in which time that no issue held covers a peak was reached, if there is one."""
        at, weeks = self.lines.at[line], self.lines.weeks[line]
        if before is not None:
            return self.known.unseen(self.lines.at[before], at, 1)
        if weeks is not None:
            return history(self.known, line, weeks - 1) if weeks > 1 else None
        if at and self.lines.last[line] is not None:
            return self.known.elsewhere(line)
        return Reason("before-archive", at, f"its peak of {published} is older than the issues held")

    def _stays(self, place: int, published: int) -> bool:
        """Return whether the next line keeps a peak, or betters it."""
        if place + 1 == len(self.run):
            return False
        after = self.run[place + 1]
        said = self.lines.peak[after]
        return said is not None and said == min(published, self.known.stood(after))
