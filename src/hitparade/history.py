"""``house.records``: what the published issues of a house show, its own and those that it imported."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from hitparade.records.mirror import Mirror

if TYPE_CHECKING:
    from hitparade.house import House
    from hitparade.records.cite import Citation
    from hitparade.records.held import Held
    from hitparade.records.lists import Answer
    from hitparade.records.proof import Line
    from hitparade.records.query import Ask


@dataclass
class Records:
    """The records of a house, read from its mirror."""

    house: "House"
    _mirror: Mirror | None = field(default=None, init=False, repr=False)

    @property
    def mirror(self) -> Mirror:
        """The mirror of what the house holds now; made again where something changed since the last look."""
        paths, database = self.house.paths, self.house.database
        held = self._mirror
        if held is not None and held.fresh(paths, database):
            return held
        self.close()
        self._mirror = made = Mirror.open(paths, database, self.house.engine)
        return made

    @property
    def held(self) -> "Held":
        """The mirror with the lists of awards and the books beside it: what records are asked of."""
        from hitparade.records.held import Held

        return Held(self.mirror, self.house.paths, self.house.database)

    def ask(self, name: str = "", ask: "Ask | None" = None, **said: Any) -> "Answer":  # noqa: ANN401 - an ask's own fields
        """Return the answer to a named record; without a name the songs that the filters leave."""
        from hitparade.records.lists import answer
        from hitparade.records.query import Ask

        return answer(self.held, name, ask if ask is not None else Ask(**said))

    def proof(self, answer: "Answer", ask: "Ask") -> "tuple[tuple[Line, ...], ...]":
        """Return for each row of an answer the printed lines that it rests on."""
        from hitparade.records import proof

        return proof.proof(self.held, answer, ask)

    def cite(self, chart: str, issue: date, what: str = "") -> "tuple[Citation, ...]":
        """Return the citation of an issue, or of a position or song on it."""
        from hitparade.records import cite

        return cite.cite(self.held, chart, issue, what)

    def close(self) -> None:
        """Give the memory back."""
        if self._mirror is not None:
            self._mirror.close()
            self._mirror = None
