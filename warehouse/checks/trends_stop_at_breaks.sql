-- No trend is told over a break, or over fewer than five years.

with
told as (
    select *
    from trend
    where verdict <> 'undetermined'
)

select
    t.indicator_id,
    t.sector_code,
    t.insurer_code,
    t.region_code,
    t.first_year,
    t.last_year,
    t.verdict,
    count(distinct v.comparable_group) as groups
from told as t
inner join indicator_value as v
    on
        t.indicator_id = v.indicator_id
        and t.sector_code = v.sector_code
        and t.insurer_code = v.insurer_code
        and t.region_code = v.region_code
        and t.provider_group = v.provider_group
        and t.category = v.category
        and t.base = v.base
        and t.evidence = v.evidence
        and v.period_year between t.first_year and t.last_year
        and v.status in ('final', 'revised', 'corrected')
group by
    t.indicator_id, t.sector_code, t.insurer_code, t.region_code, t.provider_group, t.category,
    t.base, t.evidence, t.first_year, t.last_year, t.verdict, t.points, t.p_value
having
    count(distinct v.comparable_group) > 1
    or t.points < 5
    or count(v.value) < t.points
    or (t.verdict in ('rising', 'falling') and t.p_value >= 0.05)
