-- Nothing but its values tells one letter from another: in a table no letter goes on over
-- the merger of an insurer, and neither a break nor a delivery is
-- that of one letter of a year and not of another.

with
lettered as (
    select
        indicator_id,
        evidence,
        source_id,
        sector_code,
        region_code,
        category,
        base,
        period_year,
        insurer_code,
        comparable_group,
        delivery_id,
        locator
    from indicator_value
    where insurer_code like 'letter-%'
),

span as (
    select
        indicator_id,
        source_id,
        insurer_code,
        min(period_year) as first_year,
        max(period_year) as last_year
    from lettered
    group by indicator_id, source_id, insurer_code
)

select
    indicator_id,
    min(insurer_code) as insurer_code,
    period_year,
    min(comparable_group) as comparable_group
from lettered
group by
    indicator_id, evidence, source_id, sector_code, region_code, category, base, period_year
having
    count(distinct comparable_group) > 1
    or count(distinct delivery_id) > 1
    or count(distinct locator) > 1
union all
-- A known merger gives all of them another letter, where the merged insurers are in the source.
select
    s.indicator_id,
    s.insurer_code,
    m.after_year as period_year,
    'goes on over a merger' as comparable_group
from span as s
inner join mart_insurer_change as m
    on s.first_year <= m.after_year and s.last_year > m.after_year
where
    exists (
        select 1
        from indicator_cell as c
        where c.source_id = s.source_id and c.insurer_code in (m.insurer_code, m.predecessor_code)
    )
