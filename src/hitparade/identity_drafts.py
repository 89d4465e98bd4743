"""Drafts that print one of some songs: they are compiled again when identity changes."""

import gzip
import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from hitparade.archive import drafts, index
from hitparade.archive.edition import UNREADABLE
from hitparade.catalog.songs import print_key

if TYPE_CHECKING:
    from hitparade.house import House

_CHART = '{"chart":'


def holding(house: "House", songs: Sequence[Sequence[str]]) -> Iterator[tuple[str, date]]:
    """Give chart and issue of the drafts, not published, on which one of the songs is printed or has dropped out."""
    wanted = {name for names in songs for name in names}
    out: dict[str, set[date]] = {}
    for row in drafts.drafts(house.database):
        if row.chart not in out:
            out[row.chart] = {each.issue_date for each in index.chain(house.database, row.chart)}
        if row.issue_date not in out[row.chart]:
            file = drafts.place_of(house.paths, row.chart, row.issue_date)
            try:
                chart = _chart(gzip.decompress(file.read_bytes()).decode(), wanted)
            except UNREADABLE:  # it counts as not there, and is compiled again anyway
                continue
            lines = [*chart.get("entries", ()), *chart.get("drop_outs", ())]
            if any({line["song"], print_key(line["title"], line["credit"])} & wanted for line in lines):
                yield row.chart, row.issue_date


def _chart(text: str, wanted: set[str]) -> dict[str, Any]:
    """Return the chart in a draft's text, which comes first in it; nothing when no name is anywhere in the text."""
    titles = {json.dumps(name, ensure_ascii=False) for name in wanted}
    if not text.startswith(_CHART) or not any(title in text for title in titles):
        return {}
    found: dict[str, Any] = json.JSONDecoder().raw_decode(text, len(_CHART))[0]
    return found
