-- Costs and insured persons per region, from the Vektis file that counts for a year.
-- Grain: one row per year, region, province and care group; region and province are null in the
-- rest row, which belongs in national totals only.
--
-- The insured are repeated for every care group: never add them up over groups.

with
cost as (
    select
        c.delivery_id,
        c.municipality,
        t.care_group,
        sum(c.costs) as costs
    from stg_vektis_cost as c
    inner join ref_care_type as t on c.cost_column = t.cost_column
    group by c.delivery_id, c.municipality, t.care_group
)

select
    m.period_year,
    m.delivery_id,
    m.is_rest,
    m.region_code,
    m.province_code,
    c.care_group,
    sum(c.costs) as costs,
    sum(m.insured_years) as insured_years,
    sum(m.insured_persons)::bigint as insured_persons
from mart_vektis_municipality as m
inner join cost as c
    on m.delivery_id = c.delivery_id and m.municipality_written is not distinct from c.municipality
group by m.period_year, m.delivery_id, m.is_rest, m.region_code, m.province_code, c.care_group
