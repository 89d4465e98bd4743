"""The rules of a chart once more, in slow and obvious Python, straight from raw entries.

It imports nothing of hitparade. Rows are dicts (territory, day or at, channel, measure, isrc, title, artist,
quantity, ms_played, consumer, released); a book is a dict of dated values, each a list of (first tracking day,
value):

    territory, zone, weekday (Monday 0), at ("06:00"), steps, size, units {measure: (numerator, denominator)},
    minimum_play {pattern: ms}, cap {pattern: plays}, repeats, panel {channel: weight}, release_age,
    recurrent, artist_cap, accelerated, growth, ties (order, shared)
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from oracle_songs import folded, identities, spelling

Row = dict[str, Any]
Book = dict[str, Any]
Line = dict[str, Any]


def charts(
    rows: list[Row],
    book: Book,
    weeks: list[tuple[date, date]],
    rulings: list[Row] | None = None,
    beside: Callable[..., Row] | None = None,
) -> list[Row]:
    """Return the chart of every week (first tracking day, issue date), each following from the one before.

    ``beside`` says what is printed beside the lines, of which the signs are kept.
    """
    songs = identities(rows)
    memory: dict[str, Row] = {}
    last_issue, made = None, []
    for number, (first_day, issue_date) in enumerate(weeks):
        rules = {key: in_force(values, first_day) for key, values in book.items()}
        held = [each for each in rulings or () if each["first"] <= issue_date <= each["last"]]
        weeks_back = [tally(rows, songs, rules, *span(weeks, number - n)) for n in range(5)]
        seen: list[Line] = []
        chart = one_issue(weeks_back, songs, rules, memory, last_issue, first_day, issue_date, held, seen=seen)
        signs = {"signs": beside(chart, seen, weeks_back, rules)["signs"]} if beside else {}
        made.append({**chart, **signs})
        last_issue = issue_date
    return made


def span(weeks: list[tuple[date, date]], number: int) -> tuple[date, date]:
    """Return the first day of a week and of the next one; before the first week all have seven days."""
    begins = weeks[max(number, 0)][0] + timedelta(7 * min(number, 0))
    ends = weeks[number + 1][0] if 0 <= number < len(weeks) - 1 else begins + timedelta(7)
    return begins, min(ends, begins + timedelta(7))


def in_force(values: Any, day: date) -> Any:  # noqa: ANN401 - a dated value or a table of them
    """Return what holds on a day: the newest of dated values, inside tables too; what is not dated as it is."""
    if isinstance(values, dict):
        found = {key: in_force(each, day) for key, each in values.items()}
        return {key: each for key, each in found.items() if each is not None}
    if isinstance(values, list) and values and isinstance(values[0], tuple):
        started = [value for since, value in values if since <= day]
        return started[-1] if started else None
    return values


# What counts


def tally(
    rows: list[Row], songs: dict[tuple[str, str, str], Row], rules: Row, first_day: date, next_day: date
) -> dict[str, dict[str, int]]:
    """Return for each song what counts of each measure in the week that begins on one day and ends before another."""
    zone = ZoneInfo(rules["zone"])
    at = time.fromisoformat(rules["at"])
    begins = datetime.combine(first_day, at, zone).astimezone(UTC).replace(tzinfo=None)
    ends = datetime.combine(next_day, at, zone).astimezone(UTC).replace(tzinfo=None)
    counted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row, quantity in counting(rows, songs, rules, zone):
        if row["at"]:
            within = begins <= row["at"] < ends
        else:
            within = first_day <= row["day"] < next_day and not is_cut(row["day"], rules)
        weight = 1 if rules.get("panel") is None else rules["panel"].get(row["channel"], 0)
        if within and weight and row["measure"] in rules["units"]:
            counted[songs[spelling(row)]["key"]][row["measure"]] += quantity * weight
    return counted


def is_cut(day: date, rules: Row) -> bool:
    """Return whether a week begins inside that day, so that a row without an instant belongs to neither."""
    return rules["at"] != "00:00" and day.weekday() == rules["weekday"]


def counting(
    rows: list[Row], songs: dict[tuple[str, str, str], Row], rules: Row, zone: ZoneInfo
) -> list[tuple[Row, int]]:
    """Return the rows that count by the row rules, each with how much of it does."""
    here = [row for row in rows if row["territory"] == rules["territory"]]
    played = [row for row in here if not is_short(row, rules)]
    if rules.get("repeats") == "once":
        played = without_repeats(played, songs)
    played = [row for row in played if row["at"] or not is_cut(row["day"], rules)]
    played.sort(key=lambda row: row["at"] or datetime.min)  # noqa: DTZ901 - naive UTC
    used: dict[Any, int] = defaultdict(int)
    counted = []
    for row in played:
        limit = of_pattern(rules.get("cap", {}), row["measure"])
        quantity = row["quantity"]
        if limit is not None and row["consumer"]:
            day = row["at"].replace(tzinfo=UTC).astimezone(zone).date() if row["at"] else row["day"]
            place = (row["consumer"], row["channel"], row["measure"], songs[spelling(row)]["key"], day)
            quantity = min(quantity, limit - used[place])
            used[place] += quantity
        counted.append((row, quantity))
    return counted


def of_pattern(table: dict[str, int], measure: str) -> int | None:
    """Return the number of the measure itself, or of its use with ``.*``."""
    return table.get(measure, table.get(measure.split(".", maxsplit=1)[0] + ".*"))


def is_short(row: Row, rules: Row) -> bool:
    """Return whether a play is known to be shorter than the minimum."""
    least = of_pattern(rules.get("minimum_play", {}), row["measure"])
    return least is not None and row["ms_played"] is not None and row["ms_played"] < least


def without_repeats(rows: list[Row], songs: dict[tuple[str, str, str], Row]) -> list[Row]:
    """Return the rows without those that repeat channel, instant, consumer and song; the largest one stays."""
    kept, seen = [], set()
    for row in sorted(rows, key=lambda row: (-row["quantity"], row["measure"])):
        mark = (row["channel"], row["at"], row["consumer"], songs[spelling(row)]["key"])
        if row["at"] is None or mark not in seen:
            kept.append(row)
        seen.add(mark)
    return kept


# One issue


def one_issue(
    weeks_back: list[dict[str, dict[str, int]]],
    songs: dict[tuple[str, str, str], Row],
    rules: Row,
    memory: dict[str, Row],
    last_issue: date | None,
    first_day: date,
    issue_date: date,
    rulings: list[Row],
    *,
    seen: list[Line] | None = None,
) -> Row:
    """Return one chart, and change ``memory`` to what is remembered after it; ``seen`` gets every line, in order."""
    words = {song["key"]: song for song in songs.values()}
    lines = with_units(weeks_back, words, rules, memory, last_issue)
    lines = [line for line in lines if not is_beneath_notice(line, rules, rulings)]
    order, shared = rules["ties"]
    for line in lines:
        if any(each["song"] == line["key"] and each["action"] == "exclude" for each in rulings):
            line["off"].append("decision")
        weigh(line, weeks_back, rules, first_day, issue_date, rulings)
    for step, more in rules.get("weighs", {}).items():
        for line in more([line for line in lines if not line["off"]]):
            line["off"].append(step)
    for line in lines:
        line["order"] = [line.get("share", 0), *(tie_key(name, line) for name in order if name != "id")]
    lines.sort(key=lambda line: (line["order"], line["key"]))
    for line in lines:
        line["would_be"] = place(line, lines, shared)
    if seen is not None:
        seen += lines
    run_steps([line for line in lines if not line["off"]], rules, shared, first_day, rulings)
    entries = [line for line in lines if not line["off"] and place(line, lines, shared) <= rules["size"]]
    ruled = {each["song"] for each in rulings}
    return remember(lines, entries, rules, memory, last_issue, issue_date, ruled)


def with_units(
    weeks_back: list[dict[str, dict[str, int]]],
    words: dict[str, Row],
    rules: Row,
    memory: dict[str, Row],
    last_issue: date | None,
) -> list[Line]:
    """Return a line for each song that has units."""
    lines = []
    for key, sums in weeks_back[0].items():
        units = in_units(sums, rules)
        old = memory.get(key)
        previous = old["last_position"] if old and old["last_issue"] == last_issue else None
        gain = units - in_units(weeks_back[1].get(key, {}), rules)
        if units > 0:
            lines.append(
                {**words[key], "units": units, "now": units, "gain": gain, "old": old, "previous": previous, "off": []}
            )
    return lines


def in_units(sums: dict[str, int], rules: Row) -> Fraction:
    """Return how many units quantities make: so and so many of a measure make one."""
    return sum((Fraction(n) / Fraction(*rules["units"][measure]) for measure, n in sums.items()), Fraction(0))


def tie_key(name: str, line: Line) -> Any:  # noqa: ANN401 - numbers or text
    """Return what a tie key compares; the smaller is better, and nothing is worst."""
    nowhere = 10**9
    return {
        "points": -line["units"],
        "previous_position": line["previous"] or nowhere,
        "gain": -line["gain"],
        "peak": line["old"]["peak"] if line["old"] else nowhere,
        "weeks_on_chart": line["old"]["weeks"] if line["old"] else 0,
        "title": (line["title"].casefold(), line["title"]),
    }[name]


def place(line: Line, lines: list[Line], shared: str) -> int:
    """Return where a line stands, or would stand, among the lines that are in."""
    others = [each for each in lines if not each["off"] and each is not line]
    if shared == "no":
        return 1 + sum(1 for each in others if (each["order"], each["key"]) < (line["order"], line["key"]))
    better = [each["order"] for each in others if each["order"] < line["order"]]
    return 1 + (len(better) if shared == "competition" else len({str(each) for each in better}))


def run_steps(lines: list[Line], rules: Row, shared: str, first_day: date, rulings: list[Row]) -> None:
    """Let each step that is in force take lines off."""
    for step in rules["steps"]:
        params = rules.get(step)
        if not params or step in {"accelerated", "growth", "markers", *rules.get("weighs", {})}:
            continue
        spared = {each["song"] for each in rulings if each["action"] == "exempt" and each["rule"] == step}
        touched = [line for line in lines if line["key"] not in spared]
        if step in rules.get("more", {}):
            off = rules["more"][step](touched, params)
        elif step == "release_age":
            off = [line for line in touched if is_older(line["released"], params, first_day)]
        elif step == "artist_cap":
            off = beyond_cap(touched, params["entries"])
        else:
            off = recurrent(lines, touched, params, shared, rules["size"])
        for line in off:
            line["off"].append(step)


# What songs count for


def weigh(
    line: Line,
    weeks_back: list[dict[str, dict[str, int]]],
    rules: Row,
    first_day: date,
    issue_date: date,
    rulings: list[Row],
) -> None:
    """Let the steps that change what a song counts for look at it, unless a decision has taken it off."""
    if line["off"]:
        return
    if "accelerated" in rules["steps"] and rules.get("accelerated"):
        accelerate(line, weeks_back, rules, first_day, issue_date, rulings)
    if "growth" in rules["steps"] and rules.get("growth"):
        grow(line, rules["growth"], rulings)


def ratio_of(old: Row | None) -> Row:
    """Return since when a song is accelerated, and when it was reset; None where it was not."""
    return {"fast": old["fast"], "reset": old["reset"]} if old else {"fast": None, "reset": None}


def accelerate(
    line: Line,
    weeks_back: list[dict[str, dict[str, int]]],
    rules: Row,
    first_day: date,
    issue_date: date,
    rulings: list[Row],
) -> None:
    """Count a song at the accelerated ratio when it is due, and note what became of it."""
    terms, key = rules["accelerated"], line["key"]
    said = {each["action"] for each in rulings if each["song"] == key and each["rule"] == "accelerated"}
    if "exempt" in said:
        return
    known = ratio_of(line["old"])
    if "reset" in said:
        line["ratio"] = {"fast": None, "reset": issue_date}
        return
    months = {"months": 12 * terms["years"]} if "years" in terms else None
    aged = months is not None and is_older(line["released"], months, first_day)
    saved = known["reset"]
    if aged and saved and not is_older(line["released"], months, saved):
        saved = None  # it was reset while it was young
    if aged and not saved:
        if (
            "absent_years" in terms
            and "seasonal" not in said
            and was_away(line["old"], terms["absent_years"], issue_date)
        ):
            line["ratio"] = {"fast": None, "reset": issue_date}
            return
        fast_now = {"fast": known["fast"] or issue_date, "reset": known["reset"] if known["fast"] else None}
    elif known["fast"]:
        if (
            "growth" in terms
            and is_up(key, weeks_back, rules, terms["growth"])
            and not is_paused(terms, issue_date, "resets")
        ):
            line["ratio"] = {"fast": None, "reset": issue_date}
            return
        fast_now = known
    else:
        enough = aged or (line["old"] and line["old"]["weeks"] >= terms["after_weeks"])
        falling = all(is_down(key, weeks_back, rules, n) for n in range(1, terms["declines"] + 1))
        in_time = not saved or saved + timedelta(7 * terms["declines"]) <= issue_date
        if not (enough and falling and in_time) or is_paused(terms, issue_date, "declines"):
            return
        fast_now = {"fast": issue_date, "reset": None}
    line["ratio"] = fast_now
    line["units"] = in_units(weeks_back[0][key], {"units": {**rules["units"], **terms["units"]}})


def shares(key: str, weeks_back: list[dict[str, dict[str, int]]], rules: Row, back: int) -> tuple[Fraction, ...]:
    """Return units of a song in a week and the week before, and those of all songs; ones without a market."""
    song = [in_units(weeks_back[n].get(key, {}), rules) for n in (back, back + 1)]
    if rules["accelerated"].get("against") == "itself":
        return (*song, Fraction(1), Fraction(1))
    return (*song, *(sum((in_units(s, rules) for s in weeks_back[n].values()), Fraction(0)) for n in (back, back + 1)))


def is_down(key: str, weeks_back: list[dict[str, dict[str, int]]], rules: Row, back: int) -> bool:
    """Return whether a song did worse than the market in a week."""
    now, before, market_now, market_before = shares(key, weeks_back, rules, back)
    return before > 0 and now / before < market_now / market_before


def is_up(key: str, weeks_back: list[dict[str, dict[str, int]]], rules: Row, percent: int) -> bool:
    """Return whether a song did better than the market in this week by so many percentage points."""
    now, before, market_now, market_before = shares(key, weeks_back, rules, 0)
    if market_before == 0:
        return False
    return before == 0 or now / before - market_now / market_before >= Fraction(percent, 100)


def is_paused(terms: Row, issue_date: date, what: str) -> bool:
    """Return whether the issue lies in a span of exception; none of those tested runs into the next year."""
    spans = [each for each in terms.get("pauses", []) if what in each["what"]]
    return any(each["from"] <= issue_date.isoformat()[5:] <= each["to"] for each in spans)


def was_away(old: Row | None, years: int, issue_date: date) -> bool:
    """Return whether a song has not been on the chart for so many years."""
    return old is None or is_older(old["last_issue"], {"years": years}, issue_date)


def grow(line: Line, terms: Row, rulings: list[Row]) -> None:
    """Put what a song gained in the place of what it has, and take it off when that is nothing or too little."""
    now, gain = line["now"], line["gain"]
    spared = any(
        each["song"] == line["key"] and each["action"] == "exempt" and each["rule"] == "growth" for each in rulings
    )
    by_share = terms.get("by") == "percent"
    if not by_share:
        line["units"] = max(Fraction(0), min(line["units"], gain))
    no_news = not terms.get("new", True) or terms.get("from_nothing") == "excluded"
    too_small = now < terms.get("least", 0) or (gain == now and no_news)
    if gain <= 0 or (too_small and not spared):
        line["off"].append("growth")
    elif by_share:
        line["share"] = -now / (now - gain) if now > gain else -(10**30)


def is_beneath_notice(line: Line, rules: Row, rulings: list[Row]) -> bool:
    """Return whether a chart of growth in percent has nothing to say of a song, because it is too small.

    It speaks of small songs only when they were on the issue before, or a decision names them.
    """
    terms = rules.get("growth") if "growth" in rules["steps"] else None
    if not terms or terms.get("by") != "percent" or line["previous"]:
        return False
    return line["now"] < terms["least"] and line["key"] not in {each["song"] for each in rulings}


# Steps that take songs off


def is_older(released: date | None, params: Row, first_day: date) -> bool:
    """Return whether a song was released more than the limit before that day."""
    if released is None:
        return False
    months = params["years"] * 12 if "years" in params else params["months"]
    year, month = released.year + (released.month - 1 + months) // 12, (released.month - 1 + months) % 12 + 1
    day = released.day
    while True:
        try:
            return date(year, month, day) < first_day
        except ValueError:
            day -= 1


def beyond_cap(lines: list[Line], entries: int) -> list[Line]:
    """Return the lines of each lead artist after his first few that are still in."""
    seen: dict[str, int] = defaultdict(int)
    off = []
    for line in lines:
        if not line["off"]:
            lead = f" {folded(line['credit'])} "
            for join in (" featuring ", " feat ", " ft "):
                lead = lead.split(join, maxsplit=1)[0] + " "
            seen[lead.strip()] += 1
            if seen[lead.strip()] > entries:
                off.append(line)
    return off


def recurrent(lines: list[Line], touched: list[Line], params: Row, shared: str, size: int) -> list[Line]:
    """Return the lines that leave for good or have left before."""
    if params.get("passes", "one") == "one":
        off = [line for line in touched if leaves(line, place(line, lines, shared), params)]
    else:
        off, again = [], None
        while again is None or [id(x) for x in again] != [id(x) for x in off]:
            again = off
            with_them = [{**line, "off": line["off"] or any(line is x for x in again)} for line in lines]
            places = {line["key"]: place(copy, with_them, shared) for line, copy in zip(lines, with_them, strict=True)}
            off = [line for line in touched if leaves(line, places[line["key"]], params)]
    for line in off:
        taken = place(line, [x for x in lines if not any(x is y for y in off)], shared)
        here = place(line, lines, shared) if params.get("passes", "one") == "one" else taken
        line["for good"] = bool(line["previous"]) or here <= size
    return off


def leaves(line: Line, where: int, params: Row) -> bool:
    """Return whether the rule takes off a line that would stand there."""
    old = line["old"]
    if old is None:
        return False
    hit = any(old["weeks"] >= tier["weeks"] and where > tier["below"] for tier in params["tiers"])
    if params.get("descending_only") and where <= old["last_position"]:
        hit = False
    if old["recurrent"]:
        in_season = where <= params.get("titles", {}).get(line["key"], 0)
        return not in_season and (hit or where > (params.get("return_within") or 0))
    return hit


def remember(
    lines: list[Line],
    entries: list[Line],
    rules: Row,
    memory: dict[str, Row],
    last_issue: date | None,
    issue_date: date,
    ruled: set[str],
) -> Row:
    """Return the issue with history and drop-outs, and bring ``memory`` up to date."""
    shared = rules["ties"][1]
    positions = {line["key"]: place(line, lines, shared) for line in entries}
    was_on = {key: old for key, old in memory.items() if old["last_issue"] == last_issue}
    drop_outs = [
        (key, old["last_position"], why_gone(key, lines, entries))
        for key, old in sorted(was_on.items(), key=lambda each: (each[1]["last_position"], each[0]))
        if key not in positions
    ]
    for line in lines:
        if line.get("for good") and line["old"] and line["key"] in memory:
            memory[line["key"]] = {**line["old"], "recurrent": True}
    for line in lines:
        if line["key"] in memory and (line["previous"] or line["key"] in ruled or not is_too_low(line, lines, entries)):
            memory[line["key"]] = {**memory[line["key"]], **line.get("ratio", {})}
    printed = []
    for line in entries:
        old, position = line["old"], positions[line["key"]]
        peak = min(position, old["peak"]) if old else position
        at_peak = (old["peak_weeks"] if old and old["peak"] == peak else 0) + (position == peak)
        weeks = (old["weeks"] if old else 0) + 1
        moved = (line["previous"] or 0) - position
        if line["previous"] is None:
            movement = "re" if old and not line.get("heir") else "new"
        else:
            movement = f"{moved:+d}" if moved else "="
        printed.append((position, line["key"], line["units"], line["previous"], movement, peak, at_peak, weeks))
        memory[line["key"]] = {
            "last_issue": issue_date, "last_position": position, "peak": peak, "peak_weeks": at_peak,
            "weeks": weeks, "recurrent": False, **ratio_of(old), **line.get("ratio", {}),
        }  # fmt: skip
    gone = sorted(key for key, old in memory.items() if old["recurrent"])
    ratios = sorted((key, old["fast"], old["reset"]) for key, old in memory.items() if old["fast"] or old["reset"])
    return {"entries": printed, "drop_outs": drop_outs, "recurrent": gone, "ratios": ratios}


def is_too_low(line: Line, lines: list[Line], entries: list[Line]) -> bool:
    """Return whether a line stands below the last one on the chart, and there are others to fill it."""
    full = any(not each["off"] and each not in entries for each in lines)
    return full and (not entries or lines.index(line) > max(map(lines.index, entries)))


def why_gone(key: str, lines: list[Line], entries: list[Line]) -> str:
    """Return what took a song off; below the last position a cap does not matter, it is too low anyway."""
    line = next((each for each in lines if each["key"] == key), None)
    if line is None:
        return "no_points"
    if is_too_low(line, lines, entries):
        return next((rule for rule in line["off"] if rule != "artist_cap"), "size")
    return line["off"][0]
