"""``strike``: rows that do not count on a chart, by decision."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import UsageError
from hitparade.serve.cli.app import EVERY_DAY, app
from hitparade.serve.cli.output import OLDER, Json, out, print_json
from hitparade.serve.cli.publish import By, signed

if TYPE_CHECKING:
    from hitparade.archive.strikes import Struck


@app.command(rich_help_panel=EVERY_DAY)
def strike(
    context: typer.Context,
    chart: Annotated[str | None, typer.Argument(metavar="CHART", help="A chart's id, title or alias.")] = None,
    song: Annotated[str, typer.Option("--song", metavar="SONG", help="Rows of a song, in any spelling.")] = "",
    channel: Annotated[str, typer.Option("--channel", metavar="NAME", help="Rows of a shop, service, station.")] = "",
    measure: Annotated[str, typer.Option("--measure", metavar="M", help="Rows of a measure, or of a use.*")] = "",
    consumer: Annotated[str, typer.Option("--consumer", metavar="ID", help="Rows of a consumer, as senders say.")] = "",
    delivery: Annotated[str, typer.Option("--delivery", metavar="ID", help="Rows of a delivery.")] = "",
    first: Annotated[
        datetime | None, typer.Option("--from", metavar="DATE", formats=["%Y-%m-%d"], help="First day of the rows.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", metavar="DATE", formats=["%Y-%m-%d"], help="Last day of the rows.")
    ] = None,
    why: Annotated[
        str,
        typer.Option("--why", "--reason", metavar="TEXT", help=f"The reason; it is sealed with the issue. {OLDER}"),
    ] = "",
    lift: Annotated[str, typer.Option("--lift", metavar="ID", help="Let the rows of a strike count again.")] = "",
    by: By = "",
    json: Json = False,
) -> None:
    """Take rows out of a chart's count: who, when, which rows, why. All that is named must fit.

    The rows stay in the ledger, and `explain` shows them. A published issue stays as it is; `publish --dry-run` says
    what the strike would change. `hitparade decisions` lists strikes.
    """
    from hitparade import striking
    from hitparade.house import open_house

    house = open_house(context.obj)
    if lift:
        made = striking.lift(house, lift, why=why, by=signed(by))
    elif not chart or first is None or last is None:
        raise UsageError("say CHART, --from and --to, and which rows; or --lift ID")
    else:
        rows = {"song": song, "channel": channel, "measure": measure, "consumer": consumer, "delivery": delivery}
        _not_blank(context, rows)
        made = house.strike(chart, first.date(), last.date(), why=why, by=signed(by), **rows)
    print_json(made) if json else _print(made)


def _not_blank(context: typer.Context, rows: dict[str, str]) -> None:
    """Refuse an option that is given and says nothing: the strike would take out more rows than were meant."""
    for name, said in rows.items():
        source = context.get_parameter_source(name)
        if not said.strip() and source is not None and source.name == "COMMANDLINE":
            raise UsageError(f"--{name}: found nothing; without the option rows of every {name} are struck")


def _print(made: "Struck") -> None:
    it = made.strike
    state = f"lifted by {made.lifted_by}" if made.lifted_at else f"by {made.by}"
    out.print(f"Strike {it.id} {state}: {it} do not count on {made.chart}.", markup=False, soft_wrap=True)
    out.print(f"Next: hitparade compile {made.chart}", markup=False, soft_wrap=True)
