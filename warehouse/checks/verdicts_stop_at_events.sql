-- No verdict crosses an event that breaks a series: no trend is told over it, and cells on
-- either side of it never stand in one group, so that no line, arrow or sentence joins them.
-- Asked of the events themselves, not of the groups that the build made of them.

with
joined as (
    select
        indicator_id,
        sector_code,
        insurer_code,
        region_code,
        provider_group,
        category,
        base,
        evidence,
        comparable_group,
        min(period_year) as first_year,
        max(period_year) as last_year
    from indicator_value
    where period_year is not null
    group by all
)

select
    'trend' as verdict,
    t.indicator_id,
    t.sector_code,
    t.insurer_code,
    t.region_code,
    t.first_year,
    t.last_year,
    c.event_id
from trend as t
inner join dated_event_cut as c
    on
        t.indicator_id = c.indicator_id
        and (c.sector_code is null or t.sector_code = c.sector_code)
        and t.first_year <= c.after_year
        and t.last_year > c.after_year
where t.verdict <> 'undetermined'
union all
select
    'group' as verdict,
    j.indicator_id,
    j.sector_code,
    j.insurer_code,
    j.region_code,
    j.first_year,
    j.last_year,
    c.event_id
from joined as j
inner join dated_event_cut as c
    on
        j.indicator_id = c.indicator_id
        and (c.sector_code is null or j.sector_code = c.sector_code)
        and j.first_year <= c.after_year
        and j.last_year > c.after_year
