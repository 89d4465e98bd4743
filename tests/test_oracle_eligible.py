"""Rules that say who may be on a chart agree with an oracle, over issues far apart and between two charts."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import oracle_eligible as oracle
from fold_maker import rules as rules_of
from hitparade.chart import Candidate, CandidateSet, ChartState, Upstream
from hitparade.compile import outcome, proof, settling
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.rulebook.rules import IssueDates, Rules
from hitparade.weeks import window

ISSUES, APART = 6, 74
"""Issues some ten weeks apart, so that months and years pass between few of them."""
FIRST = date(2015, 9, 4)
DAYS = [FIRST + timedelta(APART * n) for n in range(ISSUES)]

WHO = {
    "a": ("Ann", "ann", ["ann"], []), "b": ("Ann & Bob", "ann and bob", ["ann", "bob"], []),
    "c": ("Cid feat. Ann", "cid", ["cid"], ["ann"]), "d": ("Bob", "bob", ["bob"], []),
    "e": ("Bob ft. Cid & Eve", "bob", ["bob"], ["cid", "eve"]), "f": ("Eve, Ann", "eve ann", ["eve", "ann"], []),
    "g": ("Cid", "cid", ["cid"], []), "h": ("Ann (feat. Eve)", "ann", ["ann"], ["eve"]),
}  # fmt: skip
TRAITS = [{}, {"album": "One", "album_artist": "Ann"}, {"album": "One"}, {"lang": "el", "seconds": "90"},
          {"lang": "en", "seconds": "900"}, {"exclusive": "", "seconds": "1200"}]  # fmt: skip

songs = st.fixed_dictionaries(
    {
        key: st.fixed_dictionaries(
            {
                "released": st.sampled_from(
                    [None, date(1999, 1, 31), date(1999, 1, 31), date(2014, 2, 8), date(2015, 8, 31)]
                ),
                "traits": st.sampled_from(TRAITS),
                "points": st.lists(st.integers(0, 6), min_size=ISSUES, max_size=ISSUES),
                "channels": st.lists(st.integers(1, 3), min_size=ISSUES, max_size=ISSUES),
            }
        )
        for key in WHO
    }
)
tier = st.fixed_dictionaries({"weeks": st.integers(1, 2), "below": st.integers(1, 3)})
KINDS: dict[str, Any] = {
    "release_age": st.sampled_from(
        [{"years": 1}, {"years": 1, "keep": "older"}]
        + [{"months": 18, "readmit": {"absent_years": 1, "within": n, "weeks": m}} for n, m in ((2, 1), (4, 1), (3, 2))]
    ),
    "chart_age": st.sampled_from([{"months": 5}, {"months": 2}]),
    "distribution": st.integers(1, 3).map(lambda n: {"channels": n}),
    "nomination": st.booleans().map(lambda once: {"once": once}),
    "duration": st.sampled_from([{"at_most_seconds": 900}, {"at_least_seconds": 91}]),
    "repertoire": st.sampled_from([{"only": ["lang=el", "album"]}, {"without": ["exclusive", "lang=en"]}]),
    "artist_cap": st.fixed_dictionaries(
        {"entries": st.integers(1, 2), "by": st.sampled_from(["credit", "lead", "any"])}
    ),
    "album_cap": st.fixed_dictionaries({"entries": st.integers(1, 2), "guests": st.sampled_from(["exempt", "count"])}),
    "recurrent": st.fixed_dictionaries(
        {"tiers": st.lists(tier, min_size=1, max_size=2), "descending_only": st.booleans()},
        optional={
            "return_within": st.integers(1, 3),
            "season": st.just({"from": "11-01", "to": "02-10", "within": 4}),
        },
    ),
}
READING: dict[str, Any] = {
    "elsewhere": st.lists(
        st.sampled_from(
            [{"chart": "main", "when": when} for when in ("on", "ever", "recurrent")]
            + [{"chart": "main", "when": "peaked", "within": 2}]
        ),
        min_size=1,
        max_size=2,
    ).map(lambda charts: {"charts": charts}),
    "inherits": st.fixed_dictionaries(
        {"chart": st.just("main"), "only": st.booleans()},
        optional={"months": st.sampled_from([2, 5]), "takes": st.sampled_from(["left", "all"])},
    ),
    "rerank": st.just({"chart": "main"}),
}


def some(kinds: dict[str, Any], least: int, most: int) -> st.SearchStrategy[list[tuple[str, Any]]]:
    """So many of these kinds in any order, those that weigh first."""
    names = st.lists(st.sampled_from(sorted(kinds)), min_size=least, max_size=most, unique=True)
    return names.flatmap(lambda chosen: st.tuples(*(st.tuples(st.just(name), kinds[name]) for name in chosen))).map(
        lambda steps: sorted(steps, key=lambda step: step[0] not in {"inherits", "rerank"})
    )


charts = st.tuples(
    st.fixed_dictionaries({"size": st.integers(1, 5), "steps": some(KINDS, 1, 4)}),
    st.fixed_dictionaries({"size": st.integers(1, 5), "steps": some({**KINDS, **READING}, 1, 4)}),
)
rulings = st.lists(
    st.fixed_dictionaries(
        {
            "song": st.sampled_from(sorted(WHO)),
            "rule": st.sampled_from([*KINDS, *READING, *["release_age"] * 9, *["nomination"] * 2, "recurrent"]),
            "action": st.sampled_from(["exclude", "exempt", "admit", "admit", "seasonal"]),
            "first": st.sampled_from(DAYS[:3]),
            "last": st.sampled_from(DAYS[2:]),
        }
    ),
    max_size=5,
)


def rules(chart: str, said: Any, day: date) -> Rules:  # noqa: ANN401 - as the oracle has it
    """The rules of one issue; its window is its own day, so that ages are counted to the same day."""
    dates = IssueDates(day, window(day, time(), "UTC"))
    return rules_of(chart=chart, size=said["size"], params=dict(said["steps"]), issue=dates)


def market(made: dict[str, Any], n: int) -> list[Candidate]:
    """The candidates of one issue."""
    return [
        Candidate(key, key, WHO[key][0], (key,), song["released"], {"download": (song["points"][n],)},
                  channels=song["channels"][n], traits=song["traits"])
        for key, song in made.items()
    ]  # fmt: skip


def fetch_of(candidates: list[Candidate]) -> Any:  # noqa: ANN401 - a function
    """What gives the k largest of them and the named ones."""

    def fetch(k: int, named: Sequence[str]) -> CandidateSet:
        best = sorted(
            (each for each in candidates if each.sums["download"][0]), key=lambda c: (-c.sums["download"][0], c.song)
        )
        wanted = {each.song for each in best[:k]} | set(named)
        kth = best[k].sums["download"][0] if len(best) > k else 0
        found = tuple(each for each in candidates if each.song in wanted)
        return CandidateSet(found, k, {"download": kth}, {"download": (0,)})

    return fetch


def told(made: Compiled) -> list[Any]:
    """The entries and drop-outs of an issue as the oracle tells them."""
    entries = [(e.position, e.song, e.movement, e.weeks_on_chart, e.peak) for e in made.chart.entries]
    return [entries, sorted(out.song for out in made.chart.drop_outs)]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for few candidates and look at few lines, so that small markets put the proof to the test."""
    monkeypatch.setattr(proof, "FIRST_K", 1)
    monkeypatch.setattr(outcome, "NEXT_BELOW", 1)
    monkeypatch.setattr(settling, "NEXT_BELOW", 0)


