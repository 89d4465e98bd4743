"""The shipped cases on the oracle: the second reading of the rules gives what a person worked out by hand."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import oracle
import oracle_years
from hitparade.rulebook.ask import rules_on
from hitparade.rulebook.book import Book, DatedValue, Series
from hitparade.rulebook.books import shipped
from hitparade.rulebook.calendar import issues
from hitparade.rulebook.cases import Case, load_case
from hitparade.rulebook.load import make
from hitparade.rulebook.model import STEPS
from hitparade.rulebook.steps import charts_read
from hitparade.rulebook.whatif import overlaid
from hitparade.weeks import WeekStart
from oracle_cases import Cases
from test_books import REAL, changes
from test_register import OWN

CASES = Path(__file__).parent / "cases" / "charts"
MORE = {"traits", "audience", "price", "currency", "customer", "product", "event", "titles", "tracks", "lead_track"}


def as_the_oracle_reads(book: Book) -> dict[str, Any]:
    """The dated values of a book, in the oracle's layout."""
    weeks = [(value.since, value.value, WeekStart.parse(value.value["starts"])) for value in book.series["week"].values]

    def dated(key: str) -> list[tuple[date, Any]]:
        series = book.series.get(key)
        return [(value.since, value.value) for value in series.values] if series else [(date.min, None)]

    def family(block: str) -> dict[str, list[tuple[date, Any]]]:
        return {measure: dated(series.key) for measure, series in book.family(block).items()}

    def ratio(value: Any) -> Any:  # noqa: ANN401 - a whole number, two of them, or nothing
        return (value, 1) if isinstance(value, int) else value and tuple(value)

    return {
        "territory": book.territory,
        "zone": [(day, week["zone"]) for day, week, _ in weeks],
        "weekday": [(day, starts.weekday) for day, _, starts in weeks],
        "at": [(day, f"{starts.at:%H:%M}") for day, _, starts in weeks],
        "steps": list(book.steps),
        "size": dated("size"),
        "units": {measure: [(day, ratio(n)) for day, n in series] for measure, series in family("units").items()},
        "minimum_play": family("minimum_play"),
        "cap": family("cap_per_consumer"),
        "repeats": dated("repeats"),
        "panel": [(day, channels_of(panel)) for day, panel in dated("panel")],
        **{step: dated(step) for step in book.steps},
        "ties": [(day, (ties["order"], ties["shared"])) for day, ties in dated("ties")],
    }


def channels_of(panel: Any) -> dict[str, int] | None:  # noqa: ANN401 - a block of a book
    """The weights of a panel."""
    return panel and dict(panel["channels"])


def entries_of(case: Case, territory: str) -> list[dict[str, Any]]:
    """The rows of a case as the oracle reads them."""
    return [
        {
            "territory": row.territory or territory,
            "day": row.day,
            "at": datetime.fromisoformat(row.at).replace(tzinfo=None) if row.at else None,
            "channel": row.channel,
            "measure": row.measure,
            "isrc": row.isrc or "",
            "title": row.title,
            "artist": row.artist,
            "quantity": row.quantity,
            "ms_played": row.ms_played,
            "consumer": row.consumer,
            "released": row.released,
            **row.model_dump(include=MORE),
        }
        for row in case.rows
    ]


def weeks_of(book: Book, case: Case) -> list[tuple[date, date]]:
    """The first tracking day and the issue date of every week that the case reaches."""
    found = issues(book, case.first_day, case.last_issue)
    return [(i.window.first_day, i.issue_date) for i in found if i.window.last_day >= case.first_day - timedelta(1)]


def own_chart(case: Case, book: Book, rows: list[dict[str, Any]]) -> dict[date, Any]:
    """The charts of a case of one of this project's own books, some of which lay a what-if over it."""
    book = overlaid(book, case.what_if, case.where) if case.what_if else book
    weeks = weeks_of(book, case)
    return dict(zip([day for _, day in weeks], oracle.charts(rows, as_the_oracle_reads(book), weeks), strict=True))


def real_chart(case: Case, book: Book, rows: list[dict[str, Any]]) -> dict[date, Any]:
    """The charts of a case of a real chart's book, read from its file; charts that it reads come first."""
    keys = {song["title"]: song["key"] for song in oracle.identities(rows).values()}
    rulings = [
        {**each.model_dump(), "song": keys[each.song], "first": each.first_issue, "last": each.last_issue}
        for each in case.decisions
    ]
    told = Cases(rows, Path(book.where).parent)
    for name in charts_read({step: series.values[-1].value for step, series in book.series.items() if step in STEPS}):
        told.told(name, weeks_of(shipped()[name], case), [])
    return told.told(case.chart, weeks_of(book, case), rulings)


def readings(case: Case, book: Book) -> dict[date, Any]:
    """The charts of a case, read a second time."""
    return (own_chart if case.chart in OWN else real_chart)(case, book, entries_of(case, book.territory))


