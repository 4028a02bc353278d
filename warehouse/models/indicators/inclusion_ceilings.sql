-- Insurers with an inclusion ceiling in all, or in none, of their chain-care contracts.
-- Grain: one row per policy. Out of the six insurers that could be shown reliably.

select
    figure_id,
    case measure_code when 'insurers_inclusion_ceiling_all' then 'ceiling_all' else 'ceiling_none' end
        as category,
    'percent' as unit,
    'insurers' as base,
    'insurers' as n_unit,
    value as numerator,
    n_observed as denominator,
    100 * value / n_observed as value
from mart_figure_value
where measure_code in ('insurers_inclusion_ceiling_all', 'insurers_inclusion_ceiling_none')
