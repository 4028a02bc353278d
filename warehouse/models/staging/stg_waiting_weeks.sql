-- Weeks of waiting for ggz per region of that time; a region without a number stays without one.
-- Grain: one row per region, month and kind of ggz.

select
    w.figure_id,
    'ggz_waiting_weeks' as source_id,
    w.document_id,
    concat_ws(', ', w.region_printed, w.printed) as locator,
    'waiting_lists' as subtopic,
    w.sector as source_sector,
    w.sector as sector_code,
    'all' as provider_group,
    w.period,
    'patiënten' as population,
    'region' as breakdown_dimension,
    w.region_printed as breakdown_value,
    m.en as measure,
    m.code as measure_code,
    w.weeks::double as value,
    0 as decimals,
    'weeks' as unit,
    'exact' as qualifier,
    case when w.weeks is null then 'not_measured' else 'final' end as status,
    '' as voice,
    'all' as insurer_code,
    w.region as region_code,
    w.delivery_id,
    w.line
from raw.ggz_waiting_weeks as w
left join ref_measure as m on m.code = 'ggz_waiting_weeks'
