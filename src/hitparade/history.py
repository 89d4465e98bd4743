"""``house.records``: what the published issues of a house show, its own and those that it imported."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hitparade.records.mirror import Mirror

if TYPE_CHECKING:
    from hitparade.house import House


@dataclass
class Records:
    """The records of a house, read from its mirror."""

    house: "House"
    _mirror: Mirror | None = field(default=None, init=False, repr=False)

    @property
    def mirror(self) -> Mirror:
        """The mirror of what the house holds now; made again where something changed since the last look."""
        paths, database, config = self.house.paths, self.house.database, self.house.config
        held = self._mirror
        if held is not None and held.fresh(paths, database):
            return held
        self.close()
        self._mirror = made = Mirror.open(paths, database, threads=config.threads, memory_limit=config.memory_limit)
        return made

    def close(self) -> None:
        """Give the memory back."""
        if self._mirror is not None:
            self._mirror.close()
            self._mirror = None
