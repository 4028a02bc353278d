-- Patient stops because of the ceiling: what providers report and what insurers say they know.
-- Grain: one row per figure or claim. Providers count contracts, insurers answer as a company.

select
    figure_id,
    case
        when measure_code = 'contracts_at_ceiling_with_stop_share' then 'ceiling_stop'
        when measure_code = 'insurers_with_stop_information' then 'insurer_informed'
        when measure_code = 'large_insurers_unaware_of_stops' then 'insurer_unknown'
        else 'insurer_none'
    end as category,
    case measure_code
        when 'contracts_at_ceiling_with_stop_share' then 'contracts_at_ceiling'
        else 'insurers'
    end as base,
    case measure_code
        when 'contracts_at_ceiling_with_stop_share' then 'providers'
        else 'insurers'
    end as voice,
    case when unit = 'count' then 'percent' else unit end as unit,
    case when unit = 'count' then 'insurers' else n_unit end as n_unit,
    case when unit = 'count' then value else numerator end as numerator,
    n_observed as denominator,
    case when unit = 'count' then 100 * value / n_observed else value end as value
from mart_figure_value
where
    measure_code in (
        'contracts_at_ceiling_with_stop_share',
        'insurers_with_stop_information',
        'large_insurers_unaware_of_stops'
    )
    or figure_id = 'stmt-ggz2022-insurers-say-no-stops'
