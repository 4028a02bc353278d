-- Every value ever published, with the release in which it first stood.
-- Grain: one row per cell and change of its value.

with
last_known as (
    select
        cell_id,
        value,
        value_low,
        value_high,
        status,
        true as is_known
    from previous_history
    qualify row_number() over (partition by cell_id order by published_at desc) = 1
)

select
    cell_id,
    indicator_id,
    value,
    value_low,
    value_high,
    unit,
    decimals,
    status,
    figure_ids,
    release_id,
    published_at
from previous_history
union all
select
    v.cell_id,
    v.indicator_id,
    v.value,
    v.value_low,
    v.value_high,
    v.unit,
    v.decimals,
    v.status,
    v.figure_ids,
    r.release_id,
    r.built_at as published_at
from indicator_value as v
cross join this_release as r
left join last_known as k on v.cell_id = k.cell_id
where
    k.is_known is null
    or v.value is distinct from k.value
    or v.value_low is distinct from k.value_low
    or v.value_high is distinct from k.value_high
    or v.status is distinct from k.status
