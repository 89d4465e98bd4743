-- The sums of one window over files of totals: what is counted, weighed by the panel, per recording.

-- :window_sums
with counted as (
  select t.recording, t.channel, t.measure,
    t.quantity {times_factor} as quantity, t.audience {times_factor} as audience
  from read_parquet({files}) as t {join_panel}
  where t.why_out = '' and t.slot >= $starts and t.slot < $ends and t.measure in ({measures})
)
select recording, {sums}, count(distinct case when quantity > 0 then channel end) as channels
from counted group by recording order by recording

-- :sum
cast(coalesce(sum(case when measure = {measure} then {column} end), 0) as bigint) as "{column}:{measure_name}"
