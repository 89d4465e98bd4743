# ruff: noqa: INP001, S603, T201, PLR2004 - a script that prints, runs us, and knows plain numbers
"""Ask a house the twenty questions of an editor's first day, one command each, and compare with the answers known.

    python tools/questions.py FOLDER-OF-REAL-FILES [--house DIR] [--keep]

The folder is the one with ``questions.json`` and the archives that it is about. A house is made beside nothing and
thrown away unless ``--house`` names one. Each answer is read from the command's own JSON, with its proof.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

Json = Any
US, UK, LIST, AWARDS = "us-hot-100", "gb-singles", "us-hot-100-year-end", "us-riaa"
ARCHIVES = (
    (US, "hot100_1958_2016/hot100_1958_2016.parquet"),
    (UK, "uk_singles_2016/uk_singles_2016.csv"),
    (LIST, "year_end_samples/2016.csv"),
    (AWARDS, "riaa_2016/riaa_2016.csv"),
)
END = ("--as-of", "2016-12-31")
SONG = ("--song", "We Don't Talk Anymore", "--artist", "Charlie Puth")


class Question(NamedTuple):
    """A question: the command that answers it, and what of its answer is compared with what."""

    command: tuple[str, ...]
    found: Callable[[Json], Json]
    wanted: Callable[[Json], Json]


def records(*words: str) -> tuple[str, ...]:
    """Return a command that asks records of the US chart for an answer with its proof."""
    return ("records", *words, "--chart", US, "--proof", "--json")


def rows(name: str, *columns: str) -> Callable[[Json], Json]:
    """Return what takes some columns of the rows of one answer."""
    return lambda said: [[row[column] for column in columns] for row in of(said, name)["rows"]]


def of(said: Json, name: str) -> Json:
    """Return the answer to one record."""
    return next(answer for answer in said if answer["record"] == name)


def first(said: Json) -> Json:
    """Return the first row of the first answer."""
    return said[0]["rows"][0]


def kinds(said: Json, kind: str) -> list[Json]:
    """Return the rows of one kind of an issue's moves."""
    return [row for row in said[0]["rows"] if row["kind"] == kind]


def without_role(pairs: list[list[Json]]) -> list[list[Json]]:
    """Return the known top tens without the notes in brackets behind their titles."""
    return [[day, title.split(" (f")[0], peak] for day, title, peak in pairs]


def settled(said: Json, wanted: list[list[Json]]) -> list[list[Json]]:
    """Return the artists of the known table; those that tie at its end stand in the table's order.

    The table was counted by words, and lacks Jay-Z, whose 21 hold a song credited to "Jay Z Kanye West".
    """
    found = [[row["artist"], row["songs"]] for row in said[0]["rows"]]
    best = [pair for pair in found if pair[1] > wanted[-1][1] and pair[0] in dict(map(tuple, wanted))]
    tied = [pair for pair in wanted if pair in found and pair[1] == wanted[-1][1]]
    return sorted(best, key=lambda pair: (-pair[1], pair[0])) + tied


def ranked(pairs: list[list[Json]]) -> list[list[Json]]:
    """Return the known table, artists of equal number by name."""
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def aliases(said: Json) -> Json:
    """Return by artist how many songs were counted under a name that is not the artist's own."""
    return {row["artist"]: row["by_name"] for row in said[0]["rows"] if row["by_alias"]}


def parsed(wanted: Json) -> Json:
    """Return by artist the number that the known answer gives to parsing alone."""
    return {artist: int(words.split()[0]) for artist, words in wanted["need_alias"].items()}


def holes(said: Json) -> Json:
    """Return of a lint the short issues, the holes whose place is sure, the likely title, and the lines it moved."""
    short = [one for one in said["findings"] if one["kind"] == "missing-line"]
    sure = {one["issues"][0]: found for one in short if (found := re.search(r"missing at (\d+),", one["cause"]))}
    title = next(one["found"] for one in said["findings"] if one["kind"] == "missing-title").split(" has ")[0]
    return [[one["issues"][0] for one in short], {day: int(at[1]) for day, at in sure.items()}, title, said["too_good"]]


