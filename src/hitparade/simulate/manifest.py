"""The manifest of a simulated market: what is in it, what is wrong on purpose, and the digest of it all."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from hitparade.digest import digest_of
from hitparade.simulate import mistakes, radio
from hitparade.simulate.parts import late_day
from hitparade.simulate.plan import STREAM_B, Plan
from hitparade.simulate.writing import FileNote
from hitparade.storage import write_whole

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Part:
    """A song that plays a part in the market's stories, and which."""

    title: str
    credit: str
    isrc: str
    part: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a simulated market holds; ``digest`` is equal whenever seed, period, territories and sizes are.

    Attributes:
        rows: in all files, those that come late and those that are bad included.
        files: what arrives in time.
        late: what is withheld and stands in the folder ``late``.
        parts: the songs that play a part, the song of the acceptance case first.
        defects: what is wrong on purpose, one sentence each.
    """

    simulated: bool
    seed: int
    first: date
    last: date
    territories: tuple[str, ...]
    scale: str
    songs: int
    consumers: int
    stations: int
    rows: int
    bad_rows: int
    digest: str
    files: tuple[FileNote, ...]
    late: tuple[FileNote, ...]
    late_day: date
    parts: tuple[Part, ...]
    defects: tuple[str, ...]


def _parts(made: Plan) -> tuple[Part, ...]:
    songs = made.songs
    return tuple(
        Part(songs.title[n], songs.credit[n], songs.isrc[n], role.value)
        for role, each in songs.roles.items()
        for n in each
    )


def _defects(made: Plan) -> tuple[str, ...]:
    station, silent = radio.silent_day(made)
    twice, when = radio.repeated_day(made)
    wrong = ", ".join(what for what, _ in mistakes.MISTAKES)
    return (
        f"{mistakes.name(made)} has {len(mistakes.MISTAKES)} bad rows: {wrong}",
        f"{STREAM_B} of {made.home} delivers {late_day(made.first, made.last)} late",
        f"{station} did not report {silent}",
        f"{twice} logged three plays twice on {when}",
    )


def describe(made: Plan, files: Sequence[FileNote], late: Sequence[FileNote]) -> Manifest:
    """Return the manifest of a market whose files have been written."""
    return Manifest(
        simulated=True,
        seed=made.seed,
        first=made.first,
        last=made.last,
        territories=tuple(place.code for place in made.territories),
        scale=made.scale.name,
        songs=len(made.songs),
        consumers=sum(map(sum, made.crowds.values())),
        stations=sum(map(len, made.stations.values())),
        rows=sum(note.rows for note in (*files, *late)),
        bad_rows=len(mistakes.MISTAKES),
        digest=digest_of([(note.path, note.digest) for note in (*files, *late)]),
        files=tuple(files),
        late=tuple(late),
        late_day=late_day(made.first, made.last),
        parts=_parts(made),
        defects=_defects(made),
    )


def save(manifest: Manifest, folder: Path) -> None:
    """Write the manifest into the market's folder."""
    text = json.dumps(asdict(manifest), indent=2, ensure_ascii=False, default=str)
    write_whole(folder / NAME, (text + "\n").encode())
