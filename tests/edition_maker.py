"""Compiled issues of one small chart, for tests of editions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from fold_maker import rules, week
from hitparade.archive.publish import Signature
from hitparade.chart import Candidate, ChartState
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.compile.proof import compile_issue

AT = datetime(2016, 1, 9, 12, 0, tzinfo=UTC)
ANNA = Signature("anna", AT)

WEEKS = ({"a": 9, "b": 5, "c": 2}, {"a": 4, "b": 6, "d": 5}, {"d": 8, "b": 7, "c": 1})
"""Three weeks of downloads by song: a b c, then b d a (c drops out), then d b c (c is back)."""


def compiled(
    n: int,
    songs: Iterable[Candidate] | Mapping[str, int] = (),
    before: Compiled | None = None,
    decisions: Sequence[Decision] = (),
    *,
    kth: int = 0,
    simulated: bool = False,
    **changes: Any,  # noqa: ANN401 - fields of the rules
) -> Compiled:
    """Issue ``n``, which follows ``before``; :data:`WEEKS` has its songs unless they are given."""
    found = week(songs or WEEKS[n], kth)
    state = before.state_out if before else ChartState()
    return compile_issue(lambda _k, _named: found, state, decisions, rules(n, **changes), simulated)


def life(*weeks: Mapping[str, int], **changes: Any) -> list[Compiled]:  # noqa: ANN401 - fields of the rules
    """The issues of a chart's life, each following the one before."""
    issues: list[Compiled] = []
    for n, songs in enumerate(weeks or WEEKS):
        issues.append(compiled(n, songs, issues[-1] if issues else None, **changes))
    return issues
