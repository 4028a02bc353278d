-- Market share per insurer concern, as printed.
-- Grain: one row per insurer.

select
    figure_id,
    'insured' as base
from mart_figure_value
where measure_code = 'insurer_market_share' and value is not null
