"""``hitparade demo``: one story, a screen a step; every line below a ``$`` is what that command prints."""

import contextlib
import io
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import HouseError, UsageError
from hitparade.serve.cli.app import HOUSE, app
from hitparade.serve.cli.output import Json, out, print_json
from hitparade.serve.cli.show import movement

if TYPE_CHECKING:
    from hitparade.chart import Chart
    from hitparade.house import House

HOUSE_FOLDER = Path("house")
CHART = "demo-singles"
SONG = "We Don't Talk Anymore / Charlie Puth"
WHAT_IF = """# Other rules over the same facts: no cap per artist, and no cap on what one listener may count.
off = ["artist_cap"]

[cap_per_consumer."on_demand.*"]
every = { value = 1000000 }
"""
_HEAD = re.compile(r"^(\d)  (.+?) ─+$", re.MULTILINE)
RADIO = "us-classic-rock-airplay"
RADIO_ISSUE = "2014-06-22"


@app.command(rich_help_panel=HOUSE)
def demo(
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="A folder with the real radio week (classic_rock_radio_2014)."),
    ] = None,
    keep: Annotated[
        Path | None, typer.Option("--keep", metavar="DIR", help="Keep the demo's house in this new folder.")
    ] = None,
    json: Json = False,
) -> None:
    """Tell the whole story on simulated data: an article, its charts, why, other rules, a late file, proof.

    With --json each screen is an object: its number, its title, and the text that is printed without it.
    """
    article, real = _example(), data and data.resolve()
    with _place(keep) as place, contextlib.chdir(place):
        if json:
            with contextlib.redirect_stdout(io.StringIO()) as told:
                _tell(article, real)
            print_json({"screens": _screens(told.getvalue()), "house": place / "house" if keep else None})
            return
        _tell(article, real)
        kept = (
            f"The demo's house is kept in {place / 'house'}."
            if keep
            else "The demo's house is gone; --keep DIR keeps it."
        )
        out.print(f"\n{kept} Yours begins with: hitparade new my-house", markup=False)


def _screens(text: str) -> list[dict[str, object]]:
    """Return the screens of the story: what stands between one headline and the next."""
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [
        {"screen": int(head[1]), "title": head[2], "text": text[head.end() : end].strip("\n")}
        for head, end in zip(heads, ends, strict=True)
    ]


