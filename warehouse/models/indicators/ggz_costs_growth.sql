-- Yearly growth of the total costs of mental health care, as printed.
-- Grain: one row per year.

select
    figure_id,
    'costs_growth' as category,
    'previous_year' as base
from mart_figure_value
where measure_code = 'total_costs_growth'
