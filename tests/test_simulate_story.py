"""The demo market has a story in it: what every rule of a singles chart needs in order to bite.

The chart here is a few lines over the files, made to look at the market and not to test the compiler. A
download is 600 points, a paid stream 6, an ad-funded one 1; thirty seconds at least, ten plays a person and
day, three songs a credit.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hitparade.simulate import market
from hitparade.simulate.manifest import Manifest
from hitparade.simulate.roles import Role

WEIGHTS = {"on_demand.premium": 6, "on_demand.ad_funded": 1, "download": 600}
FIRST, WEEKS, SIZE = date(2016, 1, 1), 26, 40
SUMMER_TIME = datetime(2016, 3, 27, 1)
PANEL = {f"WAA{letter}" for letter in "ABCDEFGHIJKL"}


class Market:
    """The GB streams and sales of the demo market, read once."""

    def __init__(self, folder: Path, manifest: Manifest, *, late: bool) -> None:
        files = [file for kind in ("streams", "sales") for file in sorted(folder.glob(f"gb-{kind}*.parquet"))]
        files += sorted((folder / "late").glob("*.parquet")) if late else []
        table = pa.concat_tables([pq.read_table(file) for file in files])
        self.manifest = manifest
        self.credit: dict[str, str] = {}
        self.rows: Counter[tuple[int, int, str, str | None, str, bool]] = Counter()
        for row in zip(*(table[name].to_pylist() for name in _NAMES), strict=True):
            isrc, artist, day, at, channel, measure, consumer, quantity, played = row
            if not isrc:
                continue
            if channel != "shop-b":  # it writes in capitals
                self.credit[isrc] = artist
            civil = day or (at + timedelta(hours=at >= SUMMER_TIME)).date()
            short = played is not None and played < 30_000
            song = isrc.replace("-", "")
            self.rows[(civil - FIRST).days, WEIGHTS[measure], song, consumer, channel, short] += quantity

    def charts(self, *, cap: int = 10, short: bool = False, artist: int = 3) -> list[list[str]]:
        """Return the songs of each week in order, best first."""
        points: list[Counter[str]] = [Counter() for _ in range(WEEKS)]
        for (day, weight, song, consumer, _, skipped), plays in self.rows.items():
            if skipped and not short:
                continue
            counted = min(plays, cap) if consumer and weight < 600 else plays
            points[day // 7][song] += weight * counted
        return [self._capped(sorted(week, key=lambda song: (-week[song], song)), artist) for week in points]

    def _capped(self, order: list[str], most: int) -> list[str]:
        used: Counter[str] = Counter()
        kept = []
        for song in order:
            used[self.credit.get(song, song)] += 1
            if used[self.credit.get(song, song)] <= most:
                kept.append(song)
        return kept

    def isrc(self, role: Role) -> str:
        """Return the ISRC of the first song that plays a part."""
        return next(part.isrc for part in self.manifest.parts if part.part == role.value)


_NAMES = ("isrc", "artist", "day", "at", "channel", "measure", "consumer", "quantity", "ms_played")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    folder = tmp_path_factory.mktemp("market") / "demo"
    return folder, market.write(folder)


@pytest.fixture(scope="module")
def gb(demo: tuple[Path, Manifest]) -> Market:
    return Market(*demo, late=False)


@pytest.fixture(scope="module")
def charts(gb: Market) -> list[list[str]]:
    return gb.charts()


def _place(chart: list[str], song: str) -> int | None:
    return chart.index(song) + 1 if song in chart[:SIZE] else None


def test_the_demo_is_about_a_million_rows_in_few_files(demo: tuple[Path, Manifest]) -> None:
    assert 800_000 <= demo[1].rows <= 1_500_000
    assert len(demo[1].files) <= 30


def test_songs_come_go_and_come_back(charts: list[list[str]]) -> None:
    new, back, gone, seen = [], [], [], set(charts[0][:SIZE])
    for before, now in pairwise(set(chart[:SIZE]) for chart in charts):
        new.append(len(now - seen))
        back.append(len((now & seen) - before))
        gone.append(len(before - now))
        seen |= now
    assert sum(new) > 50
    assert sum(back) >= 15
    assert min(gone) >= 1
    assert max(gone) < SIZE // 2


def test_the_song_enters_climbs_drops_out_and_is_in_the_top_twenty_at_the_end(
    gb: Market, charts: list[list[str]]
) -> None:
    run = [_place(chart, gb.isrc(Role.THE_SONG)) for chart in charts]
    assert run[:4] == [None] * 4  # the album came out on the first day of the fifth week
    assert run[4] is not None
    assert run[6] is not None
    assert run[6] < run[4]
    assert run[9:20] == [None] * 11
    assert any(run[20:22])
    assert all(place is not None and place <= 20 for place in run[-3:])


def test_the_cap_costs_the_song_of_the_bots_at_least_five_places(gb: Market, charts: list[list[str]]) -> None:
    song, free = gb.isrc(Role.BOTS), gb.charts(cap=10**9)
    for capped, uncapped in zip(charts[-5:], free[-5:], strict=True):
        assert _place(uncapped, song) is not None
        assert capped.index(song) - uncapped.index(song) >= 5


def test_the_minimum_play_costs_the_skipped_song_at_least_five_places(gb: Market, charts: list[list[str]]) -> None:
    song, all_plays = gb.isrc(Role.SKIPPED), gb.charts(short=True)
    for strict, loose in zip(charts[-5:], all_plays[-5:], strict=True):
        assert strict.index(song) - loose.index(song) >= 5


def test_an_artist_has_more_songs_in_the_top_forty_than_a_cap_of_three_lets_through(gb: Market) -> None:
    uncapped = gb.charts(artist=10**9)
    most = [max(Counter(gb.credit.get(song, song) for song in chart[:SIZE]).values()) for chart in uncapped]
    assert max(most) >= 5  # when the album comes out
    assert min(most[-4:]) >= 4


def test_the_late_day_changes_positions_of_its_own_week_only(
    demo: tuple[Path, Manifest], gb: Market, charts: list[list[str]]
) -> None:
    # Wednesday 15 June is day 166 from 1 January, so in week 23 from nought, 10 to 16 June.
    folder, manifest = demo
    assert manifest.late_day == date(2016, 6, 15)
    after = Market(folder, manifest, late=True).charts()
    changed = [week for week in range(WEEKS) if charts[week][:SIZE] != after[week][:SIZE]]
    assert changed == [23]
    song = gb.isrc(Role.SURGE)
    assert charts[23].index(song) - after[23].index(song) >= 5


def test_two_songs_of_the_same_title_are_on_the_chart_together(gb: Market, charts: list[list[str]]) -> None:
    twins = [part.isrc for part in gb.manifest.parts if part.part == Role.SAME_TITLE.value]
    assert all(_place(charts[-1], song) for song in twins)


def test_some_people_play_a_song_more_than_ten_times_a_day_and_bots_hundreds_of_times(gb: Market) -> None:
    a_day: Counter[tuple[int, str, str]] = Counter()
    for (day, _, song, consumer, channel, _), plays in gb.rows.items():
        if consumer and channel == "stream-a":
            a_day[day, song, consumer] += plays
    often = {key: plays for key, plays in a_day.items() if plays > 10}
    bots = {key for key, plays in often.items() if plays > 100}
    assert {song for _, song, _ in bots} == {gb.isrc(Role.BOTS)}
    assert len({song for _, song, _ in often.keys() - bots}) > 20


def test_the_song_climbs_on_the_radio_of_the_other_territory(demo: tuple[Path, Manifest]) -> None:
    tables = [pq.read_table(file) for file in sorted(demo[0].glob("us-airplay*.parquet"))]
    table = pa.concat_tables(tables)
    plays: dict[int, Counter[str]] = {}
    names = (table[name].to_pylist() for name in ("at", "channel", "title"))
    for at, channel, title in zip(*names, strict=True):
        if channel in PANEL:
            said = title.upper().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
            plays.setdefault((at.date() - date(2016, 1, 4)).days // 7, Counter())[said] += 1
    ours = "WE DON'T TALK ANYMORE"
    places = [1 + sum(n > plays[week][ours] for n in plays[week].values()) for week in (20, 22, 24)]
    assert places[0] > places[1] > places[2]
    assert places[2] <= 20
    assert np.array([sum(plays[week].values()) for week in range(25)]).min() > 5_000
