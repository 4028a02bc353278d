-- What each release changed of the values that its parent published: the history of values, with
-- the old value beside the new one. It tells of all releases that the history knows. What is
-- hidden now is hidden here too, old and new, and that one hidden number took the place of another
-- is not told. What stood in a release without a parent is no news.
-- Grain: one row per release and cell whose value or status changed, came or went.

with recursive
chain as (
    select
        release_id,
        previous_release_id as ancestor_id,
        1 as steps
    from known_release
    where previous_release_id is not null
    union all
    select
        c.release_id,
        k.previous_release_id as ancestor_id,
        c.steps + 1 as steps
    from chain as c
    inner join known_release as k on c.ancestor_id = k.release_id
    where k.previous_release_id is not null
),

older as (
    select
        n.release_id,
        o.cell_id,
        o.value,
        o.value_low,
        o.value_high,
        o.unit,
        o.is_gone,
        coalesce(o.status_before_hiding, o.status) as status
    from value_history as n
    inner join chain as c on n.release_id = c.release_id
    inner join value_history as o on c.ancestor_id = o.release_id and n.cell_id = o.cell_id
    qualify row_number() over (partition by n.release_id, n.cell_id order by c.steps) = 1
)

select
    n.cell_id,
    n.indicator_id,
    n.sector_code,
    n.period,
    n.period_year,
    n.insurer_code,
    n.region_code,
    n.provider_group,
    n.category,
    n.base,
    n.evidence,
    case
        when n.is_gone then 'gone'
        when o.cell_id is null or o.is_gone then 'new'
        else 'changed'
    end as kind,
    o.value as old_value,
    o.value_low as old_value_low,
    o.value_high as old_value_high,
    o.status as old_status,
    n.value as new_value,
    n.value_low as new_value_low,
    n.value_high as new_value_high,
    coalesce(n.status_before_hiding, n.status) as new_status,
    n.unit,
    n.decimals,
    n.figure_ids,
    k.release_id,
    k.previous_release_id,
    coalesce(k.published_at, k.built_at) as published_at
from value_history as n
inner join known_release as k on n.release_id = k.release_id
left join older as o on n.release_id = o.release_id and n.cell_id = o.cell_id
where
    k.previous_release_id is not null
    and (
        n.is_gone
        or o.cell_id is null
        or o.is_gone
        or n.value is distinct from o.value
        or n.value_low is distinct from o.value_low
        or n.value_high is distinct from o.value_high
        or n.unit is distinct from o.unit
        or coalesce(n.status_before_hiding, n.status) is distinct from o.status
    )
