"""Small charts made by hand, for tests of the fold."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from hitparade.chart import Candidate, CandidateSet, ChartState, SongState
from hitparade.compile.fold import Step, step
from hitparade.rulebook.rules import IssueDates, Panel, Profile, Rules
from hitparade.weeks import window

FIRST = date(2016, 1, 1)
"""A Friday, the first day that counts for issue 0, which is dated a week later."""

Params = Mapping[str, Mapping[str, Any]]


def issue(n: int) -> date:
    """The date of issue ``n``."""
    return FIRST + timedelta(7 * (n + 1))


def rules(n: int = 0, *, size: int = 3, params: Params | None = None, **changes: Any) -> Rules:  # noqa: ANN401 - any field
    """Rules for issue ``n``: one download is one point unless ``weights`` say otherwise."""
    made = Rules(
        chart="test",
        title="Test chart",
        publisher="Nobody",
        territory="GB",
        issue=IssueDates(issue(n), window(FIRST + timedelta(7 * n), time(), "UTC")),
        size=size,
        weights={"download": 1},
        points_per_unit=1,
        profile=Profile(),
        panel=Panel(),
        steps=tuple(params or ()),
        params=params or {},
        ties=("previous_position", "id"),
        shared="no",
        look_back=0,
        cuts=frozenset(),
        values=(),
    )
    return replace(made, **changes)


def song(key: str, points: int, credit: str = "", **changes: Any) -> Candidate:  # noqa: ANN401 - any field
    """A candidate with that many downloads; its artist is its own unless ``credit`` says otherwise."""
    return replace(Candidate(key, key.title(), credit or f"Artist of {key}", sums={"download": (points,)}), **changes)


def week(songs: Iterable[Candidate] | Mapping[str, int], kth: int = 0) -> CandidateSet:
    """The candidates of a week: every song there is, unless ``kth`` says that some were left out."""
    made = [song(key, points) for key, points in songs.items()] if isinstance(songs, Mapping) else list(songs)
    total = sum(each.sums.get("download", (0,))[0] for each in made)
    return CandidateSet(tuple(sorted(made, key=lambda each: each.song)), 300, {"download": kth}, {"download": (total,)})


def remembered(key: str, weeks: int, last: int, n: int = -1, **changes: Any) -> SongState:  # noqa: ANN401 - any field
    """A song that has been on the chart for ``weeks`` issues, last at position ``last`` on issue ``n``."""
    made = SongState(
        key, key.title(), f"Artist of {key}", issue(n - weeks + 1), issue(n), last, last, issue(n), 1, weeks
    )
    return replace(made, **changes)


def state(*songs: SongState, n: int = -1) -> ChartState:
    """What the chart remembers after issue ``n``."""
    return ChartState(issue(n), {each.song: each for each in songs})


def fold(
    songs: Iterable[Candidate] | Mapping[str, int],
    before: ChartState | None = None,
    **changes: Any,  # noqa: ANN401 - any field
) -> Step:
    """Issue 0 of those songs under :func:`rules`."""
    decisions, upstream = changes.pop("decisions", ()), changes.pop("upstream", None)
    return step(week(songs), before or ChartState(), decisions, rules(**changes), upstream=upstream)


def printed(made: Step) -> list[tuple[int, str]]:
    """The chart as positions and songs."""
    return [(entry.position, entry.song) for entry in made.chart.entries]
