-- Waiting weeks in mental health care per care-office region, February 2018.
-- Grain: one row per region and kind of care.
--
-- A region of 2018 with one successor is shown as that region of today. Two regions that became
-- one keep their own code: their weeks are never joined.

with predecessors as (
    select
        successor,
        count(*) as regions
    from ref_region
    where successor is not null
    group by successor
)

select
    v.figure_id,
    case when p.regions = 1 then r.successor else v.region_code end as region_code
from mart_figure_value as v
left join ref_region as r on v.region_code = r.code
left join predecessors as p on r.successor = p.successor
where v.measure_code = 'ggz_waiting_weeks'
