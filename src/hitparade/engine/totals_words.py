"""The statement that sums some days of a territory, put together from fixed pieces.

Pieces and columns that the days do not need are left out: a day that is the partition's own and is not cut
reads no instants, a profile without a cap reads no consumers, plays without revenue sum none.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from hitparade.engine.duck import file_list, literal
from hitparade.engine.pieces import pieces
from hitparade.engine.totals_days import instant, number_of_day, runs
from hitparade.engine.totals_days import slot as slot_of_day
from hitparade.engine.totals_plan import Plan, Struck
from hitparade.engine.zones import moved

WHY_OUT = (
    "", "bulk", "day_not_cut", "not_lead", "other_event", "over_cap", "repeat", "returned", "short_play", "struck",
    "too_many_titles", "under_price",
)  # fmt: skip
"""Why a row is out, sorted; the statement says the place in this list."""
SOLD, RETURNED = "sold", "returned"
"""Events of a row: a plain sale, also where nothing is said, and a piece that came back."""
_PRODUCT = ("titles", "tracks", "lead_track")
"""What a row may say of the product that was sold."""
SALES = ("product", "event", *_PRODUCT)
"""Columns only of files that have something in them."""
_AFTER = 9_999
"""The slot of the rows of a later day that are read because they belong to the same week."""


def statement(plan: Plan, names: frozenset[str]) -> str:
    """Return the SQL for ``plan``, with the columns of ``names`` that its rows use."""
    piece, said = pieces("totals"), _words(plan, names)
    steps = ["placed", *(["told_once"] if plan.once else [])]
    if plan.capped:
        steps += ["groups", "cut_in_turn" if said["turn"] else "cut_at_once", "lines_capped"]
    else:
        steps.append("lines")
    return "with " + ",\n".join(piece[step].format(**said) for step in steps) + "\n" + piece["out"].format(**said)


def _words(plan: Plan, names: frozenset[str]) -> dict[str, str]:
    """Return what the pieces leave open."""
    day, slot = ["d"] * plan.several, ["slot"] * (plan.cut or plan.bulky)
    currency = ["currency"] * ("currency" in names)
    own, order = [*day, *slot, *currency], [*day, *slot, "kind", "recording", *currency, "why"]
    values = [name for name in ("audience", "revenue") if name in names]
    # Audience and revenue have no exact share: they stay with what counts, if anything of the group does.
    share = "case when q_in <> 0 or q = 0 then {} else {} end"
    codes = {why or "counted": str(place) for place, why in enumerate(WHY_OUT)}
    return {
        "source": moved(f"read_parquet({file_list(plan.files)}{_by_name(names)}{_file_names(plan)})", plan.zones),
        "instant": "told_at" if plan.zones else '"at"',
        "slot": _slot(plan),
        "day_placed": f"{number_of_day(plan)} as d," if day else "",
        "day_carried": "d, " if day else "",
        "why": _why(plan, names),
        "within": "true" if plan.whole_partition else _within(plan),
        "rows": "told_once" if plan.once else "placed",
        "own_keys": "".join(f"{key}, " for key in own),
        "turn": ", ".join([*slot, *currency]),
        "order": ", ".join(order),
        "sums": "".join(f", sum({name}) as {name}" for name in values),
        "values": "".join(f", {name}" for name in values),
        "sums_in": "".join(f", sum({share.format(name, 0)}) as {name}" for name in values),
        "sums_over": "".join(f", sum({share.format(0, name)}) as {name}_over" for name in values),
        "values_over": "".join(f", {name}_over" for name in values),
        "values_out": "".join(f", cast({name} as bigint) as {name}" for name in values),
        **codes,
        **_bulk(plan, names, codes),
    }


def _by_name(names: frozenset[str]) -> str:
    """Return how files are read: what is said of sales are columns only of files that have any."""
    return ", union_by_name = true" if names & set(SALES) else ""


def _file_names(plan: Plan) -> str:
    """Return how files are read where a row's delivery, the name of its file, must be known."""
    return ", filename = true" if any(each.delivery for each in plan.struck) else ""


def _bulk(plan: Plan, names: frozenset[str], codes: Mapping[str, str]) -> dict[str, str]:
    """Return the words of limits on pieces of one product; all but the plain cap are empty where there is none."""
    if not plan.bulky:
        words = (
            "bulk_placed",
            "bulk_carried",
            "bulk_order",
            "bulk_keys",
            "bulk_group",
            "over_kept",
            "here",
            "also_here",
        )
        return {**dict.fromkeys(words, ""), "most": "cap"}
    product = "r.product" if "product" in names else "null::varchar"
    counted = f"why = {codes['counted']} and bulk = 1"
    return {
        "bulk_placed": f", k.void, k.bulk, {product} as product, {_week(plan)} as week",
        "bulk_carried": ", void, bulk, product, week",
        "bulk_order": ", product nulls first",
        "bulk_keys": f""", void, case bulk when 1 then {codes["bulk"]} else {codes["over_cap"]} end as over,
    case when {counted} then product end as product, case when {counted} then week end as week""",
        "bulk_group": ", product, week",
        "over_kept": ", over",
        "over_cap": "over",
        "here": f"where slot between 0 and {_AFTER - 1}",
        "also_here": f"and slot between 0 and {_AFTER - 1}",
        "most": "case when q_all >= void then 0 else cap end",
    }


