-- Insurers by what they did with free tariffs in 2019, out of the eight with a policy of their own.
-- Grain: one row per sector and choice.

select
    figure_id,
    case measure_code
        when 'insurers_indexing_staff_parts_first' then 'choice_staff_first'
        when 'insurers_indexing_all_components' then 'choice_full'
        else 'choice_none'
    end as category,
    'percent' as unit,
    'insurers' as base,
    'insurers' as n_unit,
    value as numerator,
    n_observed as denominator,
    100 * value / n_observed as value
from mart_figure_value
where
    measure_code in (
        'insurers_not_indexing_free_tariffs',
        'insurers_indexing_staff_parts_first',
        'insurers_indexing_all_components',
        'insurers_no_multidisciplinary_rise'
    )
