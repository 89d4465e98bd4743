"""Small ledgers and books for hypothesis, each as the oracle reads them and as hitparade does."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

import oracle
from hitparade.chart import Candidate, CandidateSet
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.rulebook.book import Book
from hitparade.rulebook.calendar import issues
from hitparade.rulebook.inforce import rules_for
from hitparade.rulebook.load import make
from hitparade.rulebook.rules import Rules
from ledger_maker import Row

FIRST, CHANGE = date(2016, 3, 11), date(2016, 3, 25)
"""Fridays. New York changes its clocks on 13 March, London on 27 March 2016."""
WEEKS = 5
MEASURES = ("download", "on_demand.premium", "on_demand.ad_funded", "detection")
SPELLINGS = (
    ("", "Alpha", "Ann", None), ("", "ALPHA!", "ann", None), ("GBAAA1600001", "Alpha (Live)", "Ann feat. Bob", None),
    ("GBAAA1600001", "", "", None), ("", "Beta", "Ann", None), ("", "Gamma", "Ann ft. Cid", date(2014, 3, 18)),
    ("", "Delta", "Bob", date(2014, 3, 24)), ("GBAAA1600002", "Delta", "Bob featuring Ann", date(2014, 4, 30)),
    ("GBAAA1600003", "", "", None), ("", "Épsilon", "Cid", date(2014, 2, 11)), ("", "Zeta", "Eve", None),
)  # fmt: skip
"""Eight songs; the release days are two years or 25 months before the start of a week, or a day off."""

rows = st.builds(
    lambda said, when, hour, by_day, rest: {
        **dict(zip(("isrc", "title", "artist", "released"), said, strict=True)),
        "at": None if by_day else datetime(FIRST.year, FIRST.month, FIRST.day) + timedelta(when, hours=hour),
        "day": FIRST + timedelta(when) if by_day else None,
        **rest,
    },
    st.sampled_from(SPELLINGS),
    st.integers(-8, 7 * WEEKS),
    st.sampled_from([0, 4, 5, 6, 10, 11, 23]),
    st.booleans(),
    st.fixed_dictionaries(
        {
            "territory": st.sampled_from(["GB"] * 9 + ["IE"]),
            "channel": st.sampled_from("ABC"),
            "measure": st.sampled_from(["download", "download", "download", *MEASURES]),
            "quantity": st.integers(1, 4),
            "ms_played": st.sampled_from([None, 20_000, 30_000]),
            "consumer": st.sampled_from([None, "a" * 16, "b" * 16]),
        }
    ),
)
ledgers = st.lists(rows, min_size=40, max_size=110)


def dated(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One value from the start, or another one from the third week on as well."""
    first = values.map(lambda value: [(FIRST, value)])
    return first | st.tuples(values, values).map(lambda two: [(FIRST, two[0]), (CHANGE, two[1])])


