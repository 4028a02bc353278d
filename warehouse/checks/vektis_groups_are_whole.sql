-- A Vektis file has a year, and the care that its year must have: GP care and mental health care in
-- every year, district nursing from 2015. A file without one of them has a column under a name
-- that the contract reads as something else, or was cut off: look at its header.

with
file as (
    select distinct
        delivery_id,
        period_year
    from stg_vektis_open_data
),

needed as (
    select
        delivery_id,
        period_year,
        unnest(['gp_care', 'mental_health', 'district_nursing']) as care_group
    from file
),

found as (
    select distinct
        c.delivery_id,
        t.care_group
    from stg_vektis_cost as c
    inner join ref_care_type as t on c.cost_column = t.cost_column
)

select
    n.delivery_id,
    n.period_year,
    n.care_group
from needed as n
left join found as f on n.delivery_id = f.delivery_id and n.care_group = f.care_group
where
    n.period_year is null
    or (f.care_group is null and (n.care_group <> 'district_nursing' or n.period_year >= 2015))
