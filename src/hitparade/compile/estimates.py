"""What of a song's amounts nobody reported, as reasons beside those of the rules."""

from collections.abc import Iterator

from hitparade.chart import Candidate
from hitparade.rulebook.rules import Rules


def estimated(candidate: Candidate, rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Give the block, the measure and a sentence for each estimate in a song's points."""
    for measure in rules.weights:
        amount = next(iter(candidate.sums.get(measure, ())), 0)
        if guessed := candidate.estimated.get(measure):
            said = f"{guessed:,} of {amount:,} {measure} are estimated, for days that were not reported"
            yield "imputation", measure, said
        if amount and measure in rules.counting.uplift:
            top, bottom = rules.counting.uplift[measure]
            said = f"{measure} is raised by {top:,}:{bottom:,}, estimated for channels that never report"
            yield "uplift", measure, said
