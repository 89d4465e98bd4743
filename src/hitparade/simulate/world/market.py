"""A whole world, from a seed to a folder of files and a manifest."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from hitparade.errors import HouseError, UsageError
from hitparade.simulate.world import manifest, plan, radio, reports, sample
from hitparade.simulate.world.manifest import WorldManifest
from hitparade.simulate.world.places import PLACES, Place, places
from hitparade.simulate.world.plan import SCALES, Scale, World
from hitparade.simulate.writing import EntriesFile, FileNote

FIRST, LAST = date(2015, 12, 4), date(2017, 12, 28)
"""A Friday and a Thursday: 108 weeks, so that every week of 2016 and 2017 has one before it."""
SMALL = (date(2016, 12, 2), date(2017, 1, 26))


def write(
    folder: Path,
    seed: int = 1,
    first: date | None = None,
    last: date | None = None,
    territories: Sequence[str] = (),
    scale: str | Scale = "demo",
    advance: Callable[[int, str], None] | None = None,
) -> WorldManifest:
    """Write a simulated world into ``folder`` and return its manifest, which is also written there.

    ``advance(1, path)`` is called after each file. No territories means all.

    Raises:
        UsageError: the period, the seed, a territory or the scale makes no sense.
        HouseError: the folder is not empty.
    """
    size = sized(scale)
    usual = SMALL if size.name == "small" else (FIRST, LAST)
    period = _period(seed, first or usual[0], last or usual[1])
    world = plan.build(seed, *period, places(tuple(territories) or tuple(PLACES)), size)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise HouseError(f"{folder}: this folder is not empty; a simulated market needs an empty or a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for note in _files(world, folder):
        files.append(note)
        if advance:
            advance(1, note.path)
    made = manifest.describe(world, files)
    manifest.save(made, folder)
    return made


def sized(scale: str | Scale) -> Scale:
    """Return the scale of that name; an unknown one is refused with those that are known."""
    if isinstance(scale, Scale):
        return scale
    if scale not in SCALES:
        raise UsageError(f"--scale: {scale!r} is not a size; allowed: {', '.join(SCALES)}")
    return SCALES[scale]


def _period(seed: int, first: date, last: date) -> tuple[date, date]:
    if seed < 0:
        raise UsageError(f"--seed: {seed} is below nought; allowed: 0, 1, 2 …")
    if not timedelta(6) <= last - first <= timedelta(3660):
        raise UsageError(f"--from {first} --to {last}: a world lasts from seven days to ten years")
    return first, last


def _files(world: World, folder: Path) -> Iterator[FileNote]:
    """Give one file a territory: single plays lie on UTC days, and no two files may tell of the same one."""
    days = [world.first + timedelta(n) for n in range((world.last - world.first).days + 1)]
    for place in world.places:
        path = folder / f"{place.code.lower()}.parquet"
        with EntriesFile(path, world.words, world.seed, f"SIMULATED world {place.code}") as file:
            _fill(file, world, place, days)
        yield file.note(folder)


def _fill(file: EntriesFile, world: World, place: Place, days: Sequence[date]) -> None:
    monday, lists = date.min, tuple[radio.Playlist, ...]()
    for day in days:
        if day - timedelta(day.weekday()) != monday:
            monday = day - timedelta(day.weekday())
            lists = radio.playlists(world, place, monday)
        file.add(reports.daily(world, place, day))
        file.add(radio.airplay(world, place, day, lists))
        file.add(sample.plays(world, place, day))
