-- Of a hidden cell only its place and the reason are published: no number, no verdict, no words.
-- Its earlier values are looked for in `history_tells_no_secrets`.

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
