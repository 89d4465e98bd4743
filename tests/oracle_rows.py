"""What counts of raw rows, once more in slow and obvious Python: windows by measure, hours, panels, money, customers.

It imports nothing of hitparade. Beside the keys of :mod:`oracle`, ``rules`` may have

    territories {of, minus}, component {pattern: {after_days, weekday, at}}, hours {pattern: [span]}, parts {name:
    [span]}, panel_rows [(channel, part, weight, first day, last day)], paneled [pattern], events {pattern: event},
    channel_zones {channel: zone}, imputation {pattern: {weeks, days}}, floor and average {pattern: (value, currency)},
    returns, bulk {pattern: {counts, void_from, per}}, products {pattern: {titles, tracks, counts_for}}, amounts
    {measure: (of, currency, multiple, rounding)}, struck [{first, last, title, channel, measure, consumer}], where
    nothing fits all

where a span is (weekdays, first minute, minute after the last) and a row has audience, revenue, currency, product,
event, titles, tracks and lead_track as well.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from oracle import is_short, of_pattern, spelling

Row = dict[str, Any]
Songs = dict[tuple[str, str, str], Row]
DAY = 24 * 60


def tally(rows: list[Row], songs: Songs, rules: Row, first_day: date, next_day: date) -> dict[str, dict[str, int]]:
    """Return for each song what counts of each measure in the window that belongs to a week."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    told = list(counting(rows, songs, rules))
    for row, share in (*told, *estimates(told, rows, rules, first_day, next_day)):
        measure = row["measure"]
        if measure in rules["units"] and is_within(row, rules, first_day, next_day) and is_heard(row, rules):
            of, currency, _, _ = rules.get("amounts", {}).get(measure, ("quantity", "", 1, "down"))
            value = share if of == "quantity" else row[of] or 0
            if of != "revenue" or row["currency"] == currency:
                sums[songs[spelling(row)]["key"]][measure] += value * weight(row, rules) * (-1 if is_back(row) else 1)
    for said in sums.values():
        for measure, (_, _, multiple, rounding) in rules.get("amounts", {}).items():
            if measure in said:
                more = multiple // 2 if rounding == "half_up" else 0
                said[measure] = (said[measure] + more) // multiple * multiple
    return sums


def prices(
    rows: list[Row], songs: Songs, rules: Row, first_day: date, next_day: date
) -> dict[tuple[str, str], tuple[int, int]]:
    """Return for each song and measure with an average price the pieces of known price and what they brought."""
    found: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    told = list(counting(rows, songs, rules))
    for row, share in (*told, *estimates(told, rows, rules, first_day, next_day)):
        said, measure = of_pattern(rules.get("average", {}), row["measure"]), row["measure"]
        inside = is_within(row, rules, first_day, next_day) and is_heard(row, rules) and measure in rules["units"]
        if said and inside and row["currency"] == said[1]:
            key, times = (songs[spelling(row)]["key"], measure), weight(row, rules) * (-1 if is_back(row) else 1)
            pieces, paid = found[key]
            found[key] = pieces + share * times, paid + row["revenue"] * times
    return {key: pair for key, pair in found.items() if pair[0]}


def without_the_cheap(
    sums: dict[str, dict[str, int]], found: dict[tuple[str, str], tuple[int, int]], rules: Row
) -> dict[str, dict[str, int]]:
    """Return sums without those of songs and measures whose pieces brought too little on average."""
    made: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, said in sums.items():
        for measure, number in said.items():
            pieces, paid = found.get((key, measure), (0, 0))
            least = of_pattern(rules.get("average", {}), measure)
            if not (least and pieces > 0 and paid < least[0] * pieces):
                made[key][measure] = number
    return made


def is_back(row: Row) -> bool:
    """Return whether a row tells of pieces that came back."""
    return bool(row["event"] == "returned")


# What nobody reported


def estimates(
    told: list[tuple[Row, int]], rows: list[Row], rules: Row, first_day: date, next_day: date
) -> Iterator[tuple[Row, int]]:
    """Give the rows that stand in for days of a channel that are missing, moved to those days; for UTC days only."""
    series: dict[Any, set[date]] = defaultdict(set)
    for row in rows:
        if is_here(row["territory"], rules):
            series[row["territory"], row["channel"], row["measure"]].add(civil(row, rules)[0])
    for key, days in series.items():
        rule = of_pattern(rules.get("imputation", {}), key[2])
        begins, _ = start_of(rules, key[2], first_day)
        ends, at = start_of(rules, key[2], next_day)
        touched = [begins + timedelta(n) for n in range((ends - begins).days + (at != "00:00"))]
        expected = min(days) <= touched[-1] and max(days) >= touched[0]
        missing = [day for day in touched if expected and day not in days]
        for day in missing if rule and len(missing) <= rule["days"] else ():
            before = [day - timedelta(7 * n) for n in range(1, rule["weeks"] + 1)]
            donor = next((each for each in before if each in days), None)
            for row, share in told if donor else ():
                if (row["territory"], row["channel"], row["measure"]) == key and civil(row, rules)[0] == donor:
                    moved = {**row, "at": row["at"] and row["at"] + (day - donor), "day": row["day"] and day}
                    yield moved, share


