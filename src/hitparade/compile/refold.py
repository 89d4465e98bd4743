"""A compiled issue folded again from its own inputs, with other rules, another beginning or other decisions.

Nothing is fetched. What the inputs cannot prove is said, because candidates were chosen for the rules and the state
that were in force then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from hitparade.chart import ChartState, Upstream
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.compile.fold import Step
from hitparade.compile.proof import again, bound, named
from hitparade.compile.rules import as_needed, closed, unknown_before
from hitparade.counting import Counting
from hitparade.rulebook.rules import Rules

TOTALS = "that needs totals"
_BESIDE = {"nominal", "earlier", "quorum", "uplift", "prices"}
_COUNTED = tuple(each.name for each in fields(Counting) if each.name not in _BESIDE)
"""What changes the sums of a window: not how long it should be, what lay before, quorum, uplift and prices."""


@dataclass(frozen=True, slots=True)
class Refolded:
    """What the inputs of an issue give under other circumstances.

    Attributes:
        compiled: the issue with what it was folded from.
        doubt: why that cannot be said for certain from these inputs alone; empty when it can.
    """

    compiled: Compiled
    doubt: str


def refold(
    issue: Compiled,
    *,
    rules: Rules | None = None,
    state: ChartState | None = None,
    decisions: Sequence[Decision] | None = None,
    upstream: Mapping[str, Upstream] | None = None,
) -> Refolded:
    """Return what the inputs of ``issue`` give when some of them are replaced."""
    changed = replace(
        issue,
        rules=rules or issue.rules,
        state_in=issue.state_in if state is None else state,
        decisions=issue.decisions if decisions is None else tuple(decisions),
        upstream=issue.upstream if upstream is None else as_needed((rules or issue.rules).params, upstream),
    )
    made = again(changed)
    doubts = [*_other_rows(issue, changed), *_unproved(changed, made)]
    return Refolded(replace(changed, chart=made.chart, state_out=made.state), doubts[0] if doubts else "")


def _other_rows(issue: Compiled, changed: Compiled) -> Iterator[str]:
    """Give why the sealed sums are not those that the changed rules ask for."""
    then, rules = issue.rules, changed.rules
    rows = [
        *(each.name for each in fields(rules.profile) if _differ(then.profile, rules.profile, each.name)),
        *(name for name in ("territory", "panel", "issue") if _differ(then, rules, name)),
        *(name for name in _COUNTED if _differ(then.counting, rules.counting, name)),
    ]
    unpriced = sorted(rules.counting.prices.items() - then.counting.prices.items())
    if unpriced:
        yield f"prices of {unpriced[0][0]} in {unpriced[0][1]} were not sealed; {TOTALS}"
    if rows:
        words = ", ".join({"issue": "tracking window"}.get(name, name.replace("_", " ")) for name in rows)
        yield f"rows count otherwise ({words}); {TOTALS}"
    unknown = sorted(rules.weights.keys() - issue.candidates.market.keys())
    if unknown:
        yield f"{', '.join(unknown)} did not count, so its sums were not sealed; {TOTALS}"
    held = min((len(windows) for windows in issue.candidates.market.values()), default=1)
    if rules.look_back >= held:
        yield f"it looks back {rules.look_back} windows, and {held - 1} were sealed; {TOTALS}"
    yield from _other_versions(issue, rules)
    missing = [chart for chart in rules.upstream if chart not in changed.upstream and chart not in then.upstream]
    if missing:
        yield f"it reads {', '.join(missing)}, which was not sealed with it"
    if unknown_before(rules.params, changed.upstream):
        yield f"what {rules.params['inherits']['chart']} remembered before its issue was not sealed with it"


def _other_versions(issue: Compiled, rules: Rules) -> Iterator[str]:
    """Give why songs were sealed as one that count apart now, or the other way round."""
    then, known = issue.rules.versions, {each.song for each in issue.candidates.candidates}
    for song in sorted(then.keys() | rules.versions.keys()):
        keys = {song, *then.get(song, ()), *rules.versions.get(song, ())}
        if then.get(song) != rules.versions.get(song) and keys & known:
            yield f"other versions count for {song!r}; {TOTALS}"


def _differ(one: object, other: object, name: str) -> bool:
    return bool(getattr(one, name) != getattr(other, name))


def _unproved(issue: Compiled, made: Step) -> Iterator[str]:
    """Give why the candidates do not prove the issue: what they leave out might matter now."""
    only = closed(issue.rules.params, issue.upstream, issue.decisions)
    most, k = bound(issue.candidates, issue.rules), issue.candidates.k
    if only is None and most >= made.depth_points:
        yield f"a song that is not among the {k} largest could matter; {TOTALS}"
    known = {each.song for each in issue.candidates.candidates}
    wanted = named(issue.state_in, issue.decisions, issue.renamed, only)
    unknown = [song for song in wanted if song not in known] if most else []
    if unknown:
        yield f"the sums of {unknown[0]!r} were not sealed ({len(unknown)} such songs); {TOTALS}"
