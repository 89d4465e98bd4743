"""What people decided, as an input of the fold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

ACTIONS = ("exclude", "exempt", "admit", "reset", "seasonal", "withhold")
WITHHELD, NOT_NAMED = "withheld", "position withheld"
"""The sign of a line whose name a decision keeps from being printed, and what stands in its place."""


@dataclass(slots=True, frozen=True, order=True)
class Decision:
    """One logged ruling on one song; who took it and when stands in the house database, outside digests.

    Attributes:
        id: the ruling's own name.
        first_issue, last_issue: the issues it holds for, both included.
        song: the song's key.
        rule: the rule it rests on; for all actions but ``exclude`` the step that is spoken to.
        action: ``exclude`` (the song is off, whatever its points), ``exempt`` (``rule`` does not touch it),
            ``admit`` (``rule`` lets it in), ``reset`` (``rule`` begins anew with it), ``seasonal`` (``rule``
            takes it for a title of the season, such as a Christmas song) or ``withhold`` (it keeps its position, and
            its name is not printed).
        why: the reason, as a sentence part.
    """

    id: str
    first_issue: date
    last_issue: date
    song: str
    rule: str
    action: str
    why: str

    def holds(self, issue_date: date) -> bool:
        """Return whether the ruling holds for the issue of that date."""
        return self.first_issue <= issue_date <= self.last_issue


def ruled(decisions: Iterable[Decision], issue_date: date, renamed: Mapping[str, str]) -> tuple[Decision, ...]:
    """Return the rulings that hold for an issue, in order, each on the song as identity names it today.

    A ruling is on a song, not on a spelling of its name, so a later merge does not lift it.
    """
    held = sorted(each for each in decisions if each.holds(issue_date))
    return tuple(replace(each, song=renamed[each.song]) if each.song in renamed else each for each in held)
