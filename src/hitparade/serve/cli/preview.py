"""How a preview of publishing looks in a terminal, and as JSON."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hitparade.serve.cli.output import number, out
from hitparade.serve.cli.show import marked

if TYPE_CHECKING:
    from hitparade.archive.effects import Change
    from hitparade.archive.preview import Preview
    from hitparade.chart import Chart
    from hitparade.compile.compare import Comparison


def plain(preview: "Preview") -> dict[str, Any]:
    """Return a preview as JSON values: the comparison of the issue, and of each later one."""
    from hitparade.compile.compare import compare

    issue = preview.chart
    return {
        "chart": issue.chart,
        "issue_date": issue.issue_date,
        "simulated": issue.simulated,
        "edition": preview.edition,
        "changes": preview.changes,
        "obstacle": preview.obstacle,
        "policy": preview.policy,
        "last_week_from": preview.last_week_from,
        "readers": preview.readers,
        "elsewhere": [
            {
                "edition": each.edition,
                "because": each.because,
                "unproved": each.change.unproved,
                "comparison": compare(each.change.before, each.change.after),
            }
            for each in preview.elsewhere
        ],
        "comparison": compare(preview.before, issue) if preview.before else None,
        "later": [
            {
                "issue_date": each.issue_date,
                "unproved": each.unproved,
                "comparison": compare(each.before, each.after),
            }
            for each in preview.later
        ],
    }


def print_preview(preview: "Preview", top: int) -> None:
    """Print what publishing or correcting one issue would change, ``top`` lines of each issue."""
    issue = preview.chart
    headline = f"{issue.chart} {issue.issue_date}: {_summary(preview)}"
    out.print(marked(headline, simulated=issue.simulated), markup=False, soft_wrap=True)
    if preview.before and preview.changes:
        _print_lines(preview.before, issue, top)
    if preview.obstacle:
        out.print(f"  not now: {preview.obstacle}", markup=False, soft_wrap=True)
    if preview.last_week_from:
        fed = preview.last_week_from
        out.print(f"  LW comes from {issue.chart} {fed.issue_date} ed{fed.number}.", markup=False, soft_wrap=True)
    if preview.published:
        out.print(f"  policy: {preview.policy}", markup=False, soft_wrap=True)
    _print_elsewhere(preview, top)
    if not preview.later:
        out.print("  No later published issue would change.", markup=False, soft_wrap=True)
        return
    weeks = "1 later published issue" if len(preview.later) == 1 else f"{len(preview.later)} later issues"
    follows = preview.published and preview.policy.name == "replace_and_propagate"
    how = "would come out again with it" if follows else "would change if corrected after it"
    out.print(f"  {weeks} {how}:", markup=False, soft_wrap=True)
    for each in preview.later:
        _print_later(each, top)


def _print_elsewhere(preview: "Preview", top: int) -> None:
    """Print which published issues of other charts rest on the issue, and which of them would change with it."""
    changing = {each.edition for each in preview.elsewhere}
    for reader in preview.readers:
        if reader not in changing:
            out.print(f"  {reader.name} was made from it and would not change.", markup=False, soft_wrap=True)
    for each in preview.elsewhere:
        why = " and ".join(each.because)
        out.print(
            f"  {each.edition.name} rests on {why}; corrected after it, it would change:", markup=False, soft_wrap=True
        )
        _print_later(each.change, top)


def print_difference(before: "Chart", after: "Chart", top: int) -> None:
    """Print how many lines of an issue differ between two versions, and the first ``top`` of them."""
    from hitparade.compile.compare import compare

    found = compare(before, after)
    told = f"  {_counts(found)}, {found.same} {'stays as it is' if found.same == 1 else 'stay as they are'}"
    out.print(marked(told, simulated=after.simulated), markup=False, soft_wrap=True)
    _print_lines(before, after, top)


def _summary(preview: "Preview") -> str:
    if preview.published is None:
        return f"would be published as ed{preview.edition}, {number(len(preview.chart.entries))} lines"
    now = f"ed{preview.published.number} is in force"
    if preview.changes:
        return f"{now}; `hitparade correct` would bring out ed{preview.edition}"
    return f"{now}, and nothing in it would change"


def _print_later(change: "Change", top: int) -> None:
    from hitparade.compile.compare import compare

    found = compare(change.before, change.after)
    doubt = f"   not proved: {change.unproved}" if change.unproved else ""
    told = f"  {change.issue_date}: {_counts(found)}{doubt}"
    out.print(marked(told, simulated=change.after.simulated), markup=False, soft_wrap=True)
    _print_lines(change.before, change.after, top)


def _counts(found: "Comparison") -> str:
    parts = [
        ("enters", "enter", found.entered),
        ("leaves", "leave", found.left),
        ("moves", "move", found.moved),
        ("is restated", "are restated", found.restated),
    ]
    told = ", ".join(f"{len(lines)} {one if len(lines) == 1 else more}" for one, more, lines in parts if lines)
    return told or "only sentences would differ"


def _print_lines(before: "Chart", after: "Chart", top: int) -> None:
    found = list(lines(before, after))
    for line in found[:top]:
        out.print(f"    {line}", markup=False, soft_wrap=True)
    if len(found) > top:
        out.print(f"    … {len(found) - top} more (--top prints more)", markup=False, soft_wrap=True)


def lines(before: "Chart", after: "Chart") -> Iterator[str]:
    """Return a line for each song that moves, enters, leaves or is restated between two versions."""
    from hitparade.compile.compare import compare

    found = compare(before, after)
    for each in (*found.entered, *found.moved, *found.left):
        was, now = each.before or "-", each.after or "off"
        line = f"{was} -> {now}  {each.title} - {each.credit}{f' ({each.why})' if each.why else ''}"
        yield marked(line, simulated=after.simulated)
    old = {entry.song: entry for entry in before.entries}
    new = {entry.song: entry for entry in after.entries}
    for each in found.restated:
        one, other = old[each.song], new[each.song]
        told = [
            f"{word} {was if was is not None else '-'} -> {now if now is not None else '-'}"
            for word, was, now in (
                ("points", one.points, other.points),
                ("LW", one.previous_position, other.previous_position),
                ("peak", one.peak, other.peak),
                ("weeks at peak", one.peak_weeks, other.peak_weeks),
                ("weeks", one.weeks_on_chart, other.weeks_on_chart),
            )
            if was != now
        ]
        line = f"{other.position}  {each.title} - {each.credit}: {', '.join(told) or 'movement'}"
        yield marked(line, simulated=after.simulated)