def _within(plan: Plan) -> str:
    today = " or ".join(
        f"""(r."at" >= {instant(first.starts)} and r."at" < {instant(last.ends)})
    or (r."at" is null and r.day between date '{first.day}' and date '{last.day}')"""
        for first, last in runs(plan.slots)
    )
    if not plan.weeks:
        return today
    first, last = plan.weeks[0], plan.weeks[-1]
    by_day = f"r.day >= date '{first.first_day}' and r.day < date '{last.first_day + timedelta(7)}'"
    week = f"""r."at" >= {instant(first.starts)} and r."at" < {instant(last.ends)}"""
    return f"""{today} or (k.weekly = 1 and (({week}) or (r."at" is null and {by_day})))"""


def _week(plan: Plan) -> str:
    """Return the number of a row's week, of the one or two in which the day lies."""
    later = list(enumerate(plan.weeks))[:0:-1]
    whens = ""
    for number, week in later:
        by_day = f"""(r."at" is null and r.day >= date '{week.first_day}')"""
        whens += f""" when r."at" >= {instant(week.starts)} or {by_day} then {number}"""
    return f"case{whens} else 0 end" if whens else "0"


def _slot(plan: Plan) -> str:
    """Return the number of a row's slot; a row without an instant stands, uncounted, in the first."""
    said = slot_of_day(plan)
    if not plan.weeks:
        return said
    day, starts, ends = plan.days[0], instant(plan.slots[0].starts), instant(plan.slots[-1].ends)
    return f"""case when r."at" < {starts} or (r."at" is null and r.day < date '{day}') then -1
      when r."at" >= {ends} or (r."at" is null and r.day > date '{day}') then {_AFTER} else {said} end"""


def _why(plan: Plan, names: frozenset[str]) -> str:
    """Return the number of the first reason why a row does not count."""
    whens = [(_is_struck(each), "struck") for each in plan.struck]
    if plan.cut_daily and plan.even and not plan.weeks:
        whens.append(('r."at" is null', "day_not_cut"))
    elif any(kind.cut_days for kind in plan.kinds):
        cut = "(k.cut_days & (1 << (isodow(r.day) - 1)::integer)) <> 0"
        whens.append((f"""r."at" is null and {cut}""", "day_not_cut"))
    whens += _of_products(plan, names)
    if "event" in names:
        whens.append((f"r.event = '{RETURNED}'", RETURNED))
        whens.append((f"r.event <> '{SOLD}' and r.event is distinct from k.event", "other_event"))
    if any(kind.minimum is not None for kind in plan.kinds):
        whens.append(("r.ms_played < k.minimum", "short_play"))
    if "revenue" in names and any(kind.floor is not None for kind in plan.kinds):
        whens.append(("r.currency = k.floor_currency and r.revenue < k.floor * r.quantity", "under_price"))
    said = "".join(f" when {condition} then {WHY_OUT.index(why)}" for condition, why in whens)
    return f"case{said} else {WHY_OUT.index('')} end" if said else "0"


def _of_products(plan: Plan, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Give the conditions that a row is of a product that does not count; what came back of it never did, either."""
    limits = [name for name in ("titles", "tracks") if name in names and any(getattr(k, name) for k in plan.kinds)]
    if limits:
        yield " or ".join(f"r.{name} > k.{name}" for name in limits), "too_many_titles"
    if "lead_track" in names and any(kind.lead for kind in plan.kinds):
        held = "".join(f"r.{name}, " for name in ("titles", "tracks") if name in names)
        yield f"k.lead = 1 and not r.lead_track and coalesce({held}2) > 1", "not_lead"


def _is_struck(said: Struck) -> str:
    """Return the condition that a row is one of those that a decision takes out."""
    by_day = f"r.day between date '{said.first_day}' and date '{said.last_day}'"
    instants = f"""r."at" >= {instant(said.starts)} and r."at" < {instant(said.ends)}"""
    conditions = [f"""(({instants}) or (r."at" is null and {by_day}))"""]
    if said.spellings is not None:
        conditions.append(f"r.spelling in ({', '.join(map(str, said.spellings)) or 'null'})")
    whole_use = said.measure.removesuffix(".*")
    if whole_use != said.measure:
        conditions.append(f"(r.measure = {literal(whole_use)} or starts_with(r.measure, {literal(whole_use + '.')}))")
    elif said.measure:
        conditions.append(f"r.measure = {literal(said.measure)}")
    conditions += [f"r.{name} = {literal(value)}" for name in ("channel", "consumer") if (value := getattr(said, name))]
    if said.delivery:
        conditions.append(f"ends_with(r.filename, {literal(f'/{said.delivery}.parquet')})")
    return " and ".join(conditions)
