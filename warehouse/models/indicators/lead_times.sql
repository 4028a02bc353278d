-- Usual duration of requests, stops and contracting, in months, as a range or a limit.
-- Grain: one row per printed range, limit or picture.

select
    figure_id,
    case
        when measure_code in ('additional_request_settle_time', 'additional_request_lead_time')
            then 'request_handling'
        when measure_code in ('client_stop_duration', 'stop_duration_revenue_ceiling')
            then 'stop_duration_ceiling'
        when measure_code = 'contracting_lead_time_offer_deadline' then 'contracting'
        else 'stop_duration_staff'
    end as category,
    'none' as base
from mart_figure_value
where
    measure_code in (
        'additional_request_settle_time',
        'additional_request_lead_time',
        'client_stop_duration',
        'independents_capacity_stop_duration',
        'stop_duration_revenue_ceiling',
        'stop_duration_capacity_ceiling',
        'contracting_lead_time_offer_deadline'
    )