# Where and when


def is_here(code: str, rules: Row) -> bool:
    """Return whether rows of a territory count."""
    wanted = rules.get("territories")
    if not wanted:
        return bool(code == rules["territory"])
    own = {code, code[:2], "GLOBAL"}
    return code != "GLOBAL" and bool(own & set(wanted["of"])) and not own & set(wanted["minus"])


def start_of(rules: Row, measure: str, first_day: date) -> tuple[date, str]:
    """Return the day and time at which a measure's window begins that belongs to a week."""
    own = of_pattern(rules.get("component", {}), measure)
    return (first_day + timedelta(own["after_days"]), own["at"]) if own else (first_day, rules["at"])


def instant(rules: Row, day: date, at: str) -> datetime:
    """Return the naive UTC instant of a civil time."""
    return datetime.combine(day, time.fromisoformat(at), ZoneInfo(rules["zone"])).astimezone(UTC).replace(tzinfo=None)


def zone_of(row: Row, rules: Row) -> str:
    """Return the zone by whose clock a row is put in days: the book's, or that of its channel."""
    return str(rules.get("channel_zones", {}).get(row["channel"], rules["zone"]))


def is_within(row: Row, rules: Row, first_day: date, next_day: date) -> bool:
    """Return whether a row lies in its measure's window."""
    begins, at = start_of(rules, row["measure"], first_day)
    ends, _ = start_of(rules, row["measure"], next_day)
    if row["at"]:
        here = {**rules, "zone": zone_of(row, rules)}
        return instant(here, begins, at) <= row["at"] < instant(here, ends, at)
    return begins <= row["day"] < ends


def civil(row: Row, rules: Row) -> tuple[date, int]:
    """Return the civil day and minute of a row; the first minute where only the day is known."""
    if not row["at"]:
        return row["day"], 0
    local = row["at"].replace(tzinfo=UTC).astimezone(ZoneInfo(zone_of(row, rules)))
    return local.date(), local.hour * 60 + local.minute


def in_spans(spans: list[Any], day: date, minute: int) -> bool:
    """Return whether a minute of a day lies in any of some spans."""
    return any(day.weekday() in days and begins <= minute < ends for days, begins, ends in spans)


def is_heard(row: Row, rules: Row) -> bool:
    """Return whether a row lies in the hours that count."""
    hours = of_pattern(rules.get("hours", {}), row["measure"])
    return hours is None or in_spans(hours, *civil(row, rules))


def is_paneled(measure: str, rules: Row) -> bool:
    """Return whether the panel is for a measure."""
    named = rules.get("paneled")
    return not named or of_pattern(dict.fromkeys(named, 1), measure) is not None


def weight(row: Row, rules: Row) -> int:
    """Return how much a row's channel weighs at its time; 0 off the panel."""
    if not is_paneled(row["measure"], rules) or (not rules.get("panel") and not rules.get("panel_rows")):
        return 1
    if rules.get("panel"):
        return int(rules["panel"].get(row["channel"], 0))
    day, minute = civil(row, rules)
    parts = [name for name, spans in rules.get("parts", {}).items() if in_spans(spans, day, minute)] or ["other"]
    held = {
        part: value
        for channel, part, value, first, last in rules["panel_rows"]
        if channel == row["channel"] and (first or date.min) <= day <= (last or date.max)
    }
    return next((held[part] for part in (*parts, "") if part in held), 0)


def cuts(rules: Row, measure: str) -> set[tuple[int, int]]:
    """Return the (weekday, minute) at which a measure's days are cut."""
    own = of_pattern(rules.get("component", {}), measure)
    weekday, at = (own["weekday"], own["at"]) if own else (rules["weekday"], rules["at"])
    found = {(weekday, int(at[:2]) * 60 + int(at[3:]))}
    spans = list(of_pattern(rules.get("hours", {}), measure) or [])
    if any(row[1] for row in rules.get("panel_rows") or ()) and is_paneled(measure, rules):
        spans += [span for each in rules.get("parts", {}).values() for span in each]
    found |= {(day, edge) for days, begins, ends in spans for day in days for edge in (begins, ends)}
    return {(day, minute) for day, minute in found if 0 < minute < DAY}


# Which rows


