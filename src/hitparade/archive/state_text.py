"""What a chart remembers as canonical text: most of it stays the same from issue to issue, and is written once."""

from dataclasses import fields, replace

from hitparade.archive.codec import encoder
from hitparade.chart import ChartState, SongState
from hitparade.digest import canonical, joined

_WITHOUT_SONGS = tuple(field.name for field in fields(ChartState) if field.name != "songs")


class StateTexts:
    """The canonical texts of the states of some issues, and of the songs in them; every value is held meanwhile."""

    def __init__(self) -> None:
        self._songs: dict[int, tuple[SongState, bytes]] = {}
        self._last: tuple[ChartState, bytes] | None = None

    def text(self, state: ChartState) -> bytes:
        """Return the canonical JSON of a state; the end of one issue is the beginning of the next."""
        if self._last is None or self._last[0] is not state:
            self._last = state, self._made(state)
        return self._last[1]

    def _made(self, state: ChartState) -> bytes:
        said = encoder(ChartState)(replace(state, songs={}))
        parts = {name: canonical(said[name]) for name in _WITHOUT_SONGS}
        return joined({**parts, "songs": joined({key: self._song(song) for key, song in state.songs.items()})})

    def _song(self, song: SongState) -> bytes:
        known = self._songs.get(id(song))
        if known is None or known[0] is not song:
            known = self._songs[id(song)] = song, canonical(encoder(SongState)(song))
        return known[1]
