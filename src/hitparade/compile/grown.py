"""What the lines of a chart that is ordered by growth gained: told from the inputs of an issue, never stored."""

from collections.abc import Mapping

from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import ruled
from hitparade.compile.history import rename
from hitparade.compile.line import Line
from hitparade.compile.rules.growth import Facts, printed
from hitparade.compile.settling import settled


def grown(compiled: Compiled) -> Mapping[str, str] | None:
    """Return by song what each line of an issue gained, such as ``+25.0 %``; None where growth orders nothing."""
    rules = compiled.rules
    if "growth" not in rules.steps or "growth" not in rules.params:
        return None
    state, _ = rename(compiled.state_in, compiled.renamed)
    held = ruled(compiled.decisions, compiled.chart.issue_date, compiled.renamed)
    outcome = settled(compiled.candidates, state, held, rules, upstream=compiled.upstream)
    return {line.candidate.song: gained(line) for line, _ in outcome.placed}


def gained(line: Line) -> str:
    """Return what a line gained, as it is printed; empty where no growth is looked at."""
    return next((printed(facts) for rule, facts in line.notes if rule == "growth" and isinstance(facts, Facts)), "")
