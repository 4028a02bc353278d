-- The Vektis file that counts for a year, with today's region and province of each municipality.
-- Grain: one row per year and municipality as written; the rest row has no municipality.
--
-- Of several files of a year one counts: a file per municipality goes before one per postcode,
-- and among prints of the same kind the last by name.

with
file as (
    select
        delivery_id,
        period_year,
        bool_or(has_postcodes) as is_by_postcode
    from stg_vektis_open_data
    where period_year is not null
    group by delivery_id, period_year
    qualify
        row_number() over (
            partition by period_year
            order by bool_or(has_postcodes), delivery_id desc
        ) = 1
),

cost as (
    select
        delivery_id,
        municipality,
        sum(costs) as costs
    from stg_vektis_cost
    group by delivery_id, municipality
)

select
    s.period_year,
    s.delivery_id,
    f.is_by_postcode,
    s.municipality as municipality_written,
    s.folded,
    n.municipality,
    n.province_code,
    s.insured_persons,
    s.insured_years,
    c.costs,
    coalesce(n.parts_to, []) as parts_to,
    coalesce(s.folded, '') = '' as is_rest,
    case when coalesce(s.folded, '') <> '' then coalesce(n.region_code, 'unknown') end as region_code
from stg_vektis_open_data as s
inner join file as f on s.delivery_id = f.delivery_id
left join cost as c
    on s.delivery_id = c.delivery_id and s.municipality is not distinct from c.municipality
left join stg_municipality_name as n
    on s.folded = n.folded and s.period_year between n.from_year and n.until_year
