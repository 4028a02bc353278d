-- Number of people on the waiting list for long-term care, per quarter.
-- Grain: one row per quarter and status.

select
    figure_id,
    measure_code as category,
    'none' as base
from mart_figure_value
where measure_code in ('waiting_total', 'waiting_urgent_active')
