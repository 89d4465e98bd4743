"""A compiled issue as JSON and back: the chart that people read, and the workings that prove it.

The two parts are kept apart so that ``edition.json`` stays readable: *chart* holds entries and drop-outs,
*inputs* everything else (candidates, K-th values, market, decisions, rules in force, state in and out, songs
left out).
"""

import gzip
import json
import zlib
from dataclasses import fields, replace
from typing import Any

from hitparade.archive.codec import ROWS, decoder, encoder
from hitparade.chart import Candidate, ChartState, LeftOut, SongState
from hitparade.compile.compiled import Compiled
from hitparade.digest import digest_of
from hitparade.errors import ArchiveError
from hitparade.rulebook.rules import Rules

FORMAT = 1
"""The format of editions and drafts that this hitparade writes."""

_NOTHING = ChartState()

BROKEN = (zlib.error, EOFError, OSError, ValueError)
"""What unpacking altered bytes can raise."""

COLUMNS = {kind.__name__: [each.name for each in fields(kind)] for kind in (Candidate, SongState, LeftOut)}
"""What the cells of a row stand for, written into every inputs file so that it explains itself."""

if set(COLUMNS) != set(ROWS):  # pragma: no cover - a change in one of two modules
    raise ArchiveError("every value written as a row needs its columns named")


def to_json(compiled: Compiled) -> dict[str, Any]:
    """Return the two parts of a compiled issue, ``chart`` and ``inputs``, as plain JSON values."""
    inputs = encoder(Compiled)(compiled)
    chart = inputs.pop("chart")
    inputs["left_out"] = chart.pop("left_out")
    for read in inputs["upstream"].values():
        if read["before"] is None:  # so that what does not need it is written as it always was
            del read["before"]
    return {"chart": chart, "inputs": {"format": FORMAT, "columns": COLUMNS, **inputs}}


def without_states(compiled: Compiled) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the two parts of :func:`to_json`, the second without what the chart remembers before and after."""
    said = to_json(replace(compiled, state_in=_NOTHING, state_out=_NOTHING))
    return said["chart"], {key: value for key, value in said["inputs"].items() if key not in ("state_in", "state_out")}


def from_json(said: dict[str, Any]) -> Compiled:
    """Return the compiled issue that :func:`to_json` turned into ``said``.

    Raises:
        ArchiveError: a newer hitparade wrote it, or it is not one of ours.
    """
    inputs, chart = dict(said["inputs"]), dict(said["chart"])
    if inputs.pop("format", None) != FORMAT or not _known(inputs.pop("columns", None)):
        raise ArchiveError(f"its inputs are not of format {FORMAT}, the one that this hitparade reads")
    chart["left_out"] = inputs.pop("left_out")
    made: Compiled = decoder(Compiled)({**inputs, "chart": chart})
    return made


def _known(columns: Any) -> bool:  # noqa: ANN401 - whatever stands in the file
    """Return whether columns are ours, or the first of ours: columns that came later were empty before."""
    named = columns if isinstance(columns, dict) else {}
    return named.keys() == COLUMNS.keys() and all(COLUMNS[kind][: len(said)] == said for kind, said in named.items())


def pack(text: bytes, level: int = 6) -> bytes:
    """Return canonical JSON compressed, without a time stamp."""
    return gzip.compress(text, level, mtime=0)


def unpack(data: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """Return the JSON that :func:`pack` compressed."""
    return json.loads(gzip.decompress(data))


def rules_digest(rules: Rules) -> str:
    """Return the digest of the values in force; the rest of the book does not matter."""
    return digest_of(encoder(Rules)(rules))


def state_digest(state: ChartState) -> str:
    """Return the digest of what a chart remembers, by which one issue's end is another's beginning."""
    return digest_of(encoder(ChartState)(state))