QUESTIONS: dict[str, Question] = {
    "o01": Question(
        records("run", *SONG),
        lambda said: [
            said[0]["facts"]["run"], said[0]["facts"]["weeks"], [first(said)["issue_date"], first(said)["position"]],
            [[row["issue_date"], row["position"]] for row in said[0]["rows"] if row["mark"] == "RE"],
            [said[0]["rows"][-1]["issue_date"], said[0]["rows"][-1]["position"]],
        ],
        lambda known: [known["run"], known["weeks_on_chart"], known["debut"], [known["re_entry"]], known["last"]],
    ),
    "o02": Question(
        records("peak", *SONG),
        lambda said: [
            first(said)[name] for name in ("peak", "peak_issue", "peak_weeks", "number_one", "previous_position")
        ],
        lambda known: [known[name] for name in ("peak", "issue_date", "weeks_at_peak", "number_one", "last_week")],
    ),
    "o03": Question(
        records("top-tens", "--artist", "Charlie Puth", "--as-of", "2016-10-08"),
        rows("top-tens", "reached", "title", "credit", "role", "peak"),
        lambda known: known,
    ),
    "o04": Question(
        records("top-tens", "--artist", "Selena Gomez", "--as-of", "2016-10-08"),
        rows("top-tens", "reached", "title", "peak"),
        without_role,
    ),
    "o05": Question(
        records("drop-outs", "--issue", "2016-12-10"),
        lambda said: [
            said[0]["facts"]["issue_date"], said[0]["facts"]["drop_outs"],
            [first(said)[name] for name in ("title", "credit", "position", "weeks")],
            next([row["position"], row["weeks"]] for row in said[0]["rows"] if row["title"] == SONG[1]),
            any(SONG[1] in note and "20 weeks" in note and "cannot prove" in note for note in said[0]["notes"]),
        ],
        lambda known: [known["issue_date"], known["drop_outs"], known["highest"], known["the_song"], True],
    ),
    "o06": Question(
        records("issue-moves", "--issue", "2016-10-08"),
        lambda said: [
            [[row["position"], row["title"]] for row in kinds(said, "new")],
            [[row["position"], row["title"], {"weeks": row["weeks"], "peak": row["peak"]}]
             for row in kinds(said, "re-entry")],
            [[row["title"], row["previous_position"], row["position"], row["previous_position"] - row["position"]]
             for row in kinds(said, "biggest climb")],
        ],
        lambda known: [known["new"], known["re_entries"], [known["biggest_climb"]]],
    ),
    "o07": Question(
        records("peak", "--song", "One Call Away", "--artist", "Charlie Puth"),
        lambda said: [first(said)[name] for name in ("peak", "peak_issue", "weeks", "first_issue", "last_issue")],
        lambda known: [known[name] for name in ("peak", "issue_date", "weeks_on_chart", "first", "last")],
    ),
    "o08": Question(
        records("same-title", "--song", SONG[1]),
        lambda said: [
            len(said[0]["rows"]),
            [first(said)[name] for name in ("credit", "first_issue", "last_issue", "weeks", "peak")],
            first(said)["peak_issues"].split(", "),
        ],
        lambda known: [
            2, [known[name] for name in ("artist", "first", "last", "weeks_on_chart", "peak")], known["peak_issues"],
        ],
    ),
    "o09": Question(
        records("most-weeks", "--top", "6", *END),
        rows("most-weeks", "title", "credit", "weeks"),
        lambda known: known,
    ),
    "o10": Question(
        records("most-weeks-at-one", "--where", "weeks>=14", *END),
        lambda said: [
            [first(said)[name] for name in ("title", "credit", "weeks", "first_issue", "last_issue")],
            [row["title"] for row in said[0]["rows"] if row["weeks"] == 14],
        ],
        lambda known: [known["first"], known["fourteen"]],
    ),
    "o11": Question(
        records("slowest-to-one", "biggest-jump-to-one", "--top", "3", *END),
        lambda said: [
            rows("slowest-to-one", "title", "weeks", "reached")(said),
            rows("biggest-jump-to-one", "title", "credit", "previous_position", "position", "issue_date")(said)[:2],
        ],
        lambda known: [known["slowest"], known["jump"]],
    ),
    "o12": Question(
        records("debuts-at-one", *END),
        lambda said: [len(said[0]["rows"]), *(
            [row[name] for name in ("issue_date", "title", "credit")]
            for row in (said[0]["rows"][0], said[0]["rows"][-1])
        )],
        lambda known: [known["count"], known["first"], known["last"]],
    ),
    "o13": Question(
        records("whole-top-n", "simultaneous-entries", "--artist", "The Beatles", "--from", "1964-04-04",
                "--to", "1964-04-11"),
        lambda said: [
            [[row["artist"], row["issue_date"], [line.split(" ", 1)[1] for line in row["titles"].split("; ")]]
             for row in of(said, "whole-top-n")["rows"]],
            sorted([row["issue_date"], row["entries"]] for row in of(said, "simultaneous-entries")["rows"]),
        ],
        lambda known: [
            [[known["artist"], "1964-04-04", known["top_five"]]],
            [["1964-04-04", known["entries"]], ["1964-04-11", known["entries_1964-04-11"]]],
        ],
    ),
    "o14": Question(
        records("number-one-in-two-runs", *END),
        lambda said: [[row["title"], row["credit"], row["issues"].split(", ")] for row in said[0]["rows"]],
        lambda known: [[known["song"], known["artist"], known["issues"]]],
    ),
    "o15": Question(
        records("calendar"),
        lambda said: [
            [[f"{row['from']} ({row['from_day']})", f"{row['to']} ({row['to_day']})", row["days"],
              row["missing"] == "yes", [row["one_week_more"], row["in_both"]]] for row in said[0]["rows"]],
            said[0]["facts"]["monday"],
        ],
        lambda known: [
            [[known["from"], known["to"], known["days"], known["missing"], [89, 89]]], known["monday_issues"],
        ],
    ),
    "o16": Question(
        ("archive", "lint", US, "--json"),
        holes,
        lambda known: [
            known["dates"], known["holes_from_next_issue's_last_week"], known["missing"].split(" (")[0],
            int(known["effect"].split(": ")[1].split()[0]),
        ],
    ),
    "o17": Question(
        records("most-top-tens", "--top", "14", *END),
        lambda said: said,
        lambda known: [ranked(known["table"]), parsed(known)],
    ),
    "o18": Question(
        records("number-ones", "--from", "2016-01-01", "--to", "2016-12-31"),
        rows("number-ones", "title", "weeks"),
        lambda known: known,
    ),
    "o19": Question(
        ("records", "certification", "--chart", AWARDS, "--song", SONG[1], *END, "--proof", "--json"),
        lambda said: [
            said[0]["facts"]["held"], said[0]["facts"]["since"], first(said)["date"], first(said)["released"],
            first(said)["days"],
            [row["level"] for row in said[0]["rows"] if row["date"] > END[1]],  # what came later is not known then
        ],
        lambda known: [
            *(known[name] for name in ("level", "date", "gold", "release_in_list", "days_release_to_gold")), [],
        ],
    ),
    "o20": Question(
        records("year-end", *SONG, "--from", "2015-12-05", "--to", "2016-11-26", "--against", LIST, "--top", "2"),
        lambda said: [
            [[row["title"], row["points"]] for row in said[0]["rows"][:2]],
            [said[0]["rows"][-1][name] for name in ("position", "points", "published")],
            [row["title"] for row in said[0]["rows"] if row["published"] == 1],
            "101 minus position" in said[0]["method"],
        ],
        lambda known: [
            [known["computed_first"], known["computed_second"]],
            [known["inverse_position_rank"], known["points"], known["published"]],
            [known["published_first"]], known["names_the_method"],
        ],
    ),
}  # fmt: skip