tiers = st.lists(
    st.fixed_dictionaries({"weeks": st.integers(1, 3), "below": st.integers(1, 4)}), min_size=1, max_size=2
)
recurrent = st.fixed_dictionaries(
    {"tiers": tiers, "passes": st.sampled_from(["one", "fixpoint"]), "descending_only": st.booleans()},
    optional={"return_within": st.integers(1, 4)},
)
fast = st.fixed_dictionaries(
    {
        "units": st.just({"download": (2, 1)}),
        "after_weeks": st.integers(1, 3),
        "declines": st.integers(1, 3),
        "against": st.sampled_from(["market", "itself"]),
    },
    optional={
        "growth": st.sampled_from([1, 25, 50]),
        "years": st.just(2),
        "pauses": st.just([{"from": "04-01", "to": "04-08", "what": ["resets", "declines"]}]),
    },
).flatmap(lambda terms: st.sampled_from([terms, {**terms, "absent_years": 1}] if "years" in terms else [terms]))
BY_SHARE = [
    {"by": "percent", "least": least, "from_nothing": said} for least in (1, 4) for said in ("excluded", "first")
]
ties = st.tuples(
    st.permutations(["previous_position", "gain", "weeks_on_chart", "peak", "title"]).flatmap(
        lambda keys: st.integers(0, 4).map(lambda n: ["points", *keys[:n]])
    ),
    st.sampled_from(["no", "competition", "dense"]),
)
SIGNS: list[dict[str, Any]] = [
    {"sign": "bullet", "when": "gain", "down_time": [1, 4]}, {"sign": "bullet", "when": "gain", "debuts": False},
    {"sign": "gainer", "when": "greatest_gain"},
    {"sign": "sales gainer", "when": "greatest_gain", "measures": ["download"], "debuts": False},
    {"sign": "shot", "when": "highest_debut"}, {"sign": "dot", "when": "climb", "places": 1},
    {"sign": "superdot", "when": "climb", "places": 2, "within": 2}, {"sign": "debut", "when": "debut", "within": 2},
]  # fmt: skip
markers = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=4, unique_by=str).map(
    lambda signs: {
        "signs": [
            {**each, **({"not_with": [signs[n - 1]["sign"]]} if n % 2 and signs[n - 1]["sign"] != each["sign"] else {})}
            for n, each in enumerate(signs)
        ]
    }
)
"""Every kind of sign; every second one is not given beside the one before it."""
books = st.fixed_dictionaries(
    {
        "territory": st.just("GB"),
        "zone": st.sampled_from(["UTC", "Europe/London", "America/New_York"]),
        "weekday": st.just(4),
        "at": st.sampled_from(["00:00", "06:00"]),
        "steps": st.permutations(["release_age", "recurrent", "artist_cap"]).map(
            lambda steps: ["accelerated", "growth", *steps, "markers"]
        ),
        "size": dated(st.integers(1, 5)),
        "units": st.fixed_dictionaries(
            {"download": dated(st.just((1, 1)))},
            optional={measure: dated(st.sampled_from([(3, 1), (5, 2), (1, 1)])) for measure in MEASURES[1:]},
        ),
        "minimum_play": st.fixed_dictionaries({}, optional={"on_demand.*": dated(st.sampled_from([30_000, None]))}),
        "cap": st.fixed_dictionaries(
            {},
            optional={"on_demand.*": dated(st.integers(1, 4)), "download": dated(st.sampled_from([2, None]))},
        ),
        "repeats": dated(st.sampled_from(["count", "once"])),
        "panel": dated(st.sampled_from([None, {"A": 1, "B": 2}, {"B": 1, "C": 3}])),
        "release_age": dated(st.sampled_from([None, {"years": 2}, {"months": 25}])),
        "recurrent": dated(st.none() | recurrent),
        "accelerated": dated(st.none() | fast),
        "growth": dated(st.sampled_from([*[None] * 6, {"new": True}, {"new": False}, {"least": 3}, *BY_SHARE])),
        "artist_cap": dated(st.none() | st.integers(1, 2).map(lambda n: {"entries": n})),
        "markers": dated(st.none() | markers),
        "ties": dated(ties),
    }
)
rulings = st.lists(
    st.fixed_dictionaries(
        {
            "first": st.sampled_from([FIRST + timedelta(7 * n) for n in range(1, WEEKS + 1)]),
            "last": st.just(date(2017, 1, 1)),
            "song": st.sampled_from(["alpha / ann", "beta / ann", "delta / bob", "zeta / eve", "gone / nobody"]),
            "action": st.sampled_from(["exclude", "exempt", "reset", "seasonal"]),
            "rule": st.sampled_from(["release_age", "recurrent", "artist_cap", "accelerated", "growth"]),
        }
    ),
    max_size=2,
)


def values(series: list[tuple[date, Any]], said: Any = lambda value: {"value": value}) -> dict[str, Any]:  # noqa: ANN401 - any
    """A block of a book: each dated value, or ``off`` where it is None."""
    return {
        "values": {
            str(day): {"source": "made for a test", **({"off": True} if value is None else said(value))}
            for day, value in series
        }
    }