@pytest.mark.usefixtures("narrow")
@given(made=songs, said=charts, ruled=rulings, ends=st.sampled_from([2, len(DAYS), len(DAYS)]))
@settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
def test_two_charts_agree_with_the_oracle(
    made: dict[str, Any], said: Any, ruled: list[Any], ends: int,  # noqa: ANN401
) -> None:  # fmt: skip
    """The first chart may end before the second, which goes on reading its last issue."""
    states, memories = [ChartState(), ChartState()], [{}, {}]  # type: ignore[var-annotated]
    decisions = [
        Decision(f"d-{n}", each["first"], each["last"], each["song"], each["rule"], each["action"], "why")
        for n, each in enumerate(ruled)
    ]
    upstream: dict[str, Upstream] = {}
    other: dict[str, Any] | None = None
    for n, day in enumerate(DAYS):
        held = [each for each in ruled if each["first"] <= day <= each["last"]]
        known = {
            key: {**song, "points": song["points"][n], "channels": song["channels"][n],
                  "whole": WHO[key][1], "leads": WHO[key][2], "featured": WHO[key][3]}
            for key, song in made.items()
        }  # fmt: skip
        for which, chart in enumerate(("main", "side")):
            if chart == "main" and n >= ends:
                continue
            before = deepcopy(memories[which])
            compiled = proof.compile_issue(
                fetch_of(market(made, n)), states[which], decisions, rules(chart, said[which], day), upstream=upstream
            )
            last = DAYS[n - 1] if n else None
            expected = oracle.one_issue(known, memories[which], last, day, said[which], held, other)
            assert told(compiled) == [expected["entries"], expected["out"]], (chart, day)
            assert proof.follows(compiled)
            states[which] = compiled.state_out
            if chart == "main":
                upstream = {"main": compiled.as_read("digest")}
                other = {"day": day, "on": expected["on"], "memory": deepcopy(memories[which]), "before": before}
