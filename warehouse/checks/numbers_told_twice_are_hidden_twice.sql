-- A number that is told more than once is hidden everywhere or nowhere: in one place, of cells of
-- which all but one give the last never one is hidden alone, and of indicators over the same
-- answers all cells are hidden or none. Written apart from the step that hides: it looks at what
-- is published, in each edition.

with
rule as (
    select
        source as source_id,
        from_json(
            told_twice,
            '[{"cells": [{"indicator": "VARCHAR", "base": "VARCHAR", "category": "VARCHAR"}]}]'
        ) as sets,
        from_json(together, '[{"indicators": ["VARCHAR"]}]') as families
    from ref_disclosure
),

told_set as (
    select
        source_id,
        generate_subscripts(sets, 1) as set_no,
        unnest(sets) as told
    from rule
),

told as (
    select
        s.source_id,
        s.set_no,
        unnest(s.told.cells) as one
    from told_set as s
),

family as (
    select
        source_id,
        unnest(families) as listed
    from rule
),

member as (
    select
        f.source_id,
        f.listed.indicators[1] as family,
        unnest(f.listed.indicators) as indicator_id
    from family as f
),

cell as (
    select
        v.*,
        v.suppression is not null as is_hidden,
        hash(
            v.evidence, v.source_id, v.period, v.sector_code, v.insurer_code, v.region_code,
            v.provider_group, v.population, v.voice
        ) as place_no
    from indicator_value as v
    where v.evidence in ('survey', 'claims', 'example') and coalesce(v.n_observed, 1) > 0
)

select
    c.place_no,
    'told_twice ' || t.set_no as rule,
    max(c.cell_id) filter (c.is_hidden) as given_away
from cell as c
inner join told as t
    on
        c.source_id = t.source_id
        and c.indicator_id = t.one.indicator
        and c.base = t.one.base
        and c.category = t.one.category
-- Within one table the letters of two insurers never meet; across tables they say nothing.
where c.insurer_code not like 'letter-%'
group by c.place_no, c.source_id, t.set_no
having count(*) > 1 and count(*) filter (c.is_hidden) = 1
union all
select
    c.place_no,
    'together' as rule,
    max(c.cell_id) filter (c.is_hidden) as given_away
from cell as c
inner join rule as r on c.source_id = r.source_id
left join member as m on c.source_id = m.source_id and c.indicator_id = m.indicator_id
where len(r.families) > 0
group by
    c.place_no,
    case
        when c.insurer_code like 'letter-%' then c.indicator_id
        else coalesce(m.family, c.indicator_id)
    end
having bool_or(c.is_hidden) and not bool_and(c.is_hidden)
