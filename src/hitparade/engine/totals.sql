-- The pieces of the one statement that turns a territory's day of rows into totals.
-- Only filters, caps and sums of whole numbers; each row comes out in exactly one line.

-- :placed
placed as (
  select {slot} as slot, r.channel, r.measure, i.recording, coalesce(r.currency, '') as currency,
    {why} as why_out, {consumer} as consumer, {instant} as instant,
    r.quantity, coalesce(r.audience, 0) as audience, coalesce(r.revenue, 0) as revenue
  from {source} as r join identity as i on i.spelling = r.spelling
  where {within}
)

-- :told_once
told_once as (
  select slot, channel, measure, recording, currency, consumer, quantity, audience, revenue,
    case when why_out = '' and instant is not null and row_number() over (
        partition by channel, instant, consumer, recording, why_out
        order by quantity desc, measure, audience desc, revenue desc, currency) > 1
      then 'repeat' else why_out end as why_out
  from placed
)

-- :lines
lines as (
  select slot, channel, measure, recording, currency, why_out,
    count(*) as n, sum(quantity) as q, sum(audience) as a, sum(revenue) as v
  from {rows} group by slot, channel, measure, recording, currency, why_out
)

-- :groups
groups as (
  select {own_keys} channel, measure, recording, why_out,
    case when why_out = '' and measure in ({measures}) then consumer end as capped,
    count(*) as n, sum(quantity) as q, sum(audience) as a, sum(revenue) as v
  from {rows} group by all
)

-- :cut_at_once
-- A group lies in one slot and one currency, so it is kept or cut as a whole.
cut_down as (
  select {slot} as slot, channel, measure, recording, '' as currency, why_out, n, q, a, v,
    case when capped is not null and q > {cap} then least(n, {cap}) else n end as n_in,
    case when capped is not null and q > {cap} then {cap} else q end as q_in
  from groups
)

-- :cut_in_turn
-- A consumer's day is spread over slots or currencies: the earlier slot is counted first, up to the cap.
spread as (
  select *, sum(q) over (partition by capped, channel, measure, recording, why_out) as q_all,
    sum(q) over in_turn as q_to, sum(n) over in_turn as n_to
  from groups
  window in_turn as (partition by capped, channel, measure, recording, why_out order by slot, currency
    rows between unbounded preceding and current row)
),
cut_down as (
  select slot, channel, measure, recording, currency, why_out, n, q, a, v,
    case when capped is not null and q_all > {cap}
      then least({cap}, n_to) - least({cap}, n_to - n) else n end as n_in,
    case when capped is not null and q_all > {cap}
      then least({cap}, q_to) - least({cap}, q_to - q) else q end as q_in
  from spread
)

-- :lines_capped
-- Audience and revenue have no exact share: they stay with what is counted, if anything of the group is.
sums as (
  select slot, channel, measure, recording, currency, why_out,
    sum(n_in) as n, sum(q_in) as q, sum(n - n_in) as n_over, sum(q - q_in) as q_over,
    sum(case when q_in <> 0 or q = 0 then a else 0 end) as a,
    sum(case when q_in <> 0 or q = 0 then v else 0 end) as v,
    sum(case when q_in <> 0 or q = 0 then 0 else a end) as a_over,
    sum(case when q_in <> 0 or q = 0 then 0 else v end) as v_over
  from cut_down group by slot, channel, measure, recording, currency, why_out
),
lines as (
  select slot, channel, measure, recording, currency, why_out, n, q, a, v from sums where n <> 0 or q <> 0
  union all
  select slot, channel, measure, recording, currency, 'over_cap', n_over, q_over, a_over, v_over
  from sums where n_over <> 0 or q_over <> 0
)

-- :out
select slot, {day} as day, channel, measure, recording, currency, why_out,
  cast(n as bigint) as rows, cast(q as bigint) as quantity,
  cast(a as bigint) as audience, cast(v as bigint) as revenue
from lines order by slot, channel, measure, recording, currency, why_out
