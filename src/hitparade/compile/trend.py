"""How a song did from window to window, beside the market: exact, at this issue's weights, whatever it charted."""

from collections.abc import Mapping
from typing import NamedTuple

Windows = Mapping[str, tuple[int, ...]]


class Trend(NamedTuple):
    """Two windows, one after the other: points of a song and of all songs, the later one first.

    Without a market to compare with (``against`` itself) both market numbers are 1. Nothing can be said where the
    market of the earlier window is 0, as at the beginning of a house: then it neither declines nor grows.
    """

    now: int
    before: int
    market_now: int
    market_before: int

    @property
    def declines(self) -> bool:
        """Whether the song changed by a smaller part than the market did."""
        return self.now * self.market_before < self.before * self.market_now

    def grows_by(self, percent: int) -> bool:
        """Return whether the song grew by so many percentage points more than the market, or more than that."""
        ahead = 100 * (self.now * self.market_before - self.before * self.market_now)
        return self.now > 0 and self.market_before > 0 and ahead >= percent * self.before * self.market_before

    @property
    def lead(self) -> str:
        """By how many percentage points the song did better than the market, to one decimal, rounded down."""
        if not self.before or not self.market_before:
            return "from nothing"
        ahead = 1000 * (self.now * self.market_before - self.before * self.market_now)
        tenths = ahead // (self.before * self.market_before)
        whole, rest = divmod(abs(tenths), 10)
        return f"{'+' if tenths >= 0 else '-'}{whole}.{rest} points"


def points_of(sums: Windows, weights: Mapping[str, int], ago: int) -> int:
    """Return the points of the window that lies ``ago`` windows back; 0 where it was not asked for."""
    total = 0
    for measure, weight in weights.items():
        windows = sums.get(measure, ())
        if ago < len(windows):
            total += windows[ago] * weight
    return total


def markets(market: Windows, weights: Mapping[str, int], windows: int, against: str) -> tuple[int, ...]:
    """Return the market's points of this window and ``windows`` earlier ones, or ones against ``itself``."""
    if against == "itself":
        return (1,) * (windows + 1)
    return tuple(points_of(market, weights, ago) for ago in range(windows + 1))


def trend(sums: Windows, weights: Mapping[str, int], market: tuple[int, ...], ago: int = 0) -> Trend:
    """Return how a song did from the window before the one ``ago`` windows back to that one."""
    now, before = points_of(sums, weights, ago), points_of(sums, weights, ago + 1)
    return Trend(now, before, market[ago], market[ago + 1])
