-- A median duration is one number of days, or the class in which it lies: never the middle of a
-- class, never below nought, and a share that is still closed only falls with the days.

with
durations as (
    select v.*
    from indicator_value as v
    inner join ref_indicator as i on v.indicator_id = i.id
    where i.method = 'censored_duration' and v.suppression is null
),

falls as (
    select
        cell_id,
        lag(coalesce(value_high, value)) over (
            partition by
                indicator_id, evidence, source_id, period_year, sector_code, insurer_code,
                region_code, provider_group
            order by category
        ) as most_before
    from durations
    where category <> 'median'
)

select
    cell_id,
    category,
    value,
    value_low,
    value_high,
    qualifier
from durations
where
    (value is not null and (value_low is not null or value_high is not null))
    or (value is not null) <> (qualifier = 'exact' and status <> 'not_measured')
    or coalesce(value, value_low, 0) < 0
    or value_low > value_high
    -- Beside a letter the ends are rounded, and may then be the same.
    or (value_low = value_high and insurer_code not like 'letter-%')
    or (unit = 'percent' and coalesce(value, value_high, value_low) > 100)
union all
select
    d.cell_id,
    d.category,
    d.value,
    d.value_low,
    d.value_high,
    d.qualifier
from durations as d
inner join falls as f on d.cell_id = f.cell_id
where coalesce(d.value, d.value_low, 0) > f.most_before + 0.000001
