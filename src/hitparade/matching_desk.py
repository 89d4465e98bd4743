"""The queue of matches: spellings of a house that may mean a song that it knows under another, asked and answered.

The queue is a function of what the house holds and of the log alone. Of two songs the one with fewer rows and lines is
the spelling that is asked about, so that no order of receipt matters and no answer leads in a circle.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hitparade import matching_evidence, storage
from hitparade._version import __version__
from hitparade.catalog import log
from hitparade.catalog.decisions import Ruling
from hitparade.catalog.matching import CERTAIN, NEW, Finding, match
from hitparade.digest import canonical, digest_of
from hitparade.errors import CatalogError, UsageError
from hitparade.ledger.force import in_force
from hitparade.records import mirror_keys

if TYPE_CHECKING:
    from hitparade.cataloguing import Done, Reason
    from hitparade.house import House

MATCHING = "matching"
"""Who enters what needs nobody's eye."""
ANSWERS = ("accept", "reject", "new", "split")
_WITH = {"accept", "reject"}
_RULES = 4
"""Goes up when the same evidence gives other questions."""

Link = tuple[str, str, str]
"""The names of a spelling and of a song, and the evidence for their being one."""


@dataclass(frozen=True, slots=True)
class Question:
    """A spelling, the song that it may mean, and the evidence.

    Attributes:
        id: ``m-`` and 8 digits of the digest of the two names.
        outcome: ``certain`` or ``doubtful``.
        name, title, credit, rows: the spelling by print key and words, and how many rows and lines its song has.
        to, to_title, to_credit, to_rows: the same of the song that it may mean.
        score, title_score, artist_score: up to 1000.
        margin: by how much the next best song, ``second``, is behind.
        equal, doubts: what speaks for it and against it, in words.
    """

    id: str
    outcome: str
    name: str
    title: str
    credit: str
    rows: int
    to: str
    to_title: str
    to_credit: str
    to_rows: int
    score: int
    title_score: int
    artist_score: int
    margin: int
    equal: tuple[str, ...]
    doubts: tuple[str, ...]
    second: str = ""

    @property
    def evidence(self) -> str:
        """The evidence as a line of the log tells it."""
        scores = f"title {self.title_score}, artist {self.artist_score}, next best {self.margin} behind"
        said = f"matched at {self.score} of 1000 ({scores}); equal: {', '.join(self.equal) or 'nothing to the letter'}"
        return f"{said}; doubts: {', '.join(self.doubts)}" if self.doubts else said


