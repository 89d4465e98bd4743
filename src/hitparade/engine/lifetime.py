"""Daily sums: what a few recordings had on each day, for answers that ask when something was reached."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from hitparade.counting import Amount
from hitparade.engine.duck import Duck, file_list, literal
from hitparade.engine.pieces import pieces


def daily(
    engine: Duck,
    files: Sequence[Path],
    recordings: Collection[int],
    measures: Sequence[str],
    amount: Amount,
    channels: Sequence[str] | None = None,
    *,
    net: bool = False,
) -> list[tuple[int, date, str, int]]:
    """Return recording, day, measure and amount of everything that counts and is not nothing, in order.

    ``channels`` are those that count, None for all; with ``net`` what came back is taken away.
    """
    if not (files and recordings and measures) or channels == ():
        return []
    only = f"and currency = {literal(amount.currency)}" if amount.of == "revenue" else ""
    if channels is not None:
        only += f" and channel in ({', '.join(map(literal, channels))})"
    sql = pieces("lifetime")["daily"].format(
        sign="case when why_out = 'returned' then -1 else 1 end *" if net else "",
        column=amount.of,
        files=file_list(files),
        recordings=", ".join(str(int(number)) for number in sorted(recordings)),
        counting="'', 'returned'" if net else "''",
        measures=", ".join(map(literal, measures)),
        only=only,
    )
    return [(recording, day, measure, total) for recording, day, measure, total in engine.rows(sql)]
