"""Charts over many issues agree with a second reading, whatever is added up, however runs and ties are treated."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import oracle_sums
from fold_maker import issue
from hitparade.compile.accumulate import Part, accumulate
from hitparade.rulebook.spans import Terms
from test_accumulate import parts

WEEKS = 6
downloads = st.lists(
    st.dictionaries(st.sampled_from("abcde"), st.integers(1, 6), min_size=1), min_size=WEEKS, max_size=WEEKS
)
insides = st.tuples(st.integers(0, WEEKS - 1), st.integers(0, WEEKS - 1)).map(
    lambda ends: set(range(min(ends), max(ends) + 1))
)
eras = st.lists(
    st.tuples(st.integers(0, WEEKS - 1).map(issue), st.integers(2, 4)), max_size=2, unique_by=lambda e: e[0]
)
terms = st.fixed_dictionaries(
    {
        "method": st.sampled_from(["units", "points", "positions"]),
        "runs": st.sampled_from(["split", "peak", "entry", "exit"]),
        "eras": eras,
        "size": st.none() | st.integers(1, 4),
        "ties": st.permutations(
            ["peak", "peak_weeks", "best", "weeks", "first_issue", "entry_position", "title"]
        ).flatmap(lambda keys: st.integers(0, 7).map(lambda n: ["total", *keys[:n], "id"])),
        "shared": st.sampled_from(["no", "competition", "dense"]),
        "table": st.sampled_from([[], [10], [12, 10, 8], [5, 0]]),
        "inverse_of": st.sampled_from([None, 0, 2, 40]),
    }
)


def as_read(part: Part) -> dict[str, Any]:
    """An issue as the second reading wants it."""
    entries = [(entry.position, entry.song, entry.points) for entry in part.chart.entries]
    head = {"date": part.chart.issue_date, "size": part.size, "inside": part.inside}
    return {**head, "per_unit": part.chart.points_per_unit, "entries": entries}


@given(weeks=downloads, inside=insides, said=terms, per_unit=st.lists(st.integers(1, 3), min_size=6, max_size=6))
@settings(deadline=None, max_examples=150)
def test_what_is_added_up_agrees_with_a_second_reading(
    weeks: list[dict[str, int]], inside: set[int], said: dict[str, Any], per_unit: list[int]
) -> None:
    """Three positions and songs tied at the last one, six weeks, some of them in the span."""
    given_ = [
        replace(part, chart=replace(part.chart, points_per_unit=unit))
        for part, unit in zip(parts(*weeks, inside=sorted(inside)), per_unit, strict=True)
    ]
    made = accumulate(
        given_,
        Terms(
            method=said["method"], weeks="counted", songs="all", table=tuple(said["table"]),
            inverse_of=said["inverse_of"], eras=tuple(sorted(said["eras"])), runs=said["runs"], size=said["size"],
            ties=tuple(said["ties"]), shared=said["shared"],
        ),
    )  # fmt: skip
    found = [(each.position, each.song, Fraction(each.total, made.per_unit), each.weeks) for each in made.lines]
    expected = oracle_sums.table([as_read(part) for part in given_], said)
    assert found == [(each["position"], each["song"], each["total"], each["weeks"]) for each in expected]
