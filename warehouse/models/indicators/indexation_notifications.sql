-- Notifications to the NZa about the GP contracts of 2019.
-- Grain: one row per year.

select
    figure_id,
    'none' as base
from mart_figure_value
where measure_code = 'nza_notifications_gp_contracting'
