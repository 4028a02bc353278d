-- Mental health providers with a patient stop in 2021, by cause.
-- Grain: one row per provider group and cause.

select
    figure_id,
    case
        when measure_code in ('institutions_stop_ceiling_share', 'independents_stop_ceiling_share')
            then 'stop_ceiling'
        else 'stop_staff'
    end as category,
    'respondents' as base
from mart_figure_value
where
    measure_code in (
        'institutions_stop_ceiling_share',
        'independents_stop_ceiling_share',
        'institutions_stop_capacity_share',
        'independents_stop_capacity_share'
    )
