"""The manifest of a world market: what every channel counts, which stations have which format, and the digest."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from hitparade.digest import digest_of
from hitparade.simulate.manifest import NAME, Part
from hitparade.simulate.world.plan import BY_PLAY, DETECTION, ON_DEMAND_AD, ON_DEMAND_PREMIUM, SERVICES, World
from hitparade.simulate.writing import FileNote
from hitparade.storage import write_whole


@dataclass(frozen=True, slots=True)
class WorldManifest:
    """What a world market holds; ``digest`` is equal whenever seed, period, territories and scale are.

    Attributes:
        measures: what each service and shop reports; stations report detections.
        stations: for each territory the stations of each format.
    """

    simulated: bool
    seed: int
    first: date
    last: date
    territories: tuple[str, ...]
    scale: str
    songs: int
    measures: Mapping[str, tuple[str, ...]]
    stations: Mapping[str, Mapping[str, tuple[str, ...]]]
    rows: int
    digest: str
    files: tuple[FileNote, ...]
    parts: tuple[Part, ...]


def _measures() -> dict[str, tuple[str, ...]]:
    told: dict[str, tuple[str, ...]] = {}
    for each in SERVICES:
        told[each.channel] = (*told.get(each.channel, ()), each.measure)
    return {**told, BY_PLAY: (ON_DEMAND_PREMIUM, ON_DEMAND_AD), "every station": (DETECTION,)}


def _by_format(stations: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {
        kind: tuple(name for name, own in stations.items() if own == kind) for kind in dict.fromkeys(stations.values())
    }


def describe(world: World, files: Sequence[FileNote]) -> WorldManifest:
    """Return the manifest of a world whose files have been written."""
    songs = world.songs
    return WorldManifest(
        simulated=True,
        seed=world.seed,
        first=world.first,
        last=world.last,
        territories=tuple(place.code for place in world.places),
        scale=world.scale.name,
        songs=len(songs),
        measures=_measures(),
        stations={code: _by_format(stations) for code, stations in world.stations.items()},
        rows=sum(note.rows for note in files),
        digest=digest_of([(note.path, note.digest) for note in files]),
        files=tuple(files),
        parts=tuple(
            Part(songs.title[n], songs.credit[n], songs.isrc[n], role.value)
            for role, each in songs.roles.items()
            for n in each
        ),
    )


def save(manifest: WorldManifest, folder: Path) -> None:
    """Write the manifest into the folder."""
    text = json.dumps(asdict(manifest), indent=2, ensure_ascii=False, default=str)
    write_whole(folder / NAME, (text + "\n").encode())