def book_of(book: dict[str, Any]) -> Book:
    """The book as hitparade loads it."""
    blocks: dict[str, Any] = {
        "format": 1,
        "id": "made",
        "title": "Made",
        "publisher": "Nobody",
        "territory": book["territory"],
        "dated_by": "tracking_start",
        "steps": book["steps"],
        "life": [{"begins": date(2016, 3, 18), "source": "made for a test"}],
        "size": values(book["size"]),
        "week": values([(FIRST, {"starts": f"friday {book['at']}", "zone": book["zone"]})], dict),
        "label": values([(FIRST, {"days_after_end": 1})], dict),
        "units": {key: values(series, lambda pair: {"value": list(pair)}) for key, series in book["units"].items()},
        "panel": values(book["panel"], lambda channels: {"channels": channels}),
        "minimum_play": {key: values(series) for key, series in book["minimum_play"].items()},
        "cap_per_consumer": {key: values(series) for key, series in book["cap"].items()},
        "repeats": values(book["repeats"]),
        "ties": values(book["ties"], lambda tie: {"order": tie[0], "shared": tie[1]}),
        **{step: values(book[step], written) for step in book["steps"]},
    }
    made, complaints = make({key: value for key, value in blocks.items() if value != {}}, "made.toml")
    assert made is not None, complaints
    assert not complaints, complaints
    return made


def written(params: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a step as TOML has them: lists for pairs."""
    units = {measure: list(pair) for measure, pair in params.get("units", {}).items()}
    return {**params, **({"units": units} if units else {})}


def rules_of(book: dict[str, Any]) -> list[Rules]:
    """The rules of each week."""
    made = book_of(book)
    return [rules_for(made, issue) for issue in issues(made, FIRST, FIRST + timedelta(7 * WEEKS))]


def weeks_of(rules: Iterable[Rules]) -> list[tuple[date, date]]:
    """The first tracking day and the issue date of each week, for the oracle."""
    return [(each.issue.window.first_day, each.issue.issue_date) for each in rules]


def decisions_of(said: Sequence[dict[str, Any]]) -> list[Decision]:
    """The rulings as decisions."""
    return [
        Decision(f"d-{n}", each["first"], each["last"], each["song"], each["rule"], each["action"], "why")
        for n, each in enumerate(said)
    ]


def ledger_rows(entries: Iterable[dict[str, Any]]) -> list[Row]:
    """The entries as rows of a delivery."""
    return [Row(**entry) for entry in entries]


def fetch_of(entries: list[dict[str, Any]], book: dict[str, Any], rules: Rules) -> Any:  # noqa: ANN401 - a function
    """What gives the candidates of a week from the oracle's own sums, k largest of each measure."""
    songs = oracle.identities(entries)
    words = {song["key"]: song for song in songs.values()}
    first = rules.issue.window.first_day
    told = {key: oracle.in_force(series, first) for key, series in book.items()}
    starts = [first - timedelta(7 * back) for back in range(rules.look_back + 1)]
    windows = [oracle.tally(entries, songs, told, start, start + timedelta(7)) for start in starts]

    def line(key: str) -> Candidate:
        sums = {m: tuple(window.get(key, {}).get(m, 0) for window in windows) for m in rules.weights}
        return Candidate(key, words[key]["title"], words[key]["credit"], (key,), words[key]["released"], sums)

    def fetch(k: int, named: Sequence[str]) -> CandidateSet:
        wanted, kth = {key for key in named if key in words}, {}
        for measure in rules.weights:
            best = sorted((-sums[measure], key) for key, sums in windows[0].items() if sums.get(measure))
            wanted |= {key for _, key in best[:k]}
            kth[measure] = -best[k][0] if len(best) > k else 0
        market = {
            m: tuple(sum(sums.get(m, 0) for sums in window.values()) for window in windows) for m in rules.weights
        }
        return CandidateSet(tuple(line(key) for key in sorted(wanted)), k, kth, market)

    return fetch


def told(made: Compiled) -> dict[str, Any]:
    """A compiled issue as the oracle tells it."""
    chart = made.chart
    return {
        "entries": [
            (
                e.position,
                e.song,
                Fraction(e.points, chart.points_per_unit),
                e.previous_position,
                e.movement,
                e.peak,
                e.peak_weeks,
                e.weeks_on_chart,
            )
            for e in chart.entries
        ],
        "drop_outs": [(out.song, out.previous_position, out.rule) for out in chart.drop_outs],
        "recurrent": sorted(key for key, song in made.state_out.songs.items() if song.recurrent_since),
        "ratios": sorted(
            (key, day(song.memory.get("accelerated.since")), day(song.memory.get("accelerated.reset")))
            for key, song in made.state_out.songs.items()
            if song.memory.get("accelerated.since") or song.memory.get("accelerated.reset")
        ),
    }


def day(number: int | None) -> date | None:
    """A remembered day."""
    return date.fromisoformat(str(number)) if number else None
