-- Amount that went to providers without a contract, in millions of euros, as printed.
-- Grain: one row per printed figure. Most are a lower bound.
--
-- The amount for 2024 is of three sectors together, and Zorgverzekeraars Nederland gives it.

select
    figure_id,
    case measure_code
        when 'uncontracted_costs_three_sectors' then 'wijkverpleging_ggz_msz'
        else sector_code
    end as sector_code,
    case measure_code
        when 'uncontracted_costs_three_sectors' then 'insurers'
        else voice
    end as voice,
    'none' as base
from mart_figure_value
where measure_code in ('uncontracted_costs', 'uncontracted_costs_three_sectors')
