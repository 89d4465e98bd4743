"""``certify``: units to date, levels reached, what is due, and what was granted."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hitparade.errors import UsageError
from hitparade.serve.cli.app import LOOK_UP, app
from hitparade.serve.cli.certify_show import (
    csv_of,
    plain,
    print_certification,
    print_due,
    print_levels,
    print_log,
    print_overview,
)
from hitparade.serve.cli.output import Json, complain, out, print_json, progress
from hitparade.serve.cli.publish import By, signed
from hitparade.serve.cli.song_asking import day

if TYPE_CHECKING:
    from hitparade.certifying import Certifications


@app.command(rich_help_panel=LOOK_UP)
def certify(
    context: typer.Context,
    programme: Annotated[
        str | None, typer.Argument(metavar="[PROGRAMME]", help="A programme's id or name; without it all are listed.")
    ] = None,
    song: Annotated[str | None, typer.Argument(metavar="[SONG]", help="A song's name, in any spelling.")] = None,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="As of this day; the last day held if not given.")
    ] = "",
    released: Annotated[
        str, typer.Option("--released", metavar="DATE", help="The release day, where the ledger knows none.")
    ] = "",
    due: Annotated[bool, typer.Option("--due", help="Songs whose level is above the one granted.")] = False,
    grant: Annotated[
        tuple[str, str] | None, typer.Option("--grant", metavar="SONG LEVEL", help="Log that a level was granted.")
    ] = None,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="With --grant: the day of the certification.")] = "",
    revoke: Annotated[
        int | None, typer.Option("--revoke", metavar="N", help="Take back the grant of that number in the log.")
    ] = None,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason of a grant, or of its end.")] = "",
    log: Annotated[bool, typer.Option("--log", help="Print the log of grants.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="With --due or --log: print CSV instead of a table.")] = False,
    schema: Annotated[
        Path | None, typer.Option("--schema", metavar="FILE", help="Write the JSON Schema of programmes to FILE.")
    ] = None,
    by: By = "",
    json: Json = False,
) -> None:
    """What songs have under a certification programme: units, level, proof, what is missing for the next one.

    Without arguments: the programmes known and what is due. For example `hitparade certify gb-bpi "Some Song" --as-of
    2016-12-31`, `hitparade certify gb-bpi --due --csv`, and `hitparade certify gb-bpi --grant "Some Song" Gold --on
    2016-10-21 --why "letter of the label"`. The levels are those of the programme's file, each with its source.
    """
    from hitparade.house import open_house

    if schema is not None:
        _write_schema(schema)
        return
    told = grant is not None or revoke is not None
    _refuse_idle(
        {
            "--due": due and programme is None,
            "SONG": song is not None and (due or log or told),
            "--as-of": bool(as_of) and (programme is None or log or told),
            "--released": bool(released) and song is None and grant is None,
            "--on": bool(on) and grant is None,
            "--why": bool(why) and not told,
            "--csv": csv and not (due or log),
        }
    )
    said = open_house(context.obj).certifications
    if told:
        days = day(on, "--on"), day(released, "--released")
        _log(said, programme, grant, days, revoke, why=why, by=signed(by), json=json)
    elif log:
        found = said.log(programme)
        if not _listed(found, json=json, csv=csv):
            print_log(found)
    elif programme is None:
        states = said.overview()
        print_json(states) if json else print_overview(states)
        for sentence in said.programmes().broken():
            complain(f"left out: {sentence}; hitparade check names all mistakes of a file")
    elif due:
        _due(said, programme, day(as_of, "--as-of"), json=json, csv=csv)
    elif song is None:
        print_levels(said.programmes().find(programme), day(as_of, "--as-of"), json=json)
    else:
        made = said.of(programme, song, day(as_of, "--as-of"), released=day(released, "--released"))
        print_json(plain(made)) if json else print_certification(made)


_NEEDS = {
    "--due": "needs PROGRAMME",
    "SONG": "stands alone with PROGRAMME, without --due, --log, --grant or --revoke; --grant takes its song itself",
    "--as-of": "needs PROGRAMME, with SONG or --due; a grant has --on",
    "--released": "needs SONG or --grant",
    "--on": "needs --grant",
    "--why": "needs --grant or --revoke",
    "--csv": "needs --due or --log",
}
"""What each word needs that would else be passed over in silence."""


def _refuse_idle(said: Mapping[str, bool]) -> None:
    for word in (each for each, idle in said.items() if idle):
        raise UsageError(f"{word} {_NEEDS[word]}")


def _due(said: "Certifications", programme: str, as_of: date | None, *, json: bool, csv: bool) -> None:
    with progress("totals", None) as advance:
        found = said.due(programme, as_of, advance)
    if json:
        print_json([plain(each) for each in found])
    elif csv:
        csv_of([_due_row(each) for each in found], _DUE)
    else:
        print_due(said.programmes().find(programme), found)


_DUE = ("song", "artist", "units", "units_rest", "level", "reached", "granted", "as_of", "lower_bound", "simulated")


def _due_row(each: Any) -> tuple[object, ...]:  # noqa: ANN401 - a certification
    granted = each.granted[-1].level if each.granted else ""
    told = plain(each)
    numbers = told["units"], told["units_rest"], "; ".join(each.due), each.level_on, granted, each.as_of
    return (each.song_title, each.credit, *numbers, int(each.lower_bound), int(each.simulated))


def _listed(found: Any, *, json: bool, csv: bool) -> bool:  # noqa: ANN401 - lines of the log
    """Print a list as JSON or CSV where that is wanted, and return whether it was."""
    if json:
        print_json(found)
    elif csv:
        rows = [asdict(each) for each in found]
        csv_of([tuple(row.values()) for row in rows], tuple(rows[0]) if rows else ("serial",))
    return json or csv


def _log(
    said: "Certifications", programme: str | None, grant: tuple[str, str] | None, days: tuple[date | None, date | None],
    revoke: int | None, *, why: str, by: str, json: bool,
) -> None:  # fmt: skip
    if grant is not None and revoke is not None:
        raise UsageError("--grant and --revoke exclude each other")
    if revoke is not None:
        line = said.revoke(revoke, why=why, by=by)
    elif grant is None or programme is None or days[0] is None:
        raise UsageError("a grant needs PROGRAMME, --grant SONG LEVEL, --on DATE and --why TEXT")
    else:
        line = said.grant(programme, *grant, days[0], why=why, by=by, released=days[1])
    if json:
        print_json(line)
        return
    what = "Granted" if line.revokes is None else f"Taken back (line {line.revokes})"
    told = f"{line.level} to {line.title} - {line.credit}, {line.programme}, {line.granted_on}"
    out.print(f"{what}: {told} · line {line.serial} by {line.by}", markup=False, soft_wrap=True)


def _write_schema(path: Path) -> None:
    import json as text

    from hitparade.certify.schema import schema

    path.write_text(text.dumps(schema(), indent=2, ensure_ascii=False) + "\n", "utf-8")
    out.print(f"{path}: the JSON Schema of programmes; in a file: #:schema {path}", soft_wrap=True, markup=False)
