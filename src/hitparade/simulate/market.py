"""A whole market, from a seed to a folder of files and a manifest."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hitparade.errors import HouseError, UsageError
from hitparade.simulate import manifest, mistakes, plan, radio
from hitparade.simulate.listeners import streams
from hitparade.simulate.manifest import Manifest
from hitparade.simulate.parts import late_day
from hitparade.simulate.plan import SCALES, STREAM_B, Plan, Scale
from hitparade.simulate.reports import sales, stream_b
from hitparade.simulate.roles import ROLES
from hitparade.simulate.territories import Territory, territory
from hitparade.simulate.writing import EntriesFile, FileNote

FIRST, LAST = date(2016, 1, 1), date(2016, 6, 30)
PERIODS = {"small": (date(2016, 5, 27), date(2016, 6, 23)), "demo": (FIRST, LAST), "large": (FIRST, LAST)}
LATE = "late"


def write(
    folder: Path,
    seed: int = 1,
    first: date | None = None,
    last: date | None = None,
    territories: Sequence[str] = ("GB", "US"),
    scale: str | Scale = "demo",
    advance: Callable[[int, str], None] | None = None,
) -> Manifest:
    """Write a simulated market into ``folder`` and return its manifest, which is also written there.

    ``advance(1, path)`` is called after each file.

    Raises:
        UsageError: the period, the seed, a territory or the scale makes no sense.
        HouseError: the folder is not empty.
    """
    size = _scale(scale)
    usual = PERIODS.get(size.name, (FIRST, LAST))
    made = plan.build(seed, *_period(seed, first or usual[0], last or usual[1]), _places(territories), size)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise HouseError(f"{folder}: this folder is not empty; a simulated market needs an empty or a new folder")
    (folder / LATE).mkdir(parents=True)
    files = []
    for note in _in_time(made, folder):
        files.append(note)
        if advance:
            advance(1, note.path)
    files.sort(key=lambda note: note.path)
    late = [_late(made, folder)]
    described = manifest.describe(made, files, late)
    manifest.save(described, folder)
    return described


def _scale(scale: str | Scale) -> Scale:
    if isinstance(scale, Scale):
        return scale
    if scale not in SCALES:
        raise UsageError(f"--scale: {scale!r} is not a size; allowed: {', '.join(SCALES)}")
    return SCALES[scale]


def sized(scale: str, songs: int | None, consumers: int | None) -> Scale:
    """Return a scale by name, with other numbers of songs or consumers when they are given."""
    made, least = _scale(scale), sum(ROLES.values()) * 2
    if songs is not None and not least <= songs < 100_000:  # noqa: PLR2004 - five digits in an ISRC
        raise UsageError(f"--songs: {songs} is not possible; allowed: {least} to 99999")
    if consumers is not None and not 20 <= consumers <= 1_000_000:  # noqa: PLR2004
        raise UsageError(f"--consumers: {consumers} is not possible; allowed: 20 to 1000000")
    return replace(made, songs=songs or made.songs, consumers=consumers or made.consumers)


def _period(seed: int, first: date, last: date) -> tuple[date, date]:
    if seed < 0:
        raise UsageError(f"--seed: {seed} is below nought; allowed: 0, 1, 2 …")
    if not timedelta(13) <= last - first <= timedelta(3660):
        raise UsageError(f"--from {first} --to {last}: a market lasts from 14 days to ten years")
    return first, last


def _places(codes: Sequence[str]) -> tuple[Territory, ...]:
    if not codes or len(set(codes)) != len(codes):
        raise UsageError(f"--territories {','.join(codes)}: name one territory or several different ones")
    return tuple(territory(code) for code in codes)


def _months(made: Plan) -> Iterator[tuple[str, list[date]]]:
    """Give each month and its days; the day after the end goes with the last, for its evening in the west."""
    days = [made.first + timedelta(n) for n in range((made.last - made.first).days + 2)]
    months: dict[str, list[date]] = {}
    for day in days:
        months.setdefault(min(day, made.last).strftime("%Y-%m"), []).append(day)
    yield from months.items()


def _file(made: Plan, folder: Path, name: str, supplier: str) -> EntriesFile:
    return EntriesFile(folder / f"{name}.parquet", made.words, made.seed, f"SIMULATED {supplier}")


def _in_time(made: Plan, folder: Path) -> Iterator[FileNote]:
    withheld = late_day(made.first, made.last)
    for place in made.territories:
        code = place.code.lower()
        for month, days in _months(made):
            with _file(made, folder, f"{code}-streams-{month}", f"streams {place.code}") as file:
                for day in days:
                    file.add(streams(made, place, day))
                    if day <= made.last and (place.code, day) != (made.home, withheld):
                        file.add(stream_b(made, place, day))
            yield file.note(folder)
            yield _airplay(made, place, folder, month, days)
        with _file(made, folder, f"{code}-sales", f"sales {place.code}") as file:
            for n in range((made.last - made.first).days + 1):
                file.add(sales(made, place, made.first + timedelta(n)))
        yield file.note(folder)
    yield mistakes.write(made, folder)


def _airplay(made: Plan, place: Territory, folder: Path, month: str, days: list[date]) -> FileNote:
    week, lists = -1, []
    with _file(made, folder, f"{place.code.lower()}-airplay-{month}", f"airplay {place.code}") as file:
        for day in days:
            if radio.week_of(day) != week:
                week, lists = radio.week_of(day), radio.playlists(made, place.code, day)
            file.add(radio.airplay(made, place, day, lists))
    return file.note(folder)


def _late(made: Plan, folder: Path) -> FileNote:
    day = late_day(made.first, made.last)
    name = f"{LATE}/{made.home.lower()}-{STREAM_B}-{day}"
    with _file(made, folder, name, f"streams {made.home}") as file:
        file.add(stream_b(made, made.territories[0], day))
    return file.note(folder)
