-- Insurers that bought GP care on multi-year contracts, out of the eight with a policy of their own.
-- Grain: one row per year.
--
-- One figure is printed as a count, the other as "half": both become a share of the same eight.

select
    figure_id,
    case measure_code
        when 'insurers_multi_year_policy_2019' then 'multi_year_policy'
        else 'multi_year_start'
    end as category,
    'percent' as unit,
    'insurers' as base,
    'insurers' as n_unit,
    n_observed as denominator,
    case unit when 'count' then value else numerator end as numerator,
    case unit when 'count' then 100 * value / n_observed else value end as value
from mart_figure_value
where measure_code in ('insurers_multi_year_policy_2019', 'insurers_multi_year_start_2018')
