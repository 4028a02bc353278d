-- Costs and insured persons of the whole country, of each care office region and of each province.
-- Grain: one row per year, region or province or country, and care group.
--
-- The rest row counts for the country only. The region "unknown" holds the municipalities that no
-- region knows. Regions, unknown and rest row together make the country.

with
part as (
    select
        period_year,
        delivery_id,
        care_group,
        'NL' as region_code,
        costs,
        insured_years,
        insured_persons
    from mart_vektis_cost
    union all
    select
        period_year,
        delivery_id,
        care_group,
        region_code,
        costs,
        insured_years,
        insured_persons
    from mart_vektis_cost
    where region_code is not null
    union all
    select
        period_year,
        delivery_id,
        care_group,
        province_code as region_code,
        costs,
        insured_years,
        insured_persons
    from mart_vektis_cost
    where province_code is not null
),

summed as (
    select
        period_year,
        delivery_id,
        care_group,
        region_code,
        sum(costs) as costs,
        sum(insured_years) as insured_years,
        sum(insured_persons)::bigint as insured_persons
    from part
    group by period_year, delivery_id, care_group, region_code
)

select
    s.period_year,
    s.delivery_id,
    s.care_group,
    s.region_code,
    s.costs,
    s.insured_years,
    s.insured_persons,
    case s.region_code
        when 'NL' then ['rest_row_included']
        when 'unknown' then ['municipality_unplaced']
        else ['rest_row_left_out']
    end as place_caveats,
    case when d.is_in_doubt then ['municipality_missing'] else [] end as doubt_caveats
from summed as s
left join mart_vektis_region_doubt as d
    on s.period_year = d.period_year and s.region_code = d.region_code
