"""Who is who: merge, split, move, rename, undo, and the log."""

from dataclasses import asdict
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import UsageError
from hitparade.serve.cli.app import app
from hitparade.serve.cli.output import OLDER, Json, number, out, print_json
from hitparade.serve.cli.publish import signed

if TYPE_CHECKING:
    from hitparade.catalog.log import LogLine
    from hitparade.cataloguing import Catalog, Done, Reason
    from hitparade.identity_effects import Effects, Touched

WHO = "Who is who"
_DAYS_SHOWN = 8

Songs = Annotated[
    list[str] | None, typer.Argument(metavar="SONG…", help='Any spelling: "title - artist", a title, or a key.')
]
Ids = Annotated[list[str] | None, typer.Option("--id", metavar="ID", help="A song by its key or number, beside SONG.")]
Why = Annotated[
    str, typer.Option("--why", "--reason", metavar="TEXT", help=f"The reason; it stands in the log. {OLDER}")
]
Source = Annotated[str, typer.Option("--source", metavar="TEXT", help="Where the fact can be looked up.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides; the login name if not given.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")]
Artists = Annotated[bool, typer.Option("--artist", help="The names are of artists.")]


def _on(name: str, text: str) -> typer.models.OptionInfo:
    info: typer.models.OptionInfo = typer.Option(name, metavar="DATE", formats=["%Y-%m-%d"], help=text)
    return info


def _open(context: typer.Context) -> "Catalog":
    from hitparade.house import open_house

    return open_house(context.obj).catalog


def _reason(why: str, source: str, by: str, *, dry_run: bool) -> "Reason":
    from hitparade.cataloguing import Reason

    if not dry_run and not why.strip():
        raise UsageError("a line of the log needs a reason; say it with --why, or look first with --dry-run")
    return Reason(why, "" if dry_run else signed(by), source, dry_run)


def _named(songs: list[str] | None, ids: list[str] | None) -> list[str]:
    named = [*(songs or ()), *(ids or ())]
    if not named:
        raise UsageError("no song is named")
    return named


@app.command(rich_help_panel=WHO)
def merge(
    context: typer.Context, songs: Songs = None, id: Ids = None, artist: Artists = False, why: Why = "",
    source: Source = "", by: By = "", dry_run: DryRun = False, json: Json = False,
) -> None:  # fmt: skip
    """Make several songs one: their weeks are counted together, and their rows are added up under the same caps.

    With --artist, several names are one artist; the first is the artist's own. `hitparade undo` takes it back.
    """
    catalog, reason, named = _open(context), _reason(why, source, by, dry_run=dry_run), _named(songs, id)
    _report(catalog.merge_artists(named, reason) if artist else catalog.merge(named, reason), json=json)


@app.command(rich_help_panel=WHO)
def split(
    context: typer.Context, prints: Songs = None, id: Ids = None, artist: Artists = False,
    first: Annotated[datetime | None, _on("--from", "Only their lines on issues from this day.")] = None,
    last: Annotated[datetime | None, _on("--to", "Only their lines on issues up to this day.")] = None,
    why: Why = "", source: Source = "", by: By = "", dry_run: DryRun = False, json: Json = False,
) -> None:  # fmt: skip
    """Let prints leave the song that they are part of; together they are a song of their own.

    --from and --to part two songs of one title and artist that are years apart.
    """
    catalog, reason, named = _open(context), _reason(why, source, by, dry_run=dry_run), _named(prints, id)
    if artist:
        _report(catalog.split_artists(named, reason), json=json)
        return
    _report(catalog.split(named, reason, first=_day(first), last=_day(last)), json=json)


@app.command(rich_help_panel=WHO)
def move(
    context: typer.Context, prints: Songs = None, id: Ids = None,
    to: Annotated[str, typer.Option("--to", metavar="SONG", help="The song that they are part of.")] = "",
    why: Why = "", source: Source = "", by: By = "", dry_run: DryRun = False, json: Json = False,
) -> None:  # fmt: skip
    """Let prints leave the song that they are part of and join another."""
    if not to.strip():
        raise UsageError("say which song they are part of with --to")
    catalog, reason = _open(context), _reason(why, source, by, dry_run=dry_run)
    _report(catalog.move(_named(prints, id), to, reason), json=json)


@app.command(rich_help_panel=WHO)
def rename(
    context: typer.Context,
    song: Annotated[str, typer.Argument(metavar="SONG", help="Any spelling, or a key.")],
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The title to print.")] = None,
    credit: Annotated[str | None, typer.Option("--credit", metavar="TEXT", help="The credit to print.")] = None,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="With --artist: what to call the artist.")] = "",
    artist: Artists = False, why: Why = "", source: Source = "", by: By = "", dry_run: DryRun = False,
    json: Json = False,
) -> None:  # fmt: skip
    """Print a song under another title or credit from now on; what was published stays as it is."""
    if artist and not name.strip():
        raise UsageError("say what to call the artist with --name")
    catalog, reason = _open(context), _reason(why, source, by, dry_run=dry_run)
    done = (
        catalog.rename_artist(song, name, reason)
        if artist
        else catalog.rename(song, reason, title=title, credit=credit)
    )
    _report(done, json=json)


