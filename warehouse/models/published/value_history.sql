-- What every release changed: its cells that differ, in whatever column, from those of its parent,
-- the release that was served when it was built. A release without a parent has all its cells
-- here. Of a cell the row nearest on the chain of parents says how it stood in a release.
-- Of a cell that is hidden now the earlier numbers are hidden too; `status_before_hiding` says what
-- its status was. A letter has no history, since letters may change places.
--
-- Two states of a total tell by their difference what came in between, and that may be a cell that
-- is hidden. So of what is computed from a source and year of which anything is or was hidden, a
-- state that is not that of now is kept as it was printed: its value rounded, without counts,
-- interval and comparison. Its cells that are gone are hidden where cells of the indicator are.
-- Grain: one row per release and cell that changed, came or went.

with
hidden_now as (
    select
        cell_id,
        indicator_id,
        evidence,
        source_id,
        period_year,
        suppression
    from indicator_value
    where status = 'suppressed'
),

hiding as (
    select distinct
        indicator_id,
        evidence,
        source_id,
        period_year
    from hidden_now
),

cells_before as (
    select
        cell_id,
        indicator_id,
        evidence,
        source_id,
        period_year
    from previous_history
    union all
    select
        cell_id,
        indicator_id,
        evidence,
        source_id,
        period_year
    from previous_value
),

-- Computed cells that went away, from the indicators that hide something of that source and year.
gone_with as (
    select distinct o.cell_id
    from cells_before as o
    inner join hiding as f
        on
            o.indicator_id = f.indicator_id
            and o.evidence = f.evidence
            and o.source_id is not distinct from f.source_id
            and o.period_year is not distinct from f.period_year
    anti join indicator_value as n on o.cell_id = n.cell_id
    where o.evidence in ('survey', 'claims', 'example')
),

hidden as (
    select
        cell_id,
        suppression
    from hidden_now
    union all
    select
        cell_id,
        'secondary' as suppression
    from gone_with
),

-- Where a difference could tell: the sources and years of which a cell is, or once was, hidden.
guarded as (
    select
        evidence,
        source_id,
        period_year
    from hidden_now
    where evidence in ('survey', 'claims', 'example')
    union
    select
        evidence,
        source_id,
        period_year
    from previous_history
    where status = 'suppressed' and evidence in ('survey', 'claims', 'example')
),

-- Rows that do not hold what is published now.
outdated as (
    select
        h.release_id,
        h.cell_id,
        n.value as value_now
    from previous_history as h
    inner join guarded as g
        on
            h.evidence = g.evidence
            and h.source_id is not distinct from g.source_id
            and h.period_year is not distinct from g.period_year
    left join indicator_value as n on h.cell_id = n.cell_id
    where
        n.cell_id is null
        or h.value is distinct from n.value
        or h.numerator is distinct from n.numerator
        or h.denominator is distinct from n.denominator
        or h.n_observed is distinct from n.n_observed
        or h.n_unweighted is distinct from n.n_unweighted
        or h.ci_low is distinct from n.ci_low
        or h.ci_high is distinct from n.ci_high
        or h.comparison_value is distinct from n.comparison_value
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
        case
            when s.cell_id is not null then null
            when u.cell_id is null or h.value = u.value_now then h.value
            else round(h.value, coalesce(h.decimals, 2))
        end as value,
        case
            when s.cell_id is not null then null
            when u.cell_id is null then h.value_low
            else round(h.value_low, coalesce(h.decimals, 2))
        end as value_low,
        case
            when s.cell_id is not null then null
            when u.cell_id is null then h.value_high
            else round(h.value_high, coalesce(h.decimals, 2))
        end as value_high,
        case when coalesce(s.cell_id, u.cell_id) is null then h.numerator end as numerator,
        case when coalesce(s.cell_id, u.cell_id) is null then h.denominator end as denominator,
        case when coalesce(s.cell_id, u.cell_id) is null then h.n_observed end as n_observed,
        case when coalesce(s.cell_id, u.cell_id) is null then h.n_unweighted end as n_unweighted,
        case when coalesce(s.cell_id, u.cell_id) is null then h.ci_low end as ci_low,
        case when coalesce(s.cell_id, u.cell_id) is null then h.ci_high end as ci_high,
        case when coalesce(s.cell_id, u.cell_id) is null then h.ci_method end as ci_method,
        case
            when s.cell_id is not null then 'exact'
            -- What was little is not nothing.
            when
                u.cell_id is not null
                and h.value is distinct from u.value_now
                and h.value <> 0
                and round(h.value, coalesce(h.decimals, 2)) = 0
                and h.qualifier = 'exact'
                then 'approximately'
            else h.qualifier
        end as qualifier,
        case when coalesce(s.cell_id, u.cell_id) is null then h.comparison end as comparison,
        case when coalesce(s.cell_id, u.cell_id) is null then h.comparison_value end as comparison_value,
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
left join outdated as u on h.release_id = u.release_id and h.cell_id = u.cell_id
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
        case when g.cell_id is null then o.qualifier else 'exact' end as qualifier,
        null as status,
        null as suppression
    ),
    r.release_id,
    r.built_at as published_at,
    true as is_gone,
    null as status_before_hiding
from previous_value as o
cross join this_release as r
left join gone_with as g on o.cell_id = g.cell_id
anti join indicator_value as n on o.cell_id = n.cell_id
where split_part(o.cell_id, '|', 4) not like 'letter-%'
