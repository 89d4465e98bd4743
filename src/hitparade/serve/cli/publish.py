"""Publish, correct and withdraw issues; decide on songs."""

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import ArchiveError, HouseError, UsageError
from hitparade.serve.cli.app import EVERY_DAY, app
from hitparade.serve.cli.output import OLDER, Json, out, print_json

if TYPE_CHECKING:
    from hitparade.archive.index import EditionRow
    from hitparade.house import House

ChartName = Annotated[str, typer.Argument(metavar="CHART", help="A chart's id, title or alias.")]
Issue = Annotated[datetime, typer.Option("--issue", metavar="DATE", formats=["%Y-%m-%d"], help="The issue date.")]
Reason = Annotated[
    str, typer.Option("--why", "--reason", metavar="TEXT", help=f"The reason, in a sentence; it is sealed. {OLDER}")
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who does it; the login name if not given.")]


_ACTIONS = (
    "exclude: off the chart; withhold: the position stays and its name is not printed; exempt: RULE leaves it alone;"
    " admit: RULE lets it in; reset: RULE begins anew; seasonal: RULE takes it for a title of the season."
)


def _day(name: str, text: str) -> typer.models.OptionInfo:
    info: typer.models.OptionInfo = typer.Option(name, metavar="DATE", formats=["%Y-%m-%d"], help=text)
    return info


def signed(by: str) -> str:
    """Return who acts: the given name, else the login name."""
    import getpass

    try:
        return by.strip() or getpass.getuser()
    except (KeyError, OSError) as error:
        raise UsageError("this machine knows no login name; say who you are with --by NAME") from error


@app.command(rich_help_panel=EVERY_DAY)
def publish(
    context: typer.Context,
    chart: ChartName,
    issue: Annotated[datetime | None, _day("--issue", "The issue to publish.")] = None,
    first: Annotated[datetime | None, _day("--from", "First of several issues.")] = None,
    last: Annotated[datetime | None, _day("--to", "Last of several issues.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every draft that is not published.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")] = False,
    top: Annotated[
        int, typer.Option("--top", metavar="N", help="Changed lines that --dry-run shows of each issue.")
    ] = 12,
    by: By = "",
    json: Json = False,
) -> None:
    """Publish issues in order, each sealed with its inputs. Without dates: the next draft.

    --dry-run says what publishing would change: the issue, and later published issues that rest on it. On an
    issue that is out it says what `hitparade correct` would change.
    """
    from hitparade.house import open_house

    if issue and (first or last or every):
        raise UsageError("give either --issue, or --from and --to, or --all")
    house = open_house(context.obj)
    chart = house.book(chart).id
    wanted = [issue.date()] if issue else _open(house, chart, first, last, every=every)
    if dry_run:
        _print_previews(house, chart, wanted, top, json=json)
        return
    person = signed(by)
    rows: list[EditionRow] = []
    try:
        rows.extend(house.publish(chart, day, by=person) for day in wanted)
    finally:
        # Only now, because a pipe that closes early must not decide how much is published.
        _report(house, rows, json=json)


def _open(house: "House", chart: str, first: datetime | None, last: datetime | None, *, every: bool) -> list[date]:
    """Return the drafts that have no edition, in order: those within the dates, or the next one without."""
    out_already = {row.issue_date for row in house.editions(chart)}
    begin, end = first.date() if first else date.min, last.date() if last else date.max
    found = [row.issue_date for row in house.drafts(chart)]
    found = [day for day in found if begin <= day <= end and day not in out_already]
    if not found:
        raise ArchiveError(f"{chart}: no draft waits to be published; {_instead(house, chart)}")
    return found if first or last or every else found[:1]


def _instead(house: "House", chart: str) -> str:
    """Return what to do when no draft waits: a withdrawn issue comes back by a correction, not by publishing."""
    last = {row.issue_date: row for row in house.editions(chart)}
    gone = [day for day, row in last.items() if row.withdrawn_at]
    if gone:
        return f"`hitparade correct {chart} --issue {gone[0]} --why TEXT` brings a withdrawn issue out again"
    return f"`hitparade compile {chart}` makes the next"


def _report(house: "House", rows: list["EditionRow"], *, json: bool) -> None:
    if json:
        print_json(rows)
        return
    for row in rows:
        _say(house, row, "Published")


def _say(house: "House", row: "EditionRow", what: str) -> None:
    edition = house.edition(row.chart, row.issue_date, row.number)
    mark = "   SIMULATED" if edition and edition.said["simulated"] else ""
    told = f"{what} {row.name} by {row.published_by}, digest {row.digest[:12]}.{mark}"
    out.print(told, markup=False, soft_wrap=True)


def _print_previews(house: "House", chart: str, wanted: list[date], top: int, *, json: bool) -> None:
    from hitparade.serve.cli.preview import plain, print_preview

    previews = [house.publish_preview(chart, day, after=wanted) for day in wanted]
    if json:
        print_json([plain(each) for each in previews])
        return
    for each in previews:
        print_preview(each, top)


@app.command(rich_help_panel=EVERY_DAY)
def correct(
    context: typer.Context,
    chart: ChartName,
    issue: Issue,
    reason: Reason,
    by: By = "",
    even_if_same: Annotated[
        bool, typer.Option("--even-if-same", help="Bring out a new edition though no line of it differs.")
    ] = False,
    internal: Annotated[
        bool, typer.Option("--internal", help="For the house alone: later issues rest on it, and it is not shown.")
    ] = False,
    json: Json = False,
) -> None:
    """Bring out the next edition of a published issue, from what the house holds now. The old one stays.

    --internal keeps what is published as it is shown; only LW, peaks and weeks of later issues come from the new one.
    """
    from hitparade.house import open_house

    house = open_house(context.obj)
    chart, day = house.book(chart).id, issue.date()
    row, *followed = house.correct(
        chart, day, reason=reason, by=signed(by), even_if_same=even_if_same, internal=internal
    )
    if json:
        print_json({**asdict(row), "followed_by": followed})
        return
    _say(house, row, "Corrected, not shown:" if row.internal else "Corrected:")
    for each in followed:
        _say(house, each, "Followed:")
    _say_left(house, chart, [row, *followed])


def _say_left(house: "House", chart: str, rows: "list[EditionRow]") -> None:
    """Say which published issues rest on corrected ones and were left as they are."""
    previews = [house.publish_preview(chart, each.issue_date) for each in rows]
    later = [each.issue_date for each in previews[-1].later]
    if later:
        days = ", ".join(map(str, later))
        out.print(f"Published issues that rest on it and would change: {days}.", markup=False, soft_wrap=True)
        out.print(f"Next: hitparade publish {chart} --issue {later[0]} --dry-run", markup=False, soft_wrap=True)
    readers = list(dict.fromkeys(each.name for preview in previews for each in preview.readers))
    if readers:
        out.print(f"Other charts were made from it and stay: {', '.join(readers)}.", markup=False, soft_wrap=True)


@app.command(rich_help_panel=EVERY_DAY)
def withdraw(
    context: typer.Context, chart: ChartName, issue: Issue, reason: Reason, by: By = "", json: Json = False
) -> None:
    """Withdraw the edition in force of an issue; its files stay, and the one before does not come back."""
    from hitparade.house import open_house

    row = open_house(context.obj).withdraw(chart, issue.date(), reason=reason, by=signed(by))
    if json:
        print_json(row)
        return
    out.print(f"Withdrawn: {row.name}, by {row.withdrawn_by}. No edition of this issue is in force.", markup=False)
    out.print(
        f"`hitparade correct {row.chart} --issue {row.issue_date} --why …` brings out the next.",
        markup=False,
        soft_wrap=True,
    )


@app.command(rich_help_panel=EVERY_DAY)
def decide(
    context: typer.Context,
    chart: ChartName,
    song: Annotated[str, typer.Argument(metavar="SONG", help="A title in any spelling, or title / artist.")],
    rule: Annotated[str, typer.Option("--rule", metavar="RULE", help="The rule that the ruling rests on.")],
    action: Annotated[str, typer.Option("--action", help=_ACTIONS)],
    first: Annotated[datetime, _day("--from", "First issue it holds for.")],
    last: Annotated[datetime, _day("--to", "Last issue it holds for.")],
    why: Annotated[
        str,
        typer.Option("--why", "--reason", metavar="TEXT", help=f"The reason; it is sealed with the issue. {OLDER}"),
    ],
    by: By = "",
    json: Json = False,
) -> None:
    """Log a ruling on one song: who, when, which rule, what, why. It is an input of the fold.

    A published issue stays as it is; `hitparade publish --dry-run` says what the ruling would change.
    """
    from hitparade.house import open_house

    house = open_house(context.obj)
    days = {"first_issue": first.date(), "last_issue": last.date()}
    made = house.decide(chart, song, rule=rule, action=action, **days, why=why, by=signed(by))
    if json:
        print_json(made)
        return
    it = made.decision
    out.print(
        f"Decision {it.id} by {made.by}: {it.action} {it.song}, {it.first_issue} to {it.last_issue}.",
        markup=False,
        soft_wrap=True,
    )
    published = [row for row in house.editions(made.chart) if it.holds(row.issue_date)]
    if published:
        name = f"{made.chart} --issue {published[0].issue_date}"
        out.print(
            f"Published issues stay as they are; hitparade publish {name} --dry-run says what would change.",
            markup=False,
            soft_wrap=True,
        )
    else:
        out.print(f"Next: hitparade compile {made.chart} --from {it.first_issue} --to {it.last_issue}", markup=False)


@app.command(rich_help_panel=EVERY_DAY)
def decisions(
    context: typer.Context,
    chart: Annotated[str | None, typer.Argument(metavar="[CHART]", help="One chart; all if not given.")] = None,
    json: Json = False,
) -> None:
    """List the logged rulings: who, when, on which song, under which rule, why."""
    from hitparade.house import open_house

    house = open_house(context.obj)
    try:
        found, struck = house.decisions(house.book(chart).id if chart else None), house.strikes(chart)
    except HouseError:
        found, struck = house.decisions(chart), ()
    if json:
        print_json([*found, *struck])
        return
    if not found and not struck:
        out.print("No decisions are logged.")
    for each in found:
        it = each.decision
        told = f"{it.action} {it.song}, issues {it.first_issue} to {it.last_issue}, rule {it.rule}: {it.why}"
        _print_ruling(it.id, each.chart, told, each.by, each.at)
    for one in struck:
        what, state = one.strike, f" (lifted: {one.lifted_why})" if one.lifted_at else ""
        told = f"strike {what}: {what.why}{state}"
        _print_ruling(what.id, one.chart, told, one.by, one.at)


def _print_ruling(id_: str, chart: str, told: str, by: str, at: str) -> None:
    out.print(f"{id_}  {chart}  by {by}, {at}", markup=False, soft_wrap=True)
    out.print(f"  {told}", markup=False, soft_wrap=True)
