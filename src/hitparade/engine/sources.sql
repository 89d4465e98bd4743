-- What stands behind one song's sums.

-- :days
select slot, day, channel, measure, currency, why_out, cast(sum(rows) as bigint), cast(sum(quantity) as bigint)
from read_parquet({files}) where recording = $recording
group by slot, day, channel, measure, currency, why_out order by slot, day, channel, measure, currency, why_out

-- :told
select t.channel, t.measure, t.day, cast(sum(t.rows) as bigint), cast(sum(t.quantity) as bigint)
from read_parquet({files}) as t group by t.channel, t.measure, t.day order by t.day, t.channel, t.measure

-- :deliveries
select filename, spelling, count(*), cast(sum(quantity) as bigint)
from {source}
where spelling in ({spellings})
  and (("at" >= $starts and "at" < $ends) or ("at" is null and day >= $first_day and day <= $last_day))
group by filename, spelling order by filename, spelling

-- :holding
select distinct filename from read_parquet({files}, filename = true) where spelling in ({spellings}) order by filename
