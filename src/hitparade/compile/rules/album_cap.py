"""Album cap: of one album only the best few songs are ranked, and the chart is refilled from below.

The best ``entries`` lines of each album that are still in when this step runs stay; its others leave. The album is
what senders state as the trait ``album``, with its artist as ``album_artist`` where they say it; a song of which no
album is stated is not capped. With ``guests = "exempt"`` (default) a song that the album's artist does not lead is
neither counted nor capped: a hit of somebody else that is on the album as well. ``names`` holds names with a joining
word.

Rule E7 of the methodologies: the Dutch Single Top 100 has three songs of one album, those sold and streamed most;
guest tracks are exempt [NL1].
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hitparade.catalog.credits import roles
from hitparade.catalog.folding import fold
from hitparade.compile.context import Context
from hitparade.compile.line import Line

stage = "mark"
raises_points = False
holds_below = False


class Facts(NamedTuple):
    """The album as stated, its artist or nothing, which of its songs this is, and how many may stay.

    The number is 0 for a song that is a guest on the album.
    """

    album: str
    artist: str
    nth: int
    entries: int


def apply(lines: Sequence[Line], context: Context) -> None:
    """Take off the songs of an album beyond its best few that are still in."""
    entries, guests = int(context.params["entries"]), str(context.params.get("guests", "exempt"))
    whole = tuple(context.params.get("names") or ())
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        said = line.candidate.traits
        album, artist = said.get("album", ""), said.get("album_artist", "")
        if line.offs or not album or line.candidate.song in context.exempt:
            continue
        if artist and guests == "exempt" and not _leads(artist, line.candidate.credit, whole):
            line.stays("album_cap", Facts(album, artist, 0, entries))
            continue
        key = fold(album), fold(artist)
        seen[key] = nth = seen.get(key, 0) + 1
        facts = Facts(album, artist, nth, entries)
        if nth > entries:
            line.goes("album_cap", facts)
        else:
            line.stays("album_cap", facts)


def _leads(artist: str, credit: str, whole: tuple[str, ...]) -> bool:
    """Return whether an artist leads a credit, alone or among others."""
    return fold(artist) == fold(credit) or bool({*roles(artist, whole).leads} & {*roles(credit, whole).leads})


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: only lines above the one in question are counted."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return which song of its album this is, and how many are allowed."""
    album = f"the album {facts.album!r}" + (f" by {facts.artist}" if facts.artist else "")
    if not facts.nth:
        return f"{facts.artist} does not lead it, so it is not counted for {album}"
    if facts.nth > facts.entries:
        best = f"the best {facts.entries} count" if facts.entries > 1 else "only the best counts"
        return f"song {facts.nth} of {album}; {best}"
    return f"song {facts.nth} of {facts.entries} that {album} may have"
