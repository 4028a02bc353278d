-- Amount that went to providers without a contract, in millions of euros, as printed.
-- Grain: one row per printed figure. Most are a lower bound.

select
    figure_id,
    'none' as base
from mart_figure_value
where measure_code in ('uncontracted_costs', 'uncontracted_costs_three_sectors')
