-- Share of the requests for additional contracting that four insurers granted.
-- Grain: one row per provider group.

select
    figure_id,
    'requests' as base,
    'insurers' as voice,
    'requests' as n_unit
from mart_figure_value
where
    measure_code in (
        'additional_requests_institutions_granted',
        'additional_requests_independents_granted'
    )
