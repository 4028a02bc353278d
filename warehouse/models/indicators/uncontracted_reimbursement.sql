-- What policies reimburse of an uncontracted mental health bill: lowest and highest policy.
-- Grain: one row per insurer, year and kind of policy.
--
-- Where all policies reimburse the same, the range is one point.

select
    figure_id,
    case when value_low = value_high then value_low end as value,
    case when value_low < value_high then value_low end as value_low,
    case when value_low < value_high then value_high end as value_high,
    case when value_low < value_high then 'range' else 'exact' end as qualifier,
    0 as decimals,
    'bill' as base
from mart_figure_value
where measure_code = 'uncontracted_reimbursement'
