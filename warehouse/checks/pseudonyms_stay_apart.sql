-- A letter that stands for an insurer is valid in its own table only: it never becomes an
-- insurer, and no cell joins two letters.

select
    figure_id,
    insurer_code,
    breakdown_value
from source_figure
where
    'insurer_pseudonym' in (breakdown_dimension, breakdown2_dimension)
    and insurer_code <> 'all'
union all
select
    v.indicator_id as figure_id,
    v.insurer_code,
    f.breakdown_value
from indicator_value as v
inner join source_figure as f on list_contains(v.figure_ids, f.figure_id)
where
    f.breakdown_dimension = 'insurer_pseudonym'
    and (v.insurer_code <> 'all' or len(v.figure_ids) > 1)
