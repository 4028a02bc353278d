-- A margin stands only where its method allows one, and holds the value.
--
-- Printed: an exact percentage of more than 30 answers, from a count that rounds to the printed
-- share. Computed: more than 30 answers, by the method of the indicator; a class lies within the
-- margin of its median. Beside a letter the number of answers is rounded down, so it decides
-- nothing.

select
    v.indicator_id,
    v.cell_id,
    v.value,
    v.value_low,
    v.value_high,
    v.ci_low,
    v.ci_high,
    v.ci_method,
    v.n_observed,
    v.n_unit
from indicator_value as v
inner join ref_indicator as i on v.indicator_id = i.id
where
    (v.ci_low is null) <> (v.ci_high is null)
    or (v.ci_low is null) <> (v.ci_method is null)
    or (
        v.ci_low is not null
        and (
            (v.n_observed <= 30 and not list_contains(v.caveats, 'insurer_by_letter'))
            or v.ci_low > v.ci_high
            or (v.unit = 'percent' and (v.ci_low < 0 or v.ci_high > 100))
            or v.evidence = 'claims'
        )
    )
    or (
        v.ci_method = 'wilson_95'
        and (
            v.unit <> 'percent'
            or v.n_unit not in ('respondents', 'contracts', 'requests')
            or v.qualifier <> 'exact'
            or v.evidence in ('survey', 'example')
            or v.ci_low > v.value + 1
            or v.ci_high < v.value - 1
            or abs(100 * v.numerator / v.denominator - v.value) > 0.5 * power(10, -v.decimals) + 0.000001
        )
    )
    or (
        v.ci_method <> 'wilson_95'
        and (
            v.evidence not in ('survey', 'example')
            or v.ci_method <> case i.method
                when 'weighted_ratio' then 'wilson_design_95'
                when 'weighted_median' then 'woodruff_95'
                when 'censored_duration' then 'bootstrap_95'
                else 'none'
            end
            or v.ci_low > coalesce(v.value, v.value_low, 0)
            or v.ci_high < coalesce(v.value, v.value_high, v.value_low)
        )
    )
