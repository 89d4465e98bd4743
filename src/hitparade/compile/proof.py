"""How deep one must look: candidates are asked for until no song left out could matter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields

from hitparade.chart import CandidateSet, Chart, ChartState, Upstream
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.compile.fold import Step, step
from hitparade.compile.rules import as_needed, closed
from hitparade.errors import CompileError
from hitparade.rulebook.rules import Rules

Fetch = Callable[[int, Sequence[str]], CandidateSet]
"""Given k and song keys: the k largest songs of each measure and the named songs."""

FIRST_K = 300
_LAST_K = 1 << 40


def compile_issue(
    fetch: Fetch,
    state: ChartState,
    decisions: Sequence[Decision],
    rules: Rules,
    simulated: bool = False,  # noqa: FBT001, FBT002 - as agreed between rooms
    *,
    notes: Sequence[str] = (),
    renamed: Mapping[str, str] | None = None,
    upstream: Mapping[str, Upstream] | None = None,
) -> Compiled:
    """Return the issue, proven: k doubles until no song left out has the points of the deepest line read.

    What ``fetch`` gives and the other arguments are those of :func:`hitparade.compile.fold.step`.

    Raises:
        CompileError: no k proves the issue, which means that ``fetch`` does not tell the truth.
    """
    held = tuple(sorted(each for each in decisions if each.holds(rules.issue.issue_date)))
    known = {*state.songs, *state.joined, *(each.song for each in held)}
    renamed = {old: new for old, new in sorted((renamed or {}).items()) if old in known}
    upstream = dict(sorted(as_needed(rules.params, upstream or {}).items()))
    only = closed(rules.params, upstream, held)
    wanted = named(state, held, renamed, only)
    k = max(FIRST_K, 2 * rules.size)
    while k < _LAST_K:
        candidates = fetch(k, wanted)
        made = step(candidates, state, held, rules, simulated, notes=notes, renamed=renamed, upstream=upstream)
        if only is not None or bound(candidates, rules) < made.depth_points:
            return Compiled(
                rules,
                held,
                state,
                candidates,
                made.chart,
                made.state,
                simulated=simulated,
                notes=tuple(notes),
                renamed=renamed,
                upstream=upstream,
            )
        k *= 2
    raise CompileError(f"{rules.chart} {rules.issue.issue_date}: no number of candidates proves this issue")


def named(
    state: ChartState,
    decisions: Sequence[Decision],
    renamed: Mapping[str, str],
    only: frozenset[str] | None = None,
) -> tuple[str, ...]:
    """Return the songs to fetch whatever their size.

    They are those of the last issue, those with a decision, and all that a closed chart can have: it needs no
    other proof than that these were asked for.
    """
    last = set(state.standing)
    ruled = {each.song for each in decisions}
    return tuple(sorted({renamed.get(key, key) for key in last | ruled} | (only or frozenset())))


def bound(candidates: CandidateSet, rules: Rules) -> int:
    """Return the most points that a song which is not among the candidates can have."""
    return sum(weight * candidates.kth.get(measure, 0) for measure, weight in rules.weights.items())


def again(compiled: Compiled) -> Step:
    """Return what the fold makes of the inputs of a compiled issue today."""
    return step(
        compiled.candidates,
        compiled.state_in,
        compiled.decisions,
        compiled.rules,
        compiled.simulated,
        notes=compiled.notes,
        renamed=compiled.renamed,
        upstream=compiled.upstream,
    )


def differences(compiled: Compiled) -> tuple[str, ...]:
    """Return a sentence for each thing that does not follow from the inputs of a compiled issue."""
    made = again(compiled)
    found = []
    open_ = closed(compiled.rules.params, compiled.upstream, compiled.decisions) is None
    if open_ and bound(compiled.candidates, compiled.rules) >= made.depth_points:
        found.append("its candidates do not prove that no other song matters")
    found += [
        f"its {field.name.replace('_', ' ')} differ from what its inputs give"
        for field in fields(Chart)
        if getattr(made.chart, field.name) != getattr(compiled.chart, field.name)
    ]
    if made.state != compiled.state_out:
        found.append("what the chart remembers differs from what its inputs give")
    return tuple(found)


def follows(compiled: Compiled) -> bool:
    """Return whether the chart and the next state follow from the inputs, and the inputs prove them."""
    return not differences(compiled)