@dataclass(frozen=True, slots=True)
class Queue:
    """What matching finds in a house: how many songs there are, and its questions, likeliest first."""

    songs: int
    certain: tuple[Question, ...]
    doubtful: tuple[Question, ...]

    @property
    def all(self) -> tuple[Question, ...]:
        """The certain and the doubtful."""
        return (*self.certain, *self.doubtful)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many questions the queue held at the last look, and whether nothing has changed since."""

    certain: int
    doubtful: int
    current: bool


@dataclass(frozen=True, slots=True)
class MatchingDesk:
    """The queue of a house, and the answers to it."""

    house: "House"

    @property
    def queue(self) -> Queue:
        """What is certain and what needs an eye now; kept until the house or its log changes."""
        key, kept = self._key, self._kept
        if kept.get("key") != key:
            kept = {"key": key, **self._asked()}
            storage.write_whole(self._file, canonical(kept))
        asked = [_question(said) for said in kept["questions"]]
        certain = tuple(each for each in asked if each.outcome == CERTAIN)
        return Queue(kept["songs"], certain, tuple(each for each in asked if each.outcome != CERTAIN))

    @property
    def waiting(self) -> "Waiting | None":
        """How many questions waited when somebody last looked, or None if nobody did; nothing is matched for it."""
        kept = self._kept
        if "questions" not in kept:
            return None
        certain = sum(said["outcome"] == CERTAIN for said in kept["questions"])
        return Waiting(certain, len(kept["questions"]) - certain, kept.get("key") == self._key)

    def run(self, *, dry_run: bool = False) -> tuple[Question, ...]:
        """Enter every certain match in the log, each with its evidence, and return them.

        Songs that have become one know together what each knew, such as an ISRC, so that more may be certain then; it
        asks until there is nothing certain left.
        """
        done: list[Question] = []
        while certain := self.queue.certain:
            done += certain
            if dry_run:
                break
            rulings = [(Ruling("accept", (each.name,), each.to), each.evidence) for each in certain]
            log.enter_all(self.house.paths, self.house.database, rulings, by=MATCHING, at=self.house.clock())
        return tuple(done)

    def answer(self, action: str, ids: Sequence[str], reason: "Reason") -> "tuple[Done, ...]":
        """Enter an answer to questions, which may be named by the beginnings of their ids.

        ``accept``: the spelling means the song. ``reject``: it does not. ``new``: it is a song of its own, and no
        other is asked about. ``split``: a spelling that was accepted leaves the song again.

        Raises:
            CatalogError: an id names no question, or several.
            UsageError: no id or no reason is given.
        """
        if action not in ANSWERS:
            raise UsageError(f"{action!r} is no answer; allowed: {', '.join(ANSWERS)}")
        if not ids:
            raise UsageError("no question is named; `hitparade match` lists them with their ids")
        links = self._accepted if action == "split" else self._open
        asked = dict.fromkeys(_by_id(said, links) for said in ids)
        catalog = self.house.catalog
        return tuple(
            catalog.rule(Ruling(action, (name,), to if action in _WITH else ""), _because(reason, why))
            for name, to, why in asked
        )

    @property
    def _open(self) -> Mapping[str, Link]:
        return {each.id: (each.name, each.to, each.evidence) for each in self.queue.all}

    @property
    def _accepted(self) -> Mapping[str, Link]:
        held = (each for each in self.house.catalog.decisions.songs if each.action == "accept")
        return {_id(name, each.to): (name, each.to, "") for each in held for name in each.names}

    @property
    def _file(self) -> Path:
        return self.house.paths.mirror / "matching.json"

    @property
    def _kept(self) -> dict[str, Any]:
        """What the queue was at the last look; empty where there was none, or its file is damaged."""
        try:
            kept = json.loads(self._file.read_bytes())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return kept if isinstance(kept, dict) else {}

    @property
    def _key(self) -> str:
        paths, database = self.house.paths, self.house.database
        printed, delivered = mirror_keys.evidence(paths, database).key, in_force(paths, database).digest
        return digest_of([__version__, _RULES, printed, delivered, log.decisions(database).digest])

    def _asked(self) -> dict[str, object]:
        songs = matching_evidence.songs(self.house, self.house.catalog.decisions)
        findings = match(songs.asking, songs.spelled, songs.may)
        found = (_put(each, songs) for each in findings if each.outcome != NEW)
        asked = sorted(found, key=lambda each: (-each.score, -each.margin, each.name, each.to))
        return {"songs": len(songs.rows), "questions": [asdict(each) for each in asked]}


def _put(finding: Finding, songs: matching_evidence.Songs) -> Question:
    spelled, best, second = finding.spelled, finding.best, finding.second
    if best is None:
        raise ValueError(finding)
    evidence, name, to = best.evidence, songs.name(spelled), songs.name(best.song)
    next_best = f"{second.song.title} - {second.song.credit} ({second.evidence.total})" if second else ""
    return Question(
        _id(name, to), finding.outcome, name, spelled.title, spelled.credit, songs.rows[spelled.key],
        to, best.song.title, best.song.credit, songs.rows[best.song.key],
        evidence.total, evidence.title, evidence.artist, finding.margin, evidence.equal, finding.doubts, next_best,
    )  # fmt: skip


def _id(name: str, to: str) -> str:
    return "m-" + digest_of([name, to])[:8]


def _question(said: dict[str, object]) -> Question:
    made = Question(**said)  # type: ignore[arg-type]
    return replace(made, equal=tuple(made.equal), doubts=tuple(made.doubts))


def _by_id(said: str, known: Mapping[str, Link]) -> Link:
    found = [id_ for id_ in sorted(known) if id_ == said] or [
        id_ for id_ in sorted(known) if said and id_.startswith(said)
    ]
    if len(found) != 1:
        what = f"several ids begin so: {', '.join(found)}" if found else "there is no such question"
        raise CatalogError(f"{said!r}: {what}; `hitparade match` lists them with their ids")
    return known[found[0]]


def _because(reason: "Reason", evidence: str) -> "Reason":
    why = reason.why.strip()
    return replace(reason, why=f"{why} ({evidence})" if why and evidence else why)
