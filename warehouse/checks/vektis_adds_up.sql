-- Regions, unknown and rest row of a Vektis year make the country, and the country is what was
-- loaded: no municipality is lost or counted twice.

with
corrected as (
    select
        delivery_id,
        column_name,
        sum(difference) as difference
    from stg_correction
    where is_applied
    group by delivery_id, column_name
),

loaded as (
    -- What was delivered, and what known errors took off or added.
    select
        t.delivery_id,
        t.column_name,
        t.total + coalesce(c.difference, 0) as total
    from delivery_total as t
    left join corrected as c
        on t.delivery_id = c.delivery_id and t.column_name = c.column_name
    where t.source_id = 'vektis_open_data'
),

staged as (
    select
        delivery_id,
        cost_column as column_name,
        sum(costs) as total
    from stg_vektis_cost
    group by delivery_id, cost_column
    union all
    select
        delivery_id,
        'insured_years' as column_name,
        sum(insured_years) as total
    from stg_vektis_open_data
    group by delivery_id
    union all
    select
        delivery_id,
        'insured_persons' as column_name,
        sum(insured_persons) as total
    from stg_vektis_open_data
    group by delivery_id
),

part as (
    select
        delivery_id,
        care_group,
        sum(costs) as costs,
        sum(insured_years) as insured_years
    from mart_vektis_region_cost
    where region_code like 'ZK%' or region_code = 'unknown'
    group by delivery_id, care_group
),

rest as (
    select
        delivery_id,
        care_group,
        sum(costs) as costs,
        sum(insured_years) as insured_years
    from mart_vektis_cost
    where is_rest
    group by delivery_id, care_group
),

grouped as (
    select
        s.delivery_id,
        t.care_group,
        sum(s.total) as costs
    from staged as s
    inner join ref_care_type as t on s.column_name = t.cost_column
    group by s.delivery_id, t.care_group
)

select
    s.delivery_id,
    s.column_name as what,
    s.total as staged,
    l.total as loaded
from staged as s
left join loaded as l on s.delivery_id = l.delivery_id and s.column_name = l.column_name
where s.total is distinct from l.total
union all
select
    c.delivery_id,
    c.care_group as what,
    c.costs as staged,
    g.costs as loaded
from mart_vektis_region_cost as c
left join grouped as g on c.delivery_id = g.delivery_id and c.care_group = g.care_group
left join part as p on c.delivery_id = p.delivery_id and c.care_group = p.care_group
left join rest as r on c.delivery_id = r.delivery_id and c.care_group = r.care_group
where
    c.region_code = 'NL'
    and (
        c.costs is distinct from g.costs
        or c.costs <> coalesce(p.costs, 0) + coalesce(r.costs, 0)
        or c.insured_years <> coalesce(p.insured_years, 0) + coalesce(r.insured_years, 0)
    )
