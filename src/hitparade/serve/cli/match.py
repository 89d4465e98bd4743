"""Matching: spellings that may mean a song that is known under another, and answers to them."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from hitparade.errors import UsageError
from hitparade.serve.cli.app import app
from hitparade.serve.cli.identity import WHO, By, DryRun, Source, Why
from hitparade.serve.cli.output import Json, number, out, print_json
from hitparade.serve.cli.publish import signed

if TYPE_CHECKING:
    from hitparade.matching_desk import MatchingDesk, Question

_SHOWN = 20

Ids = Annotated[list[str] | None, typer.Argument(metavar="ID…", help="Ids of questions, or their beginnings.")]

match = typer.Typer(no_args_is_help=False, help="Spellings that may mean a song known under another spelling.")
app.add_typer(match, name="match", rich_help_panel=WHO)


@match.callback(invoke_without_command=True)
def queue(
    context: typer.Context,
    top: Annotated[int, typer.Option("--top", metavar="N", help="How many questions to show.", min=1)] = _SHOWN,
    every: Annotated[bool, typer.Option("--all", help="Show every question.")] = False,
    json: Json = False,
) -> None:
    """List spellings that may mean a song that is known under another, with the evidence.

    `match run` accepts the certain ones; the doubtful ones wait for accept, reject, new or split.
    """
    if context.invoked_subcommand:
        return
    found = _desk(context).queue
    if json:
        print_json({"songs": found.songs, "certain": found.certain, "doubtful": found.doubtful})
        return
    shown = found.doubtful if every else found.doubtful[:top]
    for question in shown:
        _say(question)
    if found.certain:
        are = "is" if len(found.certain) == 1 else "are"
        told = f"{_counted(found.certain, 'match', 'matches')} {are} certain: `hitparade match run` accepts them"
        out.print(f"{told}, `match run --dry-run` lists them.", markup=False, soft_wrap=True)
    wait = f"{_counted(found.doubtful, 'question', 'questions')} among {number(found.songs)} songs"
    more = f"; {len(found.doubtful) - len(shown)} more with --all" if len(shown) < len(found.doubtful) else ""
    out.print(
        f"{wait}{more}. Answer with `hitparade match accept|reject|new ID… --why TEXT`.", markup=False, soft_wrap=True
    )


@match.command()
def run(context: typer.Context, dry_run: DryRun = False, json: Json = False) -> None:
    """Accept every match that needs nobody's eye; each is a line of the log with its evidence, and can be undone."""
    done = _desk(context).run(dry_run=dry_run)
    if json:
        print_json({"accepted": done, "dry_run": dry_run})
        return
    for question in done:
        _say(question)
    told = "would be accepted; nothing was written" if dry_run else "accepted; `hitparade log` lists them"
    out.print(f"{_counted(done, 'match', 'matches')} {told}.", markup=False, soft_wrap=True)


@match.command()
def accept(
    context: typer.Context, ids: Ids = None, why: Why = "", source: Source = "", by: By = "", dry_run: DryRun = False,
    json: Json = False,
) -> None:  # fmt: skip
    """The spelling means the song: from now on both are one."""
    _answer(context, "accept", ids, (why, source, by), dry_run=dry_run, json=json)


@match.command()
def reject(
    context: typer.Context, ids: Ids = None, why: Why = "", source: Source = "", by: By = "", dry_run: DryRun = False,
    json: Json = False,
) -> None:  # fmt: skip
    """The spelling does not mean that song; another may be asked about."""
    _answer(context, "reject", ids, (why, source, by), dry_run=dry_run, json=json)


@match.command()
def new(
    context: typer.Context, ids: Ids = None, why: Why = "", source: Source = "", by: By = "", dry_run: DryRun = False,
    json: Json = False,
) -> None:  # fmt: skip
    """The spelling is a song of its own; nothing more is asked about it."""
    _answer(context, "new", ids, (why, source, by), dry_run=dry_run, json=json)


@match.command()
def split(
    context: typer.Context, ids: Ids = None, why: Why = "", source: Source = "", by: By = "", dry_run: DryRun = False,
    json: Json = False,
) -> None:  # fmt: skip
    """A spelling that was accepted leaves the song again, and is a song of its own."""
    _answer(context, "split", ids, (why, source, by), dry_run=dry_run, json=json)


def _desk(context: typer.Context) -> "MatchingDesk":
    from hitparade.house import open_house

    return open_house(context.obj).catalog.matching


def _answer(
    context: typer.Context, action: str, ids: list[str] | None, said: tuple[str, str, str], *, dry_run: bool, json: bool
) -> None:
    from hitparade.cataloguing import Reason
    from hitparade.serve.cli.identity import _report

    why, source, by = said
    if not dry_run and not why.strip():
        raise UsageError("an answer needs a reason; say it with --why, or look first with --dry-run")
    reason = Reason(why, "" if dry_run else signed(by), source, dry_run)
    done = _desk(context).answer(action, ids or [], reason)
    if json:
        print_json([{"line": each.line, "ruling": each.ruling, **asdict(each.effects)} for each in done])
        return
    for each in done:
        _report(each, json=False)


def _say(question: "Question") -> None:
    said = f"{question.id}  {question.score}  {question.title} - {question.credit} ({number(question.rows)})"
    out.print(said, markup=False, soft_wrap=True)
    out.print(
        f"      is?    {question.to_title} - {question.to_credit} ({number(question.to_rows)})",
        markup=False,
        soft_wrap=True,
    )
    scores = f"title {question.title_score}, artist {question.artist_score}"
    equal = f"; equal: {', '.join(question.equal)}" if question.equal else ""
    out.print(f"      {scores}{equal}", markup=False, soft_wrap=True)
    if question.doubts:
        out.print(f"      doubt: {'; '.join(question.doubts)}", markup=False, soft_wrap=True)
    if question.second:
        out.print(f"      next:  {question.second}", markup=False, soft_wrap=True)


def _counted(found: "tuple[Question, ...]", one: str, several: str) -> str:
    return f"{number(len(found))} {one if len(found) == 1 else several}"
