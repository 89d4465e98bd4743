"""Correcting an issue as its chart's policy says: alone, or with the later issues that rest on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from hitparade.archive import decisions, desk, index
from hitparade.archive.index import EditionRow
from hitparade.archive.policy import PROPAGATE, policy_of
from hitparade.archive.publish import edition_at
from hitparade.compile.compiled import Compiled
from hitparade.compile.refold import refold
from hitparade.tracking import refuse_below_quorum

if TYPE_CHECKING:
    from hitparade.house import House

Deliveries = Sequence[Mapping[str, str]]


def correct(
    house: "House", chart: str, issue_date: date, *, reason: str, by: str, even_if_same: bool, internal: bool = False
) -> tuple[EditionRow, ...]:
    """Bring out the next edition of an issue, and of later ones if the policy says so; the first row is its own.

    Later issues are folded again from their own sealed inputs, so that nothing but the correction changes them; one
    that these inputs do not prove is compiled from the ledger. After one that is ``internal`` none follow, and what
    follows an internal edition of a later issue is internal as well: nobody has decided to show it.

    Raises:
        ArchiveError: nothing would change, or the policy freezes what is published.
    """
    compiled = refuse_below_quorum(house, house.compiled(chart, issue_date))
    pen = partial(desk.correct, house.paths, house.database, by=by, at=house.clock())
    row = pen(compiled, reason=reason, even_if_same=even_if_same, internal=internal)
    if internal:
        return (row,)
    why = f"follows {row.name}: {row.reason}"
    followed = [
        pen(made, reason=why, even_if_same=True, deliveries=deliveries, internal=before.internal)
        for before, made, deliveries in _following(house, row, compiled)
    ]
    return row, *followed


def _following(
    house: "House", row: EditionRow, corrected: Compiled
) -> Iterator[tuple[EditionRow, Compiled, Deliveries | None]]:
    """Give later editions with their issues as they must come out again, each when the one before is out.

    Beside them stand the deliveries that an issue still rests on, None where it rests on today's.

    The chain ends where an issue is missing, where the policy is another, or where nothing changes any more.
    """
    known = decisions.rulings(house.database, row.chart)
    state = corrected.state_out
    later = [each for each in index.chain(house.database, row.chart) if each.issue_date > row.issue_date]
    for each in later:
        edition = edition_at(house.paths, each)
        issue = edition.compiled
        missing = issue.state_in.issue_date and state.issue_date and issue.state_in.issue_date > state.issue_date
        if missing or policy_of(corrected.rules).name != PROPAGATE or policy_of(issue.rules).name != PROPAGATE:
            return
        made = refold(issue, state=state, decisions=decisions.holding(known, each.issue_date))
        compiled = house.compiled(row.chart, each.issue_date) if made.doubt else made.compiled
        if _same(compiled, issue):
            state = issue.state_out
            continue
        yield each, compiled, None if made.doubt else edition.said["deliveries"]
        state = compiled.state_out


def _same(one: Compiled, other: Compiled) -> bool:
    """Return whether an issue need not come out again: what it prints and what it hands on are the same."""
    return one.state_out == other.state_out and replace(one.chart, left_out=()) == replace(other.chart, left_out=())
