-- Of 30 answers or fewer the number who answered so is known, so that it can be shown as
-- "6 of 8" instead of a percentage. A median is no share of anybody, also where it is one of
-- percentages: what insurers offered. Beside a letter there are no counts: they would tell who
-- it stands for.

select
    v.indicator_id,
    v.cell_id,
    v.value,
    v.n_observed
from indicator_value as v
inner join ref_indicator as i on v.indicator_id = i.id
where
    v.unit = 'percent'
    and v.value is not null
    and v.n_observed <= 30
    and v.n_unit in ('respondents', 'contracts', 'requests', 'insurers')
    and v.numerator is null
    and i.method <> 'weighted_median'
    and not list_contains(v.caveats, 'insurer_by_letter')
