-- What a few songs had day by day, over files of totals.

-- :daily
select recording, day, measure, cast(sum({sign} {column}) as bigint) as amount
from read_parquet({files})
where recording in ({recordings}) and why_out in ({counting}) and measure in ({measures}) {only}
group by recording, day, measure
having amount <> 0
order by recording, day, measure