@contextmanager
def _place(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        if keep.exists():
            raise UsageError(f"--keep {keep}: this is there already; name a new folder")
        keep.mkdir(parents=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="hitparade-demo-") as folder:
        yield Path(folder)


def _tell(article: Path, data: Path | None) -> None:
    _the_article(article)
    house = _the_numbers()
    issue = _the_chart(house)
    _the_reasons(house, issue)
    _other_rules(issue)
    _a_late_file(house)
    _the_proof(house)
    if data is not None:
        _the_real_week(data)


def _the_article(article: Path) -> None:
    _headline("1", "An article on a song, and which of its lines are right")
    shutil.copy(article, article.name)
    _run("article", "check", article.name, "--short")


def _example() -> Path:
    """Return the example article: beside the package when installed, in the repository otherwise."""
    package = Path(__file__).parents[2]
    for folder in (package / "examples", package.parents[1] / "examples"):
        if (folder / "we-dont-talk-anymore.txt").is_file():
            return folder / "we-dont-talk-anymore.txt"
    raise HouseError(f"{package}: the example article is not there; install hitparade again")


def _the_numbers() -> "House":
    from hitparade.house import open_house

    _headline("2", "How such a number is made: a simulated half-year of two territories")
    _run("simulate", "market", "--seed", "1")
    _run("new", "house", "--name", "Demo house")
    _run("receive", "market/*.parquet", "market/*.csv", house=HOUSE_FOLDER)
    _run("problems", house=HOUSE_FOLDER)
    return open_house(HOUSE_FOLDER)


def _the_chart(house: "House") -> date:
    _headline("3", "The chart, compiled week by week under dated rules")
    found = house.compile(CHART, every=True)
    issue = _telling([shown.chart for shown in found])
    _run("chart", CHART, str(issue), "--top", "15", house=HOUSE_FOLDER)
    ours = [
        (shown.chart.issue_date, entry)
        for shown in found
        for entry in shown.chart.entries
        if _is_ours(entry.title, entry.credit)
    ]
    run = ", ".join(f"{day:%-d %b} {movement(entry)} {entry.position}" for day, entry in ours)
    out.print(f"\nThe run of {SONG}: {run}.   SIMULATED", markup=False)
    return issue


def _telling(charts: Sequence["Chart"]) -> date:
    """Return the issue that shows most: the song high up, beside new entries, re-entries and drop-outs."""

    def shows(chart: "Chart") -> tuple[bool, int, int]:
        ours = next(
            (entry.position for entry in chart.entries if _is_ours(entry.title, entry.credit)),
            len(chart.entries) + 1,
        )
        kinds = {entry.movement for entry in chart.entries} & {"new", "re"}
        off = any(line.rule not in ("size", "no_points") for line in chart.left_out)
        return (
            len(kinds) == len(("new", "re")) and bool(chart.drop_outs) and off,
            -ours,
            chart.issue_date.toordinal(),
        )

    return max(charts, key=shows).issue_date


def _is_ours(title: str, credit: str) -> bool:
    song, lead = SONG.split(" / ")
    return title == song and credit.startswith(lead)


def _the_reasons(house: "House", issue: date) -> None:
    _headline("4", "Why? The story of one line, and of a song that is not on the chart")
    chart = house.chart(CHART, issue).chart
    song = next(entry.song for entry in chart.entries if _is_ours(entry.title, entry.credit))
    _run("explain", CHART, str(issue), song, "--short", house=HOUSE_FOLDER)
    off = next((line for line in chart.left_out if line.rule not in ("size", "no_points")), chart.left_out[0])
    _run("explain", CHART, str(issue), off.song, "--short", house=HOUSE_FOLDER)


def _other_rules(issue: date) -> None:
    _headline("5", "Other rules over the same facts")
    what_if = Path("what-if.toml")
    what_if.write_text(WHAT_IF, "utf-8")
    out.print(WHAT_IF, markup=False)
    _run("compile", CHART, "--issue", str(issue), "--with", what_if.name, "--top", "8", house=HOUSE_FOLDER)


def _a_late_file(house: "House") -> None:
    _headline("6", "A late file: what it changes, and how it is put right")
    _run("publish", CHART, "--all", "--by", "demo", house=HOUSE_FOLDER, quiet=True)
    out.print(f"{len(house.editions(CHART))} issues published and sealed.   SIMULATED", markup=False)
    _run("receive", "market/late", house=HOUSE_FOLDER)
    changed = _touched(house)
    _run("publish", CHART, "--issue", str(changed), "--dry-run", "--top", "4", house=HOUSE_FOLDER)
    _run(
        "correct",
        CHART,
        "--issue",
        str(changed),
        "--why",
        "a service delivered a day late",
        "--by",
        "demo",
        house=HOUSE_FOLDER,
    )
    after = next(row.issue_date for row in house.editions(CHART) if row.issue_date > changed)
    _run(
        "correct",
        CHART,
        "--issue",
        str(after),
        "--why",
        f"last week restated by edition 2 of {changed}",
        "--by",
        "demo",
        house=HOUSE_FOLDER,
    )
    _compare_last_week(house, changed, after)


def _touched(house: "House") -> date:
    """Return the first published issue that today's ledger gives otherwise."""
    for found in house.verify(CHART):
        if found.answers[-1].holds is False:
            return date.fromisoformat(found.name.split()[1])
    raise HouseError("the late file changed no published issue")


def _compare_last_week(house: "House", changed: date, after: date) -> None:
    """Show one song whose last-week column follows edition 2."""
    one, two = (house.edition(CHART, changed, number) for number in (1, 2))
    following = house.edition(CHART, after)
    if one is None or two is None or following is None:
        raise HouseError("an edition of the demo is missing")
    old = {entry.song: entry.position for entry in one.compiled.chart.entries}
    new = {entry.song: entry.position for entry in two.compiled.chart.entries}
    moved = [e for e in following.compiled.chart.entries if old.get(e.song) != new.get(e.song)]
    for entry in moved[:3]:
        out.print(
            f"{entry.title} - {entry.credit}: {changed} ed1 {old.get(entry.song, 'off')}, "
            f"ed2 {new.get(entry.song, 'off')}; {after} now says LW {entry.previous_position or '-'}.   SIMULATED",
            markup=False,
        )


def _the_proof(house: "House") -> None:
    _headline("7", "Proof: one byte of a copied edition is flipped, and found")
    copy = Path("copy")
    shutil.copytree(house.paths.editions / CHART, copy)
    folder = min(copy.glob("*/ed1"))
    sheet = folder / "edition.csv"
    data = bytearray(sheet.read_bytes())
    data[len(data) // 2] ^= 1
    sheet.write_bytes(data)
    out.print(f"flipped one bit of byte {len(data) // 2} in {sheet}", markup=False)
    _run("verify", "--copy", str(folder.parent), may_fail=True)
    out.print("and the house itself:", markup=False)
    _run("verify", CHART, "--issue", folder.parent.name, house=HOUSE_FOLDER, may_fail=True)


def _the_real_week(data: Path) -> None:
    _headline("8", "The real radio week of June 2014")
    plays = data / "classic_rock_radio_2014" / "plays.csv"
    if not plays.is_file():
        nested = data / "data" / "classic_rock_radio_2014" / "plays.csv"
        if not nested.is_file():
            raise UsageError(f"--data {data}: there is no classic_rock_radio_2014/plays.csv in it")
        plays = nested
    _run("new", "radio")
    _run("receive", str(plays), "--territory", "US", house=Path("radio"))
    _run("compile", RADIO, "--issue", RADIO_ISSUE, "--top", "10", house=Path("radio"))
    _run("explain", RADIO, RADIO_ISSUE, "1", house=Path("radio"))


def _headline(step: str, title: str) -> None:
    out.print()
    out.rule(f"[bold]{step}  {title}[/bold]", align="left")


def _run(*words: str, house: Path | None = None, may_fail: bool = False, quiet: bool = False) -> None:
    """Print a command as a person would type it, and what it prints."""
    shown = " ".join(f'"{word}"' if " " in word else word for word in words)
    place = f"-C {house} " if house else ""
    out.print(f"\n$ hitparade {place}{shown}", style="bold cyan", markup=False)
    arguments = [*(["-C", str(house)] if house else []), *words]
    with out.capture() if quiet else contextlib.nullcontext():
        code = app(arguments, prog_name="hitparade", standalone_mode=False)
    if code and not may_fail:
        raise HouseError(f"hitparade {shown} ended with {code}")
