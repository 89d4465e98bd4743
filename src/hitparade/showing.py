"""Looking at issues: which one stands, and the story of one of its songs."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hitparade import lookup
from hitparade.archive import drafts, index, publish
from hitparade.compile.compiled import Compiled
from hitparade.compile.explain import explain as tell
from hitparade.compile.grown import grown
from hitparade.compile.story import Story
from hitparade.compiling import Shown
from hitparade.errors import BookError, CompileError, UsageError

if TYPE_CHECKING:
    from hitparade.archived import ArchivedIssue
    from hitparade.house import House
    from hitparade.ledger.sources import HeldBy


@dataclass(frozen=True, slots=True)
class Told:
    """A song's story, and the deliveries that hold rows of the song in the issue's window."""

    story: Story
    deliveries: "tuple[HeldBy, ...]"


def shown(house: "House", chart: str, issue: str | date) -> Shown:
    """Return an issue as it stands: its edition in force, else its draft.

    Raises:
        CompileError: there is neither.
        UsageError: the issue is no date.
    """
    compiled, origin, digest = standing(house, chart, issue)
    return Shown(compiled.chart, origin, digest, compiled.rules.chart, grown(compiled))


def issue(house: "House", chart: str, asked: str | date) -> "Shown | ArchivedIssue":
    """Return an issue: of the house where it has an edition or a draft, else as an imported archive has it.

    Raises:
        ArchiveError: neither the house nor an archive has it.
        UsageError: the issue is no date.
    """
    from hitparade import archived  # noqa: PLC0415 - only who has archives reads them

    imported = {each.id: each for each in house.archives.series()}
    try:
        name = house.book(chart).id
    except BookError:
        if not imported:
            raise
        return archived.issue(house, chart, asked)
    known = imported.get(name)
    if known is None:
        return shown(house, name, asked)
    own = {row.issue_date for row in index.public(house.database, name)}
    own |= {row.issue_date for row in drafts.drafts(house.database, name)}
    newest = max(own, default=None)
    if asked == "latest" and newest and (known.last_issue is None or newest >= known.last_issue):
        return shown(house, name, newest)
    if asked != "latest" and _day(asked, []) in own:
        return shown(house, name, asked)
    return archived.issue(house, name, asked)


def standing(house: "House", chart: str, issue: str | date) -> tuple[Compiled, str, str]:
    """Return an issue with its inputs, where it comes from in words, and its digest."""
    name = house.book(chart).id
    sealed = {row.issue_date: row for row in index.public(house.database, name)}
    drafted = {row.issue_date: row for row in drafts.drafts(house.database, name)}
    day = _day(issue, [*sealed, *drafted])
    if day in sealed:
        row = sealed[day]
        edition = publish.edition_at(house.paths, row)
        reason = f" ({row.reason})" if row.reason else ""
        last = index.in_force(house.database, name, day)
        fed = f"; later issues rest on edition {last.number}, which is internal" if last and last.internal else ""
        return (
            edition.compiled,
            f"edition {row.number}{reason}, published {row.published_at[:10]}{fed}",
            row.digest,
        )
    draft = drafts.read(house.paths, house.database, name, day) if day in drafted else None
    if draft is None:
        known = ", ".join(str(each) for each in sorted({*sealed, *drafted})[-3:]) or "none"
        raise CompileError(
            f"{name} {day}: neither edition nor draft; the last ones here are {known}; "
            f"`hitparade compile {name}` makes drafts"
        )
    last = index.newest(house.database, name, day)
    gone = f"draft; edition {last.number} was withdrawn ({last.withdrawn_reason})" if last else "draft"
    return draft, gone, drafted[day].digest


def _day(issue: str | date, known: list[date]) -> date:
    if isinstance(issue, date):
        return issue
    if issue == "latest":
        if not known:
            raise CompileError(
                "this chart has neither editions nor drafts in this house; `hitparade compile CHART` makes drafts"
            )
        return max(known)
    try:
        return date.fromisoformat(issue)
    except ValueError as error:
        raise UsageError(f"{issue!r} is neither an issue date such as 2016-10-08 nor 'latest'") from error


def explain(house: "House", chart: str, issue: str | date, song: str) -> Told:
    """Return the story of a song or a position, told from the inputs that the issue was made from.

    What was received is read from the ledger as it is now, and so are the sums of a song that the issue did not
    have to look at.

    Raises:
        AmbiguousError: several songs answer to the name.
        CompileError: none does.
    """
    compiled, _, _ = standing(house, chart, issue)
    key = lookup.song(house, compiled, song)
    compiled = lookup.reaching(house, compiled, key)
    story = tell(compiled, key, house.line_sources(compiled.rules, key))
    return Told(story, house.line_deliveries(compiled.rules, key))