@app.command(rich_help_panel=WHO)
def undo(
    context: typer.Context,
    line: Annotated[str, typer.Argument(metavar="LINE", help="The id of a line of the log, or its beginning.")],
    why: Why = "", source: Source = "", by: By = "", dry_run: DryRun = False, json: Json = False,
) -> None:  # fmt: skip
    """Take back a line of the log. Both lines stay; an undo can be taken back like any line."""
    _report(_open(context).undo(line, _reason(why, source, by, dry_run=dry_run)), json=json)


@app.command(rich_help_panel=WHO)
def log(context: typer.Context, json: Json = False) -> None:
    """List every line of the log of who is who, and whether it is in force."""
    from hitparade.catalog.log import standing

    lines = _open(context).log
    held = standing(lines)
    if json:
        print_json([{**asdict(line), "in_force": line.id in held} for line in lines])
        return
    if not lines:
        out.print("The log of who is who is empty.")
        return
    for line in lines:
        mark = "" if line.id in held else "   taken back"
        out.print(f"{line.serial:>4}  {line.id}  {line.action}  {_said(line)}{mark}", markup=False, soft_wrap=True)
        source = f"; source: {line.source}" if line.source else ""
        told = f"{line.why} ({line.by}, {line.at[:16].replace('T', ' ')}{source})"
        out.print(f"      {told}", markup=False, soft_wrap=True)
    told = f"{number(len(lines))} {'line' if len(lines) == 1 else 'lines'}, {number(len(held))} in force."
    out.print(f"{told} `hitparade undo ID --why TEXT` takes one back.", markup=False, soft_wrap=True)


def _day(instant: datetime | None) -> date | None:
    return instant.date() if instant else None


def _said(line: "LogLine") -> str:
    it = line.ruling
    if it is None:
        return line.undoes
    names = "; ".join(it.names)
    words = " - ".join(word for word in (it.title, it.credit) if word)
    end = f" > {it.to}" if it.to else f" > {words}" if words else ""
    return f"{'artist: ' if it.artists else ''}{names}{end}"


def _report(done: "Done", *, json: bool) -> None:
    if json:
        print_json({"line": done.line, "ruling": done.ruling, **asdict(done.effects), "dry_run": done.line is None})
        return
    if done.line:
        told = f"Logged {done.line.id}: {done.line.action} {_said(done.line)}, by {done.line.by}."
        out.print(told, markup=False, soft_wrap=True)
    _say_songs(done.effects)
    _say_issues(done.effects, would=done.line is None)
    if done.line:
        end = f"`hitparade undo {done.line.id} --why TEXT` takes it back."
        out.print(end, markup=False, soft_wrap=True)
    else:
        out.print("Nothing was written.")


def _say_songs(effects: "Effects") -> None:
    for what, groups in (("before", effects.before), ("after", effects.after)):
        for group in groups:
            names = "; ".join(group[:4]) + (f"; {len(group) - 4} more" if len(group) > 4 else "")  # noqa: PLR2004
            out.print(f"  {what:<7} {names}", markup=False, soft_wrap=True)


def _say_issues(effects: "Effects", *, would: bool) -> None:
    count = len(effects.issues)
    verb = "would change" if would else "changes" if count == 1 else "change"
    said = f"These {number(count)} issues" if count > 1 else "This issue"
    out.print(f"{said} {verb}:" if count else "No issue of a chart that the house holds is touched.")
    for kind, told in (
        ("published", "published, sealed as they are; `hitparade correct` brings out what they would be"),
        ("draft", "drafts, compiled again by the next `hitparade compile`"),
        ("read", "published; what is read from them changes, not the lines"),
        ("archived", "archived; what is read from them changes, not the lines"),
    ):
        for chart, issues in groupby(effects.of(kind), key=lambda each: each.chart):
            _say_chart(chart, list(issues), told)


def _say_chart(chart: str, issues: "list[Touched]", told: str) -> None:
    days = [str(each.issue_date) for each in issues]
    shown = ", ".join(days[:_DAYS_SHOWN]) + (f", … {days[-1]}" if len(days) > _DAYS_SHOWN else "")
    why = ", ".join(dict.fromkeys(word for each in issues for word in each.why))
    out.print(f"  {chart}: {len(days)} {told}", markup=False, soft_wrap=True)
    out.print(f"    {shown}", markup=False, soft_wrap=True)
    out.print(f"    differs: {why}", markup=False, soft_wrap=True)
