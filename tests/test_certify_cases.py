"""Cases of programmes: DuckDB and the oracle both give what a person worked out, and agree on ledgers by chance."""

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle_certify
from hitparade.certify import cases, load
from hitparade.certify.cases import Case
from hitparade.certify.heard import Heard
from hitparade.certify.programme import Span
from hitparade.certify.reckon import Certification, reckon
from hitparade.certifying_cases import certify_case
from hitparade.rulebook.cases import CaseRow

CASES = sorted((Path(__file__).parent / "cases" / "programmes").rglob("*.toml"))
SHIPPED = load.shipped()


def case_of(path: Path) -> Case:
    case, complaints = cases.read_case(path)
    assert case is not None, complaints
    return case


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def raw(rows: Sequence[CaseRow], territory: str) -> list[dict[str, Any]]:
    return [
        {
            **row.model_dump(), "territory": row.territory or territory, "isrc": row.isrc or "",
            "currency": row.currency or "", "consumer": row.consumer or "",
        }
        for row in rows
    ]  # fmt: skip


def by_oracle(case: Case) -> list[dict[str, Any]]:
    """What the oracle says of each thing that a case expects."""
    said = tomllib.loads(SHIPPED.paths[case.programme].read_text("utf-8"))
    programme = oracle_certify.Programme(said, raw(case.rows, said["territory"]))
    return [
        programme.answer(
            each.song, each.as_of, [{"level": g.level, "on": g.on} for g in case.granted if g.song == each.song]
        )
        for each in case.expected
    ]


def told(found: Certification) -> dict[str, Any]:
    """A certification as the oracle tells it."""
    return {
        "units": Fraction(found.total, found.per_unit),
        "level": found.level,
        "since": found.level_on,
        "beside": [each.level for each in found.reached if each.once],
        "next": found.next_level,
        "missing": None if found.missing is None else Fraction(found.missing, found.per_unit),
        "due": list(found.due),
    }


@pytest.mark.parametrize("path", CASES, ids=name)
def test_a_case_holds_and_the_oracle_agrees(path: Path) -> None:
    """The ledger of the case, received and summed by DuckDB, gives what it expects; the oracle gives all of it too."""
    case = case_of(path)
    made: list[Certification] = []

    def certify(case: Case) -> list[Certification]:
        made.extend(certify_case(None, case))
        return made

    assert cases.run(case, certify) == ()
    assert by_oracle(case) == [told(each) for each in made]


def test_every_programme_has_a_case() -> None:
    assert {path.parent.name for path in CASES} == set(SHIPPED)


def test_a_wrong_expectation_is_named_with_song_and_day() -> None:
    path = next(path for path in CASES if name(path) == "nz-rmnz/streams")
    case = case_of(path)
    wrong = case._replace(expected=(case.expected[0].model_copy(update={"level": "Platinum"}),))
    (sentence,) = cases.run(wrong, partial(certify_case, None))
    assert sentence == f'{path}, "Gold" as of 2024-01-05: level is Gold; expected: Platinum'


# Ledgers by chance

PROGRAMMES = (
    "de-bvmi",
    "pl-zpav",
    "no-ifpi",
    "it-fimi",
    "fr-snep",
    "us-riaa",
    "ch-ifpi",
    "ca-music-canada",
)
DAYS = [
    date.fromisoformat(f"{day}") + timedelta(n)
    for day in (
        "2014-06-01",
        "2015-01-26",
        "2018-01-01",
        "2018-04-27",
        "2020-11-01",
        "2023-06-30",
        "2024-12-27",
        "2025-01-01",
    )
    for n in (-1, 0, 3)
]
rows = st.builds(
    lambda day, released, measure, size, who, sent: CaseRow(
        title="Chance" if who else "Other", artist="Ann Vale", day=day, measure=measure, quantity=size,
        released=released,
        event=sent if measure == "download" else None, price="1.10", currency="PLN" if size % 3 else "EUR",
    ),
    st.sampled_from(DAYS),
    st.sampled_from([date(2003, 5, 2), date(2014, 6, 1), date(2020, 11, 1), date(2023, 6, 30)]),
    st.sampled_from(["download", "download", "on_demand.premium", "on_demand.ad_funded", "video.premium"]),
    st.sampled_from([1, 7, 149, 15_000, 25_000, 70_000, 150_000, 400_000]),
    st.booleans(),
    st.sampled_from([None, None, None, "returned"]),
)  # fmt: skip


ledgers = st.lists(rows, min_size=3, max_size=10)
asked_days = st.sets(st.sampled_from(DAYS), min_size=2, max_size=3)


def by_chance(programme: str, ledger: list[CaseRow], days: set[date]) -> Case:
    first = CaseRow(
        title="Chance", artist="Ann Vale", day=date(2014, 1, 3), measure="download", price="1.10", currency="PLN",
        released=date(2023, 6, 30),
    )  # fmt: skip
    asked = tuple(cases.Expected(song="Chance", as_of=max(day, date(2017, 3, 2))) for day in sorted(days))
    return Case("made.toml", programme, "made", "made", (first, *ledger), (), asked)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(PROGRAMMES), ledgers, asked_days)
def test_the_oracle_agrees_on_ledgers_by_chance(programme: str, ledger: list[CaseRow], days: set[date]) -> None:
    case = by_chance(programme, ledger, days)
    assert [told(each) for each in certify_case(None, case)] == by_oracle(case)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PROGRAMMES), ledgers, asked_days)
def test_the_reckoning_agrees_on_sums_by_chance(programme: str, ledger: list[CaseRow], days: set[date]) -> None:
    """Without an engine: the sums of each day are made here, so that many ledgers can be tried."""
    case, said = by_chance(programme, ledger, days), SHIPPED[programme]
    mine = [row for row in case.rows if row.title == "Chance"]
    made = []
    for each in case.expected:
        spans = tuple(said.spans(date(2013, 1, 1), each.as_of))
        amounts = [sorted(line for row in mine for line in amount(row, span, said.unit)) for span in spans]
        released = min(row.released for row in mine if row.released)
        made.append(reckon(said, Heard("chance", "Chance", "Ann Vale", released, {}, amounts), spans, each.as_of))
    assert [told(each) for each in made] == by_oracle(case)


def amount(row: CaseRow, span: Span, unit: str) -> list[tuple[date, str, int]]:
    """What of a row counts in a span: pieces, or grosz at 1.10 zloty each."""
    assert row.day
    if not span.first <= row.day <= span.last or row.measure not in span.shares:
        return []
    sign = (-1 if span.net else 0) if row.event == "returned" else 1
    each = 1 if unit != "money" else 110 if row.currency == "PLN" else 0
    return [(row.day, row.measure, sign * each * row.quantity)]
