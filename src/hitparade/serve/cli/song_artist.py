"""``artist``: an artist's songs on every chart, with the part taken in each."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.serve.cli.app import LOOK_UP, app
from hitparade.serve.cli.output import Json, foot, out, print_json, table
from hitparade.serve.cli.song import Chart, Csv, On
from hitparade.serve.cli.song_asking import day

if TYPE_CHECKING:
    from hitparade.records.artist import ArtistChart, ArtistHistory

Role = Annotated[str, typer.Option("--role", help="credited (any part), lead, featured or solo.")]


@app.command(rich_help_panel=LOOK_UP)
def artist(
    context: typer.Context,
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="An artist, in any spelling.")],
    chart: Chart = "", on: On = "", role: Role = "credited", csv: Csv = None, json: Json = False,
) -> None:  # fmt: skip
    """List an artist's songs with role, debut, peak and weeks, and which of the artist's top tens each was."""
    from hitparade.errors import UsageError
    from hitparade.house import open_house
    from hitparade.records.query import ROLES

    if role not in ROLES:
        raise UsageError(f"--role: found {role!r}; allowed: {', '.join(ROLES)}")
    said = open_house(context.obj).records.artist(" ".join(name), chart, day(on, "--on"), role)
    if csv:
        _write(csv, said)
    if json:
        print_json(said)
    else:
        _print(said)


_RELATED = {
    "group": "is a group of the artist",
    "member": "is a member",
    "joined": "is read as a name of its own",
}


def _print(said: "ArtistHistory") -> None:
    out.print(said.name, style="bold", markup=False)
    if said.aliases:
        out.print(f"also printed as {', '.join(said.aliases)}", markup=False)
    for chart in said.charts:
        _print_chart(chart)
    for each in said.related:
        songs = f"{each.songs} {'song' if each.songs == 1 else 'songs'}"
        tens = f"{each.top_tens} {'top ten' if each.top_tens == 1 else 'top tens'}"
        source = f" ({each.source})" if each.source else ""
        out.print(f"\n{each.name} {_RELATED[each.what]} and counts apart: {songs}, {tens}{source}", markup=False)


def _print_chart(chart: "ArtistChart") -> None:
    mark = "   SIMULATED" if chart.simulated else ""
    songs = "1 song" if len(chart.songs) == 1 else f"{len(chart.songs)} songs"
    counts = f"{songs}, {chart.top_tens} in the top ten, {chart.number_ones} number one"
    out.print(f"\n{chart.title} ({chart.series}): {counts}{mark}", style="bold", markup=False)
    right = [("first issue", "right"), ("debut", "right"), ("peak", "right"), ("wks", "right"), ("top ten", "right")]
    rows = (
        (
            song.first_issue, song.first_position, song.peak, song.weeks,
            f"no. {song.nth_top_ten}" if song.nth_top_ten else "", song.role, f"{song.title} - {song.credit}",
        )
        for song in chart.songs
    )  # fmt: skip
    out.print(table([*right, ("role", "left"), ("song", "left")], rows))
    foot(f"as of {chart.as_of}", "credits as the archive prints them", chart.source)


def _write(path: Path, said: "ArtistHistory") -> None:
    from csv import writer
    from dataclasses import astuple, fields

    from hitparade.records.artist import ArtistSong

    with path.open("w", encoding="utf-8", newline="") as stream:
        sheet = writer(stream, lineterminator="\n")
        sheet.writerow([field.name for field in fields(ArtistSong)])
        sheet.writerows(astuple(song) for chart in said.charts for song in chart.songs)
