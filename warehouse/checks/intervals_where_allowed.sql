-- A margin stands only with an exact percentage of more than 30 answers, holds the value, and
-- comes from a count that rounds to the printed share.

select
    indicator_id,
    cell_id,
    value,
    ci_low,
    ci_high,
    n_observed,
    n_unit
from indicator_value
where
    ci_low is not null
    and (
        unit <> 'percent'
        or n_observed <= 30
        or n_unit not in ('respondents', 'contracts', 'requests')
        or qualifier <> 'exact'
        or ci_low > value + 1
        or ci_high < value - 1
        or abs(100 * numerator / denominator - value) > 0.5 * power(10, -decimals) + 0.000001
        or ci_low < 0
        or ci_high > 100
        or ci_high is null
        or ci_method is null
    )