def why_out(row: Row, rules: Row) -> str:  # noqa: PLR0911 - one for each reason
    """Return the first reason why a row alone does not count; what came back is told apart."""
    measure = row["measure"]
    if any(is_struck(row, each, rules) for each in rules.get("struck", [])):
        return "struck"
    if not row["at"] and row["day"].weekday() in {day for day, _ in cuts(rules, measure)}:
        return "day_not_cut"
    if of_product(row, of_pattern(rules.get("products", {}), measure) or {}):
        return of_product(row, of_pattern(rules["products"], measure))
    if is_back(row):
        return "returned"
    if row["event"] not in {None, "sold", of_pattern(rules.get("events", {}), measure)}:
        return "other_event"
    if is_short(row, rules):
        return "short_play"
    floor = of_pattern(rules.get("floor", {}), measure)
    if floor and row["currency"] == floor[1] and row["revenue"] < floor[0] * row["quantity"]:
        return "under_price"
    return ""


def of_product(row: Row, terms: Row) -> str:
    """Return why a sale does not count for the product that it is of; nothing where too little is known of that."""
    for name in ("titles", "tracks"):
        if terms.get(name) and row[name] and row[name] > terms[name]:
            return "too_many_titles"
    # Who says that another song leads says that there is more than one, unless the number of titles is known.
    titles = row["titles"] or row["tracks"] or 2
    return "not_lead" if terms.get("counts_for") == "lead" and row["lead_track"] is False and titles > 1 else ""


def is_struck(row: Row, said: Row, rules: Row) -> bool:
    """Return whether a decision takes a row out of the count."""
    measure = said.get("measure") or row["measure"]
    fits = of_pattern({measure: 1}, row["measure"]) is not None
    named = all(row[name] == said[name] for name in ("title", "channel", "consumer") if said.get(name))
    return fits and named and said["first"] <= civil(row, rules)[0] <= said["last"]


def counting(rows: list[Row], songs: Songs, rules: Row) -> Iterator[tuple[Row, int]]:
    """Give the rows that count, or are taken away, each with how much of its quantity does."""
    here = [row for row in rows if is_here(row["territory"], rules)]
    if rules.get("returns") == "net":
        yield from ((row, row["quantity"]) for row in here if why_out(row, rules) == "returned")
    sold = [row for row in here if not why_out(row, rules)]
    if rules.get("repeats") == "once":
        sold = once(sold, songs)
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in sold:
        groups[group_of(row, songs, rules)].append(row)
    for key, members in groups.items():
        most = limit(members, rules) if key else None
        for row in sorted(members, key=lambda row: (civil(row, rules)[0], row["at"] or datetime.min)):  # noqa: DTZ901
            share = row["quantity"] if most is None else min(row["quantity"], most)
            most = None if most is None else most - share
            yield row, share


def once(rows: list[Row], songs: Songs) -> list[Row]:
    """Return the rows without repeats: of equal territory, channel, instant, consumer and song the largest stays."""
    kept, seen = [], set()
    for row in sorted(
        rows,
        key=lambda row: (
            -row["quantity"], row["measure"], -(row["audience"] or 0), -(row["revenue"] or 0), row["currency"] or "",
            row["product"] or "",
        ),
    ):  # fmt: skip
        mark = (row["territory"], row["channel"], row["at"], row["consumer"], songs[spelling(row)]["key"])
        if row["at"] is None or mark not in seen:
            kept.append(row)
        seen.add(mark)
    return kept


def group_of(row: Row, songs: Songs, rules: Row) -> Any:  # noqa: ANN401 - what is limited together
    """Return what tells which rows share a limit; nothing for a row that has none."""
    measure, day = row["measure"], civil(row, rules)[0]
    bulk, cap = of_pattern(rules.get("bulk", {}), measure), of_pattern(rules.get("cap", {}), measure)
    if not row["consumer"] or (not bulk and cap is None):
        return None
    product = row["product"] if bulk else None
    when = week_of(row, rules) if bulk and bulk["per"] == "week" else day
    return row["territory"], row["consumer"], row["channel"], measure, songs[spelling(row)]["key"], product, when


def week_of(row: Row, rules: Row) -> date:
    """Return the first day of the week that a row lies in."""
    day = civil(row, rules)[0]
    began = day - timedelta((day.weekday() - rules["weekday"]) % 7)
    here = {**rules, "zone": zone_of(row, rules)}
    early = row["at"] and began == day and row["at"] < instant(here, day, rules["at"])
    return began - timedelta(7) if early else began


def limit(members: list[Row], rules: Row) -> int:
    """Return how much of a group counts."""
    measure, whole = members[0]["measure"], sum(row["quantity"] for row in members)
    bulk = of_pattern(rules.get("bulk", {}), measure)
    if not bulk:
        return int(of_pattern(rules["cap"], measure))  # type: ignore[arg-type]
    return 0 if bulk.get("void_from") and whole >= bulk["void_from"] else int(bulk["counts"])