def ask(house: Path, command: tuple[str, ...]) -> tuple[Json, int]:
    """Return what a command says in JSON, and how many milliseconds it took."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "hitparade", "-C", str(house), *command], capture_output=True, text=True, check=False
    )
    took = int((time.perf_counter() - began) * 1000)
    # A lint that finds something says so with its exit code; the findings are the answer.
    return (json.loads(done.stdout) if done.stdout.strip() else done.stderr.strip()), took


def build(house: Path, data: Path) -> None:
    """Make a house and import the archives that the questions are about."""
    run = [sys.executable, "-m", "hitparade"]
    subprocess.run([*run, "new", str(house)], check=True, capture_output=True)
    for series, file in ARCHIVES:
        subprocess.run([*run, "-C", str(house), "archive", "import", series, str(data / file)], check=True)


def proved(said: Json) -> int:
    """Return how many printed lines an answer names as its proof."""
    if isinstance(said, dict):
        return sum(len(one["issues"]) for one in said["findings"] if one["kind"].startswith("missing"))
    answers = said if isinstance(said, list) else []
    return sum(len(lines) for answer in answers if isinstance(answer, dict) for lines in answer.get("proof", ()))


def judge(number: str, known: Json, said: Json) -> tuple[bool, Json, Json]:
    """Return whether an answer is the known one, with both."""
    question = QUESTIONS[number]
    wanted = question.wanted(known)
    try:
        found = question.found(said)
        if number == "o17":
            found = [settled(said, known["table"]), {name: n for name, n in aliases(said).items() if name in wanted[1]}]
    except (KeyError, IndexError, StopIteration, TypeError, AttributeError) as error:
        return False, f"{type(error).__name__}: {said if isinstance(said, str) else error}", wanted
    return found == wanted, found, wanted


def shown(command: tuple[str, ...]) -> str:
    """Return a command as a person types it."""
    return "hitparade " + " ".join(
        f'"{word}"' if " " in word or "<" in word or ">" in word else word for word in command
    )


def main() -> int:
    """Return 0 when every answer is the known one."""
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("data", type=Path)
    said.add_argument("--house", type=Path, help="a house that holds the archives; made when it does not exist")
    given = said.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        house = given.house or Path(folder) / "house"
        if not house.exists():
            build(house, given.data)
        return compare(house, json.loads((given.data / "questions.json").read_text("utf-8")))


def compare(house: Path, questions: Json) -> int:
    """Ask all questions, print a table, and return 0 when every answer is the known one."""
    ask(house, ("records", "most-weeks", "--chart", US, "--json"))
    wrong = 0
    for one in questions:
        command = QUESTIONS[one["id"]].command
        said, took = ask(house, command)
        right, found, wanted = judge(one["id"], one["answer"], said)
        wrong += not right
        print(f"{'ok' if right else 'NO'}  {one['id']}  {took:>5} ms  {proved(said):>4} lines  {shown(command)}")
        if not right:
            print(f"      found  {json.dumps(found, ensure_ascii=False, default=str)[:600]}")
            print(f"      wanted {json.dumps(wanted, ensure_ascii=False)[:600]}")
    print(f"{len(questions) - wrong} of {len(questions)} answered as known")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
