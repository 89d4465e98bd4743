"""Articles for tests: the shipped example, the seed where it is at hand, and small ones made on the spot."""

from pathlib import Path

import pytest

from hitparade.article import check, read
from hitparade.article.claims import Article
from hitparade.article.findings import Report
from hitparade.article.known import Known

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "we-dont-talk-anymore.txt"
BOTH = ("example", pytest.param("seed", marks=pytest.mark.real))


def text_of(request: pytest.FixtureRequest) -> str:
    """Return the text of the article that a parameter of :data:`BOTH` names."""
    if request.param == "example":
        return EXAMPLE.read_text("utf-8")
    shared: Path = request.getfixturevalue("shared_data")
    return (shared.parent / "seed" / "we-dont-talk-anymore.txt").read_text("utf-8")


def song(*body: str, box: str = "- Artist: Charlie Puth featuring Selena Gomez") -> str:
    """Return a short article on the song with these lines below its box; the first of them is line 6."""
    return "\n".join(["= We Don't Talk Anymore (song) =", "", "We Don't Talk Anymore", box, "", *body, ""])


def reading(folder: Path, text: str) -> Article:
    """Return the article that a text is."""
    path = folder / "article.txt"
    path.write_text(text, "utf-8")
    return read(path)


def checking(folder: Path, text: str, known: Known | None = None) -> Report:
    """Return the report on the article that a text is."""
    return check(reading(folder, text), known)


def verdicts(report: Report) -> dict[str, str]:
    """Return the verdict of each claim by its id."""
    return {finding.claim.id: finding.verdict for finding in report.findings}


def one(report: Report, line: int, kind: str) -> tuple[str, str]:
    """Return verdict and reason of the only claim of a kind in a line."""
    (finding,) = [f for f in report.findings if f.claim.line == line and f.claim.kind == kind]
    return finding.verdict, finding.reason
