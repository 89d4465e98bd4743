"""``house.records``: what the published issues of a house show, its own and those that it imported."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from hitparade.records.mirror import Mirror

if TYPE_CHECKING:
    from hitparade.house import House
    from hitparade.records.artist import ArtistHistory
    from hitparade.records.cite import Citation
    from hitparade.records.compare import Comparison
    from hitparade.records.finding import Found
    from hitparade.records.held import Held
    from hitparade.records.lists import Answer
    from hitparade.records.proof import Line
    from hitparade.records.query import Ask
    from hitparade.records.song import SongHistory
    from hitparade.records.this_week import ThisWeek


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

    def songs(self, text: str, chart: str = "", on: date | None = None) -> "tuple[Found, ...]":
        """Return the songs that a title, "title - artist" or "artist title" means, in any spelling."""
        from hitparade.records import finding

        return finding.songs(self.mirror, text, self.series(chart), on)

    def one_song(self, text: str, chart: str = "", on: date | None = None) -> "Found":
        """Return the one song that a name means; :class:`AmbiguousError` lists those that share it."""
        from hitparade.records import finding

        return finding.one(self.mirror, text, self.series(chart), on)

    def song(self, song: "str | Found", chart: str = "", on: date | None = None) -> "SongHistory":
        """Return a song's run on every chart, or on one, as of a day."""
        from hitparade.records.song import history

        found = self.one_song(song, chart, on) if isinstance(song, str) else song
        return history(self.mirror, found, self.series(chart), on)

    def compare(self, songs: "Sequence[str | Found]", chart: str = "", on: date | None = None) -> "Comparison":
        """Return songs side by side on a chart, or on the one that has most of them all, as of a day."""
        from hitparade.errors import UsageError
        from hitparade.records.compare import common, compare

        found = [self.one_song(each, chart, on) if isinstance(each, str) else each for each in songs]
        if len({each.song for each in found}) < 2:  # noqa: PLR2004 - a comparison is of two
            raise UsageError("a comparison is of two songs or more; allowed: names of different songs")
        numbers, names = [each.song for each in found], [each.name for each in found]
        series = self.series(chart) or common(self.mirror, numbers, names)
        return compare([self.song(each, series, on) for each in found])

    def artist(self, name: str, chart: str = "", on: date | None = None, role: str = "credited") -> "ArtistHistory":
        """Return an artist's songs on every chart, or on one, as of a day, in a role."""
        from hitparade.catalog.who import load_all
        from hitparade.records.artist import history
        from hitparade.records.mirror_keys import who_folders
        from hitparade.records.query_names import artist_called

        who = load_all(who_folders(self.house.paths))
        return history(self.mirror, who, artist_called(self.held, name), self.series(chart), on, role)

    def this_week(self, chart: str = "", day: date | None = None) -> "ThisWeek":
        """Return a chart's issues of the week of ``day`` in earlier years; of today's if not said."""
        from hitparade.records.query_names import series_called
        from hitparade.records.this_week import this_week

        series = series_called(self.held, chart, kinds=("archive", "compiled", "both")).id
        return this_week(self.mirror, series, day or self.house.clock().date())

    def series(self, chart: str) -> str:
        """Return the id of the series that a chart's id or title means; nothing for nothing."""
        from hitparade.records.query_names import series_called

        return series_called(self.held, chart).id if chart else ""

    def close(self) -> None:
        """Give the memory back."""
        if self._mirror is not None:
            self._mirror.close()
            self._mirror = None
