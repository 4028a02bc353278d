-- Every value ever published, with the release in which it first stood. Of a cell that is hidden
-- now the earlier values are hidden too. A letter has no history, since letters may change
-- places, and neither has what is invented.
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
),

hidden as (
    select cell_id
    from indicator_value
    where status = 'suppressed'
)

select
    h.cell_id,
    h.indicator_id,
    case when s.cell_id is null then h.value end as value,
    case when s.cell_id is null then h.value_low end as value_low,
    case when s.cell_id is null then h.value_high end as value_high,
    h.unit,
    h.decimals,
    h.status,
    h.figure_ids,
    h.release_id,
    h.published_at
from previous_history as h
left join hidden as s on h.cell_id = s.cell_id
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
    split_part(v.cell_id, '|', 4) not like 'letter-%'
    and not contains(v.cell_id, '|example|')
    and (
        k.is_known is null
        or v.value is distinct from k.value
        or v.value_low is distinct from k.value_low
        or v.value_high is distinct from k.value_high
        or v.status is distinct from k.status
    )
