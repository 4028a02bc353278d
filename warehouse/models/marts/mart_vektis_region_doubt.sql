-- How many insured persons of a region may be missing in a year, as their municipality has no region.
-- Grain: one row per year and region or province of the Vektis files.

with
region as (
    select
        period_year,
        region_code,
        sum(insured_persons) as insured_persons
    from mart_vektis_municipality
    where not is_rest and region_code <> 'unknown'
    group by period_year, region_code
    union all
    select
        period_year,
        province_code as region_code,
        sum(insured_persons) as insured_persons
    from mart_vektis_municipality
    where province_code is not null
    group by period_year, province_code
),

doubt as (
    select
        period_year,
        region_code,
        sum(insured_persons) as persons
    from mart_vektis_unplaced
    group by period_year, region_code
)

select
    r.period_year,
    r.region_code,
    r.insured_persons,
    coalesce(d.persons, 0) as unplaced_persons,
    coalesce(d.persons, 0) / r.insured_persons as unplaced_share,
    coalesce(d.persons, 0) / r.insured_persons > 0.005 as is_in_doubt
from region as r
left join doubt as d on r.period_year = d.period_year and r.region_code = d.region_code
where r.insured_persons > 0
