-- Cells whose value changed against the release that was served before this one. A cell that is
-- hidden now keeps its old value to itself. A letter is no name that lasts, since letters may
-- change places, and what is invented is not revised.
-- Grain: one row per cell that changed, came or went.

select
    coalesce(n.cell_id, o.cell_id) as cell_id,
    coalesce(n.indicator_id, o.indicator_id) as indicator_id,
    case
        when o.cell_id is null then 'new'
        when n.cell_id is null then 'gone'
        else 'changed'
    end as kind,
    case when coalesce(n.status, '') <> 'suppressed' then o.value end as old_value,
    case when coalesce(n.status, '') <> 'suppressed' then o.value_low end as old_value_low,
    case when coalesce(n.status, '') <> 'suppressed' then o.value_high end as old_value_high,
    o.status as old_status,
    n.value as new_value,
    n.value_low as new_value_low,
    n.value_high as new_value_high,
    n.status as new_status,
    coalesce(n.unit, o.unit) as unit,
    coalesce(n.decimals, o.decimals) as decimals,
    coalesce(n.figure_ids, o.figure_ids) as figure_ids,
    r.previous_release_id
from indicator_value as n
full join previous_value as o on n.cell_id = o.cell_id
cross join this_release as r
where
    r.previous_release_id is not null
    and split_part(coalesce(n.cell_id, o.cell_id), '|', 4) not like 'letter-%'
    and not contains(coalesce(n.cell_id, o.cell_id), '|example|')
    and (
        n.cell_id is null
        or o.cell_id is null
        or n.value is distinct from o.value
        or n.value_low is distinct from o.value_low
        or n.value_high is distinct from o.value_high
        or n.status is distinct from o.status
    )
