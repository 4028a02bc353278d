-- Requests for additional contracting: filed by respondents, and received by four insurers.
-- Grain: one row per printed number. Different populations: never added up.

select
    figure_id,
    case measure_code
        when 'additional_requests_filed' then 'requests_filed'
        else 'requests_received'
    end as category,
    case measure_code when 'additional_requests_filed' then 'providers' else 'insurers' end
        as voice,
    'none' as base
from mart_figure_value
where
    measure_code in (
        'additional_requests_filed',
        'additional_requests_institutions',
        'additional_requests_independents'
    )
