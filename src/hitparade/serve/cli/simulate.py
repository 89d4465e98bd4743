"""``simulate``: a seeded market that is always marked as simulated."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import UsageError
from hitparade.serve.cli.app import HOUSE, app
from hitparade.serve.cli.output import Json, number, out, print_json, progress, table

if TYPE_CHECKING:
    from hitparade.simulate.manifest import Manifest
    from hitparade.simulate.world.manifest import WorldManifest
    from hitparade.simulate.writing import FileNote

_DAY = ["%Y-%m-%d"]


def _day(said: datetime | None) -> date | None:
    return said.date() if said else None


@app.command(rich_help_panel=HOUSE)
def simulate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder for the files.")],
    *,
    world: Annotated[
        bool, typer.Option("--world", help="All territories and measures that the shipped books need, two years of it.")
    ] = False,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed gives the same content digest.")] = 1,
    first: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            metavar="DATE",
            formats=_DAY,
            help="First day; of a world 2015-12-04, of a small one 2016-12-02, else 2016-01-01.",
        ),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option(
            "--to",
            metavar="DATE",
            formats=_DAY,
            help="Last day; of a world 2017-12-28, of a small one 2017-01-26, else 2016-06-30.",
        ),
    ] = None,
    territories: Annotated[
        str | None,
        typer.Option(metavar="GB,US", help="Territories; of a world all, else GB,US with the late file in the first."),
    ] = None,
    scale: Annotated[str, typer.Option(metavar="NAME", help="small, demo or large.")] = "demo",
    songs: Annotated[
        int | None, typer.Option(metavar="N", help="Songs in the catalogue, instead of the scale's number.")
    ] = None,
    consumers: Annotated[
        int | None, typer.Option(metavar="N", help="Consumers, instead of the scale's number.")
    ] = None,
    json: Json = False,
) -> None:
    """Write a simulated market: streams, sales and airplay as files that `receive` reads; needs no house."""
    from hitparade.simulate import market

    codes = [code.strip().upper() for code in (territories or "").split(",") if code.strip()]
    if world:
        if songs is not None or consumers is not None:
            raise UsageError("--world takes --scale, not --songs or --consumers")
        _world(folder, seed, _day(first), _day(last), codes, scale, json=json)
        return
    codes = codes if territories is not None else ["GB", "US"]
    size = market.sized(scale, songs, consumers)
    with progress("simulating", None) as advance:
        manifest = market.write(folder, seed, _day(first), _day(last), codes, size, advance)
    if json:
        print_json(manifest)
    else:
        _show(folder, manifest)


def _world(
    folder: Path, seed: int, first: date | None, last: date | None, codes: list[str], scale: str, *, json: bool
) -> None:
    from hitparade.simulate.world import market

    with progress("simulating", None) as advance:
        made = market.write(folder, seed, first, last, codes, scale, advance)
    if json:
        print_json(made)
    else:
        _show_world(folder, made)


def _show_world(folder: Path, made: "WorldManifest") -> None:
    out.print(
        f"SIMULATED world {folder}: {len(made.territories)} territories, {made.first} to {made.last}, seed {made.seed}",
        markup=False,
    )
    lines = [
        (code, ", ".join(f"{len(names)} {kind}" for kind, names in made.stations[code].items()), number(note.rows))
        for code, note in zip(made.territories, made.files, strict=True)
    ]
    out.print(table(["territory", "stations", ("rows", "right")], lines))
    out.print(f"SIMULATED {number(made.rows)} rows, {number(made.songs)} songs", markup=False)
    out.print(f"SIMULATED content digest {made.digest}", markup=False, soft_wrap=True)


def _show(folder: Path, manifest: "Manifest") -> None:
    out.print(
        f"SIMULATED market {folder}: {' and '.join(manifest.territories)}, "
        f"{manifest.first} to {manifest.last}, seed {manifest.seed}",
        markup=False,
    )
    suppliers: dict[str, list[FileNote]] = {}
    for note in manifest.files:
        suppliers.setdefault(note.supplier, []).append(note)
    for note in manifest.late:
        suppliers[f"{note.supplier}, late"] = [note]
    lines = [
        (name, len(notes), number(sum(n.rows for n in notes)), number(sum(n.quantity for n in notes)))
        for name, notes in suppliers.items()
    ]
    out.print(table(["supplier", ("files", "right"), ("rows", "right"), ("quantity", "right")], lines))
    out.print(
        f"SIMULATED {number(manifest.rows)} rows, {number(manifest.songs)} songs, "
        f"{number(manifest.consumers)} consumers, {manifest.stations} stations",
        markup=False,
    )
    for defect in manifest.defects:
        out.print(f"SIMULATED on purpose: {defect}", markup=False)
    out.print(f"SIMULATED content digest {manifest.digest}", markup=False, soft_wrap=True)
