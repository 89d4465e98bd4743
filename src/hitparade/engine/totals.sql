-- The pieces of the one statement that turns rows of a territory into totals of a day, or of some days (d).
-- Only filters, caps and sums of whole numbers; each row comes out in exactly one line.
-- Tables handed in: identity (spelling, recording); kinds (kind, channel, measure, minimum, cap), one line for each
-- channel and measure in that order, with the limits that hold for it. Reasons and slots are numbers, too.
-- Where a customer's pieces are added up over a week, the rows of its other days are read as well: their slots lie
-- before the first one or after the last, and they come out in no line.

-- :placed
placed as (
  select {day_placed} {slot} as slot, k.kind, k.channel, k.cap {bulk_placed}, i.recording, {why} as why, coalesce(r.currency, '') as currency,
    r.consumer, r.{instant} as instant, r.quantity,
    coalesce(r.audience, 0) as audience, coalesce(r.revenue, 0) as revenue
  from {source} as r
  join kinds as k on k.channel = r.channel and k.measure = r.measure
  join identity as i on i.spelling = r.spelling
  where {within}
)

-- :told_once
told_once as (
  select {day_carried} slot, kind, cap {bulk_carried}, recording, currency, consumer, quantity, audience, revenue,
    case when why = {counted} and instant is not null and row_number() over (
        partition by channel, instant, consumer, recording, why
        order by quantity desc, kind, audience desc, revenue desc, currency {bulk_order}) > 1
      then {repeat} else why end as why
  from placed
)

-- :lines
lines as (
  select {own_keys} kind, recording, why, count(*) as n, sum(quantity) as q {sums}
  from {rows} group by {own_keys} kind, recording, why
)

-- :groups
groups as (
  select {own_keys} kind, cap {bulk_keys}, recording, why,
    case when why = {counted} and cap is not null then consumer end as capped,
    count(*) as n, sum(quantity) as q {sums}
  from {rows} group by all
)

-- :cut_at_once
-- A group lies in one slot and one currency, so it is kept or cut as a whole.
cut_down as (
  select {own_keys} kind, recording, why, n, q {values},
    case when capped is not null and q > cap then least(n, cap) else n end as n_in,
    case when capped is not null and q > cap then cap else q end as q_in
  from groups
)

-- :cut_in_turn
-- A consumer's day is spread over slots or currencies: the earlier slot is counted first, up to the cap. What no cap
-- holds for is passed by: most rows of reports by day name no consumer.
spread as (
  select *, sum(q) over (partition by {day_carried} capped, kind, recording, why {bulk_group}) as q_all,
    sum(q) over in_turn as q_to, sum(n) over in_turn as n_to
  from groups where capped is not null
  window in_turn as (partition by {day_carried} capped, kind, recording, why {bulk_group} order by {turn}
    rows between unbounded preceding and current row)
),
bounded as (
  select *, {most} as most from spread
),
cut_down as (
  select {own_keys} kind, recording, why {over_kept}, n, q {values},
    case when q_all > most then least(most, n_to) - least(most, n_to - n) else n end as n_in,
    case when q_all > most then least(most, q_to) - least(most, q_to - q) else q end as q_in
  from bounded {here}
  union all
  select {own_keys} kind, recording, why {over_kept}, n, q {values}, n, q from groups where capped is null {also_here}
)

-- :lines_capped
sums as (
  select {own_keys} kind, recording, why {over_kept},
    sum(n_in) as n, sum(q_in) as q, sum(n - n_in) as n_over, sum(q - q_in) as q_over {sums_in} {sums_over}
  from cut_down group by {own_keys} kind, recording, why {over_kept}
),
lines as (
  select {own_keys} kind, recording, why, n, q {values} from sums where n <> 0 or q <> 0
  union all
  select {own_keys} kind, recording, {over_cap}, n_over, q_over {values_over} from sums where n_over <> 0 or q_over <> 0
)

-- :out
select {own_keys} kind, recording, why, cast(n as bigint) as rows, cast(q as bigint) as quantity {values_out}
from lines order by {order}
