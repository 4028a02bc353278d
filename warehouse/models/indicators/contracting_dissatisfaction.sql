-- District nursing providers dissatisfied with contracting, as printed.
-- Grain: one row per year.

select
    figure_id,
    'respondents' as base
from mart_figure_value
where measure_code = 'providers_dissatisfied_contracting'
