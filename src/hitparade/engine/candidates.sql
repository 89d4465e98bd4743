-- The sums of windows over files of totals: what is counted, weighed by the panel, per recording. Several windows have
-- numbers (w). Tables handed in where an issue needs them: spans (w, measure, slot) are the slots that count, panel
-- (w, channel, slot or not, factor) the weights, donors (place, channel, measure, donor, slot) the slots that stand in
-- for missing ones.

-- :window_sums
with counted as (
  select {number} t.recording, t.channel, t.measure {also},
    {sign} t.quantity {times_factor} as quantity, {sign} t.audience {times_factor} as audience
    {revenue}
  from {told} as t {join_spans} {join_panel}
  where t.why_out in ({counting}) and {within} and t.measure in ({measures}) {on_panel}
)
select {w} recording, {sums}, count(distinct case when quantity > 0 then channel end) as channels
from counted group by {w} recording order by {w} recording

-- :reported
read_parquet({files})

-- :own_rows
select slot, channel, measure, recording, currency, why_out, quantity, audience, revenue, false as estimated
from read_parquet({files})

-- :donated_rows
select d.slot, r.channel, r.measure, r.recording, r.currency, r.why_out, r.quantity, r.audience, r.revenue, true
from read_parquet({files}) as r
join donors as d on d.place = {place} and d.channel = r.channel and d.measure = r.measure and d.donor = r.slot

-- :sum
cast(coalesce(sum(case when measure = {measure} {only} then {column} end), 0) as bigint) as "{name}:{measure_name}"
