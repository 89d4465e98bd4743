"""What a few songs had on each day of a window, for answers that ask when something was reached."""

from collections.abc import Iterable
from datetime import date

from hitparade.counting import Amount
from hitparade.engine.lifetime import daily as daily_sums
from hitparade.ledger.asked import Asked
from hitparade.ledger.ledger import Ledger

Days = list[tuple[date, str, int]]
"""Day, measure and amount, in order."""


def daily(ledger: Ledger, asked: Asked, amount: Amount, songs: Iterable[str]) -> dict[str, Days]:
    """Return what each of these songs has in a window of whole days, by the song's key of today.

    All measures are added by the same ``amount``: their quantity, or their revenue in one currency.
    """
    found = {song.id: song.key for key in songs if (song := ledger.identity.resolve(key))}
    made: dict[str, Days] = {key: [] for key in found.values()}
    files = list(ledger.files(asked, asked.days_of(0)).values())
    channels = None if asked.panel is None else sorted(asked.panel)
    told = daily_sums(ledger.engine, files, found, asked.measures, amount, channels, net=asked.counting.net)
    for recording, day, measure, total in told:
        made[found[recording]].append((day, measure, total))
    return made
