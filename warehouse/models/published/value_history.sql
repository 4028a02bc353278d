-- What every release changed: its cells that differ, in whatever column, from those of its parent,
-- the release that was served when it was built. A release without a parent has all its cells
-- here. Of a cell the row nearest on the chain of parents says how it stood in a release.
-- Of a cell that is hidden now the earlier numbers are hidden too; `status_before_hiding` says what
-- its status was. A letter has no history, since letters may change places.
-- Grain: one row per release and cell that changed, came or went.

with
hidden as (
    select
        cell_id,
        suppression
    from indicator_value
    where status = 'suppressed'
),

cells_then as (
    select
        cell_id,
        previous_value as cell
    from previous_value
),

cells_now as (
    select
        cell_id,
        indicator_value as cell
    from indicator_value
    where split_part(cell_id, '|', 4) not like 'letter-%'
),

changed as (
    select n.cell_id
    from cells_now as n
    left join cells_then as t on n.cell_id = t.cell_id
    where n.cell is distinct from t.cell
)

select
    h.* replace (
        case when s.cell_id is null then h.value end as value,
        case when s.cell_id is null then h.value_low end as value_low,
        case when s.cell_id is null then h.value_high end as value_high,
        case when s.cell_id is null then h.numerator end as numerator,
        case when s.cell_id is null then h.denominator end as denominator,
        case when s.cell_id is null then h.n_observed end as n_observed,
        case when s.cell_id is null then h.n_unweighted end as n_unweighted,
        case when s.cell_id is null then h.ci_low end as ci_low,
        case when s.cell_id is null then h.ci_high end as ci_high,
        case when s.cell_id is null then h.ci_method end as ci_method,
        case when s.cell_id is null then h.qualifier else 'exact' end as qualifier,
        case when s.cell_id is null then h.comparison end as comparison,
        case when s.cell_id is null then h.comparison_value end as comparison_value,
        case when s.cell_id is null then h.label_nl end as label_nl,
        case when s.cell_id is null then h.label_en end as label_en,
        case when s.cell_id is null or h.is_gone then h.status else 'suppressed' end as status,
        case
            when s.cell_id is null or h.is_gone then h.suppression
            else coalesce(h.suppression, s.suppression)
        end as suppression,
        case
            when s.cell_id is null then h.status_before_hiding
            when h.status <> 'suppressed' then h.status
            else h.status_before_hiding
        end as status_before_hiding
    )
from previous_history as h
left join hidden as s on h.cell_id = s.cell_id
union all
select
    v.*,
    r.release_id,
    r.built_at as published_at,
    false as is_gone,
    null as status_before_hiding
from indicator_value as v
cross join this_release as r
semi join changed as c on v.cell_id = c.cell_id
union all
select
    o.* replace (
        null as value,
        null as value_low,
        null as value_high,
        null as numerator,
        null as denominator,
        null as n_observed,
        null as n_unweighted,
        null as ci_low,
        null as ci_high,
        null as ci_method,
        null as comparison,
        null as comparison_value,
        null as label_nl,
        null as label_en,
        null as status,
        null as suppression
    ),
    r.release_id,
    r.built_at as published_at,
    true as is_gone,
    null as status_before_hiding
from previous_value as o
cross join this_release as r
anti join indicator_value as n on o.cell_id = n.cell_id
where split_part(o.cell_id, '|', 4) not like 'letter-%'
