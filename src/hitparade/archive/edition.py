"""The three files of an edition: made from a compiled issue, and read back."""

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from hitparade._version import __version__
from hitparade.archive import sealed
from hitparade.archive.codec import decoder
from hitparade.chart import Chart
from hitparade.compile.compiled import Compiled
from hitparade.digest import canonical, digest_of
from hitparade.errors import ArchiveError

EDITION, TABLE, INPUTS, WITHDRAWAL = "edition.json", "edition.csv", "inputs.json.gz", "withdrawal.json"
COLUMNS = (
    *(
        "position",
        "previous_position",
        "movement",
        "peak",
        "weeks_on_chart",
        "song",
        "title",
        "credit",
        "points",
    ),
    *("peak_weeks", "peak_issue", "markers", "chart", "issue_date", "edition", "simulated"),
)
OLDER_COLUMNS = tuple(name for name in COLUMNS if name != "markers")
"""Those of editions sealed before signs were written beside the lines."""
OUTSIDE = ("digest", "seal", "published_at", "published_by", "made_with", "files", "deliveries")
"""What the content digest leaves out: time, person, and how the same facts were cut into files."""

Json = dict[str, Any]
UNREADABLE = (*sealed.BROKEN, TypeError, LookupError, AttributeError, RecursionError, ArchiveError)
"""What reading an altered file can raise."""


@dataclass(frozen=True, slots=True)
class Link:
    """Another edition, by number and content digest."""

    issue_date: date
    number: int
    digest: str

    def to_json(self) -> Json:
        """Return the link as it stands in ``edition.json``."""
        return {"issue_date": self.issue_date.isoformat(), "edition": self.number, "digest": self.digest}


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an edition says besides its chart: number, reason, links, sources, time and person."""

    number: int
    by: str
    at: datetime
    reason: str = ""
    replaces: Link | None = None
    last_week_from: Link | None = None
    deliveries: Sequence[Mapping[str, str]] = ()
    internal: bool = False


@dataclass(frozen=True)
class Edition:
    """One edition as read from its folder."""

    folder: Path
    said: Json

    @property
    def chart(self) -> str:
        """The chart's id."""
        return str(self.said["chart"])

    @property
    def issue_date(self) -> date:
        """The date printed on the chart."""
        return date.fromisoformat(self.said["issue_date"])

    @property
    def number(self) -> int:
        """The edition's number, 1 for the first."""
        return int(self.said["edition"])

    @property
    def digest(self) -> str:
        """The content digest that the edition states."""
        return str(self.said["digest"])

    @property
    def name(self) -> str:
        """The edition's name in a sentence."""
        return f"{self.chart} {self.issue_date} ed{self.number}"

    @cached_property
    def issue(self) -> Chart:
        """The issue as it was printed; lines left out are among its inputs, which are not read for this."""
        made: Chart = decoder(Chart)({**self.said["body"], "chart": self.said["chart"], "left_out": []})
        return made

    @cached_property
    def compiled(self) -> Compiled:
        """The compiled issue, from the chart and the sealed inputs."""
        inputs = sealed.unpack((self.folder / INPUTS).read_bytes())
        return sealed.from_json({"chart": {**self.said["body"], "chart": self.said["chart"]}, "inputs": inputs})


def folder_of(root: Path, chart: str, issue_date: date, number: int) -> Path:
    """Return the place of an edition below ``root``."""
    return root / chart / issue_date.isoformat() / f"ed{number}"


def text_of(said: Json) -> bytes:
    """Return the one text of an edition or withdrawal: keys in their order, indented, UTF-8."""
    return (json.dumps(said, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def seal_of(said: Json) -> str:
    """Return the digest of everything that is said, but for the seal itself."""
    return digest_of({key: value for key, value in said.items() if key != "seal"})


def content_digest(said: Json) -> str:
    """Return the digest of what is stated as fact: the chart, its inputs and links; see :data:`OUTSIDE`."""
    return digest_of({key: value for key, value in said.items() if key not in OUTSIDE})


def table_of(said: Json, columns: Sequence[str] = COLUMNS) -> bytes:
    """Return the entries as CSV; every row of a simulated chart says so."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    rest = {key: said[key] for key in ("chart", "issue_date", "edition")}
    rest["simulated"] = "SIMULATED" if said["simulated"] else ""
    entries = ({**entry, "markers": ", ".join(entry["markers"])} for entry in said["body"]["entries"])
    writer.writerows({**entry, **rest} for entry in entries)
    return stream.getvalue().encode()


def make(compiled: Compiled, imprint: Imprint) -> tuple[Json, dict[str, bytes]]:
    """Return what ``edition.json`` says, and the bytes of the three files by name."""
    parts = sealed.to_json(compiled)
    chart, inputs = parts["chart"], parts["inputs"]
    workings = canonical(inputs)
    head: Json = {
        "format": sealed.FORMAT,
        "chart": chart.pop("chart"),
        "issue_date": chart["issue_date"],
        "edition": imprint.number,
        "simulated": chart["simulated"],
        **({"status": "internal"} if imprint.internal else {}),
        "digest": "",
        "seal": "",
        "reason": imprint.reason,
        "replaces": imprint.replaces and imprint.replaces.to_json(),
        "last_week_from": imprint.last_week_from and imprint.last_week_from.to_json(),
        "rules_digest": digest_of(inputs["rules"]),
        "inputs_digest": hashlib.sha256(workings).hexdigest(),
        "state_in_digest": digest_of(inputs["state_in"]),
        "state_out_digest": digest_of(inputs["state_out"]),
        "coverage_gaps": inputs["notes"],
        "upstream": {
            name: {"issue_date": read["chart"]["issue_date"], "digest": read["digest"]}
            for name, read in inputs["upstream"].items()
        },
        "body": chart,
        "deliveries": [dict(each) for each in imprint.deliveries],
        "published_at": imprint.at.isoformat(),
        "published_by": imprint.by,
        "made_with": f"hitparade {__version__}",
    }
    files = {TABLE: table_of(head), INPUTS: sealed.pack(workings)}
    head["files"] = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    head["digest"] = content_digest(head)
    head["seal"] = seal_of(head)
    return head, {EDITION: text_of(head), **files}


def read(folder: Path) -> Edition:
    """Return the edition in ``folder``; nothing is checked but that it can be read.

    Raises:
        ArchiveError: there is no readable ``edition.json``.
    """
    place = folder / EDITION
    try:
        said = json.loads(place.read_bytes())
        edition = Edition(folder, said)
        _ = edition.name, edition.digest, said["body"]["entries"]
    except UNREADABLE as error:
        raise ArchiveError(f"{place}: this is no readable edition ({error})") from error
    return edition
