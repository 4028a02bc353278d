-- Share of those waiting for long-term care who wait longer than the target norm.
-- Grain: one row per sector. The "n" printed beside it is not explained and stays out.

select
    figure_id,
    'waiting' as base
from mart_figure_value
where measure_code = 'waiting_over_norm_share'
