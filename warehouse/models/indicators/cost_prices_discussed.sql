-- Whether rising cost prices came up in negotiations: what providers and what insurers say.
-- Grain: one row per voice. The two are never joined.

select
    figure_id,
    case measure_code
        when 'cost_prices_not_discussed' then 'not_discussed'
        else 'discussed'
    end as category,
    case measure_code when 'cost_prices_not_discussed' then 'respondents' else 'insurers' end
        as base,
    case measure_code when 'cost_prices_not_discussed' then 'providers' else 'insurers' end
        as voice
from mart_figure_value
where measure_code in ('cost_prices_not_discussed', 'cost_rises_discussed_insurers')
