-- Insured persons per insurer concern, as printed.
-- Grain: one row per insurer and year.

select
    figure_id,
    'none' as base
from mart_figure_value
where measure_code = 'insurer_insured_persons'
