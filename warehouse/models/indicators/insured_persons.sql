-- Insured persons per insurer concern, as printed.
-- Grain: one row per insurer and year.
--
-- Where the source prints a market share as well, the number is the numerator of that share.

select
    figure_id,
    'none' as base,
    'count' as unit,
    0 as decimals,
    case measure_code when 'insurer_market_share' then numerator else value end as value,
    cast(null as double) as numerator
from mart_figure_value
where
    measure_code in ('insurer_market_share', 'insurer_insured_persons')
    and coalesce(numerator, value) is not null
