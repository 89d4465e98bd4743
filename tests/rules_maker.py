"""Makes rules by hand for tests of the ledger, without a book."""

from collections.abc import Iterable, Mapping
from datetime import date, time

from hitparade.rulebook.rules import IssueDates, Panel, Profile, Rules
from hitparade.weeks import window


def rules(
    first_day: date,
    *,
    at: time = time(),
    zone: str = "UTC",
    days: int = 7,
    territory: str = "GB",
    measures: Iterable[str] = ("detection",),
    profile: Profile | None = None,
    panel: Mapping[str, int] | None = None,
    look_back: int = 0,
) -> Rules:
    """Return rules of one issue whose window begins on ``first_day`` at ``at``; days are cut there."""
    span = window(first_day, at, zone, days)
    cuts = {(day.weekday(), f"{at:%H:%M}") for day in (span.first_day, span.last_day) if at != time()}
    return Rules(
        chart="made",
        title="Made",
        publisher="Nobody",
        territory=territory,
        issue=IssueDates(span.last_day, span),
        size=10,
        weights=dict.fromkeys(measures, 1),
        points_per_unit=1,
        profile=profile or Profile(),
        panel=Panel(panel),
        steps=(),
        params={},
        ties=("id",),
        shared="no",
        look_back=look_back,
        cuts=frozenset(cuts),
        values=(),
    )
