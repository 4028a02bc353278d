-- Of a hidden cell only its place and the reason are published: no number, no verdict, no words,
-- and no earlier value either.

select
    v.cell_id,
    v.suppression,
    v.status
from indicator_value as v
where
    (v.suppression is not null) <> (v.status = 'suppressed' and v.evidence in ('survey', 'claims', 'example'))
    or (
        v.suppression is not null
        and (
            v.suppression not in ('few', 'dominant', 'secondary')
            or coalesce(
                v.value, v.value_low, v.value_high, v.numerator, v.denominator, v.n_observed,
                v.n_unweighted, v.ci_low, v.ci_high, v.comparison_value
            ) is not null
            or coalesce(v.ci_method, v.comparison, v.label_nl, v.label_en) is not null
        )
    )
union all
select
    r.cell_id,
    'revision' as suppression,
    r.new_status as status
from revision as r
where r.new_status = 'suppressed' and coalesce(r.old_value, r.old_value_low, r.old_value_high) is not null
union all
select
    h.cell_id,
    'history' as suppression,
    h.status
from value_history as h
inner join indicator_value as v on h.cell_id = v.cell_id
where v.status = 'suppressed' and coalesce(h.value, h.value_low, h.value_high) is not null
