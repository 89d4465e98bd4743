"""A small shop that types its file by hand, with mistakes that intake must name."""

import hashlib
from datetime import timedelta
from pathlib import Path

from hitparade.simulate.plan import DOWNLOAD, Plan
from hitparade.simulate.writing import FileNote, write_control
from hitparade.storage import write_whole

_HEADER = "day,territory,channel,measure,isrc,title,artist,quantity,price,currency"

MISTAKES = (
    ("title and isrc are missing", {"isrc": "", "title": ""}),
    ("quantity is below nought", {"quantity": "-3"}),
    ("quantity is no whole number", {"quantity": "2.5"}),
    ("measure is unknown", {"measure": "downlaod"}),
    ("that day does not exist", {"day": "2016-02-30"}),
    ("quantity is missing", {"quantity": ""}),
)
"""What is wrong with each bad row, and the cells that make it so."""

_GOOD_EACH = 8
_GOOD = _GOOD_EACH * len(MISTAKES)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"') else text


def _row(plan: Plan, n: int, wrong: dict[str, str]) -> str:
    place, songs = plan.territories[0], plan.songs
    out_already = [at for at, released in enumerate(songs.released) if released <= plan.first.toordinal()]
    song = out_already[n * 13 % len(out_already)]
    good = {
        "day": (plan.first + timedelta(n % 7)).isoformat(),
        "territory": place.code,
        "channel": "shop-c",
        "measure": DOWNLOAD,
        "isrc": songs.isrc[song],
        "title": songs.title[song],
        "artist": songs.credit[song],
        "quantity": "1",
        "price": place.prices[0],
        "currency": place.currency,
    }
    return ",".join(_quoted(cell) for cell in (good | wrong).values())


def name(plan: Plan) -> str:
    """Return the name of the shop's file."""
    return f"{plan.home.lower()}-shop-c.csv"


def write(plan: Plan, folder: Path) -> FileNote:
    """Write the shop's CSV file with its control file and return what is in it, good rows and bad."""
    lines = [_HEADER]
    for n in range(_GOOD):
        lines.append(_row(plan, n, {}))
        bad, left = divmod(n + 1, _GOOD_EACH)
        if not left:
            lines.append(_row(plan, n, MISTAKES[bad - 1][1]))
    path = folder / name(plan)
    data = ("\n".join(lines) + "\n").encode()
    write_whole(path, data)
    note = FileNote(path.name, f"SIMULATED shop-c {plan.home}", len(lines) - 1, _GOOD, hashlib.sha256(data).hexdigest())
    write_control(path, note, quantity=False)
    return note