def differences(case: Case, book: Book) -> list[str]:
    """Where the oracle's charts are not what a person worked out by hand."""
    charts = readings(case, book)
    names = {song["key"]: song["title"] for song in oracle.identities(entries_of(case, book.territory)).values()}
    found = []
    for expected in case.expected:
        if expected.issue not in charts:
            found.append(f"{expected.issue}: no such issue")
            continue
        made = charts[expected.issue]
        names |= {key: title for key, (title, _) in made.get("names", {}).items()}
        lines = {names[entry[1]]: entry for entry in made["entries"]}
        wanted = {line.title for line in expected.lines}
        if expected.whole and set(lines) != wanted:
            found.append(f"{expected.issue}: {sorted(set(lines) ^ wanted)}")
        for line in expected.lines:
            found += [f"{expected.issue} {line.title}: {each}" for each in of_line(case, line, made, lines, book)]
        off = {names[key]: (rule, place) for key, rule, place in made.get("left_out", [])}
        off |= {names[key]: (rule, None) for key, _, rule in made["drop_outs"] if names[key] not in off}
        for missing in expected.off:
            rule, place = off.get(missing.title, (missing.rule if case.chart in OWN else "nothing", None))
            known = case.chart not in OWN and missing.would_be is not None
            if missing.title in lines or rule != missing.rule or (known and missing.would_be != place):
                found.append(f"{expected.issue} {missing.title}: {rule} from {place}")
    for year in case.years:
        starts = {day: first for first, day in weeks_of(book, case)}
        made = oracle_years.lists(charts, tomllib.loads(Path(book.where).read_text("utf-8")), year.span, starts)
        listed = {names[line["song"]]: line for line in made}
        if year.whole and set(listed) != {line.title for line in year.lines}:
            found.append(f"{year.span}: {sorted(listed)}")
        for line in year.lines:
            told = {"title": line.title, **listed.get(line.title, {})}
            wrong = [name for name, want in line if want not in {None, told.get(name)}]
            found += [f"{year.span} {line.title}: {name} is {told.get(name)}" for name in wrong]
    return found


def of_line(case: Case, line: Any, made: Any, lines: dict[str, Any], book: Book) -> Iterator[str]:  # noqa: ANN401
    """Give what of an expected line is not so."""
    if line.title not in lines:
        yield "is not there"
        return
    position, key, units, previous, movement, peak, _, weeks = lines[line.title]
    day = next(each.issue for each in case.expected if line in each.lines)
    told = {
        "position": position, "peak": peak, "weeks_on_chart": weeks, "movement": movement,
        "previous_position": previous, "points": units * points_per_unit(case, book, day),
        **({"artist": made["names"][key][1]} if "names" in made else {}),
    }  # fmt: skip
    for name, have in told.items():
        if getattr(line, name) not in {None, have}:
            yield f"{name} is {have}"


def points_per_unit(case: Case, book: Book, day: date) -> int:
    """How many points are a unit on an issue: what makes them whole numbers."""
    whole = overlaid(book, case.what_if, case.where) if case.what_if else book
    return rules_on(whole, day).points_per_unit


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.toml")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_oracle_agrees_with_the_case(path: Path) -> None:
    case = load_case(path)
    assert differences(case, shipped()[case.chart]) == []


def without(series: Series, book: Book, since: date) -> str:
    """The text of a book without one of its dated values; without the block where that is its only one."""
    block, kept, lines = "", [], Path(book.where).read_text("utf-8").splitlines()
    for line in lines:
        block = line[1:].partition("]")[0] if line.startswith("[") else block
        here = block.replace('"', "") == series.key.replace('"', "")
        if not here or (len(series.values) > 1 and not line.startswith(f"values.{since} ")):
            kept.append(line)
    assert len(kept) < len(lines), f"{series.key} {since}"
    return "\n".join(kept)


def is_said_again(series: Series, value: DatedValue) -> bool:
    """Whether a value is what held before, only better known."""
    before = [each.value for each in series.values if each.since < value.since]
    return bool(before) and before[-1] == value.value


@pytest.mark.parametrize("name", REAL)
def test_without_a_change_of_rules_its_pair_of_cases_would_fail(name: str, tmp_path: Path) -> None:
    """Each change is left out of the book once, and a case that looks at the issues before and after must notice."""
    book, cases = shipped()[name], [load_case(path) for path in sorted((CASES / name).glob("*.toml"))]
    for other in Path(book.where).parent.iterdir():
        (tmp_path / other.name).symlink_to(other)
    (tmp_path / f"{name}.toml").unlink()
    unnoticed = []
    for series, value, before, after in changes(book):
        if is_said_again(series, value):
            continue
        text = without(series, book, value.since)
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
        cut, complaints = make(tomllib.loads(text), str(tmp_path / f"{name}.toml"), folder=tmp_path)
        assert cut is not None, complaints
        pair = [case for case in cases if {before, after} <= {each.issue for each in case.expected}]
        if not any(differences(case, cut) for case in pair):
            unnoticed.append(f"{series.key} {value.since}: {before} and {after}")
    assert unnoticed == []
