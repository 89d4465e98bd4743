"""Window sums held in memory: a window is summed once, and windows that are alike in one statement."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from hitparade.engine.candidates import Summing, WindowSums, alike, window_sums
from hitparade.engine.duck import Duck

_KEPT_LINES = 4_000_000
"""Lines of window sums held in memory, so that windows looked back to are summed once."""

_TOGETHER, _BYTES = 32, 8_000_000
"""Windows that are summed together, and the bytes of totals that they read, at most; a larger one is summed alone."""


@dataclass(frozen=True, slots=True)
class Windows:
    """The sums of windows, by what they are made of."""

    engine: Duck
    _held: dict[Summing, WindowSums] = field(default_factory=dict)

    def of(self, wanted: Sequence[Summing], ahead: Callable[[], Iterable[Summing]]) -> list[WindowSums]:
        """Return the sums of windows; with those that are not held yet go alike ones of ``ahead``, wanted soon."""
        found = {key: held for key in wanted if (held := self._held.get(key)) is not None}
        if missing := [key for key in wanted if key not in found]:
            for some in self._together(missing[::-1], ahead()):
                made = dict(zip(some, window_sums(self.engine, *some), strict=True))
                self._held.update(made)
                found.update(made)
            self._forget()
        return [found[key] for key in wanted]

    def _together(self, missing: Sequence[Summing], ahead: Iterable[Summing]) -> Iterator[list[Summing]]:
        """Give the missing windows, the earliest first, as many at a time as are alike and hold little."""
        some, size, left = list[Summing](), 0, set(missing)
        for key in chain(missing, (key for key in ahead if key not in self._held)):
            more = sum(file.stat().st_size for file in key.files)
            if some and (len(some) == _TOGETHER or size + more > _BYTES or not alike(some[-1], key)):
                yield some
                some, size = [], 0
                if not left:
                    return
            some.append(key)
            size += more
            left.discard(key)
        yield some

    def _forget(self) -> None:
        while len(self._held) > 1 and sum(len(each.recordings) for each in self._held.values()) > _KEPT_LINES:
            del self._held[next(iter(self._held))]
