"""Files of published charts as people hold them, all invented, made in a folder."""

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HOT_CSV = """chart_week,current_week,title,performer,last_week,peak_pos,wks_on_chart
2016-01-02,1,Alpha,Ann,,1,1
2016-01-02,2,Beta,Bob Featuring Cleo,,2,1
2016-01-09,1,Beta,Bob Featuring Cleo,2,1,2
2016-01-09,2,Alpha,Ann,1,1,2
"""
ISSUES = [
    {
        "date": "2016-01-02",
        "data": [
            {"song": "Alpha", "artist": "Ann", "this_week": 1, "last_week": None, "peak_position": 1,
             "weeks_on_chart": 1},
            {"song": "Beta", "artist": "Bob Featuring Cleo", "this_week": 2, "last_week": None, "peak_position": 2,
             "weeks_on_chart": 1},
        ],
    },
    {
        "date": "2016-01-09",
        "data": [
            {"song": "Beta", "artist": "Bob Featuring Cleo", "this_week": 1, "last_week": 2, "peak_position": 1,
             "weeks_on_chart": 2},
            {"song": "Alpha", "artist": "Ann", "this_week": 2, "last_week": 1, "peak_position": 1,
             "weeks_on_chart": 2},
        ],
    },
]  # fmt: skip
"""The same two issues as :data:`HOT_CSV`."""

LINES = [
    ("2016-01-02", 1, "Alpha", "Ann", None, 1, 1),
    ("2016-01-02", 2, "Beta", "Bob Featuring Cleo", None, 2, 1),
    ("2016-01-09", 1, "Beta", "Bob Featuring Cleo", 2, 1, 2),
    ("2016-01-09", 2, "Alpha", "Ann", 1, 1, 2),
]
"""What either of them says."""


def text(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file and return it; the name may end in .gz."""
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else content.encode()
    place.write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
    return place


def by_date(folder: Path) -> Path:
    """Write an issue a file, as the common JSON layout has it, and return the folder."""
    for issue in ISSUES:
        text(folder, f"{issue['date']}.json", json.dumps(issue))
    return folder


def parquet(place: Path) -> Path:
    """Write the same issues as Parquet with other names of columns, and return the file."""
    names = ("date", "rank", "title", "artist", "last", "peak", "weeks")
    columns = dict(zip(names, map(list, zip(*LINES, strict=True)), strict=True))
    pq.write_table(pa.table(columns), place)
    return place
